//! Update: a resource is changed, or a preview says what it would become.

use std::sync::Arc;

use tonic::Status;

use super::answer::{Marks, settle};
use super::proto::{UpdateRequest, UpdateResponse};
use super::session::{Session, Target, timeout};
use super::wire::decode;
use super::write::{Verb, write};
use crate::preview::preview_update;
use crate::provider::{self, Known, Provider};
use crate::value::reveal;

/// Changes the resource; in a preview, without asking the provider.
pub async fn update<P: Provider>(
    session: &Arc<Session<P>>,
    request: UpdateRequest,
) -> Result<UpdateResponse, Status> {
    let (target, name) = session.target(request.urn)?;
    let old_inputs = decode("old_inputs", request.old_inputs)?;
    let old_outputs = decode("olds", request.olds)?;
    let marked = decode("news", request.news)?;
    let inputs = reveal(marked.clone());
    let fields = target.resource.fields;
    let secrets = session.secrets().and(fields, &old_inputs).and(fields, &old_outputs);
    let marks = Marks { fields, like: vec![marked] };
    let old = Known { inputs: reveal(old_inputs), outputs: reveal(old_outputs) };
    if request.preview {
        let outputs = marks.put_on(preview_update(target.resource, &old, &inputs));
        return Ok(UpdateResponse { properties: Some(outputs), refresh_before_update: false });
    }
    session.require_configured()?;
    let request = provider::UpdateRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        id: request.id,
        old,
        inputs,
        ignore_changes: request.ignore_changes,
        timeout: timeout(request.timeout),
    };
    let call = {
        let (session, Target { urn, .. }) = (session.clone(), target.clone());
        async move {
            let secrets = marks.secrets(secrets);
            let context = session.context(&urn, &secrets);
            match session.provider.update(&context, request).await {
                Err(error) => Err(marks.failure(error, &secrets, &context.log)),
                Ok(outputs) => Ok(UpdateResponse {
                    properties: Some(marks.put_on(settle(outputs, &context.log))),
                    refresh_before_update: false,
                }),
            }
        }
    };
    write(session, &target, Verb::Update, call, move |_| {
        format!(
            "{name:?} was changed after the engine had stopped waiting for it: `pulumi refresh` brings the \
             stack up to date"
        )
    })
    .await
}
