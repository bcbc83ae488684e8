//! Look-ups: objects as functions give them, which no state knows.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Known};
use pulumi_rs_sdk::table::rest::Resource;
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use super::class;
use super::find::Found;
use super::site::Site;
use super::tenant::Tenant;
use crate::api::{ApiError, Call, Path};

impl Tenant {
    /// The tenant's host, for texts.
    pub(crate) fn domain(&self) -> String {
        self.api.domain()
    }

    /// The object of that id, as the API answers it; `None` where it says that there is none. `values` tell what requests have
    /// as a header.
    ///
    /// # Errors
    /// Anything but a 404 of the API. An id that is none of the type's.
    pub(crate) async fn look_up(
        &self,
        context: &Context,
        resource: &'static Resource,
        id: &str,
        values: &Object,
    ) -> Result<Option<Found>, Error> {
        let site = Site::of_id(resource, id, None)?;
        self.found_at(&self.call_about(context, None, &site, values), site, None).await
    }

    /// The object at that site, as the API answers it; `None` where it says that there is none.
    ///
    /// # Errors
    /// Anything but a 404 of the API.
    pub(super) async fn found_at(
        &self,
        call: &Call<'_>,
        site: Site,
        known: Option<&Known>,
    ) -> Result<Option<Found>, Error> {
        match self.run(call, &class::read(&site, known)).await.map_err(|stopped| stopped.error) {
            Ok(shown) => Ok(Some((site, shown))),
            Err(ApiError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// What the API has at a path.
    ///
    /// # Errors
    /// What the API refused.
    pub(crate) async fn get(&self, context: &Context, path: Path) -> Result<Json, Error> {
        Ok(self.call(context, None).get(path).await?)
    }
}
