//! The outputs that a preview shows, as far as they can be known before the server answers.

use crate::diff::unchanged;
use crate::path::PropertyPath;
use crate::provider::Known;
use crate::state::{
    counted, counting, fill_blocks, is_absent, is_left, json_members, stripped, zero,
};
use crate::table::{
    Absent, Codec, Field, Follows, Kind, Presence, Rare, Reset, Resource, Sent, Usual,
};
use crate::value::{Object, Value};

/// The outputs of a resource that is about to be made: what the program gives is known, what the server
/// gives is unknown, and what nobody gives is null, or what does not count. Of settings that are always there it stays as it is,
/// and so is unknown.
pub fn preview_create(resource: &Resource, inputs: &Object) -> Object {
    let inputs = counted(resource.fields, stripped(inputs));
    let mut outputs: Object = resource
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), created(field, &inputs)))
        .collect();
    for field in resource.fields.iter().filter(|field| !is_given(field, &inputs)) {
        if resource.class.is_settings() {
            outputs.insert(field.name.to_owned(), Value::Unknown);
        }
        if let Some(value) = field.foreseen.and_then(|foreseen| foreseen(&inputs)) {
            outputs.insert(field.name.to_owned(), value);
        }
    }
    outputs
}

/// Whether the program says what it will be.
fn is_given(field: &Field, inputs: &Object) -> bool {
    field.never_stored
        || field.sent != Sent::Ignored
            && inputs.get(field.name).is_some_and(|value| !value.is_null())
}

fn created(field: &Field, inputs: &Object) -> Value {
    match inputs.get(field.name).filter(|value| !value.is_null()) {
        Some(_) if field.sent == Sent::Ignored => Value::Unknown,
        Some(_) if field.never_stored => Value::Null,
        // With a name before it that the server knows.
        Some(_) if matches!(field.rare, Rare::Behind(_)) => Value::Unknown,
        Some(value) if is_disabled(field, value) => zero(field),
        Some(value) => {
            let mut made = created_value(field.kind, value);
            if let (Rare::Merged, Kind::Object(of), Value::Object(made), Value::Object(given)) =
                (field.rare, field.kind, &mut made, value)
            {
                made_anew(of.fields, given, made);
            }
            made
        }
        _ if field.is_computed() => Value::Unknown,
        _ => Value::Null,
    }
}

/// Whether the block is null on the wire, so that outputs hold one that disables.
fn is_disabled(field: &Field, value: &Value) -> bool {
    field.codec == Codec::DisableBlock
        && matches!(field.kind, Kind::Object(_))
        && is_absent(field, value)
}

fn created_value(kind: Kind, value: &Value) -> Value {
    match (kind, value) {
        (Kind::Object(of), Value::Object(given)) => of
            .fields
            .iter()
            .map(|field| (field.name.to_owned(), created(field, given)))
            .collect::<Object>()
            .into(),
        (Kind::List(of), Value::Array(items)) => {
            items.iter().map(|item| created_value(*of, item)).collect::<Vec<_>>().into()
        }
        _ => value.clone(),
    }
}

/// The outputs of a resource that is about to be changed.
///
/// What the program gives is taken from it, what left the program is what it will be reset to, what follows from that is
/// unknown or foreseen, and all else stays as it is stored, so that what depends on it is not disturbed.
pub fn preview_update(resource: &Resource, old: &Known, inputs: &Object) -> Object {
    let inputs = counted(resource.fields, stripped(inputs));
    let old = Known {
        inputs: counting(resource.fields, &old.inputs).into_owned(),
        outputs: stripped(&old.outputs),
    };
    let mut outputs = updated_object(resource.fields, Some(&old.inputs), &old.outputs, &inputs);
    let followers = || resource.fields.iter().filter(|field| !is_given(field, &inputs));
    // One may follow another, in any order.
    for _ in followers() {
        for field in followers() {
            if !follows(field, resource, &old.outputs, &outputs) {
                continue;
            }
            let foreseen = field.foreseen.and_then(|foreseen| foreseen(&inputs));
            outputs.insert(field.name.to_owned(), foreseen.unwrap_or(Value::Unknown));
        }
    }
    // What was kept may count no more.
    let mut outputs = counted(resource.fields, outputs);
    fill_blocks(resource, &mut outputs);
    outputs
}

/// Whether one of the rows of these names changes.
fn changes(fields: &[Field], names: &[&str], old: &Object, new: &Object) -> bool {
    fields.iter().filter(|row| names.contains(&row.name)).any(|row| {
        let [before, after] = [old, new].map(|values| values.get(row.name).unwrap_or(&NULL));
        !unchanged(row, before, after, &PropertyPath::default())
    })
}

