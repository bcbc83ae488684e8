//! One value between its Pulumi form and the JSON of the API, by the rows of a table.

use std::borrow::Cow;
use std::time::Duration;

use pulumi_rs_sdk::state::{
    Moment, counted, counting, fill, is_absent, keep_form, keep_meta, meta, timeout_meta, zero,
};
use pulumi_rs_sdk::table::{
    Absent, Codec, Field, Follows, Kind, Rare, Reset, Resource, Sent, WireObject,
};
use pulumi_rs_sdk::value::{Object, Value};
use serde::Serialize;
use serde_json::map::Entry;
use serde_json::ser::{PrettyFormatter, Serializer};
use serde_json::{Number, Value as Json};

use super::dialects;
use super::site::Site;
use super::time;

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
            Sent::Change => field.is_input() && self == Occasion::Change,
            Sent::Ignored | Sent::Never => false,
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

/// Puts the JSON of a row where the API has it.
pub(super) fn put_row(members: &mut WireObject, field: &Field, json: Json) {
    let name = field.wire_name();
    match (field.codec, json.as_f64()) {
        (Codec::Hours, Some(hours)) if hours.fract() != 0.0 => {
            put(members, &format!("{name}_in_minutes"), encode_number((hours * 60.0).round()));
        }
        // What the other row of that name says is its value.
        (Codec::NullFlag, _) if !json.is_null() && get(members, name).is_some() => {}
        _ => put(members, name, json),
    }
}

/// Lays an object over what is at the wire path already; anything else takes its place.
pub(super) fn lay(members: &mut WireObject, path: &str, json: Json) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    match (members.entry(first), rest) {
        (Entry::Occupied(mut there), "") => match (there.get_mut(), json) {
            (Json::Object(there), Json::Object(json)) => there.extend(json),
            (there, json) => *there = json,
        },
        (Entry::Vacant(free), "") => _ = free.insert(json),
        (entry, rest) => {
            let inner = entry.or_insert_with(|| WireObject::new().into());
            if !inner.is_object() {
                *inner = WireObject::new().into();
            }
            if let Json::Object(inner) = inner {
                lay(inner, rest, json);
            }
        }
    }
}

/// Takes out what is at the wire path.
pub(super) fn take(members: &mut WireObject, path: &str) -> Option<Json> {
    match path.split_once('.') {
        None => members.remove(path),
        Some((outer, inner)) => take(members.get_mut(outer)?.as_object_mut()?, inner),
    }
}

/// What is at the wire path.
pub(super) fn get<'a>(members: &'a WireObject, path: &str) -> Option<&'a Json> {
    match path.split_once('.') {
        None => members.get(path),
        Some((outer, inner)) => get(members.get(outer)?.as_object()?, inner),
    }
}

/// What answers have of a row.
pub(super) fn shown<'a>(members: &'a WireObject, field: &Field) -> Option<&'a Json> {
    let Rare::ShownAt(path) = field.rare else { return get(members, field.wire_name()) };
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let steps = rest.split('.').filter(|step| !step.is_empty());
    steps.fold(members.get(first), |at, step| match at? {
        Json::Array(items) => items.get(step.parse::<usize>().ok()?),
        at => at.get(step),
    })
}

