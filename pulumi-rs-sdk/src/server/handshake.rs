//! Handshake, Attach and GetPluginInfo: who is who.

use tonic::Status;

use super::proto::{PluginAttach, PluginInfo, ProviderHandshakeRequest, ProviderHandshakeResponse};
use super::session::Session;
use crate::provider::Provider;

/// Takes the engine's address and says what this provider can do.
pub async fn handshake<P: Provider>(
    session: &Session<P>,
    request: ProviderHandshakeRequest,
) -> ProviderHandshakeResponse {
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
