//! What the tenant holds: entities on shelves, each shelf in the order in which its entities were made.
//!
//! A shelf stands where a path of the API leads: the clients at `clients`, the credentials of one at
//! `clients/ID/credentials`. So whatever belongs to an entity lies below its own place.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use indexmap::IndexMap;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use crate::answer::Object;

/// Everything the tenant holds.
#[derive(Debug)]
pub struct Store {
    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub base: String,
    shelves: IndexMap<Place, Collection>,
}

impl Store {
    /// An empty store for the tenant at `base`.
    pub fn new(base: String) -> Self {
        Self { base, shelves: IndexMap::new() }
    }

    /// The identifier of the tenant's Management API.
    pub fn management_audience(&self) -> String {
        format!("{}/api/v2/", self.base)
    }

    /// The name of the tenant, as clients carry it.
    pub fn tenant_name(&self) -> &'static str {
        "local-tenant"
    }

    /// What is published at an address elsewhere, as far as the tenant was told: it fetches nothing itself.
    pub fn elsewhere(&self, address: &str) -> Option<&Object> {
        self.shelf(["elsewhere"]).get(address)
    }

    /// What stands at a place; an empty shelf where nothing was ever put.
    pub fn shelf(&self, place: impl Into<Place>) -> &Collection {
        static EMPTY: LazyLock<Collection> = LazyLock::new(Collection::default);
        self.shelves.get(&place.into()).unwrap_or(&EMPTY)
    }

    /// The shelf at a place, to be changed.
    pub fn shelf_mut(&mut self, place: impl Into<Place>) -> &mut Collection {
        self.shelves.entry(place.into()).or_default()
    }

    /// Every shelf with its place.
    pub fn shelves(&self) -> impl Iterator<Item = (&Place, &Collection)> {
        self.shelves.iter()
    }

    /// The entity at a place: on the shelf before its last segment, under the last segment.
    pub fn get(&self, place: &Place) -> Option<&Object> {
        let (shelf, id) = place.split()?;
        self.shelves.get(&shelf)?.get(id)
    }

    /// The entity at a place, to be changed.
    pub fn get_mut(&mut self, place: &Place) -> Option<&mut Object> {
        let (shelf, id) = place.split()?;
        self.shelves.get_mut(&shelf)?.get_mut(id)
    }

    /// Puts an entity at a place; one that is there is replaced where it stands.
    pub fn put(&mut self, place: &Place, entity: Object) {
        if let Some(held) = self.get_mut(place) {
            *held = entity;
        } else if let Some((shelf, id)) = place.split() {
            self.shelf_mut(shelf).insert(id, entity);
        }
    }

    /// Takes the entity at a place out, with all that is below it.
    pub fn remove(&mut self, place: &Place) -> Option<Object> {
        self.shelves.retain(|other, _| !other.is_below(place));
        let (shelf, id) = place.split()?;
        self.shelves.get_mut(&shelf)?.remove(id)
    }

    /// Clients by `client_id`.
    pub fn clients(&self) -> &Collection {
        self.shelf(["clients"])
    }

    /// Client grants by `id`.
    pub fn grants(&self) -> &Collection {
        self.shelf(["client-grants"])
    }

    /// Resource servers by `id`.
    pub fn resource_servers(&self) -> &Collection {
        self.shelf(["resource-servers"])
    }

    /// The resource server whose identifier is `audience`.
    pub fn resource_server(&self, audience: &str) -> Option<&Object> {
        self.resource_servers().find(|server| text(server, "identifier") == Some(audience))
    }
}

/// Where something stands: the segments of a path below `/api/v2`, decoded.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(Vec<String>);

impl Place {
    /// The place of these segments.
    pub fn new(segments: Vec<String>) -> Self {
        Self(segments)
    }

    /// The place one segment further.
    pub fn child(&self, segment: &str) -> Self {
        let mut segments = self.0.clone();
        segments.push(segment.to_owned());
        Self(segments)
    }

    /// The shelf and the id of an entity at this place.
    pub fn split(&self) -> Option<(Self, &str)> {
        let (last, before) = self.0.split_last()?;
        Some((Self(before.to_vec()), last))
    }

    /// The place of as many segments as `length`, from the start.
    pub fn start(&self, length: usize) -> Self {
        Self(self.0.iter().take(length).cloned().collect())
    }

    /// Its segments.
    pub fn segments(&self) -> &[String] {
        &self.0
    }

