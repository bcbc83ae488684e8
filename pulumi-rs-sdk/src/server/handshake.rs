//! Handshake, Attach and GetPluginInfo: who is who.

use tonic::Status;

use super::proto::{PluginAttach, PluginInfo, ProviderHandshakeRequest, ProviderHandshakeResponse};
use super::schema::version_of;
use super::session::Session;
use crate::provider::Provider;

/// Takes the engine's address and says what this provider can do.
pub async fn handshake<P: Provider>(
    session: &Session<P>,
    request: ProviderHandshakeRequest,
) -> ProviderHandshakeResponse {
    session.begin_operation();
    let folder = request.program_directory.unwrap_or_default();
    if let Some(version) = version_of(&folder, session.package().name) {
        session.set_installed_as(version);
    }
    if !request.engine_address.is_empty() {
        session.engine.attach(&request.engine_address).await;
    }
    ProviderHandshakeResponse {
        accept_secrets: true,
        accept_resources: true,
        accept_outputs: true,
        supports_autonaming_configuration: true,
        // A `Value` holds text only.
        accepts_byte_string: false,
    }
}

/// Takes the address of the engine that this process belongs to from now on.
pub async fn attach<P: Provider>(
    session: &Session<P>,
    request: PluginAttach,
) -> Result<(), Status> {
    if request.address.is_empty() {
        return Err(Status::invalid_argument("Attach came without the address of an engine"));
    }
    session.engine.attach(&request.address).await;
    Ok(())
}

/// The version.
pub fn plugin_info<P: Provider>(session: &Session<P>) -> PluginInfo {
    PluginInfo { version: session.package().version.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::server::demo::{Demo, configured, create};
    use crate::server::testing::{Client, Features};

    #[tokio::test]
    async fn the_provider_takes_all_but_strings_of_bytes() {
        let client = Client::start(Demo::default()).await.unwrap();
        let all = Features { secrets: true, resources: true, outputs: true, autonaming: true };
        assert_eq!(client.handshake().await.unwrap(), all);
        assert_eq!(client.plugin_info().await.unwrap(), "1.2.3");
    }

    #[tokio::test]
    async fn messages_go_to_the_engine_in_order() {
        let (_, client) = configured().await;
        for number in 0..20 {
            let content = format!("{number}");
            client
                .create(create([("act", "warn".into()), ("content", content.into())]))
                .await
                .unwrap();
        }
        for number in 0..20 {
            let message = client.next_message().await.unwrap();
            assert_eq!(message.text, format!("it holds {number}"));
            assert_eq!(message.urn, "urn:pulumi:test::tests::demo:index:Box::b");
        }
    }
}
