//! The plugin binary that the Pulumi engine starts.

use std::process::ExitCode;
use std::{env, io};

use pulumi_resource_auth0::auth0::Auth0;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

fn main() -> ExitCode {
    // stdout carries the port, and what other crates tell of connections could hold secrets.
    let level = env::var("RUST_LOG").ok().and_then(|level| level.parse().ok());
    let ours = level.unwrap_or(LevelFilter::WARN);
    let filter = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("pulumi_rs_sdk", ours)
        .with_target("pulumi_resource_auth0", ours);
    tracing_subscriber::registry().with(fmt::layer().with_writer(io::stderr)).with(filter).init();

    pulumi_rs_sdk::server::serve(Auth0::default())
}
