//! What the engine asks of a provider beyond the life of a resource, seen from a program: names that it makes up, times
//! that it sets, changes that it leaves out, the order of a replacement, and a create that came half-way.

use serde_json::{Value, json};
use tests::{Stack, Tenant};

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      description: An application
      oidcConformant: true
    options:
      ignoreChanges: []
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: ${app.clientId}
      audience: https://myapi.example.com/
      scopes: [read:data]
    options:
      ignoreChanges: []
outputs:
  app: ${app.clientId}
  name: ${app.name}
  grant: ${grant.id}
";

/// A grant of a client that is not the program's.
const GRANT_OF_THERE: &str = "resources:
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: there
      audience: https://myapi.example.com/
      scopes: [read:data]
";

#[test]
fn names_follow_the_autonaming_of_the_stack_and_stay_when_it_changes() {
    struct Case {
        /// Keys below `pulumi:autonaming`.
        settings: &'static [(&'static str, &'static str)],
        named: fn(&str) -> bool,
    }
    let is_random = |name: &str| {
        let digits = name.strip_prefix("app-").unwrap_or_default();
        digits.len() == 7 && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    };
    let cases = [
        Case { settings: &[], named: is_random },
        Case { settings: &[("mode", "default")], named: is_random },
        Case { settings: &[("mode", "verbatim")], named: |name| name == "app" },
        Case {
            settings: &[("pattern", "${project}-${name}-${alphanum(4)}")],
            named: |name| name.strip_prefix("it-app-").is_some_and(|rest| rest.len() == 4),
        },
        Case {
            settings: &[("pattern", "${stack}-${name}"), ("enforce", "true")],
            named: |name| name == "dev-app",
        },
    ];
    for Case { settings, named } in cases {
        let tenant = Tenant::with_api();
        let mut stack = Stack::yaml(&tenant, PROGRAM);
        set_autonaming(&stack, settings);

        let up = stack.up().succeeded();

        let name = up.output("name").to_owned();
        assert!(named(&name), "{settings:?}: {name}");
        let client = format!("clients/{}", up.output("app"));
        assert_eq!(tenant.get(&client)["name"], name.as_str(), "{settings:?}");
        assert_eq!(stack.up().succeeded().changed(), [""; 0], "{settings:?}");

        // A name that was made up is kept, whatever the stack would make up now.
        set_autonaming(&stack, &[("mode", "verbatim")]);
        stack.edit("An application", "Another");
        let up = stack.up().succeeded();
        assert_eq!(up.step("app").diffs, ["description"], "{settings:?}: {up}");
        assert_eq!(tenant.get(&client)["name"], name.as_str(), "{settings:?}");
    }
}

#[test]
fn without_autonaming_the_name_is_asked_for() {
    let tenant = Tenant::with_api();
    let stack = Stack::yaml(&tenant, PROGRAM);
    set_autonaming(&stack, &[("mode", "disabled")]);
    let preview = stack.preview().failed();
    insta::assert_snapshot!("autonaming_disabled", preview.messages());
}

#[test]
fn a_plan_makes_up_the_name_that_up_then_takes() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    stack.set_env("PULUMI_EXPERIMENTAL", Some("true"));
    stack.operate(&["preview", "--save-plan", "plan.json"]).succeeded();
    let plan = std::fs::read_to_string(stack.path().join("plan.json")).expect("the plan");
    let plan: Value = serde_json::from_str(&plan).expect("a plan in JSON");
    let plans = plan["resourcePlans"].as_object().expect("plans of resources");
    let planned = plans.iter().find(|(urn, _)| urn.ends_with("::app")).expect("that of the client");
    let planned = planned.1["goal"]["inputDiff"]["adds"]["name"].as_str().map(str::to_owned);

    let up = ["up", "--plan", "plan.json", "--skip-preview", "--yes"];
    let up = stack.operate(&up).succeeded();

    assert_eq!(Some(up.output("name")), planned.as_deref(), "{plan:#}");
}

#[test]
fn the_time_that_the_program_gives_ends_a_wait() {
    struct Case {
        name: &'static str,
        /// The request that is put off for an hour.
        put_off: &'static str,
        timeout: &'static str,
        operate: fn(&mut Stack) -> tests::Report,
    }
    let cases = [
        Case {
            name: "create_timeout",
            put_off: "POST /api/v2/clients",
            timeout: "create",
            operate: |stack| stack.up(),
        },
        Case {
            name: "update_timeout",
            put_off: "PATCH /api/v2/clients/{id}",
            timeout: "update",
            operate: |stack| {
                stack.up().succeeded();
                stack.edit("An application", "Another");
                stack.up()
            },
        },
        Case {
            name: "delete_timeout",
            put_off: "DELETE /api/v2/clients/{id}",
            timeout: "delete",
            operate: |stack| {
                stack.up().succeeded();
                stack.destroy()
            },
        },
    ];
    for Case { name, put_off, timeout, operate } in cases {
        let tenant = Tenant::with_faults(&[&format!("{put_off} => status:429:reset=3600")]);
        tenant.make_api(Tenant::API);
        let timeouts = format!("customTimeouts: {{{timeout}: 2s}}");
        let mut stack = Stack::yaml(&tenant, &PROGRAM.replacen("ignoreChanges: []", &timeouts, 1));

        let began = std::time::Instant::now();
        let failed = operate(&mut stack).failed();

        assert!(began.elapsed().as_secs() < 60, "{name}: an hour would be waited otherwise");
        insta::assert_snapshot!(name, failed.messages());
    }
}

