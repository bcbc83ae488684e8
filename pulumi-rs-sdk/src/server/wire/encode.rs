//! From values to the wire.

use prost_types::NullValue;

use super::message::{Field, Kind, List, Struct, Wire};
use super::signature;
use crate::value::{
    Archive, ArchiveSource, Asset, AssetSource, Object, Output, ResourceReference, Value,
};

/// Encodes the properties of a resource.
///
/// Values come from [`super::decode`] or from JSON, both of bounded depth, so that the recursion is
/// bounded too.
pub fn encode(properties: Object) -> Struct {
    let fields = properties.into_iter().map(|(name, inner)| Field { name, value: value(inner) });
    Struct { fields: fields.collect() }
}

fn value(value: Value) -> Wire {
    match value {
        Value::Null => wire(Kind::Null(NullValue::NullValue.into())),
        Value::Bool(flag) => wire(Kind::Bool(flag)),
        Value::Number(number) => wire(Kind::Number(number)),
        Value::String(text) => string(text),
        Value::Array(items) => list(items.into_iter().map(self::value).collect()),
        Value::Object(properties) => wire(Kind::Struct(encode(properties))),
        Value::Unknown => string(signature::UNKNOWN_STRING),
        Value::Secret(inner) => signed(signature::SECRET, [("value", Some(self::value(*inner)))]),
        Value::Output(output) => self::output(*output),
        Value::Asset(asset) => self::asset(*asset),
        Value::Archive(archive) => self::archive(*archive),
        Value::Resource(reference) => self::reference(*reference),
    }
}

fn output(output: Output) -> Wire {
    let dependencies = output.dependencies.into_iter().map(string).collect::<Vec<_>>();
    signed(
        signature::OUTPUT,
        [
            ("value", output.value.map(value)),
            ("secret", output.secret.then(|| wire(Kind::Bool(true)))),
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
        Some(ArchiveSource::Assets(assets)) => ("assets", Some(wire(Kind::Struct(encode(assets))))),
    };
    signed(signature::ARCHIVE, [("hash", not_empty(archive.hash)), (name, source)])
}

/// An unknown id travels as an empty one.
fn reference(reference: ResourceReference) -> Wire {
    let id = reference.id.map(|id| match id {
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
    let signed = [(signature::KEY, Some(string(signature)))].into_iter().chain(fields);
    let fields =
        signed.filter_map(|(name, value)| Some(Field { name: name.to_owned(), value: value? }));
    wire(Kind::Struct(Struct { fields: fields.collect() }))
}

fn not_empty(text: String) -> Option<Wire> {
    (!text.is_empty()).then(|| string(text))
}

fn string(text: impl Into<String>) -> Wire {
    wire(Kind::String(text.into()))
}

fn list(values: Vec<Wire>) -> Wire {
    wire(Kind::List(List { values }))
}

fn wire(kind: Kind) -> Wire {
    Wire { kind: Some(kind) }
}
