//! What goes with an object that a preview replaces.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use futures_util::future::join_all;
use pulumi_rs_sdk::provider::{Context, LookAheadRequest};
use pulumi_rs_sdk::table::rest::{Held, Resource, Template};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::look_ahead::PATIENCE;
use super::site::path_of;
use super::tenant::Tenant;
use crate::api::{ApiError, Request};

/// How many of the objects that a process replaces are looked at: a preview is not to use a tenant's limit up.
const LOOKS: usize = 10;

/// The objects of the state that the program has too, by URN, of those that hold others.
#[derive(Default)]
pub(super) struct Holders {
    by_urn: Mutex<HashMap<String, Holder>>,
    looked: AtomicUsize,
}

/// One of them, with what has to be known to find what it holds.
struct Holder {
    id: String,
    rows: Vec<(&'static str, String)>,
}

/// What a look has found.
enum Found {
    Many(u64),
    /// It could not be told, for this reason.
    Unsure(String),
    /// The object is gone already, or the user has stopped the preview: there is nothing to say.
    Nothing,
}

impl Holders {
    /// Notes that the state has this object; whether it is replaced, the engine alone knows.
    pub(super) fn note(&self, resource: &Resource, urn: &str, id: &str, outputs: &Object) {
        if resource.holds.is_empty() {
            return;
        }
        let rows = resource.holds.iter().flat_map(Held::rows).filter(|row| *row != "id");
        let known = rows.filter_map(|row| {
            let text = outputs.get(row).and_then(Value::as_str).filter(|text| !text.is_empty())?;
            Some((row, text.to_owned()))
        });
        let holder = Holder { id: id.to_owned(), rows: known.collect() };
        let mut by_urn = self.by_urn.lock().unwrap_or_else(PoisonError::into_inner);
        by_urn.insert(urn.to_owned(), holder);
    }

    fn take(&self, urn: &str) -> Option<Holder> {
        self.by_urn.lock().unwrap_or_else(PoisonError::into_inner).remove(urn)
    }
}

impl Holder {
    /// The value of a row; empty where the state does not have it.
    fn row(&self, name: &str) -> &str {
        match name {
            "id" => &self.id,
            _ => self.rows.iter().find(|(row, _)| *row == name).map_or("", |(_, text)| text),
        }
    }

    fn knows(&self, held: &Held) -> bool {
        held.rows().all(|row| !self.row(row).is_empty())
    }

    /// What asks for what it holds.
    fn request(&self, held: &Held) -> Request {
        let filled = |of: Template| of.filled(|row| self.row(row));
        let mut request = Request::get(path_of(held.listed, |row| self.row(row)));
        if let Some((name, value)) = held.by {
            request = request.with(name, filled(value));
        }
        if held.totals {
            request = request.with("per_page", "1").with("include_totals", "true");
        }
        request
    }
}

impl Tenant {
    /// Says what goes with the object that this create replaces, if it does replace one.
    pub(super) async fn tell_what_goes(&self, context: &Context, request: &LookAheadRequest) {
        let Some(holder) = self.holders.take(&request.urn) else {
            return;
        };
        let may_look = self.holders.looked.fetch_add(1, Ordering::Relaxed) < LOOKS;
        let counts = request.resource.holds.iter().map(|held| self.count(context, &holder, held));
        let counts: Vec<Found> = match may_look {
            true => join_all(counts).await,
            false => {
                let reason = format!("this preview has looked at {LOOKS} others");
                request.resource.holds.iter().map(|_| Found::Unsure(reason.clone())).collect()
            }
        };
        if counts.iter().any(|found| matches!(found, Found::Nothing)) {
            return;
        }
        context.log.warning(goes(request.resource, &holder.id, &counts));
    }

