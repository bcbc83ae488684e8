//! What `make dist` does with a binary once it is built: the same bytes for the same binary, and refusals that leave nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use tests::{Stack, Tenant, python, root};

const DARWIN: &str = "aarch64-apple-darwin";
const LINUX: &str = "x86_64-unknown-linux-musl";

/// Something that says it is the plugin; only on Linux does it have to be one.
fn binary(folder: &Path, build: &str, padding: usize) -> PathBuf {
    let path = folder.join("plugin");
    let script = format!("#!/bin/sh\necho '3.55.1 (build {build})'\nexit\n{}", "#".repeat(padding));
    fs::write(&path, script).expect("to write");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("to be its owner");
    path
}

fn dist(binary: &Path, target: &str, out: &Path) -> Output {
    Command::new(python())
        .arg(root().join("release/dist.py"))
        .args(["--target", target, "--build", "b1", "--epoch", "1700000000", "--binary"])
        .arg(binary)
        .arg("--out")
        .arg(out)
        .arg(root().join("LICENSE"))
        .output()
        .expect("Python to start")
}

#[test]
fn the_same_binary_makes_the_same_archive_and_pulumi_takes_it() {
    const ARCHIVE: &str = "pulumi-resource-auth0-v3.55.1-darwin-arm64.tar.gz";
    let folders = [TempDir::new(), TempDir::new()].map(|folder| folder.expect("a folder"));
    let packed = folders.each_ref().map(|folder| {
        let out = folder.path().join("out");
        let packed = dist(&binary(folder.path(), "b1", 0), DARWIN, &out);
        assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
        [ARCHIVE, "SHA256SUMS"].map(|file| fs::read(out.join(file)).expect("it was made"))
    });
    assert!(packed[0] == packed[1], "two runs differ");

    let tenant = Tenant::start();
    let mut stack = Stack::yaml(&tenant, "resources: {}\n");
    let home = folders[0].path().join("home");
    stack.set_env("PULUMI_HOME", home.to_str());
    let archive = folders[0].path().join("out").join(ARCHIVE).display().to_string();
    stack.pulumi(&["plugin", "install", "resource", "auth0", "v3.55.1", "--file", &archive]);
    let cached = home.join("plugins/resource-auth0-v3.55.1/pulumi-resource-auth0");
    let cached = fs::read(cached).expect("it is installed");
    assert!(cached == fs::read(folders[0].path().join("plugin")).expect("the binary"));
}

#[test]
fn what_must_not_be_released_is_refused_and_nothing_is_left() {
    struct Case {
        binary: PathBuf,
        target: &'static str,
        says: &'static str,
    }
    let folders: Vec<TempDir> =
        (0..3).map(|_| TempDir::new().expect("a temporary folder")).collect();
    let of =
        |folder: usize, build: &str, padding: usize| binary(folders[folder].path(), build, padding);
    let cases = [
        Case { binary: of(0, "b1", 8_000_000), target: DARWIN, says: "it must have fewer than" },
        Case { binary: of(1, "b2", 0), target: DARWIN, says: "not '3.55.1 (build b1)'" },
        Case { binary: of(2, "b1", 0), target: "wasm32-wasip1", says: "no plugins for wasm32" },
        Case { binary: "/bin/true".into(), target: LINUX, says: "is not static" },
    ];
    for Case { binary, target, says } in cases {
        let out = folders[0].path().join("out");
        let refused = dist(&binary, target, &out);
        assert!(!refused.status.success(), "{says}");
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(said.starts_with("error: ") && said.contains(says), "{says}: {said}");
        assert!(!out.exists(), "{says}");
    }
}
