//! A grant is unique on the tenant: what becomes of it when the engine makes one anew, or when there is one already.

use serde_json::json;
use tests::{Report, Stack, Tenant};

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: App
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: ${app.clientId}
      audience: https://myapi.example.com/
      scopes: [read:data]
    options:
      retainOnDelete: false
outputs:
  app: ${app.clientId}
  grant: ${grant.id}
";

const GRANT: &str = "urn:pulumi:dev::it::auth0:index/clientGrant:ClientGrant::grant";

/// A second resource for the same grant.
const SECOND: &str = "  second:
    type: auth0:ClientGrant
    properties:
      clientId: ${app.clientId}
      audience: https://myapi.example.com/
      scopes: [write:data]
outputs:
";

#[test]
fn a_grant_that_is_made_anew_is_there_afterwards() {
    struct Case {
        name: &'static str,
        edit: (&'static str, &'static str),
        taint: bool,
        flags: &'static [&'static str],
        scopes: &'static [&'static str],
    }
    let same = &["read:data"];
    let cases = [
        Case {
            name: "target-replace",
            edit: ("", ""),
            taint: false,
            flags: &["--target-replace", GRANT],
            scopes: same,
        },
        Case {
            name: "replace",
            edit: ("", ""),
            taint: false,
            flags: &["--replace", GRANT],
            scopes: same,
        },
        Case { name: "taint", edit: ("", ""), taint: true, flags: &[], scopes: same },
        Case {
            name: "renamed without alias",
            edit: ("grant:\n    type", "renamed:\n    type"),
            taint: false,
            flags: &[],
            scopes: same,
        },
        Case {
            name: "renamed without alias, with other scopes",
            edit: ("grant:\n    type", "renamed:\n    type"),
            taint: false,
            flags: &[],
            scopes: &["write:data"],
        },
        Case {
            name: "renamed without alias, with refresh",
            edit: ("grant:\n    type", "renamed:\n    type"),
            taint: false,
            flags: &["--refresh"],
            scopes: same,
        },
        Case {
            name: "renamed without alias, with refresh by the program",
            edit: ("grant:\n    type", "renamed:\n    type"),
            taint: false,
            flags: &["--refresh", "--run-program"],
            scopes: same,
        },
        Case {
            name: "replaceOnChanges",
            edit: ("retainOnDelete: false", "replaceOnChanges: [scopes]"),
            taint: false,
            flags: &[],
            scopes: &["write:data"],
        },
    ];
    for Case { name, edit: (old, new), taint, flags, scopes } in cases {
        let tenant = Tenant::with_api();
        let mut stack = Stack::yaml(&tenant, PROGRAM);
        stack.up().succeeded();
        stack.edit(old, new);
        stack.edit(
            "${grant.id}",
            if new.starts_with("renamed") { "${renamed.id}" } else { "${grant.id}" },
        );
        stack.edit("[read:data]", &format!("[{}]", scopes.join(", ")));
        if taint {
            stack.pulumi(&["state", "taint", "--yes", "--stack", "dev", GRANT]);
        }

        let up = stack.operate(&[&["up", "--skip-preview", "--yes"], flags].concat()).succeeded();

        assert_ne!(up.changed(), [""; 0], "{name}: {up}");
        let grant = tenant.get(&format!("client-grants/{}", up.output("grant")));
        assert_eq!(grant["scope"], json!(scopes), "{name}");
        let grants = tenant.get(&format!("client-grants?client_id={}", up.output("app")));
        assert_eq!(grants.as_array().map(Vec::len), Some(1), "{name}: {grants}");
        let refresh = stack.refresh().succeeded();
        assert_eq!(refresh.changes.keys().collect::<Vec<_>>(), ["same"], "{name}: {refresh}");
        assert_eq!(stack.up().succeeded().changed(), [""; 0], "{name}");
        stack.destroy().succeeded();
        assert_eq!(tenant.find(&format!("client-grants/{}", up.output("grant"))), None, "{name}");
    }
}

