//! `pulumi do`: the functions and lists as the real command line shows them.

use std::process::Output;

use serde_json::{Value, json};
use tests::{Tenant, pulumi_do};

#[test]
fn a_list_goes_on_over_pages_and_is_cut_at_a_count() {
    let tenant = Tenant::with_api();
    let ids: Vec<Value> = (0..120)
        .map(|n| tenant.post("clients", &json!({"name": format!("app {n}")}))["client_id"].clone())
        .collect();
    let list = |flags: &[&str]| {
        let mut arguments = vec!["auth0:index/client:Client", "list"];
        arguments.extend(flags);
        answer(pulumi_do(&tenant, &arguments))
    };
    let listed = |answer: Value| answer.as_array().expect("a list").len();

    let all = list(&["--all"]);
    let found: Vec<&Value> = all.as_array().into_iter().flatten().map(|r| &r["id"]).collect();
    assert!(ids.iter().all(|id| found.contains(&id)), "{all}");
    assert_eq!(listed(list(&[])), 100, "one page");
    assert_eq!(listed(list(&["--count", "3"])), 3);
    assert_eq!(listed(list(&["--count", "110"])), 110);
}

#[test]
fn grants_are_listed_by_their_client() {
    let tenant = Tenant::with_api();
    let client = tenant.post("clients", &json!({"name": "app"}))["client_id"].clone();
    let id = client.as_str().expect("an id");
    let grant = tenant.post(
        "client-grants",
        &json!({"client_id": id, "audience": Tenant::API, "scope": ["read:data"]}),
    );
    let list = ["auth0:index/clientGrant:ClientGrant", "list", "--client-id", id];
    assert_eq!(
        answer(pulumi_do(&tenant, &list)),
        json!([{"id": grant["id"], "name": format!("{id} -> {}", Tenant::API)}])
    );
}

#[test]
fn a_function_answers_and_hides_what_is_secret() {
    let tenant = Tenant::start();
    let client = tenant.post("clients", &json!({"name": "app", "app_type": "spa"}));
    let found = answer(pulumi_do(&tenant, &["auth0:index/getClient:getClient", "--name", "app"]));
    assert_eq!(found["clientId"], client["client_id"]);
    assert_eq!(found["appType"], "spa");
    assert_eq!(found["clientSecret"], "[secret]");
}

fn answer(output: Output) -> Value {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stdout}{stderr}");
    serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"))
}
