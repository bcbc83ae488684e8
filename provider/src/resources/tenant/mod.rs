//! `auth0.Tenant`: the settings of the tenant as a whole.

mod flags;

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::state::is_zero;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

/// The settings. Where the API says nothing of a lifetime, it is the one that Auth0 documents.
pub const TENANT: Resource = resource(
    "Tenant",
    singleton("tenants/settings").stays("the settings of the tenant stay as they are"),
)
.doc("The settings of the tenant as a whole. What the program does not give is left as it is.")
.fields(&[
    computed("acrValuesSupporteds", STRINGS)
        .wire("acr_values_supported")
        .unordered()
        .emptied()
        .follows(&["disableAcrValuesSupported"])
        .doc("Levels of authentication that an application may ask for."),
    computed("allowOrganizationNameInAuthenticationApi", BOOL)
        .nullable()
        .doc("Whether a login may name an organization by its name, not only by its ID."),
    computed("allowedLogoutUrls", STRINGS)
        .emptied()
        .stated(ADDRESS)
        .doc("Addresses that a user may be sent to after a logout without an application."),
    computed("clientIdMetadataDocumentSupported", BOOL)
        .emptied()
        .doc("Whether applications may register by the address of a metadata document."),
    optional("countryCodes", object(&COUNTRY_CODES))
        .nullable()
        .doc("Countries whose phone numbers users may give, or may not."),
    computed("customizeMfaInPostloginAction", BOOL)
        .nullable()
        .doc("Whether actions after a login decide on further factors."),
    computed("defaultAudience", STRING)
        .emptied()
        .doc("API that a login is for where the request names none."),
    computed("defaultDirectory", STRING).emptied().doc(
        "Name of the connection that a login by password is for where the request names none.",
    ),
    optional("defaultRedirectionUri", STRING)
        .https_url()
        .doc("Page that users are sent to where nothing else is known."),
    optional("defaultTokenQuota", object(&DEFAULT_TOKEN_QUOTA)).nullable().whole().doc(
        "How many tokens applications and organizations may get that have no quota of their own.",
    ),
    computed("disableAcrValuesSupported", BOOL)
        .wire("acr_values_supported")
        .null_flag()
        .follows(&["acrValuesSupporteds"])
        .doc("Says that there is no list of levels of authentication."),
    computed("dynamicClientRegistrationSecurityMode", STRING)
        .one_of(&["strict", "permissive"])
        .doc("How much applications may do that register by themselves."),
    computed("enabledLocales", STRINGS)
        .stated(&[Constraint::OneOf(LOCALES)])
        .doc("Languages of the pages of the tenant; the first is the default."),
    computed("ephemeralSessionLifetime", NUMBER)
        .hours()
        .assumed(|| 72.into())
        .doc("Hours after which a session that ends with the browser ends in any case."),
    optional("errorPage", object(&ERROR_PAGE)).nullable().doc("Page that shows errors."),
    computed("flags", object(&flags::FLAGS))
        .overlaid()
        .doc("What is switched on and off; what the program does not give is left as it is."),
    computed("friendlyName", STRING).emptied().doc("Name of the tenant, which users see."),
    computed("idleEphemeralSessionLifetime", NUMBER)
        .hours()
        .assumed(|| 24.into())
        .doc("Hours without a request after which a session ends that ends with the browser."),
    computed("idleSessionLifetime", NUMBER)
        .hours()
        .assumed(|| 72.into())
        .doc("Hours without a request after which a session ends."),
    computed("mtls", object(&MTLS))
        .nullable()
        .disable_block()
        .doc("How applications prove who they are by a certificate."),
    computed("oidcLogout", object(&OIDC_LOGOUT))
        .kept()
        .assumed(discovered_logout)
        .doc("What is said of logout to applications that look it up."),
    computed("phoneConsolidatedExperience", BOOL)
        .doc("Whether one provider of phone messages serves all of the tenant."),
    computed("pictureUrl", STRING)
        .emptied()
        .stated(ADDRESS)
        .doc("Address of the logo of the tenant."),
    computed("pushedAuthorizationRequestsSupported", BOOL)
        .nullable()
        .doc("Whether applications may push authorization requests beforehand."),
    computed("resourceParameterProfile", STRING)
        .one_of(&["audience", "compatibility"])
        .doc("Whether a request names an API by `audience` alone, or by `resource` too."),
    computed("sandboxVersion", STRING)
        .stated(&[Constraint::Length(0, 8)])
        .doc("Version of Node.js that extensions run in."),
    computed("sessionCookie", object(&SESSION_COOKIE))
        .nullable()
        .always_a_block()
        .doc("How the cookie of a session is kept."),
    computed("sessionLifetime", NUMBER)
        .hours()
        .assumed(|| 168.into())
        .doc("Hours after which a session ends in any case."),
    computed("sessions", object(&SESSIONS))
        .nullable()
        .assumed(prompted_sessions)
        .doc("Sessions of users."),
    optional("skipNonVerifiableCallbackUriConfirmationPrompt", STRING)
        .nullable()
        .tri_state()
        .one_of(&["true", "false", "null"])
        .doc("Whether users skip the page that confirms an address nobody can verify."),
    computed("supportEmail", STRING).emptied().doc("Address to which users may write."),
    computed("supportUrl", STRING).emptied().stated(ADDRESS).doc("Page on which users get help."),
])
.rules(&[Rule::Custom(disabled), Rule::Custom(lifetimes)]);

