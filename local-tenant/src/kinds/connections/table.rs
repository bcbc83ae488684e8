//! What connections are beyond the document, and what is done for them by hand.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{clients, keys, options, provisioning};
use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection, optional, relation};
use crate::store::{Store, complete, text};

/// Connections and what is below one.
pub const KINDS: &[Kind] = &[
    collection("/connections")
        .id("con_", 16)
        .absent("The connection does not exist")
        .code("inexistent_connection")
        .shows(&["cross_app_access_resource_app"])
        .unique(
            &["name"],
            Some("connection_conflict"),
            "A connection with this name exists already.",
        )
        .making(make)
        .changing(change)
        .always(&["id", "is_domain_connection", "authentication", "connected_accounts"])
        .showing(|_, call, connection| {
            // Only the answer to a write shows the addresses that a strategy does not have.
            if call.row.method == "GET"
                && let Some(Value::Object(options)) = connection.get_mut("options")
            {
                options.retain(|key, value| !ADDRESSES.contains(&key.as_str()) || !value.is_null());
            }
        }),
    optional("/connections/{id}/scim-configuration")
        .making(provisioning::make_scim)
        .changing(provisioning::change_scim),
    collection("/connections/{id}/scim-configuration/tokens")
        .key("token_id")
        .id("tok_", 16)
        .making(provisioning::make_token)
        .showing(|_, call, token| {
            // It is told once.
            if call.row.method == "GET" {
                token.remove("token");
            }
        }),
    optional("/connections/{id}/directory-provisioning").making(provisioning::make_directory),
    relation("/connections/{id}/directory-provisioning/synchronized-groups", "groups"),
];

/// What the table does not say.
pub const OWN: &[Own] = &[
    ("DELETE", "/connections/{id}", delete),
    ("DELETE", "/connections/{id}/users", delete_user),
    ("GET", "/connections/{id}/clients", clients::list),
    ("PATCH", "/connections/{id}/clients", clients::update),
    ("GET", "/connections/{id}/keys", keys::list),
    ("POST", "/connections/{id}/keys", keys::create),
    ("POST", "/connections/{id}/keys/rotate", keys::rotate),
    ("GET", "/connections-scim-configurations", provisioning::list_scim),
    ("GET", "/connections/{id}/scim-configuration/default-mapping", provisioning::scim_mapping),
    ("GET", "/connections-directory-provisionings", provisioning::list_directories),
    (
        "GET",
        "/connections/{id}/directory-provisioning/default-mapping",
        provisioning::directory_mapping,
    ),
    (
        "POST",
        "/connections/{id}/directory-provisioning/synchronizations",
        provisioning::synchronize,
    ),
    (
        "GET",
        "/connections/{id}/directory-provisioning/synchronized-groups",
        provisioning::list_groups,
    ),
    (
        "POST",
        "/connections/{id}/directory-provisioning/synchronized-groups",
        provisioning::add_groups,
    ),
];

/// Addresses of OAuth that many strategies are sent as null.
const ADDRESSES: &[&str] = &["authorizationURL", "tokenURL"];

/// Strategies of enterprises, which may stand as a button on the login page.
const ENTERPRISE: &[&str] =
    &["ad", "adfs", "google-apps", "oidc", "okta", "pingfederate", "samlp", "waad"];

/// Strategies for which somebody at the other end follows a link to set the connection up.
const WITH_TICKET: &[&str] = &["ad", "adfs", "google-apps", "pingfederate", "samlp", "waad"];

/// Strategies that show the name where no other is said.
const NAMED: &[&str] = &["oidc", "okta", "waad"];

/// Strategies of applications that other applications may be asked for.
const CROSS_APP: &[&str] = &["oidc", "okta"];

fn make(store: &Store, _: &Call, connection: &mut Object) -> Result<(), ApiError> {
    let name = text(connection, "name").unwrap_or_default().to_owned();
    let strategy = text(connection, "strategy").unwrap_or_default().to_owned();
    let is_of = |strategies: &[&str]| strategies.contains(&strategy.as_str());
    let requesting = connection.get("cross_app_access_requesting_app");
    if requesting.is_some_and(|app| app["active"] == true) && !is_of(CROSS_APP) {
        let message = "Cross App Access Requesting App is not supported for this connection.";
        return Err(ApiError::bad_request("operation_not_supported", message));
    }
    complete(
        connection,
        &json!({
            "options": {},
            "is_domain_connection": false,
            "realms": [name],
            "enabled_clients": [],
            "authentication": {"active": true},
            "connected_accounts": {"active": false},
        }),
    );
    if is_of(ENTERPRISE) {
        complete(connection, &json!({"show_as_button": false}));
    }
    if is_of(NAMED) {
        complete(connection, &json!({"display_name": name}));
    }
    if is_of(WITH_TICKET) {
        let ticket = format!("{}/p/{strategy}/{}", store.base, ids::prefixed("", 8));
        connection.insert("provisioning_ticket_url".into(), ticket.into());
    }
    options::derive(store, &strategy, connection, None)
}

fn change(
    store: &Store,
    call: &Call,
    old: &Object,
    connection: &mut Object,
) -> Result<(), ApiError> {
    complete(connection, &json!({"options": {}, "enabled_clients": []}));
    if !call.body.contains_key("options") {
        return Ok(());
    }
    let strategy = text(old, "strategy").unwrap_or_default().to_owned();
    let empty = Object::new();
    let before = old.get("options").and_then(Value::as_object).unwrap_or(&empty);
    options::derive(store, &strategy, connection, Some(before))
}

fn delete(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if store.remove(&call.place()).is_none() {
        return Ok(Answer::NoContent);
    }
    let organizations: Vec<_> = store
        .shelves()
        .map(|(place, _)| place.clone())
        .filter(|place| place.segments().last().is_some_and(|last| last == "enabled_connections"))
        .collect();
    for organization in organizations {
        store.shelf_mut(organization).remove(call.id());
    }
    let deleted_at = format!("{:.3}", jiff::Timestamp::now());
    Ok(Answer::Of(StatusCode::ACCEPTED, json!({"deleted_at": deleted_at})))
}

/// Deletes the user of a database who has an address.
fn delete_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let connection = store.get(&call.shelf()).and_then(|c| text(c, "name")).map(str::to_owned);
    let email = call.query.text("email").map(str::to_owned);
    store.shelf_mut(["users"]).retain(|user| {
        text(user, "connection") != connection.as_deref() || text(user, "email") != email.as_deref()
    });
    Ok(Answer::NoContent)
}
