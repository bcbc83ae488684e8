//! Which clients an organization has, and whether its members come in by them.
//!
//! Newer than the document: the shapes are those of Auth0's own SDKs.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Place, Store, complete, text};

/// The clients of an organization.
pub const KINDS: &[Kind] = &[collection("/organizations/{id}/clients")
    .key("client_id")
    .absent("The client is not associated with the organization.")
    .showing(|store, _, association| show(store, association))];

/// Both take lists.
pub const OWN: &[Own] = &[
    ("POST", "/organizations/{id}/clients", associate),
    ("DELETE", "/organizations/{id}/clients", dissociate),
];

/// What an association shows of its client.
const SHOWN: &[&str] =
    &["name", "app_type", "logo_uri", "is_first_party", "grant_types", "organization_usage"];

fn show(store: &Store, association: &mut Object) {
    let id = text(association, "client_id").unwrap_or_default();
    let client = store.clients().get(id).into_iter().flatten();
    let shown: Object = client
        .filter(|(key, _)| SHOWN.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    association.insert("client".into(), shown.into());
}

fn associate(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let sent = call.body.get("clients").and_then(Value::as_array);
    let sent: Vec<_> = sent.into_iter().flatten().filter_map(Value::as_object).collect();
    for association in &sent {
        let id = text(association, "client_id").unwrap_or_default();
        if store.clients().get(id).is_none() {
            return Err(ApiError::absent(Some("inexistent_client"), "The client does not exist"));
        }
        if store.get(&call.place().child(id)).is_some() {
            let message = "The client is associated with this organization already.";
            return Err(ApiError::conflict(None, message));
        }
    }
    let mut made = Vec::new();
    for association in sent {
        let mut association = association.clone();
        complete(&mut association, &json!({"use_for_member_access": false}));
        let id = text(&association, "client_id").unwrap_or_default();
        store.put(&call.place().child(id), association.clone());
        show(store, &mut association);
        made.push(Value::Object(association));
    }
    Ok(Answer::to(call, made))
}

fn dissociate(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let ids = call.body.get("clients").and_then(Value::as_array);
    for id in ids.into_iter().flatten().filter_map(Value::as_str) {
        store.remove(&call.place().child(id));
    }
    Ok(Answer::NoContent)
}

/// The association of an organization with a client, as the list of organizations tells it.
pub fn of_client(store: &Store, organization: &str, client: &str) -> Option<Value> {
    let association =
        store.get(&Place::from(["organizations", organization, "clients", client]))?;
    Some(json!({"use_for_member_access": association.get("use_for_member_access")}))
}

/// Takes a client that is deleted off the organizations.
pub fn leave_organizations(store: &mut Store, client: &str) {
    let organizations = store.shelf(["organizations"]).named().map(|(id, _)| id.to_owned());
    for organization in organizations.collect::<Vec<_>>() {
        store.remove(&Place::from(["organizations", &organization, "clients", client]));
    }
}
