//! Reads that come together cost a few pages of their collection, and little more than singly where pages do not pay; and
//! they stay true to what the process itself writes, to limits, and to a user who stops them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use auth0_local_tenant::{Entry, FaultRule, Options, Running, Tenant};
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_resource_auth0::resources::{CLIENT, CLIENT_GRANT};
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::state::stripped;
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::testing::{Client, Delete, Read, Update, urn};
use serde_json::{Value as Json, json};
use tests::Stack;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::engine;

const API: &str = "https://api.example.com/";
/// How many reads the engine keeps in flight: by default, on a larger machine, and with `--parallel 64`.
const AT_ONCE: [usize; 3] = [8, 16, 64];

/// A resource, its id, and what the state holds of it.
type Stored = (&'static Resource, String, Known);

/// A stack's resources on a tenant, as its state holds them, and the engine that refreshes them.
struct Subject {
    tenant: Running,
    engine: Arc<Client>,
    stack: Vec<Stored>,
}

/// A tenant with `foreign` clients and then `ours`, each with a grant.
fn seed(foreign: usize, ours: usize) -> Json {
    let client = |id: String| json!({"name": id, "client_id": id});
    let foreign = (0..foreign).map(|n| client(format!("foreign{n}")));
    let clients: Vec<_> = foreign.chain((0..ours).map(|n| client(format!("our{n}")))).collect();
    let grants = (0..ours)
        .map(|n| json!({"client_id": format!("our{n}"), "audience": API, "scope": ["one"]}));
    json!({
        "resource_servers": [{"identifier": API, "scopes": [{"value": "one"}, {"value": "two"}]}],
        "clients": clients,
        "client_grants": grants.collect::<Vec<_>>()
    })
}

impl Subject {
    /// A stack of `ours` clients on a tenant of `foreign` more, each with a grant.
    async fn start(foreign: usize, ours: usize, faults: &[&str]) -> Self {
        let seed = serde_json::from_value(seed(foreign, ours)).expect("the seed is one");
        let faults: Vec<FaultRule> =
            faults.iter().map(|rule| rule.parse().expect("a rule")).collect();
        let options = Options { seed, faults, ..Options::default() };
        let tenant = Tenant::start(options).expect("the tenant starts");
        let grants = grants(&tenant);
        tenant.clear_requests();
        let importer = engine::configured(engine::of(&tenant)).await;
        let mut stack = Vec::new();
        for n in 0..ours {
            let id = format!("our{n}");
            let known = read(&importer, &CLIENT, &id, None).await.expect("it is there");
            stack.push((&CLIENT, id, known));
        }
        for id in grants {
            let known = read(&importer, &CLIENT_GRANT, &id, None).await.expect("it is there");
            stack.push((&CLIENT_GRANT, id, known));
        }
        // Each was imported.
        let pages = tenant.requests().into_iter().filter(is_page).count();
        assert_eq!(pages, 0, "an import asks for the object alone");
        tenant.clear_requests();
        let engine = Arc::new(engine::configured(engine::of(&tenant)).await);
        Subject { tenant, engine, stack }
    }

    /// The stack without its grants.
    fn of_clients(mut self) -> Self {
        self.stack.retain(|(resource, ..)| resource.name == "Client");
        self
    }

    /// Refreshes the stack, so many reads at once; the ids that are gone.
    async fn refresh(&self, at_once: usize) -> Vec<String> {
        self.refresh_part(&self.stack, at_once).await
    }

    /// The same of a part; what is there must be as the state has it. Inputs differ from those of an import by what
    /// says which were filled in.
    async fn refresh_part(&self, part: &[Stored], at_once: usize) -> Vec<String> {
        let slots = Arc::new(Semaphore::new(at_once));
        let mut reads = JoinSet::new();
        for (resource, id, known) in part.iter().cloned() {
            let (engine, slots) = (self.engine.clone(), slots.clone());
            reads.spawn(async move {
                let _slot = slots.acquire().await.expect("never closed");
                let found = read(&engine, resource, &id, Some(known.clone())).await;
                if let Some(found) = &found {
                    assert_eq!(found.outputs, known.outputs, "{id}");
                    assert_eq!(stripped(&found.inputs), stripped(&known.inputs), "{id}");
                }
                found.is_none().then_some(id)
            });
        }
        let mut gone: Vec<String> = reads.join_all().await.into_iter().flatten().collect();
        gone.sort_unstable();
        gone
    }

    /// The requests since the last call, but for those to the token endpoint.
    fn requests(&self) -> Vec<Entry> {
        let requests = self.tenant.requests();
        self.tenant.clear_requests();
        requests.into_iter().filter(|request| request.path != "/oauth/token").collect()
    }
}

/// The ids of the grants that the seed names, as somebody else sees them.
fn grants(tenant: &Running) -> Vec<String> {
    let mut ids = Vec::new();
    let mut from = String::new();
    loop {
        let base = tenant.base_url();
        let url = format!("{base}/api/v2/client-grants?take=100&audience={API}{from}");
        let bearer = format!("Bearer {}", tenant.token());
        let answer = ureq::get(&url).header("authorization", bearer).call();
        let page: Json =
            answer.expect("a page").body_mut().read_json().expect("it answers in JSON");
        let found = page["client_grants"].as_array().into_iter().flatten();
        ids.extend(found.filter_map(|grant| grant["id"].as_str().map(str::to_owned)));
        match page["next"].as_str() {
            Some(next) => from = format!("&from={next}"),
            None => return ids,
        }
    }
}

async fn read(
    engine: &Client,
    resource: &Resource,
    id: &str,
    known: Option<Known>,
) -> Option<Known> {
    let urn = urn(&PACKAGE.resource_token(resource), id);
    let read = Read { urn, id: id.to_owned(), known, ..Read::default() };
    let state = engine.read(read).await.unwrap_or_else(|failure| panic!("{id}: {failure}"))?;
    Some(Known { inputs: state.inputs, outputs: state.outputs })
}

fn is_page(request: &Entry) -> bool {
    request.path == "/api/v2/clients" || request.path == "/api/v2/client-grants"
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_clients_and_their_grants_are_refreshed_in_under_ten_requests() {
    let mut subject = Subject::start(0, 200, &[]).await;
    assert_eq!(subject.stack.len(), 400);
    for at_once in AT_ONCE {
        subject.engine = Arc::new(engine::configured(engine::of(&subject.tenant)).await);
        assert_eq!(subject.refresh(at_once).await, [""; 0]);
        let requests = subject.requests();
        assert!(requests.len() < 10, "{at_once} at once: {requests:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_of_many_thousands_cost_a_few_requests_more_than_singly() {
    let mut subject = Subject::start(50_000, 10, &[]).await;
    for at_once in AT_ONCE {
        subject.engine = Arc::new(engine::configured(engine::of(&subject.tenant)).await);
        let begun = Instant::now();
        assert_eq!(subject.refresh(at_once).await, [""; 0]);
        let requests = subject.requests();
        let pages = requests.iter().filter(|request| is_page(request)).count();
        assert!(pages <= 4, "{at_once} at once: {pages} pages");
        assert!(requests.len() <= subject.stack.len() + 4, "{at_once} at once: {requests:#?}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_had_leaves_single_reads_and_is_let_be() {
    struct Case {
        answer: &'static str,
        pages: usize,
    }
    let cases = [
        Case { answer: "status:403", pages: 1 },
        Case { answer: "status:400", pages: 1 },
        Case { answer: "status:404", pages: 1 },
        Case { answer: "status:429:reset=1", pages: 2 },
        Case { answer: "status:500", pages: 2 },
        Case { answer: "html", pages: 2 },
        Case { answer: "empty", pages: 2 },
        Case { answer: "truncate", pages: 2 },
        Case { answer: "reset", pages: 2 },
    ];
    for Case { answer, pages } in cases {
        let fault = format!("GET /api/v2/clients => {answer}");
        let subject = Subject::start(0, 40, &[&fault]).await.of_clients();
        for (round, pages) in [("first", pages), ("again", 0)] {
            assert_eq!(subject.refresh(8).await, [""; 0], "{answer}, {round}");
            let requests = subject.requests();
            let asked = requests.iter().filter(|request| is_page(request)).count();
            assert_eq!(asked, pages, "{answer}, {round}: {requests:#?}");
            assert_eq!(requests.len() - asked, 40, "{answer}, {round}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_api_says_of_the_object_itself_is_gone_or_changed() {
    let subject = Subject::start(0, 30, &[]).await;
    let bearer = format!("Bearer {}", subject.tenant.token());
    let url = |id: &str| format!("{}/api/v2/clients/{id}", subject.tenant.base_url());
    let deleted = ureq::delete(url("our7")).header("authorization", &bearer).call();
    deleted.expect("it can be deleted");
    let renamed = json!({"name": "renamed"});
    let patched = ureq::patch(url("our9")).header("authorization", &bearer).send_json(renamed);
    patched.expect("it can be changed");
    subject.tenant.clear_requests();

    let mut reads = JoinSet::new();
    for (resource, id, known) in subject.stack.clone() {
        let engine = subject.engine.clone();
        reads.spawn(async move { (read(&engine, resource, &id, Some(known)).await, id) });
    }
    let found = reads.join_all().await;
    let of = |id: &str| found.iter().find(|(_, read)| read == id).map(|(state, _)| state);
    assert!(of("our7").expect("it was read").is_none());
    let changed = of("our9").expect("it was read").as_ref().expect("it is there");
    assert_eq!(changed.outputs["name"], "renamed".into());
    let gone = found.iter().filter(|(state, _)| state.is_none()).count();
    assert_eq!(gone, 2, "the client, and the grant that went with it");
    let requests = subject.requests();
    for id in ["our7", "our9"] {
        let path = format!("/api/v2/clients/{id}");
        assert!(requests.iter().any(|request| request.path == path), "{id}: {requests:#?}");
    }
    assert!(requests.len() < 12, "{requests:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_keeps_the_time_that_the_user_gives_it_also_where_a_page_never_comes() {
    let subject = Subject::start(0, 10, &["GET /api/v2/clients => hang"]).await;
    let begun = Instant::now();
    let mut reads = JoinSet::new();
    for (resource, id, known) in subject.stack.clone() {
        let engine = subject.engine.clone();
        let urn = urn(&PACKAGE.resource_token(resource), &id);
        let timeout = Some(Duration::from_secs(4));
        let read = Read { urn, id, known: Some(known), timeout };
        reads.spawn(async move { engine.read(read).await });
    }
    for read in reads.join_all().await {
        assert!(read.expect("the object itself is answered").is_some());
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_is_limited_for_a_moment_is_waited_for() {
    let limited = "GET /api/v2/clients => status:429:reset=1 x1";
    let subject = Subject::start(0, 30, &[limited]).await.of_clients();
    assert_eq!(subject.refresh(8).await, [""; 0]);
    assert!(subject.requests().len() <= 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_process_wrote_is_not_read_from_an_older_page() {
    let subject = Subject::start(0, 30, &[]).await;
    let (clients, grants) = subject.stack.split_at(30);
    // Pages that show everything are there, and most of it was not read.
    for part in [clients, grants] {
        assert_eq!(subject.refresh_part(&part[..5], 1).await, [""; 0]);
    }

    let urn = |id: &str| urn(&PACKAGE.resource_token(&CLIENT), id);
    let (_, id, known) = clients[10].clone();
    let (mut news, mut old) = (known.inputs.clone(), known.clone());
    news.insert("name".into(), "Renamed".into());
    let update = Update { urn: urn(&id), id: id.clone(), old: known, news, ..Update::default() };
    old.outputs = subject.engine.update(update).await.expect("it is changed");
    let found = read(&subject.engine, &CLIENT, &id, Some(old)).await.expect("it is there");
    assert_eq!(found.outputs["name"].as_str(), Some("Renamed"));

    // With a client, the tenant deletes its grants.
    let (_, id, known) = clients[12].clone();
    let delete = Delete { urn: urn(&id), id: id.clone(), old: known, ..Delete::default() };
    subject.engine.delete(delete).await.expect("it is deleted");
    let its = |(_, _, known): &&Stored| known.outputs["clientId"].as_str() == Some(id.as_str());
    let grant = grants.iter().find(its).expect("its grant");
    let gone = subject.refresh_part(std::slice::from_ref(grant), 1).await;
    assert_eq!(gone, [grant.1.as_str()], "it went with its client");
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_that_wait_for_a_page_end_at_once_when_the_user_stops_the_refresh() {
    let subject = Subject::start(0, 30, &["GET /api/v2/clients => hang"]).await.of_clients();
    let reads = subject.stack.iter().cloned().map(|(resource, id, known)| {
        let urn = urn(&PACKAGE.resource_token(resource), &id);
        subject.engine.read(Read { urn, id, known: Some(known), ..Read::default() })
    });
    let reads = futures_util::future::join_all(reads);
    let stopped = async {
        while !subject.tenant.requests().iter().any(is_page) {
            tokio::task::yield_now().await;
        }
        subject.engine.cancel().await.expect("it is taken");
    };
    let both = async { tokio::join!(reads, stopped) };
    let (reads, ()) = tokio::time::timeout(Duration::from_secs(10), both)
        .await
        .expect("nobody waits for the page any more");
    assert!(reads.iter().any(Result::is_err), "the first may have been answered before");
}

#[test]
fn under_the_real_engine_a_stack_is_refreshed_by_pages_at_any_parallelism() {
    const OURS: usize = 30;
    let tenant = tests::Tenant::with_api();
    let mut program = "resources:\n".to_owned();
    for n in 0..OURS {
        program.push_str(&format!(
            "  app{n}:\n    type: auth0:Client\n    properties:\n      name: App {n}\n  \
             grant{n}:\n    type: auth0:ClientGrant\n    properties:\n      \
             clientId: ${{app{n}.clientId}}\n      audience: {}\n      scopes: [read:data]\n",
            tests::Tenant::API
        ));
    }
    let stack = Stack::yaml(&tenant, &program);
    stack.up().succeeded();
    for parallel in [&[][..], &["--parallel", "64"]] {
        let refresh = [&["refresh", "--skip-preview", "--yes"], parallel].concat();
        let (report, requests) = tenant.during(|| stack.operate(&refresh).succeeded());
        let requests = tenant.without_tokens(requests);
        assert!(requests.len() <= 6, "{parallel:?}: {requests:#?}");
        assert_eq!(report.changes.keys().collect::<Vec<_>>(), ["same"], "{report}");
    }
}
