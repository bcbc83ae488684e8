//! schema.json against Pulumi's own description of what a package schema is.

use std::fs;

use serde_json::Value;
use tests::root;

#[test]
fn the_schema_is_one_that_pulumi_takes() {
    let described = root().join("../shared/data/pulumi-package-metaschema.json");
    let described: Value = match fs::read(&described) {
        Ok(text) => serde_json::from_slice(&text).expect("the description is JSON"),
        // It is not ours, and not in the repository.
        Err(error) => return eprintln!("skipped: {}: {error}", described.display()),
    };
    let schema = fs::read(root().join("schema.json")).expect("schema.json is committed");
    let schema: Value = serde_json::from_slice(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&described).expect("the description is a schema");
    let errors = validator.iter_errors(&schema);
    let complaints: Vec<String> =
        errors.map(|error| format!("{}: {error}", error.instance_path())).take(5).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
