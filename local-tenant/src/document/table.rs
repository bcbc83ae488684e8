//! The derived table: operations with their scopes and parameters, and the schemas of their bodies.
//!
//! `table.json` is written by `derive-document.py`: names, types and limits, no prose, no defaults.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::exceptions;
use super::schema::Schema;

/// The operations and schemas of the document.
#[derive(Debug, Deserialize)]
pub struct Document {
    /// Every operation of the Management API.
    pub operations: Vec<OperationRow>,
    /// Every scope of the Management API.
    pub scopes: Vec<String>,
    /// Schemas of bodies by their name in the document.
    pub schemas: BTreeMap<String, Schema>,
}

/// One operation as the document describes it.
#[derive(Debug, Clone, Deserialize)]
pub struct OperationRow {
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path below `/api/v2`, with `{placeholders}`.
    pub path: String,
    /// A token needs one of these.
    pub scopes: Vec<String>,
    /// Query parameters by name.
    #[serde(default)]
    pub query: BTreeMap<String, Schema>,
    /// The schema of the body.
    pub body: Option<Schema>,
    /// The status of success.
    pub status: u16,
    /// How a list is wrapped; nothing where the answer is none.
    pub list: Option<ListForm>,
    /// The names of the members of what is answered, or of each that is listed.
    #[serde(default)]
    pub names: BTreeSet<String>,
}

/// The forms in which a list is answered.
#[derive(Debug, Clone, Deserialize)]
pub struct ListForm {
    /// Whether it may be an array and nothing else.
    pub bare: bool,
    /// Members that stand beside the array, such as `total` and `next`.
    pub with: BTreeSet<String>,
    /// The name of the array in an object.
    pub key: Option<String>,
}

impl OperationRow {
    /// The segments of the path.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.path.trim_start_matches('/').split('/')
    }

    /// Whether the last segment of the path is a placeholder.
    pub fn is_of_an_item(&self) -> bool {
        self.segments().last().is_some_and(is_placeholder)
    }
}

/// Whether a segment of a path stands for an id.
pub fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('{')
}

impl Document {
    /// The operation of a method and a path template.
    pub fn operation(&self, method: &str, path: &str) -> Option<&OperationRow> {
        self.operations.iter().find(|row| row.method == method && row.path == path)
    }

    /// The names of the members that a schema knows, whichever of its alternatives is taken.
    pub fn members<'a>(&'a self, schema: &'a Schema) -> BTreeSet<&'a str> {
        let schema = match &schema.reference {
            Some(name) => self.schemas.get(name).expect("the table holds what it refers to"),
            None => schema,
        };
        let branches = schema.one_of.iter().chain(&schema.any_of).chain(&schema.all_of);
        let own = schema.properties.keys().map(String::as_str);
        own.chain(branches.flat_map(|branch| self.members(branch))).collect()
    }
}

/// The table, read once, with the exceptions that the recordings show.
pub fn document() -> &'static Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
        let mut document: Document = serde_json::from_str(include_str!("table.json"))
            .expect("table.json is written by derive-document.py and read by every test");
        exceptions::apply(&mut document);
        document
    });
    &DOCUMENT
}
