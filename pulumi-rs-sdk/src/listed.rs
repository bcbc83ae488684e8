//! Blocks as lists: the shape in which functions of bridged providers give what resources hold.
//!
//! A resource holds a block as an object or null, `jwtConfiguration`; a function gives it as a list of
//! one or none, `jwtConfigurations`. The rows of the function follow from those of the resource and from
//! a table of the names, which are irregular and therefore written down. Pure.

use crate::state::{is_zero, zero};
use crate::table::{Absent, Codec, Field, Kind, ObjectType, output};
use crate::value::{Object, Value};

/// How blocks are called where they are lists.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// What the names of all types begin with, `getClient` for instance.
    pub prefix: &'static str,
    /// The name of each block.
    pub names: &'static [Name],
}

/// How one block is called where it is a list.
#[derive(Debug, Clone, Copy)]
pub struct Name {
    /// The type of the block in the resource, `ClientJwtConfiguration`.
    pub block: &'static str,
    /// The property that lists it, `jwtConfigurations`.
    pub property: &'static str,
    /// The rest of the name of its type, after the prefix: `JwtConfiguration`.
    pub of: &'static str,
}

/// The block of that type is listed in `property`, as a type that ends with `of`.
pub const fn name(block: &'static str, property: &'static str, of: &'static str) -> Name {
    Name { block, property, of }
}

impl Listed {
    /// The rows of a function that gives these rows of a resource.
    ///
    /// They are sorted by name; their types are made once for each function and kept for the life of the
    /// process.
    pub fn rows<'a>(&self, fields: impl IntoIterator<Item = &'a Field>) -> Vec<Field> {
        let mut rows: Vec<Field> = fields.into_iter().map(|field| self.row(field)).collect();
        rows.sort_unstable_by_key(|row| row.name);
        rows
    }

    /// A list of objects with these rows, whose type is named by the prefix and `of`.
    pub fn list(&self, of: &str, rows: Vec<Field>) -> Kind {
        let name = format!("{}{of}", self.prefix).leak();
        Kind::List(keep(Kind::Object(keep(ObjectType { name, fields: rows.leak() }))))
    }

    /// What a function gives of these outputs of a resource: what is null there is a zero value here.
    pub fn values(&self, fields: &[Field], outputs: &Object) -> Object {
        let value = |field: &Field| self.value(field, outputs.get(field.name));
        fields.iter().map(|field| (self.property(field).to_owned(), value(field))).collect()
    }

    fn row(&self, field: &Field) -> Field {
        let kind = match block(field.kind) {
            Some(of) => {
                let name = self.name(of).map_or(of.name, |name| name.of);
                self.list(name, self.rows(of.fields))
            }
            None if field.codec == Codec::OneInList => Kind::List(keep(field.kind)),
            None => field.kind,
        };
        Field {
            doc: field.doc,
            secret: field.secret,
            unordered: field.unordered,
            constraint: field.constraint,
            deprecated: field.deprecated,
            ..output(self.property(field), kind)
        }
    }

    fn property(&self, field: &Field) -> &'static str {
        block(field.kind).and_then(|of| self.name(of)).map_or(field.name, |name| name.property)
    }

    fn name(&self, of: &ObjectType) -> Option<&'static Name> {
        self.names.iter().find(|name| name.block == of.name)
    }

    fn value(&self, field: &Field, value: Option<&Value>) -> Value {
        match (block(field.kind), value) {
            (None, value) if field.codec == Codec::OneInList => value
                .filter(|value| !is_zero(value))
                .cloned()
                .into_iter()
                .collect::<Vec<_>>()
                .into(),
            (None, None | Some(Value::Null)) => zero(&Field { absent: Absent::Zero, ..*field }),
            (None, Some(value)) => value.clone(),
            (Some(of), Some(Value::Object(block))) => {
                vec![Value::from(self.values(of.fields, block))].into()
            }
            (Some(of), Some(Value::Array(blocks))) => blocks
                .iter()
                .filter_map(Value::as_object)
                .map(|block| Value::from(self.values(of.fields, block)))
                .collect::<Vec<_>>()
                .into(),
            (Some(_), _) => Value::Array(Vec::new()),
        }
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
        ],
    );
    const FIELDS: &[Field] = &[
        optional("labels", STRING_MAP).absent_is_null().doc("A map."),
        optional("lid", object(&LID)).doc("A block."),
        optional("name", STRING).default(Literal::String("n")).replaces().doc("A text."),
        optional("rods", list(&object(&ROD))).doc("A list of blocks."),
        optional("tag", STRING).one_in_list().doc("One text."),
    ];
    const LISTED: Listed = Listed {
        prefix: "getBox",
        names: &[name("BoxLid", "lids", "Lid"), name("BoxRod", "rods", "Ro")],
    };

    #[test]
    fn a_block_is_a_list_under_the_name_that_is_written_down() {
        let rows = LISTED.rows(FIELDS);
        let names: Vec<&str> = rows.iter().map(|row| row.name).collect();
        assert_eq!(names, ["labels", "lids", "name", "rods", "tag"]);
        assert!(matches!(rows[4].kind, Kind::List(Kind::String)), "it is a list to the API");
        let lid = block(rows[1].kind).unwrap();
        assert_eq!((lid.name, lid.fields[1].name), ("getBoxLid", "rods"));
        assert_eq!(block(lid.fields[1].kind).unwrap().name, "getBoxRo");
        assert!(matches!(lid.fields[1].kind, Kind::List(Kind::Object(_))));
    }

    #[test]
    fn a_row_keeps_what_it_is_and_loses_how_it_is_set() {
        let rows = LISTED.rows(FIELDS);
        assert_eq!(rows[2].doc, "A text.");
        assert!(rows[2].default.is_none() && !rows[2].replaces);
        assert!(rows.iter().all(|row| row.presence == Presence::Output));
        assert!(block(rows[1].kind).unwrap().fields[0].secret);
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
                given: r#"{"labels": {"a": "b"}, "lids": [{"rods": [{"length": 2}], "key": "k"}],
                    "name": "n", "rods": [{"length": 1}], "tag": ["t"]}"#,
            },
        ];
        for case in cases {
            assert_eq!(LISTED.values(FIELDS, &object_of(case.held)), object_of(case.given));
        }
    }
}
