//! `sdk-gen compare`: what another version of the published package has that the tables have not.

mod lack;
mod member;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use crate::spec::Package;
use lack::List;

/// Lists what a schema of the published package has that the tables have not, to be worked through.
///
/// It is Markdown with a box to tick for each. What only the tables have is none of it, but named at the end, since a
/// version may have taken it out. Ends with 1 where there is something to do.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The published schema, or `-` for standard input.
    schema: PathBuf,
}

pub(crate) fn run(Arguments { schema }: &Arguments) -> anyhow::Result<ExitCode> {
    let list = List::of(&Package::of_tables()?, &Package::read(schema)?);
    write!(io::stdout(), "{list}").context("the list cannot be printed")?;
    Ok(if list.lacks.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
