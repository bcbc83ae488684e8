//! `auth0.ResourceServer`: an API that applications get access tokens for.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::state::is_zero;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

/// The API; its scopes are resources of their own.
pub const RESOURCE_SERVER: Resource = resource(
    "ResourceServer",
    collection("resource-servers").paged(Paging::Offset),
)
.fixed(fixed)
.permanent(permanent)
.doc("An API that applications get access tokens for.")
.fields(&[
    optional("accessToken", object(&ACCESS_TOKEN))
        .nullable()
        .whole()
        .doc("What access tokens hold beside the usual."),
    computed("allowOfflineAccess", BOOL)
        .emptied()
        .doc("Whether refresh tokens are issued for the API."),
    computed("allowOnlineAccess", BOOL)
        .emptied()
        .doc("Whether refresh tokens that end with the user's session are issued for the API."),
    computed("allowOnlineAccessWithEphemeralSessions", BOOL)
        .emptied()
        .doc("Whether such refresh tokens are also issued in sessions that end with the browser."),
    computed("authorizationDetails", list(&object(&AUTHORIZATION_DETAIL)))
        .nullable()
        .unordered()
        .disable_block()
        .doc("Types of authorization details that may be requested for the API."),
    computed("authorizationPolicy", object(&AUTHORIZATION_POLICY))
        .nullable()
        .whole()
        .doc("Policy that decides on requests for the API."),
    output("clientId", STRING)
        .doc("ID of the application that stands for the API, if there is one."),
    computed("consentPolicy", STRING)
        .nullable()
        .null_text()
        .one_of(&["transactional-authorization-with-mfa", "null"])
        .doc("How a user confirms a transaction; `null` says that there is no such policy."),
    computed("enforcePolicies", BOOL)
        .emptied()
        .doc("Whether roles and permissions decide which scopes a token gets."),
    required("identifier", STRING)
        .replaces()
        .stated(&[Constraint::Length(1, 600)])
        .doc("Identifier of the API: the audience of its tokens. It need not be a real address."),
    output("isSystem", BOOL)
        .doc("Whether Auth0 made the API, so that little of it can be changed."),
    computed("name", STRING)
        .autonamed()
        .stated(&[Constraint::Length(0, 200), Constraint::Without("<>")])
        .doc("Name of the API."),
    computed("proofOfPossession", object(&PROOF_OF_POSSESSION))
        .nullable()
        .whole()
        .disable_block()
        .doc("Whether tokens for the API are bound to a key that their user has to prove."),
    computed("requireConsentNonRepudiation", BOOL)
        .doc("Whether a user's consent counts only where it is signed."),
    computed("signingAlg", STRING)
        .one_of_ignoring_case(&["HS256", "RS256", "RS512", "PS256"])
        .doc("Algorithm that access tokens are signed with."),
    computed("signingSecret", STRING)
        .secret()
        .follows(&["signingAlg"])
        .length(16, usize::MAX)
        .doc("Secret that tokens are signed with where `signingAlg` is `HS256`."),
    computed("skipConsentForVerifiableFirstPartyClients", BOOL)
        .emptied()
        .doc("Whether users need not consent where the application is your own."),
    computed("subjectTypeAuthorization", object(&SUBJECT_TYPE_AUTHORIZATION))
        .doc("Who may get tokens for the API, for users and for applications."),
    computed("tokenDialect", STRING)
        .one_of_ignoring_case(&[
            "access_token",
            "access_token_authz",
            "rfc9068_profile",
            "rfc9068_profile_authz",
        ])
        .doc("Form of access tokens; those with `authz` carry the permissions."),
    computed("tokenEncryption", object(&TOKEN_ENCRYPTION))
        .nullable()
        .whole()
        .disable_block()
        .doc("How access tokens are encrypted."),
    computed("tokenLifetime", INT)
        .stated(&[Constraint::Range(0, 2_592_000)])
        .doc("Seconds until an access token expires."),
    optional("tokenLifetimeForAnonymousAccessTokens", INT)
        .nullable()
        .range(86_400, 2_592_000)
        .doc("Seconds until an access token of a user who has not signed in expires."),
    computed("tokenLifetimeForWeb", INT)
        .doc("Seconds until an access token that a browser got without a code expires."),
    optional("verificationLocation", STRING)
        .camel_case()
        .kept()
        .doc("Address that tells the keys of the API, for older extensions."),
])
.rules(&[Rule::Custom(authorization_details), Rule::Custom(disabled_blocks)]);

const ACCESS_TOKEN: ObjectType = object_type(
    "ResourceServerAccessToken",
    &[optional("claimsMapping", object(&CLAIMS_MAPPING)).doc("Claims that are made of others.")],
);

const CLAIMS_MAPPING: ObjectType = object_type(
    "ResourceServerAccessTokenClaimsMapping",
    &[optional("customClaims", list(&object(&CUSTOM_CLAIM)))
        .doc("The claims, of which there may be up to 20.")],
);

