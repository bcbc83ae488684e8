//! How the tenant sends e-mail, and what it writes.

mod provider;
mod template;

pub use provider::EMAIL_PROVIDER;
pub use template::EMAIL_TEMPLATE;
