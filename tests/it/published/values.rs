//! Values of the data, as they stand in JSON, and those of the framework.

use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Map, Value as Json};

use super::form::Segment;

/// The engine's own marks of a secret.
const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";
const SECRET: &str = "1b47061264138c4ac30d75fd1eb44270";

/// The value that the JSON stands for, with its secret marks.
pub fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => (*flag).into(),
        Json::Number(number) => Value::Number(number.as_f64().expect("a double")),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => Value::Array(items.iter().map(value).collect()),
        Json::Object(members) if members.get(SIGNATURE).is_some_and(|mark| mark == SECRET) => {
            Value::Secret(Box::new(value(members.get("value").unwrap_or(&Json::Null))))
        }
        Json::Object(members) => object(members).into(),
    }
}

/// The properties that the members stand for.
pub fn object(members: &Map<String, Json>) -> Object {
    members.iter().map(|(name, member)| (name.clone(), value(member))).collect()
}

/// The properties in a text of the data that holds an object.
pub fn properties(json: &Json) -> Object {
    json.as_object().map(object).unwrap_or_default()
}

/// The value as JSON, without secret marks; whole numbers are written as such.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) if number.fract() == 0.0 => (*number as i64).into(),
        Value::Number(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Object(properties) => json_of(properties),
        Value::Secret(inner) => json(inner),
        other => Json::String(format!("{other:?}")),
    }
}

/// The properties as JSON.
pub fn json_of(properties: &Object) -> Json {
    properties.iter().map(|(name, value)| (name.clone(), json(value))).collect()
}

/// What is at the end of the way; null where the way ends before.
pub fn look<'a>(from: &'a Json, way: &[Segment]) -> &'a Json {
    way.iter().fold(from, |at, segment| {
        match segment {
            Segment::Index(index) => at.get(index).or_else(|| at.get(index.to_string())),
            Segment::Name(name) => at.get(name),
        }
        .unwrap_or(&Json::Null)
    })
}

/// The inputs as the program gave them: without what a provider filled in.
pub fn program(inputs: &Object) -> Object {
    let filled = |name: &str| {
        let defaults = inputs.get("__defaults").and_then(Value::as_array).unwrap_or_default();
        name.starts_with("__") || defaults.iter().any(|default| default.as_str() == Some(name))
    };
    let given = inputs.iter().filter(|(name, _)| !filled(name));
    given.map(|(name, value)| (name.clone(), given_value(value))).collect()
}

fn given_value(value: &Value) -> Value {
    match value {
        Value::Object(properties) => program(properties).into(),
        Value::Array(items) => Value::Array(items.iter().map(given_value).collect()),
        Value::Secret(inner) => Value::Secret(Box::new(given_value(inner))),
        other => other.clone(),
    }
}
