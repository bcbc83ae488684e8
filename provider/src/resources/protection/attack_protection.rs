//! `auth0.AttackProtection`: what protects logins from attacks, part by part.

use pulumi_rs_sdk::table::rest::*;

use super::captcha::CAPTCHA;

/// The error code of a tenant whose plan does not have a part.
const NOT_ENTITLED: &str = "insufficient_entitlement";

/// The protections that can be switched off are, when the resource leaves the program.
const OFF: &str = r#"{"enabled":false}"#;

/// The protections of the tenant; a part that the program does not name is left alone.
pub const ATTACK_PROTECTION: Resource = resource(
    "AttackProtection",
    parts(&[
        part("attack-protection/suspicious-ip-throttling")
            .of("suspicious_ip_throttling")
            .emptied_by(OFF),
        part("attack-protection/brute-force-protection")
            .of("brute_force_protection")
            .emptied_by(OFF),
        part("attack-protection/breached-password-detection")
            .of("breached_password_detection")
            .emptied_by(OFF),
        part("attack-protection/bot-detection").of("bot_detection").may_be_denied(NOT_ENTITLED),
        part("attack-protection/captcha").of("captcha").may_be_denied(NOT_ENTITLED),
        part("attack-protection/phone-provider-protection")
            .of("phone_provider_protection")
            .may_be_denied(NOT_ENTITLED),
    ])
    .read_whole()
    .stays("bot detection, CAPTCHA and the protection of the phone provider stay as they are"),
)
.doc("What protects the logins of a tenant from attacks.")
.fields(&[
    computed("botDetection", object(&BOT_DETECTION))
        .doc("When users have to show that they are no bots."),
    computed("breachedPasswordDetection", object(&BREACHED_PASSWORD_DETECTION))
        .doc("What happens where a password is known to have been stolen elsewhere."),
    computed("bruteForceProtection", object(&BRUTE_FORCE_PROTECTION))
        .doc("What happens where somebody tries many passwords for one user."),
    computed("captcha", object(&CAPTCHA)).doc("Who tells users from bots."),
    computed("phoneProviderProtection", object(&PHONE_PROVIDER_PROTECTION))
        .doc("What keeps messages to phones from being asked for in masses."),
    computed("suspiciousIpThrottling", object(&SUSPICIOUS_IP_THROTTLING))
        .doc("What happens where one address tries many users."),
])
.rules(&[Rule::Needs(
    "breachedPasswordDetection.adminNotificationFrequencies",
    &["breachedPasswordDetection.shields"],
)]);

const CHALLENGE: &[&str] = &["never", "when_risky", "always"];

const BOT_DETECTION: ObjectType = object_type(
    "AttackProtectionBotDetection",
    &[
        computed("allowlists", STRINGS)
            .wire("allowlist")
            .unordered()
            .emptied()
            .stated(&[Constraint::Network])
            .doc("Addresses and ranges of addresses that are trusted."),
        computed("botDetectionLevel", STRING)
            .one_of(&["low", "medium", "high"])
            .doc("How readily somebody is taken for a bot."),
        computed("challengePasswordPolicy", STRING)
            .one_of(CHALLENGE)
            .doc("When a login by password is challenged."),
        computed("challengePasswordResetPolicy", STRING)
            .one_of(CHALLENGE)
            .doc("When it is challenged that a password be set anew."),
        computed("challengePasswordlessPolicy", STRING)
            .one_of(CHALLENGE)
            .doc("When a login without a password is challenged."),
        computed("monitoringModeEnabled", BOOL)
            .emptied()
            .doc("Whether bots are only noted in the log, and nobody is challenged."),
    ],
);

