//! What this process made or took over: so that nothing is owned twice, or deleted by mistake.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::table::{Constraint, Resource};
use pulumi_rs_sdk::value::Object;

use super::site::Site;
use crate::api::Path;

/// The natural keys and ids that resources of the program have, as far as this process knows.
///
/// The engine may create before it deletes, also in an earlier run that did not come to its end: the grant that a create
/// took over, or that another resource of the program has, is then the very one that a delete names.
#[derive(Default)]
pub(super) struct Ownership {
    inner: Mutex<Owned>,
}

#[derive(Default)]
struct Owned {
    owners: HashMap<Key, Owner>,
    /// The resource of the program that has an object, of those that are unique.
    urns: HashMap<Spot, String>,
    found: HashSet<Spot>,
}

/// The resource that has a key.
struct Owner {
    urn: String,
    holds: Holds,
}

/// How far a resource has a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// It was there before, and the program has it still.
    Noted,
    /// A preview says that it will be made.
    Foreseen,
    /// It is being made, and may yet find that another has the key.
    Making,
    /// It was made, or is about to take over what is there.
    Made,
}

/// The natural key of a resource: its type and the value of each part.
pub(super) type Key = (&'static str, Vec<String>);

/// An object as a type of resources sees it: several types can be of one object, or have one id, and a delete of one is
/// none of another.
pub(super) type Spot = (&'static str, Path);

/// The object of a type at that site.
pub(super) fn spot(resource: &Resource, site: &Site) -> Spot {
    (resource.name, site.at.clone())
}

/// The natural key of a resource with these inputs or outputs; `None` where the API has none for it, or a
/// part is not known yet.
pub(super) fn key_of(resource: &Resource, values: &Object) -> Option<Key> {
    let parts = resource.unique_by()?;
    let parts = parts.iter().map(|part| {
        let given = values.get(part.name).filter(|value| !value.is_null());
        let text = match given {
            Some(value) => Some(value.as_str()?).filter(|text| !text.is_empty()),
            None => None,
        };
        let text = text.or(part.absent).unwrap_or_default();
        Some(match resource.field(part.name).map(|field| field.constraint) {
            Some(Constraint::OneOfIgnoringCase(_)) => text.to_lowercase(),
            _ => text.to_owned(),
        })
    });
    Some((resource.name, parts.collect::<Option<_>>()?))
}

impl Ownership {
    /// Takes the key for the resource `urn`, which is to be made.
    ///
    /// # Errors
    /// Another resource of this program has the key.
    pub(super) fn claim(&self, key: &Key, urn: &str) -> Result<(), Error> {
        self.hold(key, urn, Holds::Making)
    }

    /// Makes the key the resource's for good, before it takes over what has the key on the tenant.
    ///
    /// # Errors
    /// It has turned out that another resource of this program has the key.
    pub(super) fn settle(&self, key: &Key, urn: &str) -> Result<(), Error> {
        self.hold(key, urn, Holds::Made)
    }

    /// Takes the key for the resource `urn`, which a preview says will be made.
    ///
    /// # Errors
    /// Another resource of this program has the key.
    pub(super) fn foresee(&self, key: &Key, urn: &str) -> Result<(), Error> {
        self.hold(key, urn, Holds::Foreseen)
    }

    /// Notes that the resource `urn`, which was there before, has the key; one that is being made loses it. Where
    /// that is one that a preview foresees, what to warn of is returned.
    ///
    /// # Errors
    /// Another resource of this program was made, and has taken the object over.
    pub(super) fn note(&self, key: &Key, urn: &str) -> Result<Option<String>, Error> {
        let mut owned = self.lock();
        let other = owned.owners.get(key).filter(|owner| owner.urn != urn);
        let warning = match other {
            Some(owner) if owner.holds == Holds::Made => return Err(two(key, &owner.urn, urn)),
            // The published provider lets two share an object: the first keeps it.
            Some(owner) if owner.holds == Holds::Noted => return Ok(None),
            Some(owner) if owner.holds == Holds::Foreseen => {
                Some(two(key, &owner.urn, urn).message)
            }
            _ => None,
        };
        let holds = Holds::Noted;
        owned.owners.insert(key.clone(), Owner { urn: urn.to_owned(), holds });
        Ok(warning)
    }

    fn hold(&self, key: &Key, urn: &str, holds: Holds) -> Result<(), Error> {
        let mut owned = self.lock();
        match owned.owners.get(key) {
            Some(owner) if owner.urn != urn => Err(two(key, &owner.urn, urn)),
            _ => {
                owned.owners.insert(key.clone(), Owner { urn: urn.to_owned(), holds });
                Ok(())
            }
        }
    }

    /// Gives the key back, as after a create that failed, or a delete.
    pub(super) fn release(&self, key: &Key, urn: &str) {
        let mut owned = self.lock();
        if owned.owners.get(key).is_some_and(|owner| owner.urn == urn) {
            owned.owners.remove(key);
        }
    }

    /// Notes that the resource `urn` of the program has the object.
    pub(super) fn keep(&self, object: Spot, urn: &str) {
        self.lock().urns.insert(object, urn.to_owned());
    }

    /// The resource of the program that has the object, if one is known.
    pub(super) fn keeper(&self, object: &Spot) -> Option<String> {
        self.lock().urns.get(object).cloned()
    }

    /// Remembers that a create without an answer found the object, and took it for its own.
    pub(super) fn find(&self, object: Spot) {
        self.lock().found.insert(object);
    }

    /// Whether a create without an answer found the object.
    pub(super) fn has_found(&self, object: &Spot) -> bool {
        self.lock().found.contains(object)
    }

    /// The other resource of this program that has the key, if one has.
    pub(super) fn other_owner(&self, key: &Key, urn: &str) -> Option<String> {
        let owned = self.lock();
        let owner = owned.owners.get(key).filter(|owner| owner.urn != urn)?;
        Some(owner.urn.clone())
    }

    fn lock(&self) -> MutexGuard<'_, Owned> {
        // The sets are whole at every moment, so a panic elsewhere does not spoil them.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn two(key: &Key, one: &str, other: &str) -> Error {
    let parts: Vec<&str> =
        key.1.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    Error::new(
        ErrorKind::AlreadyExists,
        format!(
            "Auth0 holds only one {} for ({}), and this program has two: {one} and {other}; \
             remove one of them",
            key.0,
            parts.join(", ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::value::Value;
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
    fn what_was_there_before_goes_before_what_is_being_made_but_not_before_what_was_made() {
        let key = key_of(&THING, &object(json!({"owner": "me"}))).unwrap();
        let ownership = Ownership::default();
        ownership.claim(&key, "urn:new").unwrap();
        ownership.note(&key, "urn:old").unwrap();
        let error = ownership.settle(&key, "urn:new").unwrap_err().to_string();
        assert!(error.contains("urn:old") && error.contains("urn:new"), "{error}");
        ownership.release(&key, "urn:new");
        assert_eq!(ownership.other_owner(&key, "urn:new").as_deref(), Some("urn:old"));

        let ownership = Ownership::default();
        ownership.claim(&key, "urn:new").unwrap();
        ownership.settle(&key, "urn:new").unwrap();
        let error = ownership.note(&key, "urn:old").unwrap_err().to_string();
        assert!(error.contains("urn:old") && error.contains("urn:new"), "{error}");
        ownership.note(&key, "urn:new").unwrap();
    }

    #[test]
    fn a_preview_warns_of_two_in_either_order() {
        let key = key_of(&THING, &object(json!({"owner": "me"}))).unwrap();
        let ownership = Ownership::default();
        ownership.foresee(&key, "urn:new").unwrap();
        let warning = ownership.note(&key, "urn:old").unwrap().unwrap();
        assert!(warning.contains("urn:old") && warning.contains("urn:new"), "{warning}");
        assert_eq!(ownership.note(&key, "urn:old").unwrap(), None);
        assert!(ownership.foresee(&key, "urn:new").is_err());
    }

    #[test]
    fn two_of_an_old_state_may_share_an_object() {
        let key = key_of(&THING, &object(json!({"owner": "me"}))).unwrap();
        let ownership = Ownership::default();
        ownership.note(&key, "urn:a").unwrap();
        ownership.note(&key, "urn:b").unwrap();
        assert_eq!(ownership.other_owner(&key, "urn:b").as_deref(), Some("urn:a"));
    }

    #[test]
    fn an_absent_part_is_what_the_api_takes_it_for() {
        let absent = key_of(&THING, &object(json!({"owner": "me", "wish": ""})));
        assert_eq!(absent, key_of(&THING, &object(json!({"owner": "me", "wish": "plain"}))));
        assert_ne!(absent, key_of(&THING, &object(json!({"owner": "me", "wish": "other"}))));
    }

    #[test]
    fn a_part_that_is_not_known_makes_no_key() {
        let mut thing = object(json!({"owner": "me"}));
        thing.insert("wish".into(), Value::Unknown);
        assert_eq!(key_of(&THING, &thing), None);
    }
}
