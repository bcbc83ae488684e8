//! Which generator makes an SDK: an installed Pulumi, or the pinned module's packages.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::Language;

/// Where the pinned Pulumi and the command around its generators are.
pub(super) const PINNED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/engine");
/// Where a whole Pulumi comes from.
const INSTALLING_PULUMI: &str = "https://www.pulumi.com/docs/install/";

/// A generator of Pulumi's.
pub(super) enum Generator {
    /// `pulumi package gen-sdk` of this CLI, which has the language host.
    Cli(PathBuf),
    /// The packages of the pinned module, by `go run`.
    Module,
}

impl Generator {
    /// # Errors
    /// Where neither is there for the language, or Go is not, without which no SDK for Go is whole.
    pub(super) fn select(language: Language) -> Result<Self> {
        let pulumi = selected_pulumi()?;
        let host = format!("pulumi-language-{}", language.name());
        let has_host = || {
            // A package manager's `pulumi` is a link to the folder that the hosts are in.
            let real = pulumi.canonicalize().unwrap_or_default();
            let beside = [&pulumi, &real].map(|cli| cli.with_file_name(&host));
            beside.iter().any(|path| path.is_file()) || on_path(&host)
        };
        let cli = pulumi.is_file() && has_host();
        if !cli && matches!(language, Language::Dotnet | Language::Java) {
            bail!(
                "Pulumi's generator for {} is part of {host} alone, which is not there: install a whole Pulumi \
                 ({INSTALLING_PULUMI}), and have it on the PATH",
                language.name()
            );
        }
        let needs_go = !cli || language == Language::Go;
        let or = match language {
            Language::Go => String::new(),
            _ => format!(", or a whole Pulumi ({INSTALLING_PULUMI}), which has {host}"),
        };
        ensure!(
            !needs_go || on_path("go"),
            "no `go` on the PATH: install Go 1.26 (https://go.dev/dl){or}"
        );
        Ok(if cli { Self::Cli(pulumi) } else { Self::Module })
    }

    /// Makes the SDK of a schema in a folder beneath `into`, which is not there yet; the folder's path.
    pub(super) fn run(&self, language: Language, schema: &Path, into: &Path) -> Result<PathBuf> {
        let made = into.join(language.name());
        let mut command = match self {
            Self::Cli(pulumi) => {
                let mut command = Command::new(pulumi);
                command.args(["package", "gen-sdk", "--language", language.name(), "--out"]);
                command.arg(into).arg(schema).env("PULUMI_SKIP_UPDATE_CHECK", "true");
                command
            }
            Self::Module => {
                let mut command = Command::new("go");
                // As `make engine` builds, so that the packages that it has built are used.
                command.args(["run", "-C", PINNED, "-trimpath", "./generate", language.name()]);
                command.arg(schema).arg(&made).env("CGO_ENABLED", "0");
                command
            }
        };
        let ran = command.output().with_context(|| format!("{self} cannot be started"))?;
        let said = [ran.stdout, ran.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        // `go run` adds a line of its own to what the program says.
        let said = said.trim().trim_end_matches("exit status 1").trim();
        ensure!(ran.status.success(), "{self} made nothing:\n{said}");
        ensure!(made.is_dir(), "{self} left nothing in {}:\n{said}", made.display());
        Ok(made)
    }
}

impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cli(pulumi) => write!(f, "`{} package gen-sdk`", pulumi.display()),
            Self::Module => f.write_str("the generator of the pinned Pulumi"),
        }
    }
}

/// The CLI that tests and demo would take; it may not be there.
fn selected_pulumi() -> Result<PathBuf> {
    let script = Path::new(PINNED).join("select.sh");
    let ran = Command::new("sh").arg(script).output().context("no shell to run select.sh")?;
    ensure!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr).trim());
    Ok(PathBuf::from(String::from_utf8_lossy(&ran.stdout).trim()))
}

fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
