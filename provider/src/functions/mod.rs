//! The functions of the package, one file each, and the method of its provider.
//!
//! What they give is made of the tables of the resources: see [`pulumi_rs_sdk::listed`].

mod client;
mod client_grants;
mod client_names;
mod clients;
mod credentials;
mod terraform_config;

use pulumi_rs_sdk::table::Function;

pub use client::GET_CLIENT;
pub(crate) use client::get_client;
pub use client_grants::GET_CLIENT_GRANTS;
pub(crate) use client_grants::get_client_grants;
pub use clients::GET_CLIENTS;
pub(crate) use clients::get_clients;
pub use terraform_config::TERRAFORM_CONFIG;
pub(crate) use terraform_config::terraform_config;

/// The functions that the package offers, sorted by name.
pub const FUNCTIONS: &[&Function] = &[&GET_CLIENT, &GET_CLIENT_GRANTS, &GET_CLIENTS];

/// The methods of the provider, sorted by name.
pub const METHODS: &[&Function] = &[&TERRAFORM_CONFIG];
