//! Update: one PATCH of what changed.

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::provider::{Context, Known, UpdateRequest};
use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::table::{Method, Rest, WireObject};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use super::body;
use super::tenant::{Tenant, members, path, rest_of};
use super::wire;
use crate::api::{self, ApiError, Asked, Call};

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
        let call = self.call(context, request.timeout);
        let mut old = request.old.clone();
        let changes = |old: &Known| {
            body::update(request.resource, old, &request.inputs, &request.ignore_changes)
        };
        let mut body = changes(&old);
        if body.is_empty() {
            let answer = call.get(&path(&rest, &[&request.id]), &[]).await.map_err(gone)?;
            let live = answer.as_object().cloned().unwrap_or_default();
            old.outputs =
                wire::outputs(request.resource, &request.id, &live, Moment::Write, &request.inputs);
            body = changes(&old);
            if body.is_empty() {
                return Ok(old.outputs);
            }
        }
        if let Some(members) = body::first(request.resource, &old, &request.inputs) {
            send(&call, &rest, &request.id, members).await?;
        }
        let answer = send(&call, &rest, &request.id, body).await?;
        let kept = kept(&old, &request.inputs);
        Ok(wire::outputs(request.resource, &request.id, &answer, Moment::Write, &kept))
    }
}

/// The values from before the answer: what the program gives, else what is stored.
fn kept(old: &Known, inputs: &Object) -> Object {
    let mut kept = old.outputs.clone();
    kept.extend(inputs.iter().map(|(name, value)| (name.clone(), value.clone())));
    kept
}

/// Sends one change; returns the answer.
pub(super) async fn send(
    call: &Call<'_>,
    rest: &Rest,
    id: &str,
    body: WireObject,
) -> Result<WireObject, Error> {
    let below = [id];
    let (path, body) = (path(rest, &below), Json::Object(body));
    let method = match rest.update {
        Method::Patch => api::Method::Patch,
        Method::Put => api::Method::Put,
    };
    let answer = call.request(method, &path, &[], Some(&body)).await.map_err(gone)?;
    match members(answer) {
        Some(members) => Ok(members),
        None => Err(Error::new(
            ErrorKind::Unavailable,
            format!(
                "{}: Auth0 answered with a success that does not show the result; run again",
                Asked::new(method, &path)?
            ),
        )),
    }
}

fn gone(error: ApiError) -> Error {
    let is_gone = matches!(error, ApiError::NotFound { .. });
    let mut error = Error::from(error);
    if is_gone {
        error.message.push_str("; if it was deleted elsewhere, run `pulumi refresh`");
    }
    error
}
