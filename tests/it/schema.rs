//! The committed schema against Pulumi's description of schemas.

use serde_json::Value;

use crate::data;

#[test]
fn the_schema_is_one_of_a_pulumi_package() {
    let Some(metaschema) = data::json("pulumi-package-metaschema.json") else { return };
    let metaschema = jsonschema::validator_for(&metaschema).expect("it is a schema");
    let schema = std::fs::read_to_string(tests::root().join("schema.json"));
    let schema = schema.expect("the schema is committed");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");

    let complaints: Vec<String> = metaschema
        .iter_errors(&schema)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();

    assert!(complaints.is_empty(), "{complaints:#?}");
    assert!(!metaschema.is_valid(&Value::Object(Default::default())), "it takes anything");
}
