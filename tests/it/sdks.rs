//! The SDKs that `sdk-gen sdk` makes, in the hands of each language.

use std::{fs, os::unix::fs::symlink, path::PathBuf, process::Command};

use serde_json::Value;
use tempfile::TempDir;
use tests::{Stack, Tenant, node_modules, python, root, sdk_gen};

/// An SDK in a folder of its own.
struct Sdk {
    folder: TempDir,
}

impl Sdk {
    fn made(language: &str) -> Self {
        let sdk = Self { folder: TempDir::new().expect("a temporary folder") };
        let mut command = Command::new(sdk_gen());
        command.args(["sdk", language, "--schema"]).arg(root().join("schema.json"));
        run(command.arg("--out").arg(sdk.path()));
        sdk
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("sdk")
    }
}

/// The names of the schema's resources and functions: `Client`, `getClient`.
fn names(of: &str) -> Vec<String> {
    let schema = fs::read_to_string(root().join("schema.json")).expect("schema.json is committed");
    let schema: Value = serde_json::from_str(&schema).expect("it is JSON");
    let tokens = schema[of].as_object().expect("a map").keys();
    let ours = tokens.filter(|token| token.starts_with("auth0:"));
    ours.filter_map(|token| token.rsplit(':').next()).map(str::to_owned).collect()
}

/// What a command prints that must succeed.
#[track_caller]
fn run(command: &mut Command) -> String {
    let ran = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{command:?}\n{said}{complaint}");
    said
}

#[test]
fn the_one_for_go_builds_as_the_published_module() {
    let sdk = Sdk::made("go");
    let go = |arguments: &[&str]| {
        let mut command = Command::new("go");
        run(command.args(arguments).current_dir(sdk.path()).env("CGO_ENABLED", "0"))
    };

    go(&["build", "-trimpath", "./..."]);

    let module = "github.com/pulumi/pulumi-auth0/sdk/v3";
    assert_eq!(go(&["list", "-m"]).trim(), module);
    assert!(go(&["list", "./..."]).lines().any(|p| p == format!("{module}/go/auth0")));
    let documented = go(&["doc", "-short", "./go/auth0"]);
    for name in names("resources") {
        assert!(documented.contains(&format!("type {name} struct")), "{name}:\n{documented}");
    }
    assert!(documented.contains("func GetClients("), "{documented}");
}

#[test]
fn the_one_for_node_is_well_typed() {
    let sdk = Sdk::made("nodejs");
    symlink(node_modules(), sdk.folder.path().join("node_modules")).expect("to link");
    // A use of it, beside its own files, so that what it exports is looked at too.
    let uses: Vec<_> = names("resources")
        .iter()
        .map(|name| format!("export const a{name}: auth0.{name} | undefined = undefined;"))
        .chain(names("functions").iter().map(|name| format!("export const {name} = auth0.{name};")))
        .collect();
    let program = format!("import * as auth0 from \"./index\";\n{}\n", uses.join("\n"));
    fs::write(sdk.path().join("program.ts"), program).expect("to write");
    let settings = sdk.path().join("tsconfig.json");
    let list = fs::read_to_string(&settings).expect("settings to read");
    let with_program = list.replace("\"files\": [", "\"files\": [\"program.ts\",");
    assert_ne!(list, with_program);
    fs::write(settings, with_program).expect("to write");

    let compiler = node_modules().join("typescript/bin/tsc");
    run(Command::new("node").arg(compiler).args(["--noEmit", "-p"]).arg(sdk.path()));
}

#[test]
fn the_one_for_python_is_imported_and_has_everything() {
    let sdk = Sdk::made("python");
    let program =
        "import json, pulumi_auth0; print(json.dumps([pulumi_auth0.__file__, dir(pulumi_auth0)]))";
    let said = run(Command::new(python()).args(["-c", program]).env("PYTHONPATH", sdk.path()));

    let (file, found): (PathBuf, Vec<String>) = serde_json::from_str(&said).unwrap();
    assert!(file.starts_with(sdk.path()), "{}", file.display());
    let functions = names("functions").into_iter().map(|name| snake_case(&name));
    for name in names("resources").into_iter().chain(functions) {
        assert!(found.contains(&name), "no {name} in {found:?}");
    }
}

fn snake_case(name: &str) -> String {
    name.chars().fold(String::new(), |text, c| {
        let joint = if c.is_ascii_uppercase() { "_" } else { "" };
        format!("{text}{joint}{}", c.to_ascii_lowercase())
    })
}

#[test]
fn the_program_in_python_runs_with_it_as_with_the_published_one() {
    let sdk = Sdk::made("python");
    let tenant = Tenant::with_api();
    let mut stack = Stack::seed(&tenant);
    stack.up().succeeded();

    // The published SDK has made them.
    stack.set_env("PYTHONPATH", sdk.path().to_str());
    let (up, requests) = tenant.during(|| stack.up().succeeded());

    assert_eq!(up.changed(), [""; 0], "{up}");
    assert!(requests.iter().all(|request| !request.writes()), "{requests:?}");
    stack.edit("My AI Client App", "My Renamed App");
    assert_eq!(stack.up().succeeded().changed(), ["update ai-client"]);
}
