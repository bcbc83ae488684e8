//! The REST interpreter: what a table says of a resource becomes requests, and answers outputs.
//!
//! The way of a value: checked inputs -> `body` (rows to JSON) -> `class` (a plan of requests) -> `run` -> `wire` (JSON to
//! rows) -> outputs. `site` knows where each object lives. There is no code for single resources here; what only one needs stands in its own file.

mod absences;
mod adopt;
mod answer;
mod body;
mod class;
mod create;
mod delete;
mod dialects;
mod find;
mod guard;
mod held;
mod list;
mod lists;
mod look_ahead;
mod look_up;
mod merge;
mod ownership;
mod pages;
mod plan;
mod read;
mod recent;
mod recover;
mod run;
mod site;
mod tenant;
#[cfg(test)]
pub(crate) mod testing;
mod time;
mod unknown_id;
mod update;
mod wait;
mod wire;
mod write_entries;

pub(crate) use find::Found;
pub use tenant::Tenant;
