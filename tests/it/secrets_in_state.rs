//! What is secret stays so on its way through the engine: in the state, in what is shown, in the plugin's own log.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tests::{Report, Stack, Tenant};

/// Where Pulumi marks a secret in the state and on the wire.
const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
/// What stands under the signature of a secret, and of no other value.
const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";
/// What every secret of these tests begins with, the token apart.
const CANARY: &str = "canary-";

/// A client with a secret at every depth, under a provider whose token is written out (TOKEN).
const PROGRAM: &str = "resources:
  mine:
    type: pulumi:providers:auth0
    properties:
      domain: DOMAIN
      apiToken: TOKEN
  app:
    type: auth0:Client
    properties:
      name: App
      description:
        fn::secret: canary-text
      callbacks:
        - https://plain.example.com
        - fn::secret: https://canary-item.example.com
      clientMetadata:
        plain: shown
        hidden:
          fn::secret: canary-entry
      mobile:
        ios:
          teamId: TEAM
          appBundleIdentifier:
            fn::secret: canary-field
      addons:
        sapApi:
          clientId: sap
          servicePassword: canary-by-schema
    options:
      provider: ${mine}
outputs:
  app: ${app.clientId}
  description: ${app.description}
  callbacks: ${app.callbacks}
";

#[test]
fn a_token_of_an_explicit_provider_is_stored_encrypted_and_its_mark_alone_is_no_change() {
    let tenant = Tenant::start();
    let plain = Tenant::OWNER.to_owned();
    let marked = format!("{{ 'fn::secret': {} }}", Tenant::OWNER);
    for (first, then) in [(&plain, &marked), (&marked, &plain)] {
        let stack = stack(&tenant, first);
        stack.up().succeeded();
        assert_no_secret(&tenant, &exported(&stack), first);
        let provider = provider(&stack);
        for part in ["inputs", "outputs"] {
            assert_eq!(
                provider[part]["apiToken"]["plaintext"],
                json!(format!("{plain:?}")),
                "{part}"
            );
        }

        for token in [first, then] {
            stack.write_yaml(&program(&tenant, token));
            let (up, requests) = tenant.during(|| stack.up().succeeded());
            assert_eq!(up.changed(), [""; 0], "{token}: {up}");
            assert_eq!(up.changes.keys().collect::<Vec<_>>(), ["same"], "{token}: {up}");
            assert!(requests.is_empty(), "{token}: {requests:?}");
            assert_no_secret(&tenant, &exported(&stack), token);
        }
        stack.destroy().succeeded();
    }
}

/// The published SDK marks no key of the provider as secret: the plugin's answer does.
#[test]
fn a_token_that_a_program_of_the_published_sdk_writes_out_is_stored_encrypted() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::seed(&tenant);
    for variable in ["AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET"] {
        stack.set_env(variable, None);
    }
    stack.set_env("AUTH0_API_TOKEN", Some(Tenant::OWNER));
    let made = "ai_client = auth0.Client(";
    let (url, token) = (tenant.url(), Tenant::OWNER);
    let provider = format!("auth0.Provider(\"mine\", domain=\"{url}\", api_token=\"{token}\")");
    stack.edit(made, &format!("{provider}\n{made}"));
    stack.up().succeeded();

    assert_no_secret(&tenant, &exported(&stack), "the state");
    let state = stack.state();
    let mine = |resource: &&Value| resource["urn"].as_str().is_some_and(|u| u.ends_with("::mine"));
    let mine = state.iter().find(mine).expect("the provider");
    for part in ["inputs", "outputs"] {
        let stored = &mine[part]["apiToken"]["plaintext"];
        assert_eq!(stored, &json!(format!("{token:?}")), "{part}");
    }
    let (up, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(up.changes.keys().collect::<Vec<_>>(), ["same"], "{up}");
    assert!(requests.is_empty(), "{requests:?}");
}

