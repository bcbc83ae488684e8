//! `/client-grants`: which client may have tokens for which API, and with which scopes.

use axum::http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::request::Call;
use crate::store::{Collection, Store, is_true, text};

/// Makes a grant.
///
/// # Errors
/// 400 without exactly one of client and default, or for a client or API that takes no such grant,
/// 404 for an unknown API, 409 where the client has a grant of this kind for the API.
pub fn create(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut grant = call.body.clone();
    let audience = text(&grant, "audience").unwrap_or_default().to_owned();
    let (client_id, default_for) = (text(&grant, "client_id"), text(&grant, "default_for"));
    if client_id.is_some() == default_for.is_some() {
        let message = "Exactly one of client_id and default_for must be provided";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    if let Some(id) = client_id {
        check_client(store, id)?;
    }
    let Some(server) = store.resource_server(&audience) else {
        let message = "The resource server does not exist";
        return Err(ApiError::new(StatusCode::NOT_FOUND, "inexistent_resource_server", message));
    };
    refuse_all_scopes_of_system(server, &grant)?;
    grant.entry("subject_type").or_insert_with(|| "client".into());
    let key = ["client_id", "default_for", "audience", "subject_type"];
    let same = |other: &Object| key.iter().all(|name| other.get(*name) == grant.get(*name));
    if store.grants().find(same).is_some() {
        let subject = client_id_or_default(&grant);
        let message = format!("A client grant already exists between {subject} and {audience}");
        return Err(ApiError::new(StatusCode::CONFLICT, "client_grant_conflict", message));
    }
    let id = text(&call.known, "id").map_or_else(ids::client_grant_id, str::to_owned);
    grant.insert("id".into(), id.into());
    settle_scopes(&mut grant);
    insert(store, grant.clone());
    Ok(Answer::Created(grant.into()))
}

/// Reads a grant.
///
/// # Errors
/// 404 where there is none with this id.
pub fn read(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let grant = store.grants().get(call.id()).ok_or_else(missing)?;
    Ok(Answer::Ok(grant.clone().into()))
}

/// Changes the keys that the body names; null takes a key off.
///
/// # Errors
/// 404 where there is none with this id, 400 for all scopes of a system API.
pub fn update(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let grant = store.grants().get(call.id()).ok_or_else(missing)?;
    let audience = text(grant, "audience").unwrap_or_default();
    if let Some(server) = store.resource_server(audience) {
        refuse_all_scopes_of_system(server, &call.body)?;
    }
    let grant = store.shelf_mut(["client-grants"]).get_mut(call.id()).ok_or_else(missing)?;
    for (key, value) in &call.body {
        if value.is_null() {
            grant.remove(key);
        } else {
            grant.insert(key.clone(), value.clone());
        }
    }
    settle_scopes(grant);
    Ok(Answer::Ok(grant.clone().into()))
}

/// Deletes a grant; deleting none is as good.
///
/// # Errors
/// None.
pub fn delete(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    store.shelf_mut(["client-grants"]).remove(call.id());
    Ok(Answer::NoContent)
}

/// Lists grants by audience, client, subject type, default and whether any organization may use them.
///
/// # Errors
/// Those of paging.
pub fn list(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let query = &call.query;
    let wanted = |grant: &Object| {
        ["audience", "client_id", "subject_type", "default_for"]
            .iter()
            .all(|name| query.text(name).is_none_or(|value| text(grant, name) == Some(value)))
            && query
                .flag("allow_any_organization")
                .is_none_or(|flag| is_true(grant, "allow_any_organization") == flag)
    };
    let page = listing::list(store.grants(), call, wanted, Object::clone)?;
    Ok(Answer::Ok(page))
}

/// Lists the organizations with which a grant is associated.
///
/// # Errors
/// 404 where there is no grant with this id.
pub fn organizations(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    store.grants().get(call.id()).ok_or_else(missing)?;
    let mut associated = Collection::default();
    for (id, organization) in store.shelf(["organizations"]).named() {
        if store.shelf(["organizations", id, "client-grants"]).get(call.id()).is_some() {
            associated.insert(id, organization.clone());
        }
    }
    Ok(Answer::Ok(listing::list(&associated, call, |_| true, Object::clone)?))
}

/// Deletes the grants for which `doomed` is true, with the client or API they belonged to.
pub fn delete_with_owner(store: &mut Store, key: &str, owner: &str) {
    store.shelf_mut(["client-grants"]).retain(|grant| text(grant, key) != Some(owner));
}

fn check_client(store: &Store, id: &str) -> Result<(), ApiError> {
    let client = store.clients().get(id).ok_or_else(|| {
        let message = "The client does not exist";
        ApiError::new(StatusCode::NOT_FOUND, "inexistent_client", message)
    })?;
    if text(client, "app_type") == Some("express_configuration") {
        let message = "Client of type express_configuration cannot be used";
        return Err(ApiError::bad_request("validation_error", message));
    }
    Ok(())
}

fn refuse_all_scopes_of_system(server: &Object, body: &Object) -> Result<(), ApiError> {
    if is_true(server, "is_system") && body.get("allow_all_scopes").is_some_and(|v| !v.is_null()) {
        let message = "`allow_all_scopes` cannot be provided when `audience` is a system API";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    Ok(())
}

/// A grant of all scopes lists none; any other lists its own, if only an empty list.
fn settle_scopes(grant: &mut Object) {
    if is_true(grant, "allow_all_scopes") {
        grant.remove("scope");
    } else {
        grant.entry("scope").or_insert_with(|| json!([]));
    }
}

fn client_id_or_default(grant: &Object) -> &str {
    text(grant, "client_id").or_else(|| text(grant, "default_for")).unwrap_or_default()
}

fn missing() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "inexistent_client_grant", "The grant does not exist.")
}

/// The grant of all Management API scopes that a tenant's first client has.
pub fn of_management(client_id: &str, audience: &str, scopes: &[String]) -> Object {
    let mut grant = Object::new();
    grant.insert("id".into(), ids::client_grant_id().into());
    grant.insert("client_id".into(), client_id.into());
    grant.insert("audience".into(), audience.into());
    grant.insert("scope".into(), scopes.into());
    grant.insert("subject_type".into(), "client".into());
    grant
}

/// What a client of the kind `express_configuration` may do, as recordings list it.
const EXPRESS_CONFIGURATION: &[&str] = &[
    "read:clients",
    "read:user_attribute_profiles",
    "read:connection_profiles",
    "read:organizations_summary",
    "read:connections",
    "create:connections",
    "update:connections",
    "read:connections_options",
    "update:connections_options",
    "read:organization_connections",
    "create:organization_connections",
    "update:organization_connections",
    "create:scim_config",
    "read:scim_token",
    "create:scim_token",
    "delete:scim_token",
];

/// Gives a client that the system makes grants for the one it needs.
pub fn grant_by_system(store: &mut Store, client: &Object) {
    if text(client, "app_type") != Some("express_configuration") {
        return;
    }
    let scopes: Vec<String> = EXPRESS_CONFIGURATION.iter().map(ToString::to_string).collect();
    let client_id = text(client, "client_id").unwrap_or_default();
    let mut grant = of_management(client_id, &store.management_audience(), &scopes);
    grant.insert("is_system".into(), true.into());
    insert(store, grant);
}

/// Puts a grant that has an id into the store.
pub fn insert(store: &mut Store, grant: Object) {
    let id = text(&grant, "id").unwrap_or_default().to_owned();
    store.shelf_mut(["client-grants"]).insert(id, grant);
}
