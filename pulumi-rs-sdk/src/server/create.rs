//! Create: a resource is made, or a preview says what it would be.

use std::sync::Arc;

use tonic::Status;

use super::answer::{Marks, settle};
use super::proto::{CreateRequest, CreateResponse};
use super::session::{Session, Target, timeout};
use super::wire::decode;
use super::write::{Verb, write};
use crate::preview::preview_create;
use crate::provider::{self, Provider};
use crate::value::reveal;

/// Makes the resource; in a preview, without asking the provider.
pub async fn create<P: Provider>(
    session: &Arc<Session<P>>,
    request: CreateRequest,
) -> Result<CreateResponse, Status> {
    let (target, name) = session.target(request.urn)?;
    let marked = decode("properties", request.properties)?;
    let inputs = reveal(marked.clone());
    let marks = Marks { fields: target.resource.fields, like: vec![marked] };
    if request.preview {
        let outputs = marks.put_on(preview_create(target.resource, &inputs));
        return Ok(CreateResponse { properties: Some(outputs), ..CreateResponse::default() });
    }
    session.require_configured()?;
    let request = provider::CreateRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        inputs,
        timeout: timeout(request.timeout),
    };
    let token = session.package().resource_token(target.resource);
    let call = made(session.clone(), target.clone(), request, marks);
    write(session, &target, Verb::Create, call, move |made| {
        let id = &made.id;
        format!(
            "{token} {name:?} was made with the id {id:?} after the engine had stopped waiting for it: \
             `pulumi import {token} {name} {id}` takes it into the stack"
        )
    })
    .await
}

async fn made<P: Provider>(
    session: Arc<Session<P>>,
    target: Target,
    request: provider::CreateRequest,
    marks: Marks,
) -> Result<CreateResponse, Status> {
    let secrets = marks.secrets(session.secrets());
    let context = session.context(&target.urn, &secrets);
    match session.provider.create(&context, request).await {
        Err(error) => Err(marks.failure(error, &secrets, &context.log)),
        Ok(created) if created.id.is_empty() => Err(Status::aborted(format!(
            "the {} provider made {} but gave it no id: a fault of the provider; look for the resource \
             before the next update",
            session.package().name,
            session.package().resource_token(target.resource),
        ))),
        Ok(created) => Ok(CreateResponse {
            id: created.id,
            properties: Some(marks.put_on(settle(created.outputs, &context.log))),
            refresh_before_update: false,
        }),
    }
}
