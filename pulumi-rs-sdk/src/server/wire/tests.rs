//! Laws of the wire form, and the cases of the protocol's own tests.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use prost::Message;
use prost_types::value::Kind;
use prost_types::{ListValue, Struct, Value as Wire};

use super::{decode, encode, message, signature};
use crate::value::{
    Archive, ArchiveSource, Asset, AssetSource, Object, Output, ResourceReference, Value,
};

fn assets() -> impl Strategy<Value = Asset> {
    let source = prop_oneof![
        ".{0,6}".prop_map(AssetSource::Text),
        ".{0,6}".prop_map(AssetSource::Path),
        ".{0,6}".prop_map(AssetSource::Uri),
    ];
    ("[0-9a-f]{0,8}", option::of(source)).prop_map(|(hash, source)| Asset { hash, source })
}

fn archives() -> impl Strategy<Value = Archive> {
    let leaf = prop_oneof![
        ".{0,6}".prop_map(ArchiveSource::Path),
        ".{0,6}".prop_map(ArchiveSource::Uri),
        btree_map(".{0,4}", assets().prop_map(Value::from), 0..3).prop_map(ArchiveSource::Assets),
    ];
    ("[0-9a-f]{0,8}", option::of(leaf)).prop_map(|(hash, source)| Archive { hash, source })
}

fn references() -> impl Strategy<Value = ResourceReference> {
    let id = prop_oneof![Just(Value::Unknown), ".{1,6}".prop_map(Value::String)];
    (".{0,9}", option::of(id), "[0-9.]{0,5}")
        .prop_map(|(urn, id, package_version)| ResourceReference { urn, id, package_version })
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Unknown),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        ".{0,12}".prop_map(Value::String),
        assets().prop_map(Value::from),
        archives().prop_map(Value::from),
        references().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        let output = (option::of(inner.clone()), any::<bool>(), vec(".{0,5}", 0..3))
            .prop_map(|(value, secret, dependencies)| Output { value, secret, dependencies });
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            btree_map(".{0,4}", inner.clone(), 0..4).prop_map(Value::Object),
            inner.prop_map(|value| Value::Secret(Box::new(value))),
            output.prop_map(Value::from),
        ]
    })
}

/// Any message at all, with the protocol's own keys and constants strewn in.
fn wires() -> impl Strategy<Value = Wire> {
    let kind = |kind| Wire { kind: Some(kind) };
    let signature = prop::sample::select(vec![
        signature::SECRET,
        signature::OUTPUT,
        signature::ASSET,
        signature::ARCHIVE,
        signature::RESOURCE,
        signature::BYTE_STRING,
        signature::UNKNOWNS[0],
    ]);
    let key = prop::sample::select(vec![
        signature::KEY,
        "value",
        "secret",
        "dependencies",
        "hash",
        "text",
        "path",
        "uri",
        "assets",
        "urn",
        "id",
        "packageVersion",
    ]);
    let leaf = prop_oneof![
        Just(Wire { kind: None }),
        any::<i32>().prop_map(move |null| kind(Kind::NullValue(null))),
        any::<bool>().prop_map(move |flag| kind(Kind::BoolValue(flag))),
        any::<f64>().prop_map(move |number| kind(Kind::NumberValue(number))),
        ".{0,4}".prop_map(move |text| kind(Kind::StringValue(text))),
        signature.prop_map(move |text| kind(Kind::StringValue(text.to_owned()))),
    ];
    leaf.prop_recursive(5, 48, 5, move |inner| {
        let named = btree_map(key.clone().prop_map(str::to_owned), inner.clone(), 0..5);
        prop_oneof![
            vec(inner, 0..4).prop_map(move |values| kind(Kind::ListValue(ListValue { values }))),
            named.prop_map(move |fields| kind(Kind::StructValue(Struct { fields }))),
        ]
    })
}

fn of(value: Value) -> Object {
    Object::from([("a".to_owned(), value)])
}

fn wire(value: Wire) -> Struct {
    Struct { fields: [("a".to_owned(), value)].into() }
}

