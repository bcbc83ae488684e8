//! What the author of a provider writes: one trait, with plain values in and out.

use std::future::{Future, ready};
use std::path::Path;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::check::CheckFailure;
use crate::error::{ConfigureError, Error, ErrorKind};
use crate::log::Log;
use crate::table::{Function, Package, Resource};
use crate::value::Object;

/// A resource provider: its tables, and the calls that reach the outside world.
///
/// Check, Diff, previews, secrets, autonaming and the schema follow from the tables; what is left to
/// the author is below. Every method may run many times at once, and none may block: all run on one
/// thread as a rule, and what takes long in any other way than by waiting belongs on another
/// (`tokio::task::spawn_blocking`). All values are plain: secret marks
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

    /// Takes the configuration, before any call on a resource; does no I/O.
    ///
    /// A process that engines attach to is configured anew for each of their operations.
    fn configure(
        &self,
        context: &Context,
        config: Object,
    ) -> impl Future<Output = Result<(), ConfigureError>> + Send;

    /// Notes that the program has a resource that the state has too: told of every Diff but those of a
    /// refresh, before any resource that depends on it is made. Pure but for what the provider remembers: no I/O.
    /// Returns what the user is to be warned of.
    ///
    /// # Errors
    /// The program cannot have this resource beside one that has been made already.
    fn note(&self, _request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Looks ahead in a preview: warns by `context.log` of what will go wrong.
    ///
    /// It changes nothing and fails nothing; it is given two seconds. The outputs of a preview follow
    /// from the table alone.
    fn look_ahead(
        &self,
        _context: &Context,
        _request: LookAheadRequest,
    ) -> impl Future<Output = ()> + Send {
        async {}
    }

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

    /// Removes what a create has just made, since the engine was gone before it could be told the id.
    ///
    /// The engine will ask for the same again, and what is left would be there twice. The answer says
    /// whether it was removed; by default it stays, and the user is told its id.
    fn undo_create(
        &self,
        _context: &Context,
        _request: DeleteRequest,
    ) -> impl Future<Output = Result<bool, Error>> + Send {
        async { Ok(false) }
    }

    /// The engine ends its operation: what there is to say of it as a whole is said now, by `context.log`.
    fn operation_ends(&self, _context: &Context) {}

    /// Answers a function of the package: all that its rows say. Called in previews too.
    fn invoke(
        &self,
        _context: &Context,
        request: InvokeRequest,
    ) -> impl Future<Output = Result<Object, Error>> + Send {
        ready(Err(not_here("function", request.function.name)))
    }

    /// Answers a method of the provider itself: all that its rows say. Called in previews too.
    fn call(
        &self,
        _context: &Context,
        request: CallRequest,
    ) -> impl Future<Output = Result<Object, Error>> + Send {
        ready(Err(not_here("method", request.method.name)))
    }

    /// Lists one page of the resources of a type, those of the program and all others.
    ///
    /// Each id is one that [`Provider::read`] takes.
    fn list(
        &self,
        _context: &Context,
        request: ListRequest,
    ) -> impl Future<Output = Result<Page, Error>> + Send {
        ready(Err(not_here("list of", request.resource.name)))
    }
}

fn not_here(what: &str, name: &str) -> Error {
    Error::new(ErrorKind::Unimplemented, format!("the {what} {name} is not in this provider yet"))
}

/// What goes with every call.
#[derive(Clone)]
pub struct Context {
    /// Messages to the user, attached to the resource of this call.
    pub log: Log,
    /// Cancelled when the user stops the update: end waits and unsent requests at once.
    pub cancel: CancellationToken,
}

/// A preview makes or changes a resource.
pub struct LookAheadRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its inputs, as Check returned them; some may be unknown.
    pub inputs: Object,
}

/// A resource is to be made.
pub struct CreateRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its type's token.
    pub token: String,
    /// Its URN.
    pub urn: String,
    /// Its name: the last part of the URN.
    pub name: String,
    /// Its inputs, as Check returned them.
    pub inputs: Object,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

impl CreateRequest {
    /// The command that takes the object `id` into the stack as this resource.
    pub fn import_line(&self, id: &str) -> String {
        import_line(&self.token, &self.name, id)
    }
}

/// The command that takes the object `id` into the stack, for a POSIX shell.
pub fn import_line(token: &str, name: &str, id: &str) -> String {
    format!("pulumi import {token} {} {}", quoted(name), quoted(id))
}

/// The command that lists what there is of a resource type, for a POSIX shell. It names the plugin by its file: by the
/// name of the package, the engine would find only what is installed, and else download another.
pub fn list_line(token: &str, plugin: &Path) -> String {
    format!("pulumi do --package {} {token} list --all", quoted(&plugin.to_string_lossy()))
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
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

/// The program has a resource that the state has too.
pub struct NoteRequest<'a> {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What the state holds of it.
    pub old: &'a Known,
    /// The inputs of the program, checked; some may not be known yet.
    pub news: &'a Object,
    /// Whether the Diff found a change.
    pub changes: bool,
}

/// A function is to be answered.
pub struct InvokeRequest {
    /// Its table.
    pub function: &'static Function,
    /// Its arguments, checked.
    pub arguments: Object,
}

/// A method of the provider is to be answered.
pub struct CallRequest {
    /// Its table.
    pub method: &'static Function,
    /// Its arguments, checked.
    pub arguments: Object,
}

/// A page of resources is to be listed.
pub struct ListRequest {
    /// The table of their type.
    pub resource: &'static Resource,
    /// What to list them by, checked: values of [`Resource::list_inputs`].
    pub query: Object,
    /// How many at most; `None` leaves it to the provider.
    pub at_most: Option<usize>,
    /// Where to go on: what the page before said. `None` for the first.
    pub from: Option<String>,
}

/// A page of resources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The resources.
    pub found: Vec<Found>,
    /// Where the next page begins; `None` where there is none.
    pub next: Option<String>,
}

/// A resource that was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// What people know it by.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn import_lines_survive_a_shell() {
        let line = import_line("a:index:B", "my app's", "auth0|1");
        assert_eq!(line, r"pulumi import a:index:B 'my app'\''s' 'auth0|1'");
        assert_eq!(import_line("a:index:B", "app", "cgr_1"), "pulumi import a:index:B app cgr_1");
        let line = list_line("a:index:B", Path::new("/my plugins/a"));
        assert_eq!(line, "pulumi do --package '/my plugins/a' a:index:B list --all");
    }
}
