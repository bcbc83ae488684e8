//! A table with a row of every sort, and JSON as a short way to write values, for the tests.

use serde_json::Value as Json;

use crate::provider::Known;
use crate::table::rest::*;
use crate::value::{Object, Value};

pub(crate) const WIDGET: Resource = resource("Widget", collection("widgets"))
    .natural_key(&[key("owner"), key("kind").or("plain")])
    .doc("A thing to test with.")
    .fields(&[
        optional("alias", STRING)
            .kept()
            .stated(&[Constraint::Length(2, 4)])
            .doc("Cannot be cleared."),
        computed("block", object(&BLOCK)).doc("A block."),
        output("createdBy", STRING).doc("Who made it."),
        optional("colors", STRINGS).unordered().one_of(&["red", "green"]).doc("A set."),
        optional("description", STRING).default(Literal::String("made here")).doc("A text."),
        computed("kind", STRING).replaces().doc("A kind."),
        optional("labels", STRING_MAP)
            .stated(&[
                Constraint::Entries(0, 2),
                Constraint::KeyLength(5),
                Constraint::Length(0, 4),
            ])
            .doc("A map."),
        optional("name", STRING).autonamed().length(1, 20).doc("A name."),
        optional("off", object(&OFF)).disable_block().doc("A block that can be switched off."),
        required("owner", STRING)
            .replaces()
            .stated(&[Constraint::Length(1, usize::MAX)])
            .doc("An owner."),
        optional("password", STRING).secret().write_only().doc("Not answered."),
        optional("prompt", STRING).tri_state().doc("Three states."),
        optional("rules", STRING).json().doc("JSON."),
        computed("size", INT).range(1, 10).doc("A number."),
        optional("steps", STRINGS).doc("A list."),
        optional("url", STRING).https_url().doc("An address."),
        optional("wish", STRING).create_only().doc("Taken on create only."),
    ]);

const BLOCK: ObjectType = object_type(
    "WidgetBlock",
    &[
        required("mode", STRING).doc("A mode."),
        computed("seconds", INT).doc("A time."),
        optional("note", STRING).default(Literal::String("none")).doc("A note."),
    ],
);

const OFF: ObjectType = object_type(
    "WidgetOff",
    &[
        optional("disable", BOOL).doc("Switches it off."),
        optional("to", STRINGS).stated(&[Constraint::Address(&[])]).doc("Where."),
    ],
);

/// A table with blocks that are switches.
pub(crate) const LAMP: Resource =
    resource("Lamp", collection("lamps")).doc("A thing with switches.").fields(&[
        optional("bare", object(&BARE)).doc("A block without fields."),
        optional("plain", object(&LIGHT)).doc("A block that is no switch."),
        optional("switches", object(&SWITCHES)).doc("Switches."),
    ]);

const SWITCHES: ObjectType = object_type(
    "LampSwitches",
    &[
        optional("bare", object(&BARE)).doc("A switch without fields."),
        optional("full", object(&LIGHT)).switch().doc("A switch with fields."),
    ],
);

const BARE: ObjectType = object_type("LampBare", &[]);

const LIGHT: ObjectType =
    object_type("LampLight", &[optional("text", STRING).doc("What it says.")]);

pub(crate) const PACKAGE: Package = package("test", "1.0.0")
    .config(&[
        optional("domain", STRING).doc("A domain."),
        optional("token", STRING).secret().doc("A token."),
    ])
    .resources(&[without_code(&[&WIDGET])]);

/// The properties in a JSON text; the string `"?"` is an unknown.
pub(crate) fn object_of(json: &str) -> Object {
    match value(serde_json::from_str(json).unwrap()) {
        Value::Object(object) => object,
        other => panic!("not an object: {other:?}"),
    }
}

pub(crate) fn known(inputs: &str, outputs: &str) -> Known {
    Known { inputs: object_of(inputs), outputs: object_of(outputs) }
}

fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => flag.into(),
        Json::Number(number) => number.as_f64().unwrap().into(),
        Json::String(text) if text == "?" => Value::Unknown,
        Json::String(text) => text.into(),
        Json::Array(items) => items.into_iter().map(value).collect::<Vec<_>>().into(),
        Json::Object(members) => {
            members.into_iter().map(|(name, json)| (name, value(json))).collect::<Object>().into()
        }
    }
}
