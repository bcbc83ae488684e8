//! `/api/v2/clients`: defaults, secrets, changes.

use auth0_local_tenant::Options;
use serde_json::{Value, json};

use crate::caller::Caller;

fn created(body: Value) -> Value {
    Caller::default().create("/clients", &body)
}

#[test]
fn a_client_gets_the_grant_types_of_its_kind() {
    struct Case {
        body: Value,
        grant_types: Value,
    }
    let three = json!(["authorization_code", "implicit", "refresh_token"]);
    let four = json!(["authorization_code", "implicit", "refresh_token", "client_credentials"]);
    let cases = [
        Case { body: json!({}), grant_types: four.clone() },
        Case { body: json!({"app_type": "regular_web"}), grant_types: four.clone() },
        Case { body: json!({"app_type": "non_interactive"}), grant_types: four },
        Case { body: json!({"app_type": "spa"}), grant_types: three.clone() },
        Case { body: json!({"token_endpoint_auth_method": "none"}), grant_types: three.clone() },
        Case { body: json!({"is_first_party": false}), grant_types: three },
        Case { body: json!({"app_type": "resource_server"}), grant_types: json!([]) },
        Case {
            body: json!({"is_first_party": false, "third_party_security_mode": "strict"}),
            grant_types: json!(["authorization_code"]),
        },
        Case { body: json!({"grant_types": ["password"]}), grant_types: json!(["password"]) },
    ];
    let caller = Caller::default();
    for Case { mut body, grant_types } in cases {
        body["name"] = "app".into();
        assert_eq!(caller.create("/clients", &body)["grant_types"], grant_types, "{body}");
    }
}

#[test]
fn what_is_not_sent_and_has_no_default_stays_absent() {
    let client = created(json!({"name": "app"}));
    for key in ["app_type", "token_endpoint_auth_method", "callbacks", "description"] {
        assert_eq!(client.get(key), None, "{key}");
    }
    assert_eq!(client["jwt_configuration"].get("alg"), None);
    assert_eq!(client["jwt_configuration"]["lifetime_in_seconds"], 36_000);
}

#[test]
fn a_jwt_configuration_that_is_sent_gets_no_default_lifetime() {
    let client = created(json!({"name": "app", "jwt_configuration": {"alg": "RS256"}}));
    assert_eq!(client["jwt_configuration"], json!({"alg": "RS256", "secret_encoded": false}));
}

#[test]
fn a_block_that_is_sent_is_completed() {
    let client = created(json!({
        "name": "app",
        "refresh_token": {"rotation_type": "rotating", "expiration_type": "expiring"},
        "session_transfer": {"delegation": {"allow_delegated_access": true}},
    }));
    assert_eq!(client["refresh_token"]["infinite_token_lifetime"], false);
    assert_eq!(client["refresh_token"]["idle_token_lifetime"], 1_296_000);
    assert_eq!(client["session_transfer"]["enforce_device_binding"], "ip");
    assert_eq!(
        client["session_transfer"]["delegation"],
        json!({"allow_delegated_access": true, "enforce_device_binding": "ip"})
    );
}

#[test]
fn an_id_can_be_chosen_once() {
    let caller = Caller::default();
    let body = json!({"name": "app", "client_id": "chosen"});
    assert_eq!(caller.create("/clients", &body)["client_id"], "chosen");
    assert_eq!(caller.send("POST", "/clients", Some(&body)).status, 409);
    let other = json!({"client_id": "other"});
    assert_eq!(caller.send("PATCH", "/clients/chosen", Some(&other)).status, 400);
}

