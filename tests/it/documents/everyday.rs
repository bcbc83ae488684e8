//! docs/everyday.md.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::{Value, json};
use tests::{Said, Shell, Stack, Tenant, plugin};

use super::Run;
use super::page::Section;

pub const RUNS: &[(&str, Run)] = &[
    ("A client's secret", secret),
    ("A property that leaves the program", leaving),
    ("Drift", drift),
    ("What is on the tenant already", imports),
    ("Two tenants", two_tenants),
    ("A rate limit that you share", rate_limit),
];

/// The last line of the seed program, behind which a user goes on.
const LAST: &str = "pulumi.export(\"client_grant_id\", ai_client_grant.id)\n";

/// The seed program with more at its end.
fn seed_with(tenant: &Tenant, program: &str) -> Stack {
    let mut stack = Stack::seed(tenant);
    stack.edit(LAST, &format!("{LAST}\n{program}"));
    stack
}

fn run(stack: &Stack, shell: &Shell, commands: &str) -> Said {
    shell.run(commands, stack.path()).succeeded()
}

fn secret(section: &Section) {
    let seed: Value = serde_json::from_str(include_str!("../../../examples/demo-seed.json"))
        .expect("the seed is JSON");
    // Of a tenant that speaks HTTPS, the domain is written as that of a real one.
    let tenant = Tenant::with_options(&seed, &["--tls"]);
    let stack = seed_with(&tenant, section.only("python"));
    stack.up().succeeded();
    let [show, token] = section.of("sh")[..] else { panic!("other commands") };
    let mut shell = stack.shell();
    // They go before the authority of the tenant.
    shell.set("CURL_CA_BUNDLE", None);
    shell.set("SSL_CERT_DIR", None);
    let shown = run(&stack, &shell, show).out;
    let without = run(&stack, &shell, &show.replace(" --show-secrets", "")).out;
    assert_eq!(without.trim(), "[secret]");
    let saved = stack.saved().to_string();
    assert!(shown.trim().len() > 30 && !saved.contains(shown.trim()), "{shown}");
    let answer = run(&stack, &shell, token).out;
    let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|e| panic!("{e}: {answer}"));
    assert_eq!(answer["scope"], "read:data write:data");
}

const APP: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: App
      appType: regular_web
      initiateLoginUri: https://app.example.com/login
      callbacks: ['https://app.example.com/', 'http://localhost:3000/']
";

fn leaving(section: &Section) {
    let tenant = Tenant::start();
    let stack = Stack::yaml(&tenant, APP);
    let id = stack.up().succeeded();
    assert_eq!(id.changed(), ["create app"]);
    stack.write_yaml(&APP.replace("      initiateLoginUri: https://app.example.com/login\n", ""));
    let said = run(&stack, &stack.shell(), &section.of("sh").concat());
    assert!(said.out.contains("- initiateLoginUri"), "{}", said.out);
    let clients = tenant.get("clients");
    let app = clients.as_array().into_iter().flatten().find(|client| client["name"] == "App");
    let uri = &app.expect("it is there")["initiate_login_uri"];
    assert!(uri.is_null() || uri == "", "{uri}");
}

fn drift(section: &Section) {
    let tenant = Tenant::start();
    let stack = Stack::yaml(&tenant, APP);
    stack.up().succeeded();
    let state = stack.state();
    let app = state.iter().find(|resource| resource["type"] == "auth0:index/client:Client");
    let id = app.and_then(|app| app["id"].as_str()).expect("it was made").to_owned();
    let [look, repair] = section.of("sh")[..] else { panic!("other commands") };
    let (mut shell, confirming) = (stack.shell(), stack.shell());
    // The engine takes it for a contradiction that a preview alone is confirmed.
    shell.set("PULUMI_SKIP_CONFIRMATIONS", None);
    let (client_id, secret) = tenant.make_credentials(&["read:clients", "read:client_grants"]);
    shell.set("AUTH0_CLIENT_ID", Some(&client_id));
    shell.set("AUTH0_CLIENT_SECRET", Some(&secret));

    run(&stack, &shell, look);
    for (set, program) in [
        (json!({"name": "Somebody's"}), "App"),
        (
            json!({"initiate_login_uri": "https://evil.example.com/"}),
            "https://app.example.com/login",
        ),
        (json!({"web_origins": ["https://evil.example.com"]}), ""),
    ] {
        tenant.patch(&format!("clients/{id}"), &set);
        let before = stack.saved();
        shell.run(look, stack.path()).failed();
        assert_eq!(stack.saved()["resources"], before["resources"], "a look changes nothing");
        run(&stack, &confirming, repair);
        let (member, _) = set.as_object().and_then(|set| set.iter().next()).expect("one member");
        let now = tenant.get(&format!("clients/{id}"))[member].clone();
        let is_empty = now.as_array().is_none_or(Vec::is_empty);
        assert!(is_empty && now.as_str().unwrap_or_default() == program, "{member}: {now}");
        run(&stack, &shell, look);
    }
}

