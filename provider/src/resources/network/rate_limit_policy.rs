//! `auth0.RateLimitPolicy`: how often an application may ask for tokens.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

/// The policy; an application has one for each part of the API.
pub const RATE_LIMIT_POLICY: Resource =
    resource("RateLimitPolicy", collection("rate-limit-policies"))
        .doc("How often an application may ask for tokens, and what happens beyond that.")
        .fields(&[
            required("configuration", object(&CONFIGURATION))
                .whole()
                .doc("What happens, and from how many requests on."),
            required("consumer", STRING)
                .replaces()
                .one_of(&["client"])
                .doc("Who is limited; there is only `client`."),
            required("consumerSelector", STRING)
                .replaces()
                .stated(&[Constraint::Length(0, 255)])
                .doc("Which of them: `default`, or the ID of a client for instance."),
            output("createdAt", STRING).whole_seconds().doc("When the policy was made."),
            required("resource", STRING)
                .replaces()
                .one_of(&["oauth_authentication_api"])
                .doc("What is limited; there is only `oauth_authentication_api`."),
            output("updatedAt", STRING)
                .whole_seconds()
                .changes_with_updates()
                .doc("When the policy was changed last."),
        ])
        .rules(&[Rule::Custom(by_action)]);

const CONFIGURATION: ObjectType = object_type(
    "RateLimitPolicyConfiguration",
    &[
        required("action", STRING)
            .one_of(&["allow", "block", "log", "redirect"])
            .doc("What happens to requests beyond the limit."),
        optional("limit", INT)
            .when("action", &["block", "log", "redirect"])
            .range(0, 10_000)
            .doc("How many requests there may be; `allow` has no limit."),
        optional("redirectUri", STRING)
            .when("action", &["redirect"])
            .https_url()
            .doc("Address that they are sent to by `redirect`."),
    ],
);

/// Each action says what it needs.
fn by_action(inputs: &Object) -> Vec<CheckFailure> {
    let Some(configuration) = inputs.get("configuration").and_then(Value::as_object) else {
        return Vec::new();
    };
    let Some(action) = configuration.get("action").and_then(Value::as_str) else {
        return Vec::new();
    };
    let needed: &[&str] = match action {
        "block" | "log" => &["limit"],
        "redirect" => &["limit", "redirectUri"],
        _ => &[],
    };
    let missing = needed.iter().filter(|name| {
        configuration.get(**name).is_none_or(|value| value.is_null() || *value == "".into())
    });
    missing
        .map(|name| CheckFailure {
            property: PropertyPath::of("configuration").name(name),
            reason: format!("required where `action` is `{action}`"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn an_action_says_what_it_needs() {
        struct Case {
            configuration: &'static str,
            complaints: &'static [&'static str],
        }
        let cases = [
            Case { configuration: r#"{"action": "allow"}"#, complaints: &[] },
            Case { configuration: r#"{"action": "allow", "limit": 1}"#, complaints: &[] },
            Case { configuration: r#"{"action": "block", "limit": 0}"#, complaints: &[] },
            Case {
                configuration: r#"{"action": "log"}"#,
                complaints: &["configuration.limit: required where `action` is `log`"],
            },
            Case {
                configuration: r#"{"action": "redirect", "limit": 5}"#,
                complaints: &["configuration.redirectUri: required where `action` is `redirect`"],
            },
        ];
        for case in cases {
            let given = format!(
                r#"{{"resource": "oauth_authentication_api", "consumer": "client",
                    "consumerSelector": "default", "configuration": {}}}"#,
                case.configuration
            );
            assert_eq!(
                failures(&RATE_LIMIT_POLICY, &inputs(&given)),
                case.complaints,
                "{}",
                case.configuration
            );
        }
    }
}
