//! The command `sdk-gen sdk` as somebody runs it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with two in it: what is on the PATH, and what is written to.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().expect("a temporary folder"));
        fs::create_dir(place.path("bin")).expect("to write");
        fs::create_dir(place.path("work")).expect("to write");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        fs::write(self.path(name), text).expect("to write");
        self.path(name)
    }

    /// Puts a script on the PATH.
    fn install(&self, name: &str, script: &str) {
        let path = self.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("to write");
    }

    /// Runs it with nothing on the PATH but the scripts and what select.sh needs.
    fn without_go(&self, arguments: &[&str]) -> Output {
        for tool in ["sh", "sed", "dirname", "sort", "head", "mkdir", "cat"] {
            self.link(tool);
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_sdk-gen"));
        command.current_dir(self.path("work")).env("PATH", self.path("bin")).env_remove("PULUMI");
        command.arg("sdk").args(arguments).output().expect("it to start")
    }

    /// The same with Go, and so with no Pulumi that may be installed here.
    fn with_go(&self, arguments: &[&str]) -> Output {
        self.link("go");
        let ran = self.without_go(arguments);
        fs::remove_file(self.path("bin/go")).expect("to write");
        ran
    }

    /// Puts a program of this machine on the PATH.
    fn link(&self, tool: &str) {
        let path = std::env::var_os("PATH").expect("a PATH");
        let found = std::env::split_paths(&path).map(|folder| folder.join(tool));
        let found = found.into_iter().find(|path| path.exists());
        let found = found.unwrap_or_else(|| panic!("{tool} is not on the PATH"));
        let link = self.path("bin").join(tool);
        if !link.exists() {
            std::os::unix::fs::symlink(found, link).expect("to write");
        }
    }

    /// What lies in the folder that is written to.
    fn written(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("work")).expect("a folder");
        let mut names: Vec<_> = entries
            .map(|entry| {
                entry.expect("an entry").file_name().into_string().expect("a name of text")
            })
            .collect();
        names.sort();
        names
    }

    /// The text of a refusal, with the place's own path taken out.
    fn refusal(&self, ran: &Output) -> String {
        assert_eq!(ran.status.code(), Some(2), "{ran:?}");
        assert!(ran.stdout.is_empty(), "{ran:?}");
        let text = String::from_utf8_lossy(&ran.stderr);
        text.replace(&self.0.path().display().to_string(), "PLACE")
    }
}

#[test]
fn every_refusal_names_the_cause_and_what_to_do_and_leaves_nothing() {
    let place = Place::new();
    let cut = place.write("cut.json", "{\"name\": \"auth0\",");
    let other = place.write("other.json", "{\"name\": 5}");
    let no_type = place.write(
        "no-type.json",
        r##"{"name": "a", "version": "1.0.0", "resources":
            {"a:index:B": {"properties": {"c": {"$ref": "#/types/a:index:D"}}}}}"##,
    );
    let no_path = place.write("no-path.json", r#"{"name": "a", "version": "1.0.0"}"#);
    let (cut, other) = (cut.to_str().unwrap(), other.to_str().unwrap());
    let (no_type, no_path) = (no_type.to_str().unwrap(), no_path.to_str().unwrap());
    let file = place.write("file", "");
    let beneath_a_file = file.join("sdk");
    let (file, beneath_a_file) = (file.to_str().unwrap(), beneath_a_file.to_str().unwrap());

    let refusals = [
        ("an unknown language", place.with_go(&["cobol"])),
        ("a schema that is not there", place.with_go(&["go", "--schema", "none.json"])),
        ("a schema that does not parse", place.with_go(&["go", "--schema", cut])),
        ("a schema of something else", place.with_go(&["python", "--schema", other])),
        ("a schema without one of its types", place.with_go(&["python", "--schema", no_type])),
        ("a schema without a path for Go", place.with_go(&["go", "--schema", no_path])),
        ("no Go, for the SDK for Go", place.without_go(&["go"])),
        ("no Go, for another", place.without_go(&["python"])),
        ("no Pulumi that has Java", place.without_go(&["java"])),
        ("a target beneath a file", place.with_go(&["python", "--out", beneath_a_file])),
        ("a file as target", place.with_go(&["python", "--out", file])),
        ("the root as target", place.with_go(&["python", "--out", "/", "--force"])),
    ];

    let texts = refusals.iter().map(|(case, ran)| format!("{case}:\n{}", place.refusal(ran)));
    insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"));
    assert_eq!(place.written(), [""; 0]);
}

#[test]
fn a_folder_that_was_not_made_by_it_is_replaced_by_force_alone() {
    let place = Place::new();
    fs::create_dir(place.path("work/mine")).unwrap();
    place.write("work/mine/precious", "");

    let refused = place.with_go(&["python", "--out", "mine"]);
    insta::assert_snapshot!(place.refusal(&refused));
    assert!(place.path("work/mine/precious").exists());

    assert!(place.with_go(&["python", "--out", "mine", "--force"]).status.success());
    assert!(!place.path("work/mine/precious").exists());
    assert!(place.path("work/mine/pulumi_auth0/client.py").exists());

    // What it has made itself, it replaces; nothing of the old one stays, and nothing lies beside.
    place.write("work/mine/stale.py", "");
    assert!(place.with_go(&["python", "--out", "mine"]).status.success());
    assert!(!place.path("work/mine/stale.py").exists());
    assert_eq!(place.written(), ["mine"]);
}

#[test]
fn the_sdk_is_made_in_the_folder_of_its_language() {
    let place = Place::new();
    assert!(place.with_go(&["nodejs"]).status.success());
    let package = fs::read_to_string(place.path("work/.sdk/nodejs/package.json")).unwrap();
    assert!(package.contains("\"@pulumi/auth0\""), "{package}");
}

#[test]
fn a_pulumi_that_has_the_language_makes_it() {
    let place = Place::new();
    place.install("pulumi-language-java", "");
    place.install(
        "pulumi",
        r#"case "$1" in
            version) echo v3.999.0 ;;
            package) mkdir -p "$6/java" && echo "$@" > "$6/java/arguments" && cat "$7" > "$6/java/schema" ;;
        esac"#,
    );

    let ran = place.without_go(&["java", "--out", "java"]);

    assert!(ran.status.success(), "{ran:?}");
    let arguments = fs::read_to_string(place.path("work/java/arguments")).unwrap();
    assert!(arguments.starts_with("package gen-sdk --language java --out /"), "{arguments}");
    let schema = fs::read_to_string(place.path("work/java/schema")).unwrap();
    assert!(schema.contains("auth0:index/client:Client"), "{schema}");
}

#[test]
fn what_a_failing_pulumi_has_written_is_not_left() {
    let place = Place::new();
    place.install("pulumi-language-java", "");
    place.install(
        "pulumi",
        r#"case "$1" in
            version) echo v3.999.0 ;;
            package) mkdir -p "$6/java" && echo half > "$6/java/half"; echo "error: no more" >&2; exit 3 ;;
        esac"#,
    );

    let ran = place.without_go(&["java", "--out", "java"]);

    insta::assert_snapshot!(place.refusal(&ran));
    assert_eq!(place.written(), [""; 0]);
}
