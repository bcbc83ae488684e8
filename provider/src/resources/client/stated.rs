//! What the API's document states of a client's values, where several rows say the same.

use pulumi_rs_sdk::table::Constraint;

pub(super) const NOT_EMPTY: &[Constraint] = &[Constraint::Length(1, usize::MAX)];

/// A whole address; Auth0 takes schemes of apps too, and placeholders.
pub(super) const ADDRESS: &[Constraint] = &[Constraint::Address(&[])];

/// An address that a browser can open.
pub(super) const WEB_ADDRESS: &[Constraint] = &[Constraint::Address(&["http", "https"])];

/// An address that Auth0 itself sends something to.
pub(super) const SECURE_ADDRESS: &[Constraint] = &[Constraint::Address(&["https"])];

pub(super) const CONNECTION_PROFILE: &[Constraint] = &[Constraint::Prefix("cop_")];
pub(super) const USER_ATTRIBUTE_PROFILE: &[Constraint] = &[Constraint::Prefix("uap_")];

/// The grant types that the API's document names, and those of passwordless and MFA logins that it leaves out.
pub(super) const GRANT_TYPES: &[&str] = &[
    "authorization_code",
    "client_credentials",
    "http://auth0.com/oauth/grant-type/mfa-oob",
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-recovery-code",
    "http://auth0.com/oauth/grant-type/password-realm",
    "http://auth0.com/oauth/grant-type/passwordless/otp",
    "implicit",
    "password",
    "refresh_token",
    "urn:auth0:params:oauth:grant-type:token-exchange:federated-connection-access-token",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:okta:params:oauth:grant-type:oob",
    "urn:okta:params:oauth:grant-type:otp",
    "urn:openid:params:grant-type:ciba",
];