#[test]
fn a_secret_is_stored_encrypted_at_every_depth_whatever_the_operation() {
    let tenant = Tenant::start();
    let stack = stack(&tenant, Tenant::OWNER);
    let up = stack.up().succeeded();
    assert_no_secret(&tenant, &exported(&stack), "create");
    for output in ["description", "callbacks"] {
        assert_eq!(
            up.outputs[output][SIGNATURE].as_str().map(str::len),
            Some(32),
            "{output}: {up}"
        );
    }

    stack.refresh().succeeded();
    assert_no_secret(&tenant, &exported(&stack), "refresh");
    stack.write_yaml(&program(&tenant, Tenant::OWNER).replace("name: App", "name: Renamed"));
    assert_eq!(stack.up().succeeded().step("app").diffs, ["name"]);
    assert_no_secret(&tenant, &exported(&stack), "update");

    let state = stack.state();
    let client = of_type(&state, "auth0:index/client:Client");
    for part in ["inputs", "outputs"] {
        let values = &client[part];
        let ios = &values["mobile"]["ios"];
        assert_eq!(values["description"]["plaintext"], "\"canary-text\"", "{part}");
        assert_eq!(values["clientMetadata"]["hidden"]["plaintext"], "\"canary-entry\"", "{part}");
        assert_eq!(values["clientMetadata"]["plain"], "shown", "{part}");
        assert_eq!(ios["appBundleIdentifier"]["plaintext"], "\"canary-field\"", "{part}");
        assert_eq!(ios["teamId"], "TEAM", "{part}");
        let password = &values["addons"]["sapApi"]["servicePassword"];
        assert_eq!(password["plaintext"], "\"canary-by-schema\"", "{part}");
        assert!(values["callbacks"].to_string().contains(SIGNATURE), "{part}");
    }
}

#[test]
fn what_leaves_a_block_that_stays_is_stored_encrypted_while_the_tenant_keeps_it() {
    let tenant = Tenant::start();
    let alg = "        alg: { 'fn::secret': RS512 }\n";
    let block = format!("name: App\n      jwtConfiguration:\n        lifetimeInSeconds: 60\n{alg}");
    let mut stack = stack(&tenant, Tenant::OWNER);
    stack.edit("name: App\n", &block);
    let client = format!("clients/{}", stack.up().succeeded().output("app"));
    stack.edit(alg, "");
    stack.edit("lifetimeInSeconds: 60", "lifetimeInSeconds: 90");

    let up = stack.up().succeeded();

    assert_eq!(up.step("app").diffs, ["jwtConfiguration.lifetimeInSeconds"], "{up}");
    assert_eq!(tenant.get(&client)["jwt_configuration"]["alg"], "RS512");
    for when in ["update", "refresh"] {
        let state = stack.state();
        let block = &of_type(&state, "auth0:index/client:Client")["outputs"]["jwtConfiguration"];
        assert_eq!(block["alg"]["plaintext"], "\"RS512\"", "{when}: {block}");
        assert_eq!(block["lifetimeInSeconds"], 90, "{when}: what is given plainly is plain");
        stack.refresh().succeeded();
    }
}

#[test]
fn of_the_environment_a_state_holds_the_domain_alone() {
    let tenant = Tenant::with_api();
    let stack = Stack::seed(&tenant);
    let app = stack.up().succeeded().output("client_id").to_owned();
    stack.refresh().succeeded();
    let state = stack.pulumi(&["stack", "export", "--stack", "dev", "--show-secrets"]);
    for (name, value) in tenant.environment() {
        let is_there = state.contains(value.as_str());
        assert_eq!(is_there, name == "AUTH0_DOMAIN", "{name} is in the state: {is_there}; {state}");
    }
    let made = tenant.get(&format!("clients/{app}"));
    let secret = made["client_secret"].as_str().expect("the tenant shows it");
    assert!(!state.contains(secret), "the secret of the client is in the state: {state}");
}

