//! Delete: one DELETE; what is gone already is a success.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, DeleteRequest, Known};
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::value::Object;

use super::ownership::key_of;
use super::tenant::{Tenant, path, rest_of};
use crate::api::ApiError;

impl Tenant {
    /// Removes the resource.
    ///
    /// An object that another resource of the program has stays, as after an adoption.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn delete(&self, context: &Context, request: DeleteRequest) -> Result<(), Error> {
        let rest = rest_of(request.resource)?;
        let key = key_of(request.resource, &request.old.outputs);
        let other = key.as_ref().and_then(|key| self.ownership.other_owner(key, &request.urn));
        if other.is_some() || self.ownership.has_adopted(&request.id) {
            context.log.warning(format!(
                "{} was not deleted: {} has it now",
                request.id,
                other.as_deref().unwrap_or("the resource that this one was replaced by")
            ));
            return Ok(());
        }
        let call = self.call(context, request.timeout);
        // What pages show from here on may be gone in a moment, and what belongs to the object with it.
        self.shelves.clear();
        let deleted = call.delete(&path(&rest, &[&request.id])).await;
        self.shelves.clear();
        match deleted {
            Ok(_) | Err(ApiError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(key) = key {
            self.ownership.release(&key, &request.urn);
        }
        Ok(())
    }

    /// Notes a resource that the program has and the state too, whose natural key stays as it is: no
    /// other resource of the program may take the key. Does no I/O.
    ///
    /// # Errors
    /// Another resource of the program has been made with the key.
    pub fn note(
        &self,
        resource: &Resource,
        urn: &str,
        old: &Known,
        news: &Object,
    ) -> Result<(), Error> {
        let key = key_of(resource, &old.outputs);
        match key.filter(|key| key_of(resource, news).as_ref() == Some(key)) {
            Some(key) => self.ownership.note(&key, urn),
            None => Ok(()),
        }
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
        if self.ownership.may_be_older(&request.id) {
            return Ok(false);
        }
        self.delete(context, request).await?;
        Ok(true)
    }
}
