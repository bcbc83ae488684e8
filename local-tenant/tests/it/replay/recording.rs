//! The recordings: requests to the real API and its answers, in the order of each test.

use std::path::PathBuf;

use serde::Deserialize;
use serde_json::Value;

/// One recorded request with its answer.
#[derive(Debug, Clone, Deserialize)]
pub struct Interaction {
    pub source: String,
    pub test: String,
    pub seq: u32,
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub request_body: Value,
    pub status: u16,
    pub response_body: Value,
}

impl Interaction {
    /// The kind of entity, the first segment below `/api/v2`.
    pub fn collection(&self) -> &str {
        self.path.trim_start_matches("/api/v2/").split('/').next().unwrap_or_default()
    }

    /// Whether the answers of this source are as the API wrote them.
    pub fn is_raw(&self) -> bool {
        match self.collection() {
            "client-grants" => true,
            "resource-servers" => self.source == "tfp",
            _ => false,
        }
    }

    pub fn is_write(&self) -> bool {
        self.method != "GET"
    }
}

/// Names another file of recordings, for which no floor is known.
pub const FILE_VARIABLE: &str = "AUTH0_RECORDINGS";

/// The recordings by test, in their order; nothing where they are not there.
pub fn recordings() -> Option<Vec<Vec<Interaction>>> {
    let file = match std::env::var_os(FILE_VARIABLE) {
        Some(file) => PathBuf::from(file),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../shared/data/recorded-interactions.jsonl"),
    };
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: {} is not there", file.display());
        return None;
    };
    let mut tests: Vec<Vec<Interaction>> = Vec::new();
    for line in text.lines() {
        let interaction: Interaction = serde_json::from_str(line).unwrap();
        match tests.last_mut() {
            Some(test)
                if test[0].test == interaction.test && test[0].source == interaction.source =>
            {
                test.push(interaction);
            }
            _ => tests.push(vec![interaction]),
        }
    }
    Some(tests)
}