    fn is_below(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl<const N: usize> From<[&str; N]> for Place {
    fn from(segments: [&str; N]) -> Self {
        Self(segments.map(str::to_owned).to_vec())
    }
}

impl From<&Place> for Place {
    fn from(place: &Place) -> Self {
        place.clone()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KEPT: &percent_encoding::AsciiSet =
            &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
        for (index, segment) in self.0.iter().enumerate() {
            let slash = if index == 0 { "" } else { "/" };
            write!(f, "{slash}{}", utf8_percent_encode(segment, KEPT))?;
        }
        Ok(())
    }
}

impl FromStr for Place {
    type Err = std::str::Utf8Error;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        let segments = path.trim_start_matches('/').split('/');
        let decoded = |segment| Ok(percent_decode_str(segment).decode_utf8()?.into_owned());
        segments.map(decoded).collect::<Result<_, _>>().map(Self)
    }
}

/// Entities of one kind by id, in the order in which they were made.
#[derive(Debug, Default)]
pub struct Collection {
    rows: IndexMap<String, Row>,
    made: u64,
}

#[derive(Debug)]
struct Row {
    /// Grows with every entity, so that a page can go on where the last one ended whatever was deleted.
    number: u64,
    entity: Object,
}

impl Collection {
    /// Adds an entity under `id`.
    pub fn insert(&mut self, id: impl Into<String>, entity: Object) {
        self.made += 1;
        self.rows.insert(id.into(), Row { number: self.made, entity });
    }

    /// The entity with this id.
    pub fn get(&self, id: &str) -> Option<&Object> {
        self.rows.get(id).map(|row| &row.entity)
    }

    /// The entity with this id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Object> {
        self.rows.get_mut(id).map(|row| &mut row.entity)
    }

    /// Takes the entity with this id out.
    pub fn remove(&mut self, id: &str) -> Option<Object> {
        self.rows.shift_remove(id).map(|row| row.entity)
    }

    /// Keeps the entities for which `keep` is true.
    pub fn retain(&mut self, keep: impl Fn(&Object) -> bool) {
        self.rows.retain(|_, row| keep(&row.entity));
    }

    /// The first entity for which `wanted` is true.
    pub fn find(&self, wanted: impl Fn(&Object) -> bool) -> Option<&Object> {
        self.entities().find(|entity| wanted(entity))
    }

    /// Every entity, oldest first.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = &Object> {
        self.rows.values().map(|row| &row.entity)
    }

    /// Every entity with its id, oldest first.
    pub fn named(&self) -> impl Iterator<Item = (&str, &Object)> {
        self.rows.iter().map(|(id, row)| (id.as_str(), &row.entity))
    }

    /// Every entity with its number, oldest first.
    pub fn numbered(&self) -> impl Iterator<Item = (u64, &Object)> {
        self.rows.values().map(|row| (row.number, &row.entity))
    }

    /// Whether nothing is here.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The string under `key`.
pub fn text<'a>(entity: &'a Object, key: &str) -> Option<&'a str> {
    entity.get(key).and_then(Value::as_str)
}

/// Whether the boolean under `key` is there and true.
pub fn is_true(entity: &Object, key: &str) -> bool {
    entity.get(key) == Some(&Value::Bool(true))
}

/// Gives an entity the members that it does not have, and objects in it theirs.
pub fn complete(entity: &mut Object, defaults: &Value) {
    for (key, default) in defaults.as_object().into_iter().flatten() {
        match entity.get_mut(key) {
            Some(Value::Object(held)) => complete(held, default),
            Some(_) => {}
            None => {
                entity.insert(key.clone(), default.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_below_an_entity_goes_with_it() {
        let mut store = Store::new("http://127.0.0.1:1".into());
        for path in ["organizations/a", "organizations/a/members/u", "organizations/ab/members/u"] {
            store.put(&path.parse().unwrap(), Object::new());
        }
        store.remove(&Place::from(["organizations", "a"]));
        let left: Vec<_> = store.shelves().filter(|(_, s)| !s.is_empty()).collect();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].0.to_string(), "organizations/ab/members");
    }

    #[test]
    fn defaults_fill_what_is_not_there_and_change_nothing_that_is() {
        let mut entity = json!({"none": null, "own": 1, "inside": {"own": []}});
        complete(
            entity.as_object_mut().unwrap(),
            &json!({"none": 0, "own": 0, "new": 0, "inside": {"own": 0, "new": 0}}),
        );
        let filled = json!({"none": null, "own": 1, "new": 0, "inside": {"own": [], "new": 0}});
        assert_eq!(entity, filled);
    }

    #[test]
    fn a_place_is_written_as_a_path_and_read_again() {
        let place = Place::from(["users", "auth0|a/b c", "roles"]);
        assert_eq!(place.to_string(), "users/auth0%7Ca%2Fb%20c/roles");
        assert_eq!(place.to_string().parse::<Place>().unwrap(), place);
    }
}
