//! Whether what the provider sent says what the recorded requests said, but for what is meant.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{self, Fact};
use super::meant::Meant;
use super::program::merge;
use super::recording::Members;
use super::values::{is_kept, reduced, says_nothing, sorted};

/// What a comparison found.
#[derive(Debug, Default)]
pub struct Verdict {
    pub meant: BTreeSet<Meant>,
    pub differences: Vec<String>,
}

/// The recorded create against ours.
pub fn create(fields: &[Fact], recorded: &Members, ours: &[Members]) -> Verdict {
    let mut verdict = Verdict::default();
    let [ours] = ours else {
        verdict.differences.push(format!("{} POSTs, recorded one", ours.len()));
        return verdict;
    };
    let mut recorded = verdict.own_members(fields, recorded);
    let mut ours = ours.clone();
    let by_kind = auth_method(&recorded);
    match (recorded.remove(AUTH_METHOD), ours.remove(AUTH_METHOD)) {
        (_, ours) if ours != by_kind => {
            let (ours, by_kind) = (shown(ours.as_ref()), shown(by_kind.as_ref()));
            verdict.differences.push(format!("{AUTH_METHOD}: {ours}, by the kind {by_kind}"));
        }
        (recorded, ours) if ours != recorded => {
            verdict.meant.insert(Meant::AuthMethodOfAnother);
        }
        _ => {}
    }
    verdict.without_defaults(fields, &recorded, &mut ours);
    verdict.members(&recorded, &ours, &Members::new());
    verdict
}

/// The recorded change of an object against ours, both from what the object was `before`.
pub fn change(
    fields: &[Fact],
    recorded: &[&Members],
    ours: &[Members],
    before: &Members,
) -> Verdict {
    let mut verdict = Verdict::default();
    let recorded: Vec<Members> =
        recorded.iter().map(|body| verdict.own_members(fields, body)).collect();
    if recorded.len() > 1 || ours.len() > 1 {
        verdict.meant.insert(Meant::NullsApart);
    }
    verdict.cleared(&recorded, ours, before);
    let mut wanted = folded(&recorded);
    wanted.remove(AUTH_METHOD);
    let all = wanted.len();
    wanted.retain(|name, value| reduced(value, before.get(name)).is_some());
    if wanted.len() < all {
        verdict.meant.insert(Meant::UnchangedIsNotSent);
    }
    if wanted.is_empty() && ours.is_empty() {
        verdict.meant.insert(Meant::NothingToSend);
    }
    verdict.members(&wanted, &folded(ours), before);
    verdict
}

const AUTH_METHOD: &str = "token_endpoint_auth_method";

/// How the published provider has an application prove who it is, when it makes it.
fn auth_method(body: &Members) -> Option<Value> {
    let kind = body.get("app_type").and_then(Value::as_str);
    Some(match kind {
        Some("native" | "spa") => "none".into(),
        Some("regular_web" | "non_interactive") => "client_secret_post".into(),
        _ => {
            body.get("is_token_endpoint_ip_header_trusted").map(|_| "client_secret_post".into())?
        }
    })
}

/// What bodies that are sent one after the other set.
fn folded(bodies: &[Members]) -> Members {
    let mut set = Members::new();
    bodies.iter().for_each(|body| merge(&mut set, body));
    set
}

/// The members that a body clears so that a later one can set them anew.
fn cleared_first(bodies: &[Members]) -> BTreeSet<&str> {
    let set = folded(bodies);
    let nulls = bodies.iter().flatten().filter(|(_, value)| value.is_null());
    nulls
        .map(|(name, _)| name.as_str())
        .filter(|name| set.get(*name).is_some_and(|value| !value.is_null()))
        .collect()
}

