//! Check: the inputs of a resource, completed, or the user's mistakes.

use tonic::Status;

use super::answer::Marks;
use super::proto::check_request::AutonamingOptions;
use super::proto::check_request::autonaming_options::Mode;
use super::proto::{CheckFailure, CheckRequest, CheckResponse};
use super::receive::receive;
use super::session::Session;
use crate::check::{self, Autonaming, CheckContext};
use crate::provider::Provider;
use crate::secrets::{Redactor, left};
use crate::value::revealed;

/// Checks by the table, on plain values, and marks what comes back.
pub fn check<P: Provider>(
    session: &Session<P>,
    request: CheckRequest,
) -> Result<CheckResponse, Status> {
    let (target, name) = session.target(request.urn)?;
    session.set_checked(&target.urn);
    let fields = target.resource.fields;
    let news = receive("news", request.news)?;
    let olds = receive("olds", request.olds)?;
    let checked = check::check(
        target.resource,
        &revealed(&news),
        &CheckContext {
            name: &name,
            olds: &revealed(&olds),
            seed: &request.random_seed,
            autonaming: request.autonaming.and_then(autonaming),
        },
    );
    let failures =
        failures(checked.failures, || session.secrets().and(fields, &news).and(fields, &olds));
    // What the program does not give may have been taken from the old inputs, with its mark.
    let left = left(&olds, &news);
    let inputs = Marks { fields, like: vec![news, left] }.put_on(checked.inputs);
    Ok(CheckResponse { inputs: Some(inputs), failures })
}

/// The failures as they travel, without secrets.
pub fn failures(
    failures: Vec<check::CheckFailure>,
    secrets: impl FnOnce() -> Redactor,
) -> Vec<CheckFailure> {
    if failures.is_empty() {
        return Vec::new();
    }
    let secrets = secrets();
    failures
        .into_iter()
        .map(|failure| CheckFailure {
            // The engine prints the value of a property that is named here, as Go does, also that of a
            // secret in the configuration: the path stands in the text instead.
            property: String::new(),
            reason: secrets.redacted(failure.to_string()),
        })
        .collect()
}