/// What arrives here of what others send.
fn sent(properties: &Struct) -> message::Struct {
    message::Struct::decode(properties.encode_to_vec().as_slice()).unwrap()
}

proptest! {
    #[test]
    fn decode_gives_back_what_was_encoded(value in values()) {
        // NaN equals nothing, so values are compared as they print, which shows all but secrets.
        let shown = |object: &Object| format!("{object:?}");
        let revealed = |object: Object| format!("{:?}", crate::value::reveal(object));
        let back = decode("news", Some(encode(of(value.clone())))).unwrap();
        prop_assert_eq!(shown(&back), shown(&of(value.clone())));
        prop_assert_eq!(revealed(back), revealed(of(value)));
    }

    #[test]
    fn the_bytes_of_an_encoded_value_hold_it(value in values()) {
        let bytes = encode(of(value)).encode_to_vec();
        let read = message::Struct::decode(bytes.as_slice()).unwrap();
        let once = decode("news", Some(read)).unwrap();
        prop_assert_eq!(encode(once).encode_to_vec(), bytes);
    }

    #[test]
    fn messages_are_those_of_the_well_known_types(value in wires()) {
        let theirs = wire(value);
        let back = sent(&theirs).encode_to_vec();
        prop_assert_eq!(Struct::decode(back.as_slice()).unwrap(), theirs);
    }

    #[test]
    fn no_struct_panics_the_decoder(value in wires()) {
        if let Ok(first) = decode("news", Some(sent(&wire(value)))) {
            let canonical = encode(first);
            let again = encode(decode("news", Some(canonical.clone())).unwrap());
            prop_assert_eq!(again.encode_to_vec(), canonical.encode_to_vec());
        }
    }

    #[test]
    fn no_bytes_panic_the_decoder(bytes in vec(any::<u8>(), 0..200)) {
        if let Ok(message) = message::Struct::decode(bytes.as_slice()) {
            let _ = decode("news", Some(message));
        }
    }
}

fn signed(signature: &str, fields: &[(&str, Value)]) -> message::Struct {
    let mut object = Object::from([(signature::KEY.to_owned(), signature.into())]);
    object.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    // An object with a signature key is encoded as it stands, and so becomes a special value.
    encode(of(object.into()))
}

#[test]
fn every_sentinel_is_an_unknown() {
    for sentinel in signature::UNKNOWNS {
        let items = Value::from(vec![sentinel, "plain"]);
        let expected = Value::Array(vec![Value::Unknown, "plain".into()]);
        assert_eq!(decode("news", Some(encode(of(items)))).unwrap(), of(expected), "{sentinel}");
    }
}

#[test]
fn a_secret_without_a_value_is_a_secret_null() {
    let secret = Value::Secret(Box::new(Value::Null));
    for fields in [vec![], vec![("value", Value::Null)]] {
        let wire = signed(signature::SECRET, &fields);
        assert_eq!(decode("olds", Some(wire)).unwrap(), of(secret.clone()));
    }
}

#[test]
fn a_reference_with_an_empty_id_is_to_a_resource_not_made_yet() {
    let wire = signed(signature::RESOURCE, &[("urn", "urn:x".into()), ("id", "".into())]);
    let reference = ResourceReference {
        urn: "urn:x".into(),
        id: Some(Value::Unknown),
        package_version: String::new(),
    };
    assert_eq!(decode("news", Some(wire)).unwrap(), of(reference.into()));
}

#[test]
fn an_elided_asset_is_its_hash() {
    let wire = signed(signature::ASSET, &[("hash", "abc".into())]);
    let asset = Asset { hash: "abc".into(), source: None };
    assert_eq!(decode("news", Some(wire)).unwrap(), of(asset.into()));
}

#[test]
fn a_value_of_no_kind_is_null() {
    assert_eq!(decode("news", Some(sent(&wire(Wire { kind: None })))).unwrap(), of(Value::Null));
}

