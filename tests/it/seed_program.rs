//! The program that everything starts from, in each language, through the whole life of its stack.
//!
//! A claim is a function of the language; [`in_language`] makes a test of each.

use std::{fs, path::Path};

use serde_json::json;
use sha2::{Digest, Sha256};
use tests::{Report, Stack, Tenant, root};

use crate::languages::{
    GO, Language, PYTHON, TYPESCRIPT, YAML, assert_our_plugin_asked, version_asked_for,
};

const CLIENT: &str = "auth0:index/client:Client";
const GRANT: &str = "auth0:index/clientGrant:ClientGrant";

#[test]
fn it_is_the_users_file_byte_for_byte() {
    let program = fs::read(root().join("examples/python/__main__.py")).expect("the program");
    let digest: String = Sha256::digest(&program).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(digest, "2da92ac96c676d81b3a3c4b1953c56c59b8518948ddfa5a2f63f5dfd05518b52");

    let original = root().join("../shared/data/seed/__main__.py");
    match fs::read(Path::new(&original)) {
        Ok(original) => assert!(program == original, "it differs from the user's file"),
        Err(error) => eprintln!("not compared with the user's file: {error}"),
    }
}

#[test]
fn import_of_an_id_that_is_not_there_says_what_it_is_and_how_to_list_those_that_are() {
    let tenant = Tenant::with_api();
    let there = tenant.post("clients", &json!({"name": "there"}))["client_id"].clone();
    let stack = Stack::seed(&tenant);
    let import = stack.import(CLIENT, "ai-client", "doesnotexist").failed();
    let told = import.messages();
    let what = "warning: ai-client: no Client on 127.0.0.1:PORT has the ID \"doesnotexist\": it is the \
                `client_id` in answers of GET /api/v2/clients; `pulumi do ";
    assert!(told.contains(what), "{told}");
    assert!(told.contains("error: ai-client: resource 'doesnotexist' does not exist"), "{told}");

    let command = told.split('`').find(|code| code.starts_with("pulumi do ")).expect("a command");
    let listed = stack.shell().run(command, stack.path()).succeeded().out;
    assert!(listed.contains(there.as_str().expect("an id")), "{command}: {listed}");
}

/// The claims, as tests of one language.
macro_rules! in_language {
    ($language:expr) => {
        in_language! { $language;
            preview_shows_two_creates_with_unknown_ids_and_writes_nothing
            up_makes_both_and_up_and_refresh_after_it_find_nothing_to_change
            our_plugin_answers_as_the_version_that_the_program_names
            a_new_name_is_one_patch_of_the_name_alone
            new_scopes_are_one_patch_of_the_grant
            scopes_in_another_order_are_no_change
            a_new_audience_replaces_the_grant_and_leaves_the_client
            both_are_imported_and_the_program_finds_nothing_to_change
            what_was_deleted_behind_its_back_is_found_by_refresh_and_made_again
            a_change_made_in_the_dashboard_is_found_by_refresh_and_put_back_by_up
            destroy_leaves_nothing
        }
    };
    ($language:expr; $($claim:ident)*) => {
        $(
            #[test]
            fn $claim() {
                super::$claim(&$language);
            }
        )*
    };
}

mod python {
    in_language!(super::PYTHON);
}

mod typescript {
    in_language!(super::TYPESCRIPT);
}

mod go {
    in_language!(super::GO);
}

mod yaml {
    in_language!(super::YAML);
}

fn preview_shows_two_creates_with_unknown_ids_and_writes_nothing(language: &Language) {
    let tenant = Tenant::with_api();
    let stack = language.stack(&tenant);

    let (preview, requests) = tenant.during(|| stack.preview().succeeded());

    assert_eq!(preview.changed(), ["create ai-client", "create ai-client-grant"]);
    assert_eq!(preview.output("client_id"), Report::UNKNOWN);
    assert_eq!(preview.output("client_grant_id"), Report::UNKNOWN);
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
    assert_eq!(preview.messages(), "");
}

