//! What the user is told when the API answers what it should not, or nothing.

use tests::{Stack, Tenant};

struct Fault {
    name: &'static str,
    answer: &'static str,
}

const FAULTS: [Fault; 5] = [
    Fault { name: "html", answer: "html" },
    Fault { name: "truncated_json", answer: "truncate" },
    Fault { name: "status_500", answer: "status:500" },
    Fault { name: "empty_body", answer: "empty" },
    Fault { name: "no_answer", answer: "reset" },
];

#[test]
fn a_create_whose_outcome_is_unknown_says_what_to_look_at_and_is_not_repeated() {
    for Fault { name, answer } in FAULTS {
        let tenant = Tenant::with_faults(&[&format!("POST /api/v2/clients => {answer}")]);
        let stack = Stack::yaml(&tenant, &program("App"));

        let (up, requests) = tenant.during(|| stack.up().failed());

        insta::assert_snapshot!(format!("create_{name}"), up.messages());
        let posts = requests.iter().filter(|request| request.line() == "POST /api/v2/clients");
        assert_eq!(posts.count(), 1, "{name}: {requests:?}");
    }
}

#[test]
fn a_token_endpoint_that_does_not_answer_is_named() {
    for Fault { name, answer } in FAULTS {
        let tenant = Tenant::with_faults(&[&format!("POST /oauth/token => {answer}")]);
        let stack = Stack::yaml(&tenant, &program("App"));
        let up = stack.up().failed();
        insta::assert_snapshot!(format!("token_{name}"), up.messages());
    }
}

#[test]
fn an_update_that_gets_no_readable_answer_leaves_the_stack_as_it_was() {
    for Fault { name, answer } in FAULTS {
        let tenant = Tenant::with_faults(&[&format!("PATCH /api/v2/clients/{{id}} => {answer}")]);
        let stack = Stack::yaml(&tenant, &program("App"));
        stack.up().succeeded();

        stack.write_yaml(&program("Renamed"));
        let up = stack.up().failed();

        insta::assert_snapshot!(format!("update_{name}"), up.messages());
        let state = stack.state();
        let client = state.iter().find(|resource| resource["type"] == "auth0:index/client:Client");
        assert_eq!(client.expect("the client in the state")["outputs"]["name"], "App");
    }
}

fn program(name: &str) -> String {
    format!("resources:\n  mine:\n    type: auth0:Client\n    properties:\n      name: {name}\n")
}
