//! Create: one POST, whose answer is the state.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created};
use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::table::WireObject;
use serde_json::Value as Json;

use super::body;
use super::ownership::key_of;
use super::tenant::{Place, Tenant, path, rest_of};
use super::wire;
use crate::api::{ApiError, Method};

impl Tenant {
    /// Makes the resource.
    ///
    /// # Guarantees
    /// Nothing that was made is lost: once an answer names an id, the id is returned; where it is not
    /// known whether something was made, that is found out, or the error says what to look at.
    ///
    /// # Errors
    /// What the API refused; where it holds the resource unique and has one already, that one is
    /// adopted instead. That another resource of the program has it.
    pub async fn create(
        &self,
        context: &Context,
        request: CreateRequest,
    ) -> Result<Created, Error> {
        let key = key_of(request.resource, &request.inputs);
        if let Some(key) = &key {
            self.ownership.claim(key, &request.urn)?;
        }
        let made = self.make(context, &request).await;
        // A resource that was made in part is the program's all the same.
        let id = match &made {
            Ok(made) => Some(made.id.as_str()),
            Err(error) => error.created.as_ref().map(|created| created.id.as_str()),
        };
        match (&key, id) {
            (_, Some(id)) => {
                self.shelves.of(request.resource).forget(id);
                self.recent.note(id);
            }
            (Some(key), None) => self.ownership.release(key, &request.urn),
            (None, None) => {}
        }
        // It was made, and stays; but the program must change.
        if let (Some(key), Some(_)) = (&key, id)
            && let Err(two) = self.ownership.settle(key, &request.urn)
        {
            context.log.warning(two.message);
        }
        made
    }

    async fn make(&self, context: &Context, request: &CreateRequest) -> Result<Created, Error> {
        let rest = rest_of(request.resource)?;
        match self.post(context, request, &rest).await {
            Ok(made) => Ok(made),
            Err(refusal @ ApiError::Conflict { .. })
                if !request.resource.natural_key.is_empty() =>
            {
                self.adopt_existing(context, request, &rest, refusal).await
            }
            Err(error @ ApiError::UnknownOutcome { .. }) => {
                self.recover(context, request, &rest, error).await
            }
            Err(error) => Err(refused(error, request)),
        }
    }

    /// Asks the API once to make it.
    pub(super) async fn post(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Place,
    ) -> Result<Created, ApiError> {
        let body = Json::Object(body::create(request.resource, &request.inputs));
        let call = self.call(context, request.timeout);
        let call = call.just_made(self.recent.has_any_of(&request.inputs));
        let answer = call.post(&path(rest, &[]), &body).await?;
        let (id, members) = rest.made(Method::Post, &[], answer.into_json())?;
        Ok(created(request, id, &members))
    }
}

/// The error for a create that the API refused, with what to look at where it says that something is
/// not there.
pub(super) fn refused(error: ApiError, request: &CreateRequest) -> Error {
    let is_missing = matches!(error, ApiError::NotFound { .. });
    let mut error = Error::from(error);
    let given = key_given(request);
    if is_missing && !given.is_empty() {
        error.message.push_str(&format!(
            "; check that each of these is on the tenant: {}",
            given.join(", ")
        ));
    }
    error
}

/// The parts of the natural key that the program gives: `` `clientId` (abc) ``.
pub(super) fn key_given(request: &CreateRequest) -> Vec<String> {
    let given = request.resource.natural_key.iter().filter_map(|part| {
        let text = request.inputs.get(part.name)?.as_str()?;
        Some(format!("`{}` ({text})", part.name))
    });
    given.collect()
}

/// What the engine is told of a resource that an answer describes.
pub(super) fn created(request: &CreateRequest, id: String, answer: &WireObject) -> Created {
    let outputs = wire::outputs(request.resource, &id, answer, Moment::Write, &request.inputs);
    Created { id, outputs }
}