fn autonaming(options: AutonamingOptions) -> Option<Autonaming> {
    let mode = options.mode();
    let name = options.proposed_name;
    match mode {
        Mode::Disable => Some(Autonaming::Disable),
        _ if name.is_empty() => None,
        Mode::Propose => Some(Autonaming::Propose(name)),
        Mode::Enforce => Some(Autonaming::Enforce(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{check, configured, properties, secret};
    use crate::server::testing::{Check, urn};
    use crate::value::{Object, Value};

    const NOT_NEEDED: &str = "check needs no configuration";

    #[tokio::test]
    async fn marks_come_back_where_they_were_and_where_the_table_says() {
        struct Case {
            name: &'static str,
            given: Value,
            checked: Value,
        }
        let key = |secret: Value| {
            properties([
                ("name", "k".into()),
                ("secret", secret),
                ("__defaults", Value::Array(vec![])),
            ])
        };
        let given_key = |secret: Value| properties([("name", "k".into()), ("secret", secret)]);
        let cases = [
            Case { name: "password", given: "x".into(), checked: secret("x") },
            Case { name: "password", given: "".into(), checked: secret("") },
            Case { name: "password", given: Value::Unknown, checked: secret(Value::Unknown) },
            Case {
                name: "password",
                given: secret(Value::Unknown),
                checked: secret(Value::Unknown),
            },
            Case { name: "content", given: secret("x"), checked: secret("x") },
            Case { name: "content", given: "x".into(), checked: "x".into() },
            Case {
                name: "key",
                given: given_key("x".into()).into(),
                checked: key(secret("x")).into(),
            },
            Case {
                name: "keys",
                given: vec![Value::from(given_key(secret("x")))].into(),
                checked: secret(vec![Value::from(key("x".into()))]),
            },
            Case {
                name: "labels",
                given: properties([("a", secret("x")), ("b", "y".into())]).into(),
                checked: properties([("a", secret("x")), ("b", "y".into())]).into(),
            },
        ];
        let (_, client) = configured().await;
        for case in cases {
            let checked = client.check(check([(case.name, case.given)])).await.unwrap();
            assert_eq!(checked.failures, [], "{}", case.name);
            let got = &checked.inputs[case.name];
            let plain = |value: &Value| value.clone().reveal();
            assert_eq!(got, &case.checked, "{}", case.name);
            assert_eq!(plain(got), plain(&case.checked), "{}", case.name);
        }
    }

    #[tokio::test]
    async fn a_name_taken_from_secret_old_inputs_stays_secret() {
        let (_, client) = configured().await;
        let olds = properties([("name", secret("old")), ("__defaults", vec!["name"].into())]);
        for request in [check([]), check([("name", Value::Null)])] {
            let checked = client.check(Check { olds: olds.clone(), ..request }).await.unwrap();
            assert_eq!(checked.inputs["name"], secret("old"));
        }
    }

    #[tokio::test]
    async fn what_a_program_gives_plainly_in_a_block_that_held_a_secret_is_plain() {
        let (_, client) = configured().await;
        let olds =
            properties([("labels", properties([("a", secret("x")), ("b", secret("y"))]).into())]);
        let labels = properties([("b", "y".into())]);
        let request = check([("labels", labels.clone().into())]);
        let checked = client.check(Check { olds, ..request }).await.unwrap();
        assert_eq!(checked.inputs["labels"], labels.into());
    }

    #[tokio::test]
    async fn names_follow_what_the_engine_says() {
        struct Case {
            autonaming: Option<Autonaming>,
            name: Option<&'static str>,
        }
        let cases = [
            Case { autonaming: None, name: Some("b-abababa") },
            Case { autonaming: Some(Autonaming::Propose("p".into())), name: Some("p") },
            Case { autonaming: Some(Autonaming::Enforce("e".into())), name: Some("e") },
            Case { autonaming: Some(Autonaming::Disable), name: None },
        ];
        let (_, client) = configured().await;
        for case in cases {
            let autonaming = case.autonaming;
            let checked = client.check(Check { autonaming, ..check([]) }).await.unwrap();
            assert_eq!(checked.inputs.get("name").and_then(Value::as_str), case.name);
            assert_eq!(checked.failures.is_empty(), case.name.is_some());
        }
    }

    #[tokio::test]
    async fn mistakes_are_told_without_secrets() {
        let (_, client) = configured().await;
        let news = [("material", secret("canary")), ("contnet", "x".into())];
        let failures = client.check(check(news)).await.unwrap().failures;
        let told: Vec<String> =
            failures.iter().map(|f| format!("{}: {}", f.property, f.reason)).collect();
        assert_eq!(
            told,
            [
                "contnet: unknown property: did you mean `content`?",
                "material: expected one of \"wood\", \"tin\", got \"[secret]\"",
            ]
        );
    }

    #[tokio::test]
    async fn a_type_that_is_not_here_is_named_with_the_one_that_was_meant() {
        struct Case {
            token: &'static str,
            told: &'static str,
        }
        let cases = [
            Case {
                token: "demo:index:Crate",
                told: "InvalidArgument: the demo provider 1.2.3 has no resource demo:index:Crate",
            },
            Case {
                token: "demo:index:box",
                told: "InvalidArgument: the demo provider 1.2.3 has no resource demo:index:box: did you mean \
                       demo:index:Box?",
            },
            Case {
                token: "other:index:Box",
                told: "InvalidArgument: the demo provider 1.2.3 has no resource other:index:Box",
            },
        ];
        let (_, client) = configured().await;
        for Case { token, told } in cases {
            let urn = urn(token, "c");
            let failure = client.check(Check { urn, ..Check::default() }).await.unwrap_err();
            assert_eq!(failure.to_string(), told);
        }
    }

    #[tokio::test]
    async fn a_malformed_value_is_named() {
        const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
        let (_, client) = configured().await;
        let malformed: Object = properties([(SIGNATURE, "no such".into())]);
        let failure = client.check(check([("content", malformed.into())])).await.unwrap_err();
        assert_eq!(
            failure.to_string(),
            "InvalidArgument: malformed value at news.content: the signature is of no kind known here"
        );
    }

    #[tokio::test]
    async fn an_unconfigured_provider_checks() {
        let demo = crate::server::demo::Demo::default();
        let client = crate::server::testing::Client::start(demo).await.unwrap();
        client.check(check([])).await.expect(NOT_NEEDED);
    }
}
