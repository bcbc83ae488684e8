//! Connections, and what belongs to one: who may use it, and how its users come in from elsewhere.

mod clients;
mod connection;
mod database;
mod dialects;
mod enterprise;
mod every;
mod openid;
mod passwordless;
mod provisioning;
mod saml;
mod social;
mod strategies;

pub use clients::{CONNECTION_CLIENT, CONNECTION_CLIENTS};
pub use connection::CONNECTION;
pub use provisioning::{CONNECTION_DIRECTORY, CONNECTION_SCIM_CONFIGURATION};
