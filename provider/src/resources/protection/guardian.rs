//! `auth0.Guardian`: which factors users prove themselves with beside their password, and when they have to.

use pulumi_rs_sdk::table::rest::*;

/// A factor is switched off, when the resource leaves the program.
const OFF: &str = r#"{"enabled":false}"#;

const FACTORS: &str = "guardian/factors";

const fn factor(path: &'static str, wire: &'static str, name: &'static str) -> Part {
    part(path).of(wire).put().listed(FACTORS, name).emptied_by(OFF)
}

/// The factors and what belongs to them; what the program does not name is left alone.
pub const GUARDIAN: Resource = resource(
    "Guardian",
    parts(&[
        part("guardian/policies").of("policies").put().emptied_by("[]"),
        factor("guardian/factors/email", "email", "email"),
        factor("guardian/factors/otp", "otp", "otp"),
        factor("guardian/factors/recovery-code", "recovery_code", "recovery-code"),
        factor("guardian/factors/sms", "phone", "sms"),
        part("guardian/factors/phone/message-types")
            .of("phone.types")
            .put()
            .when("phone.enabled", &["true"]),
        // A tenant whose phone messages have a provider of their own refuses what was there before that.
        part("guardian/factors/phone/selected-provider")
            .of("phone.selected")
            .put()
            .when("phone.enabled", &["true"])
            .may_be_hidden(),
        part("guardian/factors/sms/templates")
            .of("phone.options.templates")
            .put()
            .when("phone.enabled", &["true"])
            .may_be_hidden(),
        part("guardian/factors/sms/providers/twilio")
            .of("phone.options.twilio")
            .put()
            .when("phone.selected.provider", &["twilio"])
            .may_be_hidden(),
        factor("guardian/factors/webauthn-roaming", "webauthn_roaming", "webauthn-roaming"),
        part("guardian/factors/webauthn-roaming/settings")
            .of("webauthn_roaming.settings")
            .put()
            .echoes()
            .when("webauthn_roaming.enabled", &["true"]),
        factor("guardian/factors/webauthn-platform", "webauthn_platform", "webauthn-platform"),
        part("guardian/factors/webauthn-platform/settings")
            .of("webauthn_platform.settings")
            .put()
            .echoes()
            .when("webauthn_platform.enabled", &["true"]),
        factor("guardian/factors/duo", "duo", "duo"),
        part("guardian/factors/duo/settings")
            .of("duo.settings")
            .put()
            .when("duo.enabled", &["true"]),
        factor("guardian/factors/push-notification", "push", "push-notification"),
        part("guardian/factors/push-notification/selected-provider")
            .of("push.selected")
            .put()
            .when("push.enabled", &["true"]),
        part("prompts/mfa-push").of("push.custom_app").when("push.enabled", &["true"]),
        part("guardian/factors/push-notification/providers/apns")
            .of("push.direct_apns")
            .put()
            .echoes()
            .when("push.enabled", &["true"]),
        part("guardian/factors/push-notification/providers/fcm")
            .of("push.direct_fcm")
            .put()
            .never_read()
            .when("push.enabled", &["true"]),
        part("guardian/factors/push-notification/providers/sns")
            .of("push.amazon_sns")
            .put()
            .when("push.selected.provider", &["sns"]),
        part("guardian/settings").of("settings").put().may_be_hidden(),
        part("guardian/factors/email/settings").of("email_settings").put().may_be_hidden(),
        part("guardian/factors/phone/settings").of("phone_settings").put().may_be_hidden(),
    ])
    .stays("the factors are switched off, and their settings and keys stay"),
)
.doc("Factors with which users prove themselves beside their password, and when they have to.")
.fields(&[
    computed("duo", object(&DUO)).doc("Cisco Duo."),
    optional("email", BOOL).wire("email.enabled").doc("Whether a code by mail is a factor."),
    computed("emailSettings", object(&EMAIL_SETTINGS)).doc("How the codes are that are mailed."),
    optional("otp", BOOL)
        .wire("otp.enabled")
        .doc("Whether a code of an authenticator is a factor."),
    computed("phone", object(&PHONE)).doc("Codes by phone."),
    computed("phoneSettings", object(&PHONE_SETTINGS))
        .doc("How the codes are that are sent by phone."),
    required("policy", STRING)
        .wire("policies")
        .one_or_none("never")
        .one_of(&["all-applications", "confidence-score", "never"])
        .doc("When users are asked for a factor: always, where a login looks risky, or `never`."),
    computed("push", object(&PUSH)).doc("Notifications of an app on the phone."),
    optional("recoveryCode", BOOL)
        .wire("recovery_code.enabled")
        .doc("Whether users get a code for the case that they lose the other factors."),
    computed("settings", object(&SETTINGS))
        .doc("For how long a browser is remembered. It needs the scopes of tenant settings."),
    computed("webauthnPlatform", object(&WEBAUTHN_PLATFORM))
        .doc("What a device knows its user by, a fingerprint for instance."),
    computed("webauthnRoaming", object(&WEBAUTHN_ROAMING)).doc("Security keys."),
])
.rules(&[
    Rule::Together(&["duo.hostname", "duo.integrationKey", "duo.secretKey"]),
    Rule::Needs("phone.provider", &["phone.messageTypes"]),
    Rule::Needs("push.amazonSns", &["push.provider"]),
    Rule::Needs("push.customApp", &["push.provider"]),
    Rule::Needs("push.directApns", &["push.provider"]),
    Rule::Needs("push.directFcm", &["push.provider"]),
    Rule::Needs(
        "webauthnPlatform.relyingPartyIdentifier",
        &["webauthnPlatform.overrideRelyingParty"],
    ),
    Rule::Needs(
        "webauthnRoaming.relyingPartyIdentifier",
        &["webauthnRoaming.overrideRelyingParty"],
    ),
]);