const LOCALES: &[&str] = &[
    "am", "ar", "ar-EG", "ar-SA", "az", "bg", "bn", "bs", "ca-ES", "cnr", "cs", "cy", "da", "de",
    "el", "en", "en-CA", "es", "es-419", "es-AR", "es-MX", "et", "eu-ES", "fa", "fi", "fr",
    "fr-CA", "fr-FR", "gl-ES", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka",
    "kk", "kn", "ko", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "nl", "nn", "no", "pa",
    "pl", "pt", "pt-BR", "pt-PT", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te",
    "th", "tl", "tr", "uk", "ur", "vi", "zgh", "zh-CN", "zh-HK", "zh-MO", "zh-TW",
];

const ADDRESS: &[Constraint] = &[Constraint::Address(&[])];

const COUNTRY_CODES: ObjectType = object_type(
    "TenantCountryCodes",
    &[
        required("lists", STRINGS)
            .wire("list")
            .unordered()
            .length(2, 2)
            .stated(&[Constraint::Characters("A-Z"), Constraint::Entries(1, usize::MAX)])
            .doc("The countries, as `US` or `GB`."),
        required("mode", STRING)
            .one_of(&["allow", "deny"])
            .doc("Whether these countries are allowed, or all others."),
    ],
);

const DEFAULT_TOKEN_QUOTA: ObjectType = object_type(
    "TenantDefaultTokenQuota",
    &[
        optional("clients", object(&CLIENTS)).doc("For each application."),
        optional("organizations", object(&ORGANIZATIONS)).doc("For each organization."),
    ],
);

const CLIENTS: ObjectType = object_type(
    "TenantDefaultTokenQuotaClients",
    &[required("clientCredentials", object(&OF_CLIENTS)).doc("Tokens that it gets for itself.")],
);

const ORGANIZATIONS: ObjectType = object_type(
    "TenantDefaultTokenQuotaOrganizations",
    &[required("clientCredentials", object(&OF_ORGANIZATIONS))
        .doc("Tokens that applications get for it.")],
);

const OF_CLIENTS: ObjectType =
    object_type("TenantDefaultTokenQuotaClientsClientCredentials", QUOTA);

const OF_ORGANIZATIONS: ObjectType =
    object_type("TenantDefaultTokenQuotaOrganizationsClientCredentials", QUOTA);

const QUOTA: &[Field] = &[
    optional("enforce", BOOL)
        .default(Literal::Bool(true))
        .doc("Whether requests over the quota are refused, and not only logged."),
    optional("perDay", INT).range(1, 2_147_483_647).doc("Tokens that may be issued in a day."),
    optional("perHour", INT).range(1, 2_147_483_647).doc("Tokens that may be issued in an hour."),
];

const ERROR_PAGE: ObjectType = object_type(
    "TenantErrorPage",
    &[
        optional("html", STRING).doc("HTML of the page."),
        optional("showLogLink", BOOL).doc("Whether the page has a link to the log."),
        optional("url", STRING)
            .stated(ADDRESS)
            .doc("Address of a page of your own that is shown instead."),
    ],
);

const MTLS: ObjectType = object_type(
    "TenantMtls",
    &[
        optional("disable", BOOL).local().doc("Says that there is none; then it stands alone."),
        optional("enableEndpointAliases", BOOL)
            .doc("Whether there are addresses of their own for it."),
    ],
);

const OIDC_LOGOUT: ObjectType = object_type(
    "TenantOidcLogout",
    &[required("rpLogoutEndSessionEndpointDiscovery", BOOL)
        .doc("Whether the address at which a session is ended is told.")],
);

const SESSION_COOKIE: ObjectType = object_type(
    "TenantSessionCookie",
    &[optional("mode", STRING)
        .one_of(&["persistent", "non-persistent"])
        .doc("Whether it outlives the browser.")],
);

