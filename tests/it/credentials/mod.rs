//! Each way in which a provider proves who it is, under the real engine.

mod cli_login;
mod debug;
mod keys;
mod private_key;
