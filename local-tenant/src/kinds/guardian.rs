//! Multi-factor authentication: which factors there are, who sends them, and when one is asked for.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, WHOLE, collection, document, setting};
use crate::store::Store;

/// The factors and their settings.
pub const KINDS: &[Kind] = &[
    collection("/guardian/factors").key("name").upserts().making(is_factor).showing(
        |_, _, factor| {
            factor.retain(|key, _| key == "enabled");
        },
    ),
    document("/guardian/factors/duo/settings"),
    document("/guardian/factors/webauthn-platform/settings").showing(with_relying_party),
    document("/guardian/factors/webauthn-roaming/settings").showing(with_relying_party),
    setting("/guardian/factors/phone/message-types", |_, _| {
        Object::from_iter([("message_types".to_owned(), json!(["sms"]))])
    }),
    document("/guardian/factors/phone/providers/twilio"),
    setting("/guardian/factors/phone/selected-provider", provider_of_auth0),
    document("/guardian/factors/phone/templates"),
    document("/guardian/factors/sms/providers/twilio"),
    setting("/guardian/factors/sms/selected-provider", provider_of_auth0),
    document("/guardian/factors/sms/templates"),
    setting("/guardian/factors/push-notification/selected-provider", |_, _| provider("guardian")),
    document("/guardian/factors/push-notification/providers/apns").shows(&["p12"]).showing(
        |_, call, apns| {
            let has_certificate = apns.remove("p12").is_some();
            if call.row.method == "GET" {
                apns.entry("enabled").or_insert_with(|| has_certificate.into());
            }
        },
    ),
    document("/guardian/factors/push-notification/providers/fcm").hides(&["server_key"]),
    document("/guardian/factors/push-notification/providers/fcmv1").hides(&["server_credentials"]),
    document("/guardian/factors/push-notification/providers/sns").showing(|_, call, sns| {
        // Who sends the secret sees it once more, and nobody later.
        if call.row.method == "GET" {
            sns.remove("aws_secret_access_key");
        }
    }),
    setting("/guardian/policies", |_, _| Object::from_iter([(WHOLE.to_owned(), json!([]))])),
    setting("/guardian/settings", |_, _| {
        let settings = json!({
            "display_remember_me_checkbox": true, "remember_me_default_value": false,
            "mfa_session_inactivity_timeout": 604_800, "mfa_session_overall_timeout": 2_592_000
        });
        settings.as_object().cloned().unwrap_or_default()
    }),
    setting("/guardian/factors/email/settings", codes),
    setting("/guardian/factors/phone/settings", codes),
    collection("/guardian/enrollments")
        .absent("Enrollment not found")
        .code("enrollment_not_found")
        .mourns(),
];

/// The list of factors, and a ticket to enrol.
pub const OWN: &[Own] = &[
    ("GET", "/guardian/factors", factors),
    ("POST", "/guardian/enrollments/ticket", enrollment_ticket),
];

/// The factors, in the order in which they are listed.
const FACTORS: &[&str] = &[
    "sms",
    "push-notification",
    "otp",
    "email",
    "duo",
    "webauthn-roaming",
    "webauthn-platform",
    "recovery-code",
];

fn codes(_: &Store, _: &Call) -> Object {
    let codes = json!({"otp_length": 6, "otp_expiration_time": 300});
    codes.as_object().cloned().unwrap_or_default()
}

fn provider(name: &str) -> Object {
    Object::from_iter([("provider".to_owned(), name.into())])
}

fn provider_of_auth0(_: &Store, _: &Call) -> Object {
    provider("auth0")
}

/// A factor that was never written is made by its first PUT, if it is one.
fn is_factor(_: &Store, call: &Call, _: &mut Object) -> Result<(), ApiError> {
    match FACTORS.contains(&call.last_id()) {
        true => Ok(()),
        false => Err(ApiError::absent(None, "Not Found")),
    }
}

fn factors(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let shelf = store.shelf(call.place());
    let listed = FACTORS.iter().map(|name| {
        let enabled = shelf.get(name).and_then(|factor| factor.get("enabled")?.as_bool());
        json!({"name": name, "enabled": enabled == Some(true), "trial_expired": false})
    });
    Ok(Answer::Ok(listed.collect()))
}

/// A read says whether the relying party is another one, even where nobody said so.
fn with_relying_party(_: &Store, call: &Call, settings: &mut Object) {
    if call.row.method == "GET" {
        settings.entry("overrideRelyingParty").or_insert(Value::Bool(false));
    }
}

fn enrollment_ticket(store: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    let id = ids::prefixed("", 32);
    let url = format!("{}/guardian/enrollments/{id}", store.base);
    Ok(Answer::Ok(json!({"ticket_id": id, "ticket_url": url})))
}
