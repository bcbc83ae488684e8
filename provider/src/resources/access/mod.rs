//! Who may do what: the scopes of APIs, roles, and the permissions that they hold.

mod resource_server_scope;
mod role;
mod role_permission;

pub use resource_server_scope::{RESOURCE_SERVER_SCOPE, RESOURCE_SERVER_SCOPES};
pub use role::ROLE;
pub use role_permission::{ROLE_PERMISSION, ROLE_PERMISSIONS};
