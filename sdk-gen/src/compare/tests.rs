//! Each thing that can be lacking by itself, and the text of many.

use serde_json::{Value, json};

use super::lack::List;
use crate::spec::Package;

/// One edit of [`schema`], that the published package has and the tables have not.
struct Edit {
    /// A pointer into the schema.
    at: &'static str,
    /// What is there, as JSON; nothing where it is empty.
    ours: &'static str,
    theirs: &'static str,
    /// The lines of the list.
    lacks: &'static [&'static str],
}

// One edit a line, to be read across.
#[rustfmt::skip]
const EDITS: &[Edit] = &[
    Edit { at: "/config/variables/key", ours: "", theirs: TEXT, lacks: &["`config`", "`key`: string"] },
    Edit { at: "/config/required", ours: "[]", theirs: r#"["room"]"#, lacks: &["`config`", "`room` is required"] },
    Edit { at: "/provider/inputProperties/room", ours: "", theirs: TEXT, lacks: &["`provider`", "`room`: string, only given"] },
    Edit { at: "/provider/methods/address", ours: "", theirs: r#""a""#, lacks: &["`provider`", "method `address`"] },

    Edit { at: "/resources/boxes:index:Shelf", ours: "", theirs: "{}", lacks: &["`boxes:index:Shelf` is not here"] },
    Edit { at: "/resources/boxes:index:Shelf", ours: "{}", theirs: "", lacks: &[] },
    Edit { at: "/resources/boxes:index:Box/aliases", ours: "", theirs: r#"[{"type": "boxes:index:Crate"}]"#, lacks: &[BOX, "alias `boxes:index:Crate`"] },
    Edit { at: "/resources/boxes:index:Box/deprecationMessage", ours: "", theirs: r#""Use a crate.""#, lacks: &[BOX, "deprecated"] },
    Edit { at: "/resources/boxes:index:Box/deprecationMessage", ours: r#""Use a crate.""#, theirs: "", lacks: &[] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/key", ours: "", theirs: TEXT, lacks: &[BOX, "`key`: string, only given"] },
    Edit { at: "/resources/boxes:index:Box/properties/key", ours: "", theirs: TEXT, lacks: &[BOX, "`key`: string, only got"] },
    Edit { at: "/resources/boxes:index:Box/properties/size", ours: "", theirs: TEXT, lacks: &[BOX, "`size` is given and got, here only given"] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size", ours: TEXT, theirs: r#"{"type": "integer"}"#, lacks: &[BOX, "`size` is integer, here string"] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size", ours: TEXT, theirs: "", lacks: &[] },
    Edit { at: "/resources/boxes:index:Box/requiredInputs", ours: "[]", theirs: r#"["size"]"#, lacks: &[BOX, "`size` is required"] },
    Edit { at: "/resources/boxes:index:Box/requiredInputs", ours: r#"["size"]"#, theirs: "[]", lacks: &[BOX, "`size` is not required"] },
    Edit { at: "/resources/boxes:index:Box/required", ours: "[]", theirs: r#"["lid"]"#, lacks: &[BOX, "`lid` is always got"] },
    Edit { at: "/resources/boxes:index:Box/properties/lid/secret", ours: "", theirs: "true", lacks: &[BOX, "`lid` is secret"] },
    Edit { at: "/resources/boxes:index:Box/properties/lid/secret", ours: "true", theirs: "", lacks: &[] },
    Edit { at: "/resources/boxes:index:Box/properties/lid/deprecationMessage", ours: r#""No.""#, theirs: "", lacks: &[] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size/willReplaceOnChanges", ours: "", theirs: "true", lacks: &[BOX, "`size` is replacing"] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size/willReplaceOnChanges", ours: "true", theirs: "", lacks: &[BOX, "`size` is not replacing"] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size/default", ours: r#""L""#, theirs: r#""M""#, lacks: &[BOX, r#"`size` is default "M", here default "L""#] },
    Edit { at: "/resources/boxes:index:Box/inputProperties/size/defaultInfo", ours: "", theirs: r#"{"environment": ["SIZE"]}"#, lacks: &[BOX, "`size` is default from SIZE"] },

    Edit { at: "/functions/boxes:index:find", ours: "", theirs: r#"{"inputs": {"properties": {"id": {"type": "string"}}, "required": ["id"]}}"#, lacks: &["`boxes:index:find` is not here", "`id`: string, only given, required"] },
    Edit { at: "/functions/boxes:index:count/inputs/properties/__self__", ours: r#"{"$ref": "pulumi.json#/Any"}"#, theirs: r##"{"$ref": "#/provider"}"##, lacks: &[] },
    Edit { at: "/functions/boxes:index:count/outputs/properties/many", ours: "", theirs: r#"{"type": "boolean"}"#, lacks: &["`boxes:index:count`", "`many`: boolean, only got"] },
    Edit { at: "/types/boxes:index:Lid/properties/open", ours: "", theirs: r#"{"type": "boolean", "secret": true}"#, lacks: &["`boxes:index:Lid`", "`open`: boolean, secret"] },
    Edit { at: "/types/boxes:index:Lid/enum", ours: "[]", theirs: r#"[{"value": "flat"}]"#, lacks: &["`boxes:index:Lid`", "value `flat`"] },
    Edit { at: "/types/boxes:index:Lid/language", ours: "{}", theirs: r#"{"nodejs": {"requiredOutputs": ["text"]}}"#, lacks: &["`boxes:index:Lid`", "`text` always got in Node"] },
];

const TEXT: &str = r#"{"type": "string"}"#;
const BOX: &str = "`boxes:index:Box`";

fn schema() -> Value {
    json!({
        "name": "boxes",
        "config": {"variables": {"room": {"type": "string"}}, "required": []},
        "provider": {"inputProperties": {}, "methods": {}},
        "resources": {"boxes:index:Box": {
            "inputProperties": {"size": {"type": "string"}},
            "requiredInputs": [],
            "properties": {"lid": {"type": "string"}},
            "required": []
        }},
        "functions": {"boxes:index:count": {
            "inputs": {"properties": {}},
            "outputs": {"properties": {"of": {"type": "integer"}}}
        }},
        "types": {"boxes:index:Lid": {"properties": {"text": {"type": "string"}}}}
    })
}

/// The schema with this at a pointer, or without what is there.
fn with(edits: &[(&str, &str)]) -> Package {
    let mut schema = schema();
    for (at, text) in edits {
        let (parent, name) = at.rsplit_once('/').expect("a pointer");
        let parent = schema.pointer_mut(parent).unwrap_or_else(|| panic!("no {parent}"));
        let members = parent.as_object_mut().expect("an object");
        match text.is_empty() {
            true => members.remove(name),
            false => members.insert(name.to_owned(), serde_json::from_str(text).expect("JSON")),
        };
    }
    serde_json::from_value(schema).expect("a schema")
}

/// The lines of a list without their boxes.
fn lines(list: &List) -> Vec<String> {
    let text = list.to_string();
    text.lines().filter_map(|line| line.trim().strip_prefix("- [ ] ").map(str::to_owned)).collect()
}

#[test]
fn each_thing_that_the_tables_lack_is_a_line() {
    for Edit { at, ours, theirs, lacks } in EDITS {
        let list = List::of(&with(&[(at, ours)]), &with(&[(at, theirs)]));
        assert_eq!(lines(&list), *lacks, "{at}: {ours} => {theirs}");
    }
}

#[test]
fn many_are_told_in_sections_with_how_many_there_are() {
    let theirs: Vec<_> = EDITS
        .iter()
        .filter(|edit| !edit.theirs.is_empty() && !edit.lacks.is_empty())
        .map(|edit| (edit.at, edit.theirs))
        .collect();
    let ours = [("/resources/boxes:index:Rack", "{}"), ("/config/variables/rate", TEXT)];
    let list = List::of(&with(&ours), &with(&theirs));
    insta::assert_snapshot!(list);
    let same = List::of(&with(&theirs), &with(&theirs));
    assert_eq!(same.to_string(), "Nothing is lacking.\n");
}
