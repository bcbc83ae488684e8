//! The resources and functions of the package, one file each.

mod client;
mod client_grant;
#[cfg(test)]
mod published;
mod resource_server;
#[cfg(test)]
pub(crate) mod testing;

use pulumi_rs_sdk::table::Resource;

pub use client::{APP_TYPES, CLIENT};
pub use client_grant::CLIENT_GRANT;
pub use resource_server::RESOURCE_SERVER;

/// The resources that the package offers, sorted by name.
pub const RESOURCES: &[&Resource] = &[&CLIENT, &CLIENT_GRANT];
