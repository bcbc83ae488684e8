//! Blocks as lists: the shape in which functions of bridged providers give what resources hold.
//!
//! A resource holds a block as an object or null, `jwtConfiguration`; a function gives it as a list of
//! one or none, `jwtConfigurations`. The rows of the function follow from those of the resource, and the names from the
//! rule of plurals that published packages have: the property is the plural, and the type is called as what it is in,
//! and the singular of that. Pure.

use crate::state::{is_zero, zero};
use crate::table::{Absent, Codec, Field, Kind, ObjectType, Rare, output};
use crate::value::{Object, Value};

/// The rows in which these rows of a resource are given within the type or function of that name.
///
/// They are sorted by name; their names and types are kept for the life of the process.
pub(crate) fn rows<'a>(within: &str, fields: impl IntoIterator<Item = &'a Field>) -> Vec<Field> {
    let mut rows: Vec<Field> = fields.into_iter().map(|field| row(within, field)).collect();
    rows.sort_unstable_by_key(|row| row.name);
    rows
}

/// The row itself, as it is given within the type or function of that name.
fn row(within: &str, field: &Field) -> Field {
    let property = property(field);
    let kind = match block(field.kind) {
        Some(of) if keeps_blocks(field) => {
            list_of(within, &property, |name| of.fields.iter().map(|row| kept(name, row)).collect())
        }
        Some(of) => list_of(within, &property, |name| rows(name, of.fields)),
        None if field.codec == Codec::OneInList => Kind::List(keep(field.kind)),
        None => field.kind,
    };
    // Names that are the same need not be kept twice.
    let name = if property == field.name { field.name } else { property.leak() };
    given(field, name, kind)
}

/// The row as one that is only given, by this name and of this kind.
fn given(field: &Field, name: &'static str, kind: Kind) -> Field {
    Field {
        doc: field.doc,
        // What answers leave out is empty here: there is nothing to hide.
        secret: field.secret && !field.write_only && !field.never_stored,
        unordered: field.unordered,
        constraint: field.constraint,
        deprecated: field.deprecated,
        ..output(name, kind)
    }
}

/// The row within the type of that name, with a block as a block.
fn kept(within: &str, field: &Field) -> Field {
    let kind = match field.kind {
        Kind::Object(of) => {
            let name: &'static str = format!("{within}{}", capitalized(field.name)).leak();
            let fields = of.fields.iter().map(|row| kept(name, row)).collect::<Vec<_>>().leak();
            Kind::Object(keep(ObjectType { name, fields }))
        }
        kind => kind,
    };
    given(field, field.name, kind)
}

fn keeps_blocks(field: &Field) -> bool {
    field.rare == Rare::BlocksStay
}

/// The list of objects in that property within the type or function of that name; the rows are made for their type's name.
pub(crate) fn list_of(within: &str, property: &str, rows: impl FnOnce(&str) -> Vec<Field>) -> Kind {
    let name: &'static str = format!("{within}{}", capitalized(&singular(property))).leak();
    Kind::List(keep(Kind::Object(keep(ObjectType { name, fields: rows(name).leak() }))))
}

/// What is given of these outputs of a resource: what is null there is a zero value here.
pub(crate) fn values<'a>(fields: impl IntoIterator<Item = &'a Field>, outputs: &Object) -> Object {
    let value = |field: &Field| value(field, outputs.get(field.name));
    fields.into_iter().map(|field| (property(field), value(field))).collect()
}

fn value(field: &Field, value: Option<&Value>) -> Value {
    match (block(field.kind), value) {
        (None, value) if field.codec == Codec::OneInList => {
            let given = value.filter(|value| !is_zero(value)).cloned();
            given.into_iter().collect::<Vec<_>>().into()
        }
        (None, None | Some(Value::Null)) => zero(&Field { absent: Absent::Zero, ..*field }),
        (None, Some(value)) => value.clone(),
        (Some(_), Some(block @ Value::Object(_))) if keeps_blocks(field) => {
            vec![block.clone()].into()
        }
        (Some(of), Some(Value::Object(block))) => {
            vec![Value::from(values(of.fields, block))].into()
        }
        (Some(of), Some(Value::Array(blocks))) => {
            let blocks = blocks.iter().filter_map(Value::as_object);
            blocks.map(|block| Value::from(values(of.fields, block))).collect::<Vec<_>>().into()
        }
        (Some(_), _) => Value::Array(Vec::new()),
    }
}

/// The property in which a row is given.
fn property(field: &Field) -> String {
    match block(field.kind) {
        Some(_) => plural(field.name),
        None => field.name.to_owned(),
    }
}

/// The type of a block, or of each in a list of blocks.
fn block(kind: Kind) -> Option<&'static ObjectType> {
    match kind {
        Kind::Object(of) => Some(of),
        Kind::List(Kind::Object(of)) => Some(*of),
        _ => None,
    }
}

/// The plural of a name, as published packages have it: what ends with an `s` is one already.
pub(crate) fn plural(name: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ends(&["ss", "us", "x", "ch", "sh"]) => format!("{name}es"),
        _ if name.ends_with('s') => name.to_owned(),
        _ => format!("{name}s"),
    }
}

