//! The code of resources and functions, which is registered beside their tables.

use std::future::{Future, ready};

use super::erased::{AnyAnswer, AnyHandler};
use super::request::*;
use super::{Context, Provider};
use crate::error::{Error, ErrorKind};
use crate::table::{By, Function, Resource};
use crate::value::Object;

/// The code of one resource type, or of several alike, of the provider `P`.
///
/// Every method may run many times at once, and none may block: all run on one thread as a rule, and what takes long in any
/// other way than by waiting belongs on another (`tokio::task::spawn_blocking`). All values are plain: secret marks are
/// taken off before a call and put back after it, by the table and by what was secret on the way in. What is returned is
/// held against the table: see [`crate::conform`].
pub trait Handler<P: Provider>: Send + Sync + 'static {
    /// Notes that the program has a resource that the state has too: told of every Diff but those of a
    /// refresh, before any resource that depends on it is made. Pure but for what the provider remembers: no I/O.
    /// Returns what the user is to be warned of.
    ///
    /// # Errors
    /// The program cannot have this resource beside one that has been made already.
    fn note(&self, _provider: &P, _request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Looks ahead in a preview: warns by `context.log` of what will go wrong.
    ///
    /// It changes nothing and fails nothing; it is given two seconds. The outputs of a preview follow
    /// from the table alone.
    fn look_ahead(
        &self,
        _provider: &P,
        _context: &Context,
        _request: LookAheadRequest,
    ) -> impl Future<Output = ()> + Send {
        ready(())
    }

    /// Makes the resource and returns its id and all its outputs.
    ///
    /// # Errors
    /// [`Error::created`] where the resource exists although the call failed, so that the engine
    /// keeps its id.
    fn create(
        &self,
        provider: &P,
        context: &Context,
        request: CreateRequest,
    ) -> impl Future<Output = Result<Created, Error>> + Send;

    /// Reads the resource as it is, for a refresh or an import; `None` where it does not exist.
    fn read(
        &self,
        provider: &P,
        context: &Context,
        request: ReadRequest,
    ) -> impl Future<Output = Result<Option<ReadState>, Error>> + Send;

    /// Brings the resource from the old to the new inputs and returns all its outputs.
    ///
    /// # Errors
    /// [`Error::updated`] where it was changed in part, so that the engine keeps how far it came.
    fn update(
        &self,
        provider: &P,
        context: &Context,
        request: UpdateRequest,
    ) -> impl Future<Output = Result<Object, Error>> + Send;

    /// Removes the resource; one that is gone already is a success.
    fn delete(
        &self,
        provider: &P,
        context: &Context,
        request: DeleteRequest,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Removes what a create has just made, since the engine was gone before it could be told the id.
    ///
    /// The engine will ask for the same again, and what is left would be there twice. The answer says
    /// whether it was removed; by default it stays, and the user is told its id.
    fn undo_create(
        &self,
        _provider: &P,
        _context: &Context,
        _request: DeleteRequest,
    ) -> impl Future<Output = Result<bool, Error>> + Send {
        ready(Ok(false))
    }

    /// Lists one page of the resources of a type, those of the program and all others. Asked only where the table says
    /// that they can be listed.
    ///
    /// Each id is one that [`Handler::read`] takes.
    fn list(
        &self,
        _provider: &P,
        _context: &Context,
        request: ListRequest,
    ) -> impl Future<Output = Result<Page, Error>> + Send {
        let text = format!("the list of {} is not in this provider yet", request.resource.name);
        ready(Err(Error::new(ErrorKind::Unimplemented, text)))
    }
}

/// The code of one function of the package, or of a method of its provider, or of several.
pub trait Answer<P: Provider>: Send + Sync + 'static {
    /// Answers the function: all that its rows say. Called in previews too.
    fn answer(
        &self,
        provider: &P,
        context: &Context,
        request: InvokeRequest,
    ) -> impl Future<Output = Result<Object, Error>> + Send;
}

/// These resource types, with the code that they have: `by(&[&FILE], &Files)`.
pub const fn by<P: Provider>(
    tables: &'static [&'static Resource],
    code: &'static dyn AnyHandler<P>,
) -> By<Resource, dyn AnyHandler<P>> {
    By::code(tables, code)
}

/// These functions, with the code that they have: `answered_by(&[&DIGEST], &Digest)`.
pub const fn answered_by<P: Provider>(
    tables: &'static [&'static Function],
    code: &'static dyn AnyAnswer<P>,
) -> By<Function, dyn AnyAnswer<P>> {
    By::code(tables, code)
}
