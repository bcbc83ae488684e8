//! List against a tenant: what it finds can be imported.

use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::provider::{Found, Page};
use pulumi_rs_sdk::testing::{List, Listed, Read, urn};
use pulumi_rs_sdk::value::Object;
use serde_json::{Value as Json, json};

use super::subject::{Subject, object};

const CLIENT: &str = "auth0:index/client:Client";
const GRANT: &str = "auth0:index/clientGrant:ClientGrant";
const API: &str = "https://api.example.com/";

fn seed() -> Json {
    let clients =
        (0..150).map(|n| json!({"name": format!("app {n}"), "client_id": format!("a{n}")}));
    let clients: Vec<Json> = clients.collect();
    let grants = ["a0", "a1"].map(|id| json!({"client_id": id, "audience": API, "scope": ["one"]}));
    json!({
        "resource_servers": [{"identifier": API, "scopes": [{"value": "one"}]}],
        "clients": clients,
        "client_grants": grants,
        "roles": [{"name": "one"}, {"name": "two"}]
    })
}

impl Subject {
    async fn page(&self, list: List) -> Page {
        match self.engine.list(list).await.expect("it lists") {
            Listed::Page(page) => page,
            Listed::Computed => panic!("everything is known"),
        }
    }

    async fn all(&self, token: &str, query: Object) -> Vec<Found> {
        let mut found = Vec::new();
        let mut from = String::new();
        loop {
            let (token, query) = (token.to_owned(), query.clone());
            let page = self.page(List { token, query, from, ..List::default() }).await;
            found.extend(page.found);
            match page.next {
                Some(next) => from = next,
                None => return found,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_as_small_as_is_asked_and_as_large_as_the_api_makes_them() {
    struct Case {
        limit: i64,
        page_size: i64,
        found: usize,
        more: bool,
        take: &'static str,
    }
    let cases = [
        Case { limit: 0, page_size: 0, found: 100, more: true, take: "100" },
        Case { limit: 0, page_size: 500, found: 100, more: true, take: "100" },
        Case { limit: 0, page_size: 7, found: 7, more: true, take: "7" },
        Case { limit: 5, page_size: 7, found: 5, more: false, take: "5" },
        Case { limit: 120, page_size: 0, found: 100, more: true, take: "100" },
    ];
    let subject = Subject::start(seed()).await;
    for Case { limit, page_size, found, more, take } in cases {
        let list = List { token: CLIENT.into(), limit, page_size, ..List::default() };
        let page = subject.page(list).await;
        let seen = (page.found.len(), page.next.is_some());
        assert_eq!(seen, (found, more), "limit {limit}, pages of {page_size}");
        assert_eq!(subject.requests(), [format!("/api/v2/clients?take={take}")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_resource_that_has_a_list_is_listed_to_the_end_and_can_be_read() {
    const SEEDED: [&str; 3] = ["Client", "ClientGrant", "Role"];
    let subject = Subject::start(seed()).await;
    for resource in PACKAGE.resource_tables().filter(|table| table.listed_by.is_some()) {
        let token = PACKAGE.resource_token(resource);
        let found = subject.all(&token, Object::new()).await;
        assert!(!SEEDED.contains(&resource.name) || !found.is_empty(), "{token}");
        let mut ids: Vec<&str> = found.iter().map(|found| &*found.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), found.len(), "{token}: each is there once");
        for Found { id, name } in found.into_iter().take(3) {
            let read = Read { urn: urn(&token, &name), id: id.clone(), ..Read::default() };
            let read = subject.engine.read(read).await.expect("it reads");
            assert_eq!(read.map(|state| state.id), Some(id), "{token} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn applications_are_listed_by_name_and_grants_by_what_they_are_for() {
    let subject = Subject::start(seed()).await;
    let clients = subject.all(CLIENT, Object::new()).await;
    assert_eq!(clients.len(), 151, "those of the seed and the provider's own");
    let first = Found { id: "a0".into(), name: "app 0".into() };
    assert!(clients.contains(&first), "{:?}", clients.first());

    let grants = subject.all(GRANT, object([("clientId", "a1".into())])).await;
    let names: Vec<&str> = grants.iter().map(|grant| &*grant.name).collect();
    assert_eq!(names, [format!("a1 -> {API}")]);
    let grants = subject.all(GRANT, object([("audience", API.into())])).await;
    assert_eq!(grants.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_a_page_that_the_tenant_never_gave_is_an_error() {
    let subject = Subject::start(seed()).await;
    let list = List { token: CLIENT.into(), from: "elsewhere".into(), ..List::default() };
    let failure = subject.engine.list(list).await.expect_err("there is no such page");
    assert_eq!(failure.code, "InvalidArgument");
    assert!(failure.message.contains("GET /api/v2/clients"), "{failure}");
}
