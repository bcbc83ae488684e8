//! The shape of what is stored: zero values, the engine's own keys, inputs from outputs.
//!
//! The published providers store every output, unset ones as the zero value of their kind, and programs
//! read them. What is written here has the same shape.

use crate::path::PropertyPath;
use crate::table::{Absent, Codec, Field, Kind, ObjectType, Presence, Reset, Resource};
use crate::value::{Object, Value};

/// The key under which inputs say which of them were filled in.
pub const DEFAULTS: &str = "__defaults";

/// Whether these inputs say of a property that it was filled in, not given.
pub fn is_default(inputs: &Object, name: &str) -> bool {
    matches!(inputs.get(DEFAULTS), Some(Value::Array(names))
        if names.iter().any(|default| default.as_str() == Some(name)))
}

/// The key under which bridged providers store the version of a state's schema.
const META: &str = "__meta";

/// What a bridged provider needs of old outputs, should the stack go back to it; see [`keep_meta`].
pub fn meta(old: &Object) -> Option<Value> {
    old.get(META).cloned()
}

/// Keeps in new outputs the [`meta`] of the old ones.
///
/// `__pulumi_raw_state_delta` is not kept: it describes the old outputs, and is best absent where they change.
pub fn keep_meta(meta: Option<Value>, outputs: &mut Object) {
    if let Some(meta) = meta {
        outputs.entry(META.to_owned()).or_insert(meta);
    }
}

/// What has just been answered by the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A create or update: lists and maps that nobody set are null.
    Write,
    /// A read: lists and maps that the server leaves out are empty.
    Read,
}

/// Takes every key that begins with `__` out, at every level.
pub fn strip(object: Object) -> Object {
    object
        .into_iter()
        .filter(|(name, _)| !name.starts_with("__"))
        .map(|(name, value)| (name, strip_value(value)))
        .collect()
}

fn strip_value(value: Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(strip(object)),
        Value::Array(items) => Value::Array(items.into_iter().map(strip_value).collect()),
        Value::Secret(inner) => Value::Secret(Box::new(strip_value(*inner))),
        other => other,
    }
}

/// Whether the value says no more than its absence: null, `""`, `false`, 0, and what is made of those.
pub fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => *number == 0.0,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(properties) => {
            properties.iter().all(|(name, value)| name.starts_with("__") || is_zero(value))
        }
        Value::Secret(inner) => is_zero(inner),
        _ => false,
    }
}

/// Whether the value of this row says no more than its absence.
///
/// A block that is a switch is there or not; a block that disables is as good as absent.
pub fn is_absent(field: &Field, value: &Value) -> bool {
    match (field.kind, field.codec, value) {
        (_, Codec::TriState, Value::String(text)) => text.is_empty() || text == "null",
        (_, Codec::DisableBlock, Value::Object(block)) => {
            block.get("disable").and_then(Value::as_bool) == Some(true) || is_zero(value)
        }
        _ => says_nothing(field, value),
    }
}

/// Whether the value is made of zero values, by the rows of its blocks.
fn says_nothing(field: &Field, value: &Value) -> bool {
    match (field.kind, value) {
        (Kind::Object(of), Value::Object(_)) if field.switch || of.fields.is_empty() => false,
        (Kind::Object(of), Value::Object(properties)) => {
            properties.iter().all(|(name, value)| match of.field(name) {
                Some(field) => says_nothing(field, value),
                None => name.starts_with("__") || is_zero(value),
            })
        }
        _ => is_zero(value),
    }
}

/// Whether a value that the program gave has left it and is to be cleared.
///
/// `stored` is what outputs hold. Nothing is cleared that Check had filled in, that is clear already,
/// that the server would give again, or that cannot be cleared.
pub fn is_left(field: &Field, old_inputs: &Object, stored: Option<&Value>) -> bool {
    let given = old_inputs.get(field.name).filter(|value| !is_absent(field, value));
    let Some(given) = given.filter(|_| !is_default(old_inputs, field.name)) else {
        return false;
    };
    let stored = stored.unwrap_or(given);
    let usual = field.usual.is_some_and(|is_usual| is_usual(stored));
    field.reset != Reset::Keep && !is_absent(field, stored) && !usual
}

/// Gives every row of the table its value in outputs, absent ones the zero value, at every level.
pub fn fill(resource: &Resource, outputs: &mut Object, moment: Moment) {
    for field in resource.fields {
        fill_field(field, outputs, |field| {
            let optional = matches!(field.presence, Presence::Optional | Presence::Required);
            match field.kind {
                Kind::List(_) | Kind::Map(_) if optional && moment == Moment::Write => Value::Null,
                _ => zero(field),
            }
        });
    }
}

