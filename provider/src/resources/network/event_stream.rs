//! `auth0.EventStream`: where what happens in the tenant is told.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Object;

use super::DIGITS;

/// The stream; its destination is that of its type.
pub const EVENT_STREAM: Resource = resource(
    "EventStream",
    collection("event-streams").items("eventStreams"),
)
.doc("Where what happens in the tenant is told, as soon as it does.")
.fields(&[
    destination("actionConfiguration", &ACTION, &["action"]).replaces().doc(
        "The action that is called, where the type is `action`; Auth0 deletes it with the stream.",
    ),
    output("createdAt", STRING).go_time().doc("When it was made."),
    required("destinationType", STRING)
        .wire("destination.type")
        .goes_with("webhookConfiguration")
        .replaces()
        .one_of(&["eventbridge", "webhook", "action"])
        .doc("What kind of destination events are sent to."),
    destination("eventbridgeConfiguration", &EVENTBRIDGE, &["eventbridge"])
        .replaces()
        .doc("The AWS account that they are sent to, where the type is `eventbridge`."),
    optional("name", STRING)
        .autonamed()
        .kept()
        .stated(&[Constraint::Length(1, 128)])
        .doc("Name of the stream."),
    computed("status", STRING).one_of(&["enabled", "disabled"]).doc("Whether events are sent."),
    required("subscriptions", STRINGS)
        .each_in("event_type")
        .doc("Which events are sent, `user.created` for instance."),
    output("updatedAt", STRING).go_time().changes_with_updates().doc("When it was changed last."),
    destination("webhookConfiguration", &WEBHOOK, &["webhook"])
        .whole()
        .kept()
        .doc("The address that they are sent to, where the type is `webhook`."),
])
.rules(&[
    Rule::ExactlyOneOf(&[
        "eventbridgeConfiguration",
        "webhookConfiguration",
        "actionConfiguration",
    ]),
    Rule::AtMostOneOf(&[USERNAME, TOKEN, TOKEN_WO, HEADER_KEY]),
    Rule::Stated(credentials),
    Rule::Needs(PASSWORD, &[USERNAME]),
    Rule::Needs(PASSWORD_WO, &[USERNAME, PASSWORD_WO_VERSION]),
    Rule::Needs(PASSWORD_WO_VERSION, &[PASSWORD_WO]),
    Rule::Excludes(PASSWORD, &[PASSWORD_WO]),
    Rule::Needs(TOKEN_WO, &[TOKEN_WO_VERSION]),
    Rule::Needs(TOKEN_WO_VERSION, &[TOKEN_WO]),
    Rule::Needs(HEADER_VALUE, &[HEADER_KEY]),
    Rule::Needs(HEADER_VALUE_WO, &[HEADER_KEY, HEADER_VALUE_WO_VERSION]),
    Rule::Needs(HEADER_VALUE_WO_VERSION, &[HEADER_VALUE_WO]),
    Rule::Excludes(HEADER_VALUE, &[HEADER_VALUE_WO]),
]);

const USERNAME: &str = "webhookConfiguration.webhookAuthorization.username";
const PASSWORD: &str = "webhookConfiguration.webhookAuthorization.password";
const PASSWORD_WO: &str = "webhookConfiguration.webhookAuthorization.passwordWo";
const PASSWORD_WO_VERSION: &str = "webhookConfiguration.webhookAuthorization.passwordWoVersion";
const TOKEN: &str = "webhookConfiguration.webhookAuthorization.token";
const TOKEN_WO: &str = "webhookConfiguration.webhookAuthorization.tokenWo";
const TOKEN_WO_VERSION: &str = "webhookConfiguration.webhookAuthorization.tokenWoVersion";
const HEADER_KEY: &str = "webhookConfiguration.webhookAuthorization.headerKey";
const HEADER_VALUE: &str = "webhookConfiguration.webhookAuthorization.headerValue";
const HEADER_VALUE_WO: &str = "webhookConfiguration.webhookAuthorization.headerValueWo";
const HEADER_VALUE_WO_VERSION: &str =
    "webhookConfiguration.webhookAuthorization.headerValueWoVersion";

/// A webhook is sent something by which it knows who sends. An import has no secrets, and so this is no mistake.
fn credentials(inputs: &Object) -> Vec<CheckFailure> {
    let block = |block: &Object, name: &str| block.get(name)?.as_object().cloned();
    let authorization = block(inputs, "webhookConfiguration")
        .and_then(|webhook| block(&webhook, "webhookAuthorization"));
    let is_given = |name| authorization.as_ref().is_some_and(|given| given.contains_key(name));
    match ["username", "token", "tokenWo", "headerKey"].into_iter().any(is_given) {
        false if authorization.is_some() => vec![CheckFailure {
            property: PropertyPath::of("webhookConfiguration").name("webhookAuthorization"),
            reason: "give `username`, `token`, `tokenWo` or `headerKey`, by the `method`"
                .to_owned(),
        }],
        _ => Vec::new(),
    }
}

/// What the API has in one place for each type of destination.
const fn destination(
    name: &'static str,
    of: &'static ObjectType,
    types: &'static [&'static str],
) -> Field {
    optional(name, object(of)).wire("destination.configuration").when("destinationType", types)
}

const ACTION: ObjectType = object_type(
    "EventStreamActionConfiguration",
    &[required("actionId", STRING).doc("ID of the action.")],
);

