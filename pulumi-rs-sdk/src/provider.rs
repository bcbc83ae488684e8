//! What the author of a provider writes: one trait, with plain values in and out.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::check::CheckFailure;
use crate::error::{ConfigureError, Error};
use crate::log::Log;
use crate::table::{Package, Resource};
use crate::value::Object;

/// A resource provider: its tables, and the calls that reach the outside world.
///
/// Check, Diff, previews, secrets, autonaming and the schema follow from the tables; what is left to
/// the author is below. Every method may run many times at once. All values are plain: secret marks
/// are taken off before a call and put back after it, by the table and by what was secret on the
/// way in.
pub trait Provider: Send + Sync + 'static {
    /// The package: name, version, configuration and resources.
    fn package(&self) -> &'static Package;

    /// Says what is wrong with the provider's configuration as a whole.
    ///
    /// The table's own rules were checked before. Pure: no I/O. Called in previews too.
    fn check_config(&self, _config: &Object) -> Vec<CheckFailure> {
        Vec::new()
    }

    /// Takes the configuration. Called once, before any call on a resource; does no I/O.
    fn configure(
        &self,
        context: &Context,
        config: Object,
    ) -> impl Future<Output = Result<(), ConfigureError>> + Send;

    /// Makes the resource and returns its id and all its outputs.
    ///
    /// # Errors
    /// [`Error::created`] where the resource exists although the call failed, so that the engine
    /// keeps its id.
    fn create(
        &self,
        context: &Context,
        request: CreateRequest,
    ) -> impl Future<Output = Result<Created, Error>> + Send;

    /// Reads the resource as it is; `None` where it does not exist.
    fn read(
        &self,
        context: &Context,
        request: ReadRequest,
    ) -> impl Future<Output = Result<Option<ReadState>, Error>> + Send;

    /// Brings the resource from the old to the new inputs and returns all its outputs.
    fn update(
        &self,
        context: &Context,
        request: UpdateRequest,
    ) -> impl Future<Output = Result<Object, Error>> + Send;

    /// Removes the resource; one that is gone already is a success.
    fn delete(
        &self,
        context: &Context,
        request: DeleteRequest,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// What goes with every call.
#[derive(Clone)]
pub struct Context {
    /// Messages to the user, attached to the resource of this call.
    pub log: Log,
    /// Cancelled when the user stops the update: end waits and unsent requests at once.
    pub cancel: CancellationToken,
}

/// A resource is to be made.
pub struct CreateRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its inputs, as Check returned them.
    pub inputs: Object,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

/// A resource was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// Its id; never empty.
    pub id: String,
    /// All its outputs.
    pub outputs: Object,
}

/// A resource is to be read.
pub struct ReadRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its id.
    pub id: String,
    /// What the state holds of it; `None` on import, when only the id is known.
    pub known: Option<Known>,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

/// What the state holds of a resource.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// Its inputs.
    pub inputs: Object,
    /// Its outputs.
    pub outputs: Object,
}

/// A resource as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadState {
    /// Its id, which may be a normal form of the one asked for.
    pub id: String,
    /// The inputs that a program would have to give for it.
    pub inputs: Object,
    /// All its outputs.
    pub outputs: Object,
}

/// A resource is to be changed.
pub struct UpdateRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its id.
    pub id: String,
    /// What the state holds of it.
    pub old: Known,
    /// Its new inputs, as Check returned them.
    pub inputs: Object,
    /// Top-level properties and paths whose changes are to be ignored.
    pub ignore_changes: Vec<String>,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

/// A resource is to be removed.
pub struct DeleteRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its id.
    pub id: String,
    /// What the state holds of it.
    pub old: Known,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}
