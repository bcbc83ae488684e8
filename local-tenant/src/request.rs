//! A Management API request after authorization and validation: what an operation is given.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::answer::Object;
use crate::document::{OperationRow, is_placeholder};
use crate::store::Place;

/// Who calls, and what the token allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The holder of the tenant's own token: everything is allowed.
    Owner,
    /// The holder of a token that the tenant issued, with these scopes.
    Client(Arc<BTreeSet<String>>),
}

impl Caller {
    /// Whether the caller holds at least one of `scopes`.
    pub fn has_any(&self, scopes: &[&str]) -> bool {
        match self {
            Self::Owner => true,
            Self::Client(held) => scopes.iter().any(|scope| held.contains(*scope)),
        }
    }
}

/// One request to one operation.
#[derive(Debug)]
pub struct Call {
    /// Who calls.
    pub caller: Caller,
    /// The operation.
    pub row: &'static OperationRow,
    /// The ids of the path, decoded, from left to right.
    pub ids: Vec<String>,
    /// The query, validated.
    pub query: Query,
    /// The body, validated; empty where the operation takes none, or none that is an object.
    pub body: Object,
    /// The body, validated, where it is no object; else null.
    pub other: Value,
    /// What a seed says of an entity that no request could say, such as its id.
    pub known: Object,
}

impl Call {
    /// A call of an operation; the body is what was sent.
    pub fn new(
        caller: Caller,
        row: &'static OperationRow,
        ids: Vec<String>,
        query: Query,
        body: Value,
    ) -> Self {
        let (body, other) = match body {
            Value::Object(body) => (body, Value::Null),
            other => (Object::new(), other),
        };
        Self { caller, row, ids, query, body, other, known: Object::new() }
    }

    /// The first id of the path.
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }

    /// The last id of the path.
    pub fn last_id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }

    /// The shelf on which what the path leads to stands.
    pub fn shelf(&self) -> Place {
        let place = self.place();
        place.split().map_or_else(|| place.clone(), |(shelf, _)| shelf)
    }

    /// The place that the path leads to.
    pub fn place(&self) -> Place {
        let mut ids = self.ids.iter();
        let segments = self.row.segments().map(|segment| match is_placeholder(segment) {
            true => ids.next().cloned().unwrap_or_default(),
            false => segment.to_owned(),
        });
        Place::new(segments.collect())
    }
}

/// The parameters of a query string, each with all of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(BTreeMap<String, Vec<String>>);

impl Query {
    /// Parses the query part of a URL.
    pub fn parse(query: &str) -> Self {
        let mut parameters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            parameters.entry(key.into_owned()).or_default().push(value.into_owned());
        }
        Self(parameters)
    }

    /// Every parameter with its values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// All values of a parameter.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The last value of a parameter.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.all(name).last().map(String::as_str)
    }

    /// A boolean parameter.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.text(name)?.parse().ok()
    }

    /// A parameter that is a whole number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.text(name)?.parse().ok()
    }
}
