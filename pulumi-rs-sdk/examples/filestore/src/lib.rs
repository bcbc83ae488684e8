//! A Pulumi provider of files in a folder: the example of `pulumi-rs-sdk`.
//!
//! - [`store`]: the package, its configuration, and what its resources share
//! - [`mod@file`]: a resource that can be changed, half made, refreshed and imported
//! - [`key`]: a resource that makes a secret up
//! - [`digest`]: a function

pub mod digest;
pub mod file;
pub mod key;
pub mod store;
#[cfg(test)]
mod tests;

pub use store::{PACKAGE, Store};
