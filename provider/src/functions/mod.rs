//! The functions of the package, one file each, and the method of its provider.
//!
//! What they give is made of the tables of the resources: see [`pulumi_rs_sdk::listed`].

mod client;
mod client_grants;
mod client_names;
mod clients;
mod credentials;
mod terraform_config;

use pulumi_rs_sdk::provider::answered_by;
use pulumi_rs_sdk::provider::erased::AnyAnswer;
use pulumi_rs_sdk::table::{By, Function};

use crate::auth0::Auth0;
pub use client::GET_CLIENT;
pub use client_grants::GET_CLIENT_GRANTS;
pub use clients::GET_CLIENTS;
pub use terraform_config::TERRAFORM_CONFIG;

/// The functions that the package offers, sorted by name.
pub const FUNCTIONS: &[By<Function, dyn AnyAnswer<Auth0>>] = &[
    answered_by(&[&GET_CLIENT], &client::GetClient),
    answered_by(&[&GET_CLIENT_GRANTS], &client_grants::GetClientGrants),
    answered_by(&[&GET_CLIENTS], &clients::GetClients),
];

/// The methods of the provider, sorted by name.
pub const METHODS: &[By<Function, dyn AnyAnswer<Auth0>>] =
    &[answered_by(&[&TERRAFORM_CONFIG], &terraform_config::TerraformConfig)];
