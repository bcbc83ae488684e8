//! The resources of the package, one file each, and a folder for each family.

mod access;
mod client;
mod client_grant;
mod extensions;
mod network;
mod organizations;
mod prompts;
mod protection;
#[cfg(test)]
mod published;
mod resource_server;
#[cfg(test)]
pub(crate) mod testing;

use pulumi_rs_sdk::table::Resource;

pub use access::{ROLE, ROLE_PERMISSION, ROLE_PERMISSIONS};
pub use client::{APP_TYPES, CLIENT};
pub use client_grant::CLIENT_GRANT;
pub use extensions::RULE_CONFIG;
pub use network::NETWORK_ACL;
pub use organizations::ORGANIZATION_DISCOVERY_DOMAIN;
pub use prompts::{PROMPT, PROMPT_CUSTOM_TEXT};
pub use protection::ATTACK_PROTECTION;
pub use resource_server::RESOURCE_SERVER;

/// The resources that the package offers, sorted by name.
pub const RESOURCES: &[&Resource] = &[
    &ATTACK_PROTECTION,
    &CLIENT,
    &CLIENT_GRANT,
    &ORGANIZATION_DISCOVERY_DOMAIN,
    &PROMPT,
    &PROMPT_CUSTOM_TEXT,
    &ROLE,
    &ROLE_PERMISSION,
    &ROLE_PERMISSIONS,
    &RULE_CONFIG,
];
