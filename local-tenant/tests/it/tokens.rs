//! `/oauth/token`: who gets a token, what is in it, and what a token opens.

use auth0_local_tenant::{Credential, Options, Seed};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value, json};

use crate::caller::{Caller, Reply};

const API: &str = "https://api.example.com/";
const FORM: &str = "application/x-www-form-urlencoded";

/// A tenant with an API and clients that may and may not have tokens for it.
fn tenant() -> Caller {
    let object = |value: Value| value.as_object().unwrap().clone();
    let client = |id: &str, body: Value| {
        let mut client = object(body);
        client.insert("name".into(), id.into());
        client.insert("client_id".into(), id.into());
        client.insert("client_secret".into(), "s3cret: +/".into());
        client
    };
    let grant =
        |id: &str, scope: Value| object(json!({"client_id": id, "audience": API, "scope": scope}));
    let seed = Seed {
        resource_servers: vec![object(json!({
            "identifier": API,
            "scopes": [{"value": "read:data"}, {"value": "write:data"}],
            "token_lifetime": 600,
        }))],
        clients: vec![
            client("app", json!({})),
            client("without-grant", json!({})),
            client("without-type", json!({"grant_types": ["implicit"]})),
            client("public", json!({"token_endpoint_auth_method": "none"})),
        ],
        others: serde_json::Map::new(),
        client_grants: vec![
            grant("app", json!(["read:data", "write:data"])),
            grant("without-type", json!([])),
        ],
    };
    let mut caller = Caller::start(Options { seed, ..Options::default() });
    caller.authorize(None);
    caller
}

fn ask(caller: &Caller, fields: Value) -> Reply {
    let mut body = json!({
        "grant_type": "client_credentials",
        "client_id": "app",
        "client_secret": "s3cret: +/",
        "audience": API,
    });
    for (key, value) in fields.as_object().unwrap() {
        body[key] = value.clone();
    }
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    caller.raw("POST", "/oauth/token", Some(("application/json", &body.to_string())))
}

/// The header and claims of a token, verified with the tenant's published keys.
fn verified(caller: &Caller, token: &str) -> (Value, Map<String, Value>) {
    let keys = caller.raw("GET", "/.well-known/jwks.json", None);
    let keys: JwkSet = serde_json::from_str(&keys.text).unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    let key = keys.find(header.kid.as_deref().unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&[API]);
    validation.set_issuer(&[format!("{}/", caller.tenant.base_url())]);
    let key = DecodingKey::from_jwk(key).unwrap();
    let claims = jsonwebtoken::decode(token, &key, &validation).unwrap().claims;
    (serde_json::to_value(header).unwrap(), claims)
}

#[test]
fn a_token_is_signed_with_the_published_key_and_says_who_may_do_what() {
    let caller = tenant();
    let answer = ask(&caller, json!({})).json();
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 600);
    assert_eq!(answer["scope"], "read:data write:data");
    let (header, claims) = verified(&caller, answer["access_token"].as_str().unwrap());
    assert_eq!((&header["alg"], &header["typ"]), (&json!("RS256"), &json!("JWT")));
    assert_eq!(claims["sub"], "app@clients");
    assert_eq!(claims["aud"], API);
    assert_eq!(claims["azp"], "app");
    assert_eq!(claims["gty"], "client-credentials");
    assert_eq!(claims["scope"], "read:data write:data");
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
}

#[test]
fn a_client_may_say_who_it_is_in_three_ways() {
    let caller = tenant();
    let form = "grant_type=client_credentials&audience=https%3A%2F%2Fapi.example.com%2F";
    let secret = "client_id=app&client_secret=s3cret%3A+%2B%2F";
    let posted = caller.raw("POST", "/oauth/token", Some((FORM, &format!("{form}&{secret}"))));
    assert_eq!(posted.status, 200, "{}", posted.text);
    assert_eq!(ask(&caller, json!({})).status, 200);
    let mut caller = caller;
    let basic = STANDARD.encode("app:s3cret%3A+%2B%2F");
    caller.authorize(Some(&format!("Basic {basic}")));
    let basic = caller.raw("POST", "/oauth/token", Some((FORM, form)));
    assert_eq!(basic.status, 200, "{}", basic.text);
    let kinds: Vec<_> = caller.tenant.requests().iter().map(|entry| entry.credential).collect();
    let post = Credential::ClientSecretPost;
    assert_eq!(kinds, [post, post, Credential::ClientSecretBasic]);
    assert!(!format!("{:?}", caller.tenant.requests()).contains("s3cret"));
}

#[test]
fn every_refusal_says_what_the_real_endpoint_says() {
    let cases = [
        json!({"client_secret": "wrong"}),
        json!({"client_id": "nobody"}),
        json!({"client_secret": null}),
        json!({"client_id": "public"}),
        json!({"client_id": "without-grant"}),
        json!({"client_id": "without-type"}),
        json!({"audience": "https://nowhere/"}),
        json!({"audience": null}),
        json!({"scope": "read:data delete:data drop:data"}),
        json!({"grant_type": "password"}),
        json!({"grant_type": null}),
    ];
    let caller = tenant();
    let mut answers = String::new();
    for case in cases {
        let reply = ask(&caller, case.clone());
        answers += &format!("{case}\n  {}\n", reply.golden());
    }
    insta::assert_snapshot!(answers);
}

