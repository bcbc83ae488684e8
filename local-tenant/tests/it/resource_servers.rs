//! `/api/v2/resource-servers`: defaults, the two ways to name an API, and the system's own.

use serde_json::{Value, json};

use crate::caller::Caller;

const API: &str = "https://api.example.com/v1?a=b";

#[test]
fn an_api_gets_the_recorded_defaults() {
    let caller = Caller::default();
    let mut api = caller.create("/resource-servers", &json!({"identifier": API}));
    let id = api.as_object_mut().unwrap().remove("id").unwrap();
    assert_eq!(id.as_str().unwrap().len(), 24);
    let expected = json!({
        "identifier": API,
        "allow_offline_access": false,
        "skip_consent_for_verifiable_first_party_clients": false,
        "subject_type_authorization": {
            "client": {"policy": "require_client_grant"},
            "user": {"policy": "allow_all"},
        },
        "token_lifetime": 86400,
        "token_lifetime_for_web": 7200,
        "signing_alg": "RS256",
    });
    assert_eq!(api, expected);
}

#[test]
fn an_api_is_found_by_id_and_by_identifier_however_often_encoded() {
    let caller = Caller::default();
    let api = caller.create("/resource-servers", &json!({"identifier": API}));
    let names = [
        api["id"].as_str().unwrap(),
        "https%3A%2F%2Fapi.example.com%2Fv1%3Fa%3Db",
        "https%253A%252F%252Fapi.example.com%252Fv1%253Fa%253Db",
    ];
    for name in names {
        let path = format!("/resource-servers/{name}");
        assert_eq!(caller.send("GET", &path, None).json()["id"], api["id"], "{name}");
        let change = json!({"name": name});
        assert_eq!(caller.send("PATCH", &path, Some(&change)).json()["name"], name);
    }
}

#[test]
fn an_identifier_is_taken_once() {
    let caller = Caller::default();
    caller.create("/resource-servers", &json!({"identifier": API}));
    let again = caller.send("POST", "/resource-servers", Some(&json!({"identifier": API})));
    assert_eq!(again.status, 409);
    insta::assert_snapshot!(again.golden());
}

#[test]
fn a_change_replaces_blocks_and_null_takes_keys_off() {
    let caller = Caller::default();
    let body = json!({
        "identifier": API,
        "proof_of_possession": {"mechanism": "dpop", "required": true, "required_for": "all_clients"},
        "signing_alg": "HS256",
    });
    let api = caller.create("/resource-servers", &body);
    assert!(api["signing_secret"].as_str().unwrap().len() >= 16, "{api}");
    let path = format!("/resource-servers/{}", api["id"].as_str().unwrap());
    let block = json!({"mechanism": "mtls", "required": true});
    let change = json!({"proof_of_possession": block, "signing_alg": "RS256"});
    let changed = caller.send("PATCH", &path, Some(&change)).json();
    assert_eq!(changed["proof_of_possession"], block);
    assert_eq!(changed.get("signing_secret"), None);
    let cleared = caller.send("PATCH", &path, Some(&json!({"proof_of_possession": null}))).json();
    assert_eq!(cleared.get("proof_of_possession"), None);
}

#[test]
fn the_management_api_is_there_and_stays_as_it_is() {
    let caller = Caller::default();
    let listed = caller.send("GET", "/resource-servers", None).json();
    let api = &listed[0];
    assert_eq!(api["identifier"], format!("{}/api/v2/", caller.tenant.base_url()));
    assert_eq!((&api["name"], &api["is_system"]), (&json!("Auth0 Management API"), &json!(true)));
    let scopes = api["scopes"].as_array().unwrap();
    assert!(scopes.contains(&json!({"value": "create:client_grants"})), "{scopes:?}");
    let path = format!("/resource-servers/{}", api["id"].as_str().unwrap());
    assert_eq!(caller.send("PATCH", &path, Some(&json!({"name": "x"}))).status, 400);
    assert_eq!(caller.send("DELETE", &path, None).status, 400);
    assert_eq!(caller.send("GET", &path, None).status, 200);
}

#[test]
fn deleting_what_is_not_there_is_as_good_as_deleting_it() {
    let caller = Caller::default();
    for path in
        ["/clients/x", "/client-grants/x", "/resource-servers/x", "/clients/x/credentials/y"]
    {
        let reply = caller.send("DELETE", path, None);
        assert_eq!((reply.status, reply.json()), (204, Value::Null), "{path}");
    }
}

#[test]
fn the_apis_of_the_system_come_as_they_are_when_their_identifier_is_asked_for() {
    let caller = Caller::default();
    let identifiers =
        [format!("{}/me/", caller.tenant.base_url()), "urn:auth0:express-configure".to_owned()];
    for identifier in identifiers {
        let body = json!({"identifier": identifier, "name": "mine", "token_lifetime": 1});
        let api = caller.create("/resource-servers", &body);
        assert_eq!(api["is_system"], true);
        assert!(api["name"].as_str().unwrap().ends_with(" API"), "{api}");
        let path = format!("/resource-servers/{}", api["id"].as_str().unwrap());
        assert_eq!(caller.send("PATCH", &path, Some(&json!({"name": "x"}))).status, 400);
        assert_eq!(caller.send("DELETE", &path, None).status, 204);
        caller.create("/resource-servers", &body);
    }
}
