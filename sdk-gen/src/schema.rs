//! `sdk-gen schema`: the package schema of the tables.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::schema::schema;

/// Writes the package schema.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file to write.
    #[arg(default_value = "schema.json")]
    file: PathBuf,
    /// Write nothing: say whether the file is up to date.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(Arguments { file, check }: &Arguments) -> anyhow::Result<ExitCode> {
    let text = of_tables()?;
    if *check {
        let found = fs::read_to_string(file).with_context(|| format!("no {}", file.display()))?;
        if found != text {
            eprintln!("{} is out of date: run `make schema`", file.display());
            return Ok(ExitCode::FAILURE);
        }
    } else {
        fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of the schema that the tables say.
pub(crate) fn of_tables() -> anyhow::Result<String> {
    let text = serde_json::to_string_pretty(&schema(&PACKAGE)).context("the schema is no JSON")?;
    Ok(text + "\n")
}

/// The text of a schema's file, or of standard input, which is `-`.
pub(crate) fn read(file: &Path) -> anyhow::Result<String> {
    let text = match file.to_str() {
        Some("-") => io::read_to_string(io::stdin()),
        _ => fs::read_to_string(file),
    };
    text.with_context(|| format!("the schema {} cannot be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_that_of_the_tables() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.json");
        let committed = fs::read_to_string(file).expect("schema.json is committed");
        assert_eq!(committed, of_tables().unwrap(), "run `make schema`");
    }
}
