//! Who may do what: the scopes of APIs, roles, the permissions that they hold, and the users who have them.

mod permission;
mod resource_server_scope;
mod role;
mod role_permission;
mod user_permission;
mod user_role;

pub use resource_server_scope::{RESOURCE_SERVER_SCOPE, RESOURCE_SERVER_SCOPES};
pub use role::ROLE;
pub use role_permission::{ROLE_PERMISSION, ROLE_PERMISSIONS};
pub use user_permission::{USER_PERMISSION, USER_PERMISSIONS};
pub use user_role::{USER_ROLE, USER_ROLES};
