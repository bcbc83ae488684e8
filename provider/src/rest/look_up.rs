//! Look-ups: objects as functions give them, which no state knows.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::table::{Resource, WireObject};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use super::tenant::{Tenant, path, rest_of};
use super::wire;
use crate::api::ApiError;

impl Tenant {
    /// The tenant's host, for texts.
    pub(crate) fn domain(&self) -> String {
        self.api.domain()
    }

    /// The object of that id, as the API answers it; `None` where it says that there is none.
    ///
    /// # Errors
    /// Anything but a 404 of the API.
    pub(crate) async fn look_up(
        &self,
        context: &Context,
        resource: &Resource,
        id: &str,
    ) -> Result<Option<(String, WireObject)>, Error> {
        match rest_of(resource)?.get(&self.call_about(context, None, id), id).await {
            Ok(found) => Ok(Some(found)),
            Err(ApiError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What the API has below the collection of a resource.
    ///
    /// # Errors
    /// What the API refused.
    pub(crate) async fn look_below(
        &self,
        context: &Context,
        resource: &Resource,
        below: &[&str],
    ) -> Result<Json, Error> {
        let place = rest_of(resource)?;
        Ok(self.call(context, None).get(&path(&place, below), &[]).await?)
    }
}

/// The outputs of an object that was looked up, by the rows of a resource.
pub(crate) fn outputs(resource: &Resource, id: &str, answer: &WireObject) -> Object {
    wire::outputs(resource, id, answer, Moment::Read, &Object::new())
}
