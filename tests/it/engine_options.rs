//! What the engine offers beside a plain `up`, with this provider.

use std::fs;

use serde_json::{Value, json};
use tests::{Stack, Tenant};

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: App
      appType: non_interactive
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: ${app.clientId}
      audience: https://myapi.example.com/
      scopes: [read:data]
outputs:
  app: ${app.clientId}
";

const UP: [&str; 3] = ["up", "--skip-preview", "--yes"];
const APP: &str = "urn:pulumi:dev::it::auth0:index/client:Client::app";
const GRANT: &str = "urn:pulumi:dev::it::auth0:index/clientGrant:ClientGrant::grant";
/// A type that is not here.
const HOOK: &str = "auth0:index/hook:Hook";

#[test]
fn a_target_alone_is_updated() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let app = stack.up().succeeded().output("app").to_owned();
    stack.edit("name: App", "name: Renamed");
    stack.edit("[read:data]", "[write:data]");

    let up = stack.operate(&[&UP[..], &["--target", GRANT]].concat()).succeeded();

    assert_eq!(up.changed(), ["update grant"], "{up}");
    assert_eq!(tenant.get(&format!("clients/{app}"))["name"], "App");
    assert_eq!(stack.up().succeeded().changed(), ["update app"]);
}

#[test]
fn drift_is_found_and_put_back_by_one_up_with_refresh() {
    for flags in [&["--refresh"][..], &["--refresh", "--run-program"]] {
        let tenant = Tenant::with_api();
        let stack = Stack::yaml(&tenant, PROGRAM);
        let client = format!("clients/{}", stack.up().succeeded().output("app"));
        tenant.patch(&client, &json!({ "name": "Renamed in the dashboard" }));

        let up = stack.operate(&[&UP[..], flags].concat()).succeeded();

        assert_eq!(up.changes.get("update"), Some(&1), "{flags:?}: {up}");
        assert_eq!(tenant.get(&client)["name"], "App", "{flags:?}");
        let (again, requests) =
            tenant.during(|| stack.operate(&[&UP[..], flags].concat()).succeeded());
        assert_eq!(again.changes.get("update"), None, "{flags:?}: {again}");
        assert!(requests.iter().all(|request| !request.writes()), "{flags:?}: {requests:?}");
    }
}

#[test]
fn what_was_deleted_is_made_again_by_one_up_with_refresh() {
    for flags in [&["--refresh"][..], &["--refresh", "--run-program"]] {
        let tenant = Tenant::with_api();
        let stack = Stack::yaml(&tenant, PROGRAM);
        let app = stack.up().succeeded().output("app").to_owned();
        tenant.delete(&format!("clients/{app}"));

        let up = stack.operate(&[&UP[..], flags].concat()).succeeded();

        assert_ne!(up.output("app"), app, "{flags:?}: {up}");
        tenant.get(&format!("clients/{}", up.output("app")));
        assert_eq!(stack.up().succeeded().changed(), [""; 0], "{flags:?}");
    }
}

#[test]
fn what_is_protected_is_not_deleted() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.edit("outputs:", "    options:\n      protect: true\noutputs:");
    stack.up().succeeded();

    let (destroy, requests) = tenant.during(|| stack.destroy().failed());
    assert!(destroy.messages().contains("protect"), "{destroy}");
    assert!(requests.is_empty(), "{requests:?}");

    stack.pulumi(&["state", "unprotect", "--yes", "--stack", "dev", GRANT]);
    stack.destroy().succeeded();
    assert_eq!(stack.state().len(), 0);
}

#[test]
fn an_alias_makes_a_new_name_no_change() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.up().succeeded();
    stack.edit("  grant:\n    type", "  renamed:\n    type");
    stack.edit("outputs:", "    options:\n      aliases: [{ name: grant }]\noutputs:");

    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(up.changed(), [""; 0], "{up}");
    assert!(requests.is_empty(), "{requests:?}");
}

