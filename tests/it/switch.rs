//! Stacks of the published provider go on with this one, and what this one writes is what that one wrote.
//!
//! The states are exports of stacks that the published provider made; the objects that they speak of are made on
//! the local tenant with the same settings, and the ids rewritten to theirs.

use std::{collections::BTreeSet, fs};

use serde_json::{Value, json};
use tests::{Report, Stack, Tenant, root};

const CLIENT: &str = "auth0:index/client:Client";
const GRANT: &str = "auth0:index/clientGrant:ClientGrant";
/// Where Pulumi marks a secret.
const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";

/// The exports: of the seed program's stack, and of one whose resources were imported.
const EXPORTS: [&str; 4] = ["seed", "seed-showsecrets", "seed-after-refresh", "import"];

/// The program that `pulumi import` writes for the stack of import.json, its noise included.
const IMPORTED: &str = "resources:
  ai-client:
    type: auth0:Client
    properties:
      appType: non_interactive
      customLoginPageOn: true
      defaultOrganization:
        disable: true
      description: Managed by Pulumi
      grantTypes: [client_credentials]
      isFirstParty: true
      jwtConfiguration:
        lifetimeInSeconds: 36000
      name: Renamed App
      refreshToken:
        expirationType: non-expiring
        idleTokenLifetime: 2592000
        infiniteIdleTokenLifetime: true
        infiniteTokenLifetime: true
        rotationType: non-rotating
        tokenLifetime: 31557600
      skipNonVerifiableCallbackUriConfirmationPrompt: 'null'
    options:
      protect: true
  ai-client-grant:
    type: auth0:ClientGrant
    properties:
      audience: https://other.example.com/
      clientId: ${ai-client.clientId}
      scopes: [read:data, delete:data]
      subjectType: client
    options:
      protect: true
";

/// Blocks that are newer than the exports.
const NEWER: [&str; 3] = [
    "Client outputs.anonymousSessions: nothing is null",
    "Client outputs.b2bIntegrationConfiguration: nothing is null",
    "Client outputs.identityAssertionAuthorizationGrant: nothing is null",
];

/// A stack of the published provider, and the tenant that it is about.
struct Switched {
    tenant: Tenant,
    stack: Stack,
    client: String,
    grant: String,
}

impl Switched {
    /// The stack of an export, changed by `edit` before it is taken in; `None` where the export is not there.
    fn open(name: &str, edit: impl FnOnce(&mut Value)) -> Option<Self> {
        let state = published(name)?;
        let tenant = Tenant::start();
        let (client, grant) = make(&tenant, &state);
        let mut stack = match name {
            "import" => Stack::yaml(&tenant, IMPORTED),
            _ => Stack::seed(&tenant),
        };
        let mut text = state.to_string();
        let ids = [(CLIENT, &client), (GRANT, &grant)];
        for (old, new) in ids.map(|(token, new)| (resource(&state, token)["id"].clone(), new)) {
            text = text.replace(old.as_str().expect("an id"), new);
        }
        // The names that the harness gives to stack and project; the engine refuses others.
        let project = stack.project();
        for (old_stack, old_project) in [("dev", "seed"), ("imp", "imp")] {
            let old = format!("urn:pulumi:{old_stack}::{old_project}::");
            text = text.replace(&old, &format!("urn:pulumi:dev::{project}::"));
            let old = format!("::{old_project}-{old_stack}");
            text = text.replace(&old, &format!("::{project}-dev"));
        }
        let mut state: Value = serde_json::from_str(&text).expect("still JSON");
        edit(&mut state);
        let salt = &state["deployment"]["secrets_providers"]["state"]["salt"];
        fs::write(stack.path().join("Pulumi.dev.yaml"), format!("encryptionsalt: {salt}\n"))
            .expect("to write");
        stack.set_env("PULUMI_CONFIG_PASSPHRASE", Some("x"));
        let file = stack.path().join("export.json");
        fs::write(&file, state.to_string()).expect("to write");
        let file = file.to_str().expect("a path in UTF-8");
        stack.pulumi(&["stack", "import", "--stack", "dev", "--file", file]);
        Some(Self { tenant, stack, client, grant })
    }
}

#[test]
fn an_unchanged_program_is_no_change_and_sends_nothing() {
    for name in EXPORTS {
        let Some(Switched { tenant, stack, .. }) = Switched::open(name, |_| {}) else { return };

        let (preview, requests) = tenant.during(|| stack.preview().succeeded());
        assert_unchanged(name, &preview);
        assert!(requests.is_empty(), "{name}: {requests:?}");

        let (up, requests) = tenant.during(|| stack.up().succeeded());
        assert_unchanged(name, &up);
        assert!(requests.is_empty(), "{name}: {requests:?}");
    }
}

