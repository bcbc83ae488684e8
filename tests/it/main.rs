//! The integration tests: everything together, under the real engine.

mod api_faults;
mod configuration;
mod laws;
mod mistakes;
mod requests;
mod seed_program;
