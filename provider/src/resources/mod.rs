//! The resources of the package, one file each, and a folder for each family.

mod access;
mod actions;
mod client;
mod client_grant;
mod extensions;
mod flows;
mod network;
mod organizations;
mod profiles;
mod prompts;
mod protection;
#[cfg(test)]
mod published;
mod resource_server;
#[cfg(test)]
pub(crate) mod testing;

use pulumi_rs_sdk::table::Resource;

pub use access::{
    RESOURCE_SERVER_SCOPE, RESOURCE_SERVER_SCOPES, ROLE, ROLE_PERMISSION, ROLE_PERMISSIONS,
};
pub use actions::{TRIGGER_ACTION, TRIGGER_ACTIONS};
pub use client::{APP_TYPES, CLIENT};
pub use client_grant::CLIENT_GRANT;
pub use extensions::{RULE, RULE_CONFIG};
pub use flows::{FLOW, FLOW_VAULT_CONNECTION};
pub use network::{LOG_STREAM, NETWORK_ACL, RATE_LIMIT_POLICY};
pub use organizations::ORGANIZATION_DISCOVERY_DOMAIN;
pub use profiles::TOKEN_EXCHANGE_PROFILE;
pub use prompts::{PROMPT, PROMPT_CUSTOM_TEXT};
pub use protection::ATTACK_PROTECTION;
pub use resource_server::RESOURCE_SERVER;

/// The resources that the package offers, sorted by name.
pub const RESOURCES: &[&Resource] = &[
    &ATTACK_PROTECTION,
    &CLIENT,
    &CLIENT_GRANT,
    &FLOW,
    &FLOW_VAULT_CONNECTION,
    &ORGANIZATION_DISCOVERY_DOMAIN,
    &PROMPT,
    &PROMPT_CUSTOM_TEXT,
    &RATE_LIMIT_POLICY,
    &ROLE,
    &ROLE_PERMISSION,
    &ROLE_PERMISSIONS,
    &RULE,
    &RULE_CONFIG,
    &TOKEN_EXCHANGE_PROFILE,
    &TRIGGER_ACTION,
];
