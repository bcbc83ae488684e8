//! `/clients`: the applications of the tenant.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::client_defaults;
use crate::client_grants;
use crate::client_limits;
use crate::client_merge;
use crate::client_secret;
use crate::credentials;
use crate::ids;
use crate::keys;
use crate::kinds::{connections, organization_clients};
use crate::listing;
use crate::request::{Call, Caller};
use crate::resource_servers;
use crate::store::{Place, Store, is_true, text};

/// Keys of a body that a token needs a scope of its own for, by the document's prose.
const GUARDED: &[(&str, &[&str])] = &[
    ("client_secret", &["update:client_keys"]),
    ("client_authentication_methods", &["create:client_credentials", "update:client_credentials"]),
];

/// Makes a client.
///
/// # Errors
/// 400 where two settings exclude each other, 403 for a key that the token may not set, 409 for an
/// alias or an id that is taken.
pub fn create(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    check_guarded(call)?;
    let id = match text(&call.body, "client_id") {
        Some(chosen) if store.clients().get(chosen).is_some() => return Err(taken(chosen)),
        Some(chosen) => chosen.to_owned(),
        None => client_defaults::new_id(&call.body),
    };
    let client = make(store, &id, ids::client_secret(), call.body.clone())?;
    Ok(Answer::Created(shown(store, &client, &call.caller).into()))
}

/// Makes a client with an id and a secret that are known beforehand.
///
/// # Errors
/// As `create`.
pub fn make(store: &mut Store, id: &str, secret: String, body: Object) -> Result<Object, ApiError> {
    check_aliases(store, &body, id)?;
    client_merge::check_methods(&body)?;
    let mut client = client_defaults::with_defaults(&body);
    client_limits::check_anonymous_sessions(&client)?;
    client.insert("client_id".into(), id.into());
    client.insert("client_secret".into(), secret.into());
    credentials::take_in(store, id, &mut client)?;
    resource_servers::link(store, &client);
    client_grants::grant_by_system(store, &client);
    store.shelf_mut(["clients"]).insert(id, client.clone());
    Ok(client)
}

/// Reads a client.
///
/// # Errors
/// 404 where there is none with this id.
pub fn read(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let client = store.clients().get(call.id()).ok_or_else(missing)?;
    let shown = shown(store, client, &call.caller);
    Ok(Answer::Ok(listing::choose(shown, &call.query).into()))
}

/// Changes the keys that the body names; null takes a key off.
///
/// # Errors
/// 404 where there is none, 400 where two settings exclude each other, 403 for a key that the token may
/// not set, 409 for an alias that is taken.
pub fn update(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    check_guarded(call)?;
    let mut client = store.clients().get(call.id()).ok_or_else(missing)?.clone();
    check_aliases(store, &call.body, call.id())?;
    client_merge::check_methods(&call.body)?;
    client_limits::check_integration(&client, &call.body)?;
    credentials::check_references(store, call.id(), &call.body)?;
    client_merge::apply(&mut client, &call.body);
    client_limits::check_anonymous_sessions(&client)?;
    let answer = shown(store, &client, &call.caller);
    if let Some(stored) = store.shelf_mut(["clients"]).get_mut(call.id()) {
        *stored = client;
    }
    Ok(Answer::Ok(answer.into()))
}

/// Deletes a client with its credentials and grants; deleting none is as good.
///
/// # Errors
/// None.
pub fn delete(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let id = call.id();
    store.remove(&Place::from(["clients", id]));
    resource_servers::unlink(store, id);
    client_grants::delete_with_owner(store, "client_id", id);
    connections::leave_connections(store, id);
    organization_clients::leave_organizations(store, id);
    Ok(Answer::NoContent)
}

/// Lists clients by type, by whether they are first-party or global, and by external id.
///
/// # Errors
/// Those of paging.
pub fn list(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let query = &call.query;
    let wanted = |client: &Object| {
        let types = query.text("app_type").map(|types| types.split(',').collect::<Vec<_>>());
        let is_type = text(client, "app_type").unwrap_or_default();
        types.is_none_or(|types| types.contains(&is_type))
            && query.flag("is_first_party").is_none_or(|f| is_true(client, "is_first_party") == f)
            && query.flag("is_global").is_none_or(|f| is_true(client, "global") == f)
            && query
                .text("external_client_id")
                .is_none_or(|id| text(client, "external_client_id") == Some(id))
    };
    let show = |client: &Object| {
        let shown = shown(store, client, &call.caller);
        let tenant = shown.get("tenant").cloned();
        let mut chosen = listing::choose(shown, query);
        // The name of the tenant stands in every list, whatever fields are asked for.
        chosen.extend(tenant.map(|tenant| ("tenant".to_owned(), tenant)));
        chosen
    };
    Ok(Answer::Ok(listing::list(store.clients(), call, wanted, show)?))
}

/// Gives the client a new secret.
///
/// # Errors
/// 404 where there is none with this id.
pub fn rotate_secret(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let client = store.shelf_mut(["clients"]).get_mut(call.id()).ok_or_else(missing)?;
    client.insert("client_secret".into(), ids::client_secret().into());
    let client = client.clone();
    Ok(Answer::Ok(shown(store, &client, &call.caller).into()))
}

/// The client as an answer shows it.
fn shown(store: &Store, client: &Object, caller: &Caller) -> Object {
    let mut client = client.clone();
    client.insert("signing_keys".into(), json!([{"cert": keys::signing_key().certificate()}]));
    client_secret::conceal(&mut client, caller);
    client.entry("global").or_insert_with(|| false.into());
    client.insert("tenant".into(), store.tenant_name().into());
    client
}

fn check_guarded(call: &Call) -> Result<(), ApiError> {
    let guarded = GUARDED.iter().filter(|(key, _)| call.body.contains_key(*key));
    match guarded.map(|(_, scopes)| scopes).find(|scopes| !call.caller.has_any(scopes)) {
        Some(scopes) => Err(ApiError::insufficient_scope(scopes)),
        None => Ok(()),
    }
}

fn check_aliases(store: &Store, body: &Object, own: &str) -> Result<(), ApiError> {
    let aliases = |client: &Object| -> Vec<Value> {
        client.get("client_aliases").and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let wanted = aliases(body);
    if wanted.is_empty() {
        return Ok(());
    }
    let taken = store.clients().find(|other| {
        text(other, "client_id") != Some(own) && aliases(other).iter().any(|a| wanted.contains(a))
    });
    match taken {
        Some(_) => {
            let message = "Another client exists with the same alias.";
            Err(ApiError::new(StatusCode::CONFLICT, "client_alias_conflict", message))
        }
        None => Ok(()),
    }
}

/// 409 for an id that another client has.
pub fn taken(id: &str) -> ApiError {
    let message = format!("A client with the id {id} already exists");
    ApiError::new(StatusCode::CONFLICT, "client_conflict", message)
}

/// 404 for a client id that the tenant does not have.
pub fn missing() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "inexistent_client", "The client does not exist")
}
