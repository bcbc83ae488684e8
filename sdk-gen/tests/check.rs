//! The command `sdk-gen check` as somebody runs it.

use std::fs::{self, File};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.json");

/// The committed schema with a change.
fn committed_with(change: impl FnOnce(&mut Value)) -> String {
    let text = fs::read_to_string(COMMITTED).expect("schema.json is committed");
    let mut schema = serde_json::from_str(&text).expect("JSON");
    change(&mut schema);
    schema.to_string()
}

/// Runs it with these schemas as files `0.json`, `1.json`.
fn check(schemas: &[&str]) -> Output {
    let folder = TempDir::new().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdk-gen"));
    command.arg("check").current_dir(&folder);
    for (index, schema) in schemas.iter().enumerate() {
        let name = format!("{index}.json");
        fs::write(folder.path().join(&name), schema).expect("to write");
        command.arg(name);
    }
    command.output().expect("it to start")
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

#[test]
fn the_tables_are_the_new_schema_unless_another_is_named() {
    let ran = check(&[&committed_with(|_| {})]);
    assert_eq!((ran.status.code(), &*text(&ran.stdout)), (Some(0), "No changes found.\n"));

    let without = committed_with(|schema| {
        schema["resources"].as_object_mut().unwrap().remove("auth0:index/client:Client");
    });
    let ran = check(&[&without]);
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    assert!(text(&ran.stdout).contains("\"auth0:index/client:Client\" added"), "{ran:?}");

    let ran = check(&[&committed_with(|_| {}), &without]);
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    insta::assert_snapshot!(text(&ran.stdout));
}

#[test]
fn what_breaks_a_programs_client_ends_it_with_1() {
    let old = committed_with(|schema| {
        let client = &mut schema["resources"]["auth0:index/client:Client"];
        client["inputProperties"]["colour"] = json!({"type": "string"});
        client["inputProperties"]["name"]["type"] = "integer".into();
    });
    let ran = check(&[&old]);
    assert_eq!(ran.status.code(), Some(1), "{ran:?}");
    insta::assert_snapshot!(text(&ran.stdout));
}

/// Whole resources, functions and types that are not here yet are missing, and nothing else. No SDK has the argument of a
/// method that stands for its provider: generators leave it out, whatever its type. What getPromptScreenPartials gives has
/// the name of an argument of it, which need not be given: our schema takes both for optional.
#[test]
fn nothing_that_is_here_breaks_users_of_the_published_sdk() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
    let published = format!("{root}../shared/data/published-schema-facts.json");
    let Ok(published) = fs::read_to_string(&published) else {
        eprintln!("skipped: there is no {published}");
        return;
    };
    let ran = check(&[&published]);
    let told = text(&ran.stdout);
    let breaking = told.lines().filter(|line| line.contains('🔴'));
    let missing = |line: &str| line.starts_with("- ") && line.ends_with("\" missing");
    let known = ["\"__self__\"", "\"screenPartials\" property is no longer Required"];
    let is_known = |line: &str| missing(line) || known.iter().any(|known| line.contains(known));
    let other: Vec<_> = breaking.filter(|line| !is_known(line)).collect();
    assert_eq!(other, [""; 0]);
    assert!(told.contains("\"auth0:index/client:Client\":\n"), "it is compared: {told}");
}

#[test]
fn a_schema_comes_from_standard_input_too() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdk-gen"));
    let ran = command.args(["check", "-"]).stdin(File::open(COMMITTED).unwrap()).output().unwrap();
    assert_eq!((ran.status.code(), &*text(&ran.stdout)), (Some(0), "No changes found.\n"));
}

#[test]
fn what_is_no_schema_is_named_and_ends_it_with_2() {
    let refusals = [
        ("no JSON", check(&["{\"name\": \"auth0\","])),
        ("another JSON", check(&["[1]"])),
        ("without a name", check(&["{}"])),
        ("of another shape", check(&[r#"{"name": "auth0", "resources": []}"#])),
        ("the new one", check(&[r#"{"name": "auth0"}"#, "{"])),
        ("none given", check(&[])),
    ];
    let texts = refusals.iter().map(|(case, ran)| {
        assert_eq!(ran.status.code(), Some(2), "{case}: {ran:?}");
        assert!(ran.stdout.is_empty(), "{case}: {ran:?}");
        format!("{case}:\n{}", text(&ran.stderr))
    });
    insta::assert_snapshot!(texts.collect::<Vec<_>>().join("\n"));
}
