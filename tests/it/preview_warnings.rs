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