#[test]
fn fewer_scopes_may_be_asked_for_than_granted() {
    let caller = tenant();
    let answer = ask(&caller, json!({"scope": "write:data"})).json();
    assert_eq!(answer["scope"], "write:data");
}

#[test]
fn the_dialect_of_an_api_decides_the_claims() {
    struct Case {
        dialect: &'static str,
        typ: &'static str,
        present: &'static [&'static str],
        absent: &'static [&'static str],
    }
    let cases = [
        Case {
            dialect: "access_token_authz",
            typ: "JWT",
            present: &["azp", "gty", "permissions"],
            absent: &["client_id", "jti"],
        },
        Case {
            dialect: "rfc9068_profile",
            typ: "at+jwt",
            present: &["client_id", "jti"],
            absent: &["azp", "gty", "permissions"],
        },
        Case {
            dialect: "rfc9068_profile_authz",
            typ: "at+jwt",
            present: &["client_id", "jti", "permissions"],
            absent: &["azp", "gty"],
        },
    ];
    let mut caller = tenant();
    for Case { dialect, typ, present, absent } in cases {
        let owner = format!("Bearer {}", caller.tenant.token());
        caller.authorize(Some(&owner));
        let api = "/resource-servers/https%3A%2F%2Fapi.example.com%2F";
        let change = json!({"token_dialect": dialect});
        assert_eq!(caller.send("PATCH", api, Some(&change)).status, 200);
        caller.authorize(None);
        let answer = ask(&caller, json!({})).json();
        let (header, claims) = verified(&caller, answer["access_token"].as_str().unwrap());
        assert_eq!(header["typ"], typ, "{dialect}");
        for claim in present {
            assert!(claims.contains_key(*claim), "{dialect} has no {claim}");
        }
        for claim in absent {
            assert!(!claims.contains_key(*claim), "{dialect} has {claim}");
        }
    }
}

#[test]
fn a_management_token_opens_what_its_scopes_allow_and_no_more() {
    let mut caller = tenant();
    let (id, secret) = (caller.tenant.client_id(), caller.tenant.client_secret());
    let audience = format!("{}/api/v2/", caller.tenant.base_url());
    let first = json!({
        "client_id": id,
        "client_secret": secret,
        "audience": audience,
        "scope": "read:clients create:clients",
    });
    let token = ask(&caller, first).json()["access_token"].as_str().unwrap().to_owned();
    let other = ask(&caller, json!({})).json()["access_token"].as_str().unwrap().to_owned();
    caller.authorize(Some(&format!("Bearer {token}")));
    let client = caller.create("/clients", &json!({"name": "app"}));
    // Neither read:client_keys nor read:client_credentials was asked for.
    assert_eq!((client.get("client_secret"), client.get("signing_keys")), (None, None));
    let grants = caller.send("GET", "/client-grants", None);
    insta::assert_snapshot!(grants.golden());
    let path = format!("/clients/{}", client["client_id"].as_str().unwrap());
    let change = caller.send("PATCH", &path, Some(&json!({"name": "b"})));
    insta::assert_snapshot!(change.json()["message"].as_str().unwrap());
    caller.authorize(Some(&format!("Bearer {other}")));
    assert_eq!(caller.send("GET", "/clients", None).status, 401);
}

#[test]
fn a_secret_is_only_set_by_a_token_that_may_change_keys() {
    let mut caller = tenant();
    let owner = format!("Bearer {}", caller.tenant.token());
    let token = |caller: &Caller, scope: &str| {
        let body = json!({
            "client_id": caller.tenant.client_id(),
            "client_secret": caller.tenant.client_secret(),
            "audience": format!("{}/api/v2/", caller.tenant.base_url()),
            "scope": scope,
        });
        format!("Bearer {}", ask(caller, body).json()["access_token"].as_str().unwrap())
    };
    let without = token(&caller, "update:clients");
    let with = token(&caller, "update:clients update:client_keys");
    let secret = json!({"client_secret": "another"});
    for (authorization, status) in [(without, 403), (with, 200), (owner, 200)] {
        caller.authorize(Some(&authorization));
        assert_eq!(caller.send("PATCH", "/clients/app", Some(&secret)).status, status);
        assert_eq!(caller.send("PATCH", "/clients/app", Some(&json!({"name": "b"}))).status, 200);
    }
}

#[test]
fn the_configuration_leads_to_the_token_endpoint_and_the_keys() {
    let caller = tenant();
    let configuration = caller.raw("GET", "/.well-known/openid-configuration", None).json();
    let base = caller.tenant.base_url();
    assert_eq!(configuration["issuer"], format!("{base}/"));
    assert_eq!(configuration["token_endpoint"], format!("{base}/oauth/token"));
    assert_eq!(configuration["jwks_uri"], format!("{base}/.well-known/jwks.json"));
}
