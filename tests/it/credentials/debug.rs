//! What `debug` and the plugin's own log show of a life with each kind of credentials.

use std::fs::{self, File};
use std::process::Command;

use auth0_local_tenant::{Entry, Options, Running, Tenant};
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::testing::{Check, Client, Create, Delete, Read, Update, urn};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use super::keys::key;

/// What every secret that the program gives begins with.
const CANARY: &str = "Canary7";

/// A way for the provider to prove who it is.
struct Kind {
    name: &'static str,
    /// Configuration, in which secrets are found by the tenant.
    config: fn(&Running) -> Vec<(&'static str, String)>,
}

const KINDS: [Kind; 4] = [
    Kind { name: "a token", config: |tenant| vec![("apiToken", tenant.token().into())] },
    Kind {
        name: "a secret",
        config: |tenant| {
            vec![
                ("clientId", tenant.client_id().into()),
                ("clientSecret", tenant.client_secret().into()),
            ]
        },
    },
    Kind {
        name: "a key",
        config: |tenant| {
            vec![
                ("clientId", keyed(tenant)),
                ("clientAssertionPrivateKey", key(0).private.clone()),
                ("clientAssertionSigningAlg", "RS256".into()),
            ]
        },
    },
    Kind { name: "the CLI", config: |_| vec![("cliLogin", "true".into())] },
];

fn ask(tenant: &Running, path: &str, body: Option<Json>) -> Json {
    let url = format!("{}/api/v2/{path}", tenant.base_url());
    let bearer = format!("Bearer {}", tenant.token());
    let answer = match body {
        Some(body) => ureq::post(&url).header("authorization", bearer).send_json(body),
        None => ureq::get(&url).header("authorization", bearer).call(),
    };
    answer.expect("the tenant takes it").body_mut().read_json().expect("it answers in JSON")
}

/// The id of a client that has the key.
fn keyed(tenant: &Running) -> String {
    let credential = json!({"credential_type": "public_key", "pem": key(0).public});
    let methods = json!({"private_key_jwt": {"credentials": [credential]}});
    let client = json!({"name": "keyed", "client_authentication_methods": methods,
        "grant_types": ["client_credentials"]});
    let client = ask(tenant, "clients", Some(client));
    let id = client["client_id"].as_str().expect("an id").to_owned();
    let scopes = ["create", "read", "update", "delete"].map(|verb| format!("{verb}:clients"));
    let scopes = Vec::from_iter(scopes.into_iter().chain(["read:client_keys".to_owned()]));
    let audience = format!("{}/api/v2/", tenant.base_url());
    let grant = json!({"client_id": id, "audience": audience, "scope": scopes});
    ask(tenant, "client-grants", Some(grant));
    id
}

/// The life of a client with a secret in a block; its id.
async fn live(engine: &Client) -> String {
    let urn = || urn("auth0:index/client:Client", "mine");
    let inputs = async |password: &str, olds: Object| {
        let addons = Object::from([(
            "sapApi".to_owned(),
            Object::from([
                ("clientId".to_owned(), "sap".into()),
                ("servicePassword".to_owned(), Value::from(password)),
            ])
            .into(),
        )]);
        let news = [("name", "App".into()), ("addons", addons.into())];
        let news = news.map(|(name, value): (&str, Value)| (name.to_owned(), value)).into();
        let check = Check { urn: urn(), news, olds, seed: vec![7; 32], ..Check::default() };
        let checked = engine.check(check).await.expect("Check answers");
        assert!(checked.failures.is_empty(), "{:?}", checked.failures);
        checked.inputs
    };
    let first = inputs(&format!("{CANARY}a"), Object::new()).await;
    let create = Create { urn: urn(), inputs: first.clone(), ..Create::default() };
    let created = engine.create(create).await.expect("the tenant takes it");
    let id = created.id;
    let old = Known { inputs: first.clone(), outputs: created.outputs };
    let news = inputs(&format!("{CANARY}b"), first).await;
    let update =
        Update { urn: urn(), id: id.clone(), old, news: news.clone(), ..Update::default() };
    let outputs = engine.update(update).await.expect("the tenant takes it");
    let known = Known { inputs: news, outputs };
    let read = Read { urn: urn(), id: id.clone(), known: Some(known), ..Read::default() };
    engine.read(read).await.expect("the tenant has it");
    id
}

/// A request in the words of `debug`, without the time it took.
fn told(entry: &Entry) -> String {
    let status = entry.status.expect("it was answered");
    format!("{} {}: answered {status} after ", entry.method, entry.path)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_told_and_nothing_that_is_secret() {
    for Kind { name, config } in KINDS {
        let tenant = Tenant::start(Options::default()).expect("the tenant starts");
        let folder = TempDir::new().expect("a temporary folder");
        let cli = folder.path().join(".config/auth0");
        fs::create_dir_all(&cli).expect("to write");
        let domain = tenant.base_url().trim_start_matches("http://");
        let login = json!({"tenants": {domain: {"access_token": tenant.token()}}});
        fs::write(cli.join("config.json"), login.to_string()).expect("to write");
        let log = folder.path().join("stderr");
        let mut command = Command::new(tests::plugin());
        command.env("RUST_LOG", "trace").env("HOME", folder.path());
        command.stderr(File::create(&log).expect("to write"));
        let engine = Client::spawn(command).await.expect("its first line is its port");
        let mut settings =
            vec![("domain", tenant.base_url().to_owned()), ("debug", "true".to_owned())];
        settings.extend(config(&tenant));
        let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
        engine.configure(settings.collect()).await.expect("it is whole");
        tenant.clear_requests();

        let id = live(&engine).await;
        let client = ask(&tenant, &format!("clients/{id}"), None);
        let mut requests = tenant.requests();
        requests.pop().expect("that was ours");
        let urn = urn("auth0:index/client:Client", "mine");
        let delete = Delete { urn, id, ..Delete::default() };
        engine.delete(delete).await.expect("it can be deleted");

        // They are delivered in order, and the last request is the delete.
        let mut messages: Vec<String> = Vec::new();
        while !messages.last().is_some_and(|text| text.starts_with("DELETE ")) {
            messages.push(engine.next_message().await.expect("the delete is told").text);
        }
        for request in &requests {
            let told = told(request);
            assert!(
                messages.iter().any(|text| text.starts_with(&told)),
                "{name}: {told}: {messages:#?}"
            );
        }
        let about_tokens = messages.iter().any(|text| text.starts_with("POST /oauth/token: "));
        assert_eq!(about_tokens, ["a secret", "a key"].contains(&name), "{messages:#?}");

        engine.shut_down().await.expect("it can be interrupted");
        let shown = messages.join("\n") + &fs::read_to_string(&log).expect("a log");
        let certificate = client["signing_keys"][0]["cert"].as_str().expect("a certificate");
        let secrets = [
            tenant.token(),
            tenant.client_secret(),
            client["client_secret"].as_str().expect("a secret"),
            certificate.lines().nth(1).expect("more than one line"),
            CANARY,
            // Every JWT, access tokens and assertions, begins so.
            "eyJ",
            "Bearer",
        ];
        for secret in secrets {
            assert!(!shown.contains(secret), "{name}: {secret}: {shown}");
        }
        assert!(!key(0).is_in(&shown), "{name}: {shown}");
    }
}
