//! Code of your own in the login, and what it is configured by.

mod rule;
mod rule_config;

pub use rule::RULE;
pub use rule_config::RULE_CONFIG;
