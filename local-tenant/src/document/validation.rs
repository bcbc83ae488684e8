//! Validation of bodies and queries by the document, with the messages of the real validator.

use std::fmt;

use serde_json::{Number, Value};

use super::exceptions;
use super::format;
use super::pattern::matches;
use super::schema::{Additional, Kind, Schema};
use super::table::{OperationRow, document};
use crate::request::Query;

/// The first thing found wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Where, as in `scopes[0].value`; empty for the value itself.
    pub property: String,
    /// What, without a full stop.
    pub reason: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}'", self.reason)?;
        if !self.property.is_empty() {
            write!(f, " on property {}", self.property)?;
        }
        Ok(())
    }
}

/// Checks a body against its schema.
///
/// # Errors
/// The first violation.
pub fn validate(schema: &Schema, body: &Value) -> Result<(), Violation> {
    check(schema, body, "")
}

/// Checks a query against the parameters of an operation.
///
/// # Errors
/// The first violation: an unknown parameter, or a value of another type.
pub fn validate_query(operation: &OperationRow, query: &Query) -> Result<(), Violation> {
    for (name, values) in query.iter() {
        let Some(schema) = operation.query.get(name) else {
            if exceptions::is_tolerated(name) {
                continue;
            }
            return fail("", format!("Additional properties not allowed: {name}"));
        };
        let schema = resolve(schema);
        if schema.types.contains(&Kind::Array) {
            let all = values.iter().map(|value| Value::String(value.clone())).collect();
            check(schema, &Value::Array(all), name)?;
            continue;
        }
        for value in values {
            check(schema, &typed(schema, value), name)?;
        }
    }
    Ok(())
}

/// A value of a query as the type that its schema asks for, or as the text it is.
fn typed(schema: &Schema, text: &str) -> Value {
    let wanted = |kind| schema.types.contains(&kind);
    if wanted(Kind::Integer)
        && let Ok(number) = text.parse::<i64>()
    {
        return Value::Number(Number::from(number));
    }
    if wanted(Kind::Boolean)
        && let Ok(flag) = text.parse::<bool>()
    {
        return Value::Bool(flag);
    }
    Value::String(text.to_owned())
}

fn resolve(schema: &Schema) -> &Schema {
    match &schema.reference {
        Some(name) => {
            resolve(document().schemas.get(name).expect("the table holds what it refers to"))
        }
        None => schema,
    }
}

fn fail<T>(property: &str, reason: String) -> Result<T, Violation> {
    Err(Violation { property: property.to_owned(), reason })
}

fn check(schema: &Schema, value: &Value, at: &str) -> Result<(), Violation> {
    let schema = resolve(schema);
    let kind = Kind::of(value);
    if !schema.types.is_empty() && !schema.types.iter().any(|wanted| kind.fits(*wanted)) {
        let wanted: Vec<_> = schema.types.iter().map(|kind| kind.name()).collect();
        let wanted = wanted.join(",");
        return fail(at, format!("Expected type {wanted} but found type {}", kind.name()));
    }
    let null = value.is_null() && schema.types.contains(&Kind::Null);
    let listed = schema.values.as_ref().is_none_or(|values| values.contains(value));
    if !listed && !null {
        return fail(at, format!("No enum match for: {}", plain(value)));
    }
    match value {
        Value::String(text) => check_string(schema, text, at)?,
        Value::Number(number) => check_number(schema, number, at)?,
        Value::Array(elements) => check_array(schema, elements, at)?,
        Value::Object(entity) => check_object(schema, entity, at)?,
        Value::Null | Value::Bool(_) => {}
    }
    if !schema.one_of.is_empty()
        && schema.one_of.iter().filter(|one| check(one, value, at).is_ok()).count() == 0
    {
        return fail(at, "Data does not match any schemas from 'oneOf'".to_owned());
    }
    if !schema.any_of.is_empty() && !schema.any_of.iter().any(|one| check(one, value, at).is_ok()) {
        return fail(at, "Data does not match any schemas from 'anyOf'".to_owned());
    }
    schema.all_of.iter().try_for_each(|one| check(one, value, at))?;
    Ok(())
}

