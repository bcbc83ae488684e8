//! Blocks about how users sign in to an application and out of it.

use super::stated;
use pulumi_rs_sdk::table::*;

/// `anonymousSessions`.
pub(super) const ANONYMOUS_SESSIONS: ObjectType = object_type(
    "ClientAnonymousSessions",
    &[required("active", BOOL)
        .doc("Whether users have a session, and tokens, before they sign in.")],
);

/// `fedcmLogin`.
pub(super) const FEDCM_LOGIN: ObjectType = object_type(
    "ClientFedcmLogin",
    &[required("google", object(&FEDCM_LOGIN_GOOGLE)).doc("Login with a Google account.")],
);

const FEDCM_LOGIN_GOOGLE: ObjectType = object_type(
    "ClientFedcmLoginGoogle",
    &[required("isEnabled", BOOL).doc("Whether the browser offers the user's Google accounts.")],
);

/// `mobile`; the API merges it, down to the apps.
pub(super) const MOBILE: ObjectType = object_type(
    "ClientMobile",
    &[
        computed("android", object(&MOBILE_ANDROID)).doc("The Android app."),
        computed("ios", object(&MOBILE_IOS)).doc("The iOS app."),
    ],
);

const MOBILE_ANDROID: ObjectType = object_type(
    "ClientMobileAndroid",
    &[
        optional("appPackageName", STRING).doc("Package name of the app."),
        optional("sha256CertFingerprints", STRINGS)
            .kept()
            .unordered()
            .stated(stated::NOT_EMPTY)
            .doc("SHA-256 fingerprints of the certificates that the app is signed with."),
    ],
);

const MOBILE_IOS: ObjectType = object_type(
    "ClientMobileIos",
    &[
        optional("appBundleIdentifier", STRING).doc("Bundle identifier of the app."),
        optional("teamId", STRING).doc("ID of the team in Apple's developer program."),
    ],
);

/// `nativeSocialLogin`.
pub(super) const NATIVE_SOCIAL_LOGIN: ObjectType = object_type(
    "ClientNativeSocialLogin",
    &[
        computed("apple", object(&NATIVE_SOCIAL_LOGIN_APPLE))
            .nullable()
            .always_a_block()
            .doc("Login with an Apple account."),
        computed("facebook", object(&NATIVE_SOCIAL_LOGIN_FACEBOOK))
            .nullable()
            .always_a_block()
            .doc("Login with a Facebook account."),
        computed("google", object(&NATIVE_SOCIAL_LOGIN_GOOGLE))
            .nullable()
            .always_a_block()
            .doc("Login with a Google account."),
    ],
);

const NATIVE_SOCIAL_LOGIN_APPLE: ObjectType =
    object_type("ClientNativeSocialLoginApple", NATIVE_SOCIAL_LOGIN_FIELDS);

const NATIVE_SOCIAL_LOGIN_FACEBOOK: ObjectType =
    object_type("ClientNativeSocialLoginFacebook", NATIVE_SOCIAL_LOGIN_FIELDS);

const NATIVE_SOCIAL_LOGIN_GOOGLE: ObjectType =
    object_type("ClientNativeSocialLoginGoogle", NATIVE_SOCIAL_LOGIN_FIELDS);

const NATIVE_SOCIAL_LOGIN_FIELDS: &[Field] =
    &[optional("enabled", BOOL).doc("Whether the app may sign users in this way.")];

/// `oidcLogout`.
pub(super) const OIDC_LOGOUT: ObjectType = object_type(
    "ClientOidcLogout",
    &[
        optional("backchannelLogoutInitiators", object(&OIDC_LOGOUT_INITIATORS))
            .doc("What events the application is told of."),
        optional("backchannelLogoutSessionMetadata", object(&OIDC_LOGOUT_SESSION_METADATA))
            .nullable()
            .doc("What the logout token says of the session."),
        required("backchannelLogoutUrls", STRINGS)
            .unordered()
            .stated(stated::SECURE_ADDRESS)
            .doc("Addresses that Auth0 sends a logout token to."),
    ],
);

const OIDC_LOGOUT_INITIATORS: ObjectType = object_type(
    "ClientOidcLogoutBackchannelLogoutInitiators",
    &[
        required("mode", STRING)
            .one_of(&["all", "custom"])
            .doc("Whether every event counts or only the selected ones."),
        optional("selectedInitiators", STRINGS)
            .unordered()
            .stated(&[Constraint::OneOf(INITIATORS)])
            .doc("Events that count where `mode` is `custom`, `rp-logout` for instance."),
    ],
);

/// The events that the API's document names.
const INITIATORS: &[&str] = &[
    "account-deactivated",
    "account-deleted",
    "email-identifier-changed",
    "idp-logout",
    "mfa-phone-unenrolled",
    "password-changed",
    "rp-logout",
    "session-expired",
    "session-revoked",
];

const OIDC_LOGOUT_SESSION_METADATA: ObjectType = object_type(
    "ClientOidcLogoutBackchannelLogoutSessionMetadata",
    &[required("include", BOOL).doc("Whether the session's metadata is sent along.")],
);
