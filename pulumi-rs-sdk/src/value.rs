//! A property value as a provider sees it, free of any wire format.

mod from;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::{fmt, mem};

use zeroize::Zeroize;

/// The properties of a resource, by name, sorted.
pub type Object = BTreeMap<String, Value>;

/// A Pulumi property value.
///
/// The numbers of the wire are doubles; integral ones are exact up to 2^53. What is rare is in a box, so that the values
/// of an object lie close together; `into()` puts it there.
#[derive(Clone, PartialEq, Default)]
pub enum Value {
    /// An explicit null.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object or a map.
    Object(Object),
    /// A value that is not known before the update runs; there are such only in previews.
    Unknown,
    /// A value that must not be shown or stored in the clear.
    Secret(Box<Value>),
    /// A value with its dependencies; travels in `Construct` and `Call` only.
    Output(Box<Output>),
    /// A file, text or address.
    Asset(Box<Asset>),
    /// A tree of files.
    Archive(Box<Archive>),
    /// A reference to another resource.
    Resource(Box<ResourceReference>),
}

/// A value that knows which resources it comes from.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Output {
    /// The value; `None` where it is unknown.
    pub value: Option<Value>,
    /// Whether it is secret.
    pub secret: bool,
    /// The URNs of the resources it depends on.
    pub dependencies: Vec<String>,
}

/// A single blob.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// The SHA-256 of the content in hex; empty where it was not computed.
    pub hash: String,
    /// Where the content is; `None` where only the hash travels, as in `Diff`.
    pub source: Option<AssetSource>,
}

/// Where the content of an [`Asset`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum AssetSource {
    /// The content itself.
    Text(String),
    /// A path on this machine.
    Path(String),
    /// An address.
    Uri(String),
}

/// A collection of assets.
#[derive(Clone, Debug, PartialEq)]
pub struct Archive {
    /// The SHA-256 of the content in hex; empty where it was not computed.
    pub hash: String,
    /// Where the content is; `None` where only the hash travels, as in `Diff`.
    pub source: Option<ArchiveSource>,
}

/// Where the content of an [`Archive`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum ArchiveSource {
    /// Assets and archives by name.
    Assets(Object),
    /// A path on this machine.
    Path(String),
    /// An address.
    Uri(String),
}

/// A reference to a resource of any provider.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResourceReference {
    /// The URN of the resource.
    pub urn: String,
    /// Its id: `None` for a component, unknown in a preview.
    pub id: Option<Value>,
    /// The version of the package that defines it; empty where it is not known.
    pub package_version: String,
}

impl Value {
    /// Whether this is an explicit null.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The text of a string value.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean of a boolean value.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The number of a number value.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The number, where it is a whole one that a double holds exactly: up to 2^53.
    pub fn as_i64(&self) -> Option<i64> {
        const EXACT: f64 = (1_i64 << 53) as f64;
        let whole = |number: &f64| number.fract() == 0.0 && number.abs() <= EXACT;
        self.as_f64().filter(whole).map(|number| number as i64)
    }

    /// The elements of a list.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The properties of an object or map.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Value::Object(properties) => Some(properties),
            _ => None,
        }
    }

    /// Whether this value or one inside it is unknown.
    pub fn contains_unknown(&self) -> bool {
        self.any(&|value| match value {
            Value::Unknown => true,
            Value::Output(output) => output.value.is_none(),
            _ => false,
        })
    }

    /// Whether this value or one inside it is marked secret.
    pub fn contains_secret(&self) -> bool {
        self.any(&|value| match value {
            Value::Secret(_) => true,
            Value::Output(output) => output.secret,
            _ => false,
        })
    }

    /// The value under a secret mark: `Value::secret("a")`. Debug never prints what is in it, so compare
    /// [revealed](Value::reveal) values in tests.
    pub fn secret(value: impl Into<Value>) -> Value {
        Value::Secret(Box::new(value.into()))
    }

    /// Takes every secret mark and output wrapper off, at any depth.
    pub fn reveal(mut self) -> Value {
        self.uncover();
        self
    }

    /// [`Value::reveal`] in place, since to build maps anew costs more than all that is done to their values.
    fn uncover(&mut self) {
        match self {
            Value::Secret(inner) => {
                *self = mem::take(&mut **inner);
                self.uncover();
            }
            Value::Output(output) => {
                *self = output.value.take().unwrap_or(Value::Unknown);
                self.uncover();
            }
            Value::Array(items) => items.iter_mut().for_each(Value::uncover),
            Value::Object(properties) => properties.values_mut().for_each(Value::uncover),
            _ => {}
        }
    }

    fn any(&self, test: &dyn Fn(&Value) -> bool) -> bool {
        test(self)
            || match self {
                Value::Secret(inner) => inner.any(test),
                Value::Output(output) => output.value.as_ref().is_some_and(|v| v.any(test)),
                Value::Array(items) => items.iter().any(|item| item.any(test)),
                Value::Object(properties) => properties.values().any(|value| value.any(test)),
                Value::Archive(archive) => {
                    archive.assets().is_some_and(|assets| assets.values().any(|v| v.any(test)))
                }
                Value::Resource(reference) => reference.id.as_ref().is_some_and(|v| v.any(test)),
                _ => false,
            }
    }
}