fn check_string(schema: &Schema, text: &str, at: &str) -> Result<(), Violation> {
    let length = text.chars().count();
    if let Some(minimum) = schema.min_length.filter(|minimum| length < *minimum) {
        return fail(at, format!("String is too short ({length} chars), minimum {minimum}"));
    }
    if let Some(maximum) = schema.max_length.filter(|maximum| length > *maximum) {
        return fail(at, format!("String is too long ({length} chars), maximum {maximum}"));
    }
    if let Some(pattern) = schema.pattern.as_ref().filter(|pattern| !matches(pattern, text)) {
        return fail(at, format!("String does not match pattern {pattern}: {text}"));
    }
    if let Some(name) = schema.format.as_ref().filter(|name| !format::fits(name, text)) {
        return fail(at, format!("Object didn't pass validation for format {name}: {text}"));
    }
    Ok(())
}

fn check_number(schema: &Schema, number: &Number, at: &str) -> Result<(), Violation> {
    let value = number.as_f64().unwrap_or(f64::MAX);
    if let Some(minimum) = schema.minimum.filter(|minimum| value < *minimum) {
        return fail(at, format!("Value {number} is less than minimum {minimum}"));
    }
    if let Some(maximum) = schema.maximum.filter(|maximum| value > *maximum) {
        return fail(at, format!("Value {number} is greater than maximum {maximum}"));
    }
    Ok(())
}

fn check_array(schema: &Schema, elements: &[Value], at: &str) -> Result<(), Violation> {
    let length = elements.len();
    if let Some(minimum) = schema.min_items.filter(|minimum| length < *minimum) {
        return fail(at, format!("Array is too short ({length}), minimum {minimum}"));
    }
    if let Some(maximum) = schema.max_items.filter(|maximum| length > *maximum) {
        return fail(at, format!("Array is too long ({length}), maximum {maximum}"));
    }
    if schema.unique_items {
        for (later, element) in elements.iter().enumerate() {
            if let Some(first) = elements[..later].iter().position(|other| other == element) {
                let indexes = format!("indexes {first} and {later}");
                return fail(at, format!("Array items are not unique ({indexes})"));
            }
        }
    }
    let Some(items) = &schema.items else { return Ok(()) };
    elements
        .iter()
        .enumerate()
        .try_for_each(|(index, element)| check(items, element, &format!("{at}[{index}]")))
}

fn check_object(
    schema: &Schema,
    entity: &serde_json::Map<String, Value>,
    at: &str,
) -> Result<(), Violation> {
    let below = |key: &str| if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
    let unknown = || entity.iter().filter(|(key, _)| !schema.properties.contains_key(*key));
    match &schema.additional_properties {
        Additional::Allowed(true) => {}
        Additional::Allowed(false) => {
            let keys: Vec<_> = unknown().map(|(key, _)| key.as_str()).collect();
            if !keys.is_empty() {
                let keys = keys.join(",");
                return fail(at, format!("Additional properties not allowed: {keys}"));
            }
        }
        Additional::Of(other) => {
            unknown().try_for_each(|(key, value)| check(other, value, &below(key)))?;
        }
    }
    if let Some(key) = schema.required.iter().find(|key| !entity.contains_key(*key)) {
        return fail(at, format!("Missing required property: {key}"));
    }
    let count = entity.len();
    if let Some(minimum) = schema.min_properties.filter(|minimum| count < *minimum) {
        return fail(at, format!("Too few properties defined ({count}), minimum {minimum}"));
    }
    if let Some(maximum) = schema.max_properties.filter(|maximum| count > *maximum) {
        return fail(at, format!("Too many properties defined ({count}), maximum {maximum}"));
    }
    entity.iter().try_for_each(|(key, value)| match schema.properties.get(key) {
        Some(property) => check(property, value, &below(key)),
        None => Ok(()),
    })
}

