//! `auth0.PromptCustomText`: texts of your own on a page of the login, in one language.

use pulumi_rs_sdk::table::rest::*;

/// The texts of a prompt in a language.
pub const PROMPT_CUSTOM_TEXT: Resource = resource(
    "PromptCustomText",
    document("prompts/{prompt}/custom-text/{language}")
        .id_form("{prompt}::{language}")
        .body("body")
        .emptied_by("{}"),
)
.doc("Texts of your own on the pages of a prompt, in one language.")
.fields(&[
    required("body", STRING)
        .json_indented()
        .doc("The texts as JSON: by screen, and there by the name of each text."),
    required("language", STRING).one_of(LANGUAGES).moves().doc("Language of the texts."),
    required("prompt", STRING).one_of(PROMPTS).moves().doc("Prompt that the texts are for."),
]);

const LANGUAGES: &[&str] = &[
    "am", "ar", "ar-EG", "ar-SA", "az", "bg", "bn", "bs", "ca-ES", "cnr", "cs", "cy", "da", "de",
    "el", "en", "en-CA", "es", "es-419", "es-AR", "es-MX", "et", "eu-ES", "fa", "fi", "fr",
    "fr-CA", "fr-FR", "gl-ES", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka",
    "kk", "kn", "ko", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "nb", "nl", "nn", "no", "pa",
    "pl", "pt", "pt-BR", "pt-PT", "ro", "ru", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te",
    "th", "tl", "tr", "uk", "ur", "vi", "zgh", "zh-CN", "zh-HK", "zh-MO", "zh-TW",
];

const PROMPTS: &[&str] = &[
    "login",
    "login-id",
    "login-password",
    "login-passwordless",
    "login-email-verification",
    "signup",
    "signup-id",
    "signup-password",
    "phone-identifier-enrollment",
    "phone-identifier-challenge",
    "email-identifier-challenge",
    "reset-password",
    "custom-form",
    "consent",
    "customized-consent",
    "logout",
    "mfa-push",
    "mfa-otp",
    "mfa-voice",
    "mfa-phone",
    "mfa-webauthn",
    "mfa-sms",
    "mfa-email",
    "mfa-recovery-code",
    "mfa",
    "status",
    "device-flow",
    "email-verification",
    "email-otp-challenge",
    "organizations",
    "invitation",
    "common",
    "passkeys",
    "captcha",
    "brute-force-protection",
];
