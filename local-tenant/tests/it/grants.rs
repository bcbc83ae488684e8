//! `/api/v2/client-grants`: what makes a grant one, and what it may say.

use serde_json::{Value, json};

use crate::caller::Caller;

const API: &str = "https://api.example.com/";

/// A tenant with an API and a client, and the client's id.
fn with_client() -> (Caller, String) {
    let caller = Caller::default();
    caller.create("/resource-servers", &json!({"identifier": API, "scopes": [{"value": "a"}]}));
    let client = caller.create("/clients", &json!({"name": "app"}));
    let id = client["client_id"].as_str().unwrap().to_owned();
    (caller, id)
}

#[test]
fn a_grant_says_its_subject_type_and_nothing_that_was_not_sent() {
    let (caller, client) = with_client();
    let body = json!({"client_id": client, "audience": API, "scope": ["a", "b"]});
    let mut grant = caller.create("/client-grants", &body);
    let id = grant.as_object_mut().unwrap().remove("id").unwrap();
    assert!(id.as_str().unwrap().starts_with("cgr_"));
    assert_eq!(
        grant,
        json!({"client_id": client, "audience": API, "scope": ["a", "b"], "subject_type": "client"})
    );
}

#[test]
fn one_client_has_one_grant_of_a_subject_type_for_an_api() {
    let (caller, client) = with_client();
    let body = json!({"client_id": client, "audience": API, "scope": []});
    caller.create("/client-grants", &body);
    let again = caller.send("POST", "/client-grants", Some(&body));
    assert_eq!((again.status, &again.json()["statusCode"]), (409, &json!(409)));
    let mut other = body.clone();
    other["subject_type"] = "user".into();
    caller.create("/client-grants", &other);
}

#[test]
fn a_grant_needs_a_client_or_a_default_and_an_api_that_are_there() {
    struct Case {
        body: Value,
        status: u16,
        code: &'static str,
    }
    let (caller, client) = with_client();
    let cases = [
        Case { body: json!({"audience": API}), status: 400, code: "invalid_body" },
        Case {
            body: json!({
                "audience": API,
                "client_id": client,
                "default_for": "third_party_clients",
            }),
            status: 400,
            code: "invalid_body",
        },
        Case {
            body: json!({"audience": API, "client_id": "nobody"}),
            status: 404,
            code: "inexistent_client",
        },
        Case {
            body: json!({"audience": "https://nowhere/", "client_id": client}),
            status: 404,
            code: "inexistent_resource_server",
        },
    ];
    for Case { body, status, code } in cases {
        let reply = caller.send("POST", "/client-grants", Some(&body));
        assert_eq!((reply.status, &reply.json()["errorCode"]), (status, &json!(code)), "{body}");
    }
}

#[test]
fn all_scopes_and_a_list_of_scopes_exclude_each_other() {
    let (caller, client) = with_client();
    let body = json!({"client_id": client, "audience": API, "allow_all_scopes": true});
    let grant = caller.create("/client-grants", &body);
    assert_eq!((grant.get("scope"), &grant["allow_all_scopes"]), (None, &json!(true)));
    let path = format!("/client-grants/{}", grant["id"].as_str().unwrap());
    let some = caller.send("PATCH", &path, Some(&json!({"allow_all_scopes": false})));
    assert_eq!(some.json()["scope"], json!([]));
}

#[test]
fn all_scopes_of_a_system_api_are_refused_even_as_false() {
    let (caller, client) = with_client();
    let audience = format!("{}/api/v2/", caller.tenant.base_url());
    let mut body = json!({"client_id": client, "audience": audience, "allow_all_scopes": false});
    let refused = caller.send("POST", "/client-grants", Some(&body));
    assert_eq!(refused.status, 400);
    insta::assert_snapshot!(refused.json()["message"].as_str().unwrap(), @"`allow_all_scopes` cannot be provided when `audience` is a system API");
    body.as_object_mut().unwrap().remove("allow_all_scopes");
    caller.create("/client-grants", &body);
}

#[test]
fn what_a_grant_is_for_cannot_be_changed() {
    let (caller, client) = with_client();
    let body = json!({"client_id": client, "audience": API, "organization_usage": "allow"});
    let grant = caller.create("/client-grants", &body);
    let path = format!("/client-grants/{}", grant["id"].as_str().unwrap());
    let refused = caller.send("PATCH", &path, Some(&json!({"audience": "b", "client_id": "c"})));
    insta::assert_snapshot!(refused.golden());
    let cleared = caller.send("PATCH", &path, Some(&json!({"organization_usage": null})));
    assert_eq!((cleared.status, cleared.json().get("organization_usage")), (200, None));
}

#[test]
fn grants_go_with_their_client_and_with_their_api() {
    let (caller, client) = with_client();
    let grant = |client: &str| {
        let body = json!({"client_id": client, "audience": API, "scope": []});
        format!("/client-grants/{}", caller.create("/client-grants", &body)["id"].as_str().unwrap())
    };
    let first = grant(&client);
    assert_eq!(caller.send("DELETE", &format!("/clients/{client}"), None).status, 204);
    let gone = caller.send("GET", &first, None);
    assert_eq!(gone.status, 404);
    insta::assert_snapshot!(gone.golden());
    let other = caller.create("/clients", &json!({"name": "other"}));
    let second = grant(other["client_id"].as_str().unwrap());
    let api = "/resource-servers/https%3A%2F%2Fapi.example.com%2F";
    assert_eq!(caller.send("DELETE", api, None).status, 204);
    assert_eq!(caller.send("GET", &second, None).status, 404);
}

#[test]
fn an_express_configuration_client_gets_a_system_grant_and_no_other() {
    let (caller, _) = with_client();
    let body = json!({"name": "oin", "app_type": "express_configuration"});
    let client = caller.create("/clients", &body);
    assert_eq!(client.get("client_secret"), None);
    let id = client["client_id"].as_str().unwrap();
    let grants = caller.send("GET", &format!("/client-grants?client_id={id}"), None).json();
    assert_eq!(grants[0]["is_system"], true);
    let body = json!({"client_id": id, "audience": API, "scope": []});
    let refused = caller.send("POST", "/client-grants", Some(&body));
    insta::assert_snapshot!(refused.golden());
}
