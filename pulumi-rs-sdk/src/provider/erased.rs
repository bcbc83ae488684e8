//! Handlers whose type is not known, as a package holds them. Every handler is one; nobody has to write one.

use std::future::Future;
use std::pin::Pin;

use super::handler::{Answer, Handler};
use super::request::*;
use super::{Context, Provider};
use crate::error::Error;
use crate::value::Object;

/// A call under way.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

macro_rules! any_handler {
    ($($method:ident($request:ty) -> $answer:ty;)*) => {
        /// A [`Handler`] whose type is not known; every handler is one.
        pub trait AnyHandler<P>: Send + Sync {
            /// [`Handler::note`]
            fn note(&self, provider: &P, request: &NoteRequest<'_>) -> Result<Option<String>, Error>;
            $(
                #[doc = concat!("[`Handler::", stringify!($method), "`]")]
                fn $method<'a>(
                    &'a self,
                    provider: &'a P,
                    context: &'a Context,
                    request: $request,
                ) -> Call<'a, $answer>;
            )*
        }

        impl<P: Provider, H: Handler<P>> AnyHandler<P> for H {
            fn note(&self, provider: &P, request: &NoteRequest<'_>) -> Result<Option<String>, Error> {
                Handler::note(self, provider, request)
            }
            $(
                fn $method<'a>(
                    &'a self,
                    provider: &'a P,
                    context: &'a Context,
                    request: $request,
                ) -> Call<'a, $answer> {
                    Box::pin(Handler::$method(self, provider, context, request))
                }
            )*
        }
    };
}

any_handler! {
    look_ahead(LookAheadRequest) -> ();
    create(CreateRequest) -> Result<Created, Error>;
    read(ReadRequest) -> Result<Option<ReadState>, Error>;
    update(UpdateRequest) -> Result<Object, Error>;
    delete(DeleteRequest) -> Result<(), Error>;
    undo_create(DeleteRequest) -> Result<bool, Error>;
    list(ListRequest) -> Result<Page, Error>;
}

/// An [`Answer`] whose type is not known; every one is one.
pub trait AnyAnswer<P>: Send + Sync {
    /// [`Answer::answer`]
    fn answer<'a>(
        &'a self,
        provider: &'a P,
        context: &'a Context,
        request: InvokeRequest,
    ) -> Call<'a, Result<Object, Error>>;
}

impl<P: Provider, A: Answer<P>> AnyAnswer<P> for A {
    fn answer<'a>(
        &'a self,
        provider: &'a P,
        context: &'a Context,
        request: InvokeRequest,
    ) -> Call<'a, Result<Object, Error>> {
        Box::pin(Answer::answer(self, provider, context, request))
    }
}
