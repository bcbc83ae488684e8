//! A framework for writing native Pulumi resource providers in Rust.
//!
//! A provider is a table of what its resources look like, and beside it the code that makes, reads, changes and
//! deletes them. This is a whole one, which keeps greetings in memory:
//!
//! ```
//! use std::collections::HashMap;
//! use std::sync::Mutex;
//!
//! use pulumi_rs_sdk::error::{ConfigureError, Error};
//! use pulumi_rs_sdk::provider::*;
//! use pulumi_rs_sdk::state::read_inputs;
//! use pulumi_rs_sdk::table::*;
//! use pulumi_rs_sdk::typed::to_object;
//! use pulumi_rs_sdk::value::Object;
//! use serde::{Deserialize, Serialize};
//!
//! const GREETING: Resource = resource("Greeting").doc("Something said to somebody.").fields(&[
//!     optional("loud", BOOL).doc("Whether to shout."),
//!     required("name", STRING).replaces().doc("Who is greeted."),
//!     output("text", STRING).follows(&["loud"]).doc("What is said."),
//! ]);
//!
//! #[derive(Deserialize, Serialize)]
//! struct Greeting {
//!     loud: Option<bool>,
//!     name: String,
//!     text: Option<String>,
//! }
//!
//! const PACKAGE: Package<Greeter> =
//!     package("greeter", "0.1.0").resources(&[by(&[&GREETING], &Greetings)]);
//!
//! #[derive(Default)]
//! struct Greeter(Mutex<HashMap<String, Object>>);
//!
//! impl Provider for Greeter {
//!     fn package(&self) -> &'static Package<Self> {
//!         &PACKAGE
//!     }
//!
//!     async fn configure(&self, _: &Context, _: Object) -> Result<(), ConfigureError> {
//!         Ok(())
//!     }
//! }
//!
//! impl Greeter {
//!     fn say(&self, id: &str, greeting: Greeting) -> Result<Object, Error> {
//!         let mark = if greeting.loud == Some(true) { "!" } else { "" };
//!         let text = Some(format!("hello {}{mark}", greeting.name));
//!         let outputs = to_object(&Greeting { text, ..greeting })?;
//!         self.0.lock().unwrap().insert(id.into(), outputs.clone());
//!         Ok(outputs)
//!     }
//! }
//!
//! struct Greetings;
//!
//! impl Handler<Greeter> for Greetings {
//!     async fn create(
//!         &self,
//!         greeter: &Greeter,
//!         _: &Context,
//!         request: CreateRequest,
//!     ) -> Result<Created, Error> {
//!         let greeting: Greeting = request.typed()?;
//!         let id = format!("greeting-of-{}", greeting.name);
//!         Ok(Created { outputs: greeter.say(&id, greeting)?, id })
//!     }
//!
//!     async fn read(
//!         &self,
//!         greeter: &Greeter,
//!         _: &Context,
//!         request: ReadRequest,
//!     ) -> Result<Option<ReadState>, Error> {
//!         let found = greeter.0.lock().unwrap().get(&request.id).cloned();
//!         Ok(found.map(|outputs| ReadState {
//!             inputs: read_inputs(request.resource, request.known.as_ref(), &outputs),
//!             id: request.id,
//!             outputs,
//!         }))
//!     }
//!
//!     async fn update(
//!         &self,
//!         greeter: &Greeter,
//!         _: &Context,
//!         request: UpdateRequest,
//!     ) -> Result<Object, Error> {
//!         greeter.say(&request.id, request.typed()?)
//!     }
//!
//!     async fn delete(
//!         &self,
//!         greeter: &Greeter,
//!         _: &Context,
//!         request: DeleteRequest,
//!     ) -> Result<(), Error> {
//!         greeter.0.lock().unwrap().remove(&request.id);
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
//! #     use pulumi_rs_sdk::object;
//! #     use pulumi_rs_sdk::testing::{Client, Program, laws, urn};
//! #     laws(&PACKAGE);
//! #     let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! #     runtime.block_on(async {
//! #         let engine = Client::start(Greeter::default()).await.unwrap();
//! #         engine.configure(Object::new()).await.unwrap();
//! #         let mut program = Program::new(&GREETING, urn("greeter:index:Greeting", "first"));
//! #         let made = program.up(&engine, object! { "name": "you" }).await.unwrap();
//! #         assert_eq!(made.id, "greeting-of-you");
//! #         assert_eq!(made.outputs["text"].as_str(), Some("hello you"));
//! #         let said = program.up(&engine, object! { "name": "you", "loud": true }).await.unwrap();
//! #         assert_eq!(said.outputs["text"].as_str(), Some("hello you!"));
//! #     });
//! # }
//! ```
//!
//! # Layers
//! Each may be used without those below it in this list.
//! - [`value`], [`path`]: property values, and the way to one inside another
//! - [`table`]: the vocabulary of tables
//! - [`check`], [`diff`], [`preview`], [`state`], [`looked_up`], [`schema`], [`secrets`], [`conform`], [`laws`]: what
//!   follows from a table; pure functions
//! - [`typed`]: properties into a struct and out of one
//! - [`provider`], [`error`], [`log`]: what the author of a provider implements and uses
//! - [`server`]: the gRPC server and the process; [`testing`] is a client for it
//!
//! # Not there yet
//! What Pulumi has and tables have no words for, and what to do instead:
//! - **Assets and archives**: a row of the kind [`table::ANY`] takes one, as [`value::Value::Asset`] or
//!   [`value::Value::Archive`]; a rule refuses all else ([`table::Rule::Custom`]). The schema says "any", and the author reads
//!   the content. Simpler is a row for a path or a text.
//! - **Resource references**: a row of the kind [`table::ANY`] takes one, as [`value::Value::Resource`]; the SDKs have no type
//!   for it. Take the id or a name of the other resource: `${file.id}` in programs.
//! - **Modules**: all tokens are in `index`. Names have to differ in the whole package: `StorageBucket`, not `storage.Bucket`.
//! - **Aliases**: a resource that a user renames or moves keeps its state by the option `aliases` of the program, which is the
//!   engine's. A table cannot say that its own type had another name: leave the old table in the package, beside the same code.
//! - **State upgrades**: state of an older version is handed over as it is. Leave old rows in the table, `deprecated`; code that
//!   reads [`provider::Known`] takes both forms, and the next update writes the new one.
//! - **Deprecated resources and functions**: rows can be [`table::Field::deprecated`]; for a whole resource, say it in its
//!   description, and let a [`table::Rule::Stated`] warn in each preview.
//! - **Components, methods of resources, parameters of packages**: calls for them are answered with what to do instead.
//!   Functions of the package, and methods of the provider itself, are there.
//!
//! # Guarantees
//! - A property that is secret on the way in, or by its row, is secret on the way out. An output that holds the text of
//!   such a secret, of four letters or more, is marked with it, whatever property it is; a secret in another form, as its
//!   digest or in base64 for instance, is not told apart from other texts.
//! - No text that goes through the framework, a message or an error, holds such a secret.
//! - Check and Diff do no I/O, and collect all of the user's mistakes.
//! - A resource that was made is reported with its id, also if the call fails after that.
//! - Nothing but the port is printed to stdout.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod check;
pub mod conform;
pub mod diff;
pub mod error;
#[cfg(test)]
mod fixture;
pub mod laws;
mod listed;
pub mod log;
pub mod looked_up;
pub mod path;
pub mod preview;
pub mod provider;
pub mod schema;
pub mod secrets;
pub mod server;
pub mod state;
pub mod table;
pub mod typed;
pub mod value;

pub use server::testing;
