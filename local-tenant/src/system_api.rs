//! APIs of Auth0 itself: the Management API, and those that a tenant gets by asking for their identifier.

use serde_json::{Value, json};

use crate::answer::Object;
use crate::document::document;
use crate::ids;
use crate::resource_servers::with_defaults;
use crate::store::Store;

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
    if identifier == format!("{}/me/", store.base) {
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
            ("create:me:connected_accounts", "Create Connected Accounts"),
            ("read:me:connected_accounts", "Read Connected Accounts"),
            ("delete:me:connected_accounts", "Delete Connected Accounts"),
        ]),
    }))
}

fn express_configuration(identifier: &str) -> Object {
    system(json!({
        "identifier": identifier,
        "name": "Okta OIN Express Configuration API",
        "enforce_policies": true,
        "subject_type_authorization": policies("deny_all", "allow_all"),
        "token_lifetime": 300,
        "scopes": scopes(&[
            ("express_configure:sso", "Ability to create SSO configurations"),
            ("express_configure:scim", "Ability to create scim configurations"),
        ]),
    }))
}

fn policies(client: &str, user: &str) -> Value {
    json!({"client": {"policy": client}, "user": {"policy": user}})
}

fn scopes(scopes: &[(&str, &str)]) -> Value {
    scopes.iter().map(|(value, text)| json!({"value": value, "description": text})).collect()
}

fn system(mut server: Value) -> Object {
    server["is_system"] = true.into();
    with_defaults(server.as_object().cloned().unwrap_or_default())
}
