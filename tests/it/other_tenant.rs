//! A stack whose environment leads to another tenant than it was on.

use serde_json::{Value, json};
use tests::{Stack, Tenant};

const PROGRAM: &str = "resources:
  one:
    type: auth0:Client
    properties:
      name: One
  two:
    type: auth0:Client
    properties:
      name: Two
outputs:
  one: ${one.clientId}
";

/// The provider of a program that names none.
const PROVIDER: &str = "pulumi:providers:auth0";
const DOUBT: &str = "this may be another tenant than the stack's";

#[test]
fn it_is_told_by_the_preview_and_nothing_is_lost() {
    let (own, other) = (Tenant::start(), Tenant::start());
    let mut stack = Stack::yaml(&own, PROGRAM);
    stack.up().succeeded();
    assert_eq!(stack.preview().succeeded().messages(), "");
    let before = resources(&stack);

    lead(&mut stack, &other);
    let told = format!(
        "this stack was last on the tenant {}, and the domain is now that of {}",
        host(&own),
        host(&other)
    );
    let preview = stack.preview().succeeded();
    assert!(preview.messages_as_they_are().contains(&told), "{preview}");
    assert!(preview.text.contains(&told), "the user does not see it: {preview}");
    assert_eq!(preview.changed(), [""; 0]);

    for operation in [Stack::refresh, Stack::destroy] {
        let failed = operation(&stack).failed();
        let messages = failed.messages_as_they_are();
        assert!(messages.contains(&told), "{failed}");
        let kept = format!("is not on the tenant {}, and this stack was last on", host(&other));
        assert!(messages.contains(&kept), "{failed}");
        assert_eq!(resources(&stack), before, "{failed}");
    }

    lead(&mut stack, &own);
    let (back, requests) = own.during(|| stack.up().succeeded());
    assert_eq!((back.changed().len(), back.messages().as_str()), (0, ""), "{back}");
    assert!(requests.is_empty(), "{requests:?}");
}

#[test]
fn an_update_there_fails_by_the_tenants_name() {
    let (own, other) = (Tenant::start(), Tenant::start());
    let mut stack = Stack::yaml(&own, PROGRAM);
    stack.up().succeeded();

    lead(&mut stack, &other);
    stack.edit("name: One", "name: Changed");
    let up = stack.up().failed();

    let told = format!("on the tenant {}; if that is the stack's tenant", host(&other));
    assert!(up.messages_as_they_are().contains(&told), "{up}");
}

#[test]
fn one_that_the_state_does_not_know_is_doubted_where_nothing_is_found() {
    for operation in [Stack::refresh, Stack::destroy] {
        let (own, other) = (Tenant::start(), Tenant::start());
        let mut stack = Stack::yaml(&own, PROGRAM);
        stack.up().succeeded();
        forget_the_domain(&stack);

        lead(&mut stack, &other);
        let report = operation(&stack).succeeded();

        let found = report.messages_as_they_are();
        let doubts = format!("and none was found on the tenant {}: {DOUBT}", host(&other));
        assert!(found.contains(&doubts), "{report}");
        assert!(report.text.contains(DOUBT), "the user does not see it: {report}");
    }
}

#[test]
fn what_was_deleted_elsewhere_is_named_with_its_tenant_and_raises_no_doubt() {
    let tenant = Tenant::start();
    let stack = Stack::yaml(&tenant, PROGRAM);
    let one = stack.up().succeeded().output("one").to_owned();
    tenant.delete(&format!("clients/{one}"));

    let refresh = stack.refresh().succeeded();

    let told = format!("warning: one: Client {one} is not on the tenant {}", host(&tenant));
    assert!(refresh.messages_as_they_are().contains(&told), "{refresh}");
    assert!(!refresh.text.contains(DOUBT), "{refresh}");
    assert_eq!(stack.up().succeeded().changed(), ["create one"]);
}

#[test]
fn a_state_without_a_domain_learns_it_without_a_change() {
    let tenant = Tenant::start();
    let stack = Stack::yaml(&tenant, PROGRAM);
    stack.up().succeeded();
    forget_the_domain(&stack);
    assert_eq!(provider(&stack)["inputs"].get("domain"), None);

    let flags = ["up", "--yes", "--expect-no-changes"];
    let (up, requests) = tenant.during(|| stack.operate(&flags).succeeded());

    assert_eq!((up.changed().len(), up.messages().as_str()), (0, ""), "{up}");
    assert!(requests.is_empty(), "{requests:?}");
    let inputs = &provider(&stack)["inputs"];
    assert_eq!(
        (&inputs["domain"], &inputs["__defaults"]),
        (&tenant.url().into(), &json!(["domain"]))
    );
    // The domain that the state knows will do for what runs no program.
    let mut stack = stack;
    stack.set_env("AUTH0_DOMAIN", None);
    assert_eq!(stack.destroy().succeeded().messages(), "");
}

#[test]
fn another_domain_of_an_explicit_provider_is_told_too() {
    let (own, other) = (Tenant::start(), Tenant::start());
    let program = |tenant: &Tenant| {
        format!(
            "resources:\n  auth0:\n    type: pulumi:providers:auth0\n    properties:\n      domain: {}\n  \
             one:\n    type: auth0:Client\n    properties:\n      name: One\n    options:\n      provider: \
             ${{auth0}}\n",
            tenant.url()
        )
    };
    let stack = Stack::yaml(&own, &program(&own));
    stack.up().succeeded();
    assert_eq!(stack.preview().succeeded().messages(), "");

    stack.write_yaml(&program(&other));
    let preview = stack.preview().succeeded();

    let told = format!("warning: auth0: this stack was last on the tenant {}", host(&own));
    assert!(preview.messages_as_they_are().contains(&told), "{preview}");
}

/// Leads the stack's provider to a tenant.
fn lead(stack: &mut Stack, tenant: &Tenant) {
    for (name, value) in tenant.environment() {
        stack.set_env(name, Some(value));
    }
}

fn host(tenant: &Tenant) -> &str {
    tenant.url().trim_start_matches("http://")
}

/// The resources of the state that are not the engine's own, by name and id.
fn resources(stack: &Stack) -> Vec<(Value, Value)> {
    let state = stack.state().into_iter().filter(|one| one["custom"] == true);
    let own = state.filter(|one| one["type"] != PROVIDER);
    own.map(|one| (one["urn"].clone(), one["id"].clone())).collect()
}

fn provider(stack: &Stack) -> Value {
    let found = stack.state().into_iter().find(|one| one["type"] == PROVIDER);
    found.expect("the state has a provider")
}

/// Makes of the state what the published provider would have written, as far as the tenant goes.
fn forget_the_domain(stack: &Stack) {
    let text = stack.pulumi(&["stack", "export", "--stack", "dev"]);
    let mut state: Value = serde_json::from_str(&text).expect("the state to be JSON");
    let resources = state["deployment"]["resources"].as_array_mut().expect("resources");
    for provider in resources.iter_mut().filter(|one| one["type"] == PROVIDER) {
        for values in ["inputs", "outputs"] {
            let values = provider[values].as_object_mut().expect("an object");
            assert!(values.remove("domain").is_some() && values.remove("__defaults").is_some());
        }
    }
    let file = stack.path().join("edited.json");
    std::fs::write(&file, state.to_string()).expect("to write");
    let file = file.to_str().expect("a plain path");
    stack.pulumi(&["stack", "import", "--stack", "dev", "--file", file]);
}
