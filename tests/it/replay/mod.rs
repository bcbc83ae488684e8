//! Replays recordings of the real API against the provider: the same programs, and for each the requests
//! that it sends against those that the published provider sent.
//!
//! A recorded body becomes the inputs of a program by the published provider's own names (`facts`), the
//! provider is driven over gRPC as the engine drives it (`replay`), a stage answers what the real API
//! answered (`stage`), and the writes are compared (`comparison`).

mod comparison;
mod facts;
mod meant;
mod program;
mod recording;
mod replaying;
mod share;
pub mod stage;
mod values;
