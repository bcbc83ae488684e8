//! How many requests an operation costs, and who sends them.

use tests::{Stack, Tenant};

#[test]
fn create_is_one_request_each_and_one_token() {
    let tenant = Tenant::with_api();
    let stack = Stack::seed(&tenant);

    let (_, requests) = tenant.during(|| stack.up().succeeded());

    let sent: Vec<_> = requests.iter().map(tests::Request::line).collect();
    assert_eq!(sent, ["POST /oauth/token", "POST /api/v2/clients", "POST /api/v2/client-grants"]);
}

#[test]
fn our_plugin_answers_and_not_the_published_one() {
    let tenant = Tenant::with_api();
    let stack = Stack::seed(&tenant);

    let (_, requests) = tenant.during(|| stack.up().succeeded());

    assert!(!requests.is_empty());
    for request in &requests {
        assert!(request.user_agent.starts_with("pulumi-resource-auth0/"), "{request:?}");
    }
}
