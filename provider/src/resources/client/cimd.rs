//! `auth0.ClientCimd`: an application that a document of its own describes, at the address that is its ID elsewhere.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

use super::stated;

/// The application. What its document says are outputs.
pub const CLIENT_CIMD: Resource = resource(
    "ClientCimd",
    collection("clients").id_from("client_id").registered_at(
        "clients/cimd/register",
        "external_client_id",
        "externalClientIdVersion",
        "clients/cimd/preview",
    ),
)
.doc("An application that a document describes, at an address of its own.")
.not_listed()
.fields(&[
    optional("allowedOrigins", STRINGS)
        .set_after_create()
        .unordered()
        .stated(stated::ADDRESS)
        .doc("Origins from which scripts may call Auth0, beside those of `callbacks`."),
    computed("appType", STRING)
        .set_after_create()
        .follows(&["externalClientIdVersion"])
        .one_of(&["native", "regular_web", "spa"])
        .doc("Kind of application; it decides which grants and login methods Auth0 offers."),
    output("callbacks", STRINGS)
        .follows(&["externalClientIdVersion"])
        .doc("Addresses that a login may return to."),
    output("clientId", STRING).doc("ID of the application."),
    optional("clientMetadata", STRING_MAP)
        .set_after_create()
        .stated(&[
            Constraint::Entries(0, 10),
            Constraint::KeyLength(255),
            Constraint::KeyCharacters("a-zA-Z0-9:,+=_*?\"/\\()<>@\t -"),
            Constraint::Length(0, 255),
        ])
        .doc("Up to ten texts of your own by key, which actions and rules can read."),
    optional("defaultOrganization", object(&DEFAULT_ORGANIZATION))
        .set_after_create()
        .nullable()
        .whole()
        .doc("Organization that a login is for where the request names none."),
    optional("description", STRING)
        .set_after_create()
        .length(0, 140)
        .doc("What the application is for."),
    required("externalClientId", STRING)
        .replaces()
        .create_only()
        .doc("Address of the document, by which others know the application."),
    optional("externalClientIdVersion", INT)
        .local()
        .doc("A number of your own: Auth0 reads the document again where it changes."),
    output("externalMetadataCreatedBy", STRING).doc("Who registered the application."),
    output("externalMetadataType", STRING).doc("How the application was registered: `cimd`."),
    computed("grantTypes", STRINGS)
        .set_after_create()
        .follows(&["externalClientIdVersion"])
        .unordered()
        .one_of(&["authorization_code", "refresh_token"])
        .doc("Grants by which the application may get tokens."),
    output("isFirstParty", BOOL).doc("Whether it is your own, not a third party's."),
    output("jwksUri", STRING)
        .follows(&["externalClientIdVersion"])
        .doc("Address of the public keys of the application."),
    computed("jwtConfiguration", object(&JWT_CONFIGURATION))
        .set_after_create()
        .doc("How ID tokens of the application are made."),
    output("logoUri", STRING).follows(&["externalClientIdVersion"]).doc("Address of the logo."),
    output("name", STRING)
        .follows(&["externalClientIdVersion"])
        .doc("Name, which users see at login."),
    computed("oidcConformant", BOOL)
        .set_after_create()
        .doc("Whether the application keeps to OpenID Connect: it has to."),
    optional("organizationDiscoveryMethods", STRINGS)
        .set_after_create()
        .empty_is_null()
        .unordered()
        .one_of(&["email", "organization_name"])
        .doc("Ways in which a user finds the organization to sign in to."),
    computed("redirectionPolicy", STRING)
        .set_after_create()
        .one_of(&["allow_always", "open_redirect_protection"])
        .doc("Whether errors redirect to the application, or only where that is safe."),
    computed("refreshToken", object(&REFRESH_TOKEN))
        .set_after_create()
        .doc("How refresh tokens rotate and expire."),
    optional("requireProofOfPossession", BOOL)
        .set_after_create()
        .doc("Whether tokens are bound to a key that their user has to prove."),
    output("signingKeys", list(&STRING_MAP))
        .secret()
        .doc("Certificates that tokens and SAML answers are signed with."),
    optional("skipNonVerifiableCallbackUriConfirmationPrompt", BOOL)
        .set_after_create()
        .nullable()
        .doc("Whether users skip the page that confirms an address nobody can verify."),
    output("thirdPartySecurityMode", STRING)
        .doc("How much Auth0 trusts the application of a third party."),
    optional("tokenQuota", object(&TOKEN_QUOTA))
        .set_after_create()
        .nullable()
        .whole()
        .doc("How many tokens the application may get for itself."),
    output("validations", list(&object(&VALIDATION)))
        .wire("validation")
        .last_of_list()
        .follows(&["externalClientIdVersion"])
        .doc("What Auth0 thought of the document when it read it last."),
    optional("webOrigins", STRINGS)
        .set_after_create()
        .unordered()
        .stated(stated::ADDRESS)
        .doc("Origins from which a page may renew its tokens silently."),
])
.natural_key(&[key("externalClientId")])
.rules(&[Rule::Custom(as_documents_are)])
.adjust(keep_validations);

