//! Sends what plans say: the only place of this module that sends a write.

use pulumi_rs_sdk::table::rest::WireObject;

use super::plan::{Gone, Plan, Step};
use crate::api::{Answer, ApiError, Asked, Call, Means, Request};

/// A plan that did not come to its end.
#[derive(Debug)]
pub(super) struct Stopped {
    /// Why.
    pub(super) error: ApiError,
    /// Whether a write was carried out before.
    pub(super) has_written: bool,
    /// What the answers before have shown of the object.
    pub(super) shown: WireObject,
}

impl Stopped {
    /// All of the plan was answered, but not with an object.
    pub(super) fn without_object(plan: &Plan, shown: WireObject) -> Stopped {
        let error = match plan.steps.last() {
            Some(step) => incomplete(&step.request),
            None => ApiError::BadPath { segment: String::new() },
        };
        Stopped { error, has_written: false, shown }
    }
}

/// Sends the requests of a plan one after another; the object as their answers show it.
///
/// # Errors
/// The first that fails. A success that does not show the object, which taken for it would wipe what the state knows, is
/// [`ApiError::Incomplete`], and an unknown outcome where the request may have made one.
pub(super) async fn run(call: &Call<'_>, plan: &Plan) -> Result<WireObject, Stopped> {
    let (mut shown, mut has_written) = (WireObject::new(), false);
    for (index, step) in plan.steps.iter().enumerate() {
        let is_last = index + 1 == plan.steps.len();
        let result = match send(call, step).await {
            Ok((answer, request)) => {
                let is_seen = step.add(answer, &mut shown);
                match is_seen && (!is_last || plan.is_shown_by(&shown)) {
                    true => Ok(request),
                    false => Err(incomplete(request)),
                }
            }
            Err(error) => Err(error),
        };
        match result {
            Ok(request) => has_written |= request.means != Means::Asks,
            Err(error) => return Err(Stopped { error, has_written, shown }),
        }
    }
    Ok(shown)
}

/// Sends a step, or what stands for it; its answer, and the request that was answered.
async fn send<'a>(call: &Call<'_>, step: &'a Step) -> Result<(Answer, &'a Request), ApiError> {
    match (call.send(&step.request).await, &step.gone) {
        (Err(ApiError::NotFound { .. }), Gone::IsFine) => Ok((Answer::Empty, &step.request)),
        (Err(ApiError::NotFound { .. }), Gone::Else(other)) => Ok((call.send(other).await?, other)),
        (answer, _) => Ok((answer?, &step.request)),
    }
}

fn incomplete(request: &Request) -> ApiError {
    match Asked::of(request) {
        Ok(asked) => ApiError::incomplete(asked),
        Err(error) => error,
    }
}
