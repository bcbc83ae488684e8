//! Delete: one DELETE; what is gone already is a success.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, DeleteRequest};

use super::ownership::key_of;
use super::tenant::{Tenant, path, rest_of};
use crate::api::ApiError;

impl Tenant {
    /// Removes the resource.
    ///
    /// An object that a create of this process took over stays: it belongs to that resource now.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn delete(&self, context: &Context, request: DeleteRequest) -> Result<(), Error> {
        let rest = rest_of(request.resource)?;
        if self.ownership.has_adopted(&request.id) {
            context.log.warning(format!(
                "{} was not deleted: another resource of this program has taken it over",
                request.id
            ));
            return Ok(());
        }
        let call = self.call(context, request.timeout);
        match call.delete(&path(&rest, &[&request.id])).await {
            Ok(_) | Err(ApiError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(key) = key_of(request.resource, &request.old.outputs) {
            self.ownership.release(&key, &request.urn);
        }
        Ok(())
    }
    /// Removes what a create has made and nobody will ever know of; whether that was done.
    ///
    /// An object that was there before the create stays.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn undo_create(
        &self,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<bool, Error> {
        if self.ownership.has_adopted(&request.id) {
            return Ok(false);
        }
        self.delete(context, request).await?;
        Ok(true)
    }
}
