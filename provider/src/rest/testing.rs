//! A table with a row of every sort, and JSON as a short way to write values.

use pulumi_rs_sdk::state::Moment;
use pulumi_rs_sdk::table::rest::{object as object_of, *};
use pulumi_rs_sdk::value::Object;
use serde_json::{Value as Json, json};

use super::site::Site;
use super::wire;

pub(crate) const THING: Resource = resource("Thing", collection("things"))
    .create_with(|_| members(json!({"beside": "the rows", "wish": "not this"})))
    .natural_key(&[key("owner"), key("wish").or("plain")])
    .doc("A thing to test with.")
    .fields(&[
        optional("all", BOOL).nullable().doc("A flag."),
        computed("block", block_kind()).doc("A block."),
        optional("channels", STRINGS).empty_is_null().doc("A list that cannot be empty."),
        optional("events", STRINGS)
            .each_in("event_type")
            .doc("A list of which each is in an object."),
        optional("keyed", list(&object_of(&LINK))).keyed_by("name").doc("A list that is a map."),
        optional("labels", STRING_MAP).doc("A map."),
        optional("labelTexts", STRING).json().wire("labels").doc("The map, with other values."),
        optional("off", off_kind()).disable_block().doc("A block that can be switched off."),
        required("owner", STRING).replaces().doc("An owner."),
        optional("password", STRING).secret().write_only().doc("Not answered."),
        optional("prompt", STRING).tri_state().doc("Three states."),
        optional("rules", STRING).json().doc("JSON."),
        optional("scopes", STRINGS).wire("scope").nullable().unordered().doc("A set."),
        optional("set", set_kind()).doc("A block of which the API wants all."),
        computed("size", INT).doc("A number."),
        optional("tag", STRING).one_in_list().doc("A text that is a list to the API."),
        optional("text", STRING).doc("A text."),
        optional("urls", STRINGS).wire("logout.urls").doc("A list inside an object."),
        optional("whole", whole_kind()).whole().nullable().doc("A block that is replaced."),
        optional("wish", STRING).create_only().doc("Taken on create only."),
    ]);

const LINK: ObjectType = object_type(
    "ThingLink",
    &[required("name", STRING).doc("A name."), optional("size", INT).doc("A number.")],
);

const fn block_kind() -> Kind {
    const BLOCK: ObjectType = object_type(
        "ThingBlock",
        &[
            required("mode", STRING).doc("A mode."),
            optional("key", STRING).write_only().doc("Not answered."),
            optional("note", STRING).doc("A note."),
            optional("encoded", BOOL).create_only().replaces().doc("Taken on create only."),
        ],
    );
    object_of(&BLOCK)
}

const fn whole_kind() -> Kind {
    const WHOLE: ObjectType = object_type(
        "ThingWhole",
        &[
            optional("a", STRING).doc("A text."),
            optional("b", STRING).doc("Another."),
            optional("map", STRING_MAP).doc("A map."),
            optional("nullable", STRING).nullable().doc("Cleared by null."),
        ],
    );
    object_of(&WHOLE)
}

const fn set_kind() -> Kind {
    const SET: ObjectType = object_type(
        "ThingSet",
        &[
            optional("a", STRING).doc("A text."),
            output("pick", STRING).sent_anyway(Literal::String("p")).doc("Nobody's choice."),
        ],
    );
    object_of(&SET)
}

const fn off_kind() -> Kind {
    const OFF: ObjectType = object_type(
        "ThingOff",
        &[optional("disable", BOOL).local().doc("Off."), optional("to", STRING).doc("Where.")],
    );
    object_of(&OFF)
}

/// The properties in a JSON object.
pub(crate) fn object(json: Json) -> Object {
    crate::resources::testing::inputs(&json.to_string())
}

/// The members of a JSON object.
pub(crate) fn members(json: Json) -> WireObject {
    json.as_object().cloned().unwrap_or_default()
}

/// The outputs of an object with that id and these members.
pub(crate) fn outputs(resource: &'static Resource, id: &str, answer: &WireObject) -> Object {
    let site = Site::of_id(resource, id, None).unwrap();
    wire::outputs(resource, &site, answer, Moment::Read, &Object::new())
}
