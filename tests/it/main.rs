//! The integration tests: everything together, under the real engine.

mod api_faults;
mod cancel;
mod configuration;
mod laws;
mod lookups;
mod mistakes;
mod process;
mod requests;
mod seed_program;