#[test]
fn neither_what_is_shown_nor_what_the_plugin_logs_holds_a_secret() {
    let tenant = Tenant::start();
    let mut stack = stack(&tenant, Tenant::OWNER);
    let plugin = Plugin::start(&stack);
    stack.set_env("PULUMI_DEBUG_PROVIDERS", Some(&format!("auth0:{}", plugin.port)));
    let up = ["up", "--yes", "--diff", "--debug"];
    let edited = |old, new| stack.write_yaml(&program(&tenant, Tenant::OWNER).replace(old, new));

    let mut reports = vec![stack.operate(&up).succeeded()];
    // Every secret changes.
    edited("canary-", "canary-new-");
    reports.push(stack.operate(&["preview", "--diff", "--debug"]).succeeded());
    reports.push(stack.operate(&up).succeeded());
    reports.push(stack.operate(&["refresh", "--yes", "--diff", "--debug"]).succeeded());
    // Mistakes: one that Check finds, one that the API finds, a token that is not the tenant's.
    edited("name: App", "name: App\n      appType: { 'fn::secret': canary-mistake }");
    reports.push(told(stack.operate(&up), "appType: "));
    edited("https://canary-item.example.com", "canary-no-address");
    reports.push(told(stack.operate(&up), "Auth0 answered 400"));
    stack.write_yaml(&program(&tenant, "canary-token").replace("name: App", "name: Renamed"));
    reports.push(told(stack.operate(&up), "Auth0 answered 401"));
    edited("name: App", "name: Renamed");
    reports.push(stack.operate(&up).succeeded());
    reports.push(stack.operate(&["destroy", "--yes", "--debug"]).succeeded());

    for report in &reports {
        // The engine shows the answers that the program gave and the plugin's messages, of every level.
        assert_shows_no_secret(&tenant, report);
    }
    // Only the plugin that was started here has been told to debug.
    let answered = "POST /api/v2/clients: answered 201";
    let debugged =
        |report: &Report| report.diagnostics.iter().any(|told| told.message.contains(answered));
    assert!(reports.iter().any(debugged), "the engine did not attach: {}", reports[0]);
    assert_no_secret(&tenant, &plugin.log(), "the plugin's log");
}

#[test]
fn answers_of_the_plugin_hold_secrets_under_their_mark_only() {
    let tenant = Tenant::start();
    let stack = stack(&tenant, Tenant::OWNER);
    let mut calls = Vec::new();
    for arguments in [&["up", "--yes"][..], &["refresh", "--yes"], &["destroy", "--yes"]] {
        let operation = stack.start(arguments);
        calls.push(operation.ended());
    }
    let mut answers = 0;
    for line in calls.iter().flat_map(|calls| calls.lines()) {
        let call: Value = serde_json::from_str(line).expect("a call is JSON");
        let is_ours = call["method"].as_str().is_some_and(|m| m.contains("ResourceProvider/"));
        if is_ours {
            answers += usize::from(call["response"].is_object());
            assert_marked(&tenant, &call["response"], &call["method"]);
            assert_marked(&tenant, &call["errors"], &call["method"]);
        }
    }
    assert!(answers > 10, "{answers}");
}

