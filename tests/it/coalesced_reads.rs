//! Reads that are served by pages stay true to what the process itself writes, to limits, and to a user who stops them.
//! What they cost is in `refresh_costs`.

use std::collections::HashMap;

use auth0_local_tenant::{Entry, Options, Running, Tenant};
use futures_util::{StreamExt, stream};
use pulumi_resource_auth0::auth0::{Auth0, PACKAGE};
use pulumi_resource_auth0::resources::{CLIENT, CLIENT_GRANT};
use pulumi_rs_sdk::provider::{Known, ReadState};
use pulumi_rs_sdk::state::strip;
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::testing::{Client, Delete, Read, Update, urn};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};

const API: &str = "https://api.example.com/";

/// A tenant with as many clients and grants of them as asked for, and a stack that has some of both.
struct Large {
    tenant: Running,
    clients: Vec<Stored>,
    grants: Vec<Stored>,
}

#[derive(Clone)]
struct Stored {
    resource: &'static Resource,
    id: String,
    known: Known,
}

impl Large {
    async fn start(clients: usize, grants: usize, of_the_stack: usize) -> Self {
        let names =
            (0..clients).map(|n| json!({ "name": "x", "client_id": format!("client-{n}") }));
        let owned = (0..grants).map(
            |n| json!({ "client_id": format!("client-{n}"), "audience": API, "scope": ["one"] }),
        );
        let seed = json!({
            "resource_servers": [{ "identifier": API, "scopes": [{ "value": "one" }] }],
            "clients": names.collect::<Json>(), "client_grants": owned.collect::<Json>(),
        });
        let seed = serde_json::from_value(seed).expect("the seed is one");
        let tenant = Tenant::start(Options { seed, ..Options::default() });
        let mut large =
            Large { tenant: tenant.expect("the tenant starts"), clients: vec![], grants: vec![] };
        let engine = large.engine().await;
        // Spread over the collection, as a stack's resources are that grew with the others.
        let apart = clients / of_the_stack;
        for n in 0..of_the_stack {
            let id = format!("client-{}", n * apart);
            large.clients.push(import(&engine, &CLIENT, &id).await);
        }
        for id in large.ids_of_grants().into_iter().take(of_the_stack) {
            large.grants.push(import(&engine, &CLIENT_GRANT, &id).await);
        }
        large.tenant.clear_requests();
        large
    }

    /// The provider of another operation, which knows nothing of the one before.
    async fn engine(&self) -> Client {
        let engine = Client::start(Auth0::default()).await.expect("the server starts");
        let config = [
            ("domain", self.tenant.base_url()),
            ("clientId", self.tenant.client_id()),
            ("clientSecret", self.tenant.client_secret()),
        ];
        let config = config.map(|(name, value)| (name.to_owned(), Value::from(value)));
        engine.configure(Object::from(config)).await.expect("the configuration is whole");
        engine
    }

    fn ids_of_grants(&self) -> Vec<String> {
        let mut ids = Vec::new();
        let mut page = 0;
        loop {
            let grants = self.ask("GET", &format!("client-grants?per_page=100&page={page}"), None);
            let grants = grants.as_array().cloned().unwrap_or_default();
            let mine = grants.iter().filter(|grant| grant["audience"] == API);
            ids.extend(mine.filter_map(|grant| grant["id"].as_str()).map(str::to_owned));
            if grants.len() < 100 {
                return ids;
            }
            page += 1;
        }
    }

    fn ask(&self, method: &str, path: &str, body: Option<Json>) -> Json {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/api/v2/{path}", self.tenant.base_url()))
            .header("authorization", format!("Bearer {}", self.tenant.token()))
            .header("content-type", "application/json");
        let agent = ureq::Agent::new_with_defaults();
        let mut answer = match body {
            Some(body) => agent.run(request.body(body.to_string()).expect("valid parts")),
            None => agent.run(request.body(()).expect("valid parts")),
        }
        .expect("the tenant answers");
        answer.body_mut().read_json().unwrap_or_default()
    }

    /// The requests since the last call, without those for tokens.
    fn requests(&self) -> Vec<Entry> {
        let mut requests = self.tenant.requests();
        self.tenant.clear_requests();
        requests.retain(|request| request.path != "/oauth/token");
        requests
    }
}

