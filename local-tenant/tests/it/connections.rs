//! `/api/v2/connections`: what a connection is completed with, who may use it, and what proves who it is.

use auth0_local_tenant::Options;
use serde_json::{Value, json};

use crate::caller::Caller;

fn make(caller: &Caller, strategy: &str, options: &Value) -> (String, Value) {
    let body = json!({"name": "one", "strategy": strategy, "options": options});
    let connection = caller.create("/connections", &body);
    (format!("/connections/{}", connection["id"].as_str().unwrap()), connection)
}

#[test]
fn a_change_replaces_the_options_of_a_database_and_completes_them_anew() {
    let caller = Caller::default();
    let (path, made) = make(&caller, "auth0", &json!({"enable_script_context": true}));
    assert_eq!(made["options"]["strategy_version"], 2);
    assert_eq!(made["options"]["brute_force_protection"], true);
    let change = json!({"options": {"authentication_methods": {"passkey": {"enabled": true}}}});
    let changed = caller.send("PATCH", &path, Some(&change)).json();
    assert_eq!(
        changed["options"],
        json!({
            "brute_force_protection": true,
            "passkey_options": {
                "challenge_ui": "both",
                "local_enrollment_enabled": true,
                "progressive_enrollment_enabled": true,
            },
            "authentication_methods": {
                "passkey": {"enabled": true},
                "password": {
                    "enabled": true,
                    "api_behavior": "required",
                    "signup_behavior": "allow",
                },
            },
        })
    );
}

#[test]
fn a_connection_is_completed_from_what_its_provider_publishes_and_else_keeps_what_was_sent() {
    struct Case {
        published: bool,
        token_endpoint: Value,
    }
    let cases = [
        Case { published: true, token_endpoint: json!("https://idp.example/token") },
        Case { published: false, token_endpoint: json!(null) },
    ];
    let discovery = "https://idp.example/.well-known/openid-configuration";
    for Case { published, token_endpoint } in cases {
        let document = json!({"token_endpoint": "https://idp.example/token"});
        let elsewhere = if published { json!({discovery: document}) } else { json!({}) };
        let seed = serde_json::from_value(json!({"elsewhere": elsewhere})).unwrap();
        let caller = Caller::start(Options { seed, ..Options::default() });
        let options = json!({"discovery_url": discovery, "token_endpoint": null});
        let (_, made) = make(&caller, "oidc", &options);
        assert_eq!(made["options"]["token_endpoint"], token_endpoint);
        assert_eq!(made["options"].get("oidc_metadata").is_some(), published);
    }
}

#[test]
fn the_scope_of_a_social_connection_is_what_its_permissions_make_together() {
    struct Case {
        strategy: &'static str,
        options: Value,
        scope: Value,
    }
    // The first three are recorded; the document says that a scope is made of permissions and free scopes.
    let cases = [
        Case {
            strategy: "linkedin",
            options: json!({"email": false, "profile": true, "basic_profile": true}),
            scope: json!(["r_liteprofile", "r_basicprofile"]),
        },
        Case {
            strategy: "facebook",
            options: json!({"email": true, "user_birthday": false, "public_profile": true}),
            scope: json!("email,public_profile"),
        },
        Case {
            strategy: "apple",
            options: json!({"name": true, "email": true}),
            scope: json!("name email"),
        },
        Case {
            strategy: "paypal",
            options: json!({"phone": true, "freeform_scopes": ["more"]}),
            scope: json!(["openid", "phone", "more"]),
        },
    ];
    for Case { strategy, options, scope } in cases {
        let (_, made) = make(&Caller::default(), strategy, &options);
        assert_eq!(made["options"]["scope"], scope, "{strategy}");
    }
}

#[test]
fn a_client_may_use_a_connection_until_it_is_taken_off_or_deleted() {
    let caller = Caller::default();
    let (path, _) = make(&caller, "auth0", &json!({}));
    let client = |name: &str| {
        let client = caller.create("/clients", &json!({"name": name}));
        client["client_id"].as_str().unwrap().to_owned()
    };
    let (kept, off, deleted) = (client("kept"), client("off"), client("deleted"));
    let set = |id: &str, status: bool| {
        let body = json!([{"client_id": id, "status": status}]);
        assert_eq!(caller.send("PATCH", &format!("{path}/clients"), Some(&body)).status, 204);
    };
    for id in [&kept, &off, &deleted] {
        set(id, true);
    }
    set(&off, false);
    caller.send("DELETE", &format!("/clients/{deleted}"), None);
    let listed = caller.send("GET", &format!("{path}/clients"), None).json();
    assert_eq!(listed, json!({"clients": [{"client_id": kept}]}));
    let of = |id: &str| {
        let listed = caller.send("GET", &format!("/clients/{id}/connections"), None).json();
        listed["connections"].as_array().unwrap().len()
    };
    assert_eq!((of(&kept), of(&off)), (1, 0));
}

#[test]
fn the_next_key_of_a_connection_comes_in_use_when_they_are_rotated() {
    let caller = Caller::default();
    let (path, _) = make(&caller, "okta", &json!({}));
    let keys = || caller.send("GET", &format!("{path}/keys"), None).json();
    let kid = |keys: &Value, state: &str| {
        let key = keys.as_array().unwrap().iter().find(|key| key[state] == true);
        key.map(|key| key["kid"].clone())
    };
    let before = keys();
    assert_eq!(kid(&before, "previous"), None);
    let made = caller.create(&format!("{path}/keys/rotate"), &json!({}));
    let after = keys();
    assert_eq!(kid(&after, "current"), kid(&before, "next"));
    assert_eq!(kid(&after, "previous"), kid(&before, "current"));
    assert_eq!(kid(&after, "next"), Some(made["kid"].clone()));
}

#[test]
fn scim_is_there_for_enterprise_connections_and_its_token_is_told_once() {
    let caller = Caller::default();
    let (path, _) = make(&caller, "okta", &json!({}));
    let tokens = format!("{path}/scim-configuration/tokens");
    assert_eq!(caller.send("POST", &tokens, Some(&json!({}))).status, 404);
    caller.create(&format!("{path}/scim-configuration"), &json!({}));
    let made = caller.create(&tokens, &json!({"scopes": ["get:users"]}));
    assert!(made["token"].is_string());
    let listed = caller.send("GET", &tokens, None).json();
    assert_eq!((&listed[0]["token_id"], listed[0].get("token")), (&made["token_id"], None));
    let body = json!({"name": "two", "strategy": "auth0"});
    let database = caller.create("/connections", &body);
    let path = format!("/connections/{}/scim-configuration", database["id"].as_str().unwrap());
    assert_eq!(caller.send("POST", &path, Some(&json!({}))).status, 404);
}
