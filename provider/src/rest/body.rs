//! The bodies of requests: all that a program gives, or only what has changed.

use pulumi_rs_sdk::diff::{diff, unchanged};
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::state::{counting, is_absent, json_members};
use pulumi_rs_sdk::table::{Field, Kind, Rare, Reset, Resource, Sent, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::dialects;
use super::wire::{Occasion, encode, encode_zero, put, put_row};

/// The body of a create: every input that says something.
pub(super) fn create(resource: &Resource, inputs: &Object) -> WireObject {
    let inputs = &counting(resource.fields, inputs);
    let mut body = WireObject::new();
    for field in sent(resource, Occasion::Create) {
        if let Some(value) = inputs.get(field.name).filter(|value| !value.is_null()) {
            let json = encode(field, value, Occasion::Create);
            // Null clears what is there; where nothing is yet, some of the API's rows refuse it.
            if !json.is_null() || resource.class.is_settings() {
                put_row(&mut body, field, json);
            }
        }
    }
    if let Some(members) = resource.create_with {
        for (name, json) in members(inputs) {
            body.entry(name).or_insert(json);
        }
    }
    dialects::spoken(resource, inputs, &mut body);
    body
}

/// What is left to send once an object was made, of which these are the outputs: what the API takes on a change only.
pub(super) fn after_create(resource: &Resource, inputs: &Object, outputs: &Object) -> WireObject {
    let mut body = WireObject::new();
    for field in resource.fields.iter().filter(|field| field.sent == Sent::Change) {
        let Some(value) = inputs.get(field.name).filter(|value| !value.is_null()) else { continue };
        let made = outputs.get(field.name).unwrap_or(&Value::Null);
        if !unchanged(field, made, value, &PropertyPath::of(field.name)) {
            put_row(&mut body, field, encode(field, value, Occasion::Change));
        }
    }
    body
}

/// The rows that bodies hold: what stands in the path says where the body goes.
fn sent(resource: &Resource, occasion: Occasion) -> impl Iterator<Item = &'static Field> {
    let class = resource.class;
    resource.fields.iter().filter(move |row| occasion.sends(row) && !class.names(row.name))
}

/// What an update sends.
pub(super) struct Changes {
    /// What has to go first, each in a request of its own.
    pub(super) first: Vec<WireObject>,
    /// The top-level members that change.
    pub(super) body: WireObject,
    /// All that the program gave, where its class has to know: what is written by parts, or as a whole.
    pub(super) was: WireObject,
    /// All that it gives now, likewise.
    pub(super) now: WireObject,
}

impl Changes {
    /// These members, and nothing before them.
    pub(super) fn only(body: WireObject) -> Changes {
        Changes { first: Vec::new(), body, was: WireObject::new(), now: WireObject::new() }
    }

    /// Whether nothing is to be sent.
    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty()
    }
}

