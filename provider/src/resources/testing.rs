//! What the unit tests of tables share: inputs from JSON, and Check's complaints as text.

use pulumi_rs_sdk::check::{CheckContext, check};
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

/// The properties that a JSON text holds.
pub(crate) fn inputs(json: &str) -> Object {
    let json: Json = serde_json::from_str(json).unwrap();
    value(&json).as_object().unwrap().clone()
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => number.as_f64().unwrap().into(),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => items.iter().map(value).collect::<Vec<_>>().into(),
        Json::Object(members) => members
            .iter()
            .map(|(name, json)| (name.clone(), value(json)))
            .collect::<Object>()
            .into(),
    }
}

/// What Check says of a new resource with these inputs: `path: reason`.
pub(crate) fn failures(resource: &Resource, given: &Object) -> Vec<String> {
    let olds = Object::new();
    let context = CheckContext { name: "a", olds: &olds, seed: &[7; 32], autonaming: None };
    let checked = check(resource, given, &context);
    checked.failures.iter().map(|f| format!("{}: {}", f.property, f.reason)).collect()
}
