//! The plugin binary that the Pulumi engine starts.

use std::io;
use std::process::ExitCode;

use pulumi_resource_auth0::auth0::Auth0;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    // stdout carries the port; `RUST_LOG` says what is wanted, and the engine hides it unless asked.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();

    pulumi_rs_sdk::server::serve(Auth0::default())
}
