//! The login of the Auth0 CLI, as its file has it.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Stack, Tenant};

const PROGRAM: &str = "resources:
  mine:
    type: auth0:Client
    properties:
      name: App
";

/// `{"exp":1600000000}` between a header and a signature that are none.
const EXPIRED: &str = "e30.eyJleHAiOjE2MDAwMDAwMDB9.hunter2";

/// A stack of somebody whose CLI has logged in to tenants; `domain` stands for that of the test's tenant.
fn stack(tenant: &Tenant, tenants: Option<&Value>) -> (Stack, TempDir) {
    let home = TempDir::new().expect("a temporary folder");
    if let Some(tenants) = tenants {
        let domain = tenant.url().trim_start_matches("http://");
        let tenants = tenants.to_string().replace("\"domain\"", &format!("{domain:?}"));
        let folder = home.path().join(".config/auth0");
        fs::create_dir_all(&folder).expect("a folder to write");
        let file = format!(r#"{{"default_tenant": "other.auth0.com", "tenants": {tenants}}}"#);
        fs::write(folder.join("config.json"), file).expect("to write");
    }
    let mut stack = Stack::yaml(tenant, PROGRAM);
    for variable in ["AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"] {
        stack.set_env(variable, None);
    }
    stack.set_env("HOME", home.path().to_str());
    stack.set_env("AUTH0_CLI_LOGIN", Some("true"));
    (stack, home)
}

#[test]
fn its_token_makes_a_client_without_a_request_for_another() {
    let tenant = Tenant::start();
    let login =
        json!({"domain": {"access_token": Tenant::OWNER, "expires_at": "2999-01-01T00:00:00Z"}});
    let (stack, _home) = stack(&tenant, Some(&login));

    let (up, requests) = tenant.during(|| stack.up().succeeded());

    let lines: Vec<_> = requests.iter().map(|request| request.line()).collect();
    assert_eq!(lines, ["POST /api/v2/clients"], "{up}");
    assert!(!json!(stack.state()).to_string().contains(Tenant::OWNER));
}

#[test]
fn what_is_no_login_is_told_with_what_to_do() {
    struct Case {
        name: &'static str,
        tenants: Option<Value>,
        asks: bool,
    }
    let cases = [
        Case { name: "never", tenants: None, asks: false },
        Case {
            name: "elsewhere",
            tenants: Some(json!({"a.auth0.com": {"access_token": "hunter2"}, "b.auth0.com": {}})),
            asks: false,
        },
        Case {
            name: "expired",
            tenants: Some(json!({"domain": {"access_token": EXPIRED}})),
            asks: false,
        },
        Case {
            name: "in_keyring",
            tenants: Some(json!({"domain": {"expires_at": "2999-01-01T00:00:00Z"}})),
            asks: false,
        },
        Case {
            name: "refused",
            tenants: Some(json!({"domain": {"access_token": "hunter2"}})),
            asks: true,
        },
    ];
    let tenant = Tenant::start();
    for Case { name, tenants, asks } in cases {
        let (stack, home) = stack(&tenant, tenants.as_ref());
        let (up, requests) = tenant.during(|| stack.up().failed());
        let messages = up.messages().replace(&home.path().display().to_string(), "HOME");
        insta::assert_snapshot!(name, messages);
        assert_eq!(requests.len(), usize::from(asks), "{name}: {requests:?}");
        assert!(!up.to_string().contains("hunter2"), "{name}: {up}");
    }
}
