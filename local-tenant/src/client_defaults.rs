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
    let strict = third_party == Some("strict");
    let mut client = Object::new();
    let always = json!({
        "is_first_party": true,
        "is_token_endpoint_ip_header_trusted": false,
        "oidc_conformant": express || app_type == "resource_server" || third_party.is_some(),
        "sso_disabled": false,
        "cross_origin_authentication": false,
        "custom_login_page_on": true,
        "grant_types": grant_types(body, app_type, third_party),
        "jwt_configuration": jwt_configuration(body, app_type, strict),
        "refresh_token": refresh_token(body, third_party),
    });
    extend(&mut client, always);
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
    client_merge::apply(&mut client, body);
    client
}

fn jwt_configuration(body: &Object, app_type: &str, strict: bool) -> Value {
    if strict {
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

/// The settings of refresh tokens over which those of the body are laid.
fn refresh_token(body: &Object, third_party: Option<&str>) -> Value {
    let (rotation, expiration) = match third_party {
        Some("strict") => ("non-rotating", "expiring"),
        Some(_) => ("rotating", "expiring"),
        None => ("non-rotating", "non-expiring"),
    };
    let given = body.get("refresh_token").and_then(|token| token["expiration_type"].as_str());
    let forever = given.unwrap_or(expiration) == "non-expiring";
    let strict = third_party == Some("strict");
    let (lifetime, idle) = if strict { (31_557_600, 2_592_000) } else { (2_592_000, 1_296_000) };
    json!({
        "rotation_type": rotation,
        "expiration_type": expiration,
        "leeway": 0,
        "token_lifetime": lifetime,
        "idle_token_lifetime": idle,
        "infinite_token_lifetime": forever || strict,
        "infinite_idle_token_lifetime": forever,
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
