//! Profiles that say how tokens of others are taken, and what connections are like that customers set up.

mod connection;
mod token_exchange;

pub use connection::CONNECTION_PROFILE;
pub use token_exchange::TOKEN_EXCHANGE_PROFILE;