fn fill_field(field: &Field, outputs: &mut Object, absent: impl Fn(&Field) -> Value) {
    match outputs.get_mut(field.name) {
        None | Some(Value::Null) => {
            outputs.insert(field.name.to_owned(), absent(field));
        }
        Some(value) => fill_value(field.kind, value),
    }
}

fn fill_value(kind: Kind, value: &mut Value) {
    match (kind, value) {
        (Kind::Object(of), Value::Object(properties)) => {
            for field in of.fields {
                fill_field(field, properties, zero);
            }
        }
        (Kind::List(of), Value::Array(items)) => {
            items.iter_mut().for_each(|item| fill_value(*of, item));
        }
        _ => {}
    }
}

/// What outputs hold where the server has no value.
pub fn zero(field: &Field) -> Value {
    match field.absent {
        Absent::Assumed(value) => return value(),
        Absent::Null => return Value::Null,
        Absent::Zero | Absent::Block => {}
    }
    match (field.kind, field.codec) {
        (_, Codec::TriState) => "null".into(),
        (Kind::Object(of), Codec::DisableBlock) => {
            let mut block = zeros(of);
            block.insert("disable".to_owned(), true.into());
            block.into()
        }
        (Kind::Object(of), _) if matches!(field.absent, Absent::Block) => zeros(of).into(),
        (Kind::Object(_) | Kind::Any, _) => Value::Null,
        (Kind::Bool, _) => false.into(),
        (Kind::Int | Kind::Number, _) => 0.into(),
        (Kind::String, _) => "".into(),
        (Kind::List(_), _) => Value::Array(Vec::new()),
        (Kind::Map(_), _) => Value::Object(Object::new()),
    }
}

fn zeros(of: &ObjectType) -> Object {
    of.fields.iter().map(|field| (field.name.to_owned(), zero(field))).collect()
}

/// The inputs that a program would have to give for a resource that is imported.
///
/// All that is set and settable; what says nothing is left out, but for blocks that disable.
pub fn import_inputs(resource: &Resource, outputs: &Object) -> Object {
    import_object(resource.fields, outputs)
}

fn import_object(fields: &'static [Field], outputs: &Object) -> Object {
    let mut inputs = Object::new();
    for field in fields.iter().filter(|field| field.is_input()) {
        match outputs.get(field.name) {
            Some(value) if !says_nothing(field, value) => {
                inputs.insert(field.name.to_owned(), import_value(field.kind, value));
            }
            _ => {}
        }
    }
    inputs.insert(DEFAULTS.to_owned(), Value::Array(Vec::new()));
    inputs
}

fn import_value(kind: Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Object(of), Value::Object(properties)) => {
            import_object(of.fields, properties).into()
        }
        (Kind::List(of), Value::Array(items)) => {
            items.iter().map(|item| import_value(*of, item)).collect::<Vec<_>>().into()
        }
        _ => value.clone(),
    }
}

/// The inputs of a resource after a refresh: those that the program gives, as they are now.
///
/// A property that the program does not give does not become one of its inputs. Lists whose order means
/// nothing keep the program's order where they hold the same.
pub fn refresh_inputs(resource: &Resource, inputs: &Object, outputs: &Object) -> Object {
    refresh_object(resource.fields, inputs, outputs)
}

fn refresh_object(fields: &'static [Field], inputs: &Object, outputs: &Object) -> Object {
    let mut refreshed = Object::new();
    for (name, input) in inputs {
        if name == DEFAULTS {
            if !is_zero(input) {
                refreshed.insert(name.clone(), input.clone());
            }
            continue;
        }
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            continue;
        };
        let now = match outputs.get(name) {
            Some(output) if !field.write_only => refresh_value(field, input, output),
            _ => input.clone(),
        };
        if !now.is_null() {
            refreshed.insert(name.clone(), now);
        }
    }
    refreshed
}

fn refresh_value(field: &Field, input: &Value, output: &Value) -> Value {
    match (field.kind, input, output) {
        _ if is_absent(field, input) && is_absent(field, output) => input.clone(),
        (Kind::Object(of), Value::Object(given), Value::Object(found)) => {
            refresh_object(of.fields, given, found).into()
        }
        // A key that only the server has is not the program's.
        (Kind::Map(_), Value::Object(given), Value::Object(found)) => Value::Object(
            found
                .iter()
                .filter(|(name, _)| given.contains_key(*name))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        ),
        (Kind::List(_), _, _) if same(field, input, output) => input.clone(),
        _ => output.clone(),
    }
}

