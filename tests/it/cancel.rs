//! What is left after an operation that was stopped in the middle, and what the user does then.

use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Hold, Operation, Stack, Tenant, wait_until};

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: Stopped
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: ${app.clientId}
      audience: https://myapi.example.com/
      scopes: [read:data]
outputs:
  grant: ${grant.id}
";

const UP: [&str; 3] = ["up", "--skip-preview", "--yes"];
const DESTROY: [&str; 3] = ["destroy", "--skip-preview", "--yes"];
/// Forgets the creates that were interrupted, as the engine advises.
const CLEAR: [&str; 4] = ["refresh", "--skip-preview", "--yes", "--clear-pending-creates"];
const APP: &str = "urn:pulumi:dev::it::auth0:index/client:Client::app";
const CANCEL: &str = "/pulumirpc.ResourceProvider/Cancel";
const CREATE: &str = "/pulumirpc.ResourceProvider/Create";
/// Far more than an end takes, and far less than what would be waited for without one.
const AT_ONCE: Duration = Duration::from_secs(120);

#[test]
fn one_interrupt_keeps_the_create_under_way_and_up_goes_on_from_there() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let hold = Hold::between(&mut stack, &tenant, "POST /api/v2/clients");
    let up = stack.start(&UP);
    hold.wait(&tenant);

    interrupt_once(&up);
    hold.release();
    let up = up.wait().failed();

    assert_eq!(up.messages(), "error: update canceled");
    let told = "POST /api/v2/clients is under way: waiting up to 20 s for its answer";
    assert!(up.text.contains(told), "{up}");
    assert_eq!(writes(&tenant), ["POST /api/v2/clients"], "the grant was not begun");
    let after = stack.up().succeeded();
    assert_eq!(after.changed(), ["create grant"], "{after}");
    assert_eq!(after.messages(), "");
    assert_eq!(clients(&tenant).len(), 1);
}

#[test]
fn one_interrupt_keeps_the_update_and_the_delete_under_way() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let grant = stack.up().succeeded().output("grant").to_owned();

    stack.edit("[read:data]", "[read:data, write:data]");
    let path = format!("/api/v2/client-grants/{grant}");
    let hold = Hold::between(&mut stack, &tenant, &format!("PATCH {path}"));
    let up = stack.start(&UP);
    hold.wait(&tenant);
    interrupt_once(&up);
    hold.release();
    up.wait();
    let (after, requests) = tenant.during(|| stack.up().succeeded());
    assert_eq!(after.changed(), [""; 0], "{after}");
    assert!(requests.is_empty(), "{requests:?}");

    let hold = Hold::between(&mut stack, &tenant, &format!("DELETE {path}"));
    let destroy = stack.start(&DESTROY);
    hold.wait(&tenant);
    interrupt_once(&destroy);
    hold.release();
    destroy.wait();
    let after = stack.destroy().succeeded();
    assert_eq!(after.changed(), ["delete app"], "{after}");
    assert_eq!(clients(&tenant).len(), 0);
}

#[test]
fn a_second_interrupt_undoes_the_create_whose_id_the_engine_does_not_take() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let hold = Hold::between(&mut stack, &tenant, "POST /api/v2/clients");
    let up = stack.start(&UP);
    hold.wait(&tenant);

    interrupt_once(&up);
    up.interrupt();
    up.wait_for_call(CREATE);
    hold.release();
    up.wait().failed();
    wait_until_gone(&tenant);

    let after = stack.up().succeeded();
    assert!(after.messages().contains(&format!("{APP}, interrupted while creating")), "{after}");
    assert_eq!(after.changed(), ["create app", "create grant"], "{after}");
    assert_eq!(clients(&tenant).len(), 1);
}

#[test]
fn a_create_without_an_answer_is_named_by_the_engine_and_taken_in_by_import() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let hold = Hold::between(&mut stack, &tenant, "POST /api/v2/clients");
    let up = stack.start(&UP);
    hold.wait(&tenant);

    interrupt_once(&up);
    up.interrupt();
    // The plugin waits for the answer as long as the engine lets it.
    up.wait().failed();
    hold.release();

    let state = stack.pulumi(&["stack", "export", "--stack", "dev"]);
    let state: Value = serde_json::from_str(&state).expect("the state is JSON");
    let pending = &state["deployment"]["pending_operations"][0];
    assert_eq!((&pending["resource"]["urn"], &pending["type"]), (&APP.into(), &"creating".into()));
    let [client] = &clients(&tenant)[..] else { panic!("not one client") };
    let id = client["client_id"].as_str().expect("an id");
    stack.import("auth0:index/client:Client", "app", id).succeeded();
    stack.operate(&CLEAR).succeeded();
    let after = stack.up().succeeded();
    assert_eq!(after.changed(), ["create grant"], "{after}");
    assert_eq!(after.messages(), "");
    assert_eq!(clients(&tenant).len(), 1);
}

