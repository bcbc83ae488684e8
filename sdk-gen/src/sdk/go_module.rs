//! What Pulumi's generator for Go leaves out: the module around the packages.
//!
//! A published SDK is a module in the folder `sdk` of its repository, with its packages in `go/`; its `go.mod` is
//! written by hand. Here it follows from the schema, and from what the pinned Pulumi is built with: those versions are
//! known to go together, and who has built the engine has them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::generator::PINNED;

/// Makes a module of the folder that holds the generated `go/`; the module's folder.
pub(super) fn complete(made: &Path, schema: &str) -> Result<PathBuf> {
    let path = module_path(schema)?;
    let pinned = go(Path::new(PINNED), &["mod", "edit", "-json"])?;
    let pinned: GoMod = serde_json::from_str(&pinned).context("go.mod of the pinned Pulumi")?;
    let mut edit = vec!["mod".to_owned(), "edit".to_owned(), format!("-go={}", pinned.go)];
    let requirements = pinned.require.iter();
    edit.extend(requirements.map(|module| format!("-require={}@{}", module.path, module.version)));

    let root = made.parent().context("the generated folder lies in none")?.join("module");
    let moved = fs::create_dir(&root).and_then(|()| fs::rename(made, root.join("go")));
    moved.with_context(|| format!("{} cannot be written", root.display()))?;
    go(&root, &["mod", "init", &path])?;
    go(&root, &edit.iter().map(String::as_str).collect::<Vec<_>>())?;
    // Keeps of the requirements what is needed.
    go(&root, &["mod", "tidy"])?;
    Ok(root)
}

/// What `go mod edit -json` prints of a go.mod.
#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct GoMod {
    go: String,
    require: Vec<Module>,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Module {
    path: String,
    version: String,
}

/// `MODULE` of the schema's `MODULE/go/PACKAGE`.
fn module_path(schema: &str) -> Result<String> {
    let schema: Value = serde_json::from_str(schema).context("the schema is no JSON")?;
    let base = schema["language"]["go"]["importBasePath"].as_str().unwrap_or_default();
    let (module, _) = base.split_once("/go/").with_context(|| {
        format!(
            "the schema's language.go.importBasePath is {base:?}: it has to be MODULE/go/PACKAGE"
        )
    })?;
    Ok(module.to_owned())
}

fn go(folder: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("go");
    // A workspace around the folder would answer for it.
    let ran = command.args(arguments).current_dir(folder).env("GOWORK", "off").output();
    let ran = ran.context("`go` cannot be started")?;
    let said = String::from_utf8_lossy(&ran.stderr);
    let what = arguments.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    ensure!(ran.status.success(), "`go {what}` failed:\n{}", said.trim());
    Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
}