fn up_makes_both_and_up_and_refresh_after_it_find_nothing_to_change(language: &Language) {
    let tenant = Tenant::with_api();
    let stack = language.stack(&tenant);

    let up = stack.up().succeeded();
    let client_id = up.output("client_id");
    assert_eq!(client_id.len(), 32, "{client_id}");
    assert!(client_id.chars().all(|c| c.is_ascii_alphanumeric()), "{client_id}");
    let grant_id = up.output("client_grant_id");
    assert!(grant_id.starts_with("cgr_"), "{grant_id}");
    let client = tenant.get(&format!("clients/{client_id}"));
    assert_eq!(client["name"], "My AI Client App");
    assert_eq!(client["app_type"], "non_interactive");
    assert_eq!(client["grant_types"], json!(["client_credentials"]));
    let grant = tenant.get(&format!("client-grants/{grant_id}"));
    assert_eq!(grant["client_id"], client_id);
    assert_eq!(grant["audience"], Tenant::API);
    assert_eq!(grant["scope"], json!(["read:data", "write:data"]));

    let (again, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(again.changed(), [""; 0]);
    assert!(requests.is_empty(), "nothing changed, yet {requests:?}");

    let (refresh, requests) = tenant.during(|| stack.refresh().succeeded());
    assert_eq!(refresh.changes.get("same"), Some(&3), "{refresh}");
    assert_eq!(refresh.changes.len(), 1, "{refresh}");
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
}

fn our_plugin_answers_as_the_version_that_the_program_names(language: &Language) {
    let tenant = Tenant::with_api();
    let stack = language.stack(&tenant);
    stack.up().succeeded();

    assert_eq!(version_asked_for(&stack), language.sdk);
    assert_our_plugin_asked(&tenant);
}

fn a_new_name_is_one_patch_of_the_name_alone(language: &Language) {
    let tenant = Tenant::with_api();
    let mut stack = language.stack(&tenant);
    let client_id = stack.up().succeeded().output("client_id").to_owned();

    stack.edit("My AI Client App", "My Renamed App");
    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(up.changed(), ["update ai-client"]);
    assert_eq!(up.step("ai-client").diffs, ["name"]);
    let [patch] = &tenant.without_tokens(requests)[..] else { panic!("not one request") };
    assert_eq!((&*patch.method, &*patch.path), ("PATCH", &*format!("/api/v2/clients/{client_id}")));
    assert_eq!(patch.body, json!({ "name": "My Renamed App" }));
    assert_eq!(up.output("client_id"), client_id);
}

fn new_scopes_are_one_patch_of_the_grant(language: &Language) {
    let tenant = Tenant::with_api();
    let mut stack = language.stack(&tenant);
    let grant_id = stack.up().succeeded().output("client_grant_id").to_owned();

    stack.edit("\"read:data\", \"write:data\"", "\"read:data\"");
    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(up.changed(), ["update ai-client-grant"]);
    let [patch] = &tenant.without_tokens(requests)[..] else { panic!("not one request") };
    let path = format!("/api/v2/client-grants/{grant_id}");
    assert_eq!((&*patch.method, &*patch.path), ("PATCH", &*path));
    assert_eq!(patch.body, json!({ "scope": ["read:data"] }));
    assert_eq!(up.output("client_grant_id"), grant_id);
}

fn scopes_in_another_order_are_no_change(language: &Language) {
    let tenant = Tenant::with_api();
    let mut stack = language.stack(&tenant);
    stack.up().succeeded();

    stack.edit("\"read:data\", \"write:data\"", "\"write:data\", \"read:data\"");
    let (_, requests) = tenant.during(|| stack.up().succeeded());

    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
}

fn a_new_audience_replaces_the_grant_and_leaves_the_client(language: &Language) {
    let tenant = Tenant::with_api();
    let other = "https://other.example.com/";
    tenant.make_api(other);
    let mut stack = language.stack(&tenant);
    let before = stack.up().succeeded();

    stack.edit(Tenant::API, other);
    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(up.changes.get("replace"), Some(&1), "{up}");
    assert!(up.changed().iter().all(|step| step.ends_with(" ai-client-grant")), "{up}");
    assert_eq!(up.output("client_id"), before.output("client_id"));
    let (old, new) = (before.output("client_grant_id"), up.output("client_grant_id"));
    assert_ne!(old, new);
    assert_eq!(tenant.find(&format!("client-grants/{old}")), None);
    assert_eq!(tenant.get(&format!("client-grants/{new}"))["audience"], other);
    assert_eq!(tenant.without_tokens(requests).len(), 2, "one POST and one DELETE");
}

fn both_are_imported_and_the_program_finds_nothing_to_change(language: &Language) {
    let tenant = Tenant::with_api();
    let up = language.stack(&tenant).up().succeeded();

    let stack = language.stack(&tenant);
    stack.import(CLIENT, "ai-client", up.output("client_id")).succeeded();
    stack.import(GRANT, "ai-client-grant", up.output("client_grant_id")).succeeded();
    let (after, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(after.changed(), [""; 0], "{after}");
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
    assert_eq!(after.output("client_id"), up.output("client_id"));
    assert_eq!(after.output("client_grant_id"), up.output("client_grant_id"));
}

fn what_was_deleted_behind_its_back_is_found_by_refresh_and_made_again(language: &Language) {
    let tenant = Tenant::with_api();
    let stack = language.stack(&tenant);
    let before = stack.up().succeeded();
    tenant.delete(&format!("client-grants/{}", before.output("client_grant_id")));

    let refresh = stack.refresh().succeeded();
    assert_eq!(refresh.changes.get("delete"), Some(&1), "{refresh}");

    let up = stack.up().succeeded();
    assert_eq!(up.changed(), ["create ai-client-grant"]);
    assert_eq!(up.output("client_id"), before.output("client_id"));
    assert_ne!(up.output("client_grant_id"), before.output("client_grant_id"));
    tenant.get(&format!("client-grants/{}", up.output("client_grant_id")));
}

fn a_change_made_in_the_dashboard_is_found_by_refresh_and_put_back_by_up(language: &Language) {
    let tenant = Tenant::with_api();
    let stack = language.stack(&tenant);
    let client = format!("clients/{}", stack.up().succeeded().output("client_id"));
    tenant.patch(&client, &json!({ "name": "Renamed in the dashboard" }));

    let refresh = stack.refresh().succeeded();
    assert_eq!(refresh.changes.get("update"), Some(&1), "{refresh}");

    let up = stack.up().succeeded();
    assert_eq!(up.changed(), ["update ai-client"]);
    assert_eq!(tenant.get(&client)["name"], "My AI Client App");
}

fn destroy_leaves_nothing(language: &Language) {
    let tenant = Tenant::with_api();
    let stack = language.stack(&tenant);
    let up = stack.up().succeeded();

    let (destroy, requests) = tenant.during(|| stack.destroy().succeeded());

    assert_eq!(destroy.changed(), ["delete ai-client-grant", "delete ai-client"]);
    assert_eq!(tenant.find(&format!("clients/{}", up.output("client_id"))), None);
    assert_eq!(tenant.find(&format!("client-grants/{}", up.output("client_grant_id"))), None);
    assert_eq!(tenant.without_tokens(requests).len(), 2, "one DELETE each");
    assert_eq!(stack.state().len(), 0);
}
