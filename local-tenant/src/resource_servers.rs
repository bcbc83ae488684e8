//! `/resource-servers`: the APIs that the tenant issues tokens for.

use axum::http::StatusCode;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::client_grants;
use crate::ids;
use crate::listing;
use crate::public_key::PublicKey;
use crate::request::Call;
use crate::store::{Store, is_true, text};
use crate::system_api;

/// Makes an API.
///
/// # Errors
/// 409 where the identifier is taken.
pub fn create(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let identifier = text(&call.body, "identifier").unwrap_or_default();
    if store.resource_server(identifier).is_some() {
        let message = "A resource server with the same identifier already exists.";
        return Err(ApiError::new(StatusCode::CONFLICT, "resource_server_conflict", message));
    }
    let mut server = match system_api::preset(store, identifier) {
        Some(mut preset) => {
            let policy = call.body.get("authorization_policy").cloned();
            preset.extend(policy.map(|policy| ("authorization_policy".to_owned(), policy)));
            preset
        }
        None => with_defaults(call.body.clone()),
    };
    fingerprint_encryption_key(&mut server);
    let id = text(&call.known, "id").map_or_else(ids::resource_server_id, str::to_owned);
    server.insert("id".into(), id.clone().into());
    let settled = system_api::settled(store, server.clone());
    store.shelf_mut(["resource-servers"]).insert(id, settled);
    Ok(Answer::Created(server.into()))
}

/// Reads an API by id or by identifier.
///
/// # Errors
/// 404 where there is none.
pub fn read(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let id = find(store, call.id()).ok_or_else(missing)?;
    let server = store.resource_servers().get(&id).ok_or_else(missing)?;
    Ok(Answer::Ok(listing::choose(server.clone(), &call.query).into()))
}

/// Changes the keys that the body names; null takes a key off.
///
/// # Errors
/// 404 where there is none, 400 for a system API.
pub fn update(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let id = find(store, call.id()).ok_or_else(missing)?;
    let server = store.shelf_mut(["resource-servers"]).get_mut(&id).ok_or_else(missing)?;
    if is_true(server, "is_system") {
        return Err(system("updated"));
    }
    for (key, value) in &call.body {
        if value.is_null() {
            server.remove(key);
        } else {
            server.insert(key.clone(), value.clone());
        }
    }
    settle_signing(server);
    fingerprint_encryption_key(server);
    Ok(Answer::Ok(server.clone().into()))
}

/// Deletes an API and the grants for it; deleting none is as good.
///
/// # Errors
/// 400 for a system API.
pub fn delete(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let Some(id) = find(store, call.id()) else { return Ok(Answer::NoContent) };
    if store.resource_servers().get(&id).and_then(|server| text(server, "identifier"))
        == Some(&store.management_audience())
    {
        return Err(system("deleted"));
    }
    if let Some(server) = store.shelf_mut(["resource-servers"]).remove(&id) {
        let identifier = text(&server, "identifier").unwrap_or_default();
        client_grants::delete_with_owner(store, "audience", identifier);
    }
    Ok(Answer::NoContent)
}

/// Lists APIs, all or those with the given identifiers.
///
/// # Errors
/// Those of paging.
pub fn list(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let identifiers = call.query.all("identifiers");
    let wanted = |server: &Object| {
        identifiers.is_empty()
            || text(server, "identifier").is_some_and(|own| identifiers.iter().any(|i| i == own))
    };
    let servers = store.resource_servers();
    let shown = |server: &Object| listing::choose(server.clone(), &call.query);
    let page = listing::list(servers, call, wanted, shown)?;
    Ok(Answer::Ok(page))
}

/// The id behind what a path names: an id, or an identifier that was encoded once or twice.
fn find(store: &Store, named: &str) -> Option<String> {
    if store.resource_servers().get(named).is_some() {
        return Some(named.to_owned());
    }
    let decoded = percent_decode_str(named).decode_utf8().ok()?;
    let server = store.resource_server(named).or_else(|| store.resource_server(&decoded))?;
    text(server, "id").map(str::to_owned)
}

/// What the server fills in on create, as the recordings show it; the document's defaults differ.
pub fn with_defaults(mut server: Object) -> Object {
    let defaults = json!({
        "allow_offline_access": false,
        "skip_consent_for_verifiable_first_party_clients": false,
        "subject_type_authorization": {
            "client": {"policy": "require_client_grant"},
            "user": {"policy": "allow_all"},
        },
        "token_lifetime": 86400,
        "token_lifetime_for_web": 7200,
        "signing_alg": "RS256",
    });
    server.retain(|_, value| !value.is_null());
    for (key, value) in defaults.as_object().into_iter().flatten() {
        server.entry(key).or_insert_with(|| value.clone());
    }
    settle_signing(&mut server);
    server
}

/// Only an API that signs with HS256 has a secret, made where none is given.
fn settle_signing(server: &mut Object) {
    if text(server, "signing_alg") == Some("HS256") {
        server.entry("signing_secret").or_insert_with(|| ids::signing_secret().into());
    } else {
        server.remove("signing_secret");
    }
}

/// An encryption key is answered with its fingerprint in place of the key.
fn fingerprint_encryption_key(server: &mut Object) {
    let key = server.get_mut("token_encryption").and_then(|block| block.get_mut("encryption_key"));
    if let Some(Value::Object(key)) = key
        && let Some(Value::String(pem)) = key.remove("pem")
    {
        let thumbprint = PublicKey::read(&pem).thumbprint();
        key.extend(thumbprint.map(|print| ("thumbprint_sha256".to_owned(), print.into())));
    }
}

fn system(done: &str) -> ApiError {
    let message = format!("System resource servers cannot be {done}");
    ApiError::bad_request("operation_not_supported", message)
}

fn missing() -> ApiError {
    let message = "The resource server does not exist";
    ApiError::new(StatusCode::NOT_FOUND, "inexistent_resource_server", message)
}

/// Notes on an API the client that stands for it.
pub fn link(store: &mut Store, client: &Object) {
    let identifier = text(client, "resource_server_identifier").unwrap_or_default();
    if let Some(id) = find(store, identifier)
        && let Some(server) = store.shelf_mut(["resource-servers"]).get_mut(&id)
        && let Some(client_id) = client.get("client_id")
    {
        server.insert("client_id".into(), client_id.clone());
    }
}

/// Takes a client off the API that it stood for.
pub fn unlink(store: &mut Store, client_id: &str) {
    let server =
        store.resource_servers().find(|server| text(server, "client_id") == Some(client_id));
    if let Some(id) = server.and_then(|server| text(server, "id")).map(str::to_owned)
        && let Some(server) = store.shelf_mut(["resource-servers"]).get_mut(&id)
    {
        server.remove("client_id");
    }
}