#[test]
fn a_killed_engine_leaves_no_second_client() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let hold = Hold::between(&mut stack, &tenant, "POST /api/v2/clients");
    let up = stack.start(&UP);
    hold.wait(&tenant);

    up.kill();
    up.wait();
    hold.release();
    wait_until_gone(&tenant);

    let locked = stack.up().failed();
    assert!(locked.text.contains("pulumi cancel"), "{locked}");
    stack.pulumi(&["cancel", "--yes", "--stack", "dev"]);
    let after = stack.up().succeeded();
    assert_eq!(after.changed(), ["create app", "create grant"], "{after}");
    assert_eq!(clients(&tenant).len(), 1);
    stack.operate(&CLEAR).succeeded();
    assert_eq!(stack.up().succeeded().messages(), "");
    stack.destroy().succeeded();
    assert_eq!(clients(&tenant).len(), 0);
}

#[test]
fn a_killed_engine_leaves_a_grant_that_was_there_before() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let grant = stack.up().succeeded().output("grant").to_owned();
    let grant = format!("client-grants/{grant}");
    stack.edit("[read:data]", "[write:data]");
    stack.pulumi(&[
        "state",
        "delete",
        "--yes",
        "--stack",
        "dev",
        &APP.replace("client:Client::app", "clientGrant:ClientGrant::grant"),
    ]);
    let hold = Hold::between(&mut stack, &tenant, &format!("PATCH /api/v2/{grant}"));
    let up = stack.start(&UP);
    hold.wait(&tenant);

    up.kill();
    up.wait();
    hold.release();
    stack.pulumi(&["cancel", "--yes", "--stack", "dev"]);
    let after = stack.up().succeeded();

    assert_eq!(after.changed(), ["create grant"], "{after}");
    assert_eq!(tenant.get(&grant)["scope"], serde_json::json!(["write:data"]));
    assert!(
        writes(&tenant).iter().all(|line| !line.starts_with("DELETE")),
        "{:?}",
        writes(&tenant)
    );
}

#[test]
fn a_grant_that_a_later_up_has_taken_in_is_not_undone_by_a_late_answer() {
    let tenant = Tenant::with_api();
    let mut stack = Stack::yaml(&tenant, PROGRAM);
    let hold = Hold::between(&mut stack, &tenant, "POST /api/v2/client-grants");
    let up = stack.start(&UP);
    hold.wait(&tenant);
    up.kill();
    up.wait();
    stack.pulumi(&["cancel", "--yes", "--stack", "dev"]);
    stack.set_env("AUTH0_DOMAIN", Some(tenant.url()));
    let after = stack.up().succeeded();

    hold.release();
    hold.wait_until_unused();

    let grant = format!("client-grants/{}", after.output("grant"));
    assert!(tenant.find(&grant).is_some(), "{:?}", writes(&tenant));
    stack.operate(&CLEAR).succeeded();
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);
}

#[test]
fn one_interrupt_ends_what_only_waits() {
    let unsent = "POST /api/v2/clients: cancelled; nothing was sent";
    let refused =
        "POST /api/v2/clients: cancelled; what was sent was refused, so that nothing was changed";
    for (fault, told) in [
        ("POST /oauth/token => hang", unsent),
        ("POST /oauth/token => status:429:reset=600", unsent),
        ("POST /api/v2/clients => status:429:reset=600", refused),
    ] {
        let tenant = Tenant::with_faults(&[fault]);
        let stack = Stack::yaml(&tenant, PROGRAM);
        let asked = fault.split(" => ").next().unwrap_or_default();
        let up = stack.start(&UP);
        let came = || tenant.requests().iter().any(|request| request.line() == asked).then_some(());
        wait_until(came, || format!("{asked} did not come"));

        let began = Instant::now();
        up.interrupt();
        let up = up.wait().failed();

        assert!(up.messages().contains(told), "{fault}: {up}");
        assert!(began.elapsed() < AT_ONCE, "{fault}: {:?}", began.elapsed());
        assert_eq!(clients(&tenant).len(), 0, "{fault}");
    }
}

/// A first ^C, and the engine has told the plugins.
fn interrupt_once(operation: &Operation) {
    operation.interrupt();
    operation.wait_for_call(CANCEL);
}

/// Waits until the plugin has undone its create.
fn wait_until_gone(tenant: &Tenant) {
    let gone = || clients(tenant).is_empty().then_some(());
    wait_until(gone, || format!("the client stays: {:?}", tenant.requests()));
}

/// The clients that the program made.
fn clients(tenant: &Tenant) -> Vec<Value> {
    let clients = tenant.get("clients");
    let made = clients.as_array().into_iter().flatten().filter(|c| c["name"] == "Stopped");
    made.cloned().collect()
}

fn writes(tenant: &Tenant) -> Vec<String> {
    tenant.requests().iter().filter(|r| r.writes()).map(tests::Request::line).collect()
}
