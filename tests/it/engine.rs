//! A provider in this process, begun as the engine begins an operation.

use auth0_local_tenant::Running;
use pulumi_resource_auth0::auth0::Auth0;
use pulumi_rs_sdk::testing::Client;
use pulumi_rs_sdk::value::{Object, Value};

/// A provider with this configuration.
pub async fn configured<const N: usize>(config: [(&str, &str); N]) -> Client {
    let engine = Client::start(Auth0::default()).await.expect("the server starts");
    configure(&engine, config).await;
    engine
}

/// Begins another operation.
pub async fn configure<const N: usize>(engine: &Client, config: [(&str, &str); N]) {
    let config = config.map(|(name, value)| (name.to_owned(), Value::from(value)));
    engine.configure(Object::from(config)).await.expect("the configuration is whole");
}

/// The configuration with which a provider may do everything on the tenant.
pub fn of(tenant: &Running) -> [(&str, &str); 3] {
    [
        ("domain", tenant.base_url()),
        ("clientId", tenant.client_id()),
        ("clientSecret", tenant.client_secret()),
    ]
}
