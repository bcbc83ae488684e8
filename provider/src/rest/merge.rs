//! Objects that the API replaces as a whole, with all in them that no row knows: read, changed, and written back.

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::state::{counting, is_absent};
use pulumi_rs_sdk::table::rest::{Codec, Field, Follows, Kind, Rare, Reset, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::class;
use super::dialects;
use super::run::Stopped;
use super::site::Site;
use super::tenant::Tenant;
use super::wire::{self, Occasion, encode, put, take};
use crate::api::{ApiError, Asked, Call, Request};

impl Tenant {
    /// Puts what is on the server under what `body` changes of an object that the API replaces as a whole, and says the body
    /// as the API does.
    ///
    /// # Errors
    /// It holds what nobody could put back: [`ApiError::NotEmpty`] names what. The read fails.
    pub(super) async fn merge(
        &self,
        call: &Call<'_>,
        site: &Site,
        old: &Known,
        inputs: &Object,
        body: &mut WireObject,
    ) -> Result<(), Stopped> {
        let resource = site.home.resource;
        let is_merged =
            |row: &&Field| row.rare == Rare::Merged && body.contains_key(row.wire_name());
        if let Some(row) = resource.fields.iter().find(is_merged) {
            let live = self.run(call, &class::read(site, None)).await?;
            let live = dialects::heard(resource, &live);
            let mut members = match live.get(row.wire_name()) {
                Some(Json::Object(members)) => members.clone(),
                _ => WireObject::new(),
            };
            let (before, now) =
                (counting(resource.fields, &old.inputs), counting(resource.fields, inputs));
            let mut foreign = Vec::new();
            if let Kind::Object(of) = row.kind {
                let empty = Object::new();
                let inside = |values: &Object| {
                    values.get(row.name).and_then(Value::as_object).unwrap_or(&empty).clone()
                };
                lay(of.fields, &inside(&before), &inside(&now), &mut members, &mut foreign);
            }
            if !foreign.is_empty() {
                let asked = Asked::of(&Request::get(site.at.clone()));
                return Err(Stopped::by(asked.map_or_else(
                    |error| error,
                    |asked| ApiError::NotEmpty { asked, others: foreign },
                )));
            }
            body.insert(row.wire_name().to_owned(), members.into());
            // What stands beside the object, and goes into it.
            for other in resource.fields.iter().filter(|other| other.never_stored) {
                let value = now.get(other.name).filter(|value| !is_absent(other, value));
                if let Some(value) = value {
                    put(body, other.wire_name(), encode(other, value, Occasion::Change));
                }
            }
        }
        dialects::spoken(resource, inputs, body);
        Ok(())
    }
}

/// Lays what the program gives over what is there, and takes out what left the program.
fn lay(
    fields: &'static [Field],
    before: &Object,
    now: &Object,
    members: &mut WireObject,
    foreign: &mut Vec<String>,
) {
    for row in fields.iter().filter(|row| Occasion::Change.sends(row)) {
        let was = before.get(row.name).filter(|was| !is_absent(row, was));
        let given = now.get(row.name).filter(|given| !given.is_null());
        let at = row.wire_name();
        match (row.kind, given) {
            (Kind::Map(_), given) if row.write_only => {
                foreign.extend(unknown(wire::get(members, at), [was, given]));
                take(members, at);
                if let Some(given) = given.filter(|given| !is_absent(row, given)) {
                    put(members, at, encode(row, given, Occasion::Change));
                }
            }
            (_, Some(given)) if let Some((fields, given)) = block(row, given) => {
                let mut inner = match take(members, at) {
                    Some(Json::Object(inner)) => inner,
                    _ => WireObject::new(),
                };
                let was = was.and_then(|was| block(row, was)).map(|(_, was)| was.clone());
                lay(fields, &was.unwrap_or_default(), given, &mut inner, foreign);
                put(members, at, inner.into());
            }
            (_, Some(given)) => {
                take(members, at);
                let json = encode(row, given, Occasion::Change);
                if !json.is_null() {
                    put(members, at, json);
                }
            }
            (_, None) if was.is_some() && !matches!(row.reset, Reset::Keep | Reset::Fields) => {
                take(members, at);
                if let Reset::Value(value) = row.reset {
                    put(members, at, encode(row, &value.into(), Occasion::Change));
                }
            }
            (Kind::Object(of), None) if row.reset == Reset::Fields && was.is_some() => {
                let (Some(was), Some(Json::Object(mut inner))) =
                    (was.and_then(Value::as_object), take(members, at))
                else {
                    continue;
                };
                lay(of.fields, was, &Object::new(), &mut inner, foreign);
                if !inner.is_empty() {
                    put(members, at, inner.into());
                }
            }
            (_, None) => {
                let changes = |name: &&str| before.get(*name) != now.get(*name);
                if matches!(row.follows, Follows::Rows(names) if names.iter().any(changes)) {
                    take(members, at);
                }
            }
        }
    }
}

/// What is one object on the wire, and its rows.
fn block<'a>(row: &Field, value: &'a Value) -> Option<(&'static [Field], &'a Object)> {
    match (row.kind, row.codec, value) {
        (Kind::Object(of), Codec::Plain, Value::Object(given)) => Some((of.fields, given)),
        (Kind::List(Kind::Object(of)), Codec::LastOfList, Value::Array(items)) => {
            Some((of.fields, items.last()?.as_object()?))
        }
        _ => None,
    }
}

