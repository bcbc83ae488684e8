//! Update: what has changed is sent, in the way of the class.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Known, UpdateRequest};
use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::value::Object;

use super::body;
use super::class;
use super::ownership::spot;
use super::run::{Stopped, run};
use super::site::Site;
use super::tenant::Tenant;
use super::wire;
use crate::api::ApiError;

impl Tenant {
    /// Changes the resource and returns its outputs.
    ///
    /// Where nothing differs from the state, what differs from the server is sent: the engine asks for
    /// such an update after a create that did not come to its end.
    ///
    /// # Errors
    /// What the API refused; that the resource is gone.
    pub async fn update(&self, context: &Context, request: UpdateRequest) -> Result<Object, Error> {
        let site = Site::of_id(request.resource, &request.id, Some(&request.old.outputs))?;
        if request.resource.unique_by().is_some() {
            self.ownership.keep(spot(request.resource, &site), &request.urn);
        }
        let _writing = self.shelves.of(&site.home).writing(&site.own);
        let names_another = self.recent.has_any_of(&request.inputs);
        let call = self.call(context, request.timeout);
        let call = call.just_made(names_another || self.recent.has(&site));
        let mut old = request.old;
        let changes = |old: &Known| {
            body::update(request.resource, old, &request.inputs, &request.ignore_changes)
        };
        let mut changed = changes(&old);
        if changed.is_empty() {
            let live = run(&call, &class::read(&site)).await.map_err(stopped)?;
            old.outputs =
                wire::outputs(request.resource, &site, &live, Moment::Write, &request.inputs);
            changed = changes(&old);
            if changed.is_empty() {
                return Ok(old.outputs);
            }
        }
        let shown = run(&call, &class::change(&site, changed)).await.map_err(stopped)?;
        // The values from before the answer: what the program gives, else what is stored.
        let mut kept = old.outputs;
        kept.extend(request.inputs);
        Ok(wire::outputs(request.resource, &site, &shown, Moment::Write, &kept))
    }
}

fn stopped(stopped: Stopped) -> Error {
    failed(stopped.error)
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
