//! Users, and who they are elsewhere.

mod user;

pub use user::USER;