#[test]
fn the_option_import_takes_in_what_is_there() {
    let tenant = Tenant::with_api();
    let origin = Stack::yaml(&tenant, PROGRAM);
    let app = origin.up().succeeded().output("app").to_owned();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.edit("  grant:", &format!("    options:\n      import: {app}\n  grant:"));
    let grants = tenant.get(&format!("client-grants?client_id={app}"));
    let grant = grants[0]["id"].as_str().expect("an id");
    stack.edit("outputs:", &format!("    options:\n      import: {grant}\noutputs:"));

    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(up.changed(), ["import app", "import grant"], "{up}");
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
    stack.write_yaml(PROGRAM);
    let (after, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(after.changed(), [""; 0], "{after}");
    assert!(requests.is_empty(), "{requests:?}");
}

#[test]
fn two_explicit_providers_make_each_its_own_on_its_own_tenant() {
    let tenants = [Tenant::start(), Tenant::start()];
    let mut stack = Stack::yaml(&tenants[0], "");
    for variable in ["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"] {
        stack.set_env(variable, None);
    }
    let resources = tenants.iter().enumerate().map(|(n, tenant)| {
        let (id, secret) =
            tenant.make_credentials(&["create:clients", "read:clients", "delete:clients"]);
        let url = tenant.url();
        format!(
            "  p{n}:
    type: pulumi:providers:auth0
    properties:
      domain: {url}
      clientId: {id}
      clientSecret: {{ fn::secret: {secret} }}
  app{n}:
    type: auth0:Client
    properties:
      name: App of {n}
    options:
      provider: ${{p{n}}}
"
        )
    });
    stack.write_yaml(&format!("resources:\n{}", resources.collect::<String>()));

    stack.preview().succeeded();
    stack.up().succeeded();
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
    let refresh = stack.refresh().succeeded();
    assert_eq!(refresh.changes.keys().collect::<Vec<_>>(), ["same"], "{refresh}");

    for (n, tenant) in tenants.iter().enumerate() {
        assert_eq!(names(tenant, "App of "), [format!("App of {n}")]);
    }
    stack.destroy().succeeded();
    for tenant in &tenants {
        assert_eq!(names(tenant, "App of "), [""; 0]);
    }
}

#[test]
fn a_provider_that_is_not_known_yet_is_no_obstacle_to_a_preview() {
    let tenant = Tenant::with_api();
    let program = PROGRAM.replace(
        "outputs:",
        "  later:
    type: pulumi:providers:auth0
    properties:
      clientId: ${app.clientId}
      clientSecret: any
  other:
    type: auth0:Client
    properties:
      name: Other
    options:
      provider: ${later}
outputs:",
    );
    let stack = Stack::yaml(&tenant, &program);
    let preview = stack.preview().succeeded();
    assert_eq!(preview.messages(), "");
    assert_eq!(preview.step("other").op, "create");
}

#[test]
fn a_resource_that_moves_to_an_explicit_provider_of_its_tenant_is_no_change() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, PROGRAM);
    stack.up().succeeded();
    let url = tenant.url();
    let provider = format!(
        "  mine:
    type: pulumi:providers:auth0
    properties:
      domain: {url}
outputs:"
    );
    let moved = PROGRAM
        .replace("  grant:", "    options:\n      provider: ${mine}\n  grant:")
        .replace("outputs:", &format!("    options:\n      provider: ${{mine}}\n{provider}"));
    stack.write_yaml(&moved);

    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert!(up.steps.iter().all(|step| !step.op.contains("replace")), "{up}");
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
}