const CUSTOM_CLAIM: ObjectType = object_type(
    "ResourceServerAccessTokenClaimsMappingCustomClaim",
    &[
        required("expression", STRING).doc("Expression that makes the claim's value."),
        required("name", STRING).doc("Name of the claim."),
    ],
);

const AUTHORIZATION_DETAIL: ObjectType = object_type(
    "ResourceServerAuthorizationDetail",
    &[
        optional("disable", BOOL).local().doc("Says that there are none; then it stands alone."),
        optional("type", STRING).doc("Name of the type."),
    ],
);

const AUTHORIZATION_POLICY: ObjectType = object_type(
    "ResourceServerAuthorizationPolicy",
    &[computed("policyId", STRING).stated(&[Constraint::Length(1, 1024)]).doc("ID of the policy.")],
);

const PROOF_OF_POSSESSION: ObjectType = object_type(
    "ResourceServerProofOfPossession",
    &[
        optional("disable", BOOL)
            .local()
            .doc("Says that there is none; then nothing else may be given."),
        computed("mechanism", STRING)
            .one_of_ignoring_case(&["mtls", "dpop"])
            .doc("How the key is proved: by the TLS connection or by signed requests."),
        computed("required", BOOL).emptied().doc("Whether a token without such a key is refused."),
        optional("requiredFor", STRING)
            .one_of_ignoring_case(&["all_clients", "public_clients"])
            .doc("Which applications have to prove a key, where `required` is true."),
    ],
);

const SUBJECT_TYPE_AUTHORIZATION: ObjectType = object_type(
    "ResourceServerSubjectTypeAuthorization",
    &[
        computed("anonymousUser", object(&SUBJECT_TYPE_AUTHORIZATION_ANONYMOUS_USER))
            .doc("Access of applications on behalf of a user who has not signed in."),
        computed("client", object(&SUBJECT_TYPE_AUTHORIZATION_CLIENT))
            .doc("Access of applications in their own name."),
        computed("user", object(&SUBJECT_TYPE_AUTHORIZATION_USER))
            .doc("Access of applications on behalf of a user."),
    ],
);

const SUBJECT_TYPE_AUTHORIZATION_ANONYMOUS_USER: ObjectType = object_type(
    "ResourceServerSubjectTypeAuthorizationAnonymousUser",
    &[optional("policy", STRING)
        .kept()
        .one_of(&["deny_all", "require_client_grant"])
        .doc("Whether a client grant lets the application in.")],
);

const SUBJECT_TYPE_AUTHORIZATION_CLIENT: ObjectType = object_type(
    "ResourceServerSubjectTypeAuthorizationClient",
    &[optional("policy", STRING)
        .kept()
        .one_of(&["deny_all", "require_client_grant"])
        .doc("Whether a client grant lets the application in.")],
);

const SUBJECT_TYPE_AUTHORIZATION_USER: ObjectType = object_type(
    "ResourceServerSubjectTypeAuthorizationUser",
    &[optional("policy", STRING)
        .kept()
        .one_of(&["allow_all", "deny_all", "require_client_grant"])
        .doc("Whether every application is let in, none, or those with a client grant.")],
);

const TOKEN_ENCRYPTION: ObjectType = object_type(
    "ResourceServerTokenEncryption",
    &[
        optional("disable", BOOL)
            .local()
            .doc("Says that there is none; then nothing else may be given."),
        computed("encryptionKey", object(&TOKEN_ENCRYPTION_KEY))
            .doc("Public key that tokens are encrypted with."),
        computed("format", STRING)
            .one_of_ignoring_case(&["compact-nested-jwe"])
            .doc("Form of encrypted tokens."),
    ],
);

const TOKEN_ENCRYPTION_KEY: ObjectType = object_type(
    "ResourceServerTokenEncryptionEncryptionKey",
    &[
        required("algorithm", STRING)
            .wire("alg")
            .stated(&[Constraint::OneOf(&["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"])])
            .doc("Algorithm of the encryption, `RSA-OAEP-256` for instance."),
        computed("kid", STRING).stated(&[Constraint::Length(1, 128)]).doc("ID of the key."),
        computed("name", STRING).stated(&[Constraint::Length(1, 128)]).doc("Name of the key."),
        required("pem", STRING)
            .stated(&[Constraint::Length(0, 4096)])
            .write_only()
            .doc("The public key in PEM form."),
    ],
);

/// What Auth0 alone sets in an API of its own: its name, and in the Management API all but what governs its tokens, as the
/// published provider has it.
fn fixed(outputs: &Object) -> &'static [&'static str] {
    match outputs.get("isSystem") {
        Some(Value::Bool(true)) if is_management(outputs) => &[
            "accessToken",
            "allowOfflineAccess",
            "allowOnlineAccess",
            "allowOnlineAccessWithEphemeralSessions",
            "authorizationDetails",
            "consentPolicy",
            "enforcePolicies",
            "name",
            "proofOfPossession",
            "requireConsentNonRepudiation",
            "signingAlg",
            "signingSecret",
            "tokenDialect",
            "tokenEncryption",
            "tokenLifetimeForAnonymousAccessTokens",
            "tokenLifetimeForWeb",
            "verificationLocation",
        ],
        Some(Value::Bool(true)) => &["name"],
        _ => &[],
    }
}

