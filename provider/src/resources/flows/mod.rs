//! Flows, and the connections to other services that their steps use.

mod flow;
mod vault_connection;

pub use flow::FLOW;
pub use vault_connection::FLOW_VAULT_CONNECTION;
