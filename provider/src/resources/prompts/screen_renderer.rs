//! `auth0.PromptScreenRenderer`: whether Auth0 or a page of your own shows a screen, and what that page is told.

use pulumi_rs_sdk::table::rest::*;

/// What the server has for a screen that nobody has touched.
const UNTOUCHED: &str = r#"{"rendering_mode": "standard", "context_configuration": [], "default_head_tags_disabled": false,
    "filters": null, "head_tags": [], "use_page_template": false}"#;

/// How one screen is rendered. Every screen is, so that to make it is to change it.
pub const PROMPT_SCREEN_RENDERER: Resource =
    resource(
        "PromptScreenRenderer",
        singleton("prompts/{promptType}/screen/{screenName}/rendering")
            .id_form("{promptType}:{screenName}")
            .echoes()
            .emptied_by(UNTOUCHED),
    )
    .doc("How a screen of the login is rendered: by Auth0, or by a page of your own.")
    .fields(&[
        computed("contextConfigurations", STRINGS)
            .wire("context_configuration")
            .unordered()
            .emptied()
            .doc("What the page is told, `branding.settings` for instance."),
        optional("defaultHeadTagsDisabled", BOOL)
            .doc("Whether the head of the page has none of Auth0's own tags."),
        optional("filters", object(&FILTERS))
            .nullable()
            .whole()
            .doc("For whom it holds; for all where it is not given."),
        // All recorded answers of screens without tags.
        computed("headTags", STRING).json().nullable().server_default(Literal::String("[]")).doc(
            "Tags in the head of the page, as JSON: a list of `tag`, `attributes` and `content`.",
        ),
        required("promptType", STRING)
            .one_of(SCREENED_PROMPTS)
            .moves()
            .doc("Prompt that the screen belongs to, `login` for instance."),
        // What every screen has that nobody has touched.
        optional("renderingMode", STRING)
            .server_default(Literal::String("standard"))
            .reset(Literal::String("standard"))
            .one_of(&["standard", "advanced"])
            .doc("Who renders it: `standard` is Auth0, `advanced` the page of your own."),
        required("screenName", STRING)
            .one_of(SCREENS)
            .moves()
            .doc("The screen, `login-id` for instance."),
        output("tenant", STRING).doc("Name of the tenant."),
        optional("usePageTemplate", BOOL)
            .doc("Whether the page stands in the template that the tenant has for its pages."),
    ]);

const FILTERS: ObjectType = object_type(
    "PromptScreenRendererFilters",
    &[
        optional("clients", STRING)
            .json()
            .doc("Applications, as JSON: a list of `id` or `metadata` of each."),
        optional("domains", STRING)
            .json()
            .doc("Domains, as JSON: a list of `id` or `metadata` of each."),
        required("matchType", STRING)
            .one_of(&["includes_any", "excludes_any"])
            .doc("Whether it holds for these, or for all others."),
        optional("organizations", STRING)
            .json()
            .doc("Organizations, as JSON: a list of `id` or `metadata` of each."),
    ],
);

/// The prompts whose screens can be rendered by a page of your own.
pub const SCREENED_PROMPTS: &[&str] = &[
    "signup-id",
    "signup-password",
    "login-id",
    "login-password",
    "login-passwordless",
    "phone-identifier-enrollment",
    "phone-identifier-challenge",
    "email-identifier-challenge",
    "passkeys",
    "captcha",
    "login",
    "signup",
    "reset-password",
    "mfa",
    "mfa-sms",
    "mfa-email",
    "mfa-push",
    "invitation",
    "organizations",
    "mfa-otp",
    "device-flow",
    "mfa-phone",
    "mfa-voice",
    "mfa-recovery-code",
    "common",
    "email-verification",
    "login-email-verification",
    "logout",
    "mfa-webauthn",
    "consent",
    "customized-consent",
    "email-otp-challenge",
    "brute-force-protection",
    "confirmation",
];

/// The screens that can be.
pub const SCREENS: &[&str] = &[
    "signup-id",
    "signup-password",
    "login-id",
    "login-password",
    "login-passwordless-sms-otp",
    "login-passwordless-email-code",
    "phone-identifier-enrollment",
    "phone-identifier-challenge",
    "email-identifier-challenge",
    "passkey-enrollment",
    "passkey-enrollment-local",
    "interstitial-captcha",
    "login",
    "signup",
    "reset-password-request",
    "reset-password-email",
    "reset-password",
    "reset-password-success",
    "reset-password-error",
    "reset-password-mfa-email-challenge",
    "reset-password-mfa-otp-challenge",
    "reset-password-mfa-push-challenge-push",
    "reset-password-mfa-sms-challenge",
    "mfa-detect-browser-capabilities",
    "mfa-enroll-result",
    "mfa-begin-enroll-options",
    "mfa-login-options",
    "mfa-country-codes",
    "mfa-sms-challenge",
    "mfa-sms-enrollment",
    "mfa-sms-list",
    "mfa-email-challenge",
    "mfa-email-list",
    "mfa-push-challenge-push",
    "mfa-push-enrollment-qr",
    "mfa-push-list",
    "mfa-push-welcome",
    "accept-invitation",
    "organization-selection",
    "organization-picker",
    "pre-login-organization-picker",
    "mfa-otp-challenge",
    "mfa-otp-enrollment-code",
    "mfa-otp-enrollment-qr",
    "device-code-activation",
    "device-code-activation-allowed",
    "device-code-activation-denied",
    "device-code-confirmation",
    "mfa-phone-challenge",
    "mfa-phone-enrollment",
    "mfa-voice-challenge",
    "mfa-voice-enrollment",
    "reset-password-mfa-phone-challenge",
    "reset-password-mfa-voice-challenge",
    "mfa-recovery-code-challenge",
    "mfa-recovery-code-enrollment",
    "reset-password-mfa-recovery-code-challenge",
    "redeem-ticket",
    "mfa-recovery-code-challenge-new-code",
    "email-verification-result",
    "login-email-verification",
    "logout",
    "logout-aborted",
    "logout-complete",
    "mfa-webauthn-change-key-nickname",
    "mfa-webauthn-enrollment-success",
    "mfa-webauthn-error",
    "mfa-webauthn-platform-challenge",
    "mfa-webauthn-platform-enrollment",
    "mfa-webauthn-roaming-challenge",
    "mfa-webauthn-roaming-enrollment",
    "reset-password-mfa-webauthn-platform-challenge",
    "reset-password-mfa-webauthn-roaming-challenge",
    "consent",
    "customized-consent",
    "email-otp-challenge",
    "mfa-webauthn-not-available-error",
    "brute-force-protection-unblock",
    "brute-force-protection-unblock-failure",
    "brute-force-protection-unblock-success",
    "confirmation",
];
