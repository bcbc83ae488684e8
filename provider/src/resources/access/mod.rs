//! Who may do what: roles, and the permissions that they hold.

mod role;
mod role_permission;

pub use role::ROLE;
pub use role_permission::{ROLE_PERMISSION, ROLE_PERMISSIONS};
