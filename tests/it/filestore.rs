//! The example of pulumi-rs-sdk under the real engine, which finds it as the crate's README says.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use tests::{Stack, filestore};

const PROGRAM: &str = "resources:
  hello:
    type: filestore:File
    properties: { name: hello.txt, content: hello }
  digest:
    type: filestore:File
    properties: { name: digest.txt, content: '${hello.sha256}' }
  key:
    type: filestore:Key
outputs:
  sha256: ${hello.sha256}
  key: ${key.value}
";
/// Of `hello`, and of `hello you`.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
const HELLO_YOU: &str = "b283788fa43abed20cc491063bfa3a455ebca761853c409a9e3acec9712632bc";

/// A stack that keeps its files in the folder.
fn stack(folder: &Path, program: &str) -> Stack {
    let plugin = filestore();
    let plugins = plugin.parent().expect("a file lies in a folder").display();
    let program =
        format!("plugins:\n  providers:\n    - name: filestore\n      path: {plugins}\n{program}");
    let stack = Stack::yaml_at(&[], &program);
    stack.set_config("filestore:root", folder.to_str().expect("a plain path"));
    stack
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn files_and_keys_are_made_changed_found_drifted_and_removed() {
    let folder = TempDir::new().expect("a temporary folder");
    let at = folder.path();
    let mut stack = stack(at, PROGRAM);

    let preview = stack.preview().succeeded();
    assert_eq!(preview.outputs["sha256"], HELLO, "it is known before: {preview}");
    let up = stack.up().succeeded();
    assert_eq!(up.output("sha256"), HELLO);
    assert_eq!((text(at, "hello.txt").as_str(), text(at, "digest.txt").as_str()), ("hello", HELLO));
    let exported = stack.pulumi(&["stack", "export", "--stack", "dev"]);
    let key = stack.state().into_iter().find(|of| of["type"] == "filestore:index:Key");
    let key = key.expect("a key in the state");
    let name = key["id"].as_str().expect("an id");
    assert!(name.starts_with("key-"), "{name}");
    assert!(!exported.contains(&text(at, name)), "the key stands in the state in plain");
    assert_eq!(stack.up().succeeded().changed(), [""; 0]);

    stack.edit("content: hello ", "content: hello you ");
    let plan = stack.path().join("plan.json");
    let plan = plan.to_str().expect("a plain path");
    stack.set_env("PULUMI_EXPERIMENTAL", Some("true"));
    let preview = stack.operate(&["preview", "--save-plan", plan]).succeeded();
    assert_eq!(preview.changed(), ["update hello", "update digest"], "{preview}");
    let up = stack.operate(&["up", "--skip-preview", "--yes", "--plan", plan]).succeeded();
    assert_eq!(up.changed(), ["update hello", "update digest"], "{up}");
    assert_eq!(text(at, "digest.txt"), HELLO_YOU);

    fs::write(at.join("hello.txt"), "by hand").expect("to write");
    fs::remove_file(at.join("digest.txt")).expect("to remove");
    let refresh = stack.refresh().succeeded();
    assert_eq!(refresh.changes.get("update"), Some(&1), "{refresh}");
    assert_eq!(refresh.changes.get("delete"), Some(&1), "{refresh}");
    assert_eq!(stack.up().succeeded().changed(), ["update hello", "create digest"]);
    assert_eq!(text(at, "hello.txt"), "hello you");

    stack.destroy().succeeded();
    assert_eq!(fs::read_dir(at).expect("the folder is there").count(), 0);
}

#[test]
fn a_file_is_imported_and_what_is_half_made_is_finished_by_the_next_update() {
    let folder = TempDir::new().expect("a temporary folder");
    let at = folder.path();
    fs::write(at.join("hello.txt"), "").expect("to write");
    let mut stack = stack(at, "");
    stack.import("filestore:index:File", "hello", "hello.txt").succeeded();
    let is_file = |of: &Value| of["type"] == "filestore:index:File";
    let imported = stack.state().into_iter().find(is_file).expect("it is in the state");
    assert_eq!(imported["inputs"]["content"], "", "an empty file is imported with its content");
    stack.edit(
        "plugins:",
        "resources:
  hello:
    type: filestore:File
    properties: { name: hello.txt, content: '' }
  other:
    type: filestore:File
    properties: { name: other.txt, content: other, link: taken }
plugins:",
    );
    fs::write(at.join("taken"), "").expect("to write");

    let up = stack.up().failed();
    assert!(up.messages().contains("linking "), "{up}");
    assert_eq!(text(at, "other.txt"), "other");
    fs::remove_file(at.join("taken")).expect("to remove");
    let up = stack.up().succeeded();
    assert_eq!(up.changed(), ["update other"], "{up}");
    assert_eq!(text(at, "taken"), "other");
    stack.destroy().succeeded();
    assert_eq!(fs::read_dir(at).expect("the folder is there").count(), 0);
}
