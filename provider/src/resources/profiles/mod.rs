//! Profiles that say how tokens of others are taken, and what customers set up by themselves.

mod connection;
mod self_service;
mod self_service_custom_text;
mod token_exchange;
mod user_attribute;

pub use connection::CONNECTION_PROFILE;
pub use self_service::SELF_SERVICE_PROFILE;
pub use self_service_custom_text::SELF_SERVICE_PROFILE_CUSTOM_TEXT;
pub use token_exchange::TOKEN_EXCHANGE_PROFILE;
pub use user_attribute::USER_ATTRIBUTE_PROFILE;
