//! A framework for writing native Pulumi resource providers in Rust.
//!
//! A provider is a table of what its resources look like and the calls that make, read, change and
//! delete them. This is a whole one, which keeps greetings in memory:
//!
//! ```
//! use std::collections::HashMap;
//! use std::sync::Mutex;
//!
//! use pulumi_rs_sdk::error::{ConfigureError, Error};
//! use pulumi_rs_sdk::provider::*;
//! use pulumi_rs_sdk::state::import_inputs;
//! use pulumi_rs_sdk::table::*;
//! use pulumi_rs_sdk::value::{Object, Value};
//!
//! const GREETING: Resource = resource("Greeting").doc("Something said to somebody.").fields(&[
//!     optional("loud", BOOL).doc("Whether to shout."),
//!     required("name", STRING).replaces().doc("Who is greeted."),
//!     output("text", STRING).doc("What is said."),
//! ]);
//!
//! const PACKAGE: Package = package("greeter", "0.1.0").resources(&[&GREETING]);
//!
//! #[derive(Default)]
//! struct Greeter(Mutex<HashMap<String, Object>>);
//!
//! impl Greeter {
//!     fn say(&self, id: &str, mut greeting: Object) -> Object {
//!         let name = greeting["name"].as_str().unwrap_or_default();
//!         let loud = greeting.get("loud").and_then(Value::as_bool).unwrap_or_default();
//!         let text = format!("hello {name}{}", if loud { "!" } else { "" });
//!         greeting.insert("text".into(), text.into());
//!         self.0.lock().unwrap().insert(id.into(), greeting.clone());
//!         greeting
//!     }
//! }
//!
//! impl Provider for Greeter {
//!     fn package(&self) -> &'static Package {
//!         &PACKAGE
//!     }
//!
//!     async fn configure(&self, _: &Context, _: Object) -> Result<(), ConfigureError> {
//!         Ok(())
//!     }
//!
//!     async fn create(&self, _: &Context, request: CreateRequest) -> Result<Created, Error> {
//!         let id = format!("greeting-of-{}", request.inputs["name"].as_str().unwrap_or_default());
//!         Ok(Created { outputs: self.say(&id, request.inputs), id })
//!     }
//!
//!     async fn read(&self, _: &Context, request: ReadRequest) -> Result<Option<ReadState>, Error> {
//!         let found = self.0.lock().unwrap().get(&request.id).cloned();
//!         Ok(found.map(|outputs| ReadState {
//!             inputs: import_inputs(request.resource, &outputs),
//!             id: request.id,
//!             outputs,
//!         }))
//!     }
//!
//!     async fn update(&self, _: &Context, request: UpdateRequest) -> Result<Object, Error> {
//!         Ok(self.say(&request.id, request.inputs))
//!     }
//!
//!     async fn delete(&self, _: &Context, request: DeleteRequest) -> Result<(), Error> {
//!         self.0.lock().unwrap().remove(&request.id);
//!         Ok(())
//!     }
//! }
//!
//! # mod plugin {
//! # use super::Greeter;
//! fn main() -> std::process::ExitCode {
//!     pulumi_rs_sdk::server::serve(Greeter::default())
//! }
//! # }
//! #
//! # fn main() {
//! #     use pulumi_rs_sdk::testing::{Client, Create, urn};
//! #     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! #     runtime.block_on(async {
//! #         let engine = Client::start(Greeter::default()).await.unwrap();
//! #         engine.configure(Object::new()).await.unwrap();
//! #         let inputs = Object::from([("name".to_owned(), "you".into())]);
//! #         let urn = urn("greeter:index:Greeting", "first");
//! #         let create = Create { urn, inputs, ..Create::default() };
//! #         let created = engine.create(create).await.unwrap();
//! #         assert_eq!(created.id, "greeting-of-you");
//! #         assert_eq!(created.outputs["text"].as_str(), Some("hello you"));
//! #     });
//! # }
//! ```
//!
//! # Layers
//! Each may be used without those below it in this list.
//! - [`value`], [`path`]: property values, and the way to one inside another
//! - [`table`]: the vocabulary of tables
//! - [`check`], [`diff`], [`preview`], [`state`], [`listed`], [`schema`], [`secrets`]: what follows from
//!   a table; pure functions
//! - [`provider`], [`error`], [`log`]: what the author of a provider implements and uses
//! - [`server`]: the gRPC server and the process; [`testing`] is a client for it
//!
//! # Guarantees
//! - A value that is secret on the way in is secret on the way out, whatever the provider does.
//! - Check and Diff do no I/O, and collect all of the user's mistakes.
//! - A resource that was made is reported with its id, also if the call fails after that.
//! - Nothing but the port is printed to stdout.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod check;
pub mod diff;
pub mod error;
#[cfg(test)]
mod fixture;
pub mod listed;
pub mod log;
pub mod path;
pub mod preview;
pub mod provider;
pub mod schema;
pub mod secrets;
pub mod server;
pub mod state;
pub mod table;
pub mod value;

pub use server::testing;
