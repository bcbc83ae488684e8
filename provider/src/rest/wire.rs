//! One value between its Pulumi form and the JSON of the API, by the rows of a table.

use pulumi_rs_sdk::state::{Moment, fill, is_absent, same, zero};
use pulumi_rs_sdk::table::{Codec, Field, Kind, Resource, Sent, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Number, Value as Json};

/// What a request does; some rows are sent on create only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    /// It makes the resource.
    Create,
    /// It changes the resource.
    Change,
}

impl Occasion {
    /// Whether a row is sent now.
    pub(super) fn sends(self, field: &Field) -> bool {
        match field.sent {
            Sent::CreateAndChange => field.is_input(),
            Sent::Create => field.is_input() && self == Occasion::Create,
            Sent::Never => false,
        }
    }
}

/// Puts `json` at the wire path of a row; dots lead into objects.
pub(super) fn put(members: &mut WireObject, path: &str, json: Json) {
    match path.split_once('.') {
        None => {
            members.insert(path.to_owned(), json);
        }
        Some((outer, inner)) => {
            let outer = members.entry(outer).or_insert_with(|| WireObject::new().into());
            if let Json::Object(members) = outer {
                put(members, inner, json);
            }
        }
    }
}

fn get<'a>(members: &'a WireObject, path: &str) -> Option<&'a Json> {
    match path.split_once('.') {
        None => members.get(path),
        Some((outer, inner)) => get(members.get(outer)?.as_object()?, inner),
    }
}

/// The JSON of a value of this row.
pub(super) fn encode(field: &Field, value: &Value, occasion: Occasion) -> Json {
    match (field.codec, value) {
        (Codec::TriState, Value::String(text)) => match text.as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => Json::Null,
        },
        (Codec::DisableBlock, value) if is_absent(field, value) => Json::Null,
        (Codec::JsonText, Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())
        }
        (_, Value::Array(items)) if items.is_empty() && field.empty_is_null => Json::Null,
        _ => encode_kind(field.kind, value, occasion),
    }
}

fn encode_kind(kind: Kind, value: &Value, occasion: Occasion) -> Json {
    match (kind, value) {
        (_, Value::Bool(flag)) => (*flag).into(),
        (_, Value::String(text)) => text.as_str().into(),
        (_, Value::Number(number)) => encode_number(*number),
        (Kind::List(of), Value::Array(items)) => {
            items.iter().map(|item| encode_kind(*of, item, occasion)).collect()
        }
        (Kind::Map(of), Value::Object(entries)) => entries
            .iter()
            .map(|(name, value)| (name.clone(), encode_kind(*of, value, occasion)))
            .collect::<WireObject>()
            .into(),
        (Kind::Object(of), Value::Object(properties)) => {
            encode_object(of.fields, properties, occasion).into()
        }
        _ => Json::Null,
    }
}

/// Whole numbers are written as such: the API refuses `36000.0` for an integer.
fn encode_number(number: f64) -> Json {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return (number as i64).into();
    }
    Number::from_f64(number).map_or(Json::Null, Json::Number)
}

fn encode_object(fields: &'static [Field], properties: &Object, occasion: Occasion) -> WireObject {
    let mut members = WireObject::new();
    for field in fields.iter().filter(|field| occasion.sends(field)) {
        if let Some(value) = properties.get(field.name).filter(|value| !value.is_null()) {
            put(&mut members, &field.wire_name(), encode(field, value, occasion));
        }
    }
    members
}

/// The outputs that an answer of the API makes, complete.
///
/// `kept` are the values from before the answer, inputs or old outputs: what answers leave out is taken
/// from there, and so is the order of lists whose order means nothing. The id is among the outputs too:
/// that is how the published provider stores it.
pub(super) fn outputs(
    resource: &Resource,
    id: &str,
    answer: &WireObject,
    moment: Moment,
    kept: &Object,
) -> Object {
    let mut outputs = decode_object(resource.fields, answer);
    for field in resource.fields {
        let Some(before) = kept.get(field.name).filter(|value| !value.is_null()) else {
            continue;
        };
        let now = outputs.get(field.name);
        let reordered = matches!(field.kind, Kind::List(_))
            && !is_absent(field, before)
            && now.is_some_and(|now| same(field, before, now));
        if field.write_only || field.sent == Sent::Never || reordered {
            outputs.insert(field.name.to_owned(), before.clone());
        }
    }
    fill(resource, &mut outputs, moment);
    outputs.insert("id".to_owned(), id.into());
    outputs
}

fn decode_object(fields: &'static [Field], members: &WireObject) -> Object {
    fields
        .iter()
        .filter(|field| field.sent != Sent::Never && !field.write_only)
        .filter_map(|field| {
            let json = get(members, &field.wire_name())?;
            Some((field.name.to_owned(), decode(field, json)?))
        })
        .collect()
}

