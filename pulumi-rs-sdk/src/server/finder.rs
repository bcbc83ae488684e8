//! A small provider that only finds things, for the tests of functions, methods and lists.

use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Notify;

use super::demo::{properties, secret};
use super::testing::Client;
use crate::error::{ConfigureError, Error, ErrorKind};
use crate::provider::*;
use crate::table::*;
use crate::value::{Object, Value};

pub const SHELF: &str = "finder:index:Shelf";

const SHELF_TABLE: Resource =
    resource("Shelf").listed_by(&["floor", "room"]).doc("A shelf.").fields(&[
        required("floor", INT).replaces().doc("Where it is."),
        optional("room", STRING)
            .one_of(&["hall", "attic"])
            .default(Literal::String("hall"))
            .doc("A room."),
        optional("material", STRING).doc("What it is made of."),
    ]);
const NAIL_TABLE: Resource = resource("Nail").doc("Too many to list.");

const FIND: Function = function("findBox")
    .doc("Finds a box.")
    .inputs(&[
        required("content", STRING).doc("What is in it."),
        optional("act", STRING).doc("What the provider is to do."),
        optional("limit", INT).doc("How many to look at."),
    ])
    .outputs(&[
        optional("content", STRING).doc("What is in it."),
        output("password", STRING).secret().doc("What to say to it."),
        output("serial", STRING).doc("Its number."),
    ]);

const ADDRESS: Function = function("address")
    .doc("Tells where the provider looks.")
    .inputs(&[optional("full", BOOL).doc("Whether to tell all.")])
    .outputs(&[output("result", map(&ANY)).doc("The address.")]);

const PACKAGE: Package<Finder> = package("finder", "1.2.3")
    .stands_in_for_the_published()
    .config(&[required("house", STRING).doc("The house that it looks in.")])
    .resources(&[by(&[&NAIL_TABLE, &SHELF_TABLE], &Finds)])
    .functions(&[answered_by(&[&FIND], &Finds)])
    .methods(&[answered_by(&[&ADDRESS], &Tells)]);

/// The provider that finds.
#[derive(Clone, Default)]
pub struct Finder {
    seen: Arc<Mutex<Vec<Object>>>,
    /// Told when a call that hangs has begun.
    pub hanging: Arc<Notify>,
}

impl Finder {
    /// The arguments that the provider was called with, in order.
    pub fn seen(&self) -> MutexGuard<'_, Vec<Object>> {
        self.seen.lock().unwrap()
    }
}

impl Provider for Finder {
    fn package(&self) -> &'static Package<Self> {
        &PACKAGE
    }

    async fn configure(&self, _: &Context, _: Object) -> Result<(), ConfigureError> {
        Ok(())
    }
}

/// The code of all that finds.
struct Finds;

impl Handler<Finder> for Finds {
    async fn create(&self, _: &Finder, _: &Context, _: CreateRequest) -> Result<Created, Error> {
        unreachable!("it only finds")
    }

    async fn read(
        &self,
        _: &Finder,
        _: &Context,
        _: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        unreachable!("it only finds")
    }

    async fn update(&self, _: &Finder, _: &Context, _: UpdateRequest) -> Result<Object, Error> {
        unreachable!("it only finds")
    }

    async fn delete(&self, _: &Finder, _: &Context, _: DeleteRequest) -> Result<(), Error> {
        unreachable!("it only finds")
    }

    /// Five shelves, named by what was asked.
    async fn list(
        &self,
        finder: &Finder,
        _: &Context,
        request: ListRequest,
    ) -> Result<Page, Error> {
        assert_eq!(request.resource.name, "Shelf");
        finder.seen().push(request.query);
        let from = match request.from.as_deref() {
            Some("nowhere") => return Err(Error::new(ErrorKind::InvalidArgument, "no such page")),
            from => from.map_or(0, |from| from.parse().unwrap()),
        };
        let to = request.at_most.map_or(5, |most| from + most).min(5);
        let found = (from..to)
            .map(|number| Found { id: number.to_string(), name: format!("shelf {number}") });
        Ok(Page { found: found.collect(), next: (to < 5).then(|| to.to_string()) })
    }
}

impl Answer<Finder> for Finds {
    async fn answer(
        &self,
        finder: &Finder,
        _: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        assert_eq!(request.function.name, "findBox");
        finder.seen().push(request.arguments.clone());
        let content = request.arguments["content"].as_str().unwrap();
        let serial = match request.arguments.get("act").and_then(Value::as_str) {
            Some("fail") => {
                return Err(Error::new(ErrorKind::NotFound, format!("no box holds {content}")));
            }
            Some("hang") => {
                finder.hanging.notify_one();
                std::future::pending().await
            }
            Some("unknown") => Value::Unknown,
            _ => "42".into(),
        };
        let password = "canary-found".into();
        Ok(properties([("content", content.into()), ("password", password), ("serial", serial)]))
    }
}

/// The code of the method.
struct Tells;

impl Answer<Finder> for Tells {
    async fn answer(
        &self,
        finder: &Finder,
        _: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        finder.seen().push(request.arguments);
        let parts = properties([("door", secret("canary")), ("street", "High Street".into())]);
        Ok(properties([("result", parts.into())]))
    }
}

/// A client of a finder that is configured.
pub async fn configured() -> (Finder, Client) {
    let finder = Finder::default();
    let client = Client::start(finder.clone()).await.unwrap();
    client.configure(properties([("house", "main".into())])).await.unwrap();
    (finder, client)
}
