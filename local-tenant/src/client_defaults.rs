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
pub fn with_defaults(body: &Object) -> Object {
    let app_type = text(body, "app_type").unwrap_or_default();
    let third_party = third_party(body);
    let express = app_type == "express_configuration";
    let business = body.get("b2b_integration_configuration").is_some_and(Value::is_object);
    let mut client = Object::new();
    let always = json!({
        "is_first_party": true,
        "is_token_endpoint_ip_header_trusted": false,
        "oidc_conformant":
            express || business || app_type == "resource_server" || third_party.is_some(),
        "sso_disabled": false,
        "cross_origin_authentication": false,
        "custom_login_page_on": true,
        "grant_types": grant_types(body, app_type, third_party),
        "jwt_configuration": jwt_configuration(body, app_type, third_party),
        "refresh_token": refresh_token(third_party),
    });
    extend(&mut client, always);
    if third_party.is_none() && body.get("refresh_token").is_some_and(Value::is_object) {
        // A block that is given is completed like one that an update sets anew.
        client.remove("refresh_token");
    }
    if let Some(mode) = third_party {
        client.insert("third_party_security_mode".into(), mode.into());
    }
    if express {
        extend(
            &mut client,
            json!({
                "callbacks": ["https://system-admin.okta.com/admin/app/generic/oauth20redirect"],
                "organization_usage": "require",
                "organization_require_behavior": "pre_login_prompt",
                "client_authentication_methods": {"private_key_jwt": {"credentials": []}},
            }),
        );
    }
    if business {
        extend(
            &mut client,
            json!({
                "grant_types": ["authorization_code"],
                "organization_usage": "require",
                "organization_require_behavior": "pre_login_prompt",
                "organization_discovery_methods": ["email", "organization_name"],
            }),
        );
    }
    client_merge::apply(&mut client, body);
    client
}

/// What the server adds to a block of a client where there was no such block before.
pub fn block(key: &str, given: &Object) -> Object {
    let block = match key {
        "refresh_token" => {
            let mut block = refresh_token(None);
            if text(given, "expiration_type") == Some("expiring") {
                block["infinite_token_lifetime"] = false.into();
                block["infinite_idle_token_lifetime"] = false.into();
            }
            block
        }
        "session_transfer" => json!({
            "can_create_session_transfer_token": false,
            "allowed_authentication_methods": [],
            "enforce_device_binding": "ip",
            "allow_refresh_token": false,
            "enforce_online_refresh_tokens": true,
            "enforce_cascade_revocation": true,
        }),
        "delegation" => json!({"allow_delegated_access": false, "enforce_device_binding": "ip"}),
        _ => json!({}),
    };
    let mut object = Object::new();
    extend(&mut object, block);
    object
}

fn jwt_configuration(body: &Object, app_type: &str, third_party: Option<&str>) -> Value {
    if third_party == Some("strict") {
        return json!({"secret_encoded": false, "alg": "RS256", "lifetime_in_seconds": 3600});
    }
    if matches!(app_type, "express_configuration" | "resource_server") {
        return json!({"secret_encoded": false, "alg": "RS256"});
    }
    if body.get("jwt_configuration").is_some_and(Value::is_object) {
        // A configuration that is given at all gets no lifetime from the server.
        return json!({"secret_encoded": false});
    }
    json!({"secret_encoded": false, "lifetime_in_seconds": 36_000})
}

fn refresh_token(third_party: Option<&str>) -> Value {
    let strict = third_party == Some("strict");
    let first_party = third_party.is_none();
    json!({
        "rotation_type": if third_party == Some("permissive") { "rotating" } else { "non-rotating" },
        "expiration_type": if first_party { "non-expiring" } else { "expiring" },
        "leeway": 0,
        "token_lifetime": if strict { 31_557_600 } else { 2_592_000 },
        "idle_token_lifetime": if strict { 2_592_000 } else { 1_296_000 },
        "infinite_token_lifetime": first_party || strict,
        "infinite_idle_token_lifetime": first_party,
    })
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
