//! Organizations, and what belongs to each.

mod client;
mod client_grant;
mod connection;
mod discovery_domain;
mod member;
mod member_role;
mod organization;

pub(crate) use client::LISTED_CLIENT;
pub use client::{ORGANIZATION_CLIENT, ORGANIZATION_CLIENTS};
pub use client_grant::ORGANIZATION_CLIENT_GRANT;
pub use connection::{ORGANIZATION_CONNECTION, ORGANIZATION_CONNECTIONS};
pub use discovery_domain::{ORGANIZATION_DISCOVERY_DOMAIN, ORGANIZATION_DISCOVERY_DOMAINS};
pub use member::{ORGANIZATION_MEMBER, ORGANIZATION_MEMBERS};
pub use member_role::{ORGANIZATION_MEMBER_ROLE, ORGANIZATION_MEMBER_ROLES};
pub use organization::ORGANIZATION;
