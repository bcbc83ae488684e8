//! Flows and forms, and the connections to other services that steps of flows use.

mod flow;
mod form;
mod vault_connection;

pub use flow::FLOW;
pub use form::FORM;
pub use vault_connection::FLOW_VAULT_CONNECTION;