/// The singular of such a plural, and of what only looks like one: `aws` is `aw`, `anonymouses` is `anonymouse`.
fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = name
        .strip_suffix("es")
        .filter(|stem| ["ss", "status", "x", "ch", "sh"].iter().any(|end| stem.ends_with(end)));
    stem.or_else(|| name.strip_suffix('s')).unwrap_or(name).to_owned()
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::object_of;
    use crate::table::*;

    const ROD: ObjectType = object_type("BoxRod", &[required("length", INT).doc("A length.")]);
    const LID: ObjectType = object_type(
        "BoxLid",
        &[
            computed("hinge", object(&ROD)).doc("A block inside a block."),
            optional("key", STRING).secret().doc("A secret."),
            optional("pin", STRING).secret().write_only().doc("A secret that is never shown."),
        ],
    );
    const FIELDS: &[Field] = &[
        optional("labels", STRING_MAP).absent_is_null().doc("A map."),
        optional("lid", object(&LID)).doc("A block."),
        optional("name", STRING).default(Literal::String("n")).replaces().doc("A text."),
        optional("rods", list(&object(&ROD))).doc("A list of blocks."),
        optional("tag", STRING).one_in_list().doc("One text."),
    ];

    /// Names of published packages.
    #[test]
    fn names_follow_the_rule_of_plurals() {
        struct Case {
            block: &'static str,
            property: &'static str,
            of: &'static str,
        }
        let case = |block, property, of| Case { block, property, of };
        let cases = [
            case("addons", "addons", "addon"),
            case("anonymous", "anonymouses", "anonymouse"),
            case("aws", "aws", "aw"),
            case("box", "boxes", "box"),
            case("match", "matches", "match"),
            case("policy", "policies", "policy"),
            case("recaptchaV2", "recaptchaV2s", "recaptchaV2"),
            case("status", "statuses", "status"),
            case("thirdPartyClientAccess", "thirdPartyClientAccesses", "thirdPartyClientAccess"),
            case("xray", "xrays", "xray"),
        ];
        for case in cases {
            assert_eq!(plural(case.block), case.property);
            assert_eq!(singular(case.property), case.of);
        }
    }

    #[test]
    fn a_block_is_a_list_whose_type_is_called_as_what_it_is_in() {
        let rows = rows("getBox", FIELDS);
        let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
        assert_eq!(names, ["labels", "lids", "name", "rods", "tag"]);
        assert!(matches!(rows[4].kind, Kind::List(Kind::String)), "it is a list to the API");
        let lid = block(rows[1].kind).unwrap();
        assert_eq!((lid.name, lid.fields[0].name), ("getBoxLid", "hinges"));
        assert_eq!(block(lid.fields[0].kind).unwrap().name, "getBoxLidHinge");
        assert!(matches!(lid.fields[0].kind, Kind::List(Kind::Object(_))));
        assert_eq!(block(rows[3].kind).unwrap().name, "getBoxRod");
    }

    #[test]
    fn blocks_stay_in_a_block_that_says_so() {
        const BOX: ObjectType = object_type("Box", FIELDS);
        const ALL: &[Field] =
            &[optional("box", object(&BOX)).blocks_stay().doc("A block of blocks.")];
        let rows = rows("get", ALL);
        let (name, inside) = (rows[0].name, block(rows[0].kind).unwrap());
        assert_eq!((name, inside.name), ("boxes", "getBox"));
        let lid = inside.field("lid").unwrap();
        assert!(matches!(lid.kind, Kind::Object(of) if of.name == "getBoxLid"), "{:?}", lid.kind);
        assert!(block(lid.kind).unwrap().field("key").unwrap().secret);
        let held = object_of(r#"{"box": {"lid": {"hinge": {"length": 2}}}}"#);
        let given = object_of(r#"{"boxes": [{"lid": {"hinge": {"length": 2}}}]}"#);
        assert_eq!(values(ALL, &held), given);
    }

    #[test]
    fn a_row_keeps_what_it_is_and_loses_how_it_is_set() {
        let rows = rows("getBox", FIELDS);
        assert_eq!(rows[2].doc, "A text.");
        assert!(rows[2].default.is_none() && !rows[2].replaces);
        assert!(rows.iter().all(|row| row.presence == Presence::Output));
        let lid = block(rows[1].kind).unwrap();
        assert!(lid.field("key").unwrap().secret);
        assert!(!lid.field("pin").unwrap().secret, "there is nothing to hide");
    }

    #[test]
    fn values_have_the_shape_of_the_rows_and_no_nulls() {
        struct Case {
            held: &'static str,
            given: &'static str,
        }
        let cases = [
            Case {
                held: "{}",
                given: r#"{"labels": {}, "lids": [], "name": "", "rods": [], "tag": []}"#,
            },
            Case {
                held: r#"{"labels": null, "lid": null, "name": null, "rods": null, "tag": "",
                    "other": 1}"#,
                given: r#"{"labels": {}, "lids": [], "name": "", "rods": [], "tag": []}"#,
            },
            Case {
                held: r#"{"labels": {"a": "b"}, "lid": {"hinge": {"length": 2}, "key": "k"},
                    "name": "n", "rods": [{"length": 1}], "tag": "t"}"#,
                given: r#"{"labels": {"a": "b"}, "lids": [{"hinges": [{"length": 2}], "key": "k", "pin": ""}],
                    "name": "n", "rods": [{"length": 1}], "tag": ["t"]}"#,
            },
        ];
        for case in cases {
            assert_eq!(values(FIELDS, &object_of(case.held)), object_of(case.given));
        }
    }
}
