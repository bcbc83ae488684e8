//! What a preview warns of, and what it costs.

use pulumi_resource_auth0::resources::CLIENT_GRANT;
use pulumi_rs_sdk::log::Severity;
use pulumi_rs_sdk::testing::Create;
use pulumi_rs_sdk::value::{Object, Value};

use super::subject::Subject;

const API: &str = "https://api.example.com/";

fn grant(client: &str, audience: Value, scopes: &[&str]) -> Object {
    Object::from([
        ("clientId".to_owned(), client.into()),
        ("audience".to_owned(), audience),
        ("scopes".to_owned(), scopes.to_vec().into()),
    ])
}

impl Subject {
    async fn preview(&self, inputs: Object) {
        let create = Create { urn: self.urn(&CLIENT_GRANT), inputs, preview: true, timeout: None };
        self.engine.create(create).await.expect("a preview never fails");
    }

    async fn warnings(&self) -> Vec<String> {
        // A cancel is answered when all messages have been delivered.
        self.engine.cancel().await.expect("Cancel answers");
        let messages = self.engine.messages().await.into_iter();
        let warnings = messages.filter(|message| message.severity == Severity::Warning);
        warnings.map(|message| message.text.replace(&self.domain(), "TENANT")).collect()
    }
}

#[tokio::test]
async fn an_api_or_scopes_that_are_not_there_are_warned_of() {
    struct Case {
        audience: Value,
        scopes: &'static [&'static str],
        warning: Option<&'static str>,
    }
    let cases = [
        Case { audience: API.into(), scopes: &["one", "two"], warning: None },
        Case { audience: Value::Unknown, scopes: &["one"], warning: None },
        Case {
            audience: API.into(),
            scopes: &["one", "three", "four"],
            warning: Some(
                "the API `https://api.example.com/` does not define `three`, `four`: tokens will not \
                 hold what it does not define",
            ),
        },
        Case {
            audience: "https://absent.example.com/".into(),
            scopes: &["one"],
            warning: Some(
                "no API with the identifier `https://absent.example.com/` is on the tenant TENANT: \
                 make it before the update, or correct `audience`",
            ),
        },
    ];
    for case in cases {
        let subject = Subject::start().await;
        subject.preview(grant("c", case.audience, case.scopes)).await;
        let expected: Vec<&str> = case.warning.into_iter().collect();
        assert_eq!(subject.warnings().await, expected, "{:?}", case.scopes);
    }
}

#[tokio::test]
async fn a_thousand_grants_of_one_api_cost_one_look() {
    let subject = Subject::start().await;
    subject.requests();
    let previews =
        (0..1000).map(|n| subject.preview(grant(&format!("c{n}"), API.into(), &["one"])));
    futures_util::future::join_all(previews).await;
    let requests = subject.requests();
    let asked: Vec<String> = requests.iter().map(|r| format!("{} {}", r.method, r.path)).collect();
    assert_eq!(asked, ["GET /api/v2/resource-servers/https%3A%2F%2Fapi.example.com%2F"]);
}

#[tokio::test]
async fn a_tenant_that_cannot_be_looked_at_is_one_warning_with_the_reason() {
    struct Case {
        fault: &'static str,
        reason: &'static str,
    }
    let cases = [
        Case { fault: "status:500", reason: "Auth0 answered 500" },
        Case { fault: "status:401", reason: "Auth0 answered 401" },
        Case { fault: "status:403", reason: "Auth0 answered 403" },
        Case { fault: "html", reason: "is an HTML page, not JSON" },
        Case { fault: "reset", reason: "closed the connection before its answer was complete" },
        // The time for the try and that for the whole look end together: one of them tells.
        Case { fault: "hang", reason: " 2 s" },
    ];
    for Case { fault, reason } in cases {
        let subject = Subject::start().await;
        // With a token at hand, a look takes little of the time that a preview allows for it.
        subject.preview(grant("c", API.into(), &["one"])).await;
        let rule = format!("GET /api/v2/resource-servers/{{id}} => {fault}");
        subject.tenant.add_fault(rule.parse().expect("a rule"));
        for audience in ["https://absent.example.com/", "https://other.example.com/"] {
            subject.preview(grant("c", audience.into(), &["one"])).await;
        }
        let warnings = subject.warnings().await;
        let [warning] = warnings.as_slice() else { panic!("{fault}: {warnings:?}") };
        let begin = "this preview could not look whether the API `https://absent.example.com/` is on the \
                     tenant TENANT";
        assert!(warning.starts_with(begin), "{fault}: {warning}");
        assert!(warning.contains(reason), "{fault}: {warning}");
    }
}
