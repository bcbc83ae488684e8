//! Delete: what the class does to remove one; what is gone already is a success.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, DeleteRequest, NoteRequest};
use pulumi_rs_sdk::table::rest::Class;

use super::class;
use super::ownership::{key_of, spot};
use super::site::Site;
use super::tenant::Tenant;

impl Tenant {
    /// Removes the resource.
    ///
    /// An object that another resource of the program has stays, as after an adoption.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn delete(&self, context: &Context, request: DeleteRequest) -> Result<(), Error> {
        let site = Site::of_id(request.resource, &request.id, Some(&request.old.outputs))?;
        let key = key_of(request.resource, &request.old.outputs);
        let other = key.as_ref().and_then(|key| self.ownership.other_owner(key, &request.urn));
        if let Some(keeper) = self.ownership.keeper(&spot(request.resource, &site)).or(other) {
            context.log.warning(format!(
                "{} was not deleted: {keeper} has it; where the two had other settings, \
                 `pulumi up --refresh` brings back those of the program",
                request.id
            ));
            return Ok(());
        }
        if let Some(why) = request.resource.permanent.and_then(|why| why(&request.old.outputs)) {
            context.log.warning(format!("{} was not deleted: {why}", request.id));
            return Ok(());
        }
        if let Some(words) = class::stays(&site) {
            context.log.warning(words);
        }
        self.look_where_doubtful(context, &request, &site).await?;
        let call = self.call_about(context, request.timeout, &site, &request.old.outputs);
        // What pages show from here on may be gone in a moment, and what belongs to the object with it.
        self.shelves.clear();
        let removed = self.run(&call, &class::remove(&site, &request.old)).await;
        self.shelves.clear();
        removed?;
        self.recent.forget(&site);
        if let Some(key) = key {
            self.ownership.release(&key, &request.urn);
        }
        Ok(())
    }

    /// Looks for an object before its delete where the tenant may be another than that of the stack.
    ///
    /// # Errors
    /// It is not there, and the stack was on another tenant when it was last updated.
    async fn look_where_doubtful(
        &self,
        context: &Context,
        request: &DeleteRequest,
        site: &Site,
    ) -> Result<(), Error> {
        // What this process has made was made on this tenant.
        if self.recent.has(site) || !matches!(request.resource.class, Class::Collection(_)) {
            return Ok(());
        }
        if !self.is_doubtful(request.resource) {
            self.deleted_unseen(request.resource);
            return Ok(());
        }
        let values = &request.old.outputs;
        let call = self.call_about(context, request.timeout, site, values).repeated_once();
        match self.found_at(&call, site.clone(), Some(&request.old)).await {
            Ok(Some(_)) => self.found(request.resource),
            Ok(None) => {
                self.absent(request.resource, &request.id)?;
                self.tell_absent(context, request.resource, &request.id);
            }
            // The delete itself will tell.
            Err(_) => {}
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
        if self.looks_ahead {
            self.holders.note(resource, urn, id, &old.outputs);
        }
        let key = key_of(resource, &old.outputs);
        let Some(key) = key.filter(|key| key_of(resource, news).as_ref() == Some(key)) else {
            return Ok(None);
        };
        // The program may have a change replace the resource, which then begins with its delete.
        if !changes && let Ok(site) = Site::of_id(resource, id, Some(&old.outputs)) {
            self.ownership.keep(spot(resource, &site), urn);
        }
        self.ownership.note(&key, urn)
    }

    /// Removes what a create has made and nobody will ever know of; whether that was done.
    ///
    /// An object that may have been there before the create stays, and so does what a create only writes: a tenant's
    /// settings are not reset because an engine went away. So does one with a natural key, since the next create adopts
    /// it, and may have done so already.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn undo_create(
        &self,
        context: &Context,
        request: DeleteRequest,
    ) -> Result<bool, Error> {
        let site = Site::of_id(request.resource, &request.id, Some(&request.old.outputs))?;
        let is_unique = request.resource.unique_by().is_some();
        let makes = class::make(&site.home, &request.old.inputs).makes();
        let was_found = self.ownership.has_found(&spot(request.resource, &site));
        if is_unique || !makes || was_found {
            return Ok(false);
        }
        self.delete(context, request).await?;
        Ok(true)
    }
}
