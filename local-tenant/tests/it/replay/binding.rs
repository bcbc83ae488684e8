//! What the recorded ids, names and addresses are called in this tenant.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::recording::Interaction;

/// Recorded texts and ours; a text is replaced where it stands as a whole.
#[derive(Debug, Default)]
pub struct Binding {
    ids: BTreeMap<String, String>,
    base: String,
}

impl Binding {
    pub fn new(base: &str) -> Self {
        Self { ids: BTreeMap::new(), base: base.to_owned() }
    }

    /// Binds every id of a recorded answer to the id at the same place of ours.
    pub fn learn(&mut self, recorded: &Value, ours: &Value) {
        match (recorded, ours) {
            (Value::Object(recorded), Value::Object(ours)) => {
                for (key, value) in recorded {
                    let Some(our) = ours.get(key) else { continue };
                    match (key.as_str(), value, our) {
                        ("id" | "client_id", Value::String(value), Value::String(our)) => {
                            self.ids.insert(value.clone(), our.clone());
                        }
                        _ => self.learn(value, our),
                    }
                }
            }
            (Value::Array(recorded), Value::Array(ours)) => {
                for (recorded, ours) in recorded.iter().zip(ours) {
                    self.learn(recorded, ours);
                }
            }
            _ => {}
        }
    }

    pub fn bind(&mut self, recorded: &str, ours: &str) {
        self.ids.insert(recorded.to_owned(), ours.to_owned());
    }

    pub fn knows(&self, recorded: &str) -> bool {
        self.ids.contains_key(recorded)
    }

    /// A recorded text as this tenant has it.
    pub fn text(&self, text: &str) -> String {
        if let Some(ours) = self.ids.get(text) {
            return ours.clone();
        }
        self.own_address(text).unwrap_or_else(|| text.to_owned())
    }

    /// An address of the recorded tenant itself: `https://NAME.auth0.com/...`.
    fn own_address(&self, text: &str) -> Option<String> {
        let (host, rest) = text.strip_prefix("https://")?.split_once('/')?;
        host.ends_with(".auth0.com").then(|| format!("{}/{rest}", self.base))
    }

    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(elements) => elements.iter().map(|e| self.value(e)).collect(),
            Value::Object(entity) => {
                entity.iter().map(|(key, value)| (key.clone(), self.value(value))).collect()
            }
            other => other.clone(),
        }
    }

    /// The path and query of a request, below `/api/v2`.
    pub fn target(&self, interaction: &Interaction) -> String {
        let path = interaction.path.trim_start_matches("/api/v2/");
        let mut segments: Vec<&str> = path.split('/').collect();
        if let Some(identifier) = path.strip_prefix("resource-servers/") {
            // The identifier of an API was sent encoded, and recorded decoded once.
            segments = vec!["resource-servers", identifier];
        }
        let segments = segments.into_iter().map(|segment| {
            let decoded = percent_decode_str(segment).decode_utf8_lossy();
            let (ours, own) = (self.text(segment), self.text(&decoded));
            encode(if own == decoded { &ours } else { &own })
        });
        let mut target = format!("/{}", segments.collect::<Vec<_>>().join("/"));
        let query: Vec<_> = interaction
            .query
            .iter()
            .map(|(key, value)| format!("{}={}", encode(key), encode(&self.text(value))))
            .collect();
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        target
    }
}

/// What stays as it is in a path segment or a query value.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
