//! Connections, and what belongs to one: who may use it, and how its users come in from elsewhere.

mod clients;
mod provisioning;

pub use clients::{CONNECTION_CLIENT, CONNECTION_CLIENTS};
pub use provisioning::{CONNECTION_DIRECTORY, CONNECTION_SCIM_CONFIGURATION};
