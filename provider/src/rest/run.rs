//! Carries out what plans say: the only place of this module, beside the writer of lists, that sends a write.

use pulumi_rs_sdk::table::rest::WireObject;
use serde_json::Value as Json;

use super::lists::find;
use super::plan::{Gone, ListPlan, Listed, Plan, Step, Steps, counts};
use super::site::Home;
use super::tenant::Tenant;
use super::wire;
use super::write_entries::members_of;
use crate::api::{Answer, ApiError, Asked, Call, Means, Request};

/// A plan that did not come to its end.
#[derive(Debug)]
pub(super) struct Stopped {
    /// Why.
    pub(super) error: ApiError,
    /// What else failed, where the parts of it were apart.
    pub(super) others: Vec<ApiError>,
    /// Whether a write was carried out.
    pub(super) has_written: bool,
    /// What was shown of the object.
    pub(super) shown: WireObject,
}

impl Tenant {
    /// Carries out a plan; the object as the answers show it.
    ///
    /// # Errors
    /// What fails, at once or, where the steps are apart, in the end. A success that does not show the object, which taken
    /// for it would wipe what the state knows, is [`ApiError::Incomplete`], and an unknown outcome where the request may
    /// have made one.
    pub(super) async fn run(&self, call: &Call<'_>, plan: &Plan) -> Result<WireObject, Stopped> {
        match plan {
            Plan::Steps(steps) => run_steps(call, steps).await,
            Plan::List(list) => {
                let mut shown = self.run_list(call, list).await.map_err(Stopped::by)?;
                if let Some((get, members)) = &list.parent {
                    let told = told_of(call, get, members).await;
                    match (told, &list.change) {
                        (Ok(told), _) => shown.extend(told),
                        (Err(error), None) => return Err(Stopped::by(error)),
                        (Err(error), Some(_)) => return Err(Stopped::after_writing(error, shown)),
                    }
                }
                Ok(shown)
            }
        }
    }

    async fn run_list(&self, call: &Call<'_>, plan: &ListPlan) -> Result<WireObject, ApiError> {
        let ListPlan { of, path, change, shows, .. } = plan;
        let content = match change {
            Some(change) => self.lists.change(call, of, path, change).await?,
            None => self.lists.read(call, of, path).await?,
        };
        match shows {
            Listed::Nothing => Ok(WireObject::new()),
            Listed::Entry(key) => match find(of, &content, key) {
                Some(entry) => Ok(entry.clone()),
                None if of.listing.keyed.is_some() => Ok(members_of(of, key)),
                None => {
                    let asked = Asked::of(&Request::get(path.clone()))?;
                    Err(ApiError::not_in_list(asked, self.api.domain()))
                }
            },
            Listed::All { at, are_bare } => {
                let item = |entry: &WireObject| match are_bare {
                    true => entry.get(of.key[0]).cloned().unwrap_or_default(),
                    false => Json::from(entry.clone()),
                };
                let mut shown = WireObject::new();
                wire::put(&mut shown, at, content.iter().map(item).collect());
                Ok(shown)
            }
        }
    }
}

/// These members of a parent.
async fn told_of(call: &Call<'_>, get: &Request, members: &[&str]) -> Result<WireObject, ApiError> {
    let Some(Json::Object(mut parent)) = call.send(get).await?.into_json() else {
        return Err(incomplete(get));
    };
    parent.retain(|name, _| members.contains(&name.as_str()));
    Ok(parent)
}

impl Stopped {
    /// What was made in that home was not shown with its id.
    pub(super) fn without_id(home: &Home, shown: WireObject) -> Stopped {
        let request = Request::post(home.path.clone(), Json::Null);
        Stopped::after_writing(incomplete(&request), shown)
    }

    /// What came after a write failed.
    pub(super) fn after_writing(error: ApiError, shown: WireObject) -> Stopped {
        Stopped { shown, has_written: true, ..Stopped::by(error) }
    }

    /// Nothing was written.
    pub(super) fn by(error: ApiError) -> Stopped {
        Stopped { error, others: Vec::new(), has_written: false, shown: WireObject::new() }
    }
}

