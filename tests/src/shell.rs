//! A shell as a user has one, to run what the documents say.

use std::{
    env, fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

use crate::{Tenant, built};

/// A shell with the engine and the local tenant on its PATH, and a home of Pulumi and a backend of its own.
#[derive(Debug)]
pub struct Shell {
    folder: TempDir,
    environment: Vec<(String, Option<String>)>,
}

/// What commands printed.
#[derive(Debug)]
pub struct Said {
    /// Whether all of them succeeded.
    pub ok: bool,
    /// On their standard output.
    pub out: String,
    /// On their standard error.
    pub err: String,
}

impl Shell {
    /// A shell in an empty folder, without a tenant.
    pub fn new() -> Self {
        let shell = Self { folder: TempDir::new().expect("a folder"), environment: Vec::new() };
        for folder in ["bin", "home", "state"] {
            fs::create_dir(shell.path(folder)).expect("to write");
        }
        shell
    }

    /// The same with the tenant in its environment.
    pub fn with(tenant: &Tenant) -> Self {
        let mut shell = Self::new();
        for (name, value) in tenant.environment() {
            shell.set(name, Some(value));
        }
        shell
    }

    /// Sets a variable for the commands that follow, or with `None` takes it away.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.environment.push((name.to_owned(), value.map(str::to_owned)));
    }

    /// A path in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into its folder.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("to write");
        fs::write(path, text).expect("to write");
    }

    /// Puts a command on the PATH, before all others.
    pub fn command(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, script).expect("to write");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("to be its owner");
    }

    /// Has the plugin in the cache, as each version in use, as after an installation.
    pub fn has_the_plugin(&mut self) {
        self.set("PULUMI_HOME", built::home().to_str());
    }

    /// What the engine would start as a version; empty where that is nothing.
    pub fn cached(&self, version: &str) -> Vec<u8> {
        let folder = format!("home/plugins/resource-auth0-v{version}");
        fs::read(self.path(&folder).join("pulumi-resource-auth0")).unwrap_or_default()
    }

    /// Has `cargo build` give what is built already: a release build takes minutes.
    pub fn builds_nothing(&self) {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let thin = built::target().join("thin");
        self.command(
            "cargo",
            &format!(
                r#"#!/bin/bash
set -eu
if [ "$1" != build ]; then exec {cargo} "$@"; fi
target=${{CARGO_TARGET_DIR:-}}
[ -n "$target" ] || target=$({cargo} metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
profile=debug
packages=()
while [ $# -gt 0 ]; do
    case $1 in
    --release) profile=release ;;
    --profile) profile=$2 && shift ;;
    -p) packages+=("$2") && shift ;;
    esac
    shift
done
mkdir -p "$target/$profile"
for package in "${{packages[@]}}"; do
    [ "$target/$profile/$package" -ef "{thin}/$package" ] || cp "{thin}/$package" "$target/$profile/"
done
"#,
                thin = thin.display()
            ),
        );
    }

    /// Runs commands in a folder, one after another, until one fails.
    pub fn run(&self, commands: &str, at: &Path) -> Said {
        self.run_with(commands, at, "")
    }

    /// The same, with somebody who types.
    pub fn run_with(&self, commands: &str, at: &Path, typed: &str) -> Said {
        let mut command = self.bash(commands);
        command.current_dir(at).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().expect("bash to start");
        let mut stdin = running.stdin.take().expect("piped above");
        // Commands that do not read may have ended.
        let _ = stdin.write_all(typed.as_bytes());
        drop(stdin);
        Said::of(&running.wait_with_output().expect("it ends"))
    }

    fn bash(&self, commands: &str) -> Command {
        let mut command = built::command(Path::new("bash"), &self.path("home"));
        for own in ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CARGO_TARGET_DIR", "PLUGIN_BUILD"] {
            command.env_remove(own);
        }
        let thin = built::local_tenant();
        let thin = thin.parent().expect("a file lies in a folder").to_owned();
        let inherited = built::path();
        let folders = [self.path("bin"), thin].into_iter().chain(env::split_paths(&inherited));
        command
            .env("PATH", env::join_paths(folders).expect("PATH was split at the same colons"))
            .env("PULUMI_SKIP_CONFIRMATIONS", "true")
            .env("PULUMI_BACKEND_URL", format!("file://{}", self.path("state").display()))
            .args(["-euo", "pipefail", "-c", commands]);
        for (name, value) in &self.environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }
}

impl Default for Shell {
    fn default() -> Self {
        Self::new()
    }
}

impl Said {
    fn of(ran: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { ok: ran.status.success(), out: text(&ran.stdout), err: text(&ran.stderr) }
    }

    /// What was said by commands that must have succeeded.
    #[track_caller]
    pub fn succeeded(self) -> Self {
        assert!(self.ok, "{}{}", self.out, self.err);
        self
    }

    /// What was said by commands of which one must have failed.
    #[track_caller]
    pub fn failed(self) -> Self {
        assert!(!self.ok, "{}{}", self.out, self.err);
        self
    }
}