/// The JSON of a value of this row.
pub(super) fn encode(field: &Field, value: &Value, occasion: Occasion) -> Json {
    match (field.codec, value) {
        (Codec::TriState, Value::String(text)) => match text.as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => Json::Null,
        },
        (Codec::NullText | Codec::DisableBlock, value) if is_absent(field, value) => Json::Null,
        (Codec::NullFlag, Value::Bool(true)) => Json::Null,
        (Codec::NullFlag, _) => Json::Array(Vec::new()),
        (Codec::JsonText, Value::String(text)) if text.is_empty() && field.reset == Reset::Null => {
            Json::Null
        }
        (Codec::JsonText, value) if field.is_overlaid_json() && is_absent(field, value) => {
            Json::Null
        }
        (Codec::JsonText | Codec::IndentedJson, Value::String(text)) => {
            serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())
        }
        (_, Value::String(text)) if let Rare::Spelled(pairs) = field.rare => {
            pairs.iter().find(|(ours, _)| ours == text).map_or(text.as_str(), |pair| pair.1).into()
        }
        (Codec::LastOfList, Value::Array(items)) => match (field.kind, items.last()) {
            (Kind::List(of), Some(last)) => encode_kind(*of, last, occasion),
            _ => Json::Null,
        },
        (Codec::OneOrNone(none), value) if value.as_str().is_none_or(|text| text == none) => {
            Json::Array(Vec::new())
        }
        (Codec::OneOrNone(_), value) => Json::Array(vec![encode_kind(field.kind, value, occasion)]),
        (Codec::OneInList, value) if is_absent(field, value) => Json::Array(Vec::new()),
        (Codec::OneInList, value) => Json::Array(vec![encode_kind(field.kind, value, occasion)]),
        (Codec::KeyedBy(key), Value::Array(items)) => keyed(field.kind, key, items, occasion),
        (Codec::EachIn(member), Value::Array(items)) => {
            let Kind::List(of) = field.kind else { return Json::Null };
            let each = |item| {
                WireObject::from_iter([(member.to_owned(), encode_kind(*of, item, occasion))])
            };
            items.iter().map(each).collect()
        }
        (_, Value::Array(items)) if items.is_empty() && field.empty_is_null => Json::Null,
        _ => encode_kind(field.kind, value, occasion),
    }
}

/// The objects of a list as one, each under what its property `key` says.
fn keyed(kind: Kind, key: &str, items: &[Value], occasion: Occasion) -> Json {
    let Kind::List(Kind::Object(of)) = kind else { return Json::Null };
    let entry = |item: &Value| {
        let mut item = item.as_object()?.clone();
        let key = item.remove(key)?.as_str()?.to_owned();
        Some((key, Json::Object(encode_object(of.fields, &item, occasion))))
    };
    items.iter().filter_map(entry).collect::<WireObject>().into()
}

/// The list that such an object is, by its keys.
fn unkeyed(kind: Kind, key: &str, members: &WireObject) -> Value {
    let Kind::List(of) = kind else { return Value::Null };
    let mut entries: Vec<(&String, &Json)> = members.iter().collect();
    entries.sort_unstable_by_key(|(name, _)| *name);
    let entry = |(name, json): (&String, &Json)| {
        let mut entry = decode_kind(*of, json, None)?.as_object()?.clone();
        entry.insert(key.to_owned(), name.as_str().into());
        Some(Value::Object(entry))
    };
    Value::Array(entries.into_iter().filter_map(entry).collect())
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
    for field in fields {
        let given = properties.get(field.name).filter(|value| !value.is_null());
        let is_off = |value: &Value| field.codec == Codec::OnlyTrue && *value == Value::Bool(false);
        let given = given.filter(|value| occasion.sends(field) && !is_off(value));
        if let Some(value) = given {
            put(&mut members, field.wire_name(), encode(field, value, occasion));
        } else if let Rare::SentAnyway(value) = field.rare {
            put(&mut members, field.wire_name(), encode(field, &value.into(), occasion));
        }
    }
    members
}

/// The outputs that an answer of the API makes, complete.
///
/// `kept` are the values from before the answer, inputs or old outputs, old outputs where it was a read: what
/// answers leave out is taken from there, and so is the form of what says the same. What stands in the path is known
/// from there. The id is among the outputs too: that is how the published provider stores it, and what it needs of the
/// old outputs is kept.
pub(super) fn outputs(
    resource: &Resource,
    site: &Site,
    answer: &WireObject,
    moment: Moment,
    kept: &Object,
) -> Object {
    let kept = counting(resource.fields, kept);
    let has_idle = matches!(kept, Cow::Owned(_));
    let kept = &kept;
    let answer = &*dialects::heard(resource, answer);
    // What another strategy, type or mode would show does not count.
    let mut outputs = counted(resource.fields, decode_object(resource.fields, answer, Some(kept)));
    outputs.extend(site.home.rows().map(|(row, text)| (row.to_owned(), text.into())));
    fill(resource, &mut outputs, moment);
    keep_form(resource.fields, kept, &mut outputs, moment);
    if has_idle {
        // An object that says as little as before is what was kept of it, without what does not count.
        fill(resource, &mut outputs, moment);
    }
    if let Some(adjust) = resource.adjust {
        adjust(&mut outputs, kept);
    }
    outputs.insert("id".to_owned(), site.id.as_str().into());
    let timeout = || resource.create_timeout.map(|seconds| Duration::from_secs(seconds.into()));
    keep_meta(meta(kept).or_else(|| timeout().map(timeout_meta)), &mut outputs);
    outputs
}