impl Verdict {
    /// The members of a recorded body that a property of the resource sets.
    fn own_members(&mut self, fields: &[Fact], body: &Members) -> Members {
        let is_own = |name: &str| name == AUTH_METHOD || facts::field(fields, name).is_some();
        let mut own: Members = body
            .iter()
            .filter(|(name, _)| is_own(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if own.len() < body.len() {
            self.meant.insert(Meant::OfAnotherResource);
        }
        for (name, value) in &mut own {
            let is_map = facts::field(fields, name).is_some_and(|field| field.kind == "TypeMap");
            let entries = value.as_object_mut().filter(|_| is_map);
            for entry in entries.into_iter().flat_map(Members::values_mut) {
                if entry.is_boolean() || entry.is_number() {
                    *entry = entry.to_string().into();
                    self.meant.insert(Meant::TextInAMap);
                }
            }
        }
        own
    }

    /// Takes out of ours what the published provider would have filled in too.
    fn without_defaults(&mut self, fields: &[Fact], recorded: &Members, ours: &mut Members) {
        let missing = |name: &String| !recorded.contains_key(name);
        let names: Vec<String> = ours.keys().cloned().collect();
        for name in names {
            let Some(field) = facts::field(fields, &name) else { continue };
            let is_default = match &field.default {
                Some(default) => ours[&name] == *default,
                None => facts::PULUMI_DEFAULTS
                    .iter()
                    .any(|(member, value)| name == *member && ours[&name] == *value),
            };
            if missing(&name) && is_default {
                self.meant.insert(Meant::DefaultOfThePublishedProvider);
                ours.remove(&name);
            } else if let (Some(Value::Object(recorded)), Some(Value::Object(ours))) =
                (recorded.get(&name), ours.get_mut(&name))
            {
                self.without_defaults(&field.fields, recorded, ours);
            }
        }
    }

    /// A block that something leaves is cleared first, any other need not be.
    fn cleared(&mut self, recorded: &[Members], ours: &[Members], before: &Members) {
        let (set, our_set) = (folded(recorded), folded(ours));
        let (theirs, ours) = (cleared_first(recorded), cleared_first(ours));
        let loses = |set: &Members, name: &str| {
            before.get(name).is_some_and(|before| !is_kept(before, set.get(name)))
        };
        for name in theirs.difference(&ours) {
            match loses(&set, name) {
                true => self.differences.push(format!("{name}: not cleared before it is set anew")),
                false => _ = self.meant.insert(Meant::ClearedWithoutNeed),
            }
        }
        for name in ours.difference(&theirs) {
            match loses(&our_set, name) {
                true => _ = self.meant.insert(Meant::ClearedSinceSomethingLeft),
                false => self.differences.push(format!("{name}: cleared though nothing left it")),
            }
        }
    }

    fn members(&mut self, wanted: &Members, ours: &Members, before: &Members) {
        let names: BTreeSet<&String> = wanted.keys().chain(ours.keys()).collect();
        for name in names {
            let (wanted, ours) = (wanted.get(name), ours.get(name));
            if wanted == ours {
                continue;
            }
            let of = before.get(name);
            match (wanted, ours) {
                (Some(wanted @ Value::Object(_)), Some(ours @ Value::Object(_)))
                    if reduced(wanted, of) == reduced(ours, of) =>
                {
                    self.meant.insert(Meant::UnchangedInsideABlock);
                }
                (Some(wanted), None)
                    if !ORDERED.contains(&name.as_str())
                        && of.is_some_and(|before| sorted(before) == sorted(wanted)) =>
                {
                    self.meant.insert(Meant::OrderAlone);
                }
                (Some(wanted), None) if of.is_none() && says_nothing(wanted) => {
                    self.meant.insert(Meant::ZeroOfNothing);
                }
                _ => self.differences.push(format!(
                    "{name}: {}, recorded {}",
                    shown(ours),
                    shown(wanted)
                )),
            }
        }
    }
}

/// Lists whose order means something: the first is a default.
const ORDERED: &[&str] = &["allowed_logout_urls", "callbacks"];

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "not sent".to_owned(), Value::to_string)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn members(json: Value) -> Members {
        json.as_object().cloned().expect("an object")
    }

    fn fields() -> Vec<Fact> {
        let field = |name: &str| json!({"TF": name, "Pulumi": name, "Type": "TypeString"});
        let quota = json!({"TF": "quota", "Pulumi": "quota", "Type": "TypeList", "MaxItems": 1,
            "Fields": [{"TF": "enforce", "Pulumi": "enforce", "Type": "TypeBool", "Default": true}]});
        let fields = json!([
            field("sso"),
            field("urls"),
            field("callbacks"),
            field("name"),
            field("description"),
            field("app_type"),
            quota
        ]);
        serde_json::from_value(fields).expect("fields")
    }

