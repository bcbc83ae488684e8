//! What the tenant holds: its entities in the order in which they were made.

use indexmap::IndexMap;
use serde_json::Value;

use crate::answer::Object;

/// Everything the tenant holds.
#[derive(Debug)]
pub struct Store {
    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub base: String,
    /// Clients by `client_id`.
    pub clients: Collection,
    /// Credentials of clients by their own id; each names its client under `client_id`.
    pub credentials: Collection,
    /// Client grants by `id`.
    pub grants: Collection,
    /// Resource servers by `id`.
    pub resource_servers: Collection,
}

impl Store {
    /// An empty store for the tenant at `base`.
    pub fn new(base: String) -> Self {
        Self {
            base,
            clients: Collection::default(),
            credentials: Collection::default(),
            grants: Collection::default(),
            resource_servers: Collection::default(),
        }
    }

    /// The identifier of the tenant's Management API.
    pub fn management_audience(&self) -> String {
        format!("{}/api/v2/", self.base)
    }

    /// The name of the tenant, as clients carry it.
    pub fn tenant_name(&self) -> &'static str {
        "local-tenant"
    }

    /// The resource server whose identifier is `audience`.
    pub fn resource_server(&self, audience: &str) -> Option<&Object> {
        self.resource_servers.find(|server| text(server, "identifier") == Some(audience))
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
    pub fn entities(&self) -> impl Iterator<Item = &Object> {
        self.rows.values().map(|row| &row.entity)
    }

    /// Every entity with its number, oldest first.
    pub fn numbered(&self) -> impl Iterator<Item = (u64, &Object)> {
        self.rows.values().map(|row| (row.number, &row.entity))
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