/// What an answer holds of rows that are given as they are: those that no state keeps.
pub(super) fn rows(fields: &'static [Field], answer: &WireObject) -> Object {
    decode_object(fields, answer, None)
}

fn decode_object(fields: &'static [Field], members: &WireObject, kept: Option<&Object>) -> Object {
    let before = |field: &Field| kept.and_then(|kept| kept.get(field.name));
    fields
        .iter()
        .filter_map(|field| {
            if field.never_stored {
                return None;
            }
            let value = match field.sent == Sent::Never || field.write_only {
                // What disables a block is told by the block's being there.
                true => before(field).filter(|_| field.name != DISABLE).cloned(),
                false => {
                    let json = shown(members, field)?;
                    match takes(field, fields, members, json, kept) {
                        true => decode(field, json, before(field)),
                        false => Some(nothing(field.kind)),
                    }
                }
            };
            Some((field.name.to_owned(), value?))
        })
        .collect()
}

/// The value of a row whose answer another row has taken.
fn nothing(kind: Kind) -> Value {
    match kind {
        Kind::Map(_) => Value::Object(Object::new()),
        Kind::List(_) => Value::Array(Vec::new()),
        _ => "".into(),
    }
}

const DISABLE: &str = "disable";

/// Whether this row takes the JSON, where several rows have one wire name.
///
/// Of those that count by what the answer says beside them, it is the row that the program gives, or whose version it
/// gives, else the only one or that of the plainest kind that fits.
fn takes(
    field: &Field,
    fields: &[Field],
    members: &WireObject,
    json: &Json,
    kept: Option<&Object>,
) -> bool {
    let shows = |row: &Field| row.codec != Codec::NullFlag;
    let sharing = || fields.iter().filter(|other| other.wire == field.wire && shows(other));
    if !shows(field) || sharing().nth(1).is_none() {
        return true;
    }
    let rows = || sharing().filter(|row| counts(row, fields, members));
    let stands = |name: &str| {
        let value = kept.and_then(|kept| kept.get(name));
        let says = |row: &Field| value.is_some_and(|value| !is_absent(row, value));
        fields.iter().any(|row| row.name == name && says(row))
    };
    let versions = |row: &Field| match row.follows {
        Follows::Rows(names) if row.never_stored => names,
        _ => &[],
    };
    let given = |row: &&Field| stands(row.name) || versions(row).iter().any(|name| stands(name));
    let texts = json.as_object().is_some_and(|members| members.values().all(Json::is_string));
    let plain = |row: &&Field| match json {
        Json::Object(_) => row.is_json() != texts,
        _ => !row.never_stored,
    };
    let only = || rows().next().filter(|_| rows().nth(1).is_none());
    let taker = rows().find(given).or_else(only).or_else(|| rows().find(plain));
    taker.is_some_and(|taker| taker.name == field.name)
}

/// Whether the row counts, as far as a neighbour in the answer says.
fn counts(row: &Field, fields: &[Field], members: &WireObject) -> bool {
    let Some(when) = row.when else { return true };
    let neighbour = fields.iter().find(|other| other.name == when.row);
    let said = neighbour.and_then(|other| get(members, other.wire_name())?.as_str());
    // What flags say does not tell rows of one wire name apart.
    said.is_none_or(|said| when.values.contains(&said))
}