/// The entries of a map that neither value has.
fn unknown(there: Option<&Json>, known: [Option<&Value>; 2]) -> Vec<String> {
    let is_known = |name: &String| {
        known
            .iter()
            .any(|value| value.and_then(Value::as_object).is_some_and(|v| v.contains_key(name)))
    };
    let names = there.and_then(Json::as_object).into_iter().flat_map(WireObject::keys);
    names.filter(|name| !is_known(name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::CONNECTION;
    use crate::rest::testing::{members, object};

    struct Case {
        live: Json,
        before: Json,
        now: Json,
        merged: Json,
    }

    fn merged(case: &Case) -> (Json, Vec<String>) {
        let Some(Kind::Object(options)) = CONNECTION.field("options").map(|row| row.kind) else {
            panic!("options are an object")
        };
        let (mut live, mut foreign) = (members(case.live.clone()), Vec::new());
        let (before, now) = (object(case.before.clone()), object(case.now.clone()));
        lay(options.fields, &before, &now, &mut live, &mut foreign);
        (live.into(), foreign)
    }

    #[test]
    fn what_no_row_knows_and_what_the_program_leaves_to_the_server_survive_a_change() {
        let cases = [
            Case {
                live: json!({"assertion_decryption_settings": {"a": 1}, "debug": true,
                    "signInEndpoint": "https://set.elsewhere"}),
                before: json!({"debug": true}),
                now: json!({"debug": false}),
                merged: json!({"assertion_decryption_settings": {"a": 1}, "debug": false,
                    "signInEndpoint": "https://set.elsewhere"}),
            },
            Case {
                live: json!({"icon_url": "i", "tenant_domain": "t"}),
                before: json!({"iconUrl": "i", "tenantDomain": "t"}),
                now: json!({"tenantDomain": "t"}),
                merged: json!({"tenant_domain": "t"}),
            },
            Case {
                live: json!({"mfa": {"active": false, "new": 1}}),
                before: json!({"mfa": {"active": false}}),
                now: json!({"mfa": {}}),
                merged: json!({"mfa": {"active": true, "new": 1}}),
            },
            Case {
                live: json!({"attributes": {"email": {"unique": false, "new": 1}}}),
                before: json!({"attributes": [{"emails": [{"profileRequired": true}]}]}),
                now: json!({"attributes": [{"emails": [{"profileRequired": false}]}]}),
                merged: json!({"attributes":
                    {"email": {"unique": false, "new": 1, "profile_required": false}}}),
            },
        ];
        for case in cases {
            let (merged, foreign) = merged(&case);
            assert_eq!(merged, case.merged);
            assert!(foreign.is_empty(), "{foreign:?}");
        }
    }

    #[test]
    fn what_the_server_made_of_something_that_changes_is_made_anew() {
        let live = json!({"discovery_url": "d", "issuer": "i", "oidc_metadata": {"issuer": "i"}});
        let changed = Case {
            live: live.clone(),
            before: json!({"discoveryUrl": "d"}),
            now: json!({"discoveryUrl": "e"}),
            merged: json!({"discovery_url": "e"}),
        };
        assert_eq!(merged(&changed).0, changed.merged);
        let same = Case { now: changed.before.clone(), merged: live, ..changed };
        assert_eq!(merged(&same).0, same.merged);
    }

    #[test]
    fn hidden_values_that_the_program_has_not_given_stop_a_change() {
        let case = Case {
            live: json!({"configuration": {"mine": "", "old": "", "theirs": ""}}),
            before: json!({"configuration": {"mine": "1", "old": "2"}}),
            now: json!({"configuration": {"mine": "3"}}),
            merged: json!({"configuration": {"mine": "3"}}),
        };
        assert_eq!(merged(&case), (case.merged.clone(), vec!["theirs".to_owned()]));
    }
}
