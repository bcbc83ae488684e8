//! What this process made or took over: so that nothing is owned twice, or deleted by mistake.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::table::{Constraint, Resource};
use pulumi_rs_sdk::value::{Object, Value};

/// The natural keys that this process has resources for, and the ids that its creates took over.
///
/// The engine may create before it deletes: the grant that a create took over is then the very one that
/// the delete names.
#[derive(Default)]
pub(super) struct Ownership {
    inner: Mutex<Owned>,
}

#[derive(Default)]
struct Owned {
    urn_by_key: HashMap<Key, String>,
    adopted: HashSet<String>,
    taken_over: HashSet<String>,
}

/// The natural key of a resource: its type and the value of each part.
pub(super) type Key = (&'static str, Vec<String>);

/// The natural key of a resource with these inputs or outputs; `None` where the API has none for it.
pub(super) fn key_of(resource: &Resource, values: &Object) -> Option<Key> {
    let parts = resource.natural_key.iter().map(|part| {
        let given = values.get(part.name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let text = given.or(part.absent).unwrap_or_default();
        match resource.field(part.name).map(|field| field.constraint) {
            Some(Constraint::OneOfIgnoringCase(_)) => text.to_lowercase(),
            _ => text.to_owned(),
        }
    });
    (!resource.natural_key.is_empty()).then(|| (resource.name, parts.collect()))
}

impl Ownership {
    /// Takes the key for the resource `urn`.
    ///
    /// # Errors
    /// Another resource of this program has the key.
    pub(super) fn claim(&self, key: &Key, urn: &str) -> Result<(), Error> {
        let mut owned = self.lock();
        match owned.urn_by_key.get(key) {
            Some(other) if other != urn => Err(Error::new(
                ErrorKind::AlreadyExists,
                format!(
                    "Auth0 holds only one {} for ({}), and this program has two: {other} and {urn}; \
                     remove one of them",
                    key.0,
                    key.1
                        .iter()
                        .filter(|part| !part.is_empty())
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            )),
            _ => {
                owned.urn_by_key.insert(key.clone(), urn.to_owned());
                Ok(())
            }
        }
    }

    /// Gives the key back, as after a create that failed, or a delete.
    pub(super) fn release(&self, key: &Key, urn: &str) {
        let mut owned = self.lock();
        if owned.urn_by_key.get(key).is_some_and(|owner| owner == urn) {
            owned.urn_by_key.remove(key);
        }
    }

    /// Remembers that a create took over the object `id`, which was there before.
    pub(super) fn adopt(&self, id: &str) {
        self.lock().adopted.insert(id.to_owned());
    }

    /// Remembers that a create whose answer was lost found the object `id`, and takes it for its own.
    pub(super) fn take_over(&self, id: &str) {
        self.lock().taken_over.insert(id.to_owned());
    }

    /// Whether the object `id` may be older than the create of this process that has it now.
    pub(super) fn may_be_older(&self, id: &str) -> bool {
        let owned = self.lock();
        owned.adopted.contains(id) || owned.taken_over.contains(id)
    }

    /// The other resource of this program that has the key, if one has.
    pub(super) fn other_owner(&self, key: &Key, urn: &str) -> Option<String> {
        self.lock().urn_by_key.get(key).filter(|owner| *owner != urn).cloned()
    }

    /// Whether a create of this process adopted the object `id`, which was there before.
    pub(super) fn has_adopted(&self, id: &str) -> bool {
        self.lock().adopted.contains(id)
    }

    fn lock(&self) -> MutexGuard<'_, Owned> {
        // The sets are whole at every moment, so a panic elsewhere does not spoil them.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::{THING, object};

    #[test]
    fn a_key_belongs_to_one_resource_of_the_program() {
        let ownership = Ownership::default();
        let key = key_of(&THING, &object(json!({"owner": "me"}))).unwrap();
        ownership.claim(&key, "urn:a").unwrap();
        ownership.claim(&key, "urn:a").unwrap();
        let error = ownership.claim(&key, "urn:b").unwrap_err();
        assert_eq!(
            error.to_string(),
            "Auth0 holds only one Thing for (me, plain), and this program has two: urn:a and urn:b; \
             remove one of them"
        );
        ownership.release(&key, "urn:b");
        assert!(ownership.claim(&key, "urn:b").is_err());
        assert_eq!(ownership.other_owner(&key, "urn:b").as_deref(), Some("urn:a"));
        assert_eq!(ownership.other_owner(&key, "urn:a"), None);
        ownership.release(&key, "urn:a");
        ownership.claim(&key, "urn:b").unwrap();
    }

    #[test]
    fn an_absent_part_is_what_the_api_takes_it_for() {
        let absent = key_of(&THING, &object(json!({"owner": "me", "wish": ""})));
        assert_eq!(absent, key_of(&THING, &object(json!({"owner": "me", "wish": "plain"}))));
        assert_ne!(absent, key_of(&THING, &object(json!({"owner": "me", "wish": "other"}))));
    }
}
