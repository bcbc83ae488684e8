//! Writes schema.json from the provider's tables.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::{Parser, Subcommand};
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::schema::schema;

/// Writes what follows from the provider's tables.
#[derive(Parser)]
#[command(name = "sdk-gen")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes the package schema.
    Schema {
        /// The file to write.
        #[arg(default_value = "schema.json")]
        file: PathBuf,
        /// Write nothing: say whether the file is up to date.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> anyhow::Result<()> {
    let Command::Schema { file, check } = Arguments::parse().command;
    let text = schema_text()?;
    if check {
        let found = fs::read_to_string(&file).with_context(|| format!("no {}", file.display()))?;
        ensure!(found == text, "{} is out of date: run `make schema`", file.display());
        return Ok(());
    }
    fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
}

fn schema_text() -> anyhow::Result<String> {
    let text = serde_json::to_string_pretty(&schema(&PACKAGE)).context("the schema is no JSON")?;
    Ok(text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_schema_is_that_of_the_tables() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.json");
        let committed = fs::read_to_string(file).expect("schema.json is committed");
        assert_eq!(committed, schema_text().unwrap(), "run `make schema`");
    }
}