#[test]
fn refresh_finds_no_drift_and_nothing_changes_after_it() {
    for name in EXPORTS {
        let Some(Switched { tenant, stack, .. }) = Switched::open(name, |_| {}) else { return };

        let (refresh, requests) = tenant.during(|| stack.refresh().succeeded());
        assert_eq!(refresh.changes.keys().collect::<Vec<_>>(), ["same"], "{name}: {refresh}");
        assert_eq!(refresh.messages(), "", "{name}");
        assert!(requests.iter().all(|request| !request.writes()), "{name}: {requests:?}");

        let (up, requests) = tenant.during(|| stack.up().succeeded());
        assert_unchanged(name, &up);
        assert!(requests.is_empty(), "{name}: {requests:?}");
    }
}

#[test]
fn an_update_sends_what_changed_keeps_what_pulumi_keeps_and_drops_the_raw_delta() {
    let meta = "{\"schema_version\":\"0\"}";
    for name in EXPORTS {
        let opened = Switched::open(name, |state| {
            *output(state, CLIENT, "__meta") = meta.into();
        });
        let Some(Switched { mut stack, tenant, client, grant }) = opened else { return };

        let second_scope = if name == "import" { ", delete:data" } else { ", \"write:data\"" };
        let old_name = if name == "import" { "Renamed App" } else { "My AI Client App" };
        stack.edit(second_scope, "");
        stack.edit(old_name, "Another App");
        let (up, requests) = tenant.during(|| stack.up().succeeded());

        assert_eq!(up.changed(), ["update ai-client", "update ai-client-grant"], "{name}");
        let sent = tenant.without_tokens(requests).into_iter().map(|r| (r.line(), r.body));
        let expected = [
            (format!("PATCH /api/v2/clients/{client}"), json!({ "name": "Another App" })),
            (format!("PATCH /api/v2/client-grants/{grant}"), json!({ "scope": ["read:data"] })),
        ];
        assert_eq!(sent.collect::<Vec<_>>(), expected, "{name}");
        let state = stack.state();
        for token in [CLIENT, GRANT] {
            let resource = of_type(&state, token);
            assert_eq!(resource["outputs"].get("__pulumi_raw_state_delta"), None, "{name}");
            assert_eq!(resource["inputs"]["__defaults"], json!([]), "{name}");
        }
        assert_eq!(of_type(&state, CLIENT)["outputs"]["__meta"], meta, "{name}");
        assert_unchanged(name, &stack.up().succeeded());
    }
}

#[test]
fn destroy_deletes_what_the_published_provider_made() {
    for name in EXPORTS {
        let opened = Switched::open(name, |_| {});
        let Some(Switched { stack, tenant, client, grant }) = opened else { return };
        if name == "import" {
            stack.pulumi(&["state", "unprotect", "--all", "--yes", "--stack", "dev"]);
        }

        let (_, requests) = tenant.during(|| stack.destroy().succeeded());

        let sent = tenant.without_tokens(requests).into_iter().map(|request| request.line());
        let mut sent: Vec<_> = sent.collect();
        if name == "import" {
            // What was imported depends on nothing, so that the engine deletes both at once.
            sent.sort();
        }
        let expected = [
            format!("DELETE /api/v2/client-grants/{grant}"),
            format!("DELETE /api/v2/clients/{client}"),
        ];
        assert_eq!(sent, expected, "{name}");
        assert_eq!(tenant.find(&format!("clients/{client}")), None, "{name}");
        assert_eq!(stack.state().len(), 0, "{name}");
    }
}

#[test]
fn a_value_that_only_old_outputs_have_is_no_change_until_a_refresh_has_seen_it() {
    let found = json!(["https://dashboard.example.com"]);
    // The published provider shows the deletion of each of these in every preview, and never deletes it.
    let rows = [
        ("webOrigins", "web_origins", found.clone()),
        ("allowedLogoutUrls", "allowed_logout_urls", found.clone()),
        ("initiateLoginUri", "initiate_login_uri", json!("https://dashboard.example.com")),
        ("clientMetadata", "client_metadata", json!({ "owner": "dashboard" })),
    ];
    let opened = Switched::open("seed", |state| {
        for (name, _, value) in &rows {
            *output(state, CLIENT, name) = value.clone();
        }
    });
    let Some(switched) = opened else { return };
    let path = format!("clients/{}", switched.client);
    for (_, wire, value) in &rows {
        switched.tenant.patch(&path, &json!({ (*wire): value }));
    }

    assert_unchanged("preview", &switched.stack.preview().succeeded());
    switched.stack.refresh().succeeded();
    let preview = switched.stack.preview().succeeded();
    assert_eq!(preview.changed(), ["update ai-client"], "{preview}");
    let names = rows.iter().map(|(name, ..)| *name);
    let shown = &preview.step("ai-client").diffs;
    let shown = shown.iter().map(|path| path.split(['.', '[']).next().unwrap_or_default());
    assert_eq!(shown.collect::<BTreeSet<_>>(), names.collect(), "{preview}");
    switched.stack.up().succeeded();

    let client = switched.tenant.get(&path);
    for (name, wire, value) in &rows {
        assert_ne!(&client[wire], value, "{name} on the tenant");
    }
}

