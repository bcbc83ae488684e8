//! The shape of what is stored: zero values, the engine's own keys, and when two values say the same.
//!
//! The published providers store every output, unset ones as the zero value of their kind, and programs
//! read them. What is written here has the same shape.

mod counting;
mod found;
mod left;

pub(crate) use counting::not_sent;
pub use counting::{counted, counting};
pub use found::{import_inputs, refresh_inputs, unseen};
pub use left::{Leaving, is_left, leaving};

use std::time::Duration;

use crate::path::PropertyPath;
use crate::provider::Known;
use crate::table::{Absent, Codec, Field, Kind, ObjectType, Presence, Resource, WireObject};
use crate::value::{Object, Value};

/// The key under which inputs say which of them were filled in.
pub const DEFAULTS: &str = "__defaults";

/// Whether these inputs say of a property that it was filled in, not given.
pub fn is_default(inputs: &Object, name: &str) -> bool {
    matches!(inputs.get(DEFAULTS), Some(Value::Array(names))
        if names.iter().any(|default| default.as_str() == Some(name)))
}

/// The top-level properties that these inputs say were filled in.
pub fn defaults(inputs: &Object) -> Vec<String> {
    let names = inputs.get(DEFAULTS).and_then(Value::as_array).unwrap_or_default();
    names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
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

/// What a bridged provider stores of the time that a create may take.
pub fn timeout_meta(create: Duration) -> Value {
    // The key is that of the library under such providers.
    let nanoseconds = create.as_nanos();
    format!(r#"{{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{{"create":{nanoseconds}}}}}"#).into()
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
pub fn strip(object: &mut Object) {
    object.retain(|name, _| !name.starts_with("__"));
    object.values_mut().for_each(strip_value);
}

/// The same of a copy.
pub fn stripped(object: &Object) -> Object {
    let mut copy = object.clone();
    strip(&mut copy);
    copy
}

fn strip_value(value: &mut Value) {
    match value {
        Value::Object(object) => strip(object),
        Value::Array(items) => items.iter_mut().for_each(strip_value),
        Value::Secret(inner) => strip_value(inner),
        _ => {}
    }
}

/// Puts back what inputs say of themselves by [`DEFAULTS`], at every level at which `like` says it.
pub fn keep_defaults(inputs: &mut Object, like: &Object) {
    for (name, like) in like {
        match (inputs.get_mut(name), like) {
            (None, like) if name == DEFAULTS => {
                inputs.insert(name.clone(), like.clone());
            }
            (Some(value), like) => keep_defaults_in(value, like),
            (None, _) => {}
        }
    }
}

fn keep_defaults_in(value: &mut Value, like: &Value) {
    match (value, like) {
        (Value::Object(inner), Value::Object(like)) => keep_defaults(inner, like),
        (Value::Array(items), Value::Array(likes)) => {
            items.iter_mut().zip(likes).for_each(|(item, like)| keep_defaults_in(item, like));
        }
        (Value::Secret(inner), like) => keep_defaults_in(inner, like),
        (value, Value::Secret(like)) => keep_defaults_in(value, like),
        _ => {}
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
/// A block that is a switch is there or not; a block that disables is as good as absent, and so is an empty list as JSON. The zero value of a scalar that is
/// required, or whose row says that it counts, is a value.
pub fn is_absent(field: &Field, value: &Value) -> bool {
    if field.zero_counts() {
        return value.is_null();
    }
    match (field.kind, field.codec, value) {
        (_, Codec::TriState | Codec::NullText, Value::String(text)) => {
            text.is_empty() || text == "null"
        }
        // An object that is laid over another, and holds nothing.
        (_, _, Value::String(_)) if field.is_overlaid_json() => {
            json_members(value).is_some_and(|members| members.is_empty())
        }
        (_, Codec::JsonText, Value::String(text)) => text.is_empty() || text == "[]",
        (_, Codec::DisableBlock, Value::Object(_)) => disables(value) || is_zero(value),
        (_, Codec::DisableBlock, Value::Array(blocks)) => {
            blocks.iter().any(disables) || is_zero(value)
        }
        _ => says_nothing(field, value),
    }
}

/// The members of a text that holds a JSON object; none of an empty text or null. `None` where it holds something else.
pub fn json_members(text: &Value) -> Option<WireObject> {
    match text {
        Value::Null => Some(WireObject::new()),
        Value::String(text) if text.trim().is_empty() => Some(WireObject::new()),
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

/// Whether it is a block that disables.
fn disables(block: &Value) -> bool {
    let disable = block.as_object().and_then(|block| block.get("disable"));
    disable.and_then(Value::as_bool) == Some(true)
}

/// Whether the value is made of zero values, by the rows of its blocks.
fn says_nothing(field: &Field, value: &Value) -> bool {
    match (field.kind, value) {
        // Blocks are filled with the zero values of what is required in them, which then say nothing.
        _ if field.zero_counts && field.zero_counts() => value.is_null(),
        (Kind::Object(_), Value::Object(_)) if is_switch(field) => false,
        (Kind::Object(of), Value::Object(properties)) => {
            properties.iter().all(|(name, value)| match of.field(name) {
                Some(field) => says_nothing(field, value),
                None => name.starts_with("__") || is_zero(value),
            })
        }
        _ => is_zero(value),
    }
}

/// Whether the value is what the server has where nobody sets one, so that there is nothing to clear.
pub fn is_clear(field: &Field, value: &Value) -> bool {
    let is_assumed = match field.absent {
        Absent::Assumed(assumed) => value.is_null() || same(field, value, &assumed()),
        _ => is_absent(field, value),
    };
    is_assumed || field.is_usual(value)
}

/// Takes out of inputs the objects in which there is nothing: they say nothing, but for switches.
pub fn said(fields: &[Field], mut inputs: Object) -> Object {
    retain_said(fields, &mut inputs);
    inputs
}

fn retain_said(fields: &[Field], inputs: &mut Object) {
    inputs.retain(|name, value| match value {
        Value::Object(_) | Value::Array(_) => match fields.iter().find(|row| row.name == name) {
            Some(field) => says_something(field, field.kind, value),
            None => true,
        },
        _ => true,
    });
}

/// Whether a value says something, once what says nothing is taken out of it.
fn says_something(field: &Field, kind: Kind, value: &mut Value) -> bool {
    match (kind, value) {
        (Kind::Object(of), Value::Object(properties)) => {
            retain_said(of.fields, properties);
            is_switch(field) || holds_something(properties)
        }
        (Kind::List(of), Value::Array(items)) => {
            for item in items {
                // An element that holds nothing is one nevertheless.
                if !says_something(field, *of, item) {
                    *item = Object::new().into();
                }
            }
            true
        }
        _ => true,
    }
}

/// Whether the object says something by being there, though nothing be in it.
pub(crate) fn is_switch(field: &Field) -> bool {
    field.switch || matches!(field.kind, Kind::Object(of) if of.fields.is_empty())
}

/// Whether anything is in the object but the engine's own keys.
fn holds_something(properties: &Object) -> bool {
    properties.iter().any(|(name, value)| !name.starts_with("__") && !value.is_null())
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

/// Gives every row inside a block its value, where an older version stored the block without it.
pub(crate) fn fill_blocks(resource: &Resource, outputs: &mut Object) {
    for field in resource.fields {
        if let Some(value) = outputs.get_mut(field.name) {
            fill_value(field.kind, value);
        }
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
        (_, Codec::TriState | Codec::NullText) => "null".into(),
        (Kind::Object(of), Codec::DisableBlock) => disabling(of),
        (Kind::List(Kind::Object(of)), Codec::DisableBlock) => Value::Array(vec![disabling(of)]),
        (Kind::Object(of), _) if matches!(field.absent, Absent::Block) => zeros(of).into(),
        (Kind::Object(_) | Kind::Any, _) => Value::Null,
        (Kind::Bool, _) => false.into(),
        (Kind::Int | Kind::Number, _) => 0.into(),
        (Kind::String, _) => "".into(),
        (Kind::List(_), _) => Value::Array(Vec::new()),
        (Kind::Map(_), _) => Value::Object(Object::new()),
    }
}

fn disabling(of: &ObjectType) -> Value {
    let mut block = zeros(of);
    block.insert("disable".to_owned(), true.into());
    block.into()
}

fn zeros(of: &ObjectType) -> Object {
    of.fields.iter().map(|field| (field.name.to_owned(), zero(field))).collect()
}

/// Whether two values of this row say the same, by the row's own order and zero values.
pub fn same(field: &Field, a: &Value, b: &Value) -> bool {
    if is_absent(field, a) && is_absent(field, b) {
        return true;
    }
    match (field.kind, a, b) {
        (Kind::Object(of), Value::Object(a), Value::Object(b)) if !of.fields.is_empty() => {
            let of_row = |properties: &Object, row: &Field| {
                properties.get(row.name).cloned().unwrap_or(Value::Null)
            };
            of.fields.iter().all(|row| same(row, &of_row(a, row), &of_row(b, row)))
        }
        (Kind::Object(_), _, _) => a == b,
        _ => {
            let at = PropertyPath::default();
            let unchanged = |a, b| crate::diff::unchanged(field, a, b, &at);
            unchanged(a, b) && unchanged(b, a)
        }
    }
}

/// Gives outputs the form that they had before, where they say the same.
///
/// Lists whose order means nothing keep their order. What is absent keeps the zero value or null that it
/// was: the two mean the same, and a state that changes without a reason worries those who read it.
pub fn keep_form(fields: &[Field], before: &Object, outputs: &mut Object, moment: Moment) {
    for field in fields {
        let (Some(was), Some(now)) = (before.get(field.name), outputs.get_mut(field.name)) else {
            continue;
        };
        if is_absent(field, was) && is_absent(field, now) {
            if moment == Moment::Read {
                *now = was.clone();
                fill_value(field.kind, now);
            }
            continue;
        }
        match (field.kind, was, now) {
            (Kind::Object(of), Value::Object(was), Value::Object(now)) => {
                keep_form(of.fields, was, now, moment);
            }
            (_, was, now) if field.codec == Codec::Hours && same(field, was, now) => {
                *now = was.clone();
            }
            (Kind::List(of), Value::Array(was), Value::Array(now)) if field.unordered => {
                keep_order(&Field { kind: *of, ..*field }, was, now);
            }
            _ => {}
        }
    }
}

/// Puts a list in the order that it had before, where it holds the same.
fn keep_order(element: &Field, was: &[Value], now: &mut Vec<Value>) {
    let mut rest: Vec<&Value> = now.iter().collect();
    let ordered = was.iter().map(|was| {
        let at = rest.iter().position(|now| same(element, was, now))?;
        Some(rest.remove(at).clone())
    });
    let ordered: Option<Vec<Value>> = ordered.collect();
    if let Some(ordered) = ordered.filter(|ordered| ordered.len() == now.len()) {
        *now = ordered;
    }
}

/// The inputs that a Read returns: after an import, all that a program would have to give; after a refresh, those that the
/// program gives, as they are now.
pub fn read_inputs(resource: &Resource, known: Option<&Known>, outputs: &Object) -> Object {
    match known {
        Some(known) => refresh_inputs(resource, &known.inputs, outputs),
        None => import_inputs(resource, outputs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{LAMP, WIDGET, object_of};
    use crate::table::{
        BOOL, INT, STRING, list, object, object_type, optional, required, resource,
    };

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
    fn what_stands_for_null_is_as_good_as_absent() {
        const KEY: ObjectType =
            object_type("Key", &[optional("disable", BOOL), optional("text", STRING)]);
        const KEYS: Kind = list(&object(&KEY));
        let keys = optional("keys", KEYS).disable_block();
        let word = optional("word", STRING).null_text();
        let steps = optional("steps", STRING).json();
        struct Case {
            row: Field,
            value: &'static str,
            is_absent: bool,
        }
        let case = |row, value, is_absent| Case { row, value, is_absent };
        let cases = [
            case(keys, r#"[{"text": "a"}, {"disable": true}]"#, true),
            case(keys, r#"[{"text": "a", "disable": false}]"#, false),
            case(keys, "[]", true),
            case(steps, r#""[]""#, true),
            case(steps, r#""[1]""#, false),
            case(steps, r#""{}""#, false),
            case(word, r#""null""#, true),
            case(word, r#""a""#, false),
        ];
        for Case { row, value, is_absent: expected } in cases {
            let value = object_of(&format!(r#"{{"value": {value}}}"#))["value"].clone();
            assert_eq!(is_absent(&row, &value), expected, "{value:?}");
        }
        let zeros =
            Object::from([("keys".to_owned(), zero(&keys)), ("word".to_owned(), zero(&word))]);
        let expected = r#"{"keys": [{"disable": true, "text": ""}], "word": "null"}"#;
        assert_eq!(zeros, object_of(expected));
    }

    #[test]
    fn an_object_that_holds_nothing_says_nothing_but_for_switches() {
        struct Case {
            given: &'static str,
            said: &'static str,
        }
        let cases = [
            Case { given: r#"{"plain": {"__defaults": []}, "bare": {}}"#, said: r#"{"bare": {}}"# },
            Case { given: r#"{"plain": {"text": null}}"#, said: "{}" },
            Case { given: r#"{"plain": {"text": ""}}"#, said: r#"{"plain": {"text": ""}}"# },
            Case { given: r#"{"plain": "?"}"#, said: r#"{"plain": "?"}"# },
            Case { given: r#"{"switches": {}}"#, said: "{}" },
            Case { given: r#"{"switches": {"full": {}}}"#, said: r#"{"switches": {"full": {}}}"# },
        ];
        for case in cases {
            let inputs = said(LAMP.fields, object_of(case.given));
            assert_eq!(inputs, object_of(case.said), "{}", case.given);
        }
    }

    #[test]
    fn what_says_the_same_keeps_its_form() {
        struct Case {
            before: &'static str,
            found: &'static str,
            read: &'static str,
            written: &'static str,
        }
        let cases = [
            Case {
                before: r#"{"steps": null, "block": {"mode": "m", "note": null}, "url": ""}"#,
                found: r#"{"steps": [], "block": {"mode": "m", "note": ""}, "url": ""}"#,
                read: r#"{"steps": null, "block": {"mode": "m", "note": null}, "url": ""}"#,
                written: r#"{"steps": [], "block": {"mode": "m", "note": ""}, "url": ""}"#,
            },
            Case {
                before: r#"{"colors": ["red", "green"], "steps": ["a", "b"], "size": 0}"#,
                found: r#"{"colors": ["green", "red"], "steps": ["b", "a"], "size": 1}"#,
                read: r#"{"colors": ["red", "green"], "steps": ["b", "a"], "size": 1}"#,
                written: r#"{"colors": ["red", "green"], "steps": ["b", "a"], "size": 1}"#,
            },
            Case {
                before: r#"{"colors": ["red", "red"], "block": {"mode": "m"}, "steps": ["a"]}"#,
                found: r#"{"colors": ["red", "green"], "block": null, "steps": []}"#,
                read: r#"{"colors": ["red", "green"], "block": null, "steps": []}"#,
                written: r#"{"colors": ["red", "green"], "block": null, "steps": []}"#,
            },
        ];
        for case in cases {
            for (moment, kept) in [(Moment::Read, case.read), (Moment::Write, case.written)] {
                let mut outputs = object_of(case.found);
                keep_form(WIDGET.fields, &object_of(case.before), &mut outputs, moment);
                assert_eq!(outputs, object_of(kept), "{} {moment:?}", case.found);
            }
        }
    }

    #[test]
    fn a_zero_that_counts_is_imported() {
        const PART: ObjectType =
            object_type("Part", &[optional("note", STRING), required("size", INT)]);
        const THING: Resource = resource("Thing").fields(&[
            required("content", STRING),
            optional("limit", INT).zero_is_a_value(),
            optional("note", STRING),
            optional("part", object(&PART)),
            optional("unset", object(&PART)),
        ]);
        let outputs = object_of(
            r#"{"content": "", "limit": 0, "note": "", "part": {"note": "n", "size": 0},
                "unset": {"note": "", "size": 0}}"#,
        );
        assert_eq!(
            import_inputs(&THING, &outputs),
            object_of(
                r#"{"__defaults": [], "content": "", "limit": 0,
                    "part": {"__defaults": [], "note": "n", "size": 0}}"#
            )
        );
        let limit = THING.field("limit").unwrap();
        assert!(is_left(limit, &object_of(r#"{"limit": 0}"#), Some(&0.into())));
        assert_eq!(zero(limit), Value::Null, "none is not 0");
    }

    #[test]
    fn values_are_the_same_only_where_all_their_rows_are() {
        struct Case {
            row: &'static str,
            a: &'static str,
            b: &'static str,
            same: bool,
        }
        let cases = [
            Case {
                row: "block",
                a: r#"{"mode": "m"}"#,
                b: r#"{"mode": "m", "seconds": 0}"#,
                same: true,
            },
            Case {
                row: "block",
                a: r#"{"mode": "m"}"#,
                b: r#"{"mode": "m", "seconds": 3}"#,
                same: false,
            },
            Case { row: "block", a: r#"{"seconds": 3}"#, b: "null", same: false },
            Case { row: "colors", a: r#"["red", "green"]"#, b: r#"["green", "red"]"#, same: true },
            Case { row: "colors", a: r#"["red"]"#, b: "null", same: false },
            Case { row: "labels", a: "{}", b: "null", same: true },
            Case { row: "labels", a: r#"{"a": "1"}"#, b: r#"{"a": "1", "b": "2"}"#, same: false },
        ];
        for case in cases {
            let value = |text: &str| object_of(&format!(r#"{{"x": {text}}}"#))["x"].clone();
            let (row, a, b) = (WIDGET.field(case.row).unwrap(), value(case.a), value(case.b));
            assert_eq!(same(row, &a, &b), case.same, "{} {}", case.a, case.b);
            assert_eq!(same(row, &b, &a), case.same, "{} {}", case.b, case.a);
        }
    }

    #[test]
    fn the_engines_keys_are_taken_out_at_every_level() {
        let object = object_of(r#"{"__meta": "x", "a": [{"__defaults": [], "b": 1}]}"#);
        assert_eq!(stripped(&object), object_of(r#"{"a": [{"b": 1}]}"#));
    }

    #[test]
    fn what_was_filled_in_is_said_again_at_every_level() {
        let whole =
            r#"{"__defaults": ["b"], "a": [{"__defaults": [], "b": 1}], "c": {"__defaults": []}}"#;
        let like = object_of(whole);
        let mut inputs = stripped(&like);
        keep_defaults(&mut inputs, &like);
        assert_eq!(inputs, like);
        let mut fewer = object_of(r#"{"a": []}"#);
        keep_defaults(&mut fewer, &like);
        assert_eq!(fewer, object_of(r#"{"__defaults": ["b"], "a": []}"#));
    }
}