const DEFAULT_ORGANIZATION: ObjectType = object_type(
    "ClientCimdDefaultOrganization",
    &[
        required("flows", STRINGS)
            .unordered()
            .stated(&[Constraint::OneOf(&["client_credentials"])])
            .doc("Grants that use the organization: `client_credentials`."),
        required("organizationId", STRING)
            .stated(&[Constraint::Prefix("org_")])
            .doc("ID of the organization."),
    ],
);

const JWT_CONFIGURATION: ObjectType = object_type(
    "ClientCimdJwtConfiguration",
    &[
        computed("alg", STRING)
            .one_of(&["RS256", "RS512", "PS256"])
            .doc("Algorithm that tokens are signed with."),
        computed("lifetimeInSeconds", INT).doc("Seconds until a token expires."),
        output("secretEncoded", BOOL)
            .doc("Whether the client secret is used as base64 to sign tokens."),
    ],
);

const REFRESH_TOKEN: ObjectType = object_type(
    "ClientCimdRefreshToken",
    &[
        computed("expirationType", STRING)
            .one_of(&["expiring"])
            .doc("Whether refresh tokens expire: they have to."),
        computed("idleTokenLifetime", INT)
            .stated(&[Constraint::Range(1, i64::MAX)])
            .doc("Seconds after which a refresh token that nobody uses expires."),
        computed("infiniteIdleTokenLifetime", BOOL)
            .doc("Whether refresh tokens stay valid however long nobody uses them: they may not."),
        computed("infiniteTokenLifetime", BOOL)
            .emptied()
            .doc("Whether refresh tokens stay valid however old they are."),
        computed("leeway", INT)
            .stated(&[Constraint::Range(0, i64::MAX)])
            .doc("Seconds for which a rotated refresh token can be used again."),
        computed("rotationType", STRING)
            .one_of(&["rotating", "non-rotating"])
            .doc("Whether each use of a refresh token makes a new one."),
        computed("tokenLifetime", INT)
            .stated(&[Constraint::Range(1, 157_788_000)])
            .doc("Seconds after which a refresh token expires in any case."),
    ],
);

const TOKEN_QUOTA: ObjectType = object_type(
    "ClientCimdTokenQuota",
    &[required("clientCredentials", object(&TOKEN_QUOTA_CLIENT_CREDENTIALS))
        .doc("Limits for tokens that the application gets in its own name.")],
);

const TOKEN_QUOTA_CLIENT_CREDENTIALS: ObjectType = object_type(
    "ClientCimdTokenQuotaClientCredentials",
    &[
        optional("enforce", BOOL)
            .default(Literal::Bool(true))
            .doc("Whether requests over the quota are refused, and not only logged."),
        optional("perDay", INT).range(1, 2_147_483_647).doc("Tokens that may be issued in a day."),
        optional("perHour", INT)
            .range(1, 2_147_483_647)
            .doc("Tokens that may be issued in an hour."),
    ],
);

const VALIDATION: ObjectType = object_type(
    "ClientCimdValidation",
    &[
        output("valid", BOOL).doc("Whether the document describes an application."),
        output("violations", STRINGS).doc("What is wrong in it."),
        output("warnings", STRINGS).doc("What of it says nothing to Auth0."),
    ],
);

/// What Auth0 takes of such applications alone.
fn as_documents_are(inputs: &Object) -> Vec<CheckFailure> {
    let mut failures = Vec::new();
    let mut refuse = |property: PropertyPath, reason: &str| {
        failures.push(CheckFailure { property, reason: reason.to_owned() });
    };
    if inputs.get("oidcConformant") == Some(&Value::Bool(false)) {
        refuse(PropertyPath::of("oidcConformant"), "has to be true for these applications");
    }
    let idle = "infiniteIdleTokenLifetime";
    let block = inputs.get("refreshToken").and_then(Value::as_object);
    if block.and_then(|block| block.get(idle)) == Some(&Value::Bool(true)) {
        let at = PropertyPath::of("refreshToken").name(idle);
        refuse(at, "has to be false for these applications");
    }
    failures
}

/// Only what reads the document tells what Auth0 thinks of it.
fn keep_validations(outputs: &mut Object, kept: &Object) {
    let says_something = |value: &&Value| value.as_array().is_some_and(|list| !list.is_empty());
    if outputs.get("validations").filter(says_something).is_none()
        && let Some(before) = kept.get("validations").filter(says_something)
    {
        outputs.insert("validations".to_owned(), before.clone());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::object;

    #[test]
    fn auth0_takes_no_other_values_of_such_applications() {
        let cases = [
            (
                json!({"oidcConformant": true, "refreshToken": {"infiniteIdleTokenLifetime": false}}),
                0,
            ),
            (
                json!({"oidcConformant": false, "refreshToken": {"infiniteIdleTokenLifetime": true}}),
                2,
            ),
            (json!({}), 0),
        ];
        for (inputs, count) in cases {
            assert_eq!(as_documents_are(&object(inputs.clone())).len(), count, "{inputs}");
        }
    }

    #[test]
    fn what_was_thought_of_the_document_stays_until_it_is_read_again() {
        let before = object(json!({"validations": [{"valid": true}]}));
        let mut outputs = object(json!({"validations": []}));
        keep_validations(&mut outputs, &before);
        assert_eq!(outputs, before);
        let mut outputs = object(json!({"validations": [{"valid": false}]}));
        keep_validations(&mut outputs, &before);
        assert_eq!(outputs, object(json!({"validations": [{"valid": false}]})));
    }
}
