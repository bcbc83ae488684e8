//! Read: one GET, for a refresh or an import.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, ReadRequest, ReadState};
use pulumi_rs_sdk::state::{Moment, import_inputs, refresh_inputs};
use pulumi_rs_sdk::value::Object;

use super::tenant::{Tenant, rest_of};
use super::wire;
use crate::api::ApiError;

impl Tenant {
    /// Reads the resource; `None` where the API says that it does not exist.
    ///
    /// # Errors
    /// Anything but a 404 of the API: an answer that cannot be read does not mean that it is gone.
    pub async fn read(
        &self,
        context: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        let call = self.call(context, request.timeout);
        let (id, answer) = match rest_of(request.resource)?.get(&call, &request.id).await {
            Ok(found) => found,
            Err(ApiError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let nothing = Object::new();
        let kept = request.known.as_ref().map_or(&nothing, |known| &known.outputs);
        let outputs = wire::outputs(request.resource, &id, &answer, Moment::Read, kept);
        let inputs = match &request.known {
            Some(known) if !known.inputs.is_empty() => {
                refresh_inputs(request.resource, &known.inputs, &outputs)
            }
            _ => import_inputs(request.resource, &outputs),
        };
        Ok(Some(ReadState { id, inputs, outputs }))
    }
}
