//! What functions give that look something up in a REST API: rows and values, from the rows of a resource. Pure.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::check::CheckFailure;
use crate::listed::{self, plural};
use crate::state::{is_zero, zero};
use crate::table::rest::{All, Function, Lookup, One};
use crate::table::{Field, INT, Kind, Presence, Resource, STRING, output};
use crate::value::{Object, Value};

/// What people call an object of the resource, where the table does not say it: its name in small letters.
pub fn noun(said: Option<&str>, of: &Resource) -> String {
    said.map_or_else(
        || {
            let letters = of.name.chars().flat_map(|letter| {
                let space = letter.is_uppercase().then_some(' ');
                space.into_iter().chain(letter.to_lowercase())
            });
            letters.collect::<String>().trim_start().to_owned()
        },
        str::to_owned,
    )
}

/// More than one of those, in words.
pub fn nouns(noun: &str) -> String {
    plural(noun)
}

/// The argument, where it is given and says something.
pub fn given<'a>(arguments: &'a Object, name: &str) -> Option<&'a Value> {
    arguments.get(name).filter(|value| !is_zero(value))
}

/// What is missing of the arguments by which an object is found.
pub(crate) fn missing(function: &Function, arguments: &Object) -> Option<CheckFailure> {
    let Lookup::One(one) = function.lookup else { return None };
    let (id, other) = (one.id?, one.other()?);
    let is_there =
        |name| arguments.get(name) == Some(&Value::Unknown) || given(arguments, name).is_some();
    let text = format!("missing: give `{id}` or `{other}`");
    (!is_there(id) && !is_there(other)).then(|| CheckFailure::at(id, text))
}

/// What the function gives, from what it was asked for, the object's ID, and outputs of the resource and of what else it
/// gives.
pub fn gives(
    function: &Function,
    one: &One,
    arguments: &Object,
    id: &str,
    outputs: &Object,
) -> Object {
    let mut values = listed::values(rows_of_one(one), outputs);
    for argument in function.inputs {
        values.entry(argument.name.to_owned()).or_insert_with(|| echo(argument, arguments));
    }
    values.insert("id".to_owned(), id.into());
    values
}

/// What the function gives, from what it was asked for and what [`each`] gave.
pub fn lists(function: &Function, all: &All, arguments: &Object, found: Vec<Object>) -> Object {
    let text = |name| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut id = all.id.filled(text);
    if let Some(end) = all.id_ends_with.map(text).filter(|end| !end.is_empty()) {
        id = format!("{id}-{end}");
    }
    let echoes = function.inputs.iter();
    let mut values: Object =
        echoes.map(|argument| (argument.name.to_owned(), echo(argument, arguments))).collect();
    if let Some(count) = all.count {
        // No list is as long as the numbers that a float cannot tell apart.
        values.insert(count.to_owned(), Value::Number(found.len() as f64));
    }
    let found = found.into_iter().map(Value::from).collect::<Vec<_>>();
    values.insert(all.property.to_owned(), found.into());
    values.insert("id".to_owned(), id.into());
    values
}

/// What a list gives of one object, from its ID and outputs of the resource.
pub fn each(all: &All, id: &str, outputs: &Object) -> Object {
    let mut values = listed::values(rows_of_each(all), outputs);
    if !tells_its_id(all) {
        values.insert(all.each_id.to_owned(), id.into());
    }
    values
}

fn echo(argument: &Field, arguments: &Object) -> Value {
    arguments.get(argument.name).cloned().unwrap_or_else(|| zero(argument))
}

fn rows_of_one(one: &One) -> impl Iterator<Item = &'static Field> + use<> {
    let without = one.without;
    let own = one.of.fields.iter().filter(move |row| !without.contains(&row.name));
    let own = own.filter(|row| !row.never_stored);
    own.chain(one.more).chain(one.beside.iter().map(|list| &list.row))
}

fn rows_of_each(all: &All) -> impl Iterator<Item = &'static Field> + use<> {
    let (only, without) = (all.only, all.without);
    let is_given = move |row: &&Field| {
        (only.is_empty() || only.contains(&row.name)) && !without.contains(&row.name)
    };
    let own = all.of.fields.iter().filter(is_given).filter(|row| !row.never_stored);
    own.chain(all.more)
}

/// Whether a row tells the ID of each in a list, or nobody is told.
fn tells_its_id(all: &All) -> bool {
    let member = all.of.class.id_member();
    all.each_id.is_empty() || rows_of_each(all).any(|row| Some(row.wire_name()) == member)
}