const SESSIONS: ObjectType = object_type(
    "TenantSessions",
    &[
        computed("anonymous", object(&ANONYMOUS)).doc("Sessions of users who have not signed in."),
        required("oidcLogoutPromptEnabled", BOOL)
            .doc("Whether a user confirms a logout that an application asks for."),
    ],
);

const ANONYMOUS: ObjectType = object_type(
    "TenantSessionsAnonymous",
    &[
        optional("activateCookie", BOOL).doc("Whether a cookie keeps them."),
        optional("lifetimeInMinutes", INT)
            .kept()
            .range(1, 525_600)
            .doc("Minutes after which one ends."),
    ],
);

/// What Auth0 does where nobody says otherwise.
fn discovered_logout() -> Value {
    Object::from([("rpLogoutEndSessionEndpointDiscovery".to_owned(), true.into())]).into()
}

/// What Auth0 does where nobody says otherwise.
fn prompted_sessions() -> Value {
    Object::from([
        ("anonymous".to_owned(), Value::Null),
        ("oidcLogoutPromptEnabled".to_owned(), true.into()),
    ])
    .into()
}

/// What is disabled has no value beside.
fn disabled(inputs: &Object) -> Vec<CheckFailure> {
    let is_on = |block: &Object, flag: &str| block.get(flag) == Some(&Value::Bool(true));
    let says = |block: &Object, name: &str| {
        block.get(name).is_some_and(|value| *value != Value::Unknown && !is_zero(value))
    };
    let mut failures = Vec::new();
    if is_on(inputs, "disableAcrValuesSupported") && says(inputs, "acrValuesSupporteds") {
        failures.push(CheckFailure {
            property: PropertyPath::of("acrValuesSupporteds"),
            reason: "leave it out where `disableAcrValuesSupported` is true".to_owned(),
        });
    }
    if let Some(mtls) = inputs.get("mtls").and_then(Value::as_object)
        && is_on(mtls, "disable")
        && says(mtls, "enableEndpointAliases")
    {
        failures.push(CheckFailure {
            property: PropertyPath::of("mtls").name("enableEndpointAliases"),
            reason: "leave it out where `disable` is true".to_owned(),
        });
    }
    failures
}

/// The shortest lifetimes, in hours: those that the published provider takes.
fn lifetimes(inputs: &Object) -> Vec<CheckFailure> {
    let least = [
        ("ephemeralSessionLifetime", 0.0167),
        ("idleEphemeralSessionLifetime", 0.0167),
        ("idleSessionLifetime", 0.01),
        ("sessionLifetime", 0.01),
    ];
    let short = least.into_iter().filter(|(name, least)| {
        inputs.get(*name).and_then(Value::as_f64).is_some_and(|hours| hours < *least)
    });
    let failure = |(name, least): (&'static str, f64)| CheckFailure {
        property: PropertyPath::of(name),
        reason: format!("must be at least {least} hours"),
    };
    short.map(failure).collect()
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::state::same;

    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn lifetimes_of_the_same_minute_are_the_same() {
        let row = TENANT.field("sessionLifetime").unwrap();
        for (given, stored, is_same) in
            [(0.0167, 1.0 / 60.0, true), (1.5, 1.5, true), (1.5, 2.0, false), (168.0, 168.0, true)]
        {
            assert_eq!(
                same(row, &Value::Number(given), &Value::Number(stored)),
                is_same,
                "{given}"
            );
        }
    }

    #[test]
    fn what_is_disabled_stands_alone_and_a_lifetime_is_no_shorter_than_a_minute() {
        struct Case {
            given: &'static str,
            complaints: &'static [&'static str],
        }
        let cases = [
            Case {
                given: r#"{"disableAcrValuesSupported": true, "acrValuesSupporteds": ["a"],
                    "mtls": {"disable": true, "enableEndpointAliases": true}}"#,
                complaints: &[
                    "acrValuesSupporteds: leave it out where `disableAcrValuesSupported` is true",
                    "mtls.enableEndpointAliases: leave it out where `disable` is true",
                ],
            },
            Case {
                given: r#"{"disableAcrValuesSupported": false, "acrValuesSupporteds": ["a"],
                    "mtls": {"disable": false, "enableEndpointAliases": true},
                    "sessionLifetime": 0.01}"#,
                complaints: &[],
            },
            Case {
                given: r#"{"ephemeralSessionLifetime": 0.01, "sessionLifetime": 0.001}"#,
                complaints: &[
                    "ephemeralSessionLifetime: must be at least 0.0167 hours",
                    "sessionLifetime: must be at least 0.01 hours",
                ],
            },
        ];
        for case in cases {
            assert_eq!(failures(&TENANT, &inputs(case.given)), case.complaints, "{}", case.given);
        }
    }
}