/// Wipes its texts from memory, at every depth: they are where secrets are.
impl Zeroize for Value {
    fn zeroize(&mut self) {
        match self {
            Value::String(text) => text.zeroize(),
            Value::Array(items) => items.iter_mut().for_each(Value::zeroize),
            Value::Object(properties) => properties.values_mut().for_each(Value::zeroize),
            Value::Secret(inner) => inner.zeroize(),
            Value::Output(output) => output.value.iter_mut().for_each(Value::zeroize),
            Value::Asset(asset) => {
                if let Some(AssetSource::Text(text)) = &mut asset.source {
                    text.zeroize();
                }
            }
            Value::Archive(archive) => {
                if let Some(ArchiveSource::Assets(assets)) = &mut archive.source {
                    assets.values_mut().for_each(Value::zeroize);
                }
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Unknown
            | Value::Resource(_) => {}
        }
    }
}

impl Archive {
    /// What is in it, where that is known here.
    pub(crate) fn assets(&self) -> Option<&Object> {
        match &self.source {
            Some(ArchiveSource::Assets(assets)) => Some(assets),
            _ => None,
        }
    }
}

/// The properties without secret marks and output wrappers: a copy only where they have any, since to copy what a program
/// gives costs about as much as all else that is done to it.
pub fn revealed(properties: &Object) -> Cow<'_, Object> {
    let is_wrapped = |value: &Value| matches!(value, Value::Secret(_) | Value::Output(_));
    match properties.values().any(|value| value.any(&is_wrapped)) {
        true => Cow::Owned(reveal(properties.clone())),
        false => Cow::Borrowed(properties),
    }
}

/// Takes the secret marks off every property.
pub fn reveal(mut properties: Object) -> Object {
    properties.values_mut().for_each(Value::uncover);
    properties
}

/// Prints values for developers; the content of a secret is never printed.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(flag) => write!(f, "{flag}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::String(text) => write!(f, "{text:?}"),
            Value::Array(items) => f.debug_list().entries(items).finish(),
            Value::Object(properties) => f.debug_map().entries(properties).finish(),
            Value::Unknown => f.write_str("[unknown]"),
            Value::Secret(_) => f.write_str("[secret]"),
            Value::Output(output) if output.secret => f.write_str("[secret]"),
            Value::Output(output) => output.fmt(f),
            Value::Asset(asset) => asset.fmt(f),
            Value::Archive(archive) => archive.fmt(f),
            Value::Resource(reference) => reference.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_prints_a_secret() {
        let value = Value::Array(vec![
            Value::Secret(Box::new("hunter2".into())),
            Output { value: Some("hunter2".into()), secret: true, dependencies: vec![] }.into(),
        ]);
        assert_eq!(format!("{value:?}"), "[[secret], [secret]]");
    }

    fn secret(value: Value) -> Value {
        Value::Secret(Box::new(value))
    }

    fn output(value: Option<Value>, secret: bool) -> Value {
        Output { value, secret, dependencies: vec![] }.into()
    }

    /// An archive, a list and an output with an object that hold it.
    fn holders(value: &Value) -> [Value; 3] {
        let object = Object::from([("a".to_owned(), value.clone())]);
        [
            Archive { hash: String::new(), source: Some(ArchiveSource::Assets(object.clone())) }
                .into(),
            Value::Array(vec![1.into(), value.clone()]),
            output(Some(object.into()), false),
        ]
    }

    #[test]
    fn reveal_takes_marks_off_at_any_depth() {
        let marked = secret(Value::Array(vec![
            secret(1.into()),
            output(Some(secret(Object::from([("a".to_owned(), secret(2.into()))]).into())), true),
            output(None, true),
        ]));
        let plain = Object::from([("a".to_owned(), 2.into())]);
        assert_eq!(marked.reveal(), Value::Array(vec![1.into(), plain.into(), Value::Unknown]));
    }

    #[test]
    fn only_what_has_marks_is_copied_without_them() {
        for value in [secret(1.into()), output(Some(1.into()), false)] {
            for holder in holders(&value).into_iter().chain([value]) {
                let marked = Object::from([("a".to_owned(), holder)]);
                let plain = revealed(&marked);
                assert!(matches!(plain, Cow::Owned(_)), "{marked:?}");
                assert_eq!(plain.into_owned(), reveal(marked));
            }
        }
        let plain = Object::from([("a".to_owned(), Value::Array(vec![1.into()]))]);
        assert!(matches!(revealed(&plain), Cow::Borrowed(same) if *same == plain));
    }

    #[test]
    fn what_is_unknown_or_secret_is_found_wherever_it_is() {
        for value in [Value::Unknown, output(None, false)] {
            assert!(value.contains_unknown() && !value.contains_secret());
            assert!(holders(&value).iter().all(Value::contains_unknown));
        }
        for value in [secret(1.into()), output(Some(1.into()), true)] {
            assert!(value.contains_secret() && !value.contains_unknown());
            assert!(holders(&value).iter().all(Value::contains_secret));
        }
        let id = ResourceReference { id: Some(Value::Unknown), ..ResourceReference::default() };
        assert!(Value::from(id).contains_unknown());
    }
}