#[test]
fn a_grant_that_was_there_is_brought_to_the_program_and_the_user_is_told_what_destroy_will_do() {
    struct Case {
        retain: &'static str,
        is_left: bool,
    }
    for Case { retain, is_left } in
        [Case { retain: "false", is_left: false }, Case { retain: "true", is_left: true }]
    {
        let (tenant, stack, found) = with_foreign_grant(retain);

        let up = stack.up().succeeded();

        assert_eq!(up.output("grant"), found);
        assert_eq!(tenant.get(&format!("client-grants/{found}"))["scope"], json!(["read:data"]));
        let [told] = &warnings(&up)[..] else { panic!("not one warning: {up}") };
        for part in [&found, "adopted", "`pulumi destroy` will delete it", "`retainOnDelete`"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let (after, requests) = tenant.during(|| stack.up().succeeded());
        assert_eq!(after.changed(), [""; 0], "{after}");
        assert!(requests.is_empty(), "{requests:?}");
        // Looked for in the requests, since the grant goes with its client.
        let (_, requests) = tenant.during(|| stack.destroy().succeeded());
        let delete = format!("DELETE /api/v2/client-grants/{found}");
        let is_deleted = requests.iter().any(|request| request.line() == delete);
        assert_eq!(is_deleted, !is_left, "{requests:?}");
    }
}

#[test]
fn a_replacement_that_did_not_come_to_its_end_deletes_nothing_later() {
    let fails = "  fails:
    type: auth0:ClientGrant
    properties:
      clientId: nobody
      audience: https://myapi.example.com/
      scopes: [read:data]
    options:
      dependsOn: ['${grant}']
outputs:
";
    for flags in [&[][..], &["--target-replace", GRANT, "--target-dependents"]] {
        for (old, new) in [("", ""), ("[read:data]", "[write:data]")] {
            let tenant = Tenant::with_api();
            let mut stack = Stack::yaml(&tenant, PROGRAM);
            let grant = stack.up().succeeded().output("grant").to_owned();
            if flags.is_empty() {
                stack.pulumi(&["state", "taint", "--yes", "--stack", "dev", GRANT]);
            }
            stack.edit("outputs:\n", fails);
            let up = [&["up", "--skip-preview", "--yes"], flags].concat();
            stack.operate(&up).failed();
            let pending = stack.state().into_iter().filter(|r| r["delete"] == true).count();
            assert_eq!(pending, 1, "{flags:?}: the engine has a delete to do");

            stack.edit(fails, "outputs:\n");
            stack.edit(old, new);
            let up = stack.up().succeeded();

            let path = format!("client-grants/{grant}");
            assert!(tenant.find(&path).is_some(), "{flags:?} {new}: {up}");
            let scopes = if new.is_empty() { "read:data" } else { "write:data" };
            assert_eq!(tenant.get(&path)["scope"], json!([scopes]), "{flags:?}");
            let refresh = stack.refresh().succeeded();
            assert_eq!(refresh.changes.keys().collect::<Vec<_>>(), ["same"], "{refresh}");
            assert_eq!(stack.up().succeeded().changed(), [""; 0], "{flags:?}");
            stack.destroy().succeeded();
            assert_eq!(tenant.find(&path), None, "{flags:?}");
        }
    }
}

#[test]
fn a_grant_that_a_create_without_an_answer_finds_is_not_deleted_as_the_one_before() {
    let seed = json!({
        "resource_servers": [{ "identifier": Tenant::API, "scopes": [{ "value": "read:data" }] }],
        "clients": [{ "name": "There", "client_id": "there" }],
        "client_grants": [
            { "client_id": "there", "audience": Tenant::API, "scope": ["read:data"] },
        ],
    });
    let tenant = Tenant::seeded(&seed, &["POST /api/v2/client-grants => reset x1"]);
    let grants = tenant.get("client-grants?client_id=there");
    let grant = grants[0]["id"].as_str().expect("an id").to_owned();
    let (_, program) = PROGRAM.split_once("  grant:\n").expect("a grant in the program");
    let program = program.replace("${app.clientId}", "there");
    let (program, _) = program.split_once("outputs:").expect("outputs in the program");
    let stack = Stack::yaml(&tenant, &format!("resources:\n  grant:\n{program}"));
    stack.import("auth0:index/clientGrant:ClientGrant", "grant", &grant).succeeded();
    stack.pulumi(&["state", "taint", "--yes", "--stack", "dev", GRANT]);

    let up = stack.up().succeeded();

    assert!(tenant.find(&format!("client-grants/{grant}")).is_some(), "{up}");
    assert!(warnings(&up).iter().any(|told| told.contains("`retainOnDelete`")), "{up}");
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
}

#[test]
fn two_resources_with_one_key_are_an_error_that_names_both() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, &PROGRAM.replace("outputs:\n", SECOND));
    for _ in ["both are new", "one is there"] {
        let up = stack.up().failed();
        assert_names_both(&up);
        let grants = stack.state();
        let grants: Vec<_> = grants
            .iter()
            .filter(|r| r["urn"].as_str().is_some_and(|urn| urn.contains("ClientGrant")))
            .collect();
        assert_eq!(grants.len(), 1, "{grants:#?}");
    }
    // The client is known by now, and so is the key.
    let preview = stack.preview().succeeded();
    assert_names_both(&preview);
    assert_eq!(warnings(&preview).len(), 1, "{preview}");
}

