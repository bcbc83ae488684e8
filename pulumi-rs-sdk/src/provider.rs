//! What the author of a provider writes: its package, with the code of each resource and function, and how it is configured.

pub mod erased;
mod handler;
mod request;

use std::future::Future;

use tokio_util::sync::CancellationToken;

pub use handler::{Answer, Handler, answered_by, by};
pub use request::{
    CreateRequest, Created, DeleteRequest, Found, InvokeRequest, Known, ListRequest,
    LookAheadRequest, NoteRequest, Page, ReadRequest, ReadState, UpdateRequest, import_line,
    list_line,
};

use crate::check::CheckFailure;
use crate::error::ConfigureError;
use crate::log::Log;
use crate::table::Package;
use crate::value::Object;

/// A provider: what its calls share, a connection for instance, and the package that says what it offers.
///
/// Check, Diff, previews, secrets, autonaming and the schema follow from the tables; what is left to the author is the code
/// that reaches the outside world, a [`Handler`] beside each table.
pub trait Provider: Send + Sync + Sized + 'static {
    /// The package: name, version, configuration, and the resources and functions with their code.
    fn package(&self) -> &'static Package<Self>;

    /// Says what is wrong with the provider's configuration as a whole.
    ///
    /// The table's own rules were checked before. Pure: no I/O. Called in previews too.
    fn check_config(&self, _config: &Object) -> Vec<CheckFailure> {
        Vec::new()
    }

    /// What of the environment counts where the configuration does not have it, and says where the resources are: the
    /// stack is to know it. Never a secret. Pure: no I/O. Called in previews too.
    ///
    /// It is stored with the provider's inputs, which list it under [`DEFAULTS`](crate::state::DEFAULTS), and comes
    /// back in the configuration of a refresh or destroy, for which the environment may be another.
    fn config_defaults(&self, _config: &Object) -> Object {
        Object::new()
    }

    /// Notes that the configuration has changed since the stack was last updated; returns what the user is to be
    /// warned of. Pure but for what the provider remembers: no I/O. Called in previews too, before
    /// [`Provider::configure`].
    fn note_config(&self, _old: &Object, _new: &Object) -> Option<String> {
        None
    }

    /// Takes the configuration, complete with defaults, before any call on a resource; does no I/O.
    ///
    /// A process that engines attach to is configured anew for each of their operations: what is configured has to be
    /// something that can be replaced behind `&self`, a `RwLock` for instance.
    fn configure(
        &self,
        context: &Context,
        config: Object,
    ) -> impl Future<Output = Result<(), ConfigureError>> + Send;

    /// The engine ends its operation: what there is to say of it as a whole is said now, by `context.log`.
    fn operation_ends(&self, _context: &Context) {}
}

/// What goes with every call.
#[derive(Clone)]
pub struct Context {
    /// Messages to the user, attached to the resource of this call.
    pub log: Log,
    /// Cancelled when the user stops the update: end waits and unsent requests at once.
    pub cancel: CancellationToken,
}
