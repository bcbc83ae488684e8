//! The look ahead that a preview allows the provider: two seconds, and nothing that it finds fails.

use std::time::Duration;

use super::fault;
use super::session::{Session, Target};
use crate::provider::{LookAheadRequest, Provider};
use crate::secrets::Redactor;
use crate::value::Object;

/// A preview without a connection must not be slow.
const PATIENCE: Duration = Duration::from_secs(2);

/// Lets the provider warn of what the update will meet.
pub async fn look_ahead<P: Provider>(
    session: &Session<P>,
    target: &Target,
    inputs: &Object,
    secrets: &Redactor,
) {
    if session.require_configured().is_err() {
        return;
    }
    let context = session.context(&target.urn, secrets);
    let request = LookAheadRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        inputs: inputs.clone(),
    };
    // A panic has been reported by its place; the preview goes on without what it would have said.
    let look = fault::contain(session.provider.look_ahead(&context, request));
    let _ = tokio::time::timeout(PATIENCE, look).await;
}