#[test]
fn another_stack_refers_to_what_this_one_made() {
    let tenant = Tenant::with_api();
    let maker = Stack::yaml(&tenant, PROGRAM);
    let app = maker.up().succeeded().output("app").to_owned();
    let mut user = Stack::yaml(&tenant, "");
    let backend = format!("file://{}", maker.path().join("state").display());
    user.set_env("PULUMI_BACKEND_URL", Some(&backend));
    let api = "https://other.example.com/";
    tenant.make_api(api);
    let program = format!(
        "name: user
runtime: yaml
resources:
  maker:
    type: pulumi:pulumi:StackReference
    properties:
      name: organization/it/dev
  other:
    type: auth0:ClientGrant
    properties:
      clientId: ${{maker.outputs[\"app\"]}}
      audience: {api}
      scopes: [read:data]
outputs:
  grant: ${{other.id}}
"
    );
    fs::write(user.path().join("Pulumi.yaml"), program).expect("to write");
    user.pulumi(&["stack", "init", "dev", "--non-interactive"]);

    user.preview().succeeded();
    let up = user.up().succeeded();

    let grant = tenant.get(&format!("client-grants/{}", up.output("grant")));
    assert_eq!((&grant["client_id"], &grant["audience"]), (&app.into(), &api.into()));
    assert_eq!(user.up().succeeded().changed(), [""; 0]);
}

#[test]
fn a_type_that_is_not_here_is_named_with_what_to_do() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::seed(&tenant);
    stack.edit(
        "ai_client = auth0.Client(",
        "auth0.Hook(\"editor\", script=\"\", trigger_id=\"credentials-exchange\")\nai_client = auth0.Client(",
    );

    let (preview, requests) = tenant.during(|| stack.preview().failed());

    assert_is_told_of(HOOK, &preview.messages());
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
}

#[test]
fn a_function_that_is_not_here_is_named_with_what_to_do() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::seed(&tenant);
    // No package has it, so that it stays one that is not here.
    let invoke = "pulumi.runtime.invoke('auth0:index/getNothing:getNothing', {})";
    stack.edit("ai_client = auth0.Client(", &format!("{invoke}\nai_client = auth0.Client("));
    let (preview, requests) = tenant.during(|| stack.preview().failed());
    assert_is_told_of("auth0:index/getNothing:getNothing", &preview.to_string());
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");

    // Pulumi's YAML looks into the schema first, and does not ask.
    let invoke = "variables: { t: { 'fn::invoke': { function: auth0:getNothing } } }";
    let preview = Stack::yaml(&tenant, &format!("{invoke}\n{PROGRAM}")).preview().failed();
    let told = "unable to find function \"auth0:getNothing\" in resource provider \"auth0\"";
    assert!(preview.to_string().contains(told), "{preview}");
}

#[test]
fn a_state_with_a_type_that_is_not_here_keeps_it() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, PROGRAM);
    stack.up().succeeded();
    let state = stack.pulumi(&["stack", "export", "--stack", "dev", "--show-secrets"]);
    let mut state: Value = serde_json::from_str(&state).expect("the state is JSON");
    let resources = state["deployment"]["resources"].as_array_mut().expect("resources");
    let client = resources.iter().find(|resource| resource["urn"] == APP).expect("the client");
    let mut hook = client.clone();
    hook["urn"] = "urn:pulumi:dev::it::auth0:index/hook:Hook::editor".into();
    hook["type"] = HOOK.into();
    hook["id"] = "hook_1".into();
    hook["inputs"] = json!({ "name": "Editor", "__defaults": [] });
    hook["outputs"] = json!({ "id": "hook_1", "name": "Editor" });
    resources.push(hook);
    let file = stack.path().join("export.json");
    fs::write(&file, state.to_string()).expect("to write");
    let file = file.to_str().expect("a path in UTF-8");
    stack.pulumi(&["stack", "import", "--stack", "dev", "--file", file]);

    assert_is_told_of(HOOK, &stack.refresh().failed().messages());
    assert_is_told_of(HOOK, &stack.destroy().failed().messages());

    let has_hook = |resource: &Value| resource["id"] == "hook_1";
    assert!(stack.state().iter().any(has_hook), "{:#?}", stack.state());
}

#[track_caller]
fn assert_is_told_of(token: &str, messages: &str) {
    let told = format!("{token} is not in this native auth0 provider");
    for part in [&*told, "keep the published auth0 plugin for the stacks that use it"] {
        assert!(messages.contains(part), "{part}: {messages}");
    }
}

/// The names of the tenant's clients that begin so.
fn names(tenant: &Tenant, start: &str) -> Vec<String> {
    let clients = tenant.get("clients");
    let names = clients.as_array().into_iter().flatten().filter_map(|c| c["name"].as_str());
    names.filter(|name| name.starts_with(start)).map(str::to_owned).collect()
}