#[test]
fn changes_that_the_program_ignores_are_neither_shown_nor_sent() {
    struct Case {
        ignored: &'static str,
        edits: &'static [(&'static str, &'static str)],
    }
    let cases = [
        Case { ignored: "description", edits: &[("An application", "Another")] },
        Case { ignored: "description", edits: &[("      description: An application\n", "")] },
    ];
    for Case { ignored, edits } in cases {
        let tenant = Tenant::with_api();
        let mut stack = Stack::yaml(&tenant, PROGRAM);
        let client = format!("clients/{}", stack.up().succeeded().output("app"));
        edits.iter().for_each(|(old, new)| stack.edit(old, new));
        stack.edit("ignoreChanges: []", &format!("ignoreChanges: [{ignored}, scopes, audience]"));
        stack.edit("[read:data]", "[write:data]");
        stack.edit("https://myapi.example.com/", "https://other.example.com/");

        let (up, requests) = tenant.during(|| stack.up().succeeded());

        assert_eq!(up.changed(), [""; 0], "{edits:?}: {up}");
        assert_eq!(requests.len(), 0, "{edits:?}: {requests:?}");

        // What the dashboard makes of it is left alone too, while the rest is put right.
        tenant.patch(&client, &json!({ "description": "By hand", "oidc_conformant": false }));
        let up = ["up", "--skip-preview", "--yes", "--refresh"];
        stack.operate(&up).succeeded();
        let now = tenant.get(&client);
        assert_eq!(now["description"], "By hand", "{edits:?}");
        assert_eq!(now["oidc_conformant"], true, "{edits:?}");
    }
}

