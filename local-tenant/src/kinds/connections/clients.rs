//! Which clients may use a connection: held by the connection, told by it, by the client, and at a path of its own.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::listing;
use crate::request::Call;
use crate::store::{Collection, Place, Store};

/// The connection that the first two segments of a path lead to.
fn connection<'a>(store: &'a mut Store, call: &Call) -> Option<&'a mut Object> {
    store.get_mut(&Place::from(["connections", call.id()]))
}

fn enabled(connection: &Object) -> impl Iterator<Item = &str> {
    let enabled = connection.get("enabled_clients").and_then(Value::as_array);
    enabled.into_iter().flatten().filter_map(Value::as_str)
}

/// Lists the clients of a connection.
///
/// # Errors
/// Those of lists.
pub fn list(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut clients = Collection::default();
    for id in connection(store, call).iter().flat_map(|connection| enabled(connection)) {
        clients.insert(id, Object::from_iter([("client_id".to_owned(), id.into())]));
    }
    Ok(Answer::Ok(listing::list(&clients, call, |_| true, Object::clone)?))
}

/// Adds and removes those that the body names; others stay as they are.
pub fn update(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let entries = call.other.as_array().cloned().unwrap_or_default();
    let wanted: BTreeMap<_, _> = entries
        .iter()
        .filter_map(|entry| Some((entry["client_id"].as_str()?, entry["status"] == true)))
        .collect();
    let Some(connection) = connection(store, call) else { return Ok(Answer::NoContent) };
    let kept = enabled(connection).filter(|id| !wanted.contains_key(id));
    let added = wanted.iter().filter(|(_, is_enabled)| **is_enabled).map(|(id, _)| *id);
    let clients: Vec<_> = kept.chain(added).map(str::to_owned).collect();
    connection.insert("enabled_clients".into(), clients.into());
    Ok(Answer::NoContent)
}

/// Lists the connections that are enabled for a client.
///
/// # Errors
/// Those of lists.
pub fn of_client(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let is_enabled = |connection: &Object| enabled(connection).any(|id| id == call.id());
    let shown = |connection: &Object| {
        let named = |key: &String| key != "enabled_clients";
        let shown = connection.iter().filter(|(key, _)| named(key));
        shown.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    Ok(Answer::Ok(listing::list(store.shelf(["connections"]), call, is_enabled, shown)?))
}

/// Takes a client that is deleted off the connections.
pub fn leave_connections(store: &mut Store, client: &str) {
    let ids: Vec<_> = store.shelf(["connections"]).named().map(|(id, _)| id.to_owned()).collect();
    for id in ids {
        let Some(connection) = store.shelf_mut(["connections"]).get_mut(&id) else { continue };
        let kept: Vec<_> = enabled(connection).filter(|id| *id != client).collect();
        let kept = json!(kept);
        connection.insert("enabled_clients".into(), kept);
    }
}