/// Whether the property is made of something that changes.
fn follows(field: &Field, resource: &Resource, old: &Object, new: &Object) -> bool {
    match field.follows {
        Follows::Nothing => false,
        Follows::Rows(names) => changes(resource.fields, names, old, new),
        Follows::Update => true,
        Follows::UpdateIf(flag) => {
            matches!(new.get(flag), Some(Value::Bool(true) | Value::Unknown))
        }
    }
}

const NULL: Value = Value::Null;

/// The properties that a preview showed as known, and that were another in the end.
pub fn broken_promises(resource: &Resource, shown: &Object, outputs: &Object) -> Vec<String> {
    let kept = |field: &&Field| {
        let (shown, real) = (shown.get(field.name), outputs.get(field.name));
        is_kept(field, shown.unwrap_or(&NULL), real.unwrap_or(&NULL))
    };
    let broken = resource.fields.iter().filter(|field| !kept(field));
    broken.map(|field| field.name.to_owned()).collect()
}

fn is_kept(field: &Field, shown: &Value, real: &Value) -> bool {
    match (field.kind, shown, real) {
        (_, Value::Unknown, _) => true,
        (Kind::Object(of), Value::Object(shown), Value::Object(real)) => {
            let value = |values: &Object, name: &str| values.get(name).cloned().unwrap_or_default();
            of.fields
                .iter()
                .all(|field| is_kept(field, &value(shown, field.name), &value(real, field.name)))
        }
        // An element may be unknown, and its place with it.
        (_, shown, _) if shown.contains_unknown() => true,
        (_, shown, real) => unchanged(field, shown, real, &PropertyPath::default()),
    }
}

fn updated_object(
    fields: &[Field],
    old_inputs: Option<&Object>,
    old_outputs: &Object,
    inputs: &Object,
) -> Object {
    let outputs = fields
        .iter()
        .map(|field| (field.name.to_owned(), updated(field, old_inputs, old_outputs, inputs)));
    let mut outputs: Object = outputs.collect();
    let left_to_the_server = |row: &&Field| row.is_computed() && !is_given(row, inputs);
    for row in fields.iter().filter(left_to_the_server) {
        let Follows::Rows(names) = row.follows else { continue };
        if changes(fields, names, old_outputs, &outputs) {
            outputs.insert(row.name.to_owned(), Value::Unknown);
        }
    }
    outputs
}

/// What the server may make anew of an object that it puts in place of the old one.
fn made_anew(fields: &[Field], given: &Object, outputs: &mut Object) {
    let is_left = |row: &&Field| row.is_computed() || !matches!(row.usual, Usual::Unknown);
    for row in fields.iter().filter(is_left).filter(|row| !is_given(row, given)) {
        outputs.insert(row.name.to_owned(), Value::Unknown);
    }
}

fn updated(
    field: &Field,
    old_inputs: Option<&Object>,
    old_outputs: &Object,
    inputs: &Object,
) -> Value {
    let stored = old_outputs.get(field.name);
    let given_before = old_inputs.and_then(|inputs| inputs.get(field.name));
    match (inputs.get(field.name).filter(|value| !value.is_null()), stored) {
        (_, Some(stored)) if field.sent == Sent::Ignored => stored.clone(),
        _ if field.never_stored => Value::Null,
        (Some(new), Some(stored)) if unchanged(field, stored, new, &PropertyPath::default()) => {
            stored.clone()
        }
        (Some(new), _) if is_disabled(field, new) => zero(field),
        (Some(new), Some(stored)) if field.is_overlaid_json() => {
            laid(given_before, stored, new).unwrap_or_else(|| new.clone())
        }
        (Some(Value::Object(new)), Some(Value::Object(stored))) => match field.kind {
            Kind::Object(of) => {
                let before = given_before.and_then(Value::as_object);
                let mut made = updated_object(of.fields, before, stored, new);
                if field.rare == Rare::Merged {
                    made_anew(of.fields, new, &mut made);
                }
                made.into()
            }
            // Keys that only the server has stay; keys that left the program go.
            _ => {
                let left = |name: &String| {
                    let before = given_before.and_then(Value::as_object);
                    before.is_some_and(|before| before.contains_key(name))
                };
                let kept = stored.iter().filter(|(name, _)| !left(name));
                let mut merged: Object =
                    kept.map(|(name, value)| (name.clone(), value.clone())).collect();
                merged.extend(new.iter().map(|(name, value)| (name.clone(), value.clone())));
                merged.into()
            }
        },
        (Some(new), _) => created_value(field.kind, new),
        (None, stored) => {
            if let (Reset::Fields, Kind::Object(of), Some(Value::Object(stored))) =
                (field.reset, field.kind, stored)
            {
                let before = given_before.and_then(Value::as_object);
                let nothing = Object::new();
                let mut made = updated_object(of.fields, before, stored, &nothing);
                if field.rare == Rare::Merged && before.is_some_and(|before| !before.is_empty()) {
                    made_anew(of.fields, &nothing, &mut made);
                }
                return made.into();
            }
            let left = old_inputs.is_some_and(|inputs| is_left(field, inputs, stored));
            match (left, field.reset, stored) {
                (true, Reset::Value(value), _) => value.into(),
                (true, _, _) if gets_another(field) => Value::Unknown,
                (true, Reset::Zero, Some(stored)) if field.is_overlaid_json() => {
                    laid(given_before, stored, &Value::Null).unwrap_or_else(|| zero(field))
                }
                (true, Reset::Null | Reset::NullAt(_) | Reset::Zero, _) => zero(field),
                (_, _, Some(stored)) => stored.clone(),
                (_, _, None) if field.is_computed() => Value::Unknown,
                (_, _, None) => zero(field),
            }
        }
    }
}