const ENABLED: Field = required("enabled", BOOL).doc("Whether it is on.");

const ON: &[&str] = &["true"];

const DUO: ObjectType = object_type(
    "GuardianDuo",
    &[
        ENABLED,
        optional("hostname", STRING)
            .wire("settings.host")
            .when("enabled", ON)
            .stated(&[Constraint::Length(0, 10_000)])
            .doc("Name of the host of Duo's API."),
        optional("integrationKey", STRING)
            .wire("settings.ikey")
            .when("enabled", ON)
            .stated(&[Constraint::Length(0, 10_000)])
            .doc("Key of the integration."),
        optional("secretKey", STRING)
            .wire("settings.skey")
            .when("enabled", ON)
            .secret()
            .stated(&[Constraint::Length(0, 10_000)])
            .doc("Secret of the integration."),
    ],
);

const EMAIL_SETTINGS: ObjectType = object_type("GuardianEmailSettings", CODES);

const PHONE_SETTINGS: ObjectType = object_type("GuardianPhoneSettings", CODES);

const CODES: &[Field] = &[
    required("otpExpirationTime", INT)
        .stated(&[Constraint::Range(30, i64::MAX)])
        .doc("For how many seconds a code holds."),
    required("otpLength", INT)
        .stated(&[Constraint::Range(4, i64::MAX)])
        .doc("How many digits a code has."),
];

const OF_BEFORE: &str =
    "A tenant with the unified phone experience refuses it: PhoneProvider takes its place.";

const PHONE: ObjectType = object_type(
    "GuardianPhone",
    &[
        ENABLED,
        optional("messageTypes", STRINGS)
            .wire("types.message_types")
            .when("enabled", ON)
            .stated(&[Constraint::OneOf(&["sms", "voice"])])
            .doc("How codes are sent: `sms`, `voice` or both."),
        computed("options", object(&PHONE_OPTIONS))
            .follows(&["enabled", "provider"])
            .when("enabled", ON)
            .deprecated(OF_BEFORE)
            .doc("What is said, and by whom."),
        optional("provider", STRING)
            .wire("selected.provider")
            .when("enabled", ON)
            .kept()
            .one_of(&["auth0", "twilio", "phone-message-hook"])
            .deprecated(OF_BEFORE)
            .doc("Who sends the codes."),
    ],
);

const TWILIO: &[&str] = &["twilio"];

const PHONE_OPTIONS: ObjectType = object_type(
    "GuardianPhoneOptions",
    &[
        optional("authToken", STRING)
            .wire("twilio.auth_token")
            .when("provider", TWILIO)
            .secret()
            .nullable()
            .stated(&[Constraint::Length(0, 1000)])
            .doc("Token of the account at Twilio."),
        optional("enrollmentMessage", STRING)
            .wire("templates.enrollment_message")
            .doc("What is said when a phone is enrolled."),
        optional("from", STRING)
            .wire("twilio.from")
            .when("provider", TWILIO)
            .nullable()
            .stated(&[Constraint::Length(0, 64)])
            .doc("Number that Twilio sends from."),
        optional("messagingServiceSid", STRING)
            .wire("twilio.messaging_service_sid")
            .when("provider", TWILIO)
            .nullable()
            .stated(&[Constraint::Length(0, 1000)])
            .doc("Copilot of Twilio, in place of a number."),
        optional("sid", STRING)
            .wire("twilio.sid")
            .when("provider", TWILIO)
            .nullable()
            .stated(&[Constraint::Length(0, 1000)])
            .doc("Account at Twilio."),
        optional("verificationMessage", STRING)
            .wire("templates.verification_message")
            .doc("What is said when a user logs in."),
    ],
);

