//! Adoption: the API has one already, and holds it unique.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created, Known};
use pulumi_rs_sdk::state::{Moment, import_inputs};
use pulumi_rs_sdk::table::WireObject;

use super::body;
use super::create::created;
use super::ownership::key_of;
use super::tenant::{Place, Tenant};
use super::update::send;
use super::wire;
use crate::api::ApiError;

/// What the user has to know of something that was there before.
pub(super) const ADOPTED: &str = "and was adopted with the settings of this program; `pulumi destroy` \
     will delete it: set the resource option `retainOnDelete` to keep it";

impl Tenant {
    /// Takes over the object that is in the way of a create, and brings it to the program's settings.
    pub(super) async fn adopt_existing(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Place,
        refusal: ApiError,
    ) -> Result<Created, Error> {
        let Some((id, found)) = self.find_by_key(context, request).await? else {
            return Err(refusal.into());
        };
        self.settle(request)?;
        let adopted = self.bring_to_program(context, request, rest, id, found).await?;
        self.ownership.keep(&adopted.id, &request.urn);
        context.log.warning(format!("{} existed already on the tenant {ADOPTED}", adopted.id));
        Ok(adopted)
    }

    /// Makes sure that what has the natural key on the tenant is no other resource's of the program.
    ///
    /// # Errors
    /// It is.
    pub(super) fn settle(&self, request: &CreateRequest) -> Result<(), Error> {
        match key_of(request.resource, &request.inputs) {
            Some(key) => self.ownership.settle(&key, &request.urn),
            None => Ok(()),
        }
    }

    /// Brings an object that was found to the program's settings: what the program gives is set, and
    /// what it does not give is cleared, as if the object had been made by it.
    pub(super) async fn bring_to_program(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Place,
        id: String,
        found: WireObject,
    ) -> Result<Created, Error> {
        let outputs = wire::outputs(request.resource, &id, &found, Moment::Write, &request.inputs);
        let old = Known { inputs: import_inputs(request.resource, &outputs), outputs };
        let changes = body::update(request.resource, &old, &request.inputs, &[]);
        if changes.is_empty() {
            return Ok(Created { id, outputs: old.outputs });
        }
        let _writing = self.shelves.of(request.resource).writing(&id);
        let call = self.call_about(context, request.timeout, &id);
        let answer = send(&call, rest, &id, changes).await?;
        Ok(created(request, id, &answer))
    }
}
