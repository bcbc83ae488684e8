//! A kind together with what the document says of it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::kind::{Kind, Serves};
use super::{collection, relation, setting};
use crate::answer::{Answer, ApiError, Object};
use crate::document::{Document, OperationRow};
use crate::listing;
use crate::request::Call;
use crate::store::Store;

/// A kind as the operations of the document reach it.
#[derive(Debug)]
pub struct Served {
    /// What our table says.
    pub kind: &'static Kind,
    /// Members of a request that no answer shows.
    hidden: BTreeSet<String>,
    /// Times that the document names in its answers.
    created_at: bool,
    updated_at: bool,
}

/// What an operation does for a kind.
pub type Effect = fn(&Served, &mut Store, &Call) -> Result<Answer, ApiError>;

impl Served {
    /// The kind as the document has it.
    pub fn new(kind: &'static Kind, document: &Document) -> Self {
        let rows = || document.operations.iter().filter(|row| is_of(kind, row));
        let read = rows().find(|row| {
            let item = matches!(kind.serves, Serves::Collection);
            row.method == "GET" && row.is_of_an_item() == (item || kind.at.ends_with('}'))
        });
        let read = read.or_else(|| rows().find(|row| row.method == "GET"));
        let names = read.map(|row| row.names.clone()).unwrap_or_default();
        let sent = rows().filter_map(|row| Some(document.members(row.body.as_ref()?)));
        let sent: BTreeSet<_> = sent.flatten().map(str::to_owned).collect();
        let mut hidden: BTreeSet<_> = match names.is_empty() {
            true => BTreeSet::new(),
            false => sent.difference(&names).cloned().collect(),
        };
        hidden.extend(kind.hides.iter().map(ToString::to_string));
        hidden.retain(|name| !kind.shows.contains(&name.as_str()));
        let shows = |name: &str| names.contains(name) || kind.shows.contains(&name);
        let named = |name: &str| shows(name) && !kind.hides.contains(&name);
        Self { kind, hidden, created_at: named("created_at"), updated_at: named("updated_at") }
    }

    /// What an operation of the kind does; nothing where it has no such operation.
    pub fn effect(&self, row: &OperationRow) -> Option<Effect> {
        if !is_of(self.kind, row) {
            return None;
        }
        match self.kind.serves {
            Serves::Collection => collection::effect(&row.method, row.path != self.kind.at),
            Serves::Setting(_) => setting::effect(&row.method),
            Serves::Relation(..) => relation::effect(&row.method),
        }
    }

    /// What an answer shows of an entity; nothing where it is not to be shown.
    pub fn shown(&self, store: &Store, call: &Call, entity: &Object) -> Object {
        let mut shown = entity.clone();
        shown.retain(|key, _| !self.hidden.contains(key));
        if let Some(showing) = self.kind.showing {
            showing(store, call, &mut shown);
        }
        shown
    }

    /// The part of it that the query asks for.
    pub fn chosen(&self, store: &Store, call: &Call, entity: &Object) -> Object {
        let shown = self.shown(store, call, entity);
        let always = self.kind.always.iter().filter_map(|key| shown.get_key_value(*key));
        let always: Object = match call.query.flag("include_fields") {
            Some(false) => Object::new(),
            _ => always.map(|(key, value)| (key.clone(), value.clone())).collect(),
        };
        let mut chosen = listing::choose(shown, &call.query);
        chosen.extend(always);
        chosen
    }

    /// Writes the times of a new entity.
    pub fn stamp(&self, entity: &mut Object) {
        let now = Value::from(format!("{:.3}", jiff::Timestamp::now()));
        if self.created_at {
            entity.entry("created_at").or_insert_with(|| now.clone());
        }
        if self.updated_at {
            entity.insert("updated_at".into(), now);
        }
    }

    /// Lays a body over an entity: null takes a member off, an object is put in the place of the old one,
    /// unless the kind merges it.
    pub fn lay_over(&self, entity: &mut Object, body: &Object) {
        for (key, value) in body {
            match (value, self.kind.merged.contains(&key.as_str())) {
                (Value::Null, _) => {
                    entity.remove(key);
                }
                (Value::Object(new), true) => {
                    let old = entity.entry(key).or_insert_with(|| json!({}));
                    match old {
                        Value::Object(old) => merge(old, new),
                        other => *other = value.clone(),
                    }
                }
                _ => {
                    entity.insert(key.clone(), value.clone());
                }
            }
        }
    }

    /// Whether the parents that the path names are there; the first that is not is the error.
    pub fn missing(&self, id: &str) -> ApiError {
        self.kind.missing(id)
    }
}

/// Lays an object over another, and objects in it over those: null takes a member off.
fn merge(old: &mut Object, new: &Object) {
    for (key, value) in new {
        match (old.get_mut(key), value) {
            (_, Value::Null) => {
                old.remove(key);
            }
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            _ => {
                old.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Whether an operation is one of the kind: its path is the kind's, or that of one of its entities.
fn is_of(kind: &Kind, row: &OperationRow) -> bool {
    if row.path == kind.at {
        return true;
    }
    let below = row.path.strip_prefix(kind.at).and_then(|rest| rest.strip_prefix('/'));
    matches!(kind.serves, Serves::Collection)
        && below.is_some_and(|rest| rest.starts_with('{') && !rest.contains('/'))
}