async fn run_steps(call: &Call<'_>, steps: &Steps) -> Result<WireObject, Stopped> {
    let (mut shown, mut has_written) = (WireObject::new(), false);
    let mut errors = Vec::new();
    for (index, step) in steps.steps.iter().enumerate() {
        let is_last = index + 1 == steps.steps.len();
        if !counts(step.when, &shown) {
            continue;
        }
        let filled = step.filled_by.map(|member| filled(step, member, &shown));
        let step = match &filled {
            None => step,
            Some(Some(step)) => step,
            Some(None) => {
                errors.push(incomplete(&step.request));
                break;
            }
        };
        let result = match send(call, step).await {
            Ok((answer, request)) => {
                let is_seen = step.add(answer, &mut shown);
                match is_seen && (!is_last || steps.is_shown_by(&shown)) {
                    true => Ok(request.means),
                    false => Err(incomplete(request)),
                }
            }
            Err(error) => Err(error),
        };
        match result {
            Ok(means) => has_written |= means != Means::Asks,
            Err(error) if is_hidden(step, &error) => {
                tracing::debug!("left out: {error}");
            }
            Err(error) if is_denied(step, &error) => {
                if step.request.means != Means::Asks {
                    call.log().warning(format!("{error}: what the program says of it is left out"));
                }
            }
            Err(error) => {
                let others_may_do = steps.are_apart && is_of_the_step(&error);
                errors.push(error);
                if !others_may_do {
                    break;
                }
            }
        }
    }
    let mut errors = errors.into_iter();
    match errors.next() {
        Some(error) => Err(Stopped { error, others: errors.collect(), has_written, shown }),
        None => Ok(shown),
    }
}

/// The step with its body; `None` where nothing was shown of it.
fn filled(step: &Step, member: &str, shown: &WireObject) -> Option<Step> {
    let body = WireObject::from_iter([(member.to_owned(), shown.get(member)?.clone())]);
    let request = Request { body: Some(body.into()), ..step.request.clone() };
    Some(Step { request, ..step.clone() })
}

/// Sends a step, or what stands for it; its answer, and the request that was answered.
async fn send<'a>(call: &Call<'_>, step: &'a Step) -> Result<(Answer, &'a Request), ApiError> {
    match (call.send(&step.request).await, &step.gone) {
        (Err(ApiError::NotFound { .. }), Gone::IsFine) => Ok((Answer::Empty, &step.request)),
        (Err(ApiError::NotFound { .. }), Gone::Else(other)) => Ok((call.send(other).await?, other)),
        (answer, _) => Ok((answer?, &step.request)),
    }
}

/// Whether the API has something against this step, so that others may do: what it fails for as a whole is waited for once.
fn is_of_the_step(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::BadPath { .. }
            | ApiError::Conflict { .. }
            | ApiError::Forbidden { .. }
            | ApiError::Incomplete { .. }
            | ApiError::InsufficientScope { .. }
            | ApiError::Invalid { .. }
            | ApiError::LimitReached { .. }
            | ApiError::NotEntitled { .. }
            | ApiError::NotFound { .. }
    )
}

/// Whether the API does not show what need not be shown.
fn is_hidden(step: &Step, error: &ApiError) -> bool {
    let is_refused = matches!(
        error,
        ApiError::Forbidden { .. }
            | ApiError::InsufficientScope { .. }
            | ApiError::NotEntitled { .. }
            | ApiError::NotFound { .. }
            | ApiError::Incomplete { .. }
    );
    step.may_be_hidden && step.request.means == Means::Asks && is_refused
}

fn is_denied(step: &Step, error: &ApiError) -> bool {
    match (step.denied, error) {
        (Some(code), ApiError::NotEntitled { said, .. } | ApiError::Forbidden { said, .. }) => {
            said.code == code
        }
        _ => false,
    }
}

fn incomplete(request: &Request) -> ApiError {
    match Asked::of(request) {
        Ok(asked) => ApiError::incomplete(asked),
        Err(error) => error,
    }
}
