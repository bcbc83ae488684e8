//! A schema of the document: the keywords that constrain a value.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A JSON schema, as far as Auth0's document uses the language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Schema {
    /// Another schema that stands here.
    #[serde(rename = "$ref")]
    pub reference: Option<String>,
    /// The types allowed; empty for any.
    #[serde(rename = "type", deserialize_with = "one_or_many")]
    pub types: Vec<Kind>,
    /// The values allowed.
    #[serde(rename = "enum")]
    pub values: Option<Vec<Value>>,
    /// A named format of a string.
    pub format: Option<String>,
    /// A regular expression for a string.
    pub pattern: Option<String>,
    /// Least characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// Least value.
    pub minimum: Option<f64>,
    /// Greatest value.
    pub maximum: Option<f64>,
    /// Least elements.
    pub min_items: Option<usize>,
    /// Most elements.
    pub max_items: Option<usize>,
    /// Whether no two elements may be equal.
    pub unique_items: bool,
    /// Least keys.
    pub min_properties: Option<usize>,
    /// Most keys.
    pub max_properties: Option<usize>,
    /// Keys that must be there.
    pub required: Vec<String>,
    /// Schemas of keys.
    pub properties: BTreeMap<String, Schema>,
    /// What other keys may be.
    pub additional_properties: Additional,
    /// The schema of elements.
    pub items: Option<Box<Schema>>,
    /// Exactly one of these fits.
    pub one_of: Vec<Schema>,
    /// At least one of these fits.
    pub any_of: Vec<Schema>,
    /// All of these fit.
    pub all_of: Vec<Schema>,
}

/// What keys that `properties` does not name may be.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Additional {
    /// Anything, or nothing at all.
    Allowed(bool),
    /// Values of this schema.
    Of(Box<Schema>),
}

impl Default for Additional {
    fn default() -> Self {
        Self::Allowed(true)
    }
}

/// A JSON type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The type of a value; a number without a fraction is an integer.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.as_f64().is_some_and(|n| n.fract() == 0.0) => {
                Self::Integer
            }
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// Whether a value of the type `self` may stand where `wanted` is asked for.
    pub fn fits(self, wanted: Self) -> bool {
        self == wanted || (self == Self::Integer && wanted == Self::Number)
    }

    /// The name of the type in schemas and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Kind>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Types {
        One(Kind),
        Many(Vec<Kind>),
    }
    Ok(match Types::deserialize(deserializer)? {
        Types::One(kind) => vec![kind],
        Types::Many(kinds) => kinds,
    })
}