#[test]
fn a_create_writes_what_the_published_provider_wrote() {
    let Some(expected) = published("seed-showsecrets") else { return };
    let tenant = Tenant::with_api();
    let stack = Stack::seed(&tenant);
    stack.up().succeeded();
    let otherwise = [
        NEWER[0],
        NEWER[1],
        NEWER[2],
        // Computed since: what was traced of the plugin after these exports holds the empty list.
        "Client outputs.organizationDiscoveryMethods: null is []",
    ];
    assert_same_state(&expected, &stack.state(), &otherwise);
}

#[test]
fn a_refresh_writes_what_the_published_provider_wrote() {
    let Some(expected) = published("seed-after-refresh") else { return };
    let tenant = Tenant::with_api();
    let stack = Stack::seed(&tenant);
    stack.up().succeeded();
    stack.refresh().succeeded();
    // A refresh that finds nothing new leaves the state as the create has written it; theirs makes of null what is empty,
    // and drops the names of defaults.
    let otherwise = [
        "Client inputs.__defaults: nothing is []",
        "Client outputs.allowedClients: [] is null",
        "Client outputs.allowedLogoutUrls: [] is null",
        "Client outputs.allowedOrigins: [] is null",
        NEWER[0],
        "Client outputs.asyncApprovalNotificationChannels: [] is null",
        NEWER[1],
        "Client outputs.clientAliases: [] is null",
        "Client outputs.clientMetadata: {} is null",
        NEWER[2],
        "Client outputs.webOrigins: [] is null",
        "ClientGrant inputs.__defaults: nothing is []",
        "ClientGrant outputs.authorizationDetailsTypes: [] is null",
    ];
    assert_same_state(&expected, &stack.state(), &otherwise);
}

#[test]
fn an_import_writes_what_the_published_provider_wrote() {
    let Some(expected) = published("import") else { return };
    let tenant = Tenant::start();
    let (client, grant) = make(&tenant, &expected);
    let stack = Stack::yaml(&tenant, IMPORTED);
    stack.import(CLIENT, "ai-client", &client).succeeded();
    stack.import(GRANT, "ai-client-grant", &grant).succeeded();
    // An import is short: what Auth0 gives by itself is left out, and a program that has it all the same shows no change.
    let otherwise = [
        "Client inputs.customLoginPageOn: true is nothing",
        "Client inputs.defaultOrganization: {\"__defaults\":[],\"disable\":true} is nothing",
        "Client inputs.isFirstParty: true is nothing",
        "Client inputs.jwtConfiguration: {\"__defaults\":[],\"lifetimeInSeconds\":36000} is nothing",
        "Client inputs.refreshToken: {\"__defaults\":[],\"expirationType\":\"non-expiring\",\
         \"idleTokenLifetime\":true,\"infiniteIdleTokenLifetime\":true,\"infiniteTokenLifetime\":true,\
         \"rotationType\":\"non-rotating\",\"tokenLifetime\":true} is nothing",
        "Client inputs.skipNonVerifiableCallbackUriConfirmationPrompt: \"null\" is nothing",
        NEWER[0],
        NEWER[1],
        NEWER[2],
        "ClientGrant inputs.subjectType: \"client\" is nothing",
    ];
    assert_same_state(&expected, &stack.state(), &otherwise);

    let (up, requests) = tenant.during(|| stack.up().succeeded());
    assert_unchanged("import", &up);
    assert!(requests.is_empty(), "{requests:?}");
}

/// The export, or `None` with a word where it is not there.
fn published(name: &str) -> Option<Value> {
    let path = root().join("../shared/data/published-state").join(name).with_extension("json");
    match fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("an export is JSON")),
        Err(error) => {
            eprintln!("skipped, since there is no {}: {error}", path.display());
            None
        }
    }
}