/// What an update sends: the top-level members that change, and nothing else.
///
/// What left the program is cleared as its row says, inside a block too. In a map that the API merges into
/// the old one, it is null; in a block or map that it takes as a whole, it is just absent.
pub(super) fn update(
    resource: &Resource,
    old: &Known,
    inputs: &Object,
    ignore_changes: &[String],
) -> Changes {
    let changes = diff(resource, old, inputs, ignore_changes);
    let inputs = &counting(resource.fields, inputs);
    let old = &Known { inputs: counting(resource.fields, &old.inputs).into_owned(), ..old.clone() };
    let mut body = WireObject::new();
    let mut elsewhere = Vec::new();
    for field in sent(resource, Occasion::Change) {
        let is_sent_with = match field.rare {
            Rare::GoesWith(other) => changes.touches(other) && inputs.contains_key(field.name),
            _ => field.sent_with().is_some_and(|other| changes.touches(other)),
        };
        if !changes.touches(field.name) && !is_sent_with {
            continue;
        }
        let before = old.inputs.get(field.name);
        match (inputs.get(field.name).filter(|value| !value.is_null()), field.reset) {
            (Some(value), _) => {
                let json = changed(field, before, old.outputs.get(field.name), value);
                put_row(&mut body, field, json);
            }
            (None, Reset::NullAt(name)) => match beside(resource, name, inputs) {
                None => elsewhere.push((name, Json::Null)),
                // What is cleared there would be cleared with it: it is set again.
                Some((other, value)) if leads_through(other, name) => {
                    put(&mut body, other.wire_name(), encode(other, value, Occasion::Change));
                }
                Some(_) => {}
            },
            // What another row sends there is not cleared.
            (None, _) if is_given_elsewhere(resource, field, inputs) => {}
            (None, _) => {
                if let Some(json) = cleared(field, before) {
                    put(&mut body, field.wire_name(), json);
                }
            }
        }
    }
    for (name, json) in elsewhere {
        body.entry(name).or_insert(json);
    }
    let first = first(resource, old, inputs).filter(|_| !body.is_empty());
    // What was cleared by the first request need not be cleared again.
    let settled = |name: &String| first.as_ref().is_some_and(|first| first.contains_key(name));
    body.retain(|name, json| !(json.is_null() && settled(name)));
    let mut first: Vec<WireObject> = first.into_iter().collect();
    first.extend(set_apart(resource, &mut body));
    let mut changes = Changes { first, ..Changes::only(body) };
    if resource.class.is_by_parts() && !changes.is_empty() {
        changes.was = whole(resource, &old.inputs);
        changes.now = whole(resource, inputs);
    } else if resource.class.puts() && !changes.is_empty() {
        (changes.first, changes.body) = (Vec::new(), whole(resource, inputs));
    }
    changes
}

/// Takes out of a body what the API changes in a request of its own: of several such members, all but the last.
fn set_apart(resource: &Resource, body: &mut WireObject) -> Vec<WireObject> {
    let mut names = resource.apart.iter().filter(|name| body.contains_key(**name)).copied();
    let _stays = names.next_back();
    let alone: Vec<&str> = names.collect();
    let alone = alone.into_iter().filter_map(|name| body.remove_entry(name));
    alone.map(|member| WireObject::from_iter([member])).collect()
}

/// Whether the program gives another row of that wire name.
pub(super) fn is_given_elsewhere(resource: &Resource, row: &Field, inputs: &Object) -> bool {
    let others = resource.fields.iter().filter(|other| other.name != row.name);
    let mut others = others.filter(|other| other.wire == row.wire);
    others.any(|other| inputs.get(other.name).is_some_and(|value| !is_absent(other, value)))
}

/// All that the program gives: what is not sent is gone.
pub(super) fn whole(resource: &Resource, inputs: &Object) -> WireObject {
    let mut body = WireObject::new();
    for field in sent(resource, Occasion::Change) {
        if let Some(value) = inputs.get(field.name).filter(|value| !value.is_null()) {
            put_row(&mut body, field, encode(field, value, Occasion::Change));
        }
    }
    body
}

/// What an update has to send first, in a request of its own.
///
/// A block that is taken as a whole is cleared before it is set anew, where something has left it: so it
/// goes whether the API puts the new one in the place of the old, as its document suggests, or merges
/// the two, as it is seen to do with some.
fn first(resource: &Resource, old: &Known, inputs: &Object) -> Option<WireObject> {
    let mut body = resource.update_first.and_then(|f| f(old, inputs)).unwrap_or_default();
    for field in resource.fields.iter().filter(|field| field.whole) {
        let (Some(before), now) = (old.inputs.get(field.name), inputs.get(field.name)) else {
            continue;
        };
        // What becomes null anyhow need not become so before.
        let becomes_null = |now: &&Value| encode(field, now, Occasion::Change).is_null();
        let Some(now) = now.filter(|now| !becomes_null(now)) else {
            if let Reset::NullAt(name) = field.reset
                && beside(resource, name, inputs)
                    .is_some_and(|(other, _)| leads_through(other, name))
            {
                put(&mut body, name, Json::Null);
            }
            continue;
        };
        match field.reset {
            Reset::Null if loses(field.kind, before, now) => {
                put(&mut body, field.wire_name(), Json::Null);
            }
            Reset::NullAt(name) if loses(field.kind, before, now) => {
                put(&mut body, name, Json::Null);
            }
            _ => {}
        }
    }
    (!body.is_empty()).then_some(body)
}