fn decode(field: &Field, json: &Json, kept: Option<&Value>) -> Option<Value> {
    match (field.codec, json) {
        (_, Json::Null) => None,
        (Codec::NullFlag, _) => Some(false.into()),
        (Codec::TriState, Json::Bool(flag)) => Some(flag.to_string().into()),
        (_, Json::String(text)) if let Rare::Spelled(pairs) = field.rare => {
            let pair = pairs.iter().find(|(_, theirs)| theirs == text);
            Some(pair.map_or(text.as_str(), |pair| pair.0).into())
        }
        // As good as nothing.
        (Codec::JsonText, Json::Object(members))
            if members.is_empty() && field.is_overlaid_json() =>
        {
            None
        }
        (Codec::JsonText, json) => Some(json.to_string().into()),
        (Codec::OneOrNone(none), Json::Array(items)) => {
            Some(items.first().and_then(Json::as_str).unwrap_or(none).into())
        }
        (Codec::OneInList, Json::Array(items)) => decode_kind(field.kind, items.first()?, kept),
        (Codec::LastOfList, json) => match field.kind {
            Kind::List(of) => Some(Value::Array(vec![decode_kind(*of, json, None)?])),
            _ => None,
        },
        (Codec::KeyedBy(key), Json::Object(members)) => Some(unkeyed(field.kind, key, members)),
        (Codec::EachIn(member), Json::Array(items)) => {
            let Kind::List(of) = field.kind else { return None };
            let items = items.iter().filter_map(|item| decode_kind(*of, item.get(member)?, None));
            Some(Value::Array(items.collect()))
        }
        (Codec::IndentedJson, json) => Some(indented(json).into()),
        (Codec::GoTime, Json::String(time)) => Some(time::as_go(time).into()),
        (Codec::WholeSeconds, Json::String(time)) => Some(time::in_seconds(time).into()),
        (_, Json::Array(items)) if let Some(key) = field.guarded_by() => {
            Some(own_entries(field.kind, items, key, kept))
        }
        _ => decode_kind(field.kind, json, kept),
    }
}

/// The entries of a list that the program has given, each with what answers leave out of it.
fn own_entries(kind: Kind, items: &[Json], key: &str, kept: Option<&Value>) -> Value {
    let kept = kept.and_then(Value::as_array).unwrap_or_default();
    let Kind::List(of) = kind else { return Value::Null };
    let own = items.iter().filter_map(|item| {
        let entry = decode_kind(*of, item, None)?;
        let name = entry.as_object()?.get(key)?;
        let given = kept
            .iter()
            .find(|kept| kept.as_object().is_some_and(|kept| kept.get(key) == Some(name)))?;
        decode_kind(*of, item, Some(given))
    });
    Value::Array(own.collect())
}

/// JSON over several lines, indented by four.
fn indented(json: &Json) -> String {
    let mut text = Vec::new();
    let format = PrettyFormatter::with_indent(b"    ");
    let written = json.serialize(&mut Serializer::with_formatter(&mut text, format));
    let text = written.ok().and_then(|()| String::from_utf8(text).ok());
    text.unwrap_or_else(|| json.to_string())
}

/// A value of the kind; `None` where the API answers with something else.
fn decode_kind(kind: Kind, json: &Json, kept: Option<&Value>) -> Option<Value> {
    match (kind, json) {
        (Kind::Bool, Json::Bool(flag)) => Some((*flag).into()),
        (Kind::Int | Kind::Number, Json::Number(number)) => number.as_f64().map(Value::Number),
        // Old clients have lifetimes that come back as text.
        (Kind::Int | Kind::Number, Json::String(text)) => text.parse().ok().map(Value::Number),
        (Kind::String, Json::String(text)) => Some(text.as_str().into()),
        (Kind::String, Json::Number(_) | Json::Bool(_)) => Some(json.to_string().into()),
        (Kind::List(of), Json::Array(items)) => {
            let items = items.iter().filter_map(|item| decode_kind(*of, item, None));
            Some(Value::Array(items.collect()))
        }
        (Kind::Any, json) => Some(json.clone().into()),
        (Kind::Map(of), Json::Object(members)) => Some(Value::Object(
            members
                .iter()
                .filter_map(|(name, json)| Some((name.clone(), decode_kind(*of, json, None)?)))
                .collect(),
        )),
        (Kind::Object(of), Json::Object(members)) => {
            Some(decode_object(of.fields, members, kept.and_then(Value::as_object)).into())
        }
        _ => None,
    }
}

