//! Clients that are described by a document of their own, at the address that is their id elsewhere.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::clients;
use crate::ids;
use crate::operations::Own;
use crate::request::Call;
use crate::store::{Store, complete, text};

/// Both read the document, as far as the tenant was told of it; one makes or changes the client.
pub const OWN: &[Own] =
    &[("POST", "/clients/cimd/preview", preview), ("POST", "/clients/cimd/register", register)];

/// Members of a document, and what they are called of a client.
const MAPPED: &[(&str, &str)] = &[
    ("client_name", "name"),
    ("redirect_uris", "callbacks"),
    ("logo_uri", "logo_uri"),
    ("grant_types", "grant_types"),
    ("token_endpoint_auth_method", "token_endpoint_auth_method"),
];

fn preview(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let (address, document) = document(store, call)?;
    let mut body = told(&address, &document);
    if let Some(id) = registered(store, &address) {
        body.insert("client_id".into(), id.into());
    }
    Ok(Answer::to(call, body))
}

fn register(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let (address, document) = document(store, call)?;
    let mut body = told(&address, &document);
    let mapped = body.get("mapped_fields").and_then(Value::as_object).cloned().unwrap_or_default();
    let id = match registered(store, &address) {
        Some(id) => {
            if let Some(client) = store.shelf_mut(["clients"]).get_mut(&id) {
                client.extend(mapped);
            }
            id
        }
        None => make(store, mapped)?,
    };
    body.insert("client_id".into(), id.into());
    Ok(Answer::to(call, body))
}

/// A client of a third party, with what is given to all such clients.
fn make(store: &mut Store, mut client: Object) -> Result<String, ApiError> {
    complete(
        &mut client,
        &json!({
            "is_first_party": false,
            "oidc_conformant": true,
            "jwt_configuration": {
                "alg": "RS256",
                "lifetime_in_seconds": 3600,
                "secret_encoded": false,
            },
            "refresh_token": {
                "rotation_type": "rotating",
                "expiration_type": "expiring",
                "leeway": 0,
                "token_lifetime": 2_592_000,
                "idle_token_lifetime": 1_296_000,
                "infinite_token_lifetime": false,
                "infinite_idle_token_lifetime": false,
            },
            "external_metadata_type": "cimd",
            "external_metadata_created_by": "admin",
        }),
    );
    let id = ids::third_party_client_id();
    clients::make(store, &id, ids::client_secret(), client)?;
    Ok(id)
}

fn document(store: &Store, call: &Call) -> Result<(String, Object), ApiError> {
    let address = text(&call.body, "external_client_id").unwrap_or_default();
    let unknown = || {
        let message = format!(
            "The document {address} cannot be read: the tenant fetches nothing, and was not told of it."
        );
        ApiError::bad_request("invalid_body", message)
    };
    let document = store.elsewhere(address).ok_or_else(unknown)?;
    Ok((address.to_owned(), document.clone()))
}

/// The client that was registered for an address.
fn registered(store: &Store, address: &str) -> Option<String> {
    let same = |client: &Object| text(client, "external_client_id") == Some(address);
    let client = store.clients().find(same)?;
    text(client, "client_id").map(str::to_owned)
}

/// What is told of a document: the client that it makes, and what of it makes nothing.
fn told(address: &str, document: &Object) -> Object {
    let mut mapped = Object::from_iter([("external_client_id".to_owned(), address.into())]);
    for (theirs, ours) in MAPPED {
        mapped.extend(document.get(*theirs).map(|value| ((*ours).to_owned(), value.clone())));
    }
    let kind = match text(document, "token_endpoint_auth_method") {
        Some("none") | None => "native",
        Some(_) => "regular_web",
    };
    mapped.insert("app_type".into(), kind.into());
    let known = |key: &str| key == "client_id" || MAPPED.iter().any(|(theirs, _)| *theirs == key);
    let other: Vec<_> = document.keys().filter(|key| !known(key)).map(String::as_str).collect();
    let warnings = match other.is_empty() {
        true => json!([]),
        false => json!([format!(
            "Ignoring unsupported properties: {}. These properties are not validated or mapped to the Auth0 client configuration.",
            other.join(", ")
        )]),
    };
    let validation = json!({"valid": true, "violations": [], "warnings": warnings});
    let told = [("mapped_fields", mapped.into()), ("validation", validation)];
    told.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