fn decode(field: &Field, json: &Json) -> Option<Value> {
    match (field.codec, json) {
        (_, Json::Null) => None,
        (Codec::TriState, Json::Bool(flag)) => Some(flag.to_string().into()),
        (Codec::JsonText, json) => Some(json.to_string().into()),
        _ => decode_kind(field.kind, json),
    }
}

/// A value of the kind; `None` where the API answers with something else.
fn decode_kind(kind: Kind, json: &Json) -> Option<Value> {
    match (kind, json) {
        (Kind::Bool, Json::Bool(flag)) => Some((*flag).into()),
        (Kind::Int | Kind::Number, Json::Number(number)) => number.as_f64().map(Value::Number),
        // Old clients have lifetimes that come back as text.
        (Kind::Int | Kind::Number, Json::String(text)) => text.parse().ok().map(Value::Number),
        (Kind::String, Json::String(text)) => Some(text.as_str().into()),
        (Kind::String, Json::Number(_) | Json::Bool(_)) => Some(json.to_string().into()),
        (Kind::List(of), Json::Array(items)) => {
            Some(Value::Array(items.iter().filter_map(|item| decode_kind(*of, item)).collect()))
        }
        (Kind::Map(of), Json::Object(members)) => Some(Value::Object(
            members
                .iter()
                .filter_map(|(name, json)| Some((name.clone(), decode_kind(*of, json)?)))
                .collect(),
        )),
        (Kind::Object(of), Json::Object(members)) => {
            Some(Value::Object(decode_object(of.fields, members)))
        }
        _ => None,
    }
}

/// The JSON that clears a row whose zero value does.
pub(super) fn encode_zero(field: &Field) -> Json {
    match field.kind {
        Kind::Int | Kind::Number | Kind::Object(_) => Json::Null,
        _ => encode(field, &zero(field), Occasion::Change),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::{THING, members, object};

    #[test]
    fn rows_are_written_by_their_name_codec_and_occasion() {
        struct Case {
            inputs: Json,
            create: Json,
            change: Json,
        }
        let same = |inputs: Json, wire: Json| Case { inputs, create: wire.clone(), change: wire };
        let cases = [
            same(json!({"scopes": ["a"], "size": 36000.0}), json!({"scope": ["a"], "size": 36000})),
            same(json!({"urls": ["u"]}), json!({"logout": {"urls": ["u"]}})),
            same(json!({"prompt": "true"}), json!({"prompt": true})),
            same(json!({"prompt": "null"}), json!({"prompt": null})),
            same(json!({"off": {"disable": true}}), json!({"off": null})),
            same(json!({"off": {"to": "x"}}), json!({"off": {"to": "x"}})),
            same(json!({"channels": []}), json!({"channels": null})),
            same(json!({"rules": "{\"a\": [1]}"}), json!({"rules": {"a": [1]}})),
            Case {
                inputs: json!({"block": {"mode": "m", "encoded": true}, "wish": "w"}),
                create: json!({"block": {"mode": "m", "encoded": true}, "wish": "w"}),
                change: json!({"block": {"mode": "m"}}),
            },
        ];
        for case in cases {
            let inputs = object(case.inputs);
            let create = encode_object(THING.fields, &inputs, Occasion::Create);
            let change = encode_object(THING.fields, &inputs, Occasion::Change);
            assert_eq!(Json::Object(create), case.create, "{inputs:?}");
            assert_eq!(Json::Object(change), case.change, "{inputs:?}");
        }
    }

    #[test]
    fn answers_become_outputs_and_unknown_keys_are_dropped() {
        let answer = members(json!({
            "id": "t1", "client_secret": "s3cret", "scope": ["b", "a"], "size": "36000",
            "prompt": false, "off": null, "block": {"mode": "m", "other": 1}, "labels": {"n": 1},
            "logout": {"urls": ["u"]}, "rules": {"a": 1}
        }));
        let kept = object(json!({"scopes": ["a", "b"], "password": "p"}));
        assert_eq!(
            outputs(&THING, "t1", &answer, Moment::Write, &kept),
            object(json!({
                "block": {"mode": "m", "encoded": false, "note": ""}, "channels": null,
                "labels": {"n": "1"}, "off": {"disable": true, "to": ""}, "owner": "",
                "password": "p", "prompt": "false", "rules": "{\"a\":1}", "scopes": ["a", "b"],
                "id": "t1", "size": 36000, "text": "", "urls": ["u"], "wish": "", "all": false
            }))
        );
    }

    #[test]
    fn an_answer_of_another_kind_counts_as_absent() {
        let answer = members(json!({"size": {}, "scope": "a", "block": [], "prompt": 3}));
        let outputs = outputs(&THING, "t1", &answer, Moment::Read, &Object::new());
        assert_eq!(outputs["size"], 0.into());
        assert_eq!(outputs["scopes"], Value::Array(vec![]));
        assert_eq!(outputs["block"], Value::Null);
    }
}
