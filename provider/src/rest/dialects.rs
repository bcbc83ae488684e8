//! Objects that the API says differently by the value of another property: between the names of rows and what is sent.

use std::borrow::Cow;

use pulumi_rs_sdk::table::WireObject;
use pulumi_rs_sdk::table::rest::{Dialect, Dialects, Resource, Theirs};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::wire::{get, put, take};

/// Says the object in the body as the API does; `values` are those of the resource.
pub(super) fn spoken(resource: &Resource, values: &Object, body: &mut WireObject) {
    let Some(dialects) = resource.dialects else { return };
    let of = values.get(dialects.by).and_then(Value::as_str).unwrap_or_default();
    let Some(Json::Object(members)) = under(resource, dialects).and_then(|at| body.get_mut(at))
    else {
        return;
    };
    for dialect in dialects.all.iter().filter(|dialect| dialect.of.contains(&of)) {
        if let Some(json) = take(members, dialect.ours) {
            say(dialect, json, members);
        }
    }
}

fn say(dialect: &Dialect, json: Json, members: &mut WireObject) {
    let texts = || json.as_array().into_iter().flatten().filter_map(Json::as_str);
    match dialect.theirs {
        Theirs::At(name) => put(members, name, json),
        Theirs::Words => {
            let words: Vec<&str> = texts().collect();
            put(members, dialect.ours, words.join(" ").into());
        }
        Theirs::Flags(known) => {
            // A word that left is unset; one that was never set is not said.
            let unset = known.iter().filter(|name| members.get(**name) == Some(&Json::Bool(true)));
            let unset: Vec<&str> = unset.copied().collect();
            unset.into_iter().for_each(|name| put(members, name, false.into()));
            texts().for_each(|name| put(members, name, true.into()));
        }
        Theirs::Map(key, value) => {
            let entries = json.as_array().into_iter().flatten().filter_map(|entry| {
                Some((entry.get(key)?.as_str()?.to_owned(), entry.get(value)?.clone()))
            });
            put(members, dialect.ours, entries.collect::<WireObject>().into());
        }
        Theirs::Unsaid(text) if json == text => {}
        Theirs::Unsaid(_) | Theirs::Shown(_) => put(members, dialect.ours, json),
    }
}

/// The answer with the object as rows say it.
pub(super) fn heard<'a>(resource: &Resource, answer: &'a WireObject) -> Cow<'a, WireObject> {
    let Some(dialects) = resource.dialects else { return Cow::Borrowed(answer) };
    let by = resource.field(dialects.by).and_then(|row| get(answer, row.wire_name()));
    let (Some(of), Some(at)) = (by.and_then(Json::as_str), under(resource, dialects)) else {
        return Cow::Borrowed(answer);
    };
    let mut heard = answer.clone();
    if let Some(Json::Object(members)) = heard.get_mut(at) {
        for dialect in dialects.all.iter().filter(|dialect| dialect.of.contains(&of)) {
            hear(dialect, members);
        }
    }
    Cow::Owned(heard)
}

fn hear(dialect: &Dialect, members: &mut WireObject) {
    let ours = dialect.ours;
    match dialect.theirs {
        Theirs::At(name) => {
            take(members, ours);
            if let Some(json) = take(members, name) {
                put(members, ours, json);
            }
        }
        Theirs::Words => {
            if let Some(Json::String(text)) = get(members, ours) {
                let words: Vec<Json> = text.split_whitespace().map(Json::from).collect();
                put(members, ours, words.into());
            }
        }
        Theirs::Flags(known) => {
            let is_set = |name: &&&str| members.get(**name) == Some(&Json::Bool(true));
            let set: Vec<Json> =
                known.iter().filter(is_set).map(|name| Json::from(*name)).collect();
            put(members, ours, set.into());
        }
        Theirs::Map(key, value) => {
            let Some(Json::Object(entries)) = get(members, ours) else { return };
            let list = entries.iter().map(|(name, json)| {
                WireObject::from_iter([
                    (key.to_owned(), Json::from(name.as_str())),
                    (value.to_owned(), json.clone()),
                ])
                .into()
            });
            let list: Vec<Json> = list.collect();
            put(members, ours, list.into());
        }
        Theirs::Shown(name) => {
            if get(members, ours).is_none()
                && let Some(json) = get(members, name).cloned()
            {
                put(members, ours, json);
            }
        }
        Theirs::Unsaid(text) => {
            if get(members, ours).is_none_or(Json::is_null) {
                put(members, ours, text.into());
            }
        }
    }
}

fn under<'a>(resource: &'a Resource, dialects: &Dialects) -> Option<&'a str> {
    resource.field(dialects.under).map(|row| row.wire_name())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::CONNECTION;
    use crate::rest::testing::{members, object};

    #[test]
    fn options_are_said_as_their_strategy_has_them_and_heard_back() {
        struct Case {
            strategy: &'static str,
            ours: Json,
            theirs: Json,
        }
        let same = |strategy, ours, theirs| Case { strategy, ours, theirs };
        let cases = [
            same(
                "oauth2",
                json!({"token_endpoint": "t", "scope": ["a"], "customHeaders": [{"header": "h", "value": "v"}]}),
                json!({"tokenURL": "t", "scope": ["a"], "customHeaders": {"h": "v"}}),
            ),
            same(
                "oidc",
                json!({"token_endpoint": "t", "scope": ["a", "b"]}),
                json!({"token_endpoint": "t", "scope": "a b"}),
            ),
            same("apple", json!({"client_secret": "s"}), json!({"app_secret": "s"})),
            same(
                "email",
                json!({"from": "f", "template": "t"}),
                json!({"email": {"from": "f", "body": "t"}}),
            ),
            same("samlp", json!({"user_id_attribute": "u"}), json!({"user_id_attribute": "u"})),
            same("waad", json!({"user_id_attribute": "u"}), json!({"userid_attribute": "u"})),
        ];
        for Case { strategy, ours, theirs } in cases {
            let values = object(json!({ "strategy": strategy }));
            let mut body = members(json!({ "options": ours }));
            spoken(&CONNECTION, &values, &mut body);
            assert_eq!(body["options"], theirs, "{strategy}");
            let answer = members(json!({"strategy": strategy, "options": theirs}));
            let heard = heard(&CONNECTION, &answer);
            for (name, value) in ours.as_object().unwrap() {
                assert_eq!(&heard["options"][name], value, "{strategy}");
            }
        }
    }

    #[test]
    fn words_that_are_flags_are_set_and_those_that_left_are_unset() {
        let answer = members(json!({"strategy": "github", "options":
            {"email": true, "gist": true, "profile": false, "unknown": true, "scope": ["user"]}}));
        let mut body = heard(&CONNECTION, &answer).into_owned();
        assert_eq!(body["options"]["scope"], json!(["email", "gist"]));
        body["options"]["scope"] = json!(["gist", "profile"]);
        spoken(&CONNECTION, &object(json!({"strategy": "github"})), &mut body);
        assert_eq!(
            body["options"],
            json!({"email": false, "gist": true, "profile": true, "unknown": true})
        );
    }

    #[test]
    fn what_the_server_takes_for_granted_is_not_said() {
        let values = object(json!({"strategy": "ad"}));
        let mut body = members(json!({"options": {"set_user_root_attributes": "on_each_login"}}));
        spoken(&CONNECTION, &values, &mut body);
        assert_eq!(body["options"], json!({}));
        let answer = members(json!({"strategy": "ad", "options": {}}));
        let heard = heard(&CONNECTION, &answer);
        assert_eq!(heard["options"]["set_user_root_attributes"], "on_each_login");
    }
}
