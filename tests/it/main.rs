//! The integration tests: everything together, under the real engine.

mod adoption;
mod api_faults;
mod cancel;
mod coalesced_reads;
mod configuration;
mod contract;
mod data;
mod document;
mod engine_options;
mod install;
mod languages;
mod laws;
mod load;
mod lookups;
mod mistakes;
mod multi_language;
mod preview_warnings;
mod process;
mod refresh_costs;
mod replay;
mod requests;
mod schema;
mod sdks;
mod secrets_in_state;
mod seed_program;
mod switch;
