//! `auth0.UserAttributeProfile`: which attributes connections give of users, and what each is called there.

use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Value;

/// The profile; connections that customers set up by themselves take their attributes from it.
pub const USER_ATTRIBUTE_PROFILE: Resource =
    resource("UserAttributeProfile", collection("user-attribute-profiles").pages_of(10))
        .doc("Which attributes connections give of users, and what each is called there.")
        .fields(&[
            optional("name", STRING)
                .autonamed()
                .kept()
                .stated(&[Constraint::Length(1, 128)])
                .doc("Name of the profile."),
            required("userAttributes", list(&object(&USER_ATTRIBUTE)))
                .keyed_by("name")
                .stated(&[Constraint::Entries(1, 64)])
                .doc("The attributes, each of another name."),
            // No recording tells whether what a change leaves out of it stays, or becomes what the server gives.
            computed("userId", object(&USER_ID))
                .changes_with_updates()
                .doc("What the user is known by."),
        ]);

const USER_ATTRIBUTE: ObjectType = object_type(
    "UserAttributeProfileUserAttribute",
    &[
        required("auth0Mapping", STRING)
            .wire("auth0_mapping")
            .length(1, 50)
            .doc("Name of the attribute in Auth0."),
        required("description", STRING).length(1, 128).doc("What it is."),
        required("label", STRING).length(1, 128).doc("What it is called for people."),
        required("name", STRING).length(1, 50).doc("Name of the attribute."),
        computed("oidcMapping", object(&OIDC_MAPPING)).doc(OIDC),
        required("profileRequired", BOOL).doc("Whether every user must have it."),
        saml(),
        scim(),
        computed("strategyOverrides", list(&object(&ATTRIBUTE_OVERRIDE)))
            .keyed_by("strategy")
            .doc(OVERRIDES),
    ],
);

const OIDC: &str = "What it is called in tokens of OpenID Connect.";
const OVERRIDES: &str = "What is otherwise for connections of one strategy.";

const OIDC_MAPPING: ObjectType =
    object_type("UserAttributeProfileUserAttributeOidcMapping", &OIDC_MAPPING_ROWS);

const OIDC_MAPPING_ROWS: [Field; 2] = [
    optional("displayName", STRING).length(1, 50).doc("What it is called for people."),
    required("mapping", STRING).length(1, 50).doc("Name of the claim."),
];

const ATTRIBUTE_OVERRIDE: ObjectType = object_type(
    "UserAttributeProfileUserAttributeStrategyOverride",
    &[
        computed("oidcMapping", object(&OVERRIDE_OIDC_MAPPING)).doc(OIDC),
        saml(),
        scim(),
        required("strategy", STRING).one_of(STRATEGIES).doc("The strategy."),
    ],
);

const STRATEGIES: &[&str] =
    &["ad", "adfs", "google-apps", "oidc", "okta", "pingfederate", "samlp", "waad"];

const OVERRIDE_OIDC_MAPPING: ObjectType =
    object_type("UserAttributeProfileUserAttributeStrategyOverrideOidcMapping", &OIDC_MAPPING_ROWS);

const USER_ID: ObjectType = object_type(
    "UserAttributeProfileUserId",
    &[
        // All recorded answers to requests that do not send them.
        computed("oidcMapping", STRING)
            .one_of(&["sub"])
            .server_default(Literal::String("sub"))
            .doc("Claim of OpenID Connect that holds it; there is only `sub`."),
        saml().usual(are_usual_claims),
        scim().server_default(Literal::String("externalId")),
        optional("strategyOverrides", list(&object(&ID_OVERRIDE)))
            .keyed_by("strategy")
            .doc(OVERRIDES),
    ],
);

const ID_OVERRIDE: ObjectType = object_type(
    "UserAttributeProfileUserIdStrategyOverride",
    &[
        computed("oidcMapping", STRING)
            .one_of(&["email", "sub", "oid"])
            .doc("Claim of OpenID Connect that holds it: `email`, `sub` or `oid`."),
        saml(),
        scim(),
        required("strategy", STRING).stated(&[Constraint::OneOf(STRATEGIES)]).doc("The strategy."),
    ],
);

const fn saml() -> Field {
    computed("samlMappings", STRINGS)
        .wire("saml_mapping")
        .length(1, 128)
        .stated(&[Constraint::Entries(0, 3)])
        .doc("What it is called in assertions of SAML, by preference.")
}

const fn scim() -> Field {
    computed("scimMapping", STRING).length(1, 128).doc("What it is called in SCIM.")
}

fn are_usual_claims(claims: &Value) -> bool {
    const PREFIX: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    const NAMES: &[&str] = &["nameidentifier", "upn", "name"];
    let Some(claims) = claims.as_array() else { return false };
    let names =
        claims.iter().map(|claim| claim.as_str().and_then(|claim| claim.strip_prefix(PREFIX)));
    names.eq(NAMES.iter().map(|name| Some(*name)))
}
