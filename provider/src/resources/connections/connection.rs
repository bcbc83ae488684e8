//! `auth0.Connection`: where users come from.

use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

use super::dialects::DIALECTS;
use super::strategies::{ALL, ENTERPRISE, WITH_CLIENT};
use super::{database, enterprise, every, openid, passwordless, saml, social};

/// The connection; its options are those of its strategy.
pub const CONNECTION: Resource = resource("Connection", collection("connections"))
    .doc("Where users come from: a database, a social network, an enterprise, or codes.")
    .fields(&[
        computed("authentication", object(&AUTHENTICATION)).doc("Whether users can log in by it."),
        computed("connectedAccounts", object(&CONNECTED_ACCOUNTS))
            .doc("Whether users can link accounts by it."),
        computed("crossAppAccessRequestingApp", object(&REQUESTING_APP))
            .doc("Whether applications behind it may ask for access elsewhere."),
        optional("crossAppAccessResourceApp", object(&RESOURCE_APP))
            .nullable()
            .doc("Whether applications elsewhere may ask for access by it."),
        computed("displayName", STRING)
            .stated(&[Constraint::Length(0, 128)])
            .doc("Name that the login page shows."),
        computed("isDomainConnection", BOOL)
            .emptied()
            .doc("Whether the login page sends users here by the domain of their email address."),
        optional("metadata", STRING_MAP)
            .absent_is_null()
            .stated(&[Constraint::Entries(0, 10), Constraint::Length(0, 255)])
            .doc("Values of your own: up to ten, of at most 255 characters."),
        optional("name", STRING)
            .autonamed()
            .stated(&[Constraint::Length(1, 128), Constraint::Characters("a-zA-Z0-9-")])
            .replaces()
            .doc("Name of the connection. Another one makes a new connection."),
        computed("options", object(&OPTIONS))
            .merged()
            .follows(&["optionsClientSecretWoVersion"])
            .doc("How it works, by its strategy."),
        optional("optionsClientSecretWo", STRING)
            .wire("options.client_secret")
            .secret()
            .never_stored()
            .follows(&["optionsClientSecretWoVersion"])
            .goes_with("optionsClientSecretWoVersion")
            .when("strategy", WITH_CLIENT)
            .doc("Secret at the other side, which the state's outputs do not hold."),
        optional("optionsClientSecretWoVersion", INT)
            .local()
            .absent_is_null()
            .when("strategy", WITH_CLIENT)
            .doc("Another number says that `optionsClientSecretWo` is another, and sends it."),
        computed("realms", STRINGS).emptied().doc("Realms that it is asked for by."),
        optional("showAsButton", BOOL)
            .when("strategy", ENTERPRISE)
            .absent_is_null()
            .doc("Whether the login page has a button for it."),
        required("strategy", STRING)
            .replaces()
            .one_of_ignoring_case(ALL)
            .doc("What kind of connection it is. Another one makes a new connection."),
    ])
    .dialects(&DIALECTS)
    .adjust(hide_write_only_secret)
    .rules(&[
        Rule::Excludes("optionsClientSecretWo", &["options.clientSecret"]),
        Rule::Together(&["optionsClientSecretWo", "optionsClientSecretWoVersion"]),
        Rule::Excludes("options.metadataXml", &["options.metadataUrl"]),
    ])
    .holds(&[held("user", "users", "users").by("q", "identities.connection:\"{name}\"")]);

/// A secret of which the program gives a version is never stored, though answers hold it.
fn hide_write_only_secret(outputs: &mut Object, _: &Object) {
    let version = outputs.get("optionsClientSecretWoVersion");
    if version.is_none_or(|version| version.is_null() || *version == Value::Number(0.0)) {
        return;
    }
    if let Some(Value::Object(options)) = outputs.get_mut("options") {
        options.insert("clientSecret".to_owned(), "".into());
    }
}

const AUTHENTICATION: ObjectType = object_type(
    "ConnectionAuthentication",
    &[required("active", BOOL).doc("Whether users can log in by it.")],
);

const CONNECTED_ACCOUNTS: ObjectType = object_type(
    "ConnectionConnectedAccounts",
    &[required("active", BOOL).doc("Whether users can link accounts by it.")],
);

const REQUESTING_APP: ObjectType = object_type(
    "ConnectionCrossAppAccessRequestingApp",
    &[required("active", BOOL).doc("Whether they may.")],
);

const RESOURCE_APP: ObjectType = object_type(
    "ConnectionCrossAppAccessResourceApp",
    &[required("status", STRING).one_of(&["enabled", "disabled"]).doc("Whether they may.")],
);

const OPTIONS: ObjectType = object_type("ConnectionOptions", &OPTION_ROWS);

static OPTION_ROWS: [Field; 121] = sorted_rows(&[
    database::ROWS,
    enterprise::ROWS,
    every::ROWS,
    openid::ROWS,
    passwordless::ROWS,
    saml::ROWS,
    social::ROWS,
]);
