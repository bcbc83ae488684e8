//! Read: a resource as it is, for a refresh or an import.

use tonic::Status;

use super::answer::{Marks, settle};
use super::proto::{ReadRequest, ReadResponse};
use super::session::{Session, timeout};
use super::wire::decode;
use crate::provider::{self, Known, Provider};
use crate::value::reveal;

/// Reads the resource. On import only its id is known; the answer is empty where it does not exist.
pub async fn read<P: Provider>(
    session: &Session<P>,
    request: ReadRequest,
) -> Result<ReadResponse, Status> {
    let (target, _) = session.target(request.urn)?;
    session.require_configured()?;
    let inputs = decode("inputs", request.inputs)?;
    let outputs = decode("properties", request.properties)?;
    let known = (!inputs.is_empty() || !outputs.is_empty())
        .then(|| Known { inputs: reveal(inputs.clone()), outputs: reveal(outputs.clone()) });
    let marks = Marks { fields: target.resource.fields, like: vec![inputs, outputs] };
    let secrets = marks.secrets(session.secrets());
    let context = session.context(&target.urn, &secrets);
    let request = provider::ReadRequest {
        resource: target.resource,
        urn: target.urn,
        id: request.id,
        known,
        timeout: timeout(request.timeout),
    };
    let id = request.id.clone();
    let state = tokio::select! {
        biased;
        state = session.provider.read(&context, request) => state,
        // A read changes nothing, so that it can be dropped where it stands.
        () = session.cancel.cancelled() => {
            return Err(Status::cancelled(format!("reading {id:?} was cancelled")));
        }
    };
    match state {
        Err(error) => Err(marks.failure(error, &secrets, &context.log)),
        Ok(None) => Ok(ReadResponse::default()),
        Ok(Some(state)) => Ok(ReadResponse {
            id: state.id,
            properties: Some(marks.put_on(settle(state.outputs, &context.log))),
            inputs: Some(marks.put_on(settle(state.inputs, &context.log))),
            refresh_before_update: false,
        }),
    }
}
