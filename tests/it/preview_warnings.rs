//! What a preview warns of, told to the user under the resource that it is about.

use tests::{Stack, Tenant};

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
";

#[test]
fn what_the_api_of_a_grant_lacks_is_a_warning_of_the_grant() {
    struct Case {
        name: &'static str,
        edit: (&'static str, &'static str),
    }
    let cases = [
        Case {
            name: "unknown_audience",
            edit: ("https://myapi.example.com/", "https://absent.example.com/"),
        },
        Case { name: "undefined_scope", edit: ("[read:data]", "[read:data, erase:data]") },
    ];
    for Case { name, edit: (old, new) } in cases {
        let tenant = Tenant::with_api();
        let program = PROGRAM.replace(old, new);
        let of_a_new_grant = Stack::yaml(&tenant, &program).preview().succeeded();
        insta::assert_snapshot!(name, of_a_new_grant.messages());

        let stack = Stack::yaml(&tenant, PROGRAM);
        assert_eq!(stack.preview().succeeded().messages(), "", "nothing lacks");
        stack.up().succeeded();
        stack.write_yaml(&program);
        let of_one_that_is_there = stack.preview().succeeded();
        assert_eq!(of_one_that_is_there.messages(), of_a_new_grant.messages(), "{name}");
    }
}

#[test]
fn what_the_api_states_and_a_client_does_not_keep_is_told_all_at_once() {
    let metadata: String = (0..11).map(|n| format!("        key{n}: x\n")).collect();
    let program = format!(
        "resources:
  app:
    type: auth0:Client
    properties:
      name: App
      callbacks: [https://app.example.com/cb, app.example.com/cb]
      grantTypes: [client_credential]
      logoUri: logo.png
      clientMetadata:
{metadata}        {}: x
  grant:
    type: auth0:ClientGrant
    properties:
      clientId: c
      audience: ''
      scopes: []
    # One after the other: so are their warnings.
    options: {{ dependsOn: [ '${{app}}' ] }}
",
        "k".repeat(256)
    );
    let tenant = Tenant::with_api();
    let (preview, requests) =
        tenant.during(|| Stack::yaml(&tenant, &program).preview().succeeded());
    insta::assert_snapshot!(preview.messages());
    assert!(requests.is_empty(), "{requests:?}");
}

#[test]
fn what_could_not_be_looked_at_is_one_warning_with_the_reason() {
    let two = PROGRAM.to_owned() + &PROGRAM[PROGRAM.find("  grant:").expect("a grant")..];
    let two = two.replacen("  grant:", "  other:", 1).replacen("myapi", "other", 1);
    // One after the other: the first is told.
    let after = "    options: { dependsOn: [ '${grant}' ] }\n  grant:";
    let two = two.replacen("  grant:", after, 1);
    let refused = Tenant::with_api();
    let mut stack = Stack::yaml(&refused, &two);
    stack.set_env("AUTH0_CLIENT_SECRET", Some("not-the-secret"));
    insta::assert_snapshot!("refused_look", stack.preview().succeeded().messages());

    let down = Tenant::with_api();
    let stack = Stack::yaml(&down, &two);
    drop(down);
    insta::assert_snapshot!(
        "look_at_a_tenant_that_is_down",
        stack.preview().succeeded().messages()
    );
}
