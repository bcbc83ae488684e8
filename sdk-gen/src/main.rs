//! Writes what follows from the provider's tables: the package schema and the SDKs. Compares schemas,
//! and counts what there is.

mod check;
mod compare;
mod schema;
mod sdk;
mod spec;
mod stats;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Writes what follows from the provider's tables.
#[derive(Parser)]
#[command(name = "sdk-gen")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Schema(schema::Arguments),
    Sdk(sdk::Arguments),
    Check(check::Arguments),
    Compare(compare::Arguments),
    Stats(stats::Arguments),
}

/// Ends with 0 where all is well, with 1 where what was asked for is answered with no, and with 2 on an error.
fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Sdk(arguments) => sdk::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
    };
    ended.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
