//! A framework for writing native Pulumi resource providers in Rust.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod check;
pub mod diff;
pub mod error;
pub mod log;
pub mod path;
pub mod preview;
pub mod provider;
pub mod schema;
pub mod state;
pub mod table;
pub mod value;