/// Whether two values of this row say the same, by the row's own order and zero values.
pub fn same(field: &Field, a: &Value, b: &Value) -> bool {
    crate::diff::unchanged(field, a, b, &PropertyPath::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{LAMP, WIDGET, object_of};

    #[test]
    fn what_the_server_would_give_again_has_not_left() {
        struct Case {
            size: i32,
            left: bool,
        }
        let row = Field {
            reset: Reset::Null,
            usual: Some(|size| size == &Value::from(5)),
            ..*WIDGET.field("size").unwrap()
        };
        for case in [Case { size: 5, left: false }, Case { size: 6, left: true }] {
            let inputs = Object::from([("size".to_owned(), case.size.into())]);
            assert_eq!(is_left(&row, &inputs, Some(&case.size.into())), case.left, "{}", case.size);
        }
    }

    #[test]
    fn every_output_is_there_as_the_zero_value_of_its_kind() {
        let mut written = object_of(r#"{"owner": "me", "block": {"mode": "m"}}"#);
        fill(&WIDGET, &mut written, Moment::Write);
        assert_eq!(
            written,
            object_of(
                r#"{"alias": "", "block": {"mode": "m", "seconds": 0, "note": ""}, "createdBy": "",
                    "colors": null, "description": "", "kind": "", "labels": null, "name": "",
                    "off": {"disable": true, "to": []}, "owner": "me", "password": "",
                    "prompt": "null", "rules": "", "size": 0, "steps": null, "url": "", "wish": ""}"#
            )
        );
        let mut read = object_of("{}");
        fill(&WIDGET, &mut read, Moment::Read);
        assert_eq!(read["colors"], Value::Array(vec![]));
        assert_eq!(read["labels"], Value::Object(Object::new()));
        assert_eq!(read["block"], Value::Null);
    }

    #[test]
    fn an_import_gives_what_is_set_and_settable() {
        let outputs = object_of(
            r#"{"owner": "me", "url": "", "createdBy": "root", "size": 3, "steps": [],
                "block": {"mode": "m", "seconds": 0}, "off": {"disable": true, "to": []}}"#,
        );
        assert_eq!(
            import_inputs(&WIDGET, &outputs),
            object_of(
                r#"{"__defaults": [], "owner": "me", "size": 3,
                    "block": {"__defaults": [], "mode": "m"},
                    "off": {"__defaults": [], "disable": true}}"#
            )
        );
    }

    #[test]
    fn an_import_gives_switches_that_hold_nothing() {
        let outputs = object_of(
            r#"{"bare": null, "plain": {"text": ""}, "switches": {"bare": {}, "full": {"text": ""}}}"#,
        );
        assert_eq!(
            import_inputs(&LAMP, &outputs),
            object_of(
                r#"{"__defaults": [], "switches": {"__defaults": [], "bare": {"__defaults": []},
                    "full": {"__defaults": []}}}"#
            )
        );
    }

    #[test]
    fn a_refresh_keeps_to_what_the_program_gives() {
        let inputs = object_of(
            r#"{"__defaults": [], "owner": "me", "url": "https://x", "colors": ["red", "green"],
                "labels": {"a": "1"}, "password": "p", "steps": ["a"], "block": {"mode": "m"}}"#,
        );
        let outputs = object_of(
            r#"{"owner": "me", "url": "https://drifted", "colors": ["green", "red"], "size": 4,
                "labels": {"a": "2", "dashboard": "3"}, "password": "", "steps": ["a", "b"],
                "block": {"mode": "n", "seconds": 9}}"#,
        );
        assert_eq!(
            refresh_inputs(&WIDGET, &inputs, &outputs),
            object_of(
                r#"{"owner": "me", "url": "https://drifted", "colors": ["red", "green"],
                    "labels": {"a": "2"}, "password": "p", "steps": ["a", "b"],
                    "block": {"mode": "n"}}"#
            )
        );
    }

    #[test]
    fn the_engines_keys_are_taken_out_at_every_level() {
        let object = object_of(r#"{"__meta": "x", "a": [{"__defaults": [], "b": 1}]}"#);
        assert_eq!(strip(object), object_of(r#"{"a": [{"b": 1}]}"#));
    }
}
