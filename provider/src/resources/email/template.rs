//! `auth0.EmailTemplate`: what the tenant writes on one occasion.

use pulumi_rs_sdk::state::is_zero;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

/// The template of an occasion. The API has no way to remove one: it is switched off.
pub const EMAIL_TEMPLATE: Resource = resource(
    "EmailTemplate",
    document("email-templates/{template}")
        .patch()
        .made_by_post("email-templates")
        .id_form("{template}")
        .emptied_by(r#"{"enabled":false}"#),
)
.doc("What the tenant writes in an e-mail on one occasion. Without it, Auth0 writes its own words.")
.fields(&[
    required("body", STRING).doc("Body of the e-mail, in the language that `syntax` says."),
    required("enabled", BOOL).doc("Whether the template is used."),
    required("from", STRING).doc("Address that it comes from, with a name or without."),
    computed("includeEmailInRedirect", BOOL)
        .camel_case()
        .emptied()
        .doc("Whether the address of the user is told to the page that the link leads to."),
    optional("resultUrl", STRING)
        .camel_case()
        .nullable()
        .doc("Page that the link leads to in the end."),
    required("subject", STRING).doc("Subject of the e-mail."),
    required("syntax", STRING).doc("Language of body, subject and sender: `liquid`."),
    required("template", STRING)
        .one_of_ignoring_case(TEMPLATES)
        .moves()
        .doc("Occasion that it is for: `verify_email` for instance."),
    optional("urlLifetimeInSeconds", INT)
        .camel_case()
        .nullable()
        .stated(&[Constraint::Range(0, i64::MAX)])
        .doc("Seconds for which the link can be used."),
])
.create_with(nothing_of_before);

const TEMPLATES: &[&str] = &[
    "verify_email",
    "verify_email_by_code",
    "reset_email",
    "reset_email_by_code",
    "welcome_email",
    "blocked_account",
    "stolen_credentials",
    "enrollment_email",
    "mfa_oob_code",
    "user_invitation",
    "change_password",
    "password_reset",
    "async_approval",
    "auth_email_by_code",
];

/// A template that left a program is there still, and so is what nothing else would clear.
fn nothing_of_before(inputs: &Object) -> WireObject {
    let left = ["resultUrl", "urlLifetimeInSeconds"].into_iter();
    let left = left.filter(|row| inputs.get(*row).is_none_or(is_zero));
    left.map(|wire| (wire.to_owned(), Json::Null)).collect()
}
