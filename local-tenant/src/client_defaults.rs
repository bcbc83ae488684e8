//! What the server fills in when a client is made, as the recordings show it.

use serde_json::{Value, json};

use crate::answer::Object;
use crate::client_merge;
use crate::ids;
use crate::store::text;

/// An id for a client that is made from this body.
pub fn new_id(body: &Object) -> String {
    if third_party(body) == Some("strict") {
        return ids::third_party_client_id();
    }
    ids::client_id()
}

/// The body with everything the server adds; what the body says stands.
pub fn with_defaults(body: Object) -> Object {
    let app_type = text(&body, "app_type").unwrap_or_default().to_owned();
    let third_party = third_party(&body).map(str::to_owned);
    let strict = third_party.as_deref() == Some("strict");
    let own = app_type == "express_configuration" || app_type == "resource_server";
    let mut client = Object::new();
    let always = json!({
        "is_first_party": true,
        "is_token_endpoint_ip_header_trusted": false,
        "oidc_conformant": own || strict,
        "sso_disabled": false,
        "cross_origin_authentication": false,
        "custom_login_page_on": true,
        "grant_types": grant_types(&body, &app_type, third_party.as_deref()),
        "refresh_token": {
            "rotation_type": "non-rotating",
            "expiration_type": "non-expiring",
            "leeway": 0,
            "token_lifetime": 2_592_000,
            "idle_token_lifetime": 1_296_000,
            "infinite_token_lifetime": true,
            "infinite_idle_token_lifetime": true,
        },
    });
    extend(&mut client, always);
    if let Some(mode) = third_party {
        client.insert("third_party_security_mode".into(), mode.into());
    }
    if app_type == "express_configuration" {
        extend(
            &mut client,
            json!({
                "organization_usage": "require",
                "organization_require_behavior": "pre_login_prompt",
                "client_authentication_methods": {"private_key_jwt": {"credentials": []}},
            }),
        );
    }
    let jwt = if own {
        json!({"alg": "RS256"})
    } else {
        json!({"secret_encoded": false, "lifetime_in_seconds": 36_000})
    };
    client.insert("jwt_configuration".into(), jwt);
    client_merge::apply_new(&mut client, body);
    client
}

fn extend(client: &mut Object, settings: Value) {
    if let Value::Object(settings) = settings {
        client.extend(settings);
    }
}

/// The security mode of a third-party client; nothing for a first-party client.
fn third_party(body: &Object) -> Option<&str> {
    (body.get("is_first_party") == Some(&Value::Bool(false)))
        .then(|| text(body, "third_party_security_mode").unwrap_or("permissive"))
}

fn grant_types(body: &Object, app_type: &str, third_party: Option<&str>) -> Value {
    let public = matches!(app_type, "spa" | "native")
        || text(body, "token_endpoint_auth_method") == Some("none")
        || third_party == Some("permissive");
    match app_type {
        "resource_server" => json!([]),
        "express_configuration" => json!(["authorization_code", "client_credentials"]),
        _ if third_party == Some("strict") => json!(["authorization_code"]),
        _ if public => json!(["authorization_code", "implicit", "refresh_token"]),
        _ => json!(["authorization_code", "implicit", "refresh_token", "client_credentials"]),
    }
}
