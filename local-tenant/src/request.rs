//! A Management API request after authorization and validation: what an operation is given.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::answer::Object;

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
    /// The ids of the path, decoded, from left to right.
    pub ids: Vec<String>,
    /// The query, validated.
    pub query: Query,
    /// The body, validated; empty where the operation takes none.
    pub body: Object,
}

impl Call {
    /// The first id of the path.
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
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
