//! APIs of Auth0 itself: the Management API, and those that a tenant gets by asking for their identifier.

use serde_json::{Value, json};

use crate::answer::Object;
use crate::document::document;
use crate::ids;
use crate::resource_servers::with_defaults;
use crate::store::{Store, text};

/// The Management API, which every tenant has from the start.
pub fn management(audience: &str) -> Object {
    let scopes: Vec<_> = document().scopes.iter().map(|scope| json!({"value": scope})).collect();
    system(json!({
        "id": ids::resource_server_id(),
        "identifier": audience,
        "name": "Auth0 Management API",
        "scopes": scopes,
    }))
}

/// The API that comes as Auth0 made it when this identifier is asked for.
pub fn preset(store: &Store, identifier: &str) -> Option<Object> {
    if identifier == my_account_identifier(store) {
        return Some(my_account(identifier));
    }
    (identifier == "urn:auth0:express-configure").then(|| express_configuration(identifier))
}

fn my_account(identifier: &str) -> Object {
    system(json!({
        "identifier": identifier,
        "name": "Auth0 My Account API",
        "allow_offline_access": true,
        "skip_consent_for_verifiable_first_party_clients": true,
        "subject_type_authorization": policies("deny_all", "require_client_grant"),
        "token_lifetime": 600,
        "token_lifetime_for_web": 600,
        "proof_of_possession": {"mechanism": "dpop", "required": false},
        "scopes": scopes(&[
            "create:me:connected_accounts",
            "read:me:connected_accounts",
            "delete:me:connected_accounts",
        ]),
    }))
}

/// What the My Account API has beside what the answer to its creation shows.
const MY_ACCOUNT_LATER: &[&str] = &[
    "read:me:authentication_methods",
    "delete:me:authentication_methods",
    "update:me:authentication_methods",
    "read:me:factors",
    "create:me:authentication_methods",
];

/// The API as it is read after it was created: a preset gets the rest of its scopes only then.
pub fn settled(store: &Store, mut server: Object) -> Object {
    if text(&server, "identifier") == Some(&my_account_identifier(store))
        && let Some(Value::Array(shown)) = server.get_mut("scopes")
    {
        shown.extend(MY_ACCOUNT_LATER.iter().map(|value| scope(value)));
    }
    server
}

fn my_account_identifier(store: &Store) -> String {
    format!("{}/me/", store.base)
}

fn express_configuration(identifier: &str) -> Object {
    system(json!({
        "identifier": identifier,
        "name": "Okta OIN Express Configuration API",
        "enforce_policies": true,
        "subject_type_authorization": policies("deny_all", "allow_all"),
        "token_lifetime": 300,
        "scopes": scopes(&["express_configure:sso", "express_configure:scim"]),
    }))
}

fn policies(client: &str, user: &str) -> Value {
    json!({"client": {"policy": client}, "user": {"policy": user}})
}

fn scopes(values: &[&str]) -> Value {
    values.iter().map(|value| scope(value)).collect()
}

/// A scope described by its own words: `read:me:factors` is to "Read Factors".
fn scope(value: &str) -> Value {
    let parts = [value.split(':').next(), value.rsplit(':').next()];
    let words = parts.into_iter().flatten().flat_map(|part| part.split('_')).map(capitalised);
    json!({"value": value, "description": words.collect::<Vec<_>>().join(" ")})
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_ascii_uppercase() + rest
}

fn system(mut server: Value) -> Object {
    server["is_system"] = true.into();
    with_defaults(server.as_object().cloned().unwrap_or_default())
}
