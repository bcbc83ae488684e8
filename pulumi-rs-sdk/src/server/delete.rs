//! Delete: a resource goes.

use std::sync::Arc;

use tonic::Status;

use super::answer::Marks;
use super::proto::DeleteRequest;
use super::receive::receive;
use super::session::{Session, timeout};
use super::write::{Verb, write};
use crate::provider::{self, Known, Provider};
use crate::value::reveal;

/// Removes the resource.
pub async fn delete<P: Provider>(
    session: &Arc<Session<P>>,
    request: DeleteRequest,
) -> Result<(), Status> {
    let (target, name) = session.target(request.urn)?;
    session.require_configured()?;
    let inputs = receive("old_inputs", request.old_inputs)?;
    let outputs = receive("properties", request.properties)?;
    let old = Known { inputs: reveal(inputs.clone()), outputs: reveal(outputs.clone()) };
    let marks = Marks { fields: target.resource.fields, like: vec![inputs, outputs] };
    let request = provider::DeleteRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        id: request.id,
        old,
        timeout: timeout(request.timeout),
    };
    let call = {
        let (session, urn, code) = (session.clone(), target.urn.clone(), target.code);
        async move {
            let secrets = marks.secrets(session.secrets());
            let context = session.context(&urn, &secrets);
            let deleted = code.delete(&session.provider, &context, request).await;
            deleted.map_err(|error| marks.failure(error, &secrets, &context.log))
        }
    };
    write(session, &target, Verb::Delete, call, async move |()| {
        format!(
            "{name:?} was deleted after the engine had stopped waiting for it: `pulumi refresh` brings the \
             stack up to date"
        )
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{TOKEN, configured, properties, secret};
    use crate::server::testing::{Delete, urn};

    fn asked(inputs: crate::value::Object) -> Delete {
        let old = Known { outputs: inputs.clone(), inputs };
        Delete { urn: urn(TOKEN, "b"), id: "box-1".into(), old, ..Delete::default() }
    }

    #[tokio::test]
    async fn the_provider_knows_what_the_state_held() {
        let (demo, client) = configured().await;
        client.delete(asked(properties([("content", secret("x"))]))).await.unwrap();
        let plain = properties([("content", "x".into())]);
        assert_eq!(*demo.seen(), [plain.clone(), plain]);
    }

    #[tokio::test]
    async fn a_failure_is_told_without_secrets() {
        let (_, client) = configured().await;
        let inputs = properties([("act", "fail".into()), ("content", secret("canary"))]);
        let failure = client.delete(asked(inputs)).await.unwrap_err();
        assert_eq!(failure.to_string(), "AlreadyExists: there is [secret] in it");
    }
}