/// Another row that is cleared at `name` too, and that the program gives: null there would take it along.
fn beside<'a>(
    resource: &Resource,
    name: &str,
    inputs: &'a Object,
) -> Option<(&'static Field, &'a Value)> {
    let is_cleared_there =
        |field: &&Field| matches!(field.reset, Reset::NullAt(other) if other == name);
    resource.fields.iter().filter(is_cleared_there).find_map(|field| {
        let value = inputs.get(field.name).filter(|value| !is_absent(field, value))?;
        Some((field, value))
    })
}

/// Whether the row stands on the wire at or below `name`.
fn leads_through(field: &Field, name: &str) -> bool {
    field.wire_name().split('.').next() == Some(name)
}

/// Whether something of the old block is not in the new one, and is not cleared by null inside it.
fn loses(kind: Kind, before: &Value, now: &Value) -> bool {
    let (Value::Object(before), Value::Object(now)) = (before, now) else {
        return false;
    };
    let given = |name: &str| now.get(name).filter(|value| !value.is_null());
    match kind {
        Kind::Object(of) => {
            of.fields.iter().filter(|field| field.sent != Sent::Never).any(|field| {
                before.get(field.name).filter(|was| !is_absent(field, was)).is_some_and(|was| {
                    match given(field.name) {
                        Some(stays) => loses(field.kind, was, stays),
                        None => !matches!(field.reset, Reset::Null | Reset::Keep),
                    }
                })
            })
        }
        Kind::Map(_) => gone(Some(before), now).next().is_some(),
        _ => false,
    }
}

fn changed(field: &Field, before: Option<&Value>, stored: Option<&Value>, value: &Value) -> Json {
    if field.is_overlaid_json() {
        return overlaid(before, stored, value);
    }
    let mut json = encode(field, value, Occasion::Change);
    let before = before.and_then(Value::as_object);
    let (Json::Object(members), Value::Object(now)) = (&mut json, value) else {
        return json;
    };
    match field.kind {
        Kind::Object(of) => {
            for inner in of.fields.iter().filter(|inner| Occasion::Change.sends(inner)) {
                // What is taken as a whole is so to its depth.
                let inner = &Field { whole: field.whole || inner.whole, ..*inner };
                let was = before.and_then(|before| before.get(inner.name));
                match (was, now.get(inner.name).filter(|value| !value.is_null())) {
                    (Some(was), None) if left(field, inner, was) => {
                        if let Some(json) = cleared(inner, Some(was)) {
                            put(members, inner.wire_name(), with_kept(inner, was, None, json));
                        }
                    }
                    (was, Some(stays)) if matches!(inner.kind, Kind::Object(_) | Kind::Map(_)) => {
                        let stored = stored.and_then(|stored| stored.as_object()?.get(inner.name));
                        let json = changed(inner, was, stored, stays);
                        let was = was.unwrap_or(stays);
                        put(members, inner.wire_name(), with_kept(inner, was, Some(stays), json));
                    }
                    _ => {}
                }
                let same = |value| {
                    let stored = stored?.as_object()?.get(inner.name)?;
                    Some(unchanged(inner, stored, value, &PropertyPath::of(inner.name)))
                };
                if field.rare == Rare::Overlaid && now.get(inner.name).and_then(same) == Some(true)
                {
                    members.remove(inner.wire_name());
                }
            }
        }
        Kind::Map(_) if !field.whole => {
            for name in gone(before, now) {
                members.insert(name.clone(), Json::Null);
            }
        }
        // The API takes the map as a whole: what only the server has is sent along, so as not to go.
        Kind::Map(of) => {
            for (name, value) in stored.and_then(Value::as_object).into_iter().flatten() {
                let foreign = before.is_none_or(|before| !before.contains_key(name));
                if foreign && !now.contains_key(name) {
                    let row = Field { kind: *of, ..*field };
                    members.insert(name.clone(), encode(&row, value, Occasion::Change));
                }
            }
        }
        _ => {}
    }
    json
}

