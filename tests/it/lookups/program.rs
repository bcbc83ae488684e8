//! Functions and the provider's method in a program of the published SDK, under the real engine.

use serde_json::{Value, json};
use tests::{Stack, Tenant};

/// The last line of the program.
const LAST: &str = "pulumi.export(\"client_grant_id\", ai_client_grant.id)\n";

/// What is put after it: values of the program itself, and values of what the same update makes.
const FUNCTIONS: &str = "
page = auth0.get_client(name=\"a page\")
pulumi.export(\"page_type\", page.app_type)
pulumi.export(\"pages\", [c.name for c in auth0.get_clients(app_types=[\"spa\"]).clients])
grants = auth0.get_client_grants_output(client_id=ai_client_grant.client_id)
pulumi.export(\"scopes\", grants.client_grants[0].scopes)
found = auth0.get_client_output(client_id=ai_client.client_id)
pulumi.export(\"found\", found.client_secret)
";

/// A provider of its own, and its configuration as Terraform would have it.
const CONFIG: &str = "
import os
other = auth0.Provider(\"other\",
    domain=os.environ[\"AUTH0_DOMAIN\"],
    client_id=os.environ[\"AUTH0_CLIENT_ID\"],
    client_secret=os.environ[\"AUTH0_CLIENT_SECRET\"],
)
pulumi.export(\"config\", other.terraform_config().result)
";

/// An output of the stack that must be secret, and what it holds.
#[track_caller]
fn revealed(stack: &Stack, output: &str) -> Value {
    let state = stack.state();
    let itself = state.iter().find(|resource| resource["type"] == "pulumi:pulumi:Stack");
    let output = &itself.expect("the stack is in its state")["outputs"][output];
    let plaintext = output["plaintext"].as_str().unwrap_or_else(|| panic!("no secret: {output}"));
    serde_json::from_str(plaintext).expect("what a secret holds is JSON")
}

#[test]
fn a_program_looks_up_what_is_there_and_what_it_makes() {
    let tenant = Tenant::with_api();
    tenant.post("clients", &json!({"name": "a page", "app_type": "spa"}));
    let mut stack = Stack::seed(&tenant);
    stack.edit(LAST, &format!("{LAST}{FUNCTIONS}"));

    let preview = stack.preview().succeeded();
    assert_eq!(preview.output("page_type"), "spa", "previews look up too");

    let up = stack.up().succeeded();
    assert_eq!(up.outputs["pages"], json!(["a page"]));
    assert_eq!(up.outputs["scopes"], json!(["read:data", "write:data"]));
    let client = tenant.get(&format!("clients/{}", up.output("client_id")));
    assert_eq!(revealed(&stack, "found"), client["client_secret"]);
    assert!(!up.to_string().contains(client["client_secret"].as_str().expect("a secret")));

    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
}

#[test]
fn a_name_that_nobody_has_fails_the_program_with_what_was_looked_for() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::seed(&tenant);
    stack.edit(LAST, &format!("{LAST}auth0.get_client(name=\"nobody\")\n"));
    let failed = stack.preview().failed();
    assert!(failed.to_string().contains("has the name \"nobody\""), "{failed}");
}

#[test]
fn an_explicit_provider_tells_its_configuration_and_keeps_it_secret() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::seed(&tenant);
    stack.edit(LAST, &format!("{LAST}{CONFIG}"));
    stack.up().succeeded();
    let config = revealed(&stack, "config");
    assert_eq!(config["domain"], tenant.url());
    assert!(config["client_secret"].as_str().is_some_and(|secret| !secret.is_empty()), "{config}");
}