/// A value in a message: a string without quotes, anything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn patterns(schema: &Schema, found: &mut Vec<String>) {
        found.extend(schema.pattern.clone());
        schema.properties.values().for_each(|property| patterns(property, found));
        schema.items.iter().for_each(|items| patterns(items, found));
        let branches = schema.one_of.iter().chain(&schema.any_of).chain(&schema.all_of);
        branches.for_each(|one| patterns(one, found));
        if let Additional::Of(other) = &schema.additional_properties {
            patterns(other, found);
        }
    }

    #[test]
    fn every_pattern_of_the_table_is_one() {
        let mut found = Vec::new();
        document().schemas.values().for_each(|schema| patterns(schema, &mut found));
        assert!(found.len() >= 10, "{found:?}");
        for pattern in found {
            matches(&pattern, "x");
        }
    }

    fn validate(schema: &str, body: &Value) -> Result<(), Violation> {
        super::validate(&document().schemas[schema], body)
    }

    #[test]
    fn every_reference_of_the_table_leads_to_a_schema() {
        fn follow(schema: &Schema) {
            if let Some(name) = &schema.reference {
                assert!(document().schemas.contains_key(name), "{name}");
            }
            let branches = schema.one_of.iter().chain(&schema.any_of).chain(&schema.all_of);
            schema
                .properties
                .values()
                .chain(schema.items.as_deref())
                .chain(branches)
                .for_each(follow);
        }
        document().schemas.values().for_each(follow);
        document().operations.iter().filter_map(|row| row.body.as_ref()).for_each(follow);
    }

    #[test]
    fn what_recordings_show_to_be_taken_is_taken() {
        struct Case {
            schema: &'static str,
            body: Value,
        }
        let client = "UpdateClientRequestContent";
        let cases = [
            Case { schema: client, body: json!({"addons": null}) },
            Case { schema: client, body: json!({"signed_request_object": null}) },
            Case { schema: client, body: json!({"token_vault_privileged_access": null}) },
            Case { schema: client, body: json!({"oidc_backchannel_logout": null}) },
            Case { schema: client, body: json!({"identity_assertion_authorization_grant": null}) },
            Case { schema: client, body: json!({"client_metadata": {"gone": null}}) },
            Case { schema: client, body: json!({"session_transfer": {"delegation": null}}) },
            Case {
                schema: "UpdateResourceServerRequestContent",
                body: json!({"token_lifetime_for_web": 60}),
            },
        ];
        for Case { schema, body } in cases {
            assert_eq!(validate(schema, &body), Ok(()), "{body}");
        }
    }

    #[test]
    fn limits_hold_at_their_edge() {
        struct Case {
            body: Value,
            at: &'static str,
        }
        let server = |identifier: &str, more: Value| {
            let mut body = json!({"identifier": identifier});
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let good = [
            server(&"x".repeat(600), json!({})),
            server("x", json!({"token_lifetime": 2_592_000})),
            server("x", json!({"signing_secret": "0123456789abcdef"})),
        ];
        for body in good {
            assert_eq!(validate("CreateResourceServerRequestContent", &body), Ok(()));
        }
        let bad = [
            Case { body: server(&"x".repeat(601), json!({})), at: "identifier" },
            Case { body: server("", json!({})), at: "identifier" },
            Case { body: server("x", json!({"token_lifetime": 2_592_001})), at: "token_lifetime" },
            Case { body: server("x", json!({"signing_secret": "short"})), at: "signing_secret" },
            Case { body: server("x", json!({"scopes": [{}]})), at: "scopes[0]" },
            Case {
                body: server("x", json!({"scopes": [{"value": "a", "x": 1}]})),
                at: "scopes[0]",
            },
            Case { body: server("x", json!({"signing_alg": "none"})), at: "signing_alg" },
        ];
        for Case { body, at } in bad {
            let violation = validate("CreateResourceServerRequestContent", &body).unwrap_err();
            assert_eq!(violation.property, at, "{violation}");
        }
    }
}
