//! Each kind of change by itself, and the text of many.

use serde_json::{Value, json};

use super::change::{Change, Report};
use super::compare::compare;
use crate::spec::Package;

/// One edit of [`schema`].
struct Edit {
    /// A pointer into the schema.
    at: &'static str,
    /// What is there in the old schema and in the new one, as JSON; nothing where it is empty.
    old: &'static str,
    new: &'static str,
    /// Whether that breaks users.
    breaks: bool,
}

// One edit a line, to be read across.
#[rustfmt::skip]
const EDITS: &[Edit] = &[
    Edit { at: "/name", old: r#""boxes""#, new: r#""crates""#, breaks: true },
    Edit { at: "/version", old: r#""1.0.0""#, new: r#""1.1.0""#, breaks: false },
    Edit { at: "/language/nodejs/readme", old: r#""A""#, new: r#""B""#, breaks: false },
    Edit { at: "/language/go/importBasePath", old: r#""a/go/boxes""#, new: r#""b/go/boxes""#, breaks: true },
    Edit { at: "/meta/moduleFormat", old: r#""(.*)""#, new: r#""(.*)/""#, breaks: true },
    Edit { at: "/config/variables/key", old: TEXT, new: "", breaks: true },
    Edit { at: "/config/variables/url", old: "", new: TEXT, breaks: false },
    Edit { at: "/config/required", old: "[]", new: r#"["room"]"#, breaks: true },
    Edit { at: "/provider/inputProperties/room", old: TEXT, new: "", breaks: true },
    Edit { at: "/provider/methods/address", old: r#""a""#, new: "", breaks: true },
    Edit { at: "/provider/methods/size", old: "", new: r#""a""#, breaks: false },

    Edit { at: "/resources/boxes:index:Box", old: "{}", new: "", breaks: true },
    Edit { at: "/resources/boxes:index:Shelf", old: "", new: "{}", breaks: false },
    Edit { at: "/resources/boxes:index:Box/aliases", old: r#"[{"type": "boxes:index:Crate"}]"#, new: "", breaks: true },
    Edit { at: "/resources/boxes:index:Box/isComponent", old: "false", new: "true", breaks: true },
    Edit { at: "/resources/boxes:index:Box/deprecationMessage", old: "", new: r#""Use a crate.""#, breaks: false },
    Edit { at: "/resources/boxes:index:Box/deprecationMessage", old: r#""Use a crate.""#, new: "", breaks: false },
    Edit { at: "/resources/boxes:index:Box/description", old: r#""A box.""#, new: r#""A good box.""#, breaks: false },

    Edit { at: "/resources/boxes:index:Box/inputProperties/wood", old: TEXT, new: "", breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size", old: "", new: TEXT, breaks: false },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood", old: TEXT, new: r#"{"type": "integer"}"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood", old: TEXT, new: r#"{"type": "string", "plain": true}"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood", old: r#"{"type": "array", "items": {"type": "string"}}"#, new: r#"{"type": "array", "items": {"type": "integer"}}"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood", old: r#"{"type": "object", "additionalProperties": {"type": "string"}}"#, new: r##"{"$ref": "#/types/boxes:index:Lid"}"##, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood", old: TEXT, new: r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/default", old: r#""oak""#, new: r#""ash""#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/default", old: r#""oak""#, new: "", breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/default", old: "", new: "false", breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/defaultInfo", old: r#"{"environment": ["WOOD", "TREE"]}"#, new: r#"{"environment": ["TREE"]}"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/defaultInfo", old: "", new: r#"{"environment": ["WOOD"]}"#, breaks: false },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/const", old: r#""oak""#, new: r#""ash""#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/willReplaceOnChanges", old: "", new: "true", breaks: true },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/willReplaceOnChanges", old: "true", new: "", breaks: false },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/secret", old: "", new: "true", breaks: false },
    Edit { at: "/resources/boxes:index:Box/inputProperties/wood/deprecationMessage", old: "", new: r#""Say metal.""#, breaks: false },
    Edit { at: "/resources/boxes:index:Box/requiredInputs", old: r#"["room"]"#, new: r#"["room", "wood"]"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/requiredInputs", old: r#"["room"]"#, new: "[]", breaks: false },

    Edit { at: "/resources/boxes:index:Box/properties/wood", old: TEXT, new: "", breaks: true },
    Edit { at: "/resources/boxes:index:Box/properties/size", old: "", new: TEXT, breaks: false },
    Edit { at: "/resources/boxes:index:Box/properties/wood", old: TEXT, new: r#"{"type": "integer"}"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/properties/wood/secret", old: "true", new: "", breaks: true },
    Edit { at: "/resources/boxes:index:Box/properties/wood/secret", old: "", new: "true", breaks: false },
    Edit { at: "/resources/boxes:index:Box/properties/wood/replaceOnChanges", old: "", new: "true", breaks: true },
    Edit { at: "/resources/boxes:index:Box/properties/wood/default", old: r#""oak""#, new: r#""ash""#, breaks: false },
    Edit { at: "/resources/boxes:index:Box/required", old: r#"["room", "wood"]"#, new: r#"["room"]"#, breaks: true },
    Edit { at: "/resources/boxes:index:Box/required", old: r#"["room"]"#, new: r#"["room", "wood"]"#, breaks: false },

    Edit { at: "/functions/boxes:index:getBox", old: "{}", new: "", breaks: true },
    Edit { at: "/functions/boxes:index:getLid", old: "", new: "{}", breaks: false },
    Edit { at: "/functions/boxes:index:getBox/inputs/properties/room", old: TEXT, new: "", breaks: true },
    Edit { at: "/functions/boxes:index:getBox/inputs/required", old: "[]", new: r#"["room"]"#, breaks: true },
    Edit { at: "/functions/boxes:index:getBox/outputs/properties/wood", old: TEXT, new: "", breaks: true },
    Edit { at: "/functions/boxes:index:getBox/outputs/required", old: r#"["wood"]"#, new: "[]", breaks: true },
    Edit { at: "/functions/boxes:index:getRoom/inputs", old: "", new: r#"{"properties": {"name": {"type": "string"}}}"#, breaks: true },
    Edit { at: "/functions/boxes:index:getRoom/outputs", old: TEXT, new: r#"{"type": "integer"}"#, breaks: true },

    Edit { at: "/types/boxes:index:Nail", old: "{}", new: "", breaks: true },
    Edit { at: "/types/boxes:index:Hinge", old: "", new: "{}", breaks: false },
    Edit { at: "/types/boxes:index:Lid/properties/size", old: TEXT, new: "", breaks: true },
    Edit { at: "/types/boxes:index:Lid/properties/shape", old: "", new: TEXT, breaks: false },
    // Programs give lids, and get nails.
    Edit { at: "/types/boxes:index:Lid/required", old: "[]", new: r#"["size"]"#, breaks: true },
    Edit { at: "/types/boxes:index:Lid/required", old: r#"["size"]"#, new: "[]", breaks: false },
    Edit { at: "/types/boxes:index:Nail/required", old: "[]", new: r#"["length"]"#, breaks: false },
    Edit { at: "/types/boxes:index:Nail/required", old: r#"["length"]"#, new: "[]", breaks: true },
    Edit { at: "/types/boxes:index:Nail/language", old: r#"{"nodejs": {"requiredOutputs": ["length", "metal"]}}"#, new: r#"{"nodejs": {"requiredOutputs": ["length"]}}"#, breaks: true },
    Edit { at: "/types/boxes:index:Colour/type", old: r#""string""#, new: r#""integer""#, breaks: true },
    Edit { at: "/types/boxes:index:Colour/enum", old: r#"[{"value": "red"}, {"value": "blue"}]"#, new: r#"[{"value": "red"}]"#, breaks: true },
    Edit { at: "/types/boxes:index:Colour/enum", old: r#"[{"value": "red"}]"#, new: r#"[{"value": "red"}, {"value": "blue"}]"#, breaks: false },
    Edit { at: "/types/boxes:index:Colour/enum", old: r#"[{"value": "red", "name": "Red"}]"#, new: r#"[{"value": "red", "name": "Rot"}]"#, breaks: true },
];

const TEXT: &str = r#"{"type": "string"}"#;

/// A package with one of everything.
fn schema() -> Value {
    json!({
        "name": "boxes",
        "version": "1.0.0",
        "meta": {"moduleFormat": "(.*)"},
        "language": {"go": {"importBasePath": "example.com/boxes/go/boxes"}, "nodejs": {"readme": "A"}},
        "config": {"variables": {"room": {"type": "string"}, "key": {"type": "string"}}},
        "provider": {
            "inputProperties": {"room": {"type": "string"}},
            "methods": {"address": "pulumi:providers:boxes/address"},
        },
        "resources": {
            "boxes:index:Box": {
                "inputProperties": {
                    "key": {"type": "string", "secret": true},
                    "lid": {"$ref": "#/types/boxes:index:Lid"},
                    "room": {"type": "string", "willReplaceOnChanges": true},
                    "wood": {"type": "string", "default": "oak"},
                },
                "requiredInputs": ["room"],
                "properties": {
                    "key": {"type": "string", "secret": true},
                    "nails": {"type": "array", "items": {"$ref": "#/types/boxes:index:Nail"}},
                    "room": {"type": "string"},
                    "wood": {"type": "string"},
                },
                "required": ["room"],
                "aliases": [{"type": "boxes:index:Crate"}],
            },
        },
        "functions": {
            "boxes:index:getBox": {
                "inputs": {"properties": {"room": {"type": "string"}}},
                "outputs": {"properties": {"wood": {"type": "string"}}, "required": ["wood"]},
            },
            "boxes:index:getRoom": {"outputs": {"properties": {"wood": {"type": "string"}}}},
        },
        "types": {
            "boxes:index:Lid": {
                "type": "object",
                "properties": {"colour": {"$ref": "#/types/boxes:index:Colour"}, "size": {"type": "integer"}},
                "required": ["size"],
            },
            "boxes:index:Nail": {
                "type": "object",
                "properties": {"length": {"type": "integer"}, "metal": {"type": "string"}},
                "required": ["length"],
                "language": {"nodejs": {"requiredOutputs": ["length", "metal"]}},
            },
            "boxes:index:Colour": {"type": "string", "enum": [{"value": "red"}, {"value": "blue"}]},
        },
    })
}

impl Edit {
    fn changes(&self) -> Vec<Change> {
        compare(&package(self.applied(self.old)), &package(self.applied(self.new)))
    }

    fn applied(&self, what: &str) -> Value {
        let mut schema = schema();
        put(&mut schema, self.at, what);
        schema
    }
}

#[test]
fn each_change_is_known_for_what_it_does_to_users() {
    for edit in EDITS {
        let Edit { at, old, new, breaks } = edit;
        let found = edit.changes();
        let breaking = found.iter().any(|change| change.breaking);
        assert_eq!(breaking, *breaks, "{at}: {old} => {new}\n{}", Report(&found));
    }
}

#[test]
fn each_change_is_told_by_itself() {
    let told = EDITS.iter().map(|edit| {
        let Edit { at, old, new, .. } = edit;
        format!("{at}: {old} => {new}\n{}", Report(&edit.changes()))
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

#[test]
fn many_changes_are_told_in_the_manner_of_schema_tools() {
    let (mut old, mut new) = (schema(), schema());
    // What takes the place of a whole resource, function or type would hide what is beneath it.
    let edits = EDITS.iter().filter(|edit| edit.at.matches('/').count() > 2 || edit.old.is_empty());
    for edit in edits.step_by(3) {
        put(&mut old, edit.at, edit.old);
        put(&mut new, edit.at, edit.new);
    }
    insta::assert_snapshot!(Report(&compare(&package(old), &package(new))));
}

#[test]
fn a_schema_is_no_change_of_itself() {
    assert_eq!(compare(&package(schema()), &package(schema())), []);
    assert_eq!(Report(&[]).to_string(), "No changes found.\n");
}

fn package(schema: Value) -> Package {
    serde_json::from_value(schema).unwrap_or_else(|error| panic!("no schema: {error}"))
}

/// Puts a value where the pointer points, or takes away what is there.
fn put(schema: &mut Value, at: &str, what: &str) {
    let (parent, name) = at.rsplit_once('/').expect("a pointer begins with a slash");
    let parent = schema.pointer_mut(parent).and_then(Value::as_object_mut);
    let parent = parent.unwrap_or_else(|| panic!("nothing around {at}"));
    if what.is_empty() {
        parent.remove(name);
    } else {
        let value = serde_json::from_str(what).unwrap_or_else(|error| panic!("{what}: {error}"));
        parent.insert(name.to_owned(), value);
    }
}
