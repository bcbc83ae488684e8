//! What a mistake in the program looks like to its author, before anything is sent.

use serde_json::{Value, json};
use tests::{Stack, Tenant};

struct Mistake {
    name: &'static str,
    token: &'static str,
    props: Value,
}

#[test]
fn each_is_named_with_its_property_in_the_preview() {
    let client = "auth0:index/client:Client";
    let grant = "auth0:index/clientGrant:ClientGrant";
    let mistakes = [
        Mistake {
            name: "unknown_property",
            token: client,
            props: json!({ "name": "App", "grantTipes": ["client_credentials"] }),
        },
        Mistake {
            name: "unknown_nested_property",
            token: client,
            props: json!({ "name": "App", "jwtConfiguration": { "lifetime": 3600, "secret": "s" } }),
        },
        Mistake { name: "wrong_type", token: client, props: json!({ "name": ["App"] }) },
        Mistake {
            name: "value_outside_an_enum",
            token: client,
            props: json!({ "name": "App", "appType": "non-interactive" }),
        },
        Mistake {
            name: "client_id_with_default_for",
            token: grant,
            props: json!({
                "clientId": "c", "defaultFor": "third_party_clients",
                "audience": Tenant::API, "scopes": ["read:data"],
            }),
        },
        Mistake { name: "missing_audience", token: grant, props: json!({ "clientId": "c" }) },
    ];
    let tenant = Tenant::with_api();
    for Mistake { name, token, props } in mistakes {
        let program = json!([{ "type": token, "name": "mine", "props": props }]);
        let stack = Stack::unchecked(&tenant, &program);
        let (preview, requests) = tenant.during(|| stack.preview().failed());
        insta::assert_snapshot!(name, preview.messages());
        assert!(requests.is_empty(), "{name}: {requests:?}");
    }
}

#[test]
fn an_audience_that_is_not_there_is_an_error_of_the_grant() {
    let tenant = Tenant::start();
    let up = Stack::seed(&tenant).up().failed();
    insta::assert_snapshot!(up.messages());
}
