//! How the users of a connection come in from elsewhere: by SCIM, or from a directory that is looked through.

use serde_json::{Value, json};

use super::mappings::{DIRECTORY, SCIM};
use crate::answer::{Answer, ApiError, Object};
use crate::document::Violation;
use crate::ids;
use crate::listing;
use crate::request::Call;
use crate::search;
use crate::store::{Collection, Place, Store, complete, text};

/// Strategies that SCIM is there for.
const WITH_SCIM: &[&str] = &["oidc", "okta", "samlp", "waad"];

fn strategy<'a>(store: &'a Store, call: &Call) -> &'a str {
    let connection = store.get(&Place::from(["connections", call.id()]));
    connection.and_then(|connection| text(connection, "strategy")).unwrap_or_default()
}

/// The connection as its provisioning names it.
fn named(store: &Store, call: &Call) -> Value {
    let connection = store.get(&Place::from(["connections", call.id()]));
    let name = connection.and_then(|connection| text(connection, "name"));
    json!({
        "connection_id": call.id(),
        "connection_name": name,
        "strategy": strategy(store, call),
    })
}

fn written(mapping: &[(&str, &str)], theirs: &str) -> Value {
    mapping.iter().map(|(their, ours)| json!({theirs: their, "auth0": ours})).collect()
}

fn now() -> Value {
    format!("{:.3}", jiff::Timestamp::now()).into()
}

/// Completes a new SCIM configuration.
///
/// # Errors
/// 404 for a connection that SCIM is not there for.
pub fn make_scim(store: &Store, call: &Call, scim: &mut Object) -> Result<(), ApiError> {
    check_scim(store, call)?;
    complete(scim, &named(store, call));
    complete(
        scim,
        &json!({
            "tenant_name": store.tenant_name(),
            "mapping": written(SCIM, "scim"),
            "user_id_attribute": "externalId",
            "updated_on": now(),
        }),
    );
    Ok(())
}

fn check_scim(store: &Store, call: &Call) -> Result<(), ApiError> {
    if WITH_SCIM.contains(&strategy(store, call)) {
        return Ok(());
    }
    let message = "This connection type does not support SCIM. Please see our documentation for the currently supported connection types: https://auth0.com/docs/authenticate/protocols/scim/configure-inbound-scim.";
    Err(ApiError::absent(None, message))
}

/// Says when a SCIM configuration was changed.
pub fn change_scim(_: &Store, _: &Call, _: &Object, scim: &mut Object) -> Result<(), ApiError> {
    scim.insert("updated_on".into(), now());
    Ok(())
}

/// Makes a token for SCIM requests.
///
/// # Errors
/// 404 where SCIM is not configured.
pub fn make_token(store: &Store, call: &Call, token: &mut Object) -> Result<(), ApiError> {
    if store.get(&Place::from(["connections", call.id(), "scim-configuration"])).is_none() {
        return Err(ApiError::absent(None, "Not Found"));
    }
    if let Some(seconds) = token.remove("token_lifetime").and_then(|lifetime| lifetime.as_i64()) {
        let until = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
        token.insert("valid_until".into(), format!("{until:.3}").into());
    }
    token.insert("token".into(), ids::prefixed("tok_", 48).into());
    Ok(())
}

/// The mapping that a SCIM configuration has where nothing else is said.
///
/// # Errors
/// As for a SCIM configuration.
pub fn scim_mapping(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    check_scim(store, call)?;
    Ok(Answer::Ok(json!({"mapping": written(SCIM, "scim")})))
}

/// Completes a new directory provisioning.
pub fn make_directory(store: &Store, call: &Call, directory: &mut Object) -> Result<(), ApiError> {
    complete(directory, &named(store, call));
    complete(
        directory,
        &json!({
            "mapping": written(DIRECTORY, "idp"),
            "synchronize_automatically": false,
            "synchronize_groups": "off",
        }),
    );
    Ok(())
}

/// The mapping that a directory has where nothing else is said.
pub fn directory_mapping(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Ok(json!({"mapping": written(DIRECTORY, "idp")})))
}

/// Begins to look through the directory; there is none behind the tenant, so that it finds nobody.
///
/// # Errors
/// 404 where the directory is not provisioned.
pub fn synchronize(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if store.get(&call.shelf()).is_none() {
        return Err(ApiError::absent(None, "Not Found"));
    }
    Ok(Answer::to(
        call,
        json!({
            "connection_id": call.id(),
            "synchronization_id": ids::prefixed("dps_", 22),
            "status": "pending",
        }),
    ))
}

/// Lists the SCIM configurations of all connections.
///
/// # Errors
/// Those of lists.
pub fn list_scim(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    of_all_connections(store, call, "scim-configuration")
}

/// Lists the directory provisionings of all connections.
///
/// # Errors
/// Those of lists.
pub fn list_directories(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    of_all_connections(store, call, "directory-provisioning")
}

fn of_all_connections(store: &Store, call: &Call, what: &str) -> Result<Answer, ApiError> {
    let mut all = Collection::default();
    for (id, _) in store.shelf(["connections"]).named() {
        if let Some(held) = store.get(&Place::from(["connections", id, what])) {
            all.insert(id, held.clone());
        }
    }
    Ok(Answer::Ok(listing::list(&all, call, |_| true, Object::clone)?))
}

/// Lists the groups that are synchronized, in the order of their ids.
///
/// # Errors
/// Those of lists.
pub fn list_groups(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut groups: Vec<_> = store.shelf(call.place()).entities().cloned().collect();
    groups.sort_by(|one, other| text(one, "id").cmp(&text(other, "id")));
    let mut sorted = Collection::default();
    for group in groups {
        sorted.insert(text(&group, "id").unwrap_or_default(), group.clone());
    }
    let query = call.query.text("q").unwrap_or_default();
    let is_found = |group: &Object| search::finds(query, group);
    Ok(Answer::Ok(listing::list(&sorted, call, is_found, Object::clone)?))
}

/// Adds groups; one that is there already is put anew, without what is not said of it now.
///
/// # Errors
/// 400 for an address that is none.
pub fn add_groups(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let groups = call.body.get("groups").and_then(Value::as_array);
    let groups: Vec<_> = groups.into_iter().flatten().filter_map(Value::as_object).collect();
    for (index, group) in groups.iter().enumerate() {
        if let Some(email) = text(group, "email").filter(|email| !email.contains('@')) {
            return Err(ApiError::invalid_body(&Violation {
                property: format!("groups[{index}].email (Google Workspace Directory group email)"),
                reason: format!("Object didn't pass validation for format email: {email}"),
            }));
        }
    }
    for group in groups {
        let place = call.place().child(text(group, "id").unwrap_or_default());
        store.put(&place, group.clone());
    }
    Ok(Answer::NoContent)
}
