//! The REST interpreter: what a table says of a resource becomes requests, and answers outputs.
//!
//! The way of a value: checked inputs -> `body` (rows to JSON) -> one request -> `wire` (JSON to rows)
//! -> outputs. There is no code for single resources here; what only one needs stands in its own file.

mod adopt;
mod body;
mod collection;
mod create;
mod delete;
mod find;
mod look_ahead;
mod look_up;
mod ownership;
mod pages;
mod read;
mod recent;
mod recover;
mod tenant;
#[cfg(test)]
pub(crate) mod testing;
mod update;
mod wire;

pub(crate) use collection::Filters;
pub(crate) use look_up::outputs;
pub use tenant::Tenant;