#[test]
fn a_client_for_business_customers_is_one_from_the_start_or_never() {
    let caller = Caller::default();
    let integration =
        |kind: &str| json!({"b2b_integration_configuration": {"integration_type": kind}});
    let mut body = integration("third_party");
    body["name"] = "business".into();
    let business = caller.create("/clients", &body);
    assert_eq!(business["organization_discovery_methods"], json!(["email", "organization_name"]));
    assert_eq!(business["grant_types"], json!(["authorization_code"]));
    assert_eq!(business["oidc_conformant"], true);
    let plain = caller.create("/clients", &json!({"name": "plain"}));
    let path = |client: &Value| format!("/clients/{}", client["client_id"].as_str().unwrap());
    let change =
        |client: &Value, body: Value| caller.send("PATCH", &path(client), Some(&body)).status;
    assert_eq!(change(&business, integration("application")), 200);
    assert_eq!(change(&business, json!({"b2b_integration_configuration": null})), 400);
    assert_eq!(change(&plain, integration("application")), 400);
    assert_eq!(change(&plain, json!({"b2b_integration_configuration": null})), 200);
}

#[test]
fn anonymous_sessions_are_for_clients_that_keep_to_openid_connect() {
    let caller = Caller::default();
    let mut body = json!({"name": "app", "anonymous_sessions": {"active": true}});
    assert_eq!(caller.send("POST", "/clients", Some(&body)).status, 400);
    body["oidc_conformant"] = true.into();
    let client = caller.create("/clients", &body);
    assert_eq!(client["anonymous_sessions"], json!({"active": true}));
}

#[test]
fn a_change_merges_blocks_and_null_takes_keys_off() {
    struct Case {
        change: Value,
        key: &'static str,
        expected: Value,
    }
    let caller = Caller::default();
    let client = caller.create(
        "/clients",
        &json!({
            "name": "app",
            "description": "a",
            "client_metadata": {"kept": "1", "dropped": "2"},
            "mobile": {"ios": {"team_id": "t"}},
            "callbacks": ["https://a.example/cb"],
        }),
    );
    let path = format!("/clients/{}", client["client_id"].as_str().unwrap());
    let cases = [
        Case { change: json!({"description": "b"}), key: "description", expected: json!("b") },
        Case {
            change: json!({"client_metadata": {"dropped": null, "new": "3"}}),
            key: "client_metadata",
            expected: json!({"kept": "1", "new": "3"}),
        },
        Case {
            change: json!({"mobile": {"android": {"app_package_name": "p"}}}),
            key: "mobile",
            expected: json!({"ios": {"team_id": "t"}, "android": {"app_package_name": "p"}}),
        },
        Case { change: json!({"callbacks": []}), key: "callbacks", expected: json!([]) },
        Case {
            change: json!({"addons": null, "client_metadata": {"kept": null, "new": null}}),
            key: "client_metadata",
            expected: json!({}),
        },
    ];
    for Case { change, key, expected } in cases {
        let changed = caller.send("PATCH", &path, Some(&change));
        assert_eq!((changed.status, &changed.json()[key]), (200, &expected), "{change}");
        assert_eq!(caller.send("GET", &path, None).json()[key], expected, "{change}");
    }
    let cleared = caller.send("PATCH", &path, Some(&json!({"token_endpoint_auth_method": null})));
    assert_eq!(cleared.json().get("token_endpoint_auth_method"), None);
}

#[test]
fn a_client_with_keys_hides_its_secret_until_they_are_taken_off() {
    let caller = Caller::default();
    let client = caller.create("/clients", &json!({"name": "app"}));
    let secret = client["client_secret"].as_str().unwrap();
    assert_eq!(secret.len(), 64);
    let path = format!("/clients/{}", client["client_id"].as_str().unwrap());
    let methods = json!({"private_key_jwt": {"credentials": []}});
    let keyed = caller.send(
        "PATCH",
        &path,
        Some(
            &json!({"client_authentication_methods": methods, "token_endpoint_auth_method": null}),
        ),
    );
    assert_eq!(keyed.json().get("client_secret"), None);
    let back = caller.send("PATCH", &path, Some(&json!({"client_authentication_methods": null})));
    assert_eq!(back.json()["client_secret"], secret);
}

