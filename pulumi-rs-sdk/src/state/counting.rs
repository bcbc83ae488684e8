//! Properties that count only by the value of another one.

use std::borrow::Cow;

use crate::check::CheckFailure;
use crate::path::PropertyPath;
use crate::table::{Field, Kind, Sent, When};
use crate::value::{Object, Value};

/// An object and those around it: where the property is looked for by whose value another one counts.
#[derive(Clone, Copy)]
struct Scene<'a> {
    own: &'a Object,
    around: Option<&'a Scene<'a>>,
}

impl Scene<'_> {
    /// What does not count, and why, if it does not. What is not known yet may let it count.
    fn counts(&self, field: &Field) -> bool {
        field.when.is_none_or(|When { row, values }| match self.value(row) {
            Some(Value::Unknown) => true,
            Some(Value::String(text)) => values.contains(&text.as_str()),
            Some(Value::Bool(flag)) => values.contains(&if *flag { "true" } else { "false" }),
            _ => false,
        })
    }

    fn value(&self, row: &str) -> Option<&Value> {
        let here = self.own.get(row);
        here.or_else(|| self.around.and_then(|around| around.value(row)))
    }
}

/// What a program gives, without what does not count; a copy only where there is such.
pub fn counting<'a>(fields: &'static [Field], given: &'a Object) -> Cow<'a, Object> {
    let scene = Scene { own: given, around: None };
    match all_count(fields, scene) {
        true => Cow::Borrowed(given),
        false => Cow::Owned(counting_in(fields, scene)),
    }
}

/// The same of what is no longer needed as it is.
pub fn counted(fields: &'static [Field], given: Object) -> Object {
    let scene = Scene { own: &given, around: None };
    match all_count(fields, scene) {
        true => given,
        false => counting_in(fields, scene),
    }
}

fn all_count(fields: &'static [Field], scene: Scene<'_>) -> bool {
    fields.iter().all(|field| {
        let may_not = field.when.is_some() || matches!(field.kind, Kind::Object(_) | Kind::List(_));
        let value = scene.own.get(field.name).filter(|_| may_not);
        value.is_none_or(|value| scene.counts(field) && all_in_it_count(field.kind, value, &scene))
    })
}

fn all_in_it_count(kind: Kind, value: &Value, around: &Scene<'_>) -> bool {
    match (kind, value) {
        (Kind::Object(of), Value::Object(own)) => {
            all_count(of.fields, Scene { own, around: Some(around) })
        }
        (Kind::List(of), Value::Array(items)) => {
            items.iter().all(|item| all_in_it_count(*of, item, around))
        }
        _ => true,
    }
}

fn counting_in(fields: &'static [Field], scene: Scene<'_>) -> Object {
    let counted = scene.own.iter().filter_map(|(name, value)| {
        let field = fields.iter().find(|field| field.name == name);
        let value = match field {
            Some(field) if !scene.counts(field) => return None,
            Some(field) => counting_value(field.kind, value, &scene),
            None => value.clone(),
        };
        Some((name.clone(), value))
    });
    counted.collect()
}

fn counting_value(kind: Kind, value: &Value, around: &Scene<'_>) -> Value {
    match (kind, value) {
        (Kind::Object(of), Value::Object(own)) => {
            counting_in(of.fields, Scene { own, around: Some(around) }).into()
        }
        (Kind::List(of), Value::Array(items)) => {
            items.iter().map(|item| counting_value(*of, item, around)).collect::<Vec<_>>().into()
        }
        _ => value.clone(),
    }
}

/// Gives back to refreshed inputs what a program gives that does not count: the server cannot know it.
pub(super) fn keep_idle(fields: &'static [Field], given: &Object, refreshed: &mut Object) {
    keep_idle_in(fields, Scene { own: given, around: None }, refreshed);
}

fn keep_idle_in(fields: &'static [Field], scene: Scene<'_>, refreshed: &mut Object) {
    for field in fields {
        let Some(value) = scene.own.get(field.name) else { continue };
        if !scene.counts(field) {
            refreshed.insert(field.name.to_owned(), value.clone());
            continue;
        }
        let now = refreshed.get_mut(field.name);
        if let (Kind::Object(of), Value::Object(own), Some(Value::Object(now))) =
            (field.kind, value, now)
        {
            keep_idle_in(of.fields, Scene { own, around: Some(&scene) }, now);
        }
    }
}