#[test]
fn absent_properties_are_none() {
    assert_eq!(decode("news", None).unwrap(), Object::new());
}

#[test]
fn malformed_values_are_named_by_field_and_path() {
    struct Case {
        signature: &'static str,
        fields: &'static [(&'static str, Value)],
        error: &'static str,
    }
    let cases = [
        Case {
            signature: "no such kind",
            fields: &[],
            error: "malformed value at news.a: the signature is of no kind known here",
        },
        Case {
            signature: signature::OUTPUT,
            fields: &[("secret", Value::Number(1.0))],
            error: "malformed value at news.a: `secret` of an output is not a boolean",
        },
        Case {
            signature: signature::OUTPUT,
            fields: &[("dependencies", Value::Null)],
            error: "malformed value at news.a: `dependencies` of an output are not a list",
        },
        Case {
            signature: signature::RESOURCE,
            fields: &[],
            error: "malformed value at news.a: a resource reference has no `urn`",
        },
        Case {
            signature: signature::ASSET,
            fields: &[("hash", Value::Null)],
            error: "malformed value at news.a: a field of an asset is not a string",
        },
        Case {
            signature: signature::ARCHIVE,
            fields: &[("assets", Value::Null)],
            error: "malformed value at news.a: `assets` of an archive are not an object",
        },
        Case {
            signature: signature::BYTE_STRING,
            fields: &[],
            error: "malformed value at news.a: the string is not UTF-8, and in the handshake this \
                    provider takes only such",
        },
    ];
    for case in cases {
        let wire = signed(case.signature, case.fields);
        assert_eq!(decode("news", Some(wire)).unwrap_err().to_string(), case.error);
    }
}

#[test]
fn a_malformed_value_deep_inside_is_named_by_its_path() {
    let bad = Object::from([(signature::KEY.to_owned(), Value::Null)]);
    let inside = Value::Array(vec![1.into(), of(bad.into()).into()]);
    let error = decode("olds", Some(encode(of(inside)))).unwrap_err();
    assert_eq!(error.to_string(), "malformed value at olds.a[1].a: the signature is not a string");
}

fn nested(depth: usize) -> message::Struct {
    let inside = |kind| message::Struct {
        fields: vec![message::Field {
            name: "a".to_owned(),
            value: message::Wire { kind: Some(kind) },
        }],
    };
    let innermost = inside(message::Kind::Bool(true));
    (0..depth).fold(innermost, |inner, _| inside(message::Kind::Struct(inner)))
}

#[test]
fn of_two_entries_of_one_name_the_last_counts() {
    let entries = |first: Value, last: Value| {
        let fields = [first, last].map(|value| encode(of(value)).fields);
        decode("news", Some(message::Struct { fields: fields.concat() })).unwrap()
    };
    assert_eq!(entries(1.into(), 2.into()), of(2.into()));
    let inside = |signature: &str| {
        let wire = signed(signature, &[("value", "x".into())]).fields.remove(0).value;
        let Some(message::Kind::Struct(object)) = wire.kind else { panic!("an object") };
        object.fields
    };
    let fields = [inside("no such kind"), inside(signature::SECRET)].concat();
    let kind = Some(message::Kind::Struct(message::Struct { fields }));
    let twice = message::Field { name: "a".to_owned(), value: message::Wire { kind } };
    let secret = Value::Secret(Box::new("x".into()));
    assert_eq!(decode("news", Some(message::Struct { fields: vec![twice] })).unwrap(), of(secret));
}

#[test]
fn values_nested_too_deep_are_refused() {
    let error = decode("news", Some(nested(1000))).unwrap_err().to_string();
    assert!(error.ends_with("values are nested too deep"), "{error}");
    assert!(decode("news", Some(nested(60))).is_ok());
}

#[test]
fn messages_nested_too_deep_are_refused_by_the_parser() {
    assert!(message::Struct::decode(nested(1000).encode_to_vec().as_slice()).is_err());
    assert!(message::Struct::decode(nested(30).encode_to_vec().as_slice()).is_ok());
}
