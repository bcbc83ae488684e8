//! `sdk-gen sdk`: an SDK in one language, made by Pulumi's own generator.

mod folder;
mod generator;
mod go_module;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::schema;
use folder::Folder;
use generator::Generator;

/// Makes the SDK of a language, by Pulumi's own generator.
///
/// Pulumi's CLI makes it (`pulumi package gen-sdk`), where one is installed that has the language host. Without that,
/// the generators of the pinned Pulumi module make those for Go, Node and Python; this needs Go.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    language: Language,
    /// The folder to write; the ordinary one is `.sdk/LANGUAGE`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The schema to make it of, in place of that of the tables; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Replace the folder even if it was not made by this command.
    #[arg(long)]
    force: bool,
}

/// A language, by the name of its host in Pulumi.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Language {
    Go,
    #[value(alias = "typescript")]
    Nodejs,
    Python,
    #[value(alias = "csharp")]
    Dotnet,
    Java,
}

impl Language {
    fn name(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Nodejs => "nodejs",
            Self::Python => "python",
            Self::Dotnet => "dotnet",
            Self::Java => "java",
        }
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let language = arguments.language;
    let schema = schema_text(arguments)?;
    let ordinary = || PathBuf::from(".sdk").join(language.name());
    let target = arguments.out.clone().unwrap_or_else(ordinary);
    let generator = Generator::select(language)?;

    let folder = Folder::near(&target, arguments.force)?;
    let file = folder.scratch("schema.json");
    fs::write(&file, &schema).with_context(|| format!("{} cannot be written", file.display()))?;
    let made = generator.run(language, &file, &folder.scratch("made"))?;
    let whole = match language {
        Language::Go => go_module::complete(&made, &schema)?,
        _ => made,
    };
    folder.put(&whole, language.name())?;
    eprintln!("{} holds the SDK for {}, made by {generator}", target.display(), language.name());
    Ok(ExitCode::SUCCESS)
}

/// The schema, which is JSON at least; whether it is a package's is for Pulumi's generators to say.
fn schema_text(arguments: &Arguments) -> Result<String> {
    let Some(file) = &arguments.schema else { return schema::of_tables() };
    let text = schema::read(file)?;
    let _: Value = serde_json::from_str(&text)
        .with_context(|| format!("the schema {} is no JSON", file.display()))?;
    Ok(text)
}
