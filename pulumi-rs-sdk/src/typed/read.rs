//! From properties to a struct.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess,
    SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::error::Mismatch;
use crate::check::{noun, suggest};
use crate::path::Step;
use crate::table::{Field, Kind};
use crate::value::{Object, Value};

/// Takes the properties into a struct. Properties that the struct does not have are left out.
///
/// # Errors
/// A property is absent, or not what the struct takes; the struct has a field that is none of `fields`.
pub fn from_object<T: DeserializeOwned>(
    fields: &'static [Field],
    properties: &Object,
) -> Result<T, Mismatch> {
    T::deserialize(Properties { fields: Some(fields), properties })
}

/// Properties, and the rows that they are said by; those of a map or of a value of any kind have none.
struct Properties<'a> {
    fields: Option<&'static [Field]>,
    properties: &'a Object,
}

/// A value, and its kind.
struct Of<'a> {
    kind: Kind,
    value: &'a Value,
}

impl Properties<'_> {
    fn kind(&self, name: &str) -> Kind {
        let field = self.fields.and_then(|fields| fields.iter().find(|field| field.name == name));
        field.map_or(Kind::Any, |field| field.kind)
    }
}

impl<'de> Deserializer<'de> for Properties<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let kinds = |name: &str| self.kind(name);
        visitor.visit_map(Entries { rest: self.properties.iter(), kinds, value: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        taken: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        for field in taken.iter().copied() {
            if let Some(fields) = self.fields
                && !fields.iter().any(|row| row.name == field)
            {
                let names = fields.iter().map(|row| row.name);
                return Err(Mismatch::new(format!(
                    "the struct {name} has the field `{field}`, which the table does not have{}",
                    suggest(names, field)
                )));
            }
        }
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl Of<'_> {
    fn unfit(&self, wanted: &str) -> Mismatch {
        Mismatch::new(format!("expected {wanted}, got {}", noun(self.value)))
    }
}

impl<'de> Deserializer<'de> for Of<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match (self.kind, self.value) {
            (kind, Value::Secret(inner)) => Of { kind, value: inner }.deserialize_any(visitor),
            (_, Value::Null) => visitor.visit_unit(),
            (_, Value::Bool(flag)) => visitor.visit_bool(*flag),
            (_, Value::Number(number)) => match (self.value.as_i64(), *number) {
                (Some(whole), _) if whole >= 0 => visitor.visit_u64(whole.unsigned_abs()),
                (Some(whole), _) => visitor.visit_i64(whole),
                (None, number) => visitor.visit_f64(number),
            },
            (_, Value::String(text)) => visitor.visit_str(text),
            (kind, Value::Array(items)) => {
                let kind = match kind {
                    Kind::List(of) => *of,
                    _ => Kind::Any,
                };
                visitor.visit_seq(Items { rest: items.iter().enumerate(), kind })
            }
            (kind, Value::Object(properties)) => match kind {
                Kind::Object(of) => {
                    Properties { fields: Some(of.fields), properties }.deserialize_any(visitor)
                }
                kind => {
                    let kinds = |_: &str| match kind {
                        Kind::Map(of) => *of,
                        _ => Kind::Any,
                    };
                    visitor.visit_map(Entries { rest: properties.iter(), kinds, value: None })
                }
            },
            _ => Err(self
                .unfit("a value that a struct can hold; take it from the properties themselves")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        taken: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match (self.kind, self.value) {
            (kind, Value::Secret(inner)) => {
                Of { kind, value: inner }.deserialize_struct(name, taken, visitor)
            }
            (Kind::Object(of), Value::Object(properties)) => {
                let fields = Some(of.fields);
                Properties { fields, properties }.deserialize_struct(name, taken, visitor)
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    /// A text is the name of a variant.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.value.as_str() {
            Some(text) => {
                let variant: StrDeserializer<'_, Mismatch> = text.into_deserializer();
                visitor.visit_enum(variant)
            }
            None => Err(self.unfit("a string")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Entries<'a, I, K> {
    rest: I,
    kinds: K,
    value: Option<(&'a str, &'a Value)>,
}

impl<'a, 'de, I, K> MapAccess<'de> for Entries<'a, I, K>
where
    I: Iterator<Item = (&'a String, &'a Value)>,
    K: Fn(&str) -> Kind,
{
    type Error = Mismatch;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        // The engine's own keys are none of the provider's.
        let Some((name, value)) = self.rest.find(|(name, _)| !name.starts_with("__")) else {
            return Ok(None);
        };
        self.value = Some((name, value));
        let key: StrDeserializer<'_, Mismatch> = name.as_str().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mismatch> {
        let (name, value) =
            self.value.take().ok_or_else(|| Mismatch::custom("a value before its key"))?;
        let value = Of { kind: (self.kinds)(name), value };
        seed.deserialize(value).map_err(|mismatch| mismatch.at(Step::Name(name.to_owned())))
    }
}

struct Items<I> {
    rest: I,
    kind: Kind,
}

impl<'a, 'de, I: Iterator<Item = (usize, &'a Value)>> SeqAccess<'de> for Items<I> {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        let Some((index, value)) = self.rest.next() else { return Ok(None) };
        let item = seed.deserialize(Of { kind: self.kind, value });
        item.map(Some).map_err(|mismatch| mismatch.at(Step::Index(index)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::object;
    use crate::table::*;

    const LOCK: ObjectType =
        object_type("Lock", &[required("key", STRING), optional("keyCount", INT)]);
    const FIELDS: &[Field] = &[
        optional("anything", ANY),
        required("locks", list(&object(&LOCK))),
        optional("material", STRING),
        optional("names", STRING_MAP),
        required("size", INT),
        optional("weight", NUMBER),
    ];

    #[derive(Debug, Deserialize, PartialEq)]
    struct Chest {
        anything: Option<serde_json::Value>,
        locks: Vec<Lock>,
        material: Option<Material>,
        names: Option<BTreeMap<String, String>>,
        size: u8,
        weight: Option<f32>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "camelCase")]
    struct Lock {
        key: String,
        key_count: Option<i64>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Material {
        Oak,
    }

    #[test]
    fn properties_fill_a_struct() {
        let secret = Value::Secret(Box::new("k".into()));
        let given = object! {
            "__defaults": Vec::<&str>::new(),
            "anything": vec![1, 2],
            "locks": vec![object! { "key": secret, "keyCount": -3 }],
            "material": "oak",
            "names": object! { "a.b": "c" },
            "size": 7,
            "weight": 2,
            "elsewhere": true,
        };
        let chest: Chest = from_object(FIELDS, &given).unwrap();
        let expected = Chest {
            anything: Some(serde_json::json!([1, 2])),
            locks: vec![Lock { key: "k".into(), key_count: Some(-3) }],
            material: Some(Material::Oak),
            names: Some(BTreeMap::from([("a.b".into(), "c".into())])),
            size: 7,
            weight: Some(2.0),
        };
        assert_eq!(chest, expected);
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_path() {
        struct Case {
            given: Object,
            mismatch: &'static str,
        }
        let lock = |key: Value| object! { "locks": vec![object! { "key": key }], "size": 1 };
        let cases = [
            Case {
                given: object! { "locks": Value::Array(vec![]) },
                mismatch: "missing field `size`",
            },
            Case {
                given: object! { "locks": Value::Array(vec![]), "size": 256 },
                mismatch: "size: invalid value: integer `256`, expected u8",
            },
            Case {
                given: lock(1.into()),
                mismatch: "locks[0].key: invalid type: integer `1`, expected a string",
            },
            Case {
                given: lock(Value::Unknown),
                mismatch: "locks[0].key: expected a value that a struct can hold; take it from the \
                           properties themselves, got a value",
            },
        ];
        for Case { given, mismatch } in cases {
            let found = from_object::<Chest>(FIELDS, &given).unwrap_err();
            assert_eq!(found.to_string(), mismatch);
        }
    }

    #[test]
    fn a_misspelt_field_shows_at_every_level_though_it_be_optional() {
        #[derive(Debug, Deserialize)]
        struct Misspelt {
            #[allow(dead_code, reason = "it is only read")]
            locks: Vec<MisspeltLock>,
        }
        #[derive(Debug, Deserialize)]
        struct MisspeltLock {
            #[allow(dead_code, reason = "it is only read")]
            keycount: Option<i64>,
        }
        let given = object! { "locks": vec![object! { "key": "k" }] };
        let found = from_object::<Misspelt>(FIELDS, &given).unwrap_err();
        assert_eq!(
            found.to_string(),
            "locks[0]: the struct MisspeltLock has the field `keycount`, which the table does not have: did \
             you mean `keyCount`?"
        );
    }
}