#[test]
fn a_null_that_an_old_state_holds_as_a_secret_is_no_change_and_no_obstacle() {
    let tenant = Tenant::start();
    let stack = stack(&tenant, Tenant::OWNER);
    stack.up().succeeded();
    let state = stack.pulumi(&["stack", "export", "--stack", "dev", "--show-secrets"]);
    let mut state: Value = serde_json::from_str(&state).expect("the state is JSON");
    let resources = state["deployment"]["resources"].as_array_mut().expect("resources");
    let client = resources.iter_mut().find(|r| r["type"] == "auth0:index/client:Client");
    let outputs = &mut client.expect("the client")["outputs"];
    let null = json!({ SIGNATURE: SECRET, "plaintext": "null" });
    for name in ["encryptionKey", "formTemplate", "signingKeys", "webOrigins"] {
        outputs[name] = null.clone();
    }
    let file = stack.path().join("export.json");
    fs::write(&file, state.to_string()).expect("to write");
    let file = file.to_str().expect("a path in UTF-8");
    stack.pulumi(&["stack", "import", "--stack", "dev", "--file", file]);

    let (up, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(up.changed(), [""; 0], "{up}");
    assert!(requests.is_empty(), "{requests:?}");
    stack.write_yaml(&program(&tenant, Tenant::OWNER).replace("name: App", "name: Renamed"));
    assert_eq!(stack.up().succeeded().changed(), ["update app"]);
    stack.refresh().succeeded();
    stack.destroy().succeeded();
}

/// A plugin that an engine attaches to, so that what it logs can be read: the engine shows none of it.
struct Plugin {
    process: Child,
    port: String,
    log: PathBuf,
}

impl Plugin {
    fn start(stack: &Stack) -> Self {
        let log = stack.path().join("plugin.log");
        let stderr = File::create(&log).expect("a file to write");
        let mut command = Command::new(tests::plugin());
        command.env("RUST_LOG", "trace").env("AUTH0_DEBUG", "true");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr);
        let mut process = command.spawn().expect("the plugin to start");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("piped above");
        BufReader::new(stdout).read_line(&mut line).expect("a line to read");
        Self { process, port: line.trim().to_owned(), log }
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).expect("a log")
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        // Failing means that it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A stack of the program, whose provider has nothing from the environment.
fn stack(tenant: &Tenant, token: &str) -> Stack {
    let mut stack = Stack::yaml(tenant, &program(tenant, token));
    for (name, _) in tenant.environment() {
        stack.set_env(name, None);
    }
    stack
}

fn program(tenant: &Tenant, token: &str) -> String {
    PROGRAM.replace("DOMAIN", tenant.url()).replace("TOKEN", token)
}

/// The state as it lies in the backend.
fn exported(stack: &Stack) -> String {
    stack.pulumi(&["stack", "export", "--stack", "dev"])
}

fn provider(stack: &Stack) -> Value {
    of_type(&stack.state(), "pulumi:providers:auth0").clone()
}

fn of_type<'a>(resources: &'a [Value], token: &str) -> &'a Value {
    let mut found = resources.iter().filter(|resource| resource["type"] == token);
    found.next().unwrap_or_else(|| panic!("no {token}: {resources:#?}"))
}

#[track_caller]
fn assert_no_secret(tenant: &Tenant, text: &str, place: &str) {
    for secret in secrets(tenant) {
        assert!(!text.contains(&secret), "{secret} is in {place}:\n{text}");
    }
}

/// The messages and the text of the operation, without the program, which the engine quotes nowhere.
#[track_caller]
fn assert_shows_no_secret(tenant: &Tenant, report: &Report) {
    assert_no_secret(tenant, &report.text, "what is printed");
    for diagnostic in &report.diagnostics {
        assert_no_secret(tenant, &diagnostic.message, "a message");
    }
}

/// The report of an operation that failed, and said why.
#[track_caller]
fn told(report: Report, why: &str) -> Report {
    let report = report.failed();
    assert!(report.messages().contains(why), "no {why:?} in {}", report.messages());
    report
}

/// Fails where a secret stands outside of a mark.
#[track_caller]
fn assert_marked(tenant: &Tenant, value: &Value, method: &Value) {
    match value {
        Value::Object(object) if object.get(SIGNATURE).is_some_and(|kind| kind == SECRET) => {}
        Value::Object(object) => object.values().for_each(|v| assert_marked(tenant, v, method)),
        Value::Array(items) => items.iter().for_each(|v| assert_marked(tenant, v, method)),
        Value::String(text) => assert_no_secret(tenant, text, &method.to_string()),
        _ => {}
    }
}

/// What must not be read anywhere: the canaries, the token, and the secrets that the tenant gave its clients.
fn secrets(tenant: &Tenant) -> Vec<String> {
    let clients = tenant.get("clients");
    let given =
        clients.as_array().into_iter().flatten().filter_map(|c| c["client_secret"].as_str());
    let ours = [CANARY, Tenant::OWNER].map(str::to_owned);
    given.map(str::to_owned).chain(ours).collect()
}
