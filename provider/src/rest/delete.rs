//! Delete: one DELETE; what is gone already is a success.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, DeleteRequest, NoteRequest};

use super::ownership::key_of;
use super::tenant::{Tenant, path, rest_of};
use super::update::failed;
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
        if let Some(keeper) = self.ownership.keeper(&request.id).or(other) {
            context.log.warning(format!(
                "{} was not deleted: {keeper} has it; where the two had other settings, \
                 `pulumi up --refresh` brings back those of the program",
                request.id
            ));
            return Ok(());
        }
        let call = self.call_about(context, request.timeout, &request.id);
        // What pages show from here on may be gone in a moment, and what belongs to the object with it.
        self.shelves.clear();
        let deleted = call.delete(&path(&rest, &[&request.id])).await;
        self.shelves.clear();
        match deleted {
            Ok(_) | Err(ApiError::NotFound { .. }) => {}
            Err(error) => return Err(failed(error)),
        }
        self.recent.forget(&request.id);
        if let Some(key) = key {
            self.ownership.release(&key, &request.urn);
        }
        Ok(())
    }

    /// Notes a resource that the program has and the state too, and that is not to be replaced: no other
    /// resource of the program may take its natural key, and no delete its object. Does no I/O.
    ///
    /// Returns what the user is to be warned of.
    ///
    /// # Errors
    /// Another resource of the program has been made with the key.
    pub fn note(&self, request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
        let NoteRequest { resource, urn, id, old, news, changes } = *request;
        let key = key_of(resource, &old.outputs);
        let Some(key) = key.filter(|key| key_of(resource, news).as_ref() == Some(key)) else {
            return Ok(None);
        };
        // The program may have a change replace the resource, which then begins with its delete.
        if !changes {
            self.ownership.keep(id, urn);
        }
        self.ownership.note(&key, urn)
    }

    /// Removes what a create has made and nobody will ever know of; whether that was done.
    ///
    /// An object that may have been there before the create stays; so does one with a natural key, since the
    /// next create adopts it, and may have done so already.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn undo_create(
        &self,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<bool, Error> {
        let has_key = !request.resource.natural_key.is_empty();
        if has_key || self.ownership.has_found(&request.id) {
            return Ok(false);
        }
        self.delete(context, request).await?;
        Ok(true)
    }
}
