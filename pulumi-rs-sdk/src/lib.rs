//! A framework for writing native Pulumi resource providers in Rust.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod check;
pub mod diff;
pub mod error;
#[cfg(test)]
mod fixture;
pub mod log;
pub mod path;
pub mod preview;
pub mod provider;
pub mod schema;
pub mod secrets;
pub mod server;
pub mod state;
pub mod table;
pub mod value;