/// What becomes of a JSON object over which another is laid: what was given before and is not any more goes.
fn laid(given_before: Option<&Value>, stored: &Value, new: &Value) -> Option<Value> {
    let (mut members, new) = (json_members(stored)?, json_members(new)?);
    let before = given_before.and_then(json_members).unwrap_or_default();
    members.retain(|name, _| !before.contains_key(name));
    members.extend(new);
    Some(match members.is_empty() {
        true => "".into(),
        false => serde_json::Value::from(members).to_string().into(),
    })
}

/// Whether the server gives a value of its own where one is cleared: then null is what clears it.
fn gets_another(field: &Field) -> bool {
    let by_null = match field.reset {
        Reset::Null => true,
        Reset::Zero => matches!(field.kind, Kind::Int | Kind::Number),
        _ => false,
    };
    by_null && field.presence == Presence::Computed && !matches!(field.absent, Absent::Assumed(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{WIDGET, known, object_of};

    #[test]
    fn a_new_resource_has_unknowns_where_the_server_decides() {
        let inputs = object_of(r#"{"__defaults": [], "owner": "me", "block": {"mode": "m"}}"#);
        let outputs = preview_create(&WIDGET, &inputs);
        assert_eq!(outputs["createdBy"], Value::Unknown);
        assert_eq!(outputs["size"], Value::Unknown);
        assert_eq!(outputs["url"], Value::Null);
        assert_eq!(outputs["owner"], "me".into());
        assert_eq!(
            outputs["block"],
            object_of(r#"{"mode": "m", "seconds": "?", "note": null}"#).into()
        );
        assert_eq!(outputs.len(), WIDGET.fields.len());
    }

    #[test]
    fn a_changed_resource_keeps_what_the_program_does_not_touch() {
        let old = known(
            r#"{"owner": "me", "url": "https://x", "labels": {"a": "1", "b": "2"}}"#,
            r#"{"owner": "me", "url": "https://x", "createdBy": "root", "size": 7, "alias": "x",
                "labels": {"a": "1", "b": "2", "c": "3"}, "colors": ["green", "red"],
                "block": {"mode": "m", "seconds": 5, "note": ""}}"#,
        );
        let news = object_of(
            r#"{"owner": "me", "labels": {"a": "9"}, "colors": ["red", "green"],
                "block": {"mode": "n"}}"#,
        );
        let outputs = preview_update(&WIDGET, &old, &news);
        let expected = object_of(
            r#"{"owner": "me", "url": "", "createdBy": "root", "size": 7, "alias": "x",
                "labels": {"a": "9", "c": "3"}, "colors": ["green", "red"],
                "block": {"mode": "n", "seconds": 5, "note": ""}}"#,
        );
        for (name, value) in expected {
            assert_eq!(outputs[&name], value, "{name}");
        }
    }

    #[test]
    fn what_follows_from_a_change_is_not_shown_as_kept() {
        use crate::object;
        use crate::table::{STRING, STRINGS, optional, output, required, resource};
        const SIZE: fn(&Object) -> Option<Value> =
            |inputs| inputs["content"].as_str().map(|content| content.len().into());
        const FILE: Resource = resource("File").fields(&[
            required("content", STRING),
            output("link", STRING).follows(&["sum"]),
            optional("mode", STRING),
            output("owner", STRING),
            output("size", crate::table::INT).follows(&["content"]).foreseen(SIZE),
            output("sum", STRING).follows(&["content"]),
            optional("tags", STRINGS).unordered(),
            output("updatedAt", STRING).changes_with_updates(),
        ]);
        let outputs = object! {
            "content": "a", "link": "l", "mode": "m", "owner": "o", "size": 1, "sum": "s",
            "tags": vec!["x", "y"], "updatedAt": "t",
        };
        let old = Known { inputs: object! { "content": "a", "tags": vec!["x", "y"] }, outputs };
        struct Case {
            news: Object,
            unknown: &'static [&'static str],
            size: i32,
        }
        let made_of_it = &["link", "sum", "updatedAt"];
        let cases = [
            Case { news: object! { "content": "abc" }, unknown: made_of_it, size: 3 },
            Case {
                news: object! { "content": "a", "mode": "n" },
                unknown: &["updatedAt"],
                size: 1,
            },
            Case {
                news: object! { "content": "a", "tags": vec!["y", "x"] },
                unknown: &["updatedAt"],
                size: 1,
            },
        ];
        for Case { news, unknown, size } in cases {
            let shown = preview_update(&FILE, &old, &news);
            let found: Vec<&String> =
                shown.iter().filter(|(_, v)| **v == Value::Unknown).map(|(n, _)| n).collect();
            assert_eq!(found, unknown, "{news:?}");
            assert_eq!(shown["size"], size.into());
        }
        let news = object! { "content": Value::Unknown };
        assert_eq!(preview_update(&FILE, &old, &news)["size"], Value::Unknown);
        let shown = preview_create(&FILE, &object! { "content": "abc" });
        assert_eq!((&shown["size"], &shown["sum"]), (&3.into(), &Value::Unknown));
    }

    #[test]
    fn what_does_not_count_is_never_stored_or_only_the_server_says_is_not_shown_as_given() {
        use crate::object;
        use crate::table::resource;
        use crate::table::{INT, ObjectType, STRING, object, object_type, optional, required};
        const LIMIT: ObjectType = object_type(
            "Limit",
            &[optional("most", INT).when("action", &["block"]), required("action", STRING)],
        );
        const RULE: Resource = resource("Rule").fields(&[
            required("limit", object(&LIMIT)),
            optional("mark", STRING).ignored(),
            optional("stamp", STRING).ignored().changes_with_updates(),
            optional("wo", STRING).never_stored().follows(&["mark"]),
        ]);
        let given = |action: &str| {
            let limit = object! { "action": action, "most": 5 };
            object! { "limit": limit, "mark": "mine", "stamp": "mine", "wo": "mine" }
        };
        let limit = |outputs: &Object| outputs["limit"].as_object().unwrap()["most"].clone();
        struct Case {
            action: &'static str,
            made: Value,
            changed: Value,
        }
        let cases = [
            Case { action: "block", made: 5.into(), changed: 5.into() },
            Case { action: "allow", made: Value::Null, changed: 0.into() },
        ];
        for Case { action, made, changed } in cases {
            let shown = preview_create(&RULE, &given(action));
            assert_eq!(limit(&shown), made, "{action}");
            assert_eq!((&shown["mark"], &shown["stamp"]), (&Value::Unknown, &Value::Unknown));
            assert_eq!(shown["wo"], Value::Null);
            let mut outputs = given("block");
            outputs.insert("mark".to_owned(), "theirs".into());
            let old = Known { inputs: given("block"), outputs };
            let shown = preview_update(&RULE, &old, &given(action));
            assert_eq!(limit(&shown), changed, "{action}");
            assert_eq!((&shown["mark"], &shown["stamp"]), (&"theirs".into(), &Value::Unknown));
            assert_eq!(shown["wo"], Value::Null);
        }
    }

    #[test]
    fn a_promise_is_broken_by_another_value_but_not_by_what_says_the_same() {
        let shown = object_of(
            r#"{"owner": "me", "size": "?", "url": null, "colors": ["red", "green"],
                "block": {"mode": "m", "seconds": "?"}, "createdBy": "root", "steps": ["?"]}"#,
        );
        let real = object_of(
            r#"{"owner": "me", "size": 3, "url": "", "colors": ["green", "red"],
                "block": {"mode": "m", "seconds": 2}, "createdBy": "root", "steps": ["a"]}"#,
        );
        assert_eq!(broken_promises(&WIDGET, &shown, &real), [""; 0]);
        let other = object_of(r#"{"owner": "me", "block": {"mode": "n"}, "createdBy": "you"}"#);
        assert_eq!(broken_promises(&WIDGET, &shown, &other), ["block", "createdBy", "colors"]);
    }
}