async fn import(engine: &Client, resource: &'static Resource, id: &str) -> Stored {
    let read = Read { urn: of(resource), id: id.to_owned(), ..Read::default() };
    let read = engine.read(read).await.expect("the tenant answers").expect("it is there");
    let known = Known { inputs: read.inputs, outputs: read.outputs };
    Stored { resource, id: id.to_owned(), known }
}

/// Reads them as a refresh does, so many at once; what was found, by id.
async fn refresh(
    engine: &Client,
    stored: &[Stored],
    at_once: usize,
) -> HashMap<String, Option<ReadState>> {
    let reads = stored.iter().cloned().map(|Stored { resource, id, known }| async move {
        let known = Some(known);
        let read = Read { urn: of(resource), id: id.clone(), known, ..Read::default() };
        (id, engine.read(read).await.expect("the tenant answers"))
    });
    stream::iter(reads).buffer_unordered(at_once).collect().await
}

fn of(resource: &Resource) -> String {
    urn(&PACKAGE.resource_token(resource), "one")
}

/// All is as it was. Inputs differ from those of an import by what says which were filled in.
#[track_caller]
fn assert_settled(stored: &[Stored], found: &HashMap<String, Option<ReadState>>) {
    for Stored { id, known, .. } in stored {
        let found = found[id].as_ref().unwrap_or_else(|| panic!("{id} is said to be gone"));
        assert!(found.outputs == known.outputs, "{id}: {:?}", found.outputs);
        assert!(strip(found.inputs.clone()) == strip(known.inputs.clone()), "{id}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_limited_for_a_moment_is_waited_for() {
    let large = Large::start(30, 0, 30).await;
    let rule = "GET /api/v2/clients => status:429:reset=1 x1";
    large.tenant.add_fault(rule.parse().expect("a rule"));
    let found = refresh(&large.engine().await, &large.clients, 8).await;
    assert_settled(&large.clients, &found);
    assert!(large.requests().len() <= 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_process_wrote_is_not_read_from_an_older_page() {
    let large = Large::start(30, 30, 30).await;
    let engine = large.engine().await;
    // Pages that show everything are there, and most of it was not read.
    let found = refresh(&engine, &large.clients[..5], 1).await;
    assert_settled(&large.clients[..5], &found);
    let found = refresh(&engine, &large.grants[..5], 1).await;
    assert_settled(&large.grants[..5], &found);

    let Stored { id, known, .. } = large.clients[10].clone();
    let mut news = known.inputs.clone();
    news.insert("name".into(), "Renamed".into());
    let update = Update { urn: of(&CLIENT), id: id.clone(), old: known, news, ..Update::default() };
    let outputs = engine.update(update).await.expect("it is changed");
    let mut updated = large.clients[10].clone();
    updated.known.outputs = outputs;
    let found = refresh(&engine, &[updated], 1).await;
    let found = found[&id].as_ref().expect("it is there");
    assert_eq!(found.outputs["name"].as_str(), Some("Renamed"));

    // With a client, the tenant deletes its grants.
    let Stored { id, known, .. } = large.clients[12].clone();
    let delete = Delete { urn: of(&CLIENT), id: id.clone(), old: known, ..Delete::default() };
    engine.delete(delete).await.expect("it is deleted");
    let client_of =
        |stored: &&Stored| stored.known.outputs["clientId"].as_str() == Some(id.as_str());
    let grant = large.grants.iter().find(client_of).expect("its grant").clone();
    let found = refresh(&engine, std::slice::from_ref(&grant), 1).await;
    assert!(found[&grant.id].is_none(), "it went with its client");
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_that_wait_for_a_page_end_at_once_when_the_user_stops_the_refresh() {
    let large = Large::start(30, 0, 30).await;
    large.tenant.add_fault("GET /api/v2/clients => hang".parse().expect("a rule"));
    let engine = large.engine().await;
    let reads = large.clients.iter().cloned().map(|Stored { resource, id, known }| {
        let read = Read { urn: of(resource), id, known: Some(known), ..Read::default() };
        engine.read(read)
    });
    let reads = futures_util::future::join_all(reads);
    let stopped = async {
        let waits = || large.tenant.requests().iter().any(|r| r.path == "/api/v2/clients");
        while !waits() {
            tokio::task::yield_now().await;
        }
        engine.cancel().await.expect("it is taken");
    };
    let soon = std::time::Duration::from_secs(10);
    let (reads, ()) = tokio::time::timeout(soon, async { tokio::join!(reads, stopped) })
        .await
        .expect("nobody waits for the page any more");
    assert!(reads.iter().any(Result::is_err), "the first may have been answered before");
}