const PUSH: ObjectType = object_type(
    "GuardianPush",
    &[
        computed("amazonSns", object(&AMAZON_SNS))
            .kept()
            .follows(&["enabled", "provider"])
            .when("provider", &["sns"])
            .doc("Amazon's service, where the provider is `sns`."),
        computed("customApp", object(&CUSTOM_APP))
            .follows(&["enabled"])
            .when("enabled", ON)
            .doc("The app of your own that users are told to install."),
        computed("directApns", object(&DIRECT_APNS))
            .kept()
            .follows(&["enabled"])
            .when("enabled", ON)
            .doc("Apple's service, without another between."),
        computed("directFcm", object(&DIRECT_FCM))
            .kept()
            .always_a_block()
            .follows(&["enabled"])
            .when("enabled", ON)
            .write_only()
            .doc("Google's service, without another between."),
        ENABLED,
        optional("provider", STRING)
            .wire("selected.provider")
            .when("enabled", ON)
            .kept()
            .one_of(&["direct", "guardian", "sns"])
            .doc("Who sends the notifications; `direct` is Apple and Google."),
    ],
);

const NAME: &[Constraint] = &[Constraint::Length(1, 1000)];

const AMAZON_SNS: ObjectType = object_type(
    "GuardianPushAmazonSns",
    &[
        required("awsAccessKeyId", STRING).stated(NAME).doc("ID of the key of AWS."),
        required("awsRegion", STRING).stated(NAME).doc("Region of AWS."),
        required("awsSecretAccessKey", STRING)
            .secret()
            .write_only()
            .stated(NAME)
            .doc("The key of AWS."),
        required("snsApnsPlatformApplicationArn", STRING)
            .stated(NAME)
            .doc("ARN of the application for Apple."),
        required("snsGcmPlatformApplicationArn", STRING)
            .stated(NAME)
            .doc("ARN of the application for Google."),
    ],
);

const CUSTOM_APP: ObjectType = object_type(
    "GuardianPushCustomApp",
    &[
        optional("appName", STRING).doc("Name of the app."),
        optional("appleAppLink", STRING).https_url().doc("Where Apple's users find it."),
        optional("googleAppLink", STRING).https_url().doc("Where Google's users find it."),
    ],
);

const DIRECT_APNS: ObjectType = object_type(
    "GuardianPushDirectApns",
    &[
        required("bundleId", STRING)
            .stated(&[Constraint::Length(1, 1000)])
            .doc("ID of the app's bundle."),
        computed("enabled", BOOL).ignored().doc("Whether there is a certificate."),
        required("p12", STRING)
            .secret()
            .write_only()
            .stated(&[Constraint::Length(1, 10_000)])
            .doc("The certificate, in base64."),
        required("sandbox", BOOL).doc("Whether Apple's sandbox is used."),
    ],
);

const DIRECT_FCM: ObjectType = object_type(
    "GuardianPushDirectFcm",
    &[required("serverKey", STRING)
        .secret()
        .write_only()
        .stated(&[Constraint::Length(1, 152)])
        .doc("Key of the server.")],
);

const SETTINGS: ObjectType = object_type(
    "GuardianSettings",
    &[
        required("displayRememberMeCheckbox", BOOL)
            .doc("Whether users can say that their browser is to be remembered."),
        required("mfaSessionInactivityTimeout", INT)
            .stated(&[Constraint::Range(3600, 2_592_000)])
            .doc("After how many seconds without a login a factor is asked for again."),
        required("mfaSessionOverallTimeout", INT)
            .stated(&[Constraint::Range(3600, 7_776_000)])
            .doc("After how many seconds a factor is asked for again in any case."),
        required("rememberMeDefaultValue", BOOL).doc("What users find chosen there."),
    ],
);

const OVERRIDE: Field = computed("overrideRelyingParty", BOOL)
    .wire("settings.overrideRelyingParty")
    .follows(&["enabled"])
    .when("enabled", ON)
    .emptied()
    .doc("Whether keys are made for another name than that of the tenant.");

const RELYING_PARTY: Field = computed("relyingPartyIdentifier", STRING)
    .wire("settings.relyingPartyIdentifier")
    .follows(&["enabled"])
    .when("enabled", ON)
    .doc("The name that keys are made for.");

const WEBAUTHN_PLATFORM: ObjectType =
    object_type("GuardianWebauthnPlatform", &[ENABLED, OVERRIDE, RELYING_PARTY]);

const WEBAUTHN_ROAMING: ObjectType = object_type(
    "GuardianWebauthnRoaming",
    &[
        ENABLED,
        OVERRIDE,
        RELYING_PARTY,
        computed("userVerification", STRING)
            .wire("settings.userVerification")
            .follows(&["enabled"])
            .when("enabled", ON)
            .one_of(&["discouraged", "preferred", "required"])
            .doc("Whether a user has to be known to the key, too."),
    ],
);