    /// How many there are of what the holder holds.
    async fn count(&self, context: &Context, holder: &Holder, held: &Held) -> Found {
        if !holder.knows(held) {
            return Found::Unsure("the state does not say by what they are found".into());
        }
        let call = self.call(context, Some(PATIENCE));
        match call.send(&holder.request(held)).await {
            Ok(answer) => match answer.into_json().as_ref().and_then(total) {
                Some(many) => Found::Many(many),
                None => Found::Unsure("the answer does not say it".into()),
            },
            Err(ApiError::NotFound { .. } | ApiError::Cancelled { .. }) => Found::Nothing,
            Err(error) => Found::Unsure(error.to_string()),
        }
    }
}

/// How many a list says that there are, or has.
fn total(list: &Json) -> Option<u64> {
    match list {
        Json::Array(all) => Some(all.len() as u64),
        list => list.get("total")?.as_u64(),
    }
}

/// What the user is told.
fn goes(resource: &Resource, id: &str, counts: &[Found]) -> String {
    let mut told = Vec::new();
    let mut reasons = Vec::new();
    for (held, found) in resource.holds.iter().zip(counts) {
        match found {
            Found::Many(0) => told.push(format!("no {}", held.many)),
            Found::Many(1) => told.push(format!("1 {}", held.one)),
            Found::Many(many) => told.push(format!("{many} {}", held.many)),
            Found::Unsure(reason) => {
                told.push(format!("all of its {}", held.many));
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            Found::Nothing => {}
        }
    }
    let unsure = match &*reasons {
        [] => String::new(),
        [reason, ..] => format!(" (how many there are could not be told: {reason})"),
    };
    format!(
        "this makes another {} and deletes `{id}`, and with it {}{unsure}: what is deleted so does not come \
         back. AUTH0_PREVIEW_CHECKS=false keeps previews from asking",
        resource.name,
        told.join(" and ")
    )
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::table::rest::{STRING, collection, held, required, resource};
    use serde_json::json;

    use super::*;

    const ROOM: Resource =
        resource("Room", collection("rooms")).fields(&[required("colour", STRING)]).holds(&[
            held("door", "doors", "rooms/{id}/doors").whole(),
            held("guest", "guests", "guests").by("q", "room:\"{colour}\""),
        ]);

    #[test]
    fn what_is_held_is_asked_for_by_what_the_state_knows() {
        let holders = Holders::default();
        let outputs = Object::from([("colour".to_owned(), "red".into())]);
        holders.note(&ROOM, "urn", "r1", &outputs);
        let holder = holders.take("urn").expect("it is noted");
        let asked: Vec<_> = ROOM.holds.iter().map(|held| holder.request(held)).collect();
        let texts = asked.iter().map(|request| {
            let segments: Vec<_> = request.path.segments().collect();
            (segments.join("/"), request.query.clone())
        });
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let totals = [pair("per_page", "1"), pair("include_totals", "true")];
        assert_eq!(
            texts.collect::<Vec<_>>(),
            [
                ("rooms/r1/doors".to_owned(), vec![]),
                ("guests".to_owned(), [vec![pair("q", "room:\"red\"")], totals.to_vec()].concat()),
            ]
        );
        assert!(holders.take("urn").is_none(), "each is told once");

        holders.note(&ROOM, "urn", "r1", &Object::new());
        let holder = holders.take("urn").expect("it is noted");
        let known: Vec<_> = ROOM.holds.iter().map(|held| holder.knows(held)).collect();
        assert_eq!(known, [true, false]);
    }

    #[test]
    fn a_list_says_how_many_there_are_or_has_them() {
        assert_eq!(total(&json!([{}, {}])), Some(2));
        assert_eq!(total(&json!({"guests": [{}], "total": 1234})), Some(1234));
        assert_eq!(total(&json!({"guests": [{}]})), None);
    }

    #[test]
    fn what_goes_is_said_with_how_many_there_are_or_why_not() {
        struct Case {
            counts: [Found; 2],
            told: &'static str,
        }
        let cases = [
            Case {
                counts: [Found::Many(0), Found::Many(1)],
                told: "with it no doors and 1 guest: ",
            },
            Case {
                counts: [Found::Many(2), Found::Unsure("a 403".into())],
                told: "with it 2 doors and all of its guests (how many there are could not be told: a 403): ",
            },
            Case {
                counts: [Found::Unsure("x".into()), Found::Unsure("x".into())],
                told: "with it all of its doors and all of its guests (how many there are could not be told: x): ",
            },
        ];
        for Case { counts, told } in cases {
            let text = goes(&ROOM, "r1", &counts);
            assert!(text.starts_with("this makes another Room and deletes `r1`, and "), "{text}");
            assert!(text.contains(told), "{text}");
        }
    }
}