/// What a program gives that is not sent, and why not.
pub(crate) fn not_sent(fields: &'static [Field], given: &Object) -> Vec<CheckFailure> {
    let mut found = Vec::new();
    let scene = Scene { own: given, around: None };
    not_sent_in(fields, scene, &PropertyPath::default(), &mut found);
    found
}

fn not_sent_in(
    fields: &'static [Field],
    scene: Scene<'_>,
    at: &PropertyPath,
    found: &mut Vec<CheckFailure>,
) {
    for field in fields {
        let Some(value) = scene.own.get(field.name).filter(|value| !super::is_zero(value)) else {
            continue;
        };
        let at = at.name(field.name);
        match (field.when, field.kind, value) {
            (Some(When { row, values }), _, _) if !scene.counts(field) => {
                let reason = format!("it counts only where `{row}` is `{}`", values.join("` or `"));
                found.push(CheckFailure { property: at, reason });
            }
            _ if field.sent == Sent::Ignored => {
                let reason = "only the server says what it is".to_owned();
                found.push(CheckFailure { property: at, reason });
            }
            (_, Kind::Object(of), Value::Object(own)) => {
                not_sent_in(of.fields, Scene { own, around: Some(&scene) }, &at, found);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::object_of;
    use crate::table::{BOOL, ObjectType, STRING, object, object_type, optional, required};

    const SINK: ObjectType = object_type(
        "Sink",
        &[
            optional("limit", STRING).when("mode", &["strict"]),
            optional("mark", STRING).ignored(),
            required("mode", STRING),
            optional("token", STRING).when("type", &["a", "b"]),
        ],
    );

    const FIELDS: &[Field] = &[
        optional("on", BOOL).when("type", &["b"]),
        required("sink", object(&SINK)),
        required("type", STRING),
    ];

    #[test]
    fn what_does_not_count_by_a_neighbour_or_by_one_around_is_left_out_and_told() {
        struct Case {
            given: &'static str,
            counts: &'static str,
            not_sent: &'static [&'static str],
        }
        let cases = [
            Case {
                given: r#"{"on": true, "type": "b", "sink": {"mode": "strict", "limit": "1", "token": "t"}}"#,
                counts: r#"{"on": true, "type": "b", "sink": {"mode": "strict", "limit": "1", "token": "t"}}"#,
                not_sent: &[],
            },
            Case {
                given: r#"{"on": true, "type": "a", "sink": {"mode": "lax", "limit": "1", "token": "t"}}"#,
                counts: r#"{"type": "a", "sink": {"mode": "lax", "token": "t"}}"#,
                not_sent: &[
                    "on: it counts only where `type` is `b`",
                    "sink.limit: it counts only where `mode` is `strict`",
                ],
            },
            Case {
                given: r#"{"on": false, "type": "c", "sink": {"mode": "?", "limit": "1", "mark": "m", "token": "t"}}"#,
                counts: r#"{"type": "c", "sink": {"mode": "?", "limit": "1", "mark": "m"}}"#,
                not_sent: &[
                    "sink.mark: only the server says what it is",
                    "sink.token: it counts only where `type` is `a` or `b`",
                ],
            },
        ];
        for case in cases {
            let given = object_of(case.given);
            let counts = counting(FIELDS, &given);
            assert_eq!(*counts, object_of(case.counts), "{}", case.given);
            assert_eq!(matches!(counts, Cow::Borrowed(_)), case.given == case.counts);
            assert_eq!(counted(FIELDS, given.clone()), object_of(case.counts), "{}", case.given);
            let told = not_sent(FIELDS, &given);
            let told: Vec<String> = told.iter().map(ToString::to_string).collect();
            assert_eq!(told, case.not_sent, "{}", case.given);
        }
    }

    #[test]
    fn a_refresh_leaves_what_does_not_count_to_the_program() {
        let given =
            object_of(r#"{"on": true, "type": "a", "sink": {"mode": "lax", "limit": "1"}}"#);
        let mut refreshed = object_of(r#"{"type": "a", "sink": {"mode": "lax", "limit": "9"}}"#);
        keep_idle(FIELDS, &given, &mut refreshed);
        assert_eq!(refreshed, given);
    }
}