const EVENTBRIDGE: ObjectType = object_type(
    "EventStreamEventbridgeConfiguration",
    &[
        required("awsAccountId", STRING)
            .replaces()
            .stated(&[DIGITS, Constraint::Length(12, 12)])
            .doc("ID of the AWS account."),
        output("awsPartnerEventSource", STRING)
            .doc("Name of the event source that Auth0 makes there."),
        required("awsRegion", STRING)
            .replaces()
            .stated(&[Constraint::OneOf(AWS_REGIONS)])
            .doc("AWS region."),
    ],
);

const WEBHOOK: ObjectType = object_type(
    "EventStreamWebhookConfiguration",
    &[
        required("webhookAuthorization", object(&AUTHORIZATION))
            .doc("How the receiver knows that it is Auth0 that sends them."),
        required("webhookEndpoint", STRING)
            .stated(&[Constraint::Prefix("https://")])
            .doc("Address that they are sent to: `https://`."),
    ],
);

const AUTHORIZATION: ObjectType = object_type(
    "EventStreamWebhookConfigurationWebhookAuthorization",
    &[
        optional("headerKey", STRING)
            .when("method", CUSTOM_HEADER)
            .stated(&[Constraint::Characters("a-zA-Z0-9!#$%&'*+.^_`|~-")])
            .doc("Name of the header."),
        secret("headerValue", CUSTOM_HEADER).doc("Value of the header; it is never shown."),
        secret_wo("headerValueWo", "header_value", &["headerValueWoVersion"], CUSTOM_HEADER)
            .doc("Value of the header, which the state's outputs do not hold."),
        version("headerValueWoVersion", CUSTOM_HEADER)
            .doc("Another number says that `headerValueWo` is another, and sends it."),
        required("method", STRING)
            .one_of(&["basic", "bearer", "custom_header"])
            .doc("How: by a name and a password, by a token, or by a header of your own."),
        secret("password", BASIC).doc("Password; it is never shown."),
        secret_wo("passwordWo", "password", &["passwordWoVersion"], BASIC)
            .doc("Password, which the state's outputs do not hold."),
        version("passwordWoVersion", BASIC)
            .doc("Another number says that `passwordWo` is another, and sends it."),
        secret("token", BEARER).doc("Token; it is never shown."),
        secret_wo("tokenWo", "token", &["tokenWoVersion"], BEARER)
            .doc("Token, which the state's outputs do not hold."),
        version("tokenWoVersion", BEARER)
            .doc("Another number says that `tokenWo` is another, and sends it."),
        optional("username", STRING)
            .when("method", BASIC)
            .stated(&[Constraint::Length(0, 128), Constraint::Without(":")])
            .doc("Name that goes with the password."),
    ],
);

const BASIC: &[&str] = &["basic"];
const BEARER: &[&str] = &["bearer"];
const CUSTOM_HEADER: &[&str] = &["custom_header"];

const fn secret(name: &'static str, methods: &'static [&'static str]) -> Field {
    optional(name, STRING).secret().write_only().when("method", methods)
}

const fn secret_wo(
    name: &'static str,
    wire: &'static str,
    version: &'static [&'static str],
    methods: &'static [&'static str],
) -> Field {
    optional(name, STRING)
        .wire(wire)
        .secret()
        .never_stored()
        .follows(version)
        .when("method", methods)
}

const fn version(name: &'static str, methods: &'static [&'static str]) -> Field {
    optional(name, INT).local().when("method", methods)
}

const AWS_REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::check::beyond_what_is_stated;

    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn a_stream_goes_to_one_place_that_knows_who_sends() {
        struct Case {
            destination: &'static str,
            refused: &'static [&'static str],
            told: &'static [&'static str],
        }
        let cases = [
            Case {
                destination: r#""actionConfiguration": {"actionId": "a"}"#,
                refused: &[],
                told: &[],
            },
            Case {
                destination: r#""webhookConfiguration": {"webhookEndpoint": "https://x",
                    "webhookAuthorization": {"method": "bearer", "tokenWo": "t", "tokenWoVersion": 1}}"#,
                refused: &[],
                told: &[],
            },
            Case {
                destination: r#""webhookConfiguration": {"webhookEndpoint": "https://x",
                    "webhookAuthorization": {"method": "bearer"}}"#,
                refused: &[],
                told: &["webhookConfiguration.webhookAuthorization: give `username`, `token`, \
                     `tokenWo` or `headerKey`, by the `method`"],
            },
            Case {
                destination: r#""webhookConfiguration": {"webhookEndpoint": "https://x",
                    "webhookAuthorization": {"method": "basic", "username": "u", "token": "t"}}"#,
                refused: &["webhookConfiguration.webhookAuthorization.username: only one of \
                     `webhookConfiguration.webhookAuthorization.username`, \
                     `webhookConfiguration.webhookAuthorization.token`, \
                     `webhookConfiguration.webhookAuthorization.tokenWo`, \
                     `webhookConfiguration.webhookAuthorization.headerKey` may be given"],
                told: &[],
            },
            Case {
                destination: r#""status": "enabled""#,
                refused: &["eventbridgeConfiguration: one of `eventbridgeConfiguration`, \
                     `webhookConfiguration`, `actionConfiguration` is required"],
                told: &[],
            },
        ];
        for Case { destination, refused, told } in cases {
            let given = inputs(&format!(
                r#"{{"destinationType": "webhook", "subscriptions": ["user.created"], {destination}}}"#
            ));
            assert_eq!(failures(&EVENT_STREAM, &given), refused, "{destination}");
            let found = beyond_what_is_stated(&EVENT_STREAM, &given);
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(found, told, "{destination}");
        }
    }
}
