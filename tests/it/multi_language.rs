//! examples/multi-language: a stack in Python makes the client, one in TypeScript its grant, by a reference to the
//! first one's stack. One plugin answers both SDKs, which are of two versions.

use serde_json::json;
use tests::{Stack, Tenant};

use crate::languages::{PYTHON, TYPESCRIPT, assert_our_plugin_asked, version_asked_for};

const CLIENT: &str = "multi-language/client";
const GRANT: &str = "multi-language/grant";

#[test]
fn the_grant_is_for_the_client_of_the_other_stack() {
    let tenant = Tenant::with_api();
    let client = Stack::example(&tenant, CLIENT);
    let grant = client.beside(GRANT);

    let client_id = client.up().succeeded().output("client_id").to_owned();
    let up = grant.up().succeeded();

    assert_eq!(up.changed(), ["create grant"]);
    let made = tenant.get(&format!("client-grants/{}", up.output("client_grant_id")));
    assert_eq!(made["client_id"], client_id);
    assert_eq!(made["audience"], Tenant::API);
    assert_eq!(made["scope"], json!(["read:data", "write:data"]));
    let versions = [&client, &grant].map(version_asked_for);
    assert_eq!(versions, [PYTHON.sdk, TYPESCRIPT.sdk]);
    assert_our_plugin_asked(&tenant);

    for stack in [&client, &grant] {
        let (again, requests) = tenant.during(|| stack.up().succeeded());
        assert_eq!(again.changed(), [""; 0]);
        assert!(requests.is_empty(), "nothing changed, yet {requests:?}");
    }
}

#[test]
fn a_client_made_anew_gets_a_grant_of_its_own() {
    let tenant = Tenant::with_api();
    let client = Stack::example(&tenant, CLIENT);
    let grant = client.beside(GRANT);
    let old_client = client.up().succeeded().output("client_id").to_owned();
    let old_grant = grant.up().succeeded().output("client_grant_id").to_owned();

    tenant.delete(&format!("clients/{old_client}"));
    client.refresh().succeeded();
    let new_client = client.up().succeeded().output("client_id").to_owned();
    let up = grant.up().succeeded();

    assert_ne!(new_client, old_client);
    assert_eq!(up.changes.get("replace"), Some(&1), "{up}");
    let new_grant = up.output("client_grant_id");
    assert_ne!(new_grant, old_grant);
    assert_eq!(tenant.get(&format!("client-grants/{new_grant}"))["client_id"], new_client);
}

#[test]
fn both_are_destroyed_one_after_the_other() {
    let tenant = Tenant::with_api();
    let client = Stack::example(&tenant, CLIENT);
    let grant = client.beside(GRANT);
    let client_id = client.up().succeeded().output("client_id").to_owned();
    let grant_id = grant.up().succeeded().output("client_grant_id").to_owned();

    assert_eq!(grant.destroy().succeeded().changed(), ["delete grant"]);
    assert_eq!(tenant.find(&format!("client-grants/{grant_id}")), None);
    tenant.get(&format!("clients/{client_id}"));

    assert_eq!(client.destroy().succeeded().changed(), ["delete client"]);
    assert_eq!(tenant.find(&format!("clients/{client_id}")), None);
}