#[test]
fn a_change_inside_a_block_that_the_program_ignores_is_not_sent_with_the_rest_of_the_block() {
    let tenant = Tenant::with_api();
    let block = "oidcConformant: true
      jwtConfiguration: { alg: RS256, lifetimeInSeconds: 60 }";
    let ignored = "ignoreChanges: [jwtConfiguration.lifetimeInSeconds]";
    let program = PROGRAM.replace("oidcConformant: true", block);
    let mut stack = Stack::yaml(&tenant, &program.replacen("ignoreChanges: []", ignored, 1));
    let client = format!("clients/{}", stack.up().succeeded().output("app"));

    stack.edit("lifetimeInSeconds: 60", "lifetimeInSeconds: 90");
    let (up, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(up.changed(), [""; 0], "{up}");
    assert_eq!(requests.len(), 0, "{requests:?}");

    // By hand too; and then the block itself changes.
    tenant.patch(&client, &json!({ "jwt_configuration": { "lifetime_in_seconds": 120 } }));
    stack.refresh().succeeded();
    stack.edit("alg: RS256", "alg: RS512");
    let up = stack.up().succeeded();
    assert_eq!(up.step("app").diffs, ["jwtConfiguration.alg"], "{up}");
    let now = tenant.get(&client);
    assert_eq!(now["jwt_configuration"]["alg"], "RS512");
    assert_eq!(now["jwt_configuration"]["lifetime_in_seconds"], 120);
}

#[test]
fn a_replacement_is_made_before_the_old_goes_unless_the_tenant_holds_only_one() {
    struct Case {
        name: &'static str,
        edit: (&'static str, &'static str),
        order: [&'static str; 2],
    }
    let cases = [
        Case {
            name: "another audience, as the published provider does",
            edit: ("https://myapi.example.com/", "https://other.example.com/"),
            order: ["POST", "DELETE"],
        },
        Case {
            name: "another audience, and the program says so",
            edit: (
                "https://myapi.example.com/\n      scopes: [read:data]\n    options:\n      ignoreChanges: []",
                "https://other.example.com/\n      scopes: [read:data]\n    options:\n      deleteBeforeReplace: true",
            ),
            order: ["DELETE", "POST"],
        },
        Case {
            name: "the same key",
            edit: (
                "scopes: [read:data]\n    options:\n      ignoreChanges: []",
                "scopes: [write:data]\n    options:\n      replaceOnChanges: [scopes]",
            ),
            order: ["DELETE", "POST"],
        },
    ];
    for Case { name, edit: (old, new), order } in cases {
        let tenant = Tenant::with_api();
        tenant.make_api("https://other.example.com/");
        let mut stack = Stack::yaml(&tenant, PROGRAM);
        stack.up().succeeded();
        stack.edit(old, new);

        let (up, requests) = tenant.during(|| stack.up().succeeded());

        assert_eq!(grant_writes(&requests), order, "{name}: {requests:?}");
        let grants = tenant.get(&format!("client-grants?client_id={}", up.output("app")));
        assert_eq!(grants.as_array().map(Vec::len), Some(1), "{name}: {grants}");
        assert_eq!(stack.up().succeeded().changed(), [""; 0], "{name}");
    }
}

#[test]
fn a_create_that_came_half_way_is_kept_and_finished_by_the_next_up() {
    // A grant is there; the answer to the create of another is lost, and what is found cannot be set.
    let seed = json!({
        "resource_servers": [{
            "identifier": Tenant::API,
            "scopes": [{ "value": "read:data" }, { "value": "write:data" }],
        }],
        "clients": [{ "name": "There", "client_id": "there" }],
        "client_grants": [
            { "client_id": "there", "audience": Tenant::API, "scope": ["write:data"] },
        ],
    });
    let faults = [
        "POST /api/v2/client-grants => reset x1",
        "PATCH /api/v2/client-grants/{id} => status:403 x1",
    ];
    let tenant = Tenant::seeded(&seed, &faults);
    let found = tenant.get("client-grants?client_id=there")[0]["id"].clone();
    let stack = Stack::yaml(&tenant, GRANT_OF_THERE);

    let up = stack.up().failed();

    assert!(up.messages().contains("403"), "{up}");
    let state = stack.state();
    let kept = state.iter().find(|r| r["type"] == "auth0:index/clientGrant:ClientGrant");
    let kept = kept.unwrap_or_else(|| panic!("the grant is lost:\n{up}"));
    assert_eq!(kept["id"], found);
    assert!(kept["initErrors"].is_array(), "{kept:#}");

    let (up, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(up.changed(), ["update grant"], "{up}");
    let [patch] = &tenant.without_tokens(requests)[..] else { panic!("not one request: {up}") };
    assert_eq!((&*patch.method, &patch.body), ("PATCH", &json!({ "scope": ["read:data"] })));
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
}

#[test]
fn an_update_without_a_difference_sends_what_differs_on_the_tenant_and_nothing_empty() {
    struct Case {
        name: &'static str,
        /// What somebody does to the client in between.
        meanwhile: Value,
        sent: &'static [(&'static str, &'static str)],
    }
    let cases = [
        Case { name: "as it was", meanwhile: json!({}), sent: &[("GET", "null")] },
        Case {
            name: "changed",
            meanwhile: json!({ "description": "By hand" }),
            sent: &[("GET", "null"), ("PATCH", r#"{"description":"An application"}"#)],
        },
    ];
    for Case { name, meanwhile, sent } in cases {
        let tenant = Tenant::with_api();
        let stack = Stack::yaml(&tenant, PROGRAM);
        let client = format!("clients/{}", stack.up().succeeded().output("app"));
        // As the engine keeps it of a create that did not come to its end.
        let file = stack.path().join("state.json").display().to_string();
        stack.pulumi(&["stack", "export", "--stack", "dev", "--show-secrets", "--file", &file]);
        let state = std::fs::read_to_string(&file).expect("the state");
        let mut state: Value = serde_json::from_str(&state).expect("JSON");
        let resources = state["deployment"]["resources"].as_array_mut().expect("resources");
        let app = resources.iter_mut().find(|r| r["type"] == "auth0:index/client:Client");
        app.expect("the client")["initErrors"] = json!(["it came half-way"]);
        std::fs::write(&file, state.to_string()).expect("to write");
        stack.pulumi(&["stack", "import", "--stack", "dev", "--file", &file]);
        if meanwhile != json!({}) {
            tenant.patch(&client, &meanwhile);
        }

        let (up, requests) = tenant.during(|| stack.up().succeeded());

        assert_eq!(up.changed(), ["update app"], "{name}: {up}");
        let asked = tenant.without_tokens(requests);
        let asked: Vec<_> = asked.iter().map(|r| (r.method.as_str(), r.body.to_string())).collect();
        let asked: Vec<_> = asked.iter().map(|(method, body)| (*method, body.as_str())).collect();
        assert_eq!(asked, sent, "{name}");
        assert_eq!(tenant.get(&client)["description"], "An application", "{name}");
        assert_eq!(stack.up().succeeded().changed(), [""; 0], "{name}");
    }
}

fn set_autonaming(stack: &Stack, settings: &[(&str, &str)]) {
    let stack_and = |arguments: &[&str]| {
        stack.pulumi(&[&["config"], arguments, &["--path", "--stack", "dev"]].concat())
    };
    stack_and(&["rm", "pulumi:autonaming"]);
    for (key, value) in settings {
        stack_and(&["set", &format!("pulumi:autonaming.{key}"), value]);
    }
}

fn grant_writes(requests: &[tests::Request]) -> Vec<&str> {
    let writes = requests.iter().filter(|request| request.writes());
    let grants = writes.filter(|request| request.path.starts_with("/api/v2/client-grants"));
    grants.map(|request| request.method.as_str()).collect()
}
