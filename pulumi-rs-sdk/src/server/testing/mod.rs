//! A client of the protocol, for tests and measurements of providers.
//!
//! A [`Client`] speaks to a provider as the engine does, over gRPC on loopback, in this process or in one
//! of its own. Values are those of the framework, with their secret marks; nothing is taken for granted of
//! the provider, so that a test sees what the engine would see.
//!
//! ```no_run
//! use pulumi_rs_sdk::testing::{Check, Client, Create, urn};
//! # use pulumi_rs_sdk::provider::Provider;
//! # async fn demo(provider: impl Provider) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::start(provider).await?;
//! client.configure([("domain".into(), "example.auth0.com".into())].into()).await?;
//!
//! let urn = urn("auth0:index/client:Client", "app");
//! let checked = client.check(Check { urn: urn.clone(), ..Check::default() }).await?;
//! let created = client.create(Create { urn, inputs: checked.inputs, ..Create::default() }).await?;
//! assert!(!created.id.is_empty());
//! # Ok(()) }
//! ```

mod answers;
mod client;
mod finding;
mod laws;
pub(in crate::server) mod listener;
mod plugin;
mod program;
mod requests;

pub use answers::{Changes, Detail, Diffed, Failure, Features};
pub use client::Client;
pub use finding::{List, Listed};
pub use laws::laws;
pub use program::Program;
pub use requests::{Check, Create, Delete, Diff, Read, Update, urn};
