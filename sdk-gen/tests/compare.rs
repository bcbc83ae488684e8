//! The command `sdk-gen compare` as somebody runs it.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::NamedTempFile;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.json");

fn compare(schema: &str) -> Output {
    let file = NamedTempFile::new().expect("a temporary file");
    fs::write(&file, schema).expect("to write");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdk-gen"));
    command.arg("compare").arg(file.path()).output().expect("it to start")
}

#[test]
fn what_a_newer_package_has_is_listed_and_ends_it_with_1() {
    let committed = fs::read_to_string(COMMITTED).expect("schema.json is committed");
    let ran = compare(&committed);
    let told = String::from_utf8_lossy(&ran.stdout);
    assert_eq!((ran.status.code(), &*told), (Some(0), "Nothing is lacking.\n"));

    let mut newer: Value = serde_json::from_str(&committed).expect("JSON");
    let client = &mut newer["resources"]["auth0:index/client:Client"];
    client["inputProperties"]["colour"] = json!({"type": "string"});
    newer["functions"]["auth0:index/getColour:getColour"] = json!({});
    let ran = compare(&newer.to_string());
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    insta::assert_snapshot!(String::from_utf8_lossy(&ran.stdout));

    let ran = compare("[1]");
    assert_eq!(ran.status.code(), Some(2), "{ran:?}");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(told.contains("is no schema of a Pulumi package"), "{told}");
}
