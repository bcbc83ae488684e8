//! `terraformConfig`: what was given of the configuration, and nothing of the environment.

use pulumi_resource_auth0::auth0::Auth0;
use pulumi_rs_sdk::testing::Client;
use pulumi_rs_sdk::value::Value;
use serde_json::json;

use super::subject::{self, object, secret};

const TOKEN: &str = "pulumi:providers:auth0/terraformConfig";

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_comes_by_terraforms_names_with_secrets_marked() {
    let engine = Client::start(Auth0::default()).await.expect("the server starts");
    let config = [
        ("domain", "tenant.example.com".into()),
        ("apiToken", secret("canary")),
        ("debug", "true".into()),
        ("version", "3.55.1".into()),
    ];
    engine.configure(object(config)).await.expect("the configuration is whole");
    let itself = object([("__self__", Value::Unknown)]);
    let answer = engine.call(TOKEN, itself).await.expect("it answers").inputs;
    assert_eq!(
        subject::json(&answer["result"]),
        json!({
            "api_token": {"secret": "canary"}, "audience": null, "cli_login": null,
            "client_assertion_private_key": null, "client_assertion_signing_alg": null,
            "client_id": null, "client_secret": null, "custom_domain_header": null, "debug": true,
            "domain": "tenant.example.com", "dynamic_credentials": null
        })
    );
}
