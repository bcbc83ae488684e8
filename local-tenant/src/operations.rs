//! Every operation of the Management API, and what it does here.
//!
//! The document says which there are. What one does is said by hand where a family has a function for it;
//! else by the kind that stands at its path; else nothing, and it is answered with 501.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::answer::{Answer, ApiError, Object};
use crate::document::{OperationRow, document, is_placeholder};
use crate::kinds::{KINDS, OWN};
use crate::request::Call;
use crate::serving::{Effect, Served, Serves, WHOLE};
use crate::store::{Place, Store, text};

/// A function that does by hand what an operation does.
pub type OwnEffect = fn(&mut Store, &Call) -> Result<Answer, ApiError>;

/// An operation that is done by hand: method, path in the document, function.
pub type Own = (&'static str, &'static str, OwnEffect);

/// One operation: what the document says of it, and what it does here.
#[derive(Debug)]
pub struct Operation {
    /// The document's row.
    pub row: &'static OperationRow,
    does: Does,
    /// Entities that have to be there for it: how many segments of the path lead to one, and its kind.
    parents: Vec<(usize, &'static Served)>,
}

#[derive(Debug, Clone, Copy)]
enum Does {
    Own(OwnEffect),
    Kind(&'static Served, Effect),
    Nothing,
}

impl Operation {
    /// Does what a call of the operation asks for.
    ///
    /// # Errors
    /// Those of the operation; 404 where something that the path leads through is not there; 501 where the
    /// tenant does not have the operation.
    pub fn carry_out(&self, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
        let place = call.place();
        // To delete below what is not there is as good as to delete what is not there.
        let needed = self.parents.iter().filter(|_| self.row.method != "DELETE");
        for (length, served) in needed {
            let parent = place.start(*length);
            if store.get(&parent).is_none() {
                return Err(served.kind.missing(parent.split().map_or("", |(_, id)| id)));
            }
        }
        match self.does {
            Does::Own(effect) => effect(store, call),
            Does::Kind(served, effect) => effect(served, store, call),
            Does::Nothing => Err(ApiError::unserved(&self.row.method, &self.row.path)),
        }
    }

    /// Whether the tenant has it.
    pub fn is_served(&self) -> bool {
        !matches!(self.does, Does::Nothing)
    }
}

/// Every operation, in the order of the document.
pub fn operations() -> &'static [Operation] {
    static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
        let served = served();
        let own: HashMap<_, _> =
            OWN.iter().copied().flatten().map(|(m, path, effect)| ((*m, *path), *effect)).collect();
        document().operations.iter().map(|row| operation(row, served, &own)).collect()
    });
    &OPERATIONS
}

/// Every kind, with what the document says of it.
fn served() -> &'static [Served] {
    static SERVED: LazyLock<Vec<Served>> = LazyLock::new(|| {
        KINDS.iter().copied().flatten().map(|kind| Served::new(kind, document())).collect()
    });
    &SERVED
}

fn operation(
    row: &'static OperationRow,
    served: &'static [Served],
    own: &HashMap<(&str, &str), OwnEffect>,
) -> Operation {
    let by_kind = || served.iter().find_map(|kind| Some(Does::Kind(kind, kind.effect(row)?)));
    let does = match own.get(&(row.method.as_str(), row.path.as_str())) {
        Some(effect) => Does::Own(*effect),
        None => by_kind().unwrap_or(Does::Nothing),
    };
    let segments: Vec<_> = row.segments().collect();
    let parent = |length: usize| {
        let collection = format!("/{}", segments[..length - 1].join("/"));
        let at = |kind: &&Served| {
            kind.kind.at == collection && matches!(kind.kind.serves, Serves::Collection)
        };
        Some((length, served.iter().find(at).filter(|_| is_placeholder(segments[length - 1]))?))
    };
    Operation { row, does, parents: (1..segments.len()).filter_map(parent).collect() }
}

/// The operation of a method on a path below `/api/v2`, and the ids in it.
pub fn find(method: &str, place: &Place) -> Option<(&'static Operation, Vec<String>)> {
    let segments = place.segments();
    let fits = |row: &OperationRow| {
        let mut wanted = row.segments();
        row.segments().count() == segments.len()
            && segments.iter().all(|s| wanted.next().is_some_and(|w| is_placeholder(w) || w == s))
    };
    let found = operations().iter().filter(|o| o.row.method == method && fits(o.row));
    // A word that stands in the path itself goes before an id.
    let found = found.min_by_key(|o| o.row.segments().filter(|s| is_placeholder(s)).count())?;
    let places = found.row.segments().zip(segments).filter(|(wanted, _)| is_placeholder(wanted));
    Some((found, places.map(|(_, id)| id.clone()).collect()))
}

/// Puts an object at a path as it is; false where nothing can be held there.
pub fn hold(store: &mut Store, path: &str, value: Value) -> bool {
    let Ok(place) = path.parse::<Place>() else { return false };
    let Some((operation, _)) = find("GET", &place) else { return false };
    let kind = served().iter().find(|kind| kind.effect(operation.row).is_some());
    let Some(kind) = kind.map(|served| served.kind) else { return false };
    match (kind.serves, value) {
        (Serves::Setting(_), Value::Object(entity)) => store.put(&place, entity),
        (Serves::Setting(_), value) => {
            store.put(&place, Object::from_iter([(WHOLE.to_owned(), value)]));
        }
        (Serves::Collection, Value::Object(entity)) if operation.row.path != kind.at => {
            store.put(&place, entity);
        }
        (Serves::Collection, Value::Array(elements)) if find("POST", &place).is_none() => {
            for entity in elements.iter().filter_map(Value::as_object) {
                store.put(&place.child(text(entity, kind.key).unwrap_or_default()), entity.clone());
            }
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What the tenant does not serve; it may only get shorter.
    const UNSERVED: &str = include_str!("unserved.txt");

    #[test]
    fn what_is_not_served_is_listed_and_nothing_else_is() {
        let written = |o: &Operation| format!("{} {}", o.row.method, o.row.path);
        let ours: BTreeSet<_> =
            operations().iter().filter(|o| !o.is_served()).map(written).collect();
        let listed: BTreeSet<_> = UNSERVED.lines().map(str::to_owned).collect();
        let unlisted: Vec<_> = ours.difference(&listed).collect();
        let served: Vec<_> = listed.difference(&ours).collect();
        assert!(unlisted.is_empty(), "not served any more: {unlisted:#?}");
        assert!(served.is_empty(), "served now, take it out of unserved.txt: {served:#?}");
    }

    #[test]
    fn every_row_of_a_family_is_about_operations_that_there_are() {
        for (method, path, _) in OWN.iter().copied().flatten() {
            assert!(document().operation(method, path).is_some(), "{method} {path}");
        }
        for kind in served() {
            let of_it = document().operations.iter().filter(|row| kind.effect(row).is_some());
            assert!(of_it.count() > 0, "{} is no path of the document", kind.kind.at);
        }
    }

    #[test]
    fn a_path_leads_to_the_operation_of_its_words_first() {
        let found = |path: &str| {
            let (operation, ids) = find("GET", &path.parse().unwrap()).unwrap();
            (operation.row.path.as_str(), ids)
        };
        assert_eq!(found("custom-domains/default"), ("/custom-domains/default", vec![]));
        assert_eq!(found("roles/a%2Fb"), ("/roles/{id}", vec!["a/b".to_owned()]));
    }
}
