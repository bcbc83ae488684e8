//! `make bench`: what the release build of the plugin costs, and whether it stays within its floors.

#![allow(clippy::print_stdout, reason = "its numbers are what it is run for")]

mod limits;
mod process;
mod requests;

use std::{env, fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use tests::root;

use limits::{LARGE, SMALL};

/// Measure the plugin; fail where a floor is missed
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Arguments {
    /// What to measure; everything, in a quarter of an hour, where nothing is named
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Start, memory, CPU and size of the plugin: 10 seconds
    Process,
    /// Requests of the example, and of 200 clients and 200 grants: half a minute
    Requests,
    /// 100 clients and 100 grants at 2 requests a second, and at half of that: 10 minutes
    Small,
    /// 1,000 clients and 1,000 grants at 16 requests a second, and at half of that: 14 minutes
    Large,
}

fn main() -> Result<ExitCode> {
    let parts = Arguments::parse().parts;
    let asked = |part| parts.is_empty() || parts.contains(&part);
    let plugin = plugin()?;
    println!("{}", plugin.display());

    let mut within = true;
    if asked(Part::Process) {
        within &= process::measure(&plugin)?;
    }
    if asked(Part::Requests) {
        requests::measure();
    }
    // Together, since they mostly wait.
    let settings = [(Part::Large, LARGE), (Part::Small, SMALL)];
    let settings =
        settings.into_iter().filter(|(part, _)| asked(*part)).map(|(_, setting)| setting);
    within &= limits::measure(&settings.collect::<Vec<_>>())?;
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The binary that the stacks use too.
fn plugin() -> Result<PathBuf> {
    let named = env::var_os("AUTH0_PLUGIN").context("AUTH0_PLUGIN is not set: run `make bench`")?;
    fs::canonicalize(root().join(named)).context("the plugin is not built: run `make bench`")
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
