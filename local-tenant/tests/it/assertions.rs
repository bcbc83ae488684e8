//! `/oauth/token` with private key JWT: what a client signs, and what is refused.

use std::sync::LazyLock;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey, EncodeRsaPublicKey, LineEnding};
use serde_json::{Value, json};

use crate::caller::{Caller, Reply};

const API: &str = "https://api.example.com/";
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Keys are slow to make: one for the clients, and one that is of none.
static KEYS: LazyLock<[RsaPrivateKey; 2]> = LazyLock::new(|| {
    [(); 2].map(|()| RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap())
});

struct Application {
    caller: Caller,
    id: String,
    credential: Value,
}

impl Application {
    /// A client that may authenticate with the first key and may have tokens for an API.
    fn with(credential: &Value) -> Self {
        let mut caller = Caller::default();
        caller.create("/resource-servers", &json!({"identifier": API, "name": "API"}));
        let mut body = json!({
            "credential_type": "public_key",
            "pem": KEYS[0].to_public_key().to_pkcs1_pem(LineEnding::LF).unwrap(),
        });
        for (key, value) in credential.as_object().unwrap() {
            body[key] = value.clone();
        }
        let client = caller.create(
            "/clients",
            &json!({
                "name": "keyed",
                "grant_types": ["client_credentials"],
                "client_authentication_methods": {"private_key_jwt": {"credentials": [body]}},
            }),
        );
        let id = client["client_id"].as_str().unwrap().to_owned();
        caller.create("/client-grants", &json!({"client_id": id, "audience": API, "scope": []}));
        let methods = &client["client_authentication_methods"];
        let credential = methods["private_key_jwt"]["credentials"][0].clone();
        caller.authorize(None);
        Self { caller, id, credential }
    }

    fn claims(&self) -> Value {
        let now = jiff::Timestamp::now().as_second();
        json!({
            "iss": self.id,
            "sub": self.id,
            "aud": format!("{}/", self.caller.tenant.base_url()),
            "iat": now,
            "exp": now + 60,
            "jti": "7b2c",
        })
    }

    fn ask(&self, fields: Value) -> Reply {
        let mut body =
            json!({"grant_type": "client_credentials", "client_id": self.id, "audience": API});
        for (key, value) in fields.as_object().unwrap() {
            body[key] = value.clone();
        }
        body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        self.caller.raw("POST", "/oauth/token", Some(("application/json", &body.to_string())))
    }

    fn ask_with(&self, assertion: &str) -> Reply {
        self.ask(json!({"client_assertion_type": TYPE, "client_assertion": assertion}))
    }
}

fn sign(key: usize, header: &Header, claims: &Value) -> String {
    let der = KEYS[key].to_pkcs1_der().unwrap();
    jsonwebtoken::encode(header, claims, &EncodingKey::from_rsa_der(der.as_bytes())).unwrap()
}

fn signed(claims: &Value) -> String {
    sign(0, &Header::new(Algorithm::RS256), claims)
}

#[test]
fn a_client_with_a_key_has_a_token_for_each_assertion_once() {
    let app = Application::with(&json!({}));
    let mut claims = app.claims();
    let first = signed(&claims);
    assert_eq!(app.ask_with(&first).status, 200);
    assert_eq!(app.ask_with(&first).golden(), REFUSED);
    claims["jti"] = "another".into();
    assert_eq!(app.ask_with(&signed(&claims)).status, 200);
}

const REFUSED: &str =
    r#"401 {"error":"invalid_client","error_description":"Failed client authentication"}"#;

#[test]
fn the_algorithm_is_that_of_the_credential() {
    for (name, algorithm) in [("RS384", Algorithm::RS384), ("PS256", Algorithm::PS256)] {
        let app = Application::with(&json!({"alg": name}));
        let kid = app.credential["kid"].as_str().map(str::to_owned);
        assert_eq!(app.ask_with(&signed(&app.claims())).golden(), REFUSED, "{name}");
        let header = Header { kid, ..Header::new(algorithm) };
        assert_eq!(app.ask_with(&sign(0, &header, &app.claims())).status, 200, "{name}");
    }
}