/// What lays a JSON object over the one that is stored: what is another there, and null for what was given before.
fn overlaid(before: Option<&Value>, stored: Option<&Value>, now: &Value) -> Json {
    let members = |value: Option<&Value>| value.and_then(json_members).unwrap_or_default();
    let (before, stored, mut now) = (members(before), members(stored), members(Some(now)));
    let left: Vec<String> =
        before.keys().filter(|name| !now.contains_key(*name)).cloned().collect();
    now.retain(|name, json| stored.get(name) != Some(json));
    now.extend(left.into_iter().map(|name| (name, Json::Null)));
    now.into()
}

/// Whether a field that left its block has to be sent.
fn left(block: &Field, field: &Field, was: &Value) -> bool {
    let sent = match field.reset {
        Reset::Keep | Reset::NullAt(_) => false,
        Reset::Null | Reset::Fields => true,
        Reset::Zero | Reset::Value(_) => !block.whole,
    };
    sent && !is_absent(field, was)
}

/// A block inside a block, and in it what left the program and cannot be cleared, so that it stays as the preview says: no
/// recording tells whether the API merges such a block or puts it in place of the old one.
fn with_kept(block: &Field, was: &Value, now: Option<&Value>, mut json: Json) -> Json {
    let (Kind::Object(of), Value::Object(was), Json::Object(members)) =
        (block.kind, was, &mut json)
    else {
        return json;
    };
    let now = now.and_then(Value::as_object);
    let is_given = |name: &str| now.is_some_and(|now| now.contains_key(name));
    let kept = of.fields.iter().filter(|row| row.reset == Reset::Keep && !block.whole);
    for row in kept.filter(|row| Occasion::Change.sends(row) && !is_given(row.name)) {
        if let Some(was) = was.get(row.name).filter(|was| !is_absent(row, was)) {
            put(members, row.wire_name(), encode(row, was, Occasion::Change));
        }
    }
    json
}

fn gone<'a>(before: Option<&'a Object>, now: &'a Object) -> impl Iterator<Item = &'a String> {
    let names = before.into_iter().flat_map(Object::keys);
    names.filter(|name| !name.starts_with("__") && !now.contains_key(*name))
}

/// What clears the row in an entry of a list, whatever it held; `None` where nothing does.
pub(super) fn clearing(field: &Field) -> Option<Json> {
    match field.kind {
        Kind::Object(_) if field.reset == Reset::Fields => None,
        _ => cleared(field, None),
    }
}

