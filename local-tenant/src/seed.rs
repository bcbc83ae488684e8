//! What a tenant holds from the start, beside its Management API and the first client.
//!
//! A seed is a JSON file of POST bodies by the path they are sent to, and of PATCH or PUT bodies of settings,
//! applied through the same validation as a request:
//!
//! ```json
//! {
//!   "resource_servers": [{"identifier": "https://api.example.com/", "scopes": [{"value": "read:data"}]}],
//!   "clients": [{"name": "app", "client_id": "app", "client_secret": "only-for-tests"}],
//!   "client_grants": [{"client_id": "app", "audience": "https://api.example.com/", "scope": []}],
//!   "organizations": [{"id": "org_1", "name": "acme"}],
//!   "tenants/settings": {"friendly_name": "Acme"}
//! }
//! ```
//!
//! An entity may carry members that answers have and no request takes, such as its id, so that others can name
//! it. A client may carry `client_id` and `client_secret`, and `"global": true` for the client of all
//! applications that old tenants have and no request makes. APIs, clients and grants come first, then
//! what has the shorter path: users before the members of an organization. `elsewhere` is no path: it holds the
//! documents of servers elsewhere by their addresses, such as the discovery document of an OpenID provider.

use serde::Deserialize;
use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::client_grants;
use crate::clients;
use crate::document::{OperationRow, document, validate};
use crate::ids;
use crate::operations;
use crate::request::{Call, Caller, Query};
use crate::store::{Place, Store};

/// POST bodies of what a tenant holds from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Seed {
    /// Bodies of `POST /resource-servers`.
    pub resource_servers: Vec<Object>,
    /// Bodies of `POST /clients`, with `client_id` and `client_secret` if they are to be known.
    pub clients: Vec<Object>,
    /// Bodies of `POST /client-grants`.
    pub client_grants: Vec<Object>,
    /// By path: an array of bodies to be posted there, or the body of a setting.
    #[serde(flatten)]
    pub others: Object,
}

/// An entity of a seed that the API would refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("seed: {entity}: {error}")]
pub struct SeedError {
    entity: String,
    error: ApiError,
}

/// Puts the entities of a seed into the store.
///
/// # Errors
/// The first entity that a POST of it would refuse.
pub fn apply(store: &mut Store, seed: &Seed) -> Result<(), SeedError> {
    each("resource_servers", &seed.resource_servers, |body| {
        send(store, "POST", "resource-servers", &Value::Object(body.clone()))
    })?;
    each("clients", &seed.clients, |body| make_client(store, body))?;
    each("client_grants", &seed.client_grants, |body| {
        send(store, "POST", "client-grants", &Value::Object(body.clone()))
    })?;
    let mut others: Vec<_> = seed.others.iter().collect();
    others.sort_by_key(|(path, _)| path.split('/').count());
    for (path, value) in others {
        if path == "elsewhere" {
            for (address, document) in value.as_object().into_iter().flatten() {
                let document = document.as_object().cloned().unwrap_or_default();
                store.put(&Place::from(["elsewhere", address]), document);
            }
            continue;
        }
        let methods: &[_] = if value.is_array() { &["PUT"] } else { &["PATCH", "PUT", "POST"] };
        let place = path.parse::<Place>().ok();
        let takes = |method: &&&str| {
            place.as_ref().and_then(|place| operations::find(method, place)).is_some()
        };
        match (value, methods.iter().find(takes)) {
            (value, Some(method)) => {
                let refused = |error| SeedError { entity: path.clone(), error };
                send(store, method, path, value).map_err(refused)?;
            }
            (Value::Array(bodies), None) => {
                each(path, bodies, |body| send(store, "POST", path, body))?;
            }
            (_, None) => {
                let error = ApiError::unserved("POST", path);
                return Err(SeedError { entity: path.clone(), error });
            }
        }
    }
    Ok(())
}

fn make_client(store: &mut Store, body: &Object) -> Result<(), ApiError> {
    let mut body = body.clone();
    let mut known =
        |key: &str| body.remove(key).and_then(|value| value.as_str().map(str::to_owned));
    let id = known("client_id").unwrap_or_else(ids::client_id);
    let secret = known("client_secret").unwrap_or_else(ids::client_secret);
    let global = body.remove("global");
    let row = document().operation("POST", "/clients");
    if let Some(schema) = row.and_then(|row| row.body.as_ref()) {
        validate(schema, &Value::Object(body.clone())).map_err(|v| ApiError::invalid_body(&v))?;
    }
    if store.clients().get(&id).is_some() {
        return Err(clients::taken(&id));
    }
    clients::make(store, &id, secret, body)?;
    if let (Some(global), Some(client)) = (global, store.shelf_mut(["clients"]).get_mut(&id)) {
        client.insert("global".into(), global);
    }
    Ok(())
}

fn each<T>(
    path: &str,
    bodies: &[T],
    mut make: impl FnMut(&T) -> Result<(), ApiError>,
) -> Result<(), SeedError> {
    bodies.iter().enumerate().try_for_each(|(index, body)| {
        make(body).map_err(|error| SeedError { entity: format!("{path}[{index}]"), error })
    })
}

/// Carries out one request of a seed.
fn send(store: &mut Store, method: &str, path: &str, body: &Value) -> Result<(), ApiError> {
    let place: Option<Place> = path.parse().ok();
    let (operation, ids) = place
        .and_then(|place| operations::find(method, &place))
        .ok_or_else(|| ApiError::unserved(method, path))?;
    let (mut body, mut known) = (body.clone(), Object::new());
    if let (Value::Object(body), Some(schema)) = (&mut body, &operation.row.body) {
        let taken = document().members(schema);
        // The document does not say of every write what it answers.
        let read = document().operation("GET", &format!("{}/{{id}}", operation.row.path));
        let answered = |key: &String| {
            // Of an answer that the document does not describe, the ID is known.
            let reads = |read: &OperationRow| {
                read.names.contains(key) || read.names.is_empty() && key == "id"
            };
            operation.row.names.contains(key) || read.is_some_and(reads)
        };
        let only_answered = |key: &&String| !taken.contains(key.as_str()) && answered(key);
        for key in body.keys().filter(only_answered).cloned().collect::<Vec<_>>() {
            known.extend(body.remove(&key).map(|value| (key, value)));
        }
    }
    if let Some(schema) = &operation.row.body {
        validate(schema, &body).map_err(|violation| ApiError::invalid_body(&violation))?;
    }
    let mut call = Call::new(Caller::Owner, operation.row, ids, Query::default(), body);
    call.known = known;
    operation.carry_out(store, &call).map(drop)
}

/// The client that a tenant has from the start, whose credentials its owner is given.
///
/// # Panics
/// Never: the body is one that the API takes.
pub fn first_client(store: &mut Store, scopes: &[String]) -> (String, String) {
    let (id, secret) = (ids::client_id(), ids::client_secret());
    let body = serde_json::json!({
        "name": "Management API client",
        "app_type": "non_interactive",
        "grant_types": ["client_credentials"],
        "token_endpoint_auth_method": "client_secret_post",
    });
    let body = body.as_object().cloned().unwrap_or_default();
    clients::make(store, &id, secret.clone(), body).expect("a first client conflicts with none");
    let grant = client_grants::of_management(&id, &store.management_audience(), scopes);
    client_grants::insert(store, grant);
    (id, secret)
}
