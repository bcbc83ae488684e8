//! The recordings: what was asked of the real API and what it answered, in the order of each test.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::data;

/// The members of a JSON object.
pub type Members = Map<String, Value>;

/// Names another file of recordings, for which no floor is known.
pub const FILE_VARIABLE: &str = "AUTH0_RECORDINGS";

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

/// One write, or several that are one: the published provider clears in a request of its own.
#[derive(Debug)]
pub struct Write<'a> {
    /// Where it stands among the interactions of the test.
    pub at: usize,
    pub method: &'a str,
    pub path: &'a str,
    /// The bodies in their order; none for a deletion.
    pub bodies: Vec<&'a Members>,
    /// The status and body of the last answer.
    pub status: u16,
    pub answer: &'a Value,
}

/// The recordings by test; nothing where they are not there.
pub fn recordings() -> Option<Vec<Vec<Interaction>>> {
    let text = data::text_or_named("recorded-interactions.jsonl", FILE_VARIABLE)?;
    let mut tests: Vec<Vec<Interaction>> = Vec::new();
    for line in text.lines() {
        let mut interaction: Interaction =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        rename(&mut interaction.request_body);
        rename(&mut interaction.response_body);
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

/// Gives a member the name that it has today.
fn rename(body: &mut Value) {
    let Value::Object(members) = body else { return };
    if let Some(value) = members.remove("cross_origin_auth") {
        members.insert("cross_origin_authentication".to_owned(), value);
    }
}

/// The writes of a test. PATCHes of one object that follow one another without anything between them
/// are one write.
pub fn writes(test: &[Interaction]) -> Vec<Write<'_>> {
    let mut writes: Vec<Write<'_>> = Vec::new();
    let mut before: Option<&Interaction> = None;
    for (at, interaction) in test.iter().enumerate() {
        let follows = before.is_some_and(|before| {
            interaction.method == "PATCH"
                && before.method == "PATCH"
                && before.path == interaction.path
                && before.seq + 1 == interaction.seq
                && before.status < 300
        });
        before = Some(interaction);
        let Interaction { method, path, status, response_body: answer, .. } = interaction;
        let body = interaction.request_body.as_object();
        match writes.last_mut().filter(|_| follows) {
            Some(write) => {
                write.bodies.extend(body);
                (write.status, write.answer) = (*status, answer);
            }
            None if method == "GET" => {}
            None => {
                let bodies = body.into_iter().collect();
                writes.push(Write { at, method, path, bodies, status: *status, answer });
            }
        }
    }
    writes
}

/// The object at `path` as the real API showed it last before the interaction `at`.
pub fn shown_before<'a>(test: &'a [Interaction], at: usize, path: &str) -> Option<&'a Members> {
    let shown = |i: &&Interaction| match i.method.as_str() {
        "POST" => {
            let ids = ["client_id", "id"].map(|key| &i.response_body[key]);
            i.path == collection(path) && ids.into_iter().any(|id| id == last_segment(path))
        }
        "GET" => i.path == path && i.query.is_empty(),
        "PATCH" => i.path == path,
        _ => false,
    };
    let found = test[..at].iter().rev().find(|i| i.status < 300 && shown(i));
    found.and_then(|i| i.response_body.as_object())
}

/// The path of the collection that an object is in.
pub fn collection(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(collection, _)| collection)
}

/// The id at the end of a path.
pub fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