#[test]
fn rotating_the_secret_gives_another_one() {
    let caller = Caller::default();
    let client = caller.create("/clients", &json!({"name": "app"}));
    let path = format!("/clients/{}", client["client_id"].as_str().unwrap());
    let rotated = caller.send("POST", &format!("{path}/rotate-secret"), None).json();
    assert_eq!(rotated["client_secret"].as_str().unwrap().len(), 64);
    assert_ne!(rotated["client_secret"], client["client_secret"]);
    let read = caller.send("GET", &path, None).json();
    assert_eq!(read["client_secret"], rotated["client_secret"]);
}

#[test]
fn fields_choose_what_is_shown_and_a_secret_is_not_among_it() {
    let caller = Caller::default();
    let client = caller.create("/clients", &json!({"name": "app", "app_type": "spa"}));
    let id = client["client_id"].as_str().unwrap();
    let read = |query: &str| caller.send("GET", &format!("/clients/{id}?{query}"), None).json();
    assert_eq!(read("fields=name,app_type"), json!({"name": "app", "app_type": "spa"}));
    let without = read("fields=name&include_fields=false");
    assert_eq!((without.get("name"), &without["app_type"]), (None, &json!("spa")));
    assert_eq!(read("fields=client_secret,name"), json!({"name": "app"}));
}

#[test]
fn a_credential_is_named_by_its_thumbprint_and_goes_with_its_client() {
    let caller = Caller::default();
    let client = caller.create("/clients", &json!({"name": "app"}));
    let certificate = client["signing_keys"][0]["cert"].as_str().unwrap();
    let path = format!("/clients/{}/credentials", client["client_id"].as_str().unwrap());
    let body = json!({
        "credential_type": "public_key",
        "pem": certificate,
        "parse_expiry_from_cert": true,
    });
    let credential = caller.create(&path, &body);
    assert_eq!(credential["kid"].as_str().unwrap().len(), 43);
    assert!(credential["expires_at"].as_str().unwrap().ends_with(".000Z"), "{credential}");
    assert_eq!(credential.get("pem"), None);
    let own = format!("{path}/{}", credential["id"].as_str().unwrap());
    assert_eq!(caller.send("GET", &own, None).json(), credential);
    assert_eq!(caller.send("GET", &path, None).json(), json!([credential]));
    for _ in 0..2 {
        assert_eq!(caller.send("DELETE", &own, None).status, 204);
    }
    assert_eq!(caller.send("GET", &own, None).status, 404);
    let bad =
        caller.send("POST", &path, Some(&json!({"credential_type": "public_key", "pem": "x"})));
    assert_eq!(bad.status, 400);
}

#[test]
fn a_client_is_registered_by_the_document_at_its_address_once() {
    let address = "https://app.example/client.json";
    let document = json!({
        "client_id": address,
        "client_name": "App",
        "redirect_uris": ["https://app.example/"],
        "token_endpoint_auth_method": "none",
        "client_uri": "https://app.example/",
    });
    let seed = serde_json::from_value(json!({"elsewhere": {address: document}})).unwrap();
    let caller = Caller::start(Options { seed, ..Options::default() });
    let body = json!({"external_client_id": address});
    let send = |what: &str| {
        let reply = caller.send("POST", &format!("/clients/cimd/{what}"), Some(&body));
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    };
    let preview = send("preview");
    assert_eq!(preview["mapped_fields"]["callbacks"], json!(["https://app.example/"]));
    assert!(preview["validation"]["warnings"][0].as_str().unwrap().contains(": client_uri."));
    assert_eq!(preview.get("client_id"), None);
    let made = send("register")["client_id"].clone();
    assert_eq!((&send("preview")["client_id"], &send("register")["client_id"]), (&made, &made));
    let client = caller.send("GET", &format!("/clients/{}", made.as_str().unwrap()), None).json();
    assert_eq!((&client["name"], &client["is_first_party"]), (&json!("App"), &json!(false)));
    let unknown = json!({"external_client_id": "https://other.example/client.json"});
    assert_eq!(caller.send("POST", "/clients/cimd/preview", Some(&unknown)).status, 400);
}
