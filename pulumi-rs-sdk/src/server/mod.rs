//! The gRPC server of Pulumi's `ResourceProvider` protocol, around a [`Provider`].
//!
//! A provider's `main` hands its [`Provider`] to [`serve`]; nothing else of this module is needed for a
//! plugin. Types of the wire do not leave it.
//!
//! # Guarantees
//! - The port is printed before anything that takes time, and nothing else is ever printed to stdout.
//! - Values reach the provider without secret marks, and go back with them.
//! - A create, update or delete runs to its end although the engine stops listening.
//! - A panic fails the resource it happened on, and no other.
//! - No failure has a status by which the engine would take its state for corrupt.
//!
//! [`Provider`]: crate::provider::Provider

mod answer;
mod call;
mod cancel;
mod check;
mod config;
mod create;
mod delete;
#[cfg(test)]
mod demo;
mod diff;
mod engine;
mod fault;
#[cfg(test)]
mod finder;
mod handshake;
mod invoke;
mod list;
mod look_ahead;
mod process;
mod proto;
mod read;
mod receive;
mod refusal;
mod schema;
mod service;
mod session;
mod status;
mod update;
mod urn;
mod wire;
mod write;

pub mod testing;

pub use process::serve;
