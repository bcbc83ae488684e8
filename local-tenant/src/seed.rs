//! What a tenant holds from the start, beside its Management API and the first client.
//!
//! A seed is a JSON file of POST bodies, applied in the order APIs, clients, grants through the same
//! validation as a POST:
//!
//! ```json
//! {
//!   "resource_servers": [{"identifier": "https://api.example.com/", "scopes": [{"value": "read:data"}]}],
//!   "clients": [{"name": "app", "client_id": "app", "client_secret": "only-for-tests"}],
//!   "client_grants": [{"client_id": "app", "audience": "https://api.example.com/", "scope": []}]
//! }
//! ```
//!
//! A client may carry `client_id` and `client_secret`, so that a grant or a program can name it, and
//! `"global": true` for the client of all applications that old tenants have and no request makes.

use serde::Deserialize;
use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::client_grants;
use crate::clients;
use crate::document::validate;
use crate::ids;
use crate::request::{Call, Caller, Query};
use crate::resource_servers;
use crate::store::Store;

/// POST bodies of what a tenant holds from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// Bodies of `POST /resource-servers`.
    pub resource_servers: Vec<Object>,
    /// Bodies of `POST /clients`, with `client_id` and `client_secret` if they are to be known.
    pub clients: Vec<Object>,
    /// Bodies of `POST /client-grants`.
    pub client_grants: Vec<Object>,
}

/// An entity of a seed that the API would refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("seed: {collection}[{index}]: {error}")]
pub struct SeedError {
    collection: &'static str,
    index: usize,
    error: ApiError,
}

/// Puts the entities of a seed into the store.
///
/// # Errors
/// The first entity that a POST of it would refuse.
pub fn apply(store: &mut Store, seed: &Seed) -> Result<(), SeedError> {
    each("resource_servers", &seed.resource_servers, |body| {
        let call = call("CreateResourceServerRequestContent", body)?;
        resource_servers::create(store, &call).map(drop)
    })?;
    each("clients", &seed.clients, |body| {
        let mut body = body.clone();
        let mut known =
            |key: &str| body.remove(key).and_then(|value| value.as_str().map(str::to_owned));
        let id = known("client_id").unwrap_or_else(ids::client_id);
        let secret = known("client_secret").unwrap_or_else(ids::client_secret);
        let global = body.remove("global");
        let call = call("CreateClientRequestContent", &body)?;
        if store.clients.get(&id).is_some() {
            let message = format!("A client with the id {id} already exists");
            return Err(ApiError::bad_request("client_conflict", message));
        }
        clients::make(store, &id, secret, call.body)?;
        if let (Some(global), Some(client)) = (global, store.clients.get_mut(&id)) {
            client.insert("global".into(), global);
        }
        Ok(())
    })?;
    each("client_grants", &seed.client_grants, |body| {
        let call = call("CreateClientGrantRequestContent", body)?;
        client_grants::create(store, &call).map(drop)
    })
}

fn each(
    collection: &'static str,
    bodies: &[Object],
    mut make: impl FnMut(&Object) -> Result<(), ApiError>,
) -> Result<(), SeedError> {
    bodies.iter().enumerate().try_for_each(|(index, body)| {
        make(body).map_err(|error| SeedError { collection, index, error })
    })
}

fn call(schema: &str, body: &Object) -> Result<Call, ApiError> {
    validate(schema, &Value::Object(body.clone())).map_err(|v| ApiError::invalid_body(&v))?;
    let body = body.clone();
    Ok(Call { caller: Caller::Owner, ids: Vec::new(), query: Query::default(), body })
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
