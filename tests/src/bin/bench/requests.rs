//! What stacks send, step by step.

use std::time::Instant;

use serde_json::{Value, json};
use tests::{Stack, Tenant};

/// Clients, and as many grants, in the large stack.
const LARGE: usize = 200;

/// Counts; there is no floor here, since tests have them.
pub fn measure() {
    println!("\nrequests of examples/python (tokens apart)");
    seed_requests();
    println!("\n{LARGE} clients and {LARGE} grants");
    large_requests();
}

/// What each step in the life of the seed program sends.
fn seed_requests() {
    let tenant = Tenant::with_api();
    tenant.make_api("https://other.example.com/");
    let mut stack = Stack::seed(&tenant);
    count(&tenant, "preview", || stack.preview());
    count(&tenant, "up", || stack.up());
    count(&tenant, "up again", || stack.up());
    count(&tenant, "refresh", || stack.refresh());
    stack.edit("\"read:data\", \"write:data\"", "\"read:data\"");
    count(&tenant, "up with other scopes", || stack.up());
    stack.edit("My AI Client App", "My Renamed App");
    count(&tenant, "up with another name", || stack.up());
    stack.edit("https://myapi.example.com/", "https://other.example.com/");
    count(&tenant, "up with another audience", || stack.up());
    count(&tenant, "destroy", || stack.destroy());
}

/// What a large stack sends.
fn large_requests() {
    let tenant = Tenant::with_api();
    let pairs = (0..LARGE).flat_map(|n| {
        let client = json!({
            "type": "auth0:index/client:Client",
            "name": format!("client-{n}"),
            "props": { "name": format!("client {n}"), "clientId": null },
        });
        let grant = json!({
            "type": "auth0:index/clientGrant:ClientGrant",
            "name": format!("grant-{n}"),
            "props": {
                "clientId": { "of": format!("client-{n}"), "property": "clientId" },
                "audience": Tenant::API,
                "scopes": ["read:data"],
            },
        });
        [client, grant]
    });
    let mut stack = Stack::unchecked(&tenant, &pairs.collect::<Value>());
    stack.skip_checkpoints();
    count(&tenant, "up", || stack.up());
    count(&tenant, "up again", || stack.up());
    count(&tenant, "refresh", || stack.refresh());
    count(&tenant, "destroy", || stack.destroy());
}

fn count(tenant: &Tenant, step: &str, operation: impl FnOnce() -> tests::Report) {
    let began = Instant::now();
    let (_, requests) = tenant.during(|| operation().succeeded());
    let took = began.elapsed().as_secs_f64();
    println!("{step:<34}{:>6}    {took:>6.2} s", tenant.without_tokens(requests).len());
}
