//! The functions of the package, one file each, and the method of its provider.
//!
//! What they give is made of the tables of the resources: see [`pulumi_rs_sdk::looked_up`].

mod access;
mod actions;
mod client;
mod client_grants;
mod clients;
mod connection;
mod connections;
mod credentials;
mod domains;
mod flows;
mod network;
mod organizations;
mod profiles;
mod prompts;
mod signing_keys;
mod tenant;
mod terraform_config;
mod users;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::erased::AnyAnswer;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest, answered_by};
use pulumi_rs_sdk::table::rest::{By, Function, Lookup};
use pulumi_rs_sdk::value::Object;

use crate::auth0::Auth0;
pub use access::{GET_RESOURCE_SERVER, GET_ROLE};
pub use actions::{
    GET_ACTION, GET_ACTION_MODULE, GET_ACTION_MODULE_ACTIONS, GET_ACTION_MODULE_VERSION,
    GET_ACTION_MODULE_VERSIONS,
};
pub use client::GET_CLIENT;
pub use client_grants::GET_CLIENT_GRANTS;
pub use clients::GET_CLIENTS;
pub use connection::GET_CONNECTION;
pub use connections::GET_CONNECTION_DIRECTORY;
pub use domains::{GET_CUSTOM_DOMAIN, GET_CUSTOM_DOMAINS};
pub use flows::{GET_FLOW, GET_FLOW_VAULT_CONNECTION, GET_FORM};
pub use network::{
    GET_ATTACK_PROTECTION, GET_EVENT_STREAM, GET_NETWORK_ACL, GET_NETWORK_ACL_KEY,
    GET_RATE_LIMIT_POLICIES, GET_RATE_LIMIT_POLICY,
};
pub use organizations::{
    GET_CLIENT_GRANT_ORGANIZATIONS, GET_ORGANIZATION, GET_ORGANIZATION_CLIENT,
    GET_ORGANIZATION_CLIENTS, GET_ORGANIZATION_ROLE_GROUPS, GET_ORGANIZATION_ROLE_MEMBERS,
    GET_ORGANIZATIONS, GET_USER_ORGANIZATIONS,
};
pub use profiles::{
    GET_CONNECTION_PROFILE, GET_SELF_SERVICE_PROFILE, GET_TOKEN_EXCHANGE_PROFILE,
    GET_USER_ATTRIBUTE_PROFILE,
};
pub use prompts::{GET_PROMPT_SCREEN_PARTIALS, GET_PROMPT_SCREEN_RENDERER};
pub use signing_keys::GET_SIGNING_KEYS;
pub use tenant::GET_TENANT;
pub use terraform_config::TERRAFORM_CONFIG;
pub use users::{GET_USER, GET_USER_CONNECTED_ACCOUNTS};

/// The functions that the package offers, sorted by name.
pub const FUNCTIONS: &[By<Function, dyn AnyAnswer<Auth0>>] = &[
    by_table(&[
        &GET_ACTION,
        &GET_ACTION_MODULE,
        &GET_ACTION_MODULE_ACTIONS,
        &GET_ACTION_MODULE_VERSION,
        &GET_ACTION_MODULE_VERSIONS,
        &GET_ATTACK_PROTECTION,
    ]),
    answered_by(&[&GET_CLIENT], &client::GetClient),
    by_table(&[&GET_CLIENT_GRANT_ORGANIZATIONS, &GET_CLIENT_GRANTS]),
    answered_by(&[&GET_CLIENTS], &clients::GetClients),
    answered_by(&[&GET_CONNECTION], &connection::GetConnection),
    by_table(&[
        &GET_CONNECTION_DIRECTORY,
        &GET_CONNECTION_PROFILE,
        &GET_CUSTOM_DOMAIN,
        &GET_CUSTOM_DOMAINS,
        &GET_EVENT_STREAM,
        &GET_FLOW,
        &GET_FLOW_VAULT_CONNECTION,
        &GET_FORM,
        &GET_NETWORK_ACL,
        &GET_NETWORK_ACL_KEY,
        &GET_ORGANIZATION,
        &GET_ORGANIZATION_CLIENT,
        &GET_ORGANIZATION_CLIENTS,
        &GET_ORGANIZATION_ROLE_GROUPS,
        &GET_ORGANIZATION_ROLE_MEMBERS,
        &GET_ORGANIZATIONS,
        &GET_PROMPT_SCREEN_PARTIALS,
        &GET_PROMPT_SCREEN_RENDERER,
        &GET_RATE_LIMIT_POLICIES,
        &GET_RATE_LIMIT_POLICY,
        &GET_RESOURCE_SERVER,
        &GET_ROLE,
        &GET_SELF_SERVICE_PROFILE,
        &GET_SIGNING_KEYS,
    ]),
    answered_by(&[&GET_TENANT], &tenant::GetTenant),
    by_table(&[
        &GET_TOKEN_EXCHANGE_PROFILE,
        &GET_USER,
        &GET_USER_ATTRIBUTE_PROFILE,
        &GET_USER_CONNECTED_ACCOUNTS,
        &GET_USER_ORGANIZATIONS,
    ]),
];

/// Functions whose tables say all of it.
const fn by_table(tables: &'static [&'static Function]) -> By<Function, dyn AnyAnswer<Auth0>> {
    let mut index = 0;
    while index < tables.len() {
        assert!(
            !matches!(tables[index].lookup, Lookup::Own),
            "its table says nothing of its answer"
        );
        index += 1;
    }
    answered_by(tables, &Interpreter)
}

/// The code of all functions whose tables say what they look up.
struct Interpreter;

impl Answer<Auth0> for Interpreter {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        auth0.tenant()?.answer(context, &request).await
    }
}

/// The methods of the provider, sorted by name.
pub const METHODS: &[By<Function, dyn AnyAnswer<Auth0>>] =
    &[answered_by(&[&TERRAFORM_CONFIG], &terraform_config::TerraformConfig)];