#[test]
fn a_second_resource_that_comes_after_the_first_does_not_take_its_grant() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, PROGRAM);
    let grant = stack.up().succeeded().output("grant").to_owned();
    let path = format!("client-grants/{grant}");

    let after = "    options:\n      dependsOn: ['${grant}']\noutputs:\n";
    stack.write_yaml(&PROGRAM.replace("outputs:\n", &SECOND.replace("outputs:\n", after)));
    let up = stack.up().failed();
    assert_names_both(&up);
    assert_eq!(tenant.get(&path)["scope"], json!(["read:data"]));

    stack.write_yaml(PROGRAM);
    let after = stack.up().succeeded();
    assert_eq!(after.changed(), [""; 0], "{after}");
    tenant.get(&path);
}

#[test]
fn a_second_resource_that_comes_before_the_first_is_told_and_its_removal_deletes_nothing() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, PROGRAM);
    let grant = stack.up().succeeded().output("grant").to_owned();
    let path = format!("client-grants/{grant}");

    let first = PROGRAM.replace("retainOnDelete: false", "dependsOn: ['${second}']");
    stack.write_yaml(&first.replace("outputs:\n", SECOND));
    assert_names_both(&stack.up().failed());

    stack.write_yaml(PROGRAM);
    let up = stack.up().succeeded();
    assert_eq!(up.changed(), ["delete second"], "{up}");
    // The second had brought it to its own settings before it was refused.
    assert_eq!(tenant.get(&path)["scope"], json!(["write:data"]));
    let [told] = &warnings(&up)[..] else { panic!("not one warning: {up}") };
    assert!(told.contains("`pulumi up --refresh`"), "{told}");
    stack.operate(&["up", "--skip-preview", "--yes", "--refresh"]).succeeded();
    assert_eq!(tenant.get(&path)["scope"], json!(["read:data"]));
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
}

#[test]
fn a_grant_that_two_resources_of_an_old_state_share_is_left_to_the_one_that_stays() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, PROGRAM);
    let grant = stack.up().succeeded().output("grant").to_owned();
    // The published provider adopts without a word, so that such states exist.
    let second = PROGRAM.replace("outputs:\n", &SECOND.replace("write:data", "read:data"));
    stack.write_yaml(&second);
    stack.import("auth0:index/clientGrant:ClientGrant", "second", &grant).succeeded();
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);

    stack.write_yaml(PROGRAM);
    let up = stack.up().succeeded();

    assert_eq!(up.changed(), ["delete second"], "{up}");
    let [told] = &warnings(&up)[..] else { panic!("not one warning: {up}") };
    assert!(told.contains("was not deleted") && told.contains(GRANT), "{told}");
    tenant.get(&format!("client-grants/{grant}"));
}

/// A tenant on which a grant for the program's client is there before the program makes it, with other scopes.
fn with_foreign_grant(retain: &str) -> (Tenant, Stack, String) {
    let tenant = Tenant::with_api();
    let program = PROGRAM.replace("retainOnDelete: false", &format!("retainOnDelete: {retain}"));
    let (app, grant) = program.split_once("  grant:").expect("the program has a grant");
    let (_, outputs) = grant.split_once("outputs:\n").expect("the program has outputs");
    let outputs = outputs.replace("  grant: ${grant.id}\n", "");
    let stack = Stack::yaml(&tenant, &format!("{app}outputs:\n{outputs}"));
    let up = stack.up().succeeded();
    let foreign = json!({
        "client_id": up.output("app"), "audience": Tenant::API, "scope": ["write:data"],
    });
    let found = tenant.post("client-grants", &foreign)["id"].as_str().expect("an id").to_owned();
    stack.write_yaml(&program);
    (tenant, stack, found)
}

#[track_caller]
fn assert_names_both(up: &Report) {
    let messages = up.messages();
    for part in [GRANT, &GRANT.replace("::grant", "::second"), "only one ClientGrant"] {
        assert!(messages.contains(part), "{part}: {messages}");
    }
}

fn warnings(report: &Report) -> Vec<&str> {
    let mut told: Vec<&str> = Vec::new();
    for diagnostic in report.diagnostics.iter().filter(|d| d.severity == "warning") {
        if !told.contains(&diagnostic.message.as_str()) {
            told.push(&diagnostic.message);
        }
    }
    told
}
