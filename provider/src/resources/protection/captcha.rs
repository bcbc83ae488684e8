//! Who tells users from bots: the block `captcha` of `auth0.AttackProtection`.

use pulumi_rs_sdk::table::rest::*;

/// The providers; their secrets are never shown.
pub(super) const CAPTCHA: ObjectType = object_type(
    "AttackProtectionCaptcha",
    &[
        computed("activeProviderId", STRING)
            .one_of(&[
                "recaptcha_v2",
                "recaptcha_enterprise",
                "hcaptcha",
                "friendly_captcha",
                "arkose",
                "auth_challenge",
                "simple_captcha",
            ])
            .doc("Which provider is asked."),
        computed("arkose", object(&ARKOSE)).doc("Settings of Arkose Labs."),
        computed("authChallenge", object(&AUTH_CHALLENGE))
            .doc("Settings of Auth0's own challenge."),
        computed("friendlyCaptcha", object(&FRIENDLY_CAPTCHA)).doc("Settings of Friendly Captcha."),
        computed("hcaptcha", object(&HCAPTCHA)).doc("Settings of hCaptcha."),
        computed("recaptchaEnterprise", object(&RECAPTCHA_ENTERPRISE))
            .doc("Settings of reCAPTCHA Enterprise."),
        computed("recaptchaV2", object(&RECAPTCHA_V2))
            .wire("recaptcha_v2")
            .doc("Settings of reCAPTCHA v2."),
    ],
);

// The API takes a provider with its key and secret alone, so that nothing of it is cleared but the choice of Auth0's own.

const KEY: &[Constraint] = &[Constraint::Length(0, 100)];

const SECRET: Field = optional("secret", STRING)
    .secret()
    .kept()
    .write_only()
    .stated(KEY)
    .doc("Secret key; it is never shown.");

const SITE_KEY: Field = required("siteKey", STRING).kept().stated(KEY).doc("Key of your site.");

const ARKOSE: ObjectType = object_type(
    "AttackProtectionCaptchaArkose",
    &[
        computed("clientSubdomain", STRING).stated(KEY).doc("Subdomain that the page asks."),
        computed("failOpen", BOOL).doc("Whether users pass where the provider does not answer."),
        SECRET,
        SITE_KEY,
        computed("verifySubdomain", STRING).stated(KEY).doc("Subdomain that Auth0 asks."),
    ],
);

const AUTH_CHALLENGE: ObjectType = object_type(
    "AttackProtectionCaptchaAuthChallenge",
    &[computed("failOpen", BOOL)
        .emptied()
        .doc("Whether users pass where the provider does not answer.")],
);

const FRIENDLY_CAPTCHA: ObjectType =
    object_type("AttackProtectionCaptchaFriendlyCaptcha", &[SECRET, SITE_KEY]);

const HCAPTCHA: ObjectType = object_type("AttackProtectionCaptchaHcaptcha", &[SECRET, SITE_KEY]);

const RECAPTCHA_ENTERPRISE: ObjectType = object_type(
    "AttackProtectionCaptchaRecaptchaEnterprise",
    &[
        optional("apiKey", STRING)
            .secret()
            .kept()
            .write_only()
            .stated(KEY)
            .doc("Key of the API; it is never shown."),
        required("projectId", STRING).kept().stated(KEY).doc("ID of the project."),
        SITE_KEY,
    ],
);

const RECAPTCHA_V2: ObjectType =
    object_type("AttackProtectionCaptchaRecaptchaV2", &[SECRET, SITE_KEY]);
