//! A stateful Auth0 tenant on loopback, for demos, tests and users' own tests.
//!
//! It is built from Auth0's document of the Management API and from recordings of the real one. It
//! is for development: it listens on loopback only, holds everything in memory, and checks that a
//! request is one that Auth0 takes, not that a tenant is safe.
//!
//! ```no_run
//! use auth0_local_tenant::{Options, Tenant};
//!
//! let tenant = Tenant::start(Options::default())?;
//! println!("{} {}", tenant.base_url(), tenant.client_id());
//! # Ok::<(), auth0_local_tenant::StartError>(())
//! ```

mod answer;
mod assertion;
mod authorization;
mod client_defaults;
mod client_grants;
mod client_limits;
mod client_merge;
mod client_secret;
mod clients;
mod connection;
mod credentials;
mod data;
mod document;
pub mod duration;
mod fault;
mod form;
mod http;
mod ids;
mod keys;
mod kinds;
mod listing;
mod log;
mod operations;
mod pattern;
mod public_key;
mod rate_limit;
mod redact;
mod request;
mod resource_servers;
mod routes;
mod search;
mod seed;
mod serving;
mod store;
mod system_api;
mod tenant;
mod tls;
mod token;

pub use answer::ApiError;
pub use fault::{BadFaultRule, FAULT_KINDS, FaultId, FaultKind, FaultRule};
pub use log::{Credential, Entry};
pub use rate_limit::{BadRateLimit, RateLimit};
pub use seed::{Seed, SeedError};
pub use tenant::{Options, Running, StartError, Tenant};
pub use tls::TlsError;