/// Makes the client and the grant of a state as the state describes them; their ids.
fn make(tenant: &Tenant, state: &Value) -> (String, String) {
    let (client, grant) = (&resource(state, CLIENT)["outputs"], &resource(state, GRANT)["outputs"]);
    let scopes = ["read:data", "write:data", "delete:data"].map(|value| json!({ "value": value }));
    let api = json!({ "identifier": grant["audience"], "name": "API", "scopes": scopes });
    tenant.post("resource-servers", &api);
    let refresh_token = &client["refreshToken"];
    let made = tenant.post(
        "clients",
        &json!({
            "name": client["name"],
            "description": client["description"],
            "app_type": client["appType"],
            "grant_types": client["grantTypes"],
            "token_endpoint_auth_method": "client_secret_post",
            "refresh_token": {
                "expiration_type": refresh_token["expirationType"],
                "idle_token_lifetime": refresh_token["idleTokenLifetime"],
                "infinite_idle_token_lifetime": refresh_token["infiniteIdleTokenLifetime"],
                "infinite_token_lifetime": refresh_token["infiniteTokenLifetime"],
                "leeway": refresh_token["leeway"],
                "rotation_type": refresh_token["rotationType"],
                "token_lifetime": refresh_token["tokenLifetime"],
            },
        }),
    );
    let id = made["client_id"].as_str().expect("an id").to_owned();
    let grant = json!({ "client_id": id, "audience": grant["audience"], "scope": grant["scopes"] });
    let grant = tenant.post("client-grants", &grant);
    (id, grant["id"].as_str().expect("an id").to_owned())
}

#[track_caller]
fn assert_unchanged(name: &str, report: &Report) {
    assert_eq!(report.changed(), [""; 0], "{name}: {report}");
    assert_eq!(report.messages(), "", "{name}");
}

/// Compares inputs and outputs, key by key, but for what differs from tenant to tenant: what is otherwise has to be
/// what the test says.
#[track_caller]
fn assert_same_state(expected: &Value, found: &[Value], otherwise: &[&str]) {
    let mut differences = Vec::new();
    for token in [CLIENT, GRANT] {
        let (expected, found) = (resource(expected, token), of_type(found, token));
        let name = token.rsplit(':').next().unwrap_or_default();
        for part in ["inputs", "outputs"] {
            let (expected, found) = (constant(&expected[part]), constant(&found[part]));
            let keys = |value: &Value| -> BTreeSet<String> {
                value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
            };
            for key in &keys(&expected) | &keys(&found) {
                let (theirs, ours) = (expected.get(&key), found.get(&key));
                if theirs != ours {
                    let text = |value: Option<&Value>| {
                        value.map_or_else(|| "nothing".to_owned(), Value::to_string)
                    };
                    let (theirs, ours) = (text(theirs), text(ours));
                    differences.push(format!("{name} {part}.{key}: {theirs} is {ours}"));
                }
            }
        }
        for part in ["additionalSecretOutputs", "dependencies", "protect"] {
            let is_import = expected.get("propertyDependencies").is_none();
            let count = |value: &Value| value[part].as_array().map_or(0, Vec::len);
            if !is_import && count(expected) != count(found) {
                differences.push(format!("{token} {part}: {} {}", expected[part], found[part]));
            }
        }
    }
    assert_eq!(differences, otherwise);
}

/// What is the same on every tenant: no ids, no keys, no lifetimes that Auth0 has changed since, and no delta, which
/// only the published provider needs.
fn constant(values: &Value) -> Value {
    let mut values = values.clone();
    let Some(object) = values.as_object_mut() else { return values };
    object.remove("__pulumi_raw_state_delta");
    for id in ["id", "clientId"] {
        if let Some(id) = object.get_mut(id) {
            *id = json!(id.as_str().map(|id| (id.len(), id.starts_with("cgr_"))));
        }
    }
    if let Some(keys) = object.get_mut("signingKeys") {
        let text = keys["plaintext"].as_str().unwrap_or_default();
        let plain: Value = serde_json::from_str(text).expect("a plaintext is JSON");
        let has_cert = plain[0]["cert"].is_string();
        *keys = json!({ "is_secret": keys.get(SIGNATURE).is_some(), "has_cert": has_cert });
    }
    for lifetime in ["idleTokenLifetime", "tokenLifetime"] {
        if let Some(seconds) = object.get_mut("refreshToken").and_then(|r| r.get_mut(lifetime)) {
            *seconds = json!(seconds.is_u64());
        }
    }
    values
}

/// The resource of this type in an export.
fn resource<'a>(state: &'a Value, token: &str) -> &'a Value {
    of_type(state["deployment"]["resources"].as_array().expect("resources"), token)
}

fn of_type<'a>(resources: &'a [Value], token: &str) -> &'a Value {
    let mut found = resources.iter().filter(|resource| resource["type"] == token);
    found.next().unwrap_or_else(|| panic!("no {token}: {resources:#?}"))
}

/// An output of the resource of this type in an export.
fn output<'a>(state: &'a mut Value, token: &str, name: &str) -> &'a mut Value {
    let resources = state["deployment"]["resources"].as_array_mut().expect("resources");
    let resource = resources.iter_mut().find(|resource| resource["type"] == token);
    &mut resource.expect("a resource of this type")["outputs"][name]
}
