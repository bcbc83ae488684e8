//! Adoption: the API has one already, and holds it unique.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created, Known};
use pulumi_rs_sdk::state::{Moment, import_inputs};
use pulumi_rs_sdk::table::WireObject;
use pulumi_rs_sdk::value::Object;

use super::body;
use super::class;
use super::create::{created, is_written};
use super::find::Found;
use super::ownership::{key_of, spot};
use super::site::Site;
use super::tenant::Tenant;
use super::wire;

/// What the user has to know of something that was there before.
pub(super) const ADOPTED: &str = "and was adopted with the settings of this program; `pulumi destroy` \
     will delete it: set the resource option `retainOnDelete` to keep it";

impl Tenant {
    /// Takes over the object that is in the way of a create, and brings it to the program's settings.
    pub(super) async fn adopt(
        &self,
        context: &Context,
        request: &CreateRequest,
        (site, found): Found,
    ) -> Result<Created, Error> {
        // Of two that are written to one place, a warning has told.
        if !is_written(request) {
            self.settle(request)?;
        }
        let adopted = self.bring_to_program(context, request, &site, found).await?;
        self.ownership.keep(spot(request.resource, &site), &request.urn);
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
        site: &Site,
        found: WireObject,
    ) -> Result<Created, Error> {
        // What nobody can read back is not known to be as the program says: it is sent.
        let nothing = Object::new();
        let outputs = wire::outputs(request.resource, site, &found, Moment::Write, &nothing);
        let old = Known { inputs: import_inputs(request.resource, &outputs), outputs };
        let changes = body::update(request.resource, &old, &request.inputs, &[]);
        if changes.is_empty() {
            return Ok(created(request, site, &found));
        }
        let _writing = self.shelves.of(&site.home).writing(&site.own);
        let call = self.call_about(context, request.timeout, site, &request.inputs);
        let shown = self.run(&call, &class::change(site, changes)).await?;
        Ok(created(request, site, &shown))
    }
}