/// The Management API is there always; other APIs of Auth0 are made by asking for them.
fn permanent(outputs: &Object) -> Option<&'static str> {
    let is_system = outputs.get("isSystem") == Some(&Value::Bool(true));
    (is_system && is_management(outputs)).then_some("it is the Management API of the tenant")
}

fn is_management(outputs: &Object) -> bool {
    let identifier = outputs.get("identifier").and_then(Value::as_str);
    identifier.is_some_and(|identifier| identifier.ends_with("/api/v2/"))
}

/// An authorization detail names a type or says that there is none.
fn authorization_details(inputs: &Object) -> Vec<CheckFailure> {
    let Some(Value::Array(details)) = inputs.get("authorizationDetails") else {
        return Vec::new();
    };
    let at = PropertyPath::of("authorizationDetails");
    let elements = details.iter().enumerate();
    elements
        .flat_map(|(index, detail)| beside_disable(at.index(index), Some(detail), &["type"]))
        .collect()
}

/// Where a block disables, nothing else is given in it.
fn disabled_blocks(inputs: &Object) -> Vec<CheckFailure> {
    let blocks: [(&str, &[&str]); 2] = [
        ("proofOfPossession", &["mechanism", "required", "requiredFor"]),
        ("tokenEncryption", &["encryptionKey", "format"]),
    ];
    let complaints =
        |(name, fields)| beside_disable(PropertyPath::of(name), inputs.get(name), fields);
    blocks.into_iter().flat_map(complaints).collect()
}

fn beside_disable(at: PropertyPath, block: Option<&Value>, fields: &[&str]) -> Vec<CheckFailure> {
    let Some(block) = block.and_then(Value::as_object) else {
        return Vec::new();
    };
    if block.get("disable") != Some(&Value::Bool(true)) {
        return Vec::new();
    }
    let given = fields.iter().filter(|name| block.get(**name).is_some_and(|value| !is_zero(value)));
    given
        .map(|name| CheckFailure {
            property: at.name(name),
            reason: "leave it out where `disable` is true".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::diff::diff;
    use pulumi_rs_sdk::provider::Known;

    use super::*;
    use crate::resources::testing::{failures, inputs};

    /// An API of Auth0, or one that is not, as a state holds it, and a program that wants much of it otherwise.
    fn changes(identifier: &str, is_system: bool) -> (Vec<String>, Vec<String>) {
        let outputs = inputs(&format!(
            r#"{{"identifier": "{identifier}", "isSystem": {is_system}, "name": "a",
                "signingAlg": "RS256", "tokenLifetime": 60}}"#
        ));
        let news = inputs(&format!(
            r#"{{"identifier": "{identifier}", "name": "b", "signingAlg": "PS256",
                "tokenLifetime": 90}}"#
        ));
        let old = Known { inputs: outputs.clone(), outputs };
        let diff = diff(&RESOURCE_SERVER, &old, &news, &[]);
        let changes = diff.changes.iter().map(|change| change.path.to_string());
        let fixed = diff.fixed.iter().map(ToString::to_string);
        (changes.collect(), fixed.collect())
    }

    #[test]
    fn in_an_api_of_auth0_only_what_it_lets_is_changed() {
        let texts = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (management, account) = ("https://t.auth0.com/api/v2/", "https://t.auth0.com/me/");
        let all = texts(&["name", "signingAlg", "tokenLifetime"]);
        assert_eq!(changes("https://mine/", false), (all, Vec::new()));
        // One's own may be called alike.
        assert_eq!(changes("https://mine/api/v2/", false).1, Vec::<String>::new());
        let of_account = (texts(&["signingAlg", "tokenLifetime"]), texts(&["name"]));
        assert_eq!(changes(account, true), of_account);
        let of_management = (texts(&["tokenLifetime"]), texts(&["name", "signingAlg"]));
        assert_eq!(changes(management, true), of_management);
    }

    #[test]
    fn what_disables_stands_alone() {
        let given = r#"{"identifier": "https://api/",
            "authorizationDetails": [{"disable": true}, {"disable": true, "type": "payment"}],
            "proofOfPossession": {"disable": true, "mechanism": "dpop", "required": false},
            "tokenEncryption": {"disable": true}}"#;
        assert_eq!(
            failures(&RESOURCE_SERVER, &inputs(given)),
            [
                "authorizationDetails[1].type: leave it out where `disable` is true",
                "proofOfPossession.mechanism: leave it out where `disable` is true",
            ]
        );
    }
}