fn imports(section: &Section) {
    let seed = json!({
        "resource_servers": [{"identifier": "https://api/", "scopes": [{"value": "one"}]}],
        "clients": [
            {"name": "first", "client_id": "first-id", "client_secret": "only-for-tests"},
            {"name": "second", "client_id": "second-id", "client_secret": "only-for-tests"},
        ],
        "client_grants": [{"client_id": "second-id", "audience": "https://api/", "scope": ["one"]}]
    });
    let tenant = Tenant::seeded(&seed, &[]);
    let stack = Stack::yaml(&tenant, "");
    let [one, many] = section.of("sh")[..] else { panic!("other commands") };
    let shell = stack.shell();

    let said = run(&stack, &shell, &one.replace("CLIENT_ID", "first-id"));
    assert!(said.out.contains("my-app:"), "{}", said.out);

    let folder = stack.path().join("plugins");
    fs::create_dir(&folder).expect("to write");
    symlink(plugin().parent().expect("a folder"), folder.join("auth0")).expect("to link");
    // The first has been taken in; and one of them is the provider's own.
    let cut =
        "jq 'map(select(.id == \"second-id\"))' found.json >cut.json; mv cut.json found.json\n";
    let many = many.replace("jq '{", &format!("{cut}jq '{{"));
    run(&stack, &shell, &many);
    let written = fs::read_to_string(stack.path().join("imported.txt")).expect("the program");
    assert!(written.contains("second"), "{written}");
    let ids: Vec<Value> = stack.state().iter().map(|resource| resource["id"].clone()).collect();
    assert!(ids.contains(&"first-id".into()) && ids.contains(&"second-id".into()), "{ids:?}");
}

fn two_tenants(section: &Section) {
    let (tenant, other) = (Tenant::with_api(), Tenant::start());
    let stack = seed_with(&tenant, section.only("python"));
    let [domain, id, secret] = other.environment() else { panic!("three settings") };
    let commands = section.only("sh").replace("other-tenant.eu.auth0.com", &domain.1);
    let commands = commands.replace("CLIENT_ID", &id.1);
    stack.shell().run_with(&commands, stack.path(), &secret.1).succeeded();
    stack.up().succeeded();
    let names = |tenant: &Tenant| tenant.get("clients?fields=name").to_string();
    assert!(names(&other).contains("\"App\"") && !names(&other).contains("My AI Client App"));
    assert!(!names(&tenant).contains("\"App\"") && names(&tenant).contains("My AI Client App"));
}

fn rate_limit(section: &Section) {
    let tenant = Tenant::with_api();
    let provider = section.only("python");
    let clients = "for n in range(12):
    auth0.Client(f\"app-{n}\", opts=pulumi.ResourceOptions(provider=gentle))
";
    // The last of twelve waits two seconds, which is told.
    let waits = |stack: &Stack| {
        let up = stack.up().succeeded();
        let told = "since `auth0:maxRequestsPerSecond` is 5";
        assert!(up.text.contains(told), "{}", up.text);
        stack.destroy().succeeded();
    };
    waits(&seed_with(&tenant, &format!("{provider}\n{clients}")));

    let of_default = clients.replace(", opts=pulumi.ResourceOptions(provider=gentle)", "");
    let stack = seed_with(&tenant, &of_default);
    run(&stack, &stack.shell(), section.only("sh"));
    waits(&stack);

    let plain = format!("gentle = auth0.Provider(\"gentle\")\n{clients}");
    let mut stack = seed_with(&tenant, &plain);
    stack.set_env("AUTH0_MAX_REQUESTS_PER_SECOND", Some("5"));
    waits(&stack);
}
