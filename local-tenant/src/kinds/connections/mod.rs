//! Connections: their options by strategy, the clients that use them, their keys, and how they are provisioned.

mod certificate;
mod clients;
mod database;
mod keys;
mod mappings;
mod openid;
mod options;
mod provisioning;
mod social;
mod table;

pub use clients::{leave_connections, of_client};
pub use table::{KINDS, OWN};
