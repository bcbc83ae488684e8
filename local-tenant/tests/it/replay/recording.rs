//! The recordings: requests to the real API and its answers, in the order of each test.

use std::collections::BTreeMap;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
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
    #[serde(default)]
    pub request_headers: BTreeMap<String, Vec<String>>,
    pub status: u16,
    pub response_body: Value,
}

impl Interaction {
    /// The kind of entity, the first segment below `/api/v2`.
    pub fn kind(&self) -> &str {
        self.path.trim_start_matches("/api/v2/").split('/').next().unwrap_or_default()
    }

    /// Whether the answers are as the API wrote them; the others went through the types of the recorder.
    pub fn is_raw(&self) -> bool {
        match self.kind() {
            "clients" => false,
            "resource-servers" => self.source == "tfp",
            _ => true,
        }
    }

    pub fn is_write(&self) -> bool {
        self.method != "GET"
    }

    pub fn succeeded(&self) -> bool {
        self.status < 300
    }

    /// The body of a form as it was sent, and its content type.
    pub fn form(&self) -> Option<(&str, &str)> {
        let kind = self.request_headers.get("Content-Type")?.first()?;
        Some((kind, self.request_body["__raw__"].as_str()?))
    }

    /// Whether the request names an id, in its path or its body.
    pub fn mentions(&self, id: &str) -> bool {
        let decoded = percent_decode_str(&self.path).decode_utf8_lossy();
        decoded.contains(id) || self.request_body.to_string().contains(id)
    }

    /// The segments of the path below `/api/v2`, as they were sent.
    pub fn segments(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("/api/v2/");
        match path.strip_prefix("resource-servers/") {
            // The identifier of an API was sent encoded, and in some recordings decoded once.
            Some(identifier) => vec!["resource-servers", identifier],
            None => path.split('/').collect(),
        }
    }
}

/// Names another file or folder of recordings, for which no floor is known.
pub const OTHERS: &str = "AUTH0_RECORDINGS";

/// The recordings of the Management API by test, in their order; nothing where they are not there.
pub fn recordings() -> Option<Vec<Vec<Interaction>>> {
    let at = match std::env::var_os(OTHERS) {
        Some(at) => PathBuf::from(at),
        None => PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/recordings"),
    };
    let files: Vec<PathBuf> = match std::fs::read_dir(&at) {
        Ok(folder) => folder.map(|entry| entry.unwrap().path()).collect(),
        Err(_) if at.exists() => vec![at],
        Err(_) => {
            println!("skipped: {} is not there", at.display());
            return None;
        }
    };
    let mut tests: BTreeMap<(String, String), Vec<Interaction>> = BTreeMap::new();
    for file in files {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let interaction: Interaction = serde_json::from_str(line).unwrap();
            // What is not below it belongs to the Authentication API.
            if interaction.path.starts_with("/api/v2/") {
                let test = (interaction.source.clone(), interaction.test.clone());
                tests.entry(test).or_default().push(interaction);
            }
        }
    }
    let mut tests: Vec<_> = tests.into_values().collect();
    tests.iter_mut().for_each(|test| test.sort_by_key(|interaction| interaction.seq));
    Some(tests)
}