    #[test]
    fn a_create_differs_where_it_is_not_meant_to() {
        struct Case {
            recorded: Value,
            ours: Value,
            differences: &'static [&'static str],
        }
        let cases = [
            Case {
                recorded: json!({"name": "n", "client_secret": "s"}),
                ours: json!({"name": "n", "description": "Managed by Pulumi"}),
                differences: &[],
            },
            Case {
                recorded: json!({"name": "n", "app_type": "spa"}),
                ours: json!({"name": "n", "app_type": "spa", "token_endpoint_auth_method": "none"}),
                differences: &[],
            },
            Case {
                recorded: json!({"name": "n", "app_type": "spa"}),
                ours: json!({"name": "n", "app_type": "spa"}),
                differences: &[r#"token_endpoint_auth_method: not sent, by the kind "none""#],
            },
            Case {
                recorded: json!({"name": "n", "quota": {}}),
                ours: json!({"name": "n", "quota": {"enforce": true}}),
                differences: &[],
            },
            Case {
                recorded: json!({"name": "n", "token_endpoint_auth_method": "none"}),
                ours: json!({"name": "m", "description": "d"}),
                differences: &[
                    r#"description: "d", recorded not sent"#,
                    r#"name: "m", recorded "n""#,
                ],
            },
        ];
        for case in cases {
            let verdict = create(&fields(), &members(case.recorded), &[members(case.ours)]);
            assert_eq!(verdict.differences, case.differences);
        }
    }

    #[test]
    fn a_change_differs_where_it_is_not_meant_to() {
        struct Case {
            recorded: &'static [&'static str],
            ours: &'static [&'static str],
            differences: &'static [&'static str],
        }
        let cases = [
            Case { recorded: &[r#"{"name": "n"}"#], ours: &[], differences: &[] },
            Case {
                recorded: &[r#"{"name": "n", "quota": {"enforce": false}}"#],
                ours: &[r#"{"quota": {"enforce": false, "day": 1}}"#],
                differences: &[],
            },
            Case {
                recorded: &[r#"{"quota": null}"#, r#"{"quota": {"hour": 1}}"#],
                ours: &[r#"{"quota": null}"#, r#"{"quota": {"hour": 1}}"#],
                differences: &[],
            },
            Case {
                recorded: &[r#"{"quota": null}"#, r#"{"quota": {"day": 2, "enforce": true}}"#],
                ours: &[r#"{"quota": {"day": 2}}"#],
                differences: &[],
            },
            Case {
                recorded: &[r#"{"quota": null}"#, r#"{"quota": {"hour": 1}}"#],
                ours: &[r#"{"quota": {"hour": 1}}"#],
                differences: &["quota: not cleared before it is set anew"],
            },
            Case {
                recorded: &[r#"{"quota": {"hour": 1}}"#],
                ours: &[r#"{"quota": null}"#, r#"{"quota": {"hour": 1}}"#],
                differences: &[],
            },
            Case {
                recorded: &[r#"{"quota": {"day": 2, "enforce": true}}"#],
                ours: &[r#"{"quota": null}"#, r#"{"quota": {"day": 2, "enforce": true}}"#],
                differences: &["quota: cleared though nothing left it"],
            },
            Case { recorded: &[r#"{"quota": {"day": 1}}"#], ours: &[], differences: &[] },
            Case {
                recorded: &[r#"{"quota": {"day": null}}"#, r#"{"quota": {"hour": 1}}"#],
                ours: &[r#"{"quota": {"day": null, "enforce": true, "hour": 1}}"#],
                differences: &[],
            },
            Case { recorded: &[r#"{"urls": ["b", "a"]}"#], ours: &[], differences: &[] },
            Case { recorded: &[r#"{"sso": {"on": false}}"#], ours: &[], differences: &[] },
            Case {
                recorded: &[r#"{"sso": {"on": true}, "name": ""}"#],
                ours: &[],
                differences: &[
                    r#"name: not sent, recorded """#,
                    r#"sso: not sent, recorded {"on":true}"#,
                ],
            },
            Case {
                recorded: &[r#"{"callbacks": ["b", "a"]}"#],
                ours: &[],
                differences: &[r#"callbacks: not sent, recorded ["b","a"]"#],
            },
            Case {
                recorded: &[r#"{"quota": null}"#, r#"{"quota": {}}"#],
                ours: &[],
                differences: &[
                    "quota: not cleared before it is set anew",
                    "quota: not sent, recorded {}",
                ],
            },
            Case {
                recorded: &[r#"{"quota": null}"#],
                ours: &[r#"{"name": "n"}"#],
                differences: &[r#"name: "n", recorded not sent"#, "quota: not sent, recorded null"],
            },
        ];
        let before = members(json!({"name": "n", "quota": {"day": 1, "enforce": true},
            "urls": ["a", "b"], "callbacks": ["a", "b"]}));
        let read = |bodies: &[&str]| -> Vec<Members> {
            bodies.iter().map(|body| serde_json::from_str(body).expect("an object")).collect()
        };
        for case in cases {
            let recorded = read(case.recorded);
            let recorded: Vec<&Members> = recorded.iter().collect();
            let verdict = change(&fields(), &recorded, &read(case.ours), &before);
            assert_eq!(verdict.differences, case.differences, "{:?}", case.recorded);
        }
    }
}
