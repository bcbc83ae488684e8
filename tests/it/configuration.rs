//! What a mistake in the provider's configuration looks like.

use pulumi_resource_auth0::auth0::Auth0;
use pulumi_rs_sdk::testing::Client;
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::json;
use tests::{Stack, Tenant};

/// The least program that needs the provider.
const PROGRAM: &str = "resources:
  mine:
    type: auth0:Client
    properties:
      name: App
";

struct Setting {
    name: &'static str,
    environment: &'static [(&'static str, Option<&'static str>)],
}

#[test]
fn what_is_wrong_with_it_is_named_with_its_key_and_variable() {
    let settings = [
        Setting { name: "no_domain", environment: &[("AUTH0_DOMAIN", None)] },
        Setting {
            name: "no_credentials",
            environment: &[("AUTH0_CLIENT_ID", None), ("AUTH0_CLIENT_SECRET", None)],
        },
        Setting { name: "no_client_secret", environment: &[("AUTH0_CLIENT_SECRET", None)] },
        Setting {
            name: "domain_with_path",
            environment: &[("AUTH0_DOMAIN", Some("https://tenant.example.com/api/v2/"))],
        },
        Setting {
            name: "http_off_loopback",
            environment: &[("AUTH0_DOMAIN", Some("http://tenant.example.com"))],
        },
    ];
    let tenant = Tenant::start();
    for Setting { name, environment } in settings {
        let mut stack = Stack::yaml(&tenant, PROGRAM);
        for (variable, value) in environment {
            stack.set_env(variable, *value);
        }
        let (up, requests) = tenant.during(|| stack.up().failed());
        insta::assert_snapshot!(name, up.messages());
        assert!(requests.is_empty(), "{name}: {requests:?}");
    }
}

#[test]
fn a_wrong_secret_is_401_with_what_to_check_and_never_shown() {
    let tenant = Tenant::start();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.set_env("AUTH0_CLIENT_SECRET", Some("not-the-secret"));

    let up = stack.up().failed();

    insta::assert_snapshot!(up.messages());
    assert!(!up.to_string().contains("not-the-secret"), "{up}");
}

#[test]
fn a_missing_permission_is_403_with_the_scope_to_add() {
    let tenant = Tenant::start();
    let (client_id, client_secret) = tenant.make_credentials(&["read:clients"]);
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.set_env("AUTH0_CLIENT_ID", Some(&client_id));
    stack.set_env("AUTH0_CLIENT_SECRET", Some(&client_secret));

    let messages = stack.up().failed().messages();

    insta::assert_snapshot!(messages);
    assert!(messages.contains("create:clients"), "{messages}");
}

#[test]
fn settings_of_the_stack_do_as_well_as_the_environment() {
    let tenant = Tenant::start();
    let (client_id, client_secret) = tenant.make_credentials(&["create:clients"]);
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.set_config("auth0:domain", tenant.url());
    stack.set_config("auth0:clientId", &client_id);
    stack.set_config("auth0:clientSecret", &client_secret);
    for variable in ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"] {
        stack.set_env(variable, None);
    }

    stack.up().succeeded();

    let clients = tenant.get("clients");
    let names: Vec<_> = clients.as_array().into_iter().flatten().map(|c| &c["name"]).collect();
    assert!(names.contains(&&json!("App")), "{clients}");
}

/// The engine sends them without marks, whatever the program says.
#[tokio::test]
async fn the_secrets_of_a_configuration_come_back_marked_and_nothing_else_does() {
    struct Case {
        name: &'static str,
        secret: bool,
    }
    let cases = [
        Case { name: "apiToken", secret: true },
        Case { name: "audience", secret: false },
        Case { name: "clientAssertionPrivateKey", secret: true },
        Case { name: "clientId", secret: false },
        Case { name: "clientSecret", secret: true },
        Case { name: "domain", secret: false },
    ];
    let engine = Client::start(Auth0::default()).await.expect("the server starts");
    for Case { name, secret } in cases {
        let given = Value::from("given");
        // Whether it goes with the rest of the configuration does not matter here.
        let config = Object::from([(name.to_owned(), given.clone())]);
        let checked = engine.check_config(config).await.expect("it is checked");
        let expected = if secret { Value::Secret(Box::new(given)) } else { given };
        assert_eq!(checked.inputs, Object::from([(name.to_owned(), expected)]), "{name}");
    }
}