#[test]
fn the_assertion_says_whose_it_is_where_the_request_does_not() {
    let app = Application::with(&json!({}));
    let assertion = signed(&app.claims());
    let fields = json!({
        "client_id": null,
        "client_assertion_type": TYPE,
        "client_assertion": assertion,
    });
    assert_eq!(app.ask(fields).status, 200);
}

#[test]
fn what_is_no_proof_is_refused_and_leaves_its_number_free() {
    struct Case {
        name: &'static str,
        change: fn(&mut Value, i64),
    }
    let cases = [
        Case { name: "another issuer", change: |c, _| c["iss"] = "other".into() },
        Case { name: "another subject", change: |c, _| c["sub"] = "other".into() },
        Case { name: "another audience", change: |c, _| c["aud"] = API.into() },
        Case {
            name: "an audience without its slash",
            change: |c, _| c["aud"] = c["aud"].as_str().unwrap().trim_end_matches('/').into(),
        },
        Case { name: "expired", change: |c, now| c["exp"] = (now - 1).into() },
        Case { name: "without an end", change: |c, _| _ = c["exp"].take() },
        Case { name: "too long", change: |c, now| c["exp"] = (now + 301).into() },
        Case { name: "made in the future", change: |c, now| c["iat"] = (now + 30).into() },
        Case { name: "not yet valid", change: |c, now| c["nbf"] = (now + 30).into() },
        Case { name: "without a number", change: |c, _| _ = c["jti"].take() },
        Case { name: "with too long a number", change: |c, _| c["jti"] = "7".repeat(65).into() },
    ];
    let app = Application::with(&json!({}));
    for Case { name, change } in cases {
        let mut claims = app.claims();
        change(&mut claims, jiff::Timestamp::now().as_second());
        claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(app.ask_with(&signed(&claims)).golden(), REFUSED, "{name}");
    }
    let header = Header::new(Algorithm::RS256);
    let wrong_key = sign(1, &header, &app.claims());
    let wrong_kid = sign(0, &Header { kid: Some("another".into()), ..header }, &app.claims());
    for assertion in [wrong_key, wrong_kid, "no.jwt.atall".into(), String::from(" ")] {
        assert_eq!(app.ask_with(&assertion).golden(), REFUSED, "{assertion}");
    }
    let assertion = signed(&app.claims());
    let untyped = json!({"client_assertion_type": "urn:other", "client_assertion": assertion});
    assert_eq!(app.ask(untyped).golden(), REFUSED);
    assert_eq!(app.ask_with(&assertion).status, 200);
}

#[test]
fn an_expired_credential_is_none() {
    let app = Application::with(&json!({"expires_at": "2020-01-01T00:00:00.000Z"}));
    assert_eq!(app.ask_with(&signed(&app.claims())).golden(), REFUSED);
}

#[test]
fn neither_proof_stands_in_for_the_other() {
    let app = Application::with(&json!({}));
    assert_eq!(app.ask(json!({"client_secret": "any"})).status, 401);
    let tenant = &app.caller.tenant;
    let mut claims = app.claims();
    for name in ["iss", "sub"] {
        claims[name] = tenant.client_id().into();
    }
    let fields = json!({
        "client_id": tenant.client_id(),
        "client_assertion_type": TYPE,
        "client_assertion": signed(&claims),
    });
    assert_eq!(app.ask(fields).golden(), REFUSED);
}

#[test]
fn the_log_shows_no_assertion() {
    let app = Application::with(&json!({}));
    app.ask_with(&signed(&app.claims()));
    let requests = app.caller.tenant.requests();
    let entry = format!("{:?}", requests.last().unwrap());
    assert!(entry.contains("client_assertion") && !entry.contains("eyJ"), "{entry}");
}
