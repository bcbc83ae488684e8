//! From values to the wire.

use prost_types::value::Kind;
use prost_types::{ListValue, NullValue, Struct, Value as Wire};

use super::signature;
use crate::value::{
    Archive, ArchiveSource, Asset, AssetSource, Object, Output, ResourceReference, Value,
};

/// Encodes the properties of a resource.
///
/// Values come from [`super::decode`] or from JSON, both of bounded depth, so that the recursion is
/// bounded too.
pub fn encode(properties: Object) -> Struct {
    Struct { fields: properties.into_iter().map(|(name, inner)| (name, value(inner))).collect() }
}

fn value(value: Value) -> Wire {
    match value {
        Value::Null => wire(Kind::NullValue(NullValue::NullValue.into())),
        Value::Bool(flag) => wire(Kind::BoolValue(flag)),
        Value::Number(number) => wire(Kind::NumberValue(number)),
        Value::String(text) => string(text),
        Value::Array(items) => list(items.into_iter().map(self::value).collect()),
        Value::Object(properties) => wire(Kind::StructValue(encode(properties))),
        Value::Unknown => string(signature::UNKNOWN_STRING),
        Value::Secret(inner) => signed(signature::SECRET, [("value", Some(self::value(*inner)))]),
        Value::Output(output) => self::output(output),
        Value::Asset(asset) => self::asset(asset),
        Value::Archive(archive) => self::archive(archive),
        Value::Resource(reference) => self::reference(reference),
    }
}

fn output(output: Output) -> Wire {
    let dependencies = output.dependencies.into_iter().map(string).collect::<Vec<_>>();
    signed(
        signature::OUTPUT,
        [
            ("value", output.value.map(|inner| value(*inner))),
            ("secret", output.secret.then(|| wire(Kind::BoolValue(true)))),
            ("dependencies", (!dependencies.is_empty()).then(|| list(dependencies))),
        ],
    )
}

fn asset(asset: Asset) -> Wire {
    let source = asset.source.map(|source| match source {
        AssetSource::Text(text) => ("text", text),
        AssetSource::Path(path) => ("path", path),
        AssetSource::Uri(uri) => ("uri", uri),
    });
    let (name, source) = source.map_or(("text", None), |(name, text)| (name, Some(string(text))));
    signed(signature::ASSET, [("hash", not_empty(asset.hash)), (name, source)])
}

fn archive(archive: Archive) -> Wire {
    let (name, source) = match archive.source {
        None => ("path", None),
        Some(ArchiveSource::Path(path)) => ("path", Some(string(path))),
        Some(ArchiveSource::Uri(uri)) => ("uri", Some(string(uri))),
        Some(ArchiveSource::Assets(assets)) => {
            ("assets", Some(wire(Kind::StructValue(encode(assets)))))
        }
    };
    signed(signature::ARCHIVE, [("hash", not_empty(archive.hash)), (name, source)])
}

/// An unknown id travels as an empty one.
fn reference(reference: ResourceReference) -> Wire {
    let id = reference.id.map(|id| match *id {
        Value::Unknown => string(""),
        id => value(id),
    });
    signed(
        signature::RESOURCE,
        [
            ("urn", Some(string(reference.urn))),
            ("id", id),
            ("packageVersion", not_empty(reference.package_version)),
        ],
    )
}

fn signed<const N: usize>(signature: &str, fields: [(&str, Option<Wire>); N]) -> Wire {
    let mut signed = Struct::default();
    signed.fields.insert(signature::KEY.to_owned(), string(signature));
    for (name, field) in fields {
        if let Some(field) = field {
            signed.fields.insert(name.to_owned(), field);
        }
    }
    wire(Kind::StructValue(signed))
}

fn not_empty(text: String) -> Option<Wire> {
    (!text.is_empty()).then(|| string(text))
}

fn string(text: impl Into<String>) -> Wire {
    wire(Kind::StringValue(text.into()))
}

fn list(values: Vec<Wire>) -> Wire {
    wire(Kind::ListValue(ListValue { values }))
}

fn wire(kind: Kind) -> Wire {
    Wire { kind: Some(kind) }
}
