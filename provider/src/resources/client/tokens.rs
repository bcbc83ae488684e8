//! Blocks about the tokens and sessions of an application.

use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::Value;

/// `identityAssertionAuthorizationGrant`.
pub(super) const IDENTITY_ASSERTION: ObjectType = object_type(
    "ClientIdentityAssertionAuthorizationGrant",
    &[required("active", BOOL)
        .doc("Whether it may exchange an assertion of a user's identity for access tokens.")],
);

/// `jwtConfiguration`; the API merges it, and takes null for none of its fields.
pub(super) const JWT_CONFIGURATION: ObjectType = object_type(
    "ClientJwtConfiguration",
    &[
        optional("alg", STRING)
            .kept()
            .one_of(&["HS256", "RS256", "RS512", "PS256"])
            .doc("Algorithm that tokens are signed with."),
        // 475 of 482 recorded answers to requests that do not send it; the others are of third parties.
        computed("lifetimeInSeconds", INT)
            .server_default(Literal::Int(36_000))
            .doc("Seconds until a token expires."),
        optional("scopes", STRING_MAP).whole().doc("Configuration of scopes for older extensions."),
        computed("secretEncoded", BOOL)
            .replaces()
            .create_only()
            .doc("Whether the client secret is used as base64 to sign tokens."),
    ],
);

/// `refreshToken`.
pub(super) const REFRESH_TOKEN: ObjectType = object_type(
    "ClientRefreshToken",
    &[
        required("expirationType", STRING)
            .one_of(&["expiring", "non-expiring"])
            .doc("Whether refresh tokens expire at all."),
        computed("idleTokenLifetime", INT)
            .emptied()
            .stated(&[Constraint::Range(1, i64::MAX)])
            .doc("Seconds after which a refresh token that nobody uses expires."),
        computed("infiniteIdleTokenLifetime", BOOL)
            .emptied()
            .doc("Whether refresh tokens stay valid however long nobody uses them."),
        computed("infiniteTokenLifetime", BOOL)
            .emptied()
            .doc("Whether refresh tokens stay valid however old they are."),
        computed("leeway", INT)
            .emptied()
            .stated(&[Constraint::Range(0, i64::MAX)])
            .doc("Seconds for which a rotated refresh token can be used again."),
        optional("policies", list(&object(&REFRESH_TOKEN_POLICY)))
            .empty_is_null()
            .unordered()
            .doc("APIs and scopes for which one refresh token can also get access tokens."),
        required("rotationType", STRING)
            .one_of(&["rotating", "non-rotating"])
            .doc("Whether each use of a refresh token makes a new one."),
        computed("tokenLifetime", INT)
            .emptied()
            .stated(&[Constraint::Range(1, 157_788_000)])
            .doc("Seconds after which a refresh token expires in any case."),
    ],
);

const REFRESH_TOKEN_POLICY: ObjectType = object_type(
    "ClientRefreshTokenPolicy",
    &[
        required("audience", STRING)
            .stated(&[Constraint::Length(1, 600)])
            .doc("Identifier of the API."),
        required("scopes", STRINGS)
            .wire("scope")
            .unordered()
            .stated(&[Constraint::Length(1, 280)])
            .doc("Scopes of the API that the refresh token stands for."),
    ],
);

/// `sessionTransfer`.
pub(super) const SESSION_TRANSFER: ObjectType = object_type(
    "ClientSessionTransfer",
    &[
        computed("allowRefreshToken", BOOL)
            .emptied()
            .doc("Whether a session that was carried over may get refresh tokens."),
        computed("allowedAuthenticationMethods", STRINGS)
            .nullable()
            .unordered()
            .one_of(&["cookie", "query"])
            .doc("Ways in which a browser may hand in a session transfer token."),
        computed("canCreateSessionTransferToken", BOOL)
            .emptied()
            .doc("Whether the application may get session transfer tokens."),
        optional("delegation", object(&SESSION_TRANSFER_DELEGATION))
            .nullable()
            .doc("Whether the session may be used on behalf of somebody else."),
        optional("enforceCascadeRevocation", BOOL)
            .default(Literal::Bool(true))
            .doc("Whether revoking the refresh token also ends the sessions made from it."),
        computed("enforceDeviceBinding", STRING)
            .one_of(&["ip", "asn", "none"])
            .doc("What has to be the same on both sides of the transfer."),
        optional("enforceOnlineRefreshTokens", BOOL)
            .default(Literal::Bool(true))
            .doc("Whether refresh tokens of the session end together with it."),
    ],
);

const SESSION_TRANSFER_DELEGATION: ObjectType = object_type(
    "ClientSessionTransferDelegation",
    &[
        computed("allowDelegatedAccess", BOOL)
            .emptied()
            .doc("Whether a session that acts for another user may be carried over."),
        computed("enforceDeviceBinding", STRING)
            .one_of(&["ip", "asn"])
            .doc("What has to be the same on both sides of a delegated transfer."),
    ],
);

/// `tokenExchange`.
pub(super) const TOKEN_EXCHANGE: ObjectType = object_type(
    "ClientTokenExchange",
    &[required("allowAnyProfileOfTypes", STRINGS)
        .wire("allow_any_profile_of_type")
        .unordered()
        .one_of(&["custom_authentication", "on_behalf_of_token_exchange"])
        .doc("Types of token exchange profiles that the application may use.")],
);

/// `tokenQuota`.
pub(super) const TOKEN_QUOTA: ObjectType = object_type(
    "ClientTokenQuota",
    &[required("clientCredentials", object(&TOKEN_QUOTA_CLIENT_CREDENTIALS))
        .doc("Limits for tokens that the application gets in its own name.")],
);

const TOKEN_QUOTA_CLIENT_CREDENTIALS: ObjectType = object_type(
    "ClientTokenQuotaClientCredentials",
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

/// Refresh tokens that never end, as every client has them where nobody asked for others; their lifetimes
/// mean nothing, and are not the same on all tenants.
pub(super) fn usual_refresh_token(block: &Value) -> bool {
    let says = |name: &str, value: Value| {
        block.as_object().is_some_and(|block| block.get(name) == Some(&value))
    };
    says("rotationType", "non-rotating".into())
        && says("expirationType", "non-expiring".into())
        && says("infiniteTokenLifetime", true.into())
        && says("infiniteIdleTokenLifetime", true.into())
}
