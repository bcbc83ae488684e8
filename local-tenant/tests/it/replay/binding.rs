//! What the recorded ids, names and addresses are called in this tenant.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::found::At;
use super::recording::Interaction;

/// Ids shorter than this are replaced only where they stand alone.
const TELLING: usize = 12;

/// Recorded texts and ours.
#[derive(Debug, Default)]
pub struct Binding {
    ids: BTreeMap<String, String>,
    base: String,
}

/// Whether a member holds an id that the server made.
pub fn is_id(key: &str) -> bool {
    key == "id" || key == "kid" || key.ends_with("_id") || key.ends_with("Id")
}

impl Binding {
    pub fn new(base: &str) -> Self {
        Self { ids: BTreeMap::new(), base: base.to_owned() }
    }

    /// Binds the ids of a recorded answer that the request did not name to those at the same place of ours.
    pub fn learn(&mut self, interaction: &Interaction, ours: &Value) {
        let lists = interaction.is_write();
        self.learn_of(&interaction.response_body, ours, lists, &interaction.request_body);
    }

    fn learn_of(&mut self, recorded: &Value, ours: &Value, lists: bool, sent: &Value) {
        match (recorded, ours) {
            (Value::Object(recorded), Value::Object(ours)) => {
                for (key, value) in recorded {
                    let Some(our) = ours.get(key) else { continue };
                    match (value, our) {
                        (Value::String(value), Value::String(our)) => {
                            if (is_id(key) || key == "next")
                                && !self.ids.contains_key(value)
                                && !names(sent, value)
                            {
                                self.ids.insert(value.clone(), our.clone());
                            }
                        }
                        _ => self.learn_of(value, our, lists, sent),
                    }
                }
            }
            (Value::Array(recorded), Value::Array(ours)) if lists => {
                for (recorded, ours) in recorded.iter().zip(ours) {
                    self.learn_of(recorded, ours, lists, sent);
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
        let mut text = self.own_address(text).unwrap_or_else(|| text.to_owned());
        for (recorded, ours) in self.ids.iter().filter(|(id, _)| id.len() >= TELLING) {
            if text.contains(recorded) {
                text = text.replace(recorded, ours);
            }
        }
        text
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
                entity.iter().map(|(key, value)| (self.text(key), self.value(value))).collect()
            }
            other => other.clone(),
        }
    }

    /// The path of a request, below `/api/v2`.
    pub fn path(&self, interaction: &Interaction) -> String {
        let segments = interaction.segments().into_iter().map(|segment| {
            let decoded = percent_decode_str(segment).decode_utf8_lossy();
            let (ours, own) = (self.text(segment), self.text(&decoded));
            encode(if own == decoded && ours != segment { &ours } else { &own })
        });
        format!("/{}", segments.collect::<Vec<_>>().join("/"))
    }

    /// The path of what was found.
    pub fn path_to(&self, interaction: &Interaction, at: &At) -> String {
        let path = self.path(interaction);
        match at {
            At::Path => path,
            At::Listed(id) => format!("{path}/{}", encode(id)),
            At::Domain(id) => format!("/custom-domains/{}", encode(id)),
            At::Parent => path.split('/').take(3).collect::<Vec<_>>().join("/"),
        }
    }

    /// The path and query of a request, below `/api/v2`.
    pub fn target(&self, interaction: &Interaction) -> String {
        let query: Vec<_> = interaction
            .query
            .iter()
            .map(|(key, value)| format!("{}={}", encode(key), encode(&self.text(value))))
            .collect();
        let path = self.path(interaction);
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }
}

/// Whether a body names a text anywhere.
fn names(body: &Value, text: &str) -> bool {
    match body {
        Value::String(named) => named == text,
        Value::Array(elements) => elements.iter().any(|element| names(element, text)),
        Value::Object(entity) => entity.values().any(|value| names(value, text)),
        _ => false,
    }
}

/// What stays as it is in a path segment or a query value.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
