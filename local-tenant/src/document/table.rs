//! The derived table: operations with their scopes and parameters, and the schemas of their bodies.
//!
//! `table.json` is written by `derive-document.py`: names, types and limits, no prose, no defaults.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::exceptions;
use super::schema::Schema;

/// The operations and schemas of the document.
#[derive(Debug, Deserialize)]
pub struct Document {
    /// The operations that the tenant answers.
    pub operations: Vec<OperationRow>,
    /// Every scope of the Management API.
    pub scopes: Vec<String>,
    /// Schemas of bodies by their name in the document.
    pub schemas: BTreeMap<String, Schema>,
}

/// One operation as the document describes it.
#[derive(Debug, Deserialize)]
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
    /// The name of the schema of the body.
    pub body: Option<String>,
}

impl Document {
    /// The operation of a method and a path template.
    pub fn operation(&self, method: &str, path: &str) -> Option<&OperationRow> {
        self.operations.iter().find(|row| row.method == method && row.path == path)
    }
}

/// The table, read once, with the exceptions that the recordings show.
pub fn document() -> &'static Document {
    static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
        let mut document: Document = serde_json::from_str(include_str!("table.json"))
            .expect("table.json is written by derive-document.py and read by every test");
        exceptions::apply(&mut document.schemas);
        document
    });
    &DOCUMENT
}
