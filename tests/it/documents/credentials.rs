//! docs/credentials.md.

use std::fs;

use tests::{Stack, Tenant};

use super::Run;
use super::page::Section;

pub const RUNS: &[(&str, Run)] = &[("Private key JWT", private_key)];

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: App
";

fn private_key(section: &Section) {
    let tenant = Tenant::start();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.shell().run(section.only("sh"), stack.path()).succeeded();
    let public = fs::read_to_string(stack.path().join("key.pub.pem")).expect("the public half");
    let config = fs::read_to_string(stack.path().join("Pulumi.dev.yaml")).expect("the settings");
    assert!(!config.contains("PRIVATE KEY"), "{config}");
    let id = tenant.make_keyed(&public, "RS256", &["create:clients", "read:clients"]);
    stack.set_env("AUTH0_CLIENT_ID", Some(&id));
    stack.set_env("AUTH0_CLIENT_SECRET", None);
    assert_eq!(stack.up().succeeded().changed(), ["create app"]);
}
