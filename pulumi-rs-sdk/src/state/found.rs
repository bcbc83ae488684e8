//! What a read finds: the inputs that a program would have to give for it, and what of it is news.

use super::counting::keep_idle;
use super::{DEFAULTS, holds_something, is_absent, is_clear, is_zero, said, same, says_nothing};
use crate::diff::{Change, diff};
use crate::path::PropertyPath;
use crate::provider::Known;
use crate::table::{Field, Kind, Presence, Rare, Reset, Resource, Sent};
use crate::value::{Object, Value};

/// The inputs that a program would have to give for a resource that is imported.
///
/// All that is set and settable; what says nothing is left out, and so is what the server gives by itself.
pub fn import_inputs(resource: &Resource, outputs: &Object) -> Object {
    import_object(resource.fields, outputs)
}

fn import_object(fields: &'static [Field], outputs: &Object) -> Object {
    let mut inputs = given(fields, outputs, import_object);
    inputs.insert(DEFAULTS.to_owned(), Value::Array(Vec::new()));
    inputs
}

/// The inputs for what is set; `inside` says those of an object.
fn given(
    fields: &'static [Field],
    outputs: &Object,
    inside: fn(&'static [Field], &Object) -> Object,
) -> Object {
    let settable = fields.iter().filter(|field| field.is_input() && field.sent != Sent::Ignored);
    let set = settable.filter_map(|field| {
        let value = outputs.get(field.name).filter(|value| is_news(field, value))?;
        let value = given_value(field.kind, value, inside);
        let is_empty = matches!(field.kind, Kind::Object(_)) && says_nothing(field, &value);
        (!is_empty).then(|| (field.name.to_owned(), value))
    });
    set.collect()
}

/// Whether a program that leaves it out would get something else.
fn is_news(field: &Field, value: &Value) -> bool {
    let fills_in = field.default.is_some_and(|default| !is_zero(&default.into()));
    !is_clear(field, value) || (fills_in && !value.is_null())
}

fn given_value(
    kind: Kind,
    value: &Value,
    inside: fn(&'static [Field], &Object) -> Object,
) -> Value {
    match (kind, value) {
        (Kind::Object(of), Value::Object(properties)) => inside(of.fields, properties).into(),
        (Kind::List(of), Value::Array(items)) => {
            items.iter().map(|item| given_value(*of, item, inside)).collect::<Vec<_>>().into()
        }
        _ => value.clone(),
    }
}

/// The inputs for an object that a refresh finds.
fn found_object(fields: &'static [Field], outputs: &Object) -> Object {
    given(fields, outputs, found_object)
}

/// The inputs of a resource after a refresh: those that the program gives, as they are now, and what
/// else is set that only a program should set.
///
/// So drift shows: what the program does not give is an input that has left it, which the next update
/// clears. Not so what the server fills in by itself: computed properties, unless the program gives
/// them, and the [`Field::usual`] values of others. Nor what no update can change. Lists whose order
/// means nothing keep the program's order where they hold the same.
pub fn refresh_inputs(resource: &Resource, inputs: &Object, outputs: &Object) -> Object {
    let mut refreshed = refresh_object(resource.fields, inputs, outputs);
    keep_idle(resource.fields, inputs, &mut refreshed);
    refreshed
}

fn refresh_object(fields: &'static [Field], inputs: &Object, outputs: &Object) -> Object {
    let mut refreshed = Object::new();
    for (name, input) in inputs {
        if name == DEFAULTS {
            refreshed.insert(name.clone(), input.clone());
            continue;
        }
        let Some(field) = fields.iter().find(|field| field.name == name) else {
            continue;
        };
        let now = match outputs.get(name) {
            Some(output) if is_stored(field) => refresh_value(field, input, output),
            _ => input.clone(),
        };
        if !now.is_null() {
            refreshed.insert(name.clone(), now);
        }
    }
    for field in fields.iter().filter(|field| shows_when_set(field)) {
        let found = outputs.get(field.name).filter(|value| !is_clear(field, value));
        if let Some(found) = found.filter(|_| !refreshed.contains_key(field.name)) {
            refreshed.insert(field.name.to_owned(), given_value(field.kind, found, found_object));
        }
    }
    refreshed
}

/// Whether outputs hold what the program gives for it.
fn is_stored(field: &Field) -> bool {
    !field.write_only && !field.never_stored && field.sent != Sent::Ignored
}

/// Whether a value that stands on the server shows as an input, though the program gives none.
fn shows_when_set(field: &Field) -> bool {
    matches!(field.presence, Presence::Optional | Presence::Required)
        && matches!(field.sent, Sent::CreateAndChange | Sent::Change)
        && field.reset != Reset::Keep
        && field.guarded_by().is_none()
        && !field.is_replacing()
        && !field.replaces_if_it_comes_or_goes
        && is_stored(field)
}

/// Whether one value can be said in several ways, of which the program's stays.
fn has_forms(field: &Field) -> bool {
    matches!(field.kind, Kind::List(_)) || field.is_json() || matches!(field.rare, Rare::Behind(_))
}

fn refresh_value(field: &Field, input: &Value, output: &Value) -> Value {
    match (field.kind, input, output) {
        _ if is_absent(field, input) && is_absent(field, output) => input.clone(),
        (Kind::Object(of), Value::Object(given), Value::Object(found)) => {
            match field.presence == Presence::Computed && !holds_something(given) {
                // The program says nothing of it, and the server fills it in.
                true => input.clone(),
                false => refresh_object(of.fields, given, found).into(),
            }
        }
        _ if has_forms(field) && same(field, input, output) => input.clone(),
        _ => given_value(field.kind, output, found_object),
    }
}

/// The properties that are not what they were, that the program does not give, and that a diff of what was
/// found does not show: those that the program leaves to the server.
///
/// `old` is what the state holds, `found` what a read found. A property that an older version did not
/// store is no news.
pub fn unseen(resource: &Resource, old: &Known, found: &Known) -> Vec<PropertyPath> {
    let given = said(resource.fields, old.inputs.clone());
    let shown = diff(resource, found, &given, &[]);
    let mut paths = Vec::new();
    let at = PropertyPath::default();
    changed(resource.fields, Some(&old.inputs), &old.outputs, &found.outputs, &at, &mut paths);
    paths.retain(|path| {
        let shows =
            |change: &Change| change.path.starts_with(path) || path.starts_with(&change.path);
        !shown.changes.iter().any(shows)
    });
    paths
}

/// Whether a program that gives this leaves it to the server.
fn says_none(given: &Value) -> bool {
    given.is_null() || given.as_object().is_some_and(|given| !holds_something(given))
}

fn changed(
    fields: &[Field],
    given: Option<&Object>,
    old: &Object,
    now: &Object,
    at: &PropertyPath,
    paths: &mut Vec<PropertyPath>,
) {
    for field in fields {
        let (Some(was), Some(now)) = (old.get(field.name), now.get(field.name)) else {
            continue;
        };
        let (path, given) = (at.name(field.name), given.and_then(|given| given.get(field.name)));
        match (field.kind, was, now) {
            (Kind::Object(of), Value::Object(was), Value::Object(now)) if !of.fields.is_empty() => {
                changed(of.fields, given.and_then(Value::as_object), was, now, &path, paths);
            }
            _ if given.is_none_or(says_none) && !same(field, was, now) => paths.push(path),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{LAMP, WIDGET, known, object_of};
    use crate::table::{
        BOOL, Literal, ObjectType, list, object, object_type, optional, required, resource,
    };

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
                    "block": {"__defaults": [], "mode": "m"}}"#
            )
        );
    }

    #[test]
    fn an_import_gives_what_check_would_fill_in_otherwise() {
        const DOOR: ObjectType = object_type(
            "Door",
            &[
                optional("isOpen", BOOL).default(Literal::Bool(true)),
                optional("isRed", BOOL).default(Literal::Bool(false)),
            ],
        );
        const ROOM: Resource = resource("Room").fields(&[required("doors", list(&object(&DOOR)))]);
        let outputs = object_of(
            r#"{"doors": [{"isOpen": false, "isRed": false}, {"isOpen": true}, {"isOpen": null}]}"#,
        );
        let inputs = object_of(
            r#"{"__defaults": [], "doors": [{"__defaults": [], "isOpen": false},
                {"__defaults": [], "isOpen": true}, {"__defaults": []}]}"#,
        );
        assert_eq!(import_inputs(&ROOM, &outputs), inputs);
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
    fn a_refresh_gives_what_the_program_gives_as_it_is_now() {
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
                r#"{"__defaults": [], "owner": "me", "url": "https://drifted",
                    "colors": ["red", "green"], "labels": {"a": "2", "dashboard": "3"},
                    "password": "p", "steps": ["a", "b"], "block": {"mode": "n"}}"#
            )
        );
    }

    #[test]
    fn a_refresh_gives_what_somebody_set_beside_the_program() {
        struct Case {
            given: &'static str,
            found: &'static str,
            back: &'static str,
        }
        let cases = [
            Case {
                given: "{}",
                found: r#"{"url": "https://evil", "steps": ["x"], "labels": {"k": "v"}}"#,
                back: r#"{"url": "https://evil", "steps": ["x"], "labels": {"k": "v"}}"#,
            },
            Case {
                given: r#"{"block": {"mode": "m"}}"#,
                found: r#"{"block": {"mode": "m", "seconds": 9, "note": "n"}}"#,
                back: r#"{"block": {"mode": "m", "note": "n"}}"#,
            },
            Case {
                given: r#"{"off": {"disable": true}}"#,
                found: r#"{"off": {"disable": false, "to": ["x"]}}"#,
                back: r#"{"off": {"disable": false, "to": ["x"]}}"#,
            },
            // Computed, of nothing the update can change, or nothing at all.
            Case {
                given: "{}",
                found: r#"{"size": 4, "block": {"mode": "m"}, "kind": "k", "alias": "x",
                    "wish": "w", "password": "p", "owner": "o", "createdBy": "root"}"#,
                back: "{}",
            },
            Case {
                given: r#"{"block": {}}"#,
                found: r#"{"block": {"mode": "m", "note": "n"}}"#,
                back: r#"{"block": {}}"#,
            },
            Case {
                given: "{}",
                found: r#"{"url": "", "steps": [], "labels": null, "prompt": "null",
                    "off": {"disable": true, "to": []}}"#,
                back: "{}",
            },
        ];
        for case in cases {
            let back = refresh_inputs(&WIDGET, &object_of(case.given), &object_of(case.found));
            assert_eq!(back, object_of(case.back), "{} {}", case.given, case.found);
            let old = Known { inputs: back, outputs: object_of(case.found) };
            let diff = diff(&WIDGET, &old, &object_of(case.given), &[]);
            let drifted = case.given != case.back;
            assert_eq!(!diff.changes.is_empty(), drifted, "{} {}", case.given, case.found);
        }
    }

    #[test]
    fn a_refresh_gives_a_switch_that_somebody_turned_on() {
        let found = object_of(r#"{"switches": {"bare": {}, "full": {"text": ""}}}"#);
        let back = object_of(r#"{"switches": {"bare": {}, "full": {}}}"#);
        assert_eq!(refresh_inputs(&LAMP, &Object::new(), &found), back);
    }

    #[test]
    fn news_is_what_changed_and_no_diff_shows() {
        let old = known(
            r#"{"url": "https://x"}"#,
            r#"{"url": "https://x", "size": 1, "createdBy": "me", "steps": null,
                "block": {"mode": "m", "seconds": 1}}"#,
        );
        let outputs = object_of(
            r#"{"url": "https://y", "size": 2, "createdBy": "you", "steps": [], "kind": "new",
                "block": {"mode": "m", "seconds": 2}}"#,
        );
        let inputs = refresh_inputs(&WIDGET, &old.inputs, &outputs);
        let paths = unseen(&WIDGET, &old, &Known { inputs, outputs });
        let paths: Vec<String> = paths.iter().map(PropertyPath::to_string).collect();
        assert_eq!(paths, ["block.seconds", "createdBy", "size"]);
    }
}
