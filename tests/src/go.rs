//! The driver that runs the program of examples/go, built around it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use serde_json::json;

use crate::built;

/// The file of examples/go that describes the resources.
pub(crate) const PROGRAM: &str = "aiclient/program.go";

/// The driver around a program: the one of examples/go, or an edited copy, for which it is built in `folder`.
#[track_caller]
pub(crate) fn driver(program: &Path, folder: &Path) -> PathBuf {
    static DRIVER: OnceLock<PathBuf> = OnceLock::new();
    let original = built::root().join("examples/go").join(PROGRAM);
    if program == original {
        let build = || build(&[], built::target().join("tmp/go-driver"));
        return DRIVER.get_or_init(build).clone();
    }
    let overlay = folder.join("overlay.json");
    let replaced = json!({ "Replace": { (original.to_string_lossy()): program } });
    fs::write(&overlay, replaced.to_string()).expect("to write");
    build(&["-overlay".as_ref(), &overlay], folder.join("driver"))
}

#[track_caller]
fn build(flags: &[&Path], driver: PathBuf) -> PathBuf {
    built::sdk("go");
    let mut command = Command::new("go");
    // As `make engine` builds, so that the packages that it has built are used.
    command.args(["build", "-trimpath"]).args(flags).arg("-o").arg(&driver).arg(".");
    command.current_dir(built::root().join("tests/drivers/go")).env("CGO_ENABLED", "0");
    let ran = command.output().expect("Go to start");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    driver
}
