//! `sdk-gen check`: what changed between two package schemas, and what of it breaks users.

mod change;
mod compare;
mod member;
mod reach;
#[cfg(test)]
mod tests;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::spec::Package;
use change::Report;
use compare::compare;

/// Lists what changed between two package schemas, and ends with 1 if any of it breaks users.
///
/// It names changes as Pulumi's schema-tools does. Beyond that, it looks at secrets, replacements, defaults, the values
/// of enums and the names by which SDKs are imported, and an output that is no longer required breaks users, since it
/// has another type in Go and TypeScript.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The schema that users have, or `-` for standard input.
    old: PathBuf,
    /// The schema that they would get; the ordinary one is that of the tables.
    new: Option<PathBuf>,
}

pub(crate) fn run(Arguments { old, new }: &Arguments) -> Result<ExitCode> {
    let old = Package::read(old)?;
    let new = match new {
        Some(file) => Package::read(file)?,
        None => Package::of_tables()?,
    };
    let changes = compare(&old, &new);
    write!(io::stdout(), "{}", Report(&changes)).context("the changes cannot be printed")?;
    let breaking = changes.iter().any(|change| change.breaking);
    Ok(if breaking { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
