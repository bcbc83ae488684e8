//! What becomes a value by `into()`.

use super::{Archive, Asset, Object, Output, ResourceReference, Value};

/// The properties of these names: `object! { "name": "a", "size": 3 }`.
///
/// A value is anything that is `Into<Value>`.
#[macro_export]
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        $crate::value::Object::from([
            $((::std::string::String::from($name), $crate::value::Value::from($value))),*
        ])
    };
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Bool(flag)
    }
}

/// Numbers that a double holds exactly.
macro_rules! from_exact {
    ($($number:ty)*) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Value::Number(number.into())
            }
        }
    )*};
}

/// Numbers of which a double holds exactly those up to 2^53, as the wire does.
macro_rules! from_long {
    ($($number:ty)*) => {$(
        /// Exact up to 2^53, the nearest double above.
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Value::Number(number as f64)
            }
        }
    )*};
}

from_exact! { f32 f64 i8 i16 i32 u8 u16 u32 }
from_long! { i64 isize u64 usize }

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(text)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Value::Array(items.into_iter().map(Into::into).collect())
    }
}

/// `None` is null.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl From<Object> for Value {
    fn from(properties: Object) -> Self {
        Value::Object(properties)
    }
}

impl From<Output> for Value {
    fn from(output: Output) -> Self {
        Value::Output(Box::new(output))
    }
}

impl From<Asset> for Value {
    fn from(asset: Asset) -> Self {
        Value::Asset(Box::new(asset))
    }
}

impl From<Archive> for Value {
    fn from(archive: Archive) -> Self {
        Value::Archive(Box::new(archive))
    }
}

impl From<ResourceReference> for Value {
    fn from(reference: ResourceReference) -> Self {
        Value::Resource(Box::new(reference))
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => flag.into(),
            serde_json::Value::Number(number) => number.as_f64().into(),
            serde_json::Value::String(text) => text.into(),
            serde_json::Value::Array(items) => items.into(),
            serde_json::Value::Object(members) => {
                let named = members.into_iter().map(|(name, json)| (name, json.into()));
                named.collect::<Object>().into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_width_are_values() {
        let numbers: [Value; 6] =
            [1_u8.into(), 1_i16.into(), 1_u32.into(), 1_i64.into(), 1_u64.into(), 1_usize.into()];
        assert!(numbers.iter().all(|number| *number == Value::Number(1.0)));
        assert_eq!(Value::from(1_u64 << 53).as_i64(), Some(1 << 53));
        assert_eq!(Value::from((1_i64 << 53) + 2).as_i64(), None, "not exact any more");
        assert_eq!(Value::from(-1.5).as_i64(), None);
        assert_eq!(Value::from(f64::NAN).as_i64(), None);
    }

    #[test]
    fn an_object_is_written_as_it_reads() {
        let size: Option<i32> = None;
        let object = object! { "name": "a", "size": size, "tags": vec!["x"] };
        assert_eq!(object["name"], "a".into());
        assert_eq!(object["size"], Value::Null);
        assert_eq!(object["tags"], Value::Array(vec!["x".into()]));
        assert_eq!(object! {}, Object::new());
    }
}