/// The JSON that clears a row whose zero value does.
pub(super) fn encode_zero(field: &Field) -> Json {
    match (field.kind, field.absent) {
        (Kind::Int | Kind::Number | Kind::Object(_), _) => Json::Null,
        // What outputs hold where there is none is nothing that the API takes for a flag.
        (Kind::Bool, Absent::Null) => false.into(),
        _ => encode(field, &zero(field), Occasion::Change),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::{THING, members, object};

    fn t1() -> Site {
        Site::of_id(&THING, "t1", None).unwrap()
    }

    #[test]
    fn outputs_of_an_object_that_says_nothing_have_all_rows() {
        use crate::resources::CONNECTION;
        let site = Site::of_id(&CONNECTION, "con_1", None).unwrap();
        let answer = members(json!({"name": "n", "strategy": "facebook", "options": {}}));
        let made = outputs(&CONNECTION, &site, &answer, Moment::Write, &Object::new());
        let read = outputs(&CONNECTION, &site, &answer, Moment::Read, &made);
        let names = |values: &Object| -> Vec<String> {
            values["options"].as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(names(&read), names(&made));
        assert!(names(&made).len() > 100, "{made:?}");
    }

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
            same(json!({"tag": "t"}), json!({"tag": ["t"]})),
            same(json!({"tag": ""}), json!({"tag": []})),
            same(
                json!({"keyed": [{"name": "b", "size": 1}, {"name": "a"}]}),
                json!({"keyed": {"a": {}, "b": {"size": 1}}}),
            ),
            same(json!({"events": ["e"]}), json!({"events": [{"event_type": "e"}]})),
            same(json!({"set": {"a": "1"}}), json!({"set": {"a": "1", "pick": "p"}})),
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
            "prompt": false, "off": null, "block": {"mode": "m", "other": 1}, "labels": {"n": "s"},
            "logout": {"urls": ["u"]}, "rules": {"a": 1},
            "keyed": {"b": {"size": 1}, "a": {}}, "events": [{"event_type": "e"}]
        }));
        let kept = object(json!({"scopes": ["a", "b"], "password": "p"}));
        assert_eq!(
            outputs(&THING, &t1(), &answer, Moment::Write, &kept),
            object(json!({
                "block": {"mode": "m", "encoded": false, "note": "", "key": ""}, "channels": null,
                "labels": {"n": "s"}, "labelTexts": "", "off": {"disable": true, "to": ""}, "owner": "",
                "password": "p", "prompt": "false", "rules": "{\"a\":1}", "scopes": ["a", "b"],
                "events": ["e"],
                "keyed": [{"name": "a", "size": 0}, {"name": "b", "size": 1}],
                "id": "t1", "set": null, "size": 36000, "tag": "", "text": "", "urls": ["u"], "whole": null, "wish": "", "all": false
            }))
        );
    }

    #[test]
    fn one_of_two_rows_of_one_name_takes_the_answer() {
        struct Case {
            answer: Json,
            kept: Json,
            label_texts: Json,
            labels: Json,
        }
        let cases = [
            Case {
                answer: json!({"a": "1"}),
                kept: json!({}),
                labels: json!({"a": "1"}),
                label_texts: json!(""),
            },
            Case {
                answer: json!({"a": ["1"]}),
                kept: json!({}),
                labels: json!({}),
                label_texts: json!("{\"a\":[\"1\"]}"),
            },
            Case {
                answer: json!({"a": "1"}),
                kept: json!({"labelTexts": "{}"}),
                labels: json!({}),
                label_texts: json!("{\"a\":\"1\"}"),
            },
        ];
        for case in cases {
            let answer = members(json!({ "labels": case.answer }));
            let outputs = outputs(&THING, &t1(), &answer, Moment::Read, &object(case.kept));
            let expected = object(json!({"labels": case.labels, "labelTexts": case.label_texts}));
            assert_eq!(outputs["labels"], expected["labels"]);
            assert_eq!(outputs["labelTexts"], expected["labelTexts"]);
        }
    }

    #[test]
    fn what_answers_leave_out_is_kept_inside_blocks_too() {
        let answer = members(json!({"block": {"mode": "m"}, "off": {"to": "x"}}));
        let kept = object(json!({"block": {"key": "k"}, "off": {"disable": true}}));
        let outputs = outputs(&THING, &t1(), &answer, Moment::Read, &kept);
        let expected = object(json!({
            "block": {"mode": "m", "encoded": false, "note": "", "key": "k"},
            "off": {"disable": false, "to": "x"}
        }));
        assert_eq!(outputs["block"], expected["block"]);
        assert_eq!(outputs["off"], expected["off"]);
    }

    #[test]
    fn an_answer_of_another_kind_counts_as_absent() {
        let answer = members(json!({"size": {}, "scope": "a", "block": [], "prompt": 3}));
        let outputs = outputs(&THING, &t1(), &answer, Moment::Read, &Object::new());
        assert_eq!(outputs["size"], 0.into());
        assert_eq!(outputs["scopes"], Value::Array(vec![]));
        assert_eq!(outputs["block"], Value::Null);
    }
}
