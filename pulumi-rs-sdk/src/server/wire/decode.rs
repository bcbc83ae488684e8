//! From the wire to values.

use super::message::{Field, Kind, Struct, Wire};
use super::signature;
use crate::path::{PropertyPath, Step};
use crate::value::{
    Archive, ArchiveSource, Asset, AssetSource, Object, Output, ResourceReference, Value,
};

/// How deep values may be nested. The message parser itself stops at about half of it.
const MAX_DEPTH: usize = 64;

/// A value that is not in the form of the protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("malformed value at {path}: {reason}", path = self.path())]
pub struct Malformed {
    reason: &'static str,
    /// The way to the value, its end first.
    steps: Vec<Step>,
}

impl Malformed {
    fn new(reason: &'static str) -> Self {
        Malformed { reason, steps: Vec::new() }
    }

    fn at(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn path(&self) -> PropertyPath {
        let steps = self.steps.iter().rev();
        steps.fold(PropertyPath::default(), |path, step| path.then(step.clone()))
    }
}

/// Decodes the properties in the field of that name of a message; an absent field holds none.
///
/// # Errors
/// Says where a value is not in the form of the protocol, or nested too deep.
pub fn decode(field: &str, properties: Option<Struct>) -> Result<Object, Malformed> {
    let fields = properties.unwrap_or_default().fields;
    object(fields, 0).map_err(|error| error.at(Step::Name(field.to_owned())))
}

/// Of several entries of one name the last counts, as everywhere in Protobuf; all have to be well formed.
fn object(fields: Vec<Field>, depth: usize) -> Result<Object, Malformed> {
    let named =
        fields.into_iter().map(|Field { name, value: wire }| match value(wire, depth + 1) {
            Ok(value) => Ok((name, value)),
            Err(error) => Err(error.at(Step::Name(name))),
        });
    named.collect()
}

fn value(wire: Wire, depth: usize) -> Result<Value, Malformed> {
    if depth > MAX_DEPTH {
        return Err(Malformed::new("values are nested too deep"));
    }
    Ok(match wire.kind {
        None | Some(Kind::Null(_)) => Value::Null,
        Some(Kind::Bool(flag)) => Value::Bool(flag),
        Some(Kind::Number(number)) => Value::Number(number),
        Some(Kind::String(text)) => match signature::UNKNOWNS.contains(&text.as_str()) {
            true => Value::Unknown,
            false => Value::String(text),
        },
        Some(Kind::List(list)) => {
            let mut items = Vec::with_capacity(list.values.len());
            for (index, item) in list.values.into_iter().enumerate() {
                items.push(value(item, depth + 1).map_err(|e| e.at(Step::Index(index)))?);
            }
            Value::Array(items)
        }
        Some(Kind::Struct(Struct { fields })) => {
            match fields.iter().any(|field| field.name == signature::KEY) {
                false => Value::Object(object(fields, depth)?),
                true => special(fields, depth)?,
            }
        }
    })
}

/// The value of an object with a signature.
fn special(mut fields: Vec<Field>, depth: usize) -> Result<Value, Malformed> {
    let signatures = fields.extract_if(.., |field| field.name == signature::KEY);
    let signature = signatures.last().and_then(|field| field.value.kind);
    let mut fields = object(fields, depth)?;
    let Some(Kind::String(signature)) = signature else {
        return Err(Malformed::new("the signature is not a string"));
    };
    match signature.as_str() {
        // States of bridged providers hold secrets without a value.
        signature::SECRET => {
            Ok(Value::Secret(Box::new(fields.remove("value").unwrap_or(Value::Null))))
        }
        signature::OUTPUT => output(fields).map(Value::from),
        signature::ASSET => asset(fields).map(Value::from),
        signature::ARCHIVE => archive(fields).map(Value::from),
        signature::RESOURCE => reference(fields).map(Value::from),
        signature::BYTE_STRING => Err(Malformed::new(
            "the string is not UTF-8, and in the handshake this provider takes only such",
        )),
        _ => Err(Malformed::new("the signature is of no kind known here")),
    }
}

fn output(mut fields: Object) -> Result<Output, Malformed> {
    let secret = match fields.remove("secret") {
        None => false,
        Some(Value::Bool(secret)) => secret,
        Some(_) => return Err(Malformed::new("`secret` of an output is not a boolean")),
    };
    let dependencies = match fields.remove("dependencies") {
        None => Vec::new(),
        Some(Value::Array(urns)) => urns
            .into_iter()
            .map(|urn| match urn {
                Value::String(urn) => Ok(urn),
                _ => Err(Malformed::new("a dependency of an output is not a string")),
            })
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(Malformed::new("`dependencies` of an output are not a list")),
    };
    Ok(Output { value: fields.remove("value"), secret, dependencies })
}

fn asset(mut fields: Object) -> Result<Asset, Malformed> {
    const REASON: &str = "a field of an asset is not a string";
    let hash = string(&mut fields, "hash", REASON)?.unwrap_or_default();
    let sources = [
        string(&mut fields, "text", REASON)?.map(AssetSource::Text),
        string(&mut fields, "path", REASON)?.map(AssetSource::Path),
        string(&mut fields, "uri", REASON)?.map(AssetSource::Uri),
    ];
    let source = first(sources, |source| match source {
        AssetSource::Text(text) | AssetSource::Path(text) | AssetSource::Uri(text) => {
            text.is_empty()
        }
    });
    Ok(Asset { hash, source })
}

fn archive(mut fields: Object) -> Result<Archive, Malformed> {
    const REASON: &str = "a field of an archive is not a string";
    let hash = string(&mut fields, "hash", REASON)?.unwrap_or_default();
    let assets = match fields.remove("assets") {
        None => None,
        Some(Value::Object(assets)) => {
            if assets.values().any(|a| !matches!(a, Value::Asset(_) | Value::Archive(_))) {
                return Err(Malformed::new("an archive holds what is no asset and no archive"));
            }
            Some(ArchiveSource::Assets(assets))
        }
        Some(_) => return Err(Malformed::new("`assets` of an archive are not an object")),
    };
    let sources = [
        string(&mut fields, "path", REASON)?.map(ArchiveSource::Path),
        string(&mut fields, "uri", REASON)?.map(ArchiveSource::Uri),
        assets,
    ];
    let source = first(sources, |source| match source {
        ArchiveSource::Path(text) | ArchiveSource::Uri(text) => text.is_empty(),
        ArchiveSource::Assets(_) => false,
    });
    Ok(Archive { hash, source })
}

/// The first source that is not empty: the engine treats an empty one as absent.
fn first<T>(sources: [Option<T>; 3], is_empty: impl Fn(&T) -> bool) -> Option<T> {
    let (filled, empty): (Vec<T>, Vec<T>) =
        sources.into_iter().flatten().partition(|source| !is_empty(source));
    filled.into_iter().chain(empty).next()
}

fn reference(mut fields: Object) -> Result<ResourceReference, Malformed> {
    const REASON: &str = "a field of a resource reference is not a string";
    let urn = string(&mut fields, "urn", REASON)?
        .ok_or(Malformed::new("a resource reference has no `urn`"))?;
    let id = match fields.remove("id").map(Value::reveal) {
        None => None,
        Some(Value::Unknown) => Some(Value::Unknown),
        Some(Value::String(id)) if id.is_empty() => Some(Value::Unknown),
        Some(id @ Value::String(_)) => Some(id),
        Some(_) => return Err(Malformed::new("`id` of a resource reference is not a string")),
    };
    let package_version = string(&mut fields, "packageVersion", REASON)?.unwrap_or_default();
    Ok(ResourceReference { urn, id, package_version })
}

fn string(
    fields: &mut Object,
    name: &str,
    reason: &'static str,
) -> Result<Option<String>, Malformed> {
    match fields.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Malformed::new(reason)),
    }
}
