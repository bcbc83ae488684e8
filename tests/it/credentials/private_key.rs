//! An application that signs what it proves itself with.

use std::fs;

use serde_json::json;
use tests::{Request, Stack, Tenant};

use super::keys::key;

/// What the application of the tests may do.
const SCOPES: &[&str] = &[
    "create:clients",
    "read:clients",
    "delete:clients",
    "create:client_grants",
    "read:client_grants",
    "delete:client_grants",
];

/// A client and a grant of its own.
const PROGRAM: &str = "resources:
  mine:
    type: auth0:Client
    properties:
      name: App
      appType: non_interactive
      grantTypes: [client_credentials]
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: ${mine.clientId}
      audience: https://myapi.example.com/
      scopes: [read:data]
";

/// A stack that is to prove itself with a key.
fn stack(tenant: &Tenant, id: &str) -> Stack {
    let mut stack = Stack::yaml(tenant, PROGRAM);
    stack.set_env("AUTH0_CLIENT_ID", Some(id));
    stack.set_env("AUTH0_CLIENT_SECRET", None);
    stack
}

fn for_tokens(requests: &[Request]) -> Vec<&Request> {
    requests.iter().filter(|request| request.path == "/oauth/token").collect()
}

#[test]
fn a_key_in_the_environment_makes_a_client_and_its_grant_with_one_token() {
    let tenant = Tenant::with_api();
    let id = tenant.make_keyed(&key(0).public, "PS256", SCOPES);
    let mut stack = stack(&tenant, &id);
    // As in a file of variables, where a value is one line.
    let line = key(0).private.replace('\n', "\\n");
    stack.set_env("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", Some(&line));
    stack.set_env("AUTH0_CLIENT_ASSERTION_SIGNING_ALG", Some("PS256"));

    let (up, requests) = tenant.during(|| stack.up().succeeded());

    let tokens = for_tokens(&requests);
    assert_eq!(tokens.len(), 1, "{requests:?}");
    let body = &tokens[0].body;
    assert_eq!(body["client_id"], json!(id));
    assert!(body["client_assertion"].is_string() && body["client_secret"].is_null(), "{body}");
    let grants = tenant.get("client-grants");
    let made = |grant: &&serde_json::Value| grant["audience"] == Tenant::API;
    assert_eq!(grants.as_array().into_iter().flatten().filter(made).count(), 1, "{grants}");
    assert!(!key(0).is_in(&up.to_string()), "{up}");
    assert!(!key(0).is_in(&json!(stack.state()).to_string()));
    stack.destroy().succeeded();
}

#[test]
fn a_key_in_the_configuration_of_the_stack_is_kept_encrypted() {
    let tenant = Tenant::with_api();
    let id = tenant.make_keyed(&key(0).public, "RS384", SCOPES);
    let stack = stack(&tenant, &id);
    stack.set_secret("auth0:clientAssertionPrivateKey", &key(0).private);
    stack.set_config("auth0:clientAssertionSigningAlg", "RS384");

    stack.up().succeeded();

    let exported = stack.pulumi(&["stack", "export", "--stack", "dev"]);
    let settings = fs::read_to_string(stack.path().join("Pulumi.dev.yaml")).expect("settings");
    assert!(!key(0).is_in(&exported) && !key(0).is_in(&settings));
    let (preview, requests) = tenant.during(|| stack.preview().succeeded());
    assert_eq!(preview.changes.keys().collect::<Vec<_>>(), ["same"], "{preview}");
    assert!(requests.is_empty(), "{requests:?}");
}

#[test]
fn a_token_that_the_tenant_refuses_is_asked_for_once_more_with_another_assertion() {
    // The first client is that of the test itself.
    let refuses_once = "POST /api/v2/clients => expired-token x1 skip:1";
    let refuses = "POST /api/v2/clients => expired-token skip:1";
    for (fault, made) in [(refuses_once, true), (refuses, false)] {
        let tenant = Tenant::with_faults(&[fault]);
        tenant.make_api(Tenant::API);
        let id = tenant.make_keyed(&key(0).public, "RS256", SCOPES);
        let mut stack = stack(&tenant, &id);
        stack.set_env("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", Some(&key(0).private));
        stack.set_env("AUTH0_CLIENT_ASSERTION_SIGNING_ALG", Some("RS256"));

        let (up, requests) = tenant.during(|| stack.up());

        assert_eq!(up.ok, made, "{up}");
        let creates = requests.iter().filter(|request| request.line() == "POST /api/v2/clients");
        assert_eq!(creates.count(), 2, "{requests:?}");
        // The tenant takes no assertion twice.
        let tokens = for_tokens(&requests);
        let answers: Vec<_> = tokens.iter().map(|request| request.status).collect();
        assert_eq!(answers, [200, 200], "{requests:?}");
    }
}

#[test]
fn a_key_that_the_tenant_does_not_know_is_401_with_what_to_check() {
    let tenant = Tenant::with_api();
    let id = tenant.make_keyed(&key(0).public, "RS256", SCOPES);
    let mut stack = stack(&tenant, &id);
    stack.set_env("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", Some(&key(1).private));
    stack.set_env("AUTH0_CLIENT_ASSERTION_SIGNING_ALG", Some("RS256"));

    let (up, requests) = tenant.during(|| stack.up().failed());

    insta::assert_snapshot!(up.messages());
    assert!(!key(1).is_in(&up.to_string()), "{up}");
    assert!(requests.iter().all(|request| request.path == "/oauth/token"), "{requests:?}");
}

#[test]
fn a_key_or_an_algorithm_that_is_none_is_refused_before_anything_is_sent() {
    struct Case {
        name: &'static str,
        key: &'static str,
        algorithm: &'static str,
    }
    let cases = [
        Case { name: "key", key: "hunter2", algorithm: "RS256" },
        Case { name: "algorithm", key: &key(0).private, algorithm: "HS256" },
    ];
    let tenant = Tenant::start();
    for Case { name, key, algorithm } in cases {
        let mut stack = stack(&tenant, "id");
        stack.set_env("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", Some(key));
        stack.set_env("AUTH0_CLIENT_ASSERTION_SIGNING_ALG", Some(algorithm));
        let (up, requests) = tenant.during(|| stack.up().failed());
        insta::assert_snapshot!(name, up.messages());
        assert!(requests.is_empty() && !up.to_string().contains(key), "{name}: {requests:?} {up}");
    }
}
