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
    USER_PERMISSION, USER_PERMISSIONS, USER_ROLE, USER_ROLES,
};
pub use actions::{ACTION, TRIGGER_ACTION, TRIGGER_ACTIONS};
pub use client::{APP_TYPES, CLIENT};
pub use client_grant::CLIENT_GRANT;
pub use extensions::{RULE, RULE_CONFIG};
pub use flows::{FLOW, FLOW_VAULT_CONNECTION};
pub use network::{LOG_STREAM, NETWORK_ACL, RATE_LIMIT_POLICY};
pub use organizations::{
    ORGANIZATION, ORGANIZATION_CLIENT_GRANT, ORGANIZATION_CONNECTION, ORGANIZATION_CONNECTIONS,
    ORGANIZATION_DISCOVERY_DOMAIN, ORGANIZATION_DISCOVERY_DOMAINS, ORGANIZATION_MEMBER,
    ORGANIZATION_MEMBER_ROLE, ORGANIZATION_MEMBER_ROLES, ORGANIZATION_MEMBERS,
};
pub use profiles::{CONNECTION_PROFILE, TOKEN_EXCHANGE_PROFILE};
pub use prompts::{PROMPT, PROMPT_CUSTOM_TEXT};
pub use protection::ATTACK_PROTECTION;
pub use resource_server::RESOURCE_SERVER;

/// The resources that the package offers, sorted by name.
pub const RESOURCES: &[&Resource] = &[
    &ACTION,
    &CLIENT,
    &CLIENT_GRANT,
    &CONNECTION_PROFILE,
    &FLOW,
    &FLOW_VAULT_CONNECTION,
    &LOG_STREAM,
    &NETWORK_ACL,
    &ORGANIZATION,
    &ORGANIZATION_CLIENT_GRANT,
    &ORGANIZATION_CONNECTION,
    &ORGANIZATION_CONNECTIONS,
    &ORGANIZATION_DISCOVERY_DOMAIN,
    &ORGANIZATION_DISCOVERY_DOMAINS,
    &ORGANIZATION_MEMBER,
    &ORGANIZATION_MEMBER_ROLE,
    &ORGANIZATION_MEMBER_ROLES,
    &ORGANIZATION_MEMBERS,
    &PROMPT,
    &PROMPT_CUSTOM_TEXT,
    &RATE_LIMIT_POLICY,
    &RESOURCE_SERVER,
    &RESOURCE_SERVER_SCOPE,
    &RESOURCE_SERVER_SCOPES,
    &ROLE,
    &ROLE_PERMISSION,
    &ROLE_PERMISSIONS,
    &RULE,
    &RULE_CONFIG,
    &TOKEN_EXCHANGE_PROFILE,
    &TRIGGER_ACTION,
    &TRIGGER_ACTIONS,
    &USER_PERMISSION,
    &USER_PERMISSIONS,
    &USER_ROLE,
    &USER_ROLES,
];