/// The rows of what the function gives: made once, and kept for the life of the process.
pub(crate) fn rows(function: &Function) -> &'static [Field] {
    // Tables are constants, so that a function has as many addresses as there are places that name it, but not two
    // functions one.
    type Key = (&'static str, [usize; 3]);
    static MADE: Mutex<Option<HashMap<Key, &'static [Field]>>> = Mutex::new(None);
    let addresses = match &function.lookup {
        Lookup::Own => [0; 3],
        Lookup::One(one) => [one.of.fields, one.more, function.inputs].map(address),
        Lookup::All(all) => [all.of.fields, all.more, function.inputs].map(address),
    };
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = made.get_or_insert_default();
    made.entry((function.name, addresses)).or_insert_with(|| make_rows(function).leak())
}

fn address(fields: &'static [Field]) -> usize {
    fields.as_ptr().addr()
}

fn make_rows(function: &Function) -> Vec<Field> {
    let (mut rows, id) = match &function.lookup {
        Lookup::Own => return function.outputs.to_vec(),
        Lookup::One(one) => {
            let mut rows = listed::rows(function.name, rows_of_one(one));
            rows.iter_mut().for_each(|row| row.secret &= !one.plain.contains(&row.name));
            (rows, format!("ID of the {}.", noun(one.noun, one.of)))
        }
        Lookup::All(all) => {
            let noun = noun(all.noun, all.of);
            let list = listed::list_of(function.name, all.property, |within| {
                let mut each = listed::rows(within, rows_of_each(all));
                for row in each.iter_mut().filter(|row| all.unsure.contains(&row.name)) {
                    row.presence = Presence::Optional;
                }
                if !tells_its_id(all) {
                    add(&mut each, all.each_id, STRING, format!("ID of the {noun}."));
                }
                each
            });
            let mut rows = Vec::new();
            add(&mut rows, all.property, list, format!("The {}.", nouns(&noun)));
            if let Some(count) = all.count {
                add(&mut rows, count, INT, "How many there are.".to_owned());
            }
            (rows, "Made of what was asked for; it says nothing by itself.".to_owned())
        }
    };
    for argument in function.inputs {
        let presence = match argument.presence {
            Presence::Required => Presence::Output,
            _ => Presence::Optional,
        };
        match rows.iter_mut().find(|row| row.name == argument.name) {
            Some(row) => row.presence = presence,
            None => rows.push(Field {
                presence,
                doc: argument.doc,
                secret: argument.secret,
                constraint: argument.constraint,
                ..output(argument.name, argument.kind)
            }),
        }
    }
    if !rows.iter().any(|row| row.name == "id") {
        add(&mut rows, "id", STRING, id);
    }
    rows.sort_unstable_by_key(|row| row.name);
    rows
}

