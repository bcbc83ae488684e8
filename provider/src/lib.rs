//! A native Pulumi provider for Auth0.
//!
//! - [`resources`]: the tables, one file for each resource
//! - [`functions`]: what programs look up, one file for each function
//! - [`rest`]: makes requests of the tables, and outputs of the answers
//! - [`api`]: sends requests to Auth0
//! - [`config`]: the provider's configuration
//! - [`auth0`]: the package, and the provider that puts all of it together

pub mod api;
pub mod auth0;
#[cfg(test)]
mod chaos;
pub mod config;
pub mod functions;
pub mod resources;
pub mod rest;
pub mod version;
