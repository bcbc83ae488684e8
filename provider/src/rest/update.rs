//! Update: one PATCH of what changed.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Known, UpdateRequest};
use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::table::WireObject;
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use super::body::{self, Changes};
use super::tenant::{Place, Tenant, path, rest_of};
use super::wire;
use crate::api::{ApiError, Call};

impl Tenant {
    /// Changes the resource and returns its outputs.
    ///
    /// Where nothing differs from the state, what differs from the server is sent: the engine asks for
    /// such an update after a create that did not come to its end.
    ///
    /// # Errors
    /// What the API refused; that the resource is gone.
    pub async fn update(&self, context: &Context, request: UpdateRequest) -> Result<Object, Error> {
        let rest = rest_of(request.resource)?;
        if !request.resource.natural_key.is_empty() {
            self.ownership.keep(&request.id, &request.urn);
        }
        let _writing = self.shelves.of(request.resource).writing(&request.id);
        let names_another = self.recent.has_any_of(&request.inputs);
        let call = self.call(context, request.timeout);
        let call = call.just_made(names_another || self.recent.has(&request.id));
        let mut old = request.old;
        let changes = |old: &Known| {
            body::update(request.resource, old, &request.inputs, &request.ignore_changes)
        };
        let mut changed = changes(&old);
        if changed.is_empty() {
            let (id, live) = rest.get(&call, &request.id).await.map_err(failed)?;
            old.outputs =
                wire::outputs(request.resource, &id, &live, Moment::Write, &request.inputs);
            changed = changes(&old);
            if changed.is_empty() {
                return Ok(old.outputs);
            }
        }
        let answer = send(&call, &rest, &request.id, changed).await?;
        // The values from before the answer: what the program gives, else what is stored.
        let mut kept = old.outputs;
        kept.extend(request.inputs);
        Ok(wire::outputs(request.resource, &request.id, &answer, Moment::Write, &kept))
    }
}

/// Sends the changes, in one request or two; returns the object as it is then.
pub(super) async fn send(
    call: &Call<'_>,
    rest: &Place,
    id: &str,
    changes: Changes,
) -> Result<WireObject, Error> {
    if let Some(first) = changes.first {
        send_one(call, rest, id, first).await?;
    }
    send_one(call, rest, id, changes.body).await
}

async fn send_one(
    call: &Call<'_>,
    rest: &Place,
    id: &str,
    body: WireObject,
) -> Result<WireObject, Error> {
    let (below, method, body) = ([id], rest.update(), Json::Object(body));
    let answer = call.request(method, &path(rest, &below), &[], Some(&body)).await;
    let made = rest.made(method, &below, answer.map_err(failed)?.into_json());
    let (_, members) = made.map_err(failed)?;
    Ok(members)
}

/// The error for a change that failed, with what it leaves to be found out.
pub(super) fn failed(error: ApiError) -> Error {
    let hint = match &error {
        ApiError::NotFound { .. } => "; if it was deleted elsewhere, run `pulumi refresh`",
        // The state does not show it, and so does no preview of a program that goes back.
        error if error.may_be_done() => {
            "; it may have been carried out all the same: unless you run the same program again, run \
             `pulumi refresh`"
        }
        _ => "",
    };
    let mut error = Error::from(error);
    error.message.push_str(hint);
    error
}