const BREACHED_PASSWORD_DETECTION: ObjectType = object_type(
    "AttackProtectionBreachedPasswordDetection",
    &[
        computed("adminNotificationFrequencies", STRINGS)
            .wire("admin_notification_frequency")
            .unordered()
            .emptied()
            .one_of(&["immediately", "daily", "weekly", "monthly"])
            .doc("How often administrators are told, where a shield is `admin_notification`."),
        required("enabled", BOOL).doc("Whether it is on."),
        computed("method", STRING)
            .one_of(&["standard", "enhanced"])
            .doc("How stolen passwords are found; `enhanced` finds them sooner."),
        computed("preChangePassword", object(&PRE_CHANGE_PASSWORD))
            .wire("stage.pre-change-password")
            .doc("What happens before a password is changed."),
        computed("preUserRegistration", object(&BREACHED_PRE_USER_REGISTRATION))
            .wire("stage.pre-user-registration")
            .doc("What happens before a user signs up."),
        computed("shields", STRINGS)
            .unordered()
            .emptied()
            .one_of(&["block", "user_notification", "admin_notification"])
            .doc("What is done about it at a login."),
    ],
);

const STAGE_SHIELDS: Field = computed("shields", STRINGS)
    .unordered()
    .emptied()
    .one_of(&["block", "admin_notification"])
    .doc("What is done about it.");

const PRE_CHANGE_PASSWORD: ObjectType =
    object_type("AttackProtectionBreachedPasswordDetectionPreChangePassword", &[STAGE_SHIELDS]);

const BREACHED_PRE_USER_REGISTRATION: ObjectType =
    object_type("AttackProtectionBreachedPasswordDetectionPreUserRegistration", &[STAGE_SHIELDS]);

const BRUTE_FORCE_PROTECTION: ObjectType = object_type(
    "AttackProtectionBruteForceProtection",
    &[
        computed("allowlists", STRINGS)
            .wire("allowlist")
            .unordered()
            .emptied()
            .stated(&[Constraint::Network])
            .doc("Addresses and ranges of addresses that are trusted."),
        required("enabled", BOOL).doc("Whether it is on."),
        computed("maxAttempts", INT)
            .at_least(0)
            .stated(&[Constraint::Range(1, 100)])
            .doc("How many attempts may fail."),
        computed("mode", STRING)
            .one_of(&["count_per_identifier_and_ip", "count_per_identifier"])
            .doc("Whether attempts are counted by user and address, or by user alone."),
        computed("shields", STRINGS)
            .unordered()
            .emptied()
            .one_of(&["block", "user_notification"])
            .doc("What is done about it."),
    ],
);

const PHONE_PROVIDER_PROTECTION: ObjectType = object_type(
    "AttackProtectionPhoneProviderProtection",
    &[optional("type", STRING)
        .kept()
        .stated(&[Constraint::OneOf(&["exponential", "none"])])
        .doc("How it works: `exponential` waits longer after each message, `none` does nothing.")],
);

const SUSPICIOUS_IP_THROTTLING: ObjectType = object_type(
    "AttackProtectionSuspiciousIpThrottling",
    &[
        computed("allowlists", STRINGS)
            .wire("allowlist")
            .unordered()
            .emptied()
            .stated(&[Constraint::Network])
            .doc("Addresses and ranges of addresses that are trusted."),
        required("enabled", BOOL).doc("Whether it is on."),
        computed("preLogin", object(&PRE_LOGIN))
            .wire("stage.pre-login")
            .doc("How many logins an address may try."),
        computed("preUserRegistration", object(&PRE_USER_REGISTRATION))
            .wire("stage.pre-user-registration")
            .doc("How many users may sign up from an address."),
        computed("shields", STRINGS)
            .unordered()
            .emptied()
            .one_of(&["block", "admin_notification"])
            .doc("What is done about it."),
    ],
);

const PRE_LOGIN: ObjectType = object_type(
    "AttackProtectionSuspiciousIpThrottlingPreLogin",
    &[
        MAX_ATTEMPTS.stated(&[Constraint::Range(1, 2500)]),
        RATE.stated(&[Constraint::Range(34_560, 86_400_000)]),
    ],
);

const PRE_USER_REGISTRATION: ObjectType = object_type(
    "AttackProtectionSuspiciousIpThrottlingPreUserRegistration",
    &[
        MAX_ATTEMPTS.stated(&[Constraint::Range(1, 72_000)]),
        RATE.stated(&[Constraint::Range(1200, 86_400_000)]),
    ],
);

const MAX_ATTEMPTS: Field =
    computed("maxAttempts", INT).at_least(0).doc("How many attempts there may be at once.");

const RATE: Field = computed("rate", INT)
    .at_least(0)
    .doc("After how many milliseconds another attempt is granted.");