/// What clears the row; `None` where nothing does.
fn cleared(field: &Field, before: Option<&Value>) -> Option<Json> {
    Some(match (field.reset, field.kind) {
        (Reset::Keep, _) => return None,
        (Reset::Value(value), _) => encode(field, &value.into(), Occasion::Change),
        (Reset::Fields, Kind::Object(of)) => {
            let before = before.and_then(Value::as_object)?;
            let mut members = WireObject::new();
            for inner in of.fields.iter().filter(|inner| Occasion::Change.sends(inner)) {
                let was = before.get(inner.name).filter(|was| left(field, inner, was));
                let Some(was) = was else { continue };
                if let Some(json) = cleared(inner, Some(was)) {
                    put(&mut members, inner.wire_name(), with_kept(inner, was, None, json));
                }
            }
            return (!members.is_empty()).then(|| members.into());
        }
        (Reset::Zero, Kind::Map(_)) if !field.whole => {
            let nothing = Object::new();
            let names = gone(before.and_then(Value::as_object), &nothing);
            names.map(|name| (name.clone(), Json::Null)).collect::<WireObject>().into()
        }
        (Reset::Zero, _) if field.is_overlaid_json() => overlaid(before, None, &Value::Null),
        (Reset::Zero, _) => encode_zero(field),
        (Reset::Null | Reset::NullAt(_) | Reset::Fields, _) => Json::Null,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::{CLIENT, CLIENT_GRANT, EMAIL_PROVIDER, RESOURCE_SERVER, TENANT, USER};
    use crate::rest::testing::{THING, object};

    #[test]
    fn a_create_sends_what_says_something() {
        let inputs = object(json!({
            "__defaults": [], "owner": "me", "text": "", "all": false, "channels": [],
            "off": {"disable": true}, "prompt": "null", "wish": "w"
        }));
        assert_eq!(
            Json::Object(create(&THING, &inputs)),
            json!({"owner": "me", "text": "", "all": false, "wish": "w", "beside": "the rows"})
        );
    }

    #[test]
    fn what_goes_with_another_row_is_sent_with_it_and_else_only_where_it_changes() {
        let program = |name: &str, enabled: bool, key: &str| {
            object(json!({"name": name, "enabled": enabled, "credentials": {"apiKey": key}}))
        };
        let inputs = program("mandrill", true, "a");
        let old = Known { inputs: inputs.clone(), outputs: inputs };
        let sent = |news: Object| Json::Object(update(&EMAIL_PROVIDER, &old, &news, &[]).body);
        assert_eq!(sent(program("mandrill", false, "a")), json!({"enabled": false}));
        assert_eq!(
            sent(program("sendgrid", true, "a")),
            json!({"name": "sendgrid", "credentials": {"api_key": "a"}})
        );
        assert_eq!(sent(program("mandrill", true, "b")), json!({"credentials": {"api_key": "b"}}));
    }

    #[test]
    fn an_update_sends_only_what_changes() {
        struct Case {
            inputs: Json,
            outputs: Json,
            news: Json,
            body: Json,
        }
        let cases = [
            Case {
                inputs: json!({"text": "a", "size": 1}),
                outputs: json!({"text": "a", "size": 1}),
                news: json!({"text": "b", "size": 1}),
                body: json!({"text": "b"}),
            },
            Case {
                inputs: json!({"text": "a", "scopes": ["x"], "channels": ["c"], "urls": ["u"],
                    "all": true, "size": 1}),
                outputs: json!({"text": "a", "scopes": ["x"], "channels": ["c"], "urls": ["u"],
                    "all": true, "size": 1}),
                news: json!({}),
                body: json!({"text": "", "scope": null, "channels": null, "logout": {"urls": []},
                    "all": null}),
            },
            Case {
                inputs: json!({"block": {"mode": "m", "note": "n", "encoded": true}}),
                outputs: json!({"block": {"mode": "m", "note": "n", "encoded": true}}),
                news: json!({"block": {"mode": "k", "encoded": true}}),
                body: json!({"block": {"mode": "k", "note": ""}}),
            },
            Case {
                inputs: json!({"labels": {"a": "1", "b": "2"}}),
                outputs: json!({"labels": {"a": "1", "b": "2", "dashboard": "3"}}),
                news: json!({"labels": {"a": "1"}}),
                body: json!({"labels": {"a": "1", "b": null}}),
            },
            Case {
                inputs: json!({"labels": {"a": "1"}}),
                outputs: json!({"labels": {"a": "1", "dashboard": "3"}}),
                news: json!({}),
                body: json!({"labels": {"a": null}}),
            },
            Case {
                inputs: json!({"text": "a"}),
                outputs: json!({"text": "a", "scopes": ["dashboard"]}),
                news: json!({"text": "a"}),
                body: json!({}),
            },
        ];
        for case in cases {
            let old = Known { inputs: object(case.inputs), outputs: object(case.outputs) };
            let changes = update(&THING, &old, &object(case.news), &[]);
            assert_eq!(Json::Object(changes.body), case.body);
        }
    }

    #[test]
    fn a_block_that_is_taken_as_a_whole_is_cleared_when_something_leaves_it() {
        struct Case {
            before: Json,
            now: Json,
            clears: bool,
        }
        let cases = [
            Case { before: json!({"a": "1"}), now: json!({"a": "2"}), clears: false },
            Case { before: json!({"a": "1"}), now: json!({"a": "1", "b": "2"}), clears: false },
            Case { before: json!({"a": "1", "b": "2"}), now: json!({"a": "1"}), clears: true },
            Case { before: json!({"a": "1", "b": ""}), now: json!({"a": "1"}), clears: false },
            Case { before: json!({"nullable": "1"}), now: json!({"a": "1"}), clears: false },
            Case { before: json!({"map": {"k": "1"}}), now: json!({"map": {}}), clears: true },
        ];
        for case in cases {
            let old = Known { inputs: object(json!({"whole": case.before})), ..Known::default() };
            let first = first(&THING, &old, &object(json!({"whole": case.now})));
            let expected = case.clears.then(|| json!({"whole": null}));
            assert_eq!(first.map(Json::Object), expected, "{:?}", old.inputs);
        }
    }

    #[test]
    fn a_block_that_leaves_is_cleared_field_by_field_where_nothing_clears_the_whole() {
        struct Case {
            before: Json,
            now: Json,
            body: Json,
        }
        let apps = json!({"android": {"appPackageName": "a", "sha256CertFingerprints": ["f"]},
            "ios": {"teamId": "t", "appBundleIdentifier": "b"}});
        let no_ios = json!({"team_id": "", "app_bundle_identifier": ""});
        let cases = [
            Case {
                before: json!({ "mobile": apps }),
                now: json!({}),
                body: json!({"mobile": {"ios": no_ios, "android": {"app_package_name": "",
                    "sha256_cert_fingerprints": ["f"]}}}),
            },
            Case {
                before: json!({ "mobile": apps }),
                now: json!({"mobile": {"android": apps["android"]}}),
                body: json!({"mobile": {"ios": no_ios, "android": {"app_package_name": "a",
                    "sha256_cert_fingerprints": ["f"]}}}),
            },
            Case {
                before: json!({"jwtConfiguration": {"lifetimeInSeconds": 60, "scopes": {"a": "b"}}}),
                now: json!({}),
                body: json!({"jwt_configuration": {"scopes": {}}}),
            },
            Case {
                before: json!({"jwtConfiguration": {"lifetimeInSeconds": 60}}),
                now: json!({}),
                body: json!({}),
            },
        ];
        for case in cases {
            let before = object(case.before);
            let old = Known { inputs: before.clone(), outputs: before };
            let changes = update(&CLIENT, &old, &object(case.now), &[]);
            assert_eq!(Json::Object(changes.body), case.body, "{:?}", old.inputs);
            assert_eq!(changes.first, []);
        }
    }

    #[test]
    fn what_is_cleared_by_null_elsewhere_does_not_take_its_neighbour_along() {
        struct Case {
            before: Json,
            now: Json,
            first: Option<Json>,
            body: Json,
        }
        let older = json!({"oidcBackchannelLogoutUrls": ["https://a"]});
        let newer = json!({"oidcLogout": {"backchannelLogoutUrls": ["https://a"]}});
        let both = json!({"oidcBackchannelLogoutUrls": ["https://a"],
            "oidcLogout": {"backchannelLogoutUrls": ["https://a"]}});
        let null = json!({"oidc_backchannel_logout": null});
        let cases = [
            Case { before: older.clone(), now: json!({}), first: None, body: null.clone() },
            Case {
                before: older.clone(),
                now: newer.clone(),
                first: None,
                body: json!({"oidc_logout": {"backchannel_logout_urls": ["https://a"]}}),
            },
            Case { before: both.clone(), now: newer, first: None, body: json!({}) },
            Case {
                before: both,
                now: older,
                first: Some(null),
                body: json!({"oidc_backchannel_logout":
                    {"backchannel_logout_urls": ["https://a"]}}),
            },
        ];
        for case in cases {
            let before = object(case.before);
            let old = Known { inputs: before.clone(), outputs: before };
            let now = object(case.now);
            let changes = update(&CLIENT, &old, &now, &[]);
            assert_eq!(Json::Object(changes.body), case.body, "{:?} {now:?}", old.inputs);
            let first = changes.first.into_iter().next().map(Json::Object);
            assert_eq!(first, case.first, "{:?} {now:?}", old.inputs);
        }
    }

    #[test]
    fn a_list_with_a_block_that_disables_is_null_as_a_text_that_says_so() {
        let given = object(json!({"authorizationDetails": [{"type": "payment"}],
            "consentPolicy": "transactional-authorization-with-mfa"}));
        let disabled = object(json!({"authorizationDetails": [{"disable": true}],
            "consentPolicy": "null"}));
        assert_eq!(create(&RESOURCE_SERVER, &disabled), WireObject::new());
        let old = Known { inputs: given.clone(), outputs: given.clone() };
        let body = update(&RESOURCE_SERVER, &old, &disabled, &[]).body;
        let null = json!({"authorization_details": null, "consent_policy": null});
        assert_eq!(Json::Object(body), null);
        let body = update(&RESOURCE_SERVER, &old, &Object::new(), &[]).body;
        assert_eq!(Json::Object(body), null, "it left the program");
        let old = Known { inputs: disabled.clone(), outputs: disabled };
        let body = update(&RESOURCE_SERVER, &old, &given, &[]).body;
        assert_eq!(
            Json::Object(body),
            json!({"authorization_details": [{"type": "payment"}],
                "consent_policy": "transactional-authorization-with-mfa"})
        );
    }

    #[test]
    fn a_block_that_becomes_a_disabled_one_is_null_once() {
        let given = json!({"defaultOrganization": {"flows": ["client_credentials"], "organizationId": "o"}});
        let disabled = json!({"defaultOrganization": {"disable": true}});
        let wire = json!({"default_organization": {"flows": ["client_credentials"], "organization_id": "o"}});
        for (before, now, body) in
            [(&given, &disabled, json!({"default_organization": null})), (&disabled, &given, wire)]
        {
            let before = object(before.clone());
            let old = Known { inputs: before.clone(), outputs: before };
            let changes = update(&CLIENT, &old, &object(now.clone()), &[]);
            assert_eq!(Json::Object(changes.body), body);
            assert_eq!(changes.first, []);
        }
    }

    #[test]
    fn settings_are_sent_as_hours_or_minutes_and_null_is_a_flag() {
        let sent = |given: Json| Json::Object(create(&TENANT, &object(given)));
        let cases = [
            (json!({"sessionLifetime": 24}), json!({"session_lifetime": 24})),
            (json!({"sessionLifetime": 1.5}), json!({"session_lifetime_in_minutes": 90})),
            (json!({"idleSessionLifetime": 0.25}), json!({"idle_session_lifetime_in_minutes": 15})),
            (json!({"disableAcrValuesSupported": true}), json!({"acr_values_supported": null})),
            (json!({"disableAcrValuesSupported": false}), json!({"acr_values_supported": []})),
            (
                json!({"acrValuesSupporteds": ["a"], "disableAcrValuesSupported": false}),
                json!({"acr_values_supported": ["a"]}),
            ),
            (json!({"mtls": {"disable": true}}), json!({"mtls": null})),
            (json!({}), json!({})),
        ];
        for (given, body) in cases {
            assert_eq!(sent(given.clone()), body, "{given}");
        }
    }

    #[test]
    fn of_an_object_that_the_api_lays_over_the_old_one_goes_what_has_changed() {
        let state = json!({"flags": {"enableSso": true, "removeAlgFromJwks": false}});
        let old = Known { inputs: object(state.clone()), outputs: object(state) };
        let now = object(json!({"flags": {"enableSso": true, "removeAlgFromJwks": true}}));
        let body = update(&TENANT, &old, &now, &[]).body;
        assert_eq!(Json::Object(body), json!({"flags": {"remove_alg_from_jwks": true}}));
    }

    #[test]
    fn of_what_the_api_changes_one_at_a_time_all_but_the_last_go_alone() {
        let state =
            json!({"username": "a", "password": "p", "email": "a@x.com", "emailVerified": false});
        let old = Known { inputs: object(state.clone()), outputs: object(state) };
        let sent = |now: Json| {
            let Changes { first, body, .. } = update(&USER, &old, &object(now), &[]);
            first.into_iter().chain([body]).map(Json::Object).collect::<Vec<Json>>()
        };
        let all =
            json!({"username": "b", "password": "q", "email": "b@x.com", "emailVerified": true});
        let verified = json!({"email": "b@x.com", "email_verified": true});
        assert_eq!(sent(all), [json!({"username": "b"}), json!({"password": "q"}), verified]);
        let name =
            json!({"username": "b", "password": "p", "email": "a@x.com", "emailVerified": false});
        assert_eq!(sent(name), [json!({"username": "b"})]);
    }

    #[test]
    fn of_a_json_object_that_is_laid_over_the_old_one_goes_what_has_changed_or_left() {
        let inputs = object(json!({"appMetadata": r#"{"a": 1, "b": 2}"#}));
        let outputs = object(json!({"appMetadata": r#"{"a":1,"b":2,"theirs":3}"#}));
        let old = Known { inputs, outputs };
        let sent = |now: Json| Json::Object(update(&USER, &old, &object(now), &[]).body);
        let change = json!({"appMetadata": r#"{"a": 1, "c": 4}"#});
        assert_eq!(sent(change), json!({"app_metadata": {"b": null, "c": 4}}));
        for nothing in [json!({}), json!({"appMetadata": ""}), json!({"appMetadata": "{}"})] {
            assert_eq!(sent(nothing), json!({"app_metadata": {"a": null, "b": null}}));
        }
        assert_eq!(sent(json!({"appMetadata": r#"{ "b": 2, "a": 1 }"#})), json!({}));
    }

    #[test]
    fn ignored_changes_are_not_sent() {
        let old = Known { inputs: object(json!({})), outputs: object(json!({"text": "a"})) };
        let changes = update(&THING, &old, &object(json!({"text": "b"})), &["text".to_owned()]);
        assert!(changes.is_empty());
    }
    #[test]
    fn all_scopes_take_the_place_of_listed_ones() {
        let listed = object(json!({"audience": "a", "clientId": "c", "scopes": ["s"]}));
        let all = object(json!({"audience": "a", "clientId": "c", "allowAllScopes": true}));
        let state = |values: &Object| Known { inputs: values.clone(), outputs: values.clone() };
        let to_all = update(&CLIENT_GRANT, &state(&listed), &all, &[]).body;
        assert_eq!(Json::Object(to_all), json!({"allow_all_scopes": true}));
        let back = update(&CLIENT_GRANT, &state(&all), &listed, &[]).body;
        assert_eq!(Json::Object(back), json!({"scope": ["s"]}));
    }

    #[test]
    fn an_empty_block_switches_an_addon_on_and_its_end_off() {
        struct Case {
            before: Json,
            now: Json,
            first: Option<Json>,
            body: Json,
        }
        let cases = [
            Case {
                before: json!({}),
                now: json!({"addons": {"samlp": {}}}),
                first: None,
                body: json!({"addons": {"samlp": {}}}),
            },
            Case {
                before: json!({"addons": {"box": {}}}),
                now: json!({"addons": {"box": {}, "wsfed": {}}}),
                first: None,
                body: json!({"addons": {"box": {}, "wsfed": {}}}),
            },
            Case {
                before: json!({"addons": {"box": {}, "samlp": {}}}),
                now: json!({"addons": {"box": {}}}),
                first: Some(json!({"addons": null})),
                body: json!({"addons": {"box": {}}}),
            },
            Case {
                before: json!({"addons": {"samlp": {}}}),
                now: json!({}),
                first: None,
                body: json!({"addons": null}),
            },
        ];
        for case in cases {
            let before = object(case.before);
            let old = Known { inputs: before.clone(), outputs: before };
            let now = object(case.now);
            let changes = update(&CLIENT, &old, &now, &[]);
            let first = changes.first.into_iter().next().map(Json::Object);
            assert_eq!(first, case.first, "{now:?}");
            assert_eq!(Json::Object(changes.body), case.body, "{now:?}");
        }
    }
}
