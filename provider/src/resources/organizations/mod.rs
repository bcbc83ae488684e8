//! Organizations, and what belongs to each.

mod discovery_domain;

pub use discovery_domain::ORGANIZATION_DISCOVERY_DOMAIN;
