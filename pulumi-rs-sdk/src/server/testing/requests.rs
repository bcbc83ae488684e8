//! What a test asks of a provider.

use std::time::Duration;

use crate::check::Autonaming;
use crate::provider::Known;
use crate::value::Object;

/// A URN of the resource `name` of that type, in a stack for tests.
pub fn urn(token: &str, name: &str) -> String {
    format!("urn:pulumi:test::tests::{token}::{name}")
}

/// Asks for inputs to be checked.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// The URN.
    pub urn: String,
    /// The inputs in the state; empty where the resource is new.
    pub olds: Object,
    /// The inputs of the program.
    pub news: Object,
    /// The random seed; empty for none.
    pub seed: Vec<u8>,
    /// What the engine says about names.
    pub autonaming: Option<Autonaming>,
}

/// Asks what a change means.
#[derive(Debug, Clone, Default)]
pub struct Diff {
    /// The URN.
    pub urn: String,
    /// The id.
    pub id: String,
    /// What the state holds.
    pub old: Known,
    /// The new inputs, checked.
    pub news: Object,
    /// Paths whose changes are to be ignored.
    pub ignore_changes: Vec<String>,
}

/// Asks for a resource to be made.
#[derive(Debug, Clone, Default)]
pub struct Create {
    /// The URN.
    pub urn: String,
    /// The inputs, checked.
    pub inputs: Object,
    /// Whether it is only a preview.
    pub preview: bool,
    /// How long it may take.
    pub timeout: Option<Duration>,
}

/// Asks for a resource to be read.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// The URN.
    pub urn: String,
    /// The id.
    pub id: String,
    /// What the state holds; `None` for an import.
    pub known: Option<Known>,
    /// How long it may take.
    pub timeout: Option<Duration>,
}

/// Asks for a resource to be changed.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// The URN.
    pub urn: String,
    /// The id.
    pub id: String,
    /// What the state holds.
    pub old: Known,
    /// The new inputs, checked.
    pub news: Object,
    /// Paths whose changes are to be ignored.
    pub ignore_changes: Vec<String>,
    /// Whether it is only a preview.
    pub preview: bool,
    /// How long it may take.
    pub timeout: Option<Duration>,
}

/// Asks for a resource to be removed.
#[derive(Debug, Clone, Default)]
pub struct Delete {
    /// The URN.
    pub urn: String,
    /// The id.
    pub id: String,
    /// What the state holds.
    pub old: Known,
    /// How long it may take.
    pub timeout: Option<Duration>,
}
