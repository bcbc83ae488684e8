//! Profiles that say how tokens of others are taken.

mod token_exchange;

pub use token_exchange::TOKEN_EXCHANGE_PROFILE;
