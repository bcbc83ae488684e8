//! The kinds of value that a property can have.

use super::Field;

/// What a property holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A boolean.
    Bool,
    /// A whole number.
    Int,
    /// Any number.
    Number,
    /// A text.
    String,
    /// A list of values of one kind.
    List(&'static Kind),
    /// Values of one kind by keys that the user chooses.
    Map(&'static Kind),
    /// An object with named fields.
    Object(&'static ObjectType),
    /// A value of any kind.
    Any,
}

/// A boolean.
pub const BOOL: Kind = Kind::Bool;
/// A whole number.
pub const INT: Kind = Kind::Int;
/// Any number.
pub const NUMBER: Kind = Kind::Number;
/// A text.
pub const STRING: Kind = Kind::String;
/// A list of texts.
pub const STRINGS: Kind = Kind::List(&Kind::String);
/// Texts by keys that the user chooses.
pub const STRING_MAP: Kind = Kind::Map(&Kind::String);

/// A value of any kind.
pub const ANY: Kind = Kind::Any;

/// A list of values of one kind.
pub const fn list(of: &'static Kind) -> Kind {
    Kind::List(of)
}

/// Values of one kind by keys that the user chooses.
pub const fn map(of: &'static Kind) -> Kind {
    Kind::Map(of)
}

/// An object with named fields.
pub const fn object(of: &'static ObjectType) -> Kind {
    Kind::Object(of)
}

/// A named type of the schema: an object with fields.
#[derive(Debug)]
pub struct ObjectType {
    /// Its name in the schema, `ClientJwtConfiguration` for instance.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// A named object type: `object(&TYPE)` is a property of it, `list(&object(&TYPE))` a list.
///
/// In outputs its rows are [outputs](super::output()), in inputs [required](super::required()) or
/// [optional](super::optional()).
pub const fn object_type(name: &'static str, fields: &'static [Field]) -> ObjectType {
    ObjectType { name, fields }
}

impl ObjectType {
    /// Whether it has a field of that name.
    pub(crate) const fn has(&self, name: &str) -> bool {
        has(self.fields, name)
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Whether a row has that name.
pub(super) const fn has(fields: &[Field], name: &str) -> bool {
    let mut index = 0;
    while index < fields.len() {
        if is_same(fields[index].name, name) {
            return true;
        }
        index += 1;
    }
    false
}

/// Equality of texts, which a `const` cannot ask for yet.
pub(super) const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut index = 0;
    while index < a.len() && index < b.len() && a[index] == b[index] {
        index += 1;
    }
    index == a.len() && index == b.len()
}

impl Kind {
    /// How a message names it: `a list of strings`.
    pub fn noun(&self) -> String {
        match self {
            Kind::Bool => "a boolean".into(),
            Kind::Int => "a whole number".into(),
            Kind::Number => "a number".into(),
            Kind::String => "a string".into(),
            Kind::List(of) => format!("a list of {}", of.plural()),
            Kind::Map(of) => format!("a map of {}", of.plural()),
            Kind::Object(_) => "an object".into(),
            Kind::Any => "a value".into(),
        }
    }

    fn plural(&self) -> &'static str {
        match self {
            Kind::Bool => "booleans",
            Kind::Int => "whole numbers",
            Kind::Number => "numbers",
            Kind::String => "strings",
            Kind::List(_) => "lists",
            Kind::Map(_) => "maps",
            Kind::Object(_) => "objects",
            Kind::Any => "values",
        }
    }
}