fn add(rows: &mut Vec<Field>, name: &'static str, kind: Kind, doc: String) {
    rows.push(output(name, kind).doc(doc.leak()));
    rows.sort_unstable_by_key(|row| row.name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check_arguments;
    use crate::fixture::object_of;
    use crate::table::rest::*;

    const LID: ObjectType = object_type("BoxLid", &[optional("key", STRING).secret()]);
    const BOX: Resource = resource("SmallBox", collection("boxes")).fields(&[
        optional("lid", object(&LID)),
        required("name", STRING),
        optional("note", STRING).secret(),
        optional("weight", INT),
    ]);
    const RODS: Entries = entries("boxes/{boxId}/rods", &["rod_id"]);

    const GET_BOX: Function = function("getBox")
        .inputs(&[
            optional("boxId", STRING).doc("The ID."),
            optional("name", STRING).local().doc("The name."),
            optional("skipRods", BOOL).doc("Without rods."),
        ])
        .gives(
            by_id(&BOX, "boxId")
                .or_first("name")
                .more(&[output("age", INT)])
                .plain(&["note"])
                .without(&["weight"])
                .beside(&[beside(output("rods", STRINGS), &RODS).unless("skipRods")]),
        );
    const GET_FIRST: Function = function("getFirst")
        .inputs(&[required("id", STRING).doc("The ID.")])
        .gives(by_id(&BOX, "id"));
    const GET_BOXES: Function =
        function("getBoxes").inputs(&[required("house", STRING), optional("kind", STRING)]).lists(
            all(&BOX, "boxes", "boxes-of-{house}")
                .at("houses/{house}/boxes", Paging::Whole)
                .id_ends_with("kind")
                .each_id("boxId")
                .only(&["lid", "name"])
                .unsure(&["name"])
                .counted("total"),
        );

    fn shown(function: &Function) -> Vec<String> {
        let row = |row: &Field| {
            let secret = if row.secret { " secret" } else { "" };
            format!("{} {:?}{secret}: {}", row.name, row.presence, row.doc)
        };
        function.output_fields().iter().map(row).collect()
    }

    #[test]
    fn what_a_function_gives_follows_from_the_resource_and_the_arguments() {
        assert_eq!(
            shown(&GET_BOX),
            [
                "age Output: ",
                "boxId Optional: The ID.",
                "id Output: ID of the small box.",
                "lids Output: ",
                "name Optional: ",
                "note Output: ",
                "rods Output: ",
                "skipRods Optional: Without rods.",
            ]
        );
        let ids: Vec<String> =
            shown(&GET_FIRST).into_iter().filter(|row| row.starts_with("id")).collect();
        assert_eq!(ids, ["id Output: The ID."], "it is there once");
        assert_eq!(
            shown(&GET_BOXES),
            [
                "boxes Output: The small boxes.",
                "house Output: ",
                "id Output: Made of what was asked for; it says nothing by itself.",
                "kind Optional: ",
                "total Output: How many there are.",
            ]
        );
        let Kind::List(Kind::Object(of)) = GET_BOXES.output_fields()[0].kind else { panic!() };
        assert_eq!(of.name, "getBoxesBox");
        let rows: Vec<(&str, Presence)> =
            of.fields.iter().map(|row| (row.name, row.presence)).collect();
        let expected =
            [("boxId", Presence::Output), ("lids", Presence::Output), ("name", Presence::Optional)];
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_are_made_once() {
        assert!(std::ptr::eq(GET_BOX.output_fields(), GET_BOX.output_fields()));
    }

    #[test]
    fn an_object_is_told_with_what_was_asked_for() {
        let Lookup::One(lookup) = GET_BOX.lookup else { panic!() };
        let outputs = object_of(
            r#"{"id": "of the state", "lid": {"key": "k"}, "name": "n", "weight": 2, "rods": ["r"]}"#,
        );
        assert_eq!(
            gives(&GET_BOX, &lookup, &object_of(r#"{"name": "asked"}"#), "b1", &outputs),
            object_of(
                r#"{"age": 0, "boxId": "", "id": "b1", "lids": [{"key": "k"}], "name": "n", "note": "",
                    "rods": ["r"], "skipRods": false}"#
            )
        );
    }

    #[test]
    fn a_list_is_told_with_what_was_asked_for_and_its_id_made_of_that() {
        let Lookup::All(lookup) = GET_BOXES.lookup else { panic!() };
        let found = each(&lookup, "b1", &object_of(r#"{"name": "n", "weight": 2}"#));
        assert_eq!(found, object_of(r#"{"boxId": "b1", "lids": [], "name": "n"}"#));
        let ids = [
            (r#"{"house": "h"}"#, "boxes-of-h"),
            (r#"{"house": "h", "kind": ""}"#, "boxes-of-h"),
            (r#"{"house": "h", "kind": "k"}"#, "boxes-of-h-k"),
        ];
        for (arguments, id) in ids {
            let arguments = object_of(arguments);
            let told = lists(&GET_BOXES, &lookup, &arguments, vec![found.clone()]);
            assert_eq!(told["id"], id.into());
            assert_eq!(told["house"], "h".into());
            assert_eq!(told["boxes"], vec![Value::from(found.clone())].into());
            assert_eq!(told["total"], 1.into());
        }
    }

    #[test]
    fn one_of_the_arguments_that_find_it_has_to_be_given() {
        struct Case {
            arguments: &'static str,
            complaints: &'static [&'static str],
        }
        let missing = &["boxId: missing: give `boxId` or `name`"];
        let cases = [
            Case { arguments: "{}", complaints: missing },
            Case { arguments: r#"{"boxId": "", "name": null}"#, complaints: missing },
            Case { arguments: r#"{"name": "n"}"#, complaints: &[] },
            Case { arguments: r#"{"boxId": "b"}"#, complaints: &[] },
        ];
        for case in cases {
            let checked = check_arguments(&GET_BOX, &object_of(case.arguments));
            let told: Vec<String> = checked.failures.iter().map(ToString::to_string).collect();
            assert_eq!(told, case.complaints, "{}", case.arguments);
        }
        let unknown = Object::from([("name".to_owned(), Value::Unknown)]);
        assert!(check_arguments(&GET_BOX, &unknown).failures.is_empty());
    }
}
