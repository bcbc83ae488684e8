//! An entry of a parent's list, or all of them.

use std::collections::BTreeSet;

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::{
    Entries, Field, Kind, Member, Members, Others, Resource, WireObject,
};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use crate::api::Request;
use crate::rest::body::{self, Changes};
use crate::rest::lists::{Change, Key, entry, find, key_of};
use crate::rest::plan::{ListPlan, Listed, Plan};
use crate::rest::site::{Home, Site};
use crate::rest::wire;

pub(super) fn make_one(of: &Member, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let site = home.entry(inputs);
    let entry = with_key(of.of, body::create(resource, inputs), &site);
    let key = key_of(of.of, &entry).unwrap_or_default();
    let change = Change { puts: vec![entry], ..Change::default() };
    plan(of.of, home, Some(change), Listed::Entry(key))
}

pub(super) fn read_one(of: &Member, site: &Site) -> Plan {
    plan(of.of, &site.home, None, Listed::Entry(site.key.clone()))
}

/// What left the program is sent as what clears it.
pub(super) fn change_one(of: &Member, site: &Site, changes: Changes) -> Plan {
    let mut whole = changes.now;
    for (name, json) in changes.body {
        wire::lay(&mut whole, &name, json);
    }
    let change = Change { puts: vec![with_key(of.of, whole, site)], ..Change::default() };
    plan(of.of, &site.home, Some(change), Listed::Entry(site.key.clone()))
}

/// The entry with what tells it from others, though that stand in the path and so in no body.
fn with_key(of: &Entries, mut entry: WireObject, site: &Site) -> WireObject {
    for (name, part) in of.key.iter().zip(&site.key) {
        if wire::get(&entry, name).is_none() && !part.is_empty() {
            wire::put(&mut entry, name, part.as_str().into());
        }
    }
    entry
}

pub(super) fn remove_one(of: &Member, site: &Site) -> Plan {
    let change = Change { takes: vec![site.key.clone()], ..Change::default() };
    plan(of.of, &site.home, Some(change), Listed::Nothing)
}

pub(super) fn make_all(of: &Members, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let puts = entries_in(of, &body::create(resource, inputs));
    let change = Change {
        puts,
        takes: Vec::new(),
        is_all: of.others == Others::Go,
        refuses_others: of.others == Others::Refused,
    };
    plan(of.of, home, Some(change), all(of, resource))
}

pub(super) fn read_all(of: &Members, resource: &Resource, site: &Site) -> Plan {
    plan(of.of, &site.home, None, all(of, resource))
}

/// What the program names anew is put, and what it does not name any more taken: what neither the program nor a refresh
/// knows of stays.
pub(super) fn change_all(
    of: &Members,
    resource: &Resource,
    site: &Site,
    was: &WireObject,
    now: &WireObject,
) -> Plan {
    let (was, now) = (entries_in(of, was), entries_in(of, now));
    let wanted: BTreeSet<Key> = now.iter().filter_map(|entry| key_of(of.of, entry)).collect();
    let takes = was.iter().filter_map(|entry| key_of(of.of, entry));
    let takes = takes.filter(|key| !wanted.contains(key)).collect();
    let is_all = of.others == Others::Go;
    let puts = now.into_iter().filter(|entry| is_all || !was.contains(entry));
    let rows = rows_of(of, resource);
    let puts = puts.map(|entry| {
        let before = key_of(of.of, &entry).and_then(|key| find(of.of, &was, &key));
        with_cleared(rows, entry, before)
    });
    let puts = puts.collect();
    plan(
        of.of,
        &site.home,
        Some(Change { puts, takes, is_all, ..Change::default() }),
        all(of, resource),
    )
}

/// An entry with what clears the members that it had before and has no more, as its rows say.
fn with_cleared(rows: &[Field], mut entry: WireObject, before: Option<&WireObject>) -> WireObject {
    for row in rows {
        let name = row.wire_name();
        let left = before.is_some_and(|before| wire::get(before, name).is_some())
            && wire::get(&entry, name).is_none();
        if let Some(nothing) = body::clearing(row).filter(|_| left) {
            wire::put(&mut entry, name, nothing);
        }
    }
    entry
}

/// What the state knows of goes.
pub(super) fn remove_all(of: &Members, resource: &Resource, site: &Site, known: &Known) -> Plan {
    let known = entries_in(of, &body::create(resource, &known.outputs));
    let takes = known.iter().filter_map(|entry| key_of(of.of, entry)).collect();
    let change = Change { takes, ..Change::default() };
    plan(of.of, &site.home, Some(change), Listed::Nothing)
}

fn plan(of: &'static Entries, home: &Home, change: Option<Change>, shows: Listed) -> Plan {
    let parent = of.parent.filter(|_| shows != Listed::Nothing).map(|parent| {
        let get = Request::get(home.elsewhere(parent.path))
            .with("fields", parent.members.join(","))
            .with("include_fields", "true");
        (get, parent.members)
    });
    Plan::List(ListPlan { of, path: home.path.clone(), change, shows, parent })
}

fn entries_in(of: &Members, body: &WireObject) -> Vec<WireObject> {
    let items = wire::get(body, of.row).and_then(Json::as_array);
    items.into_iter().flatten().filter_map(|item| entry(of.of, item.clone())).collect()
}

fn all(of: &Members, resource: &Resource) -> Listed {
    Listed::All { at: of.row, are_bare: rows_of(of, resource).is_empty() }
}

/// The rows of an entry; none where it is a bare key.
fn rows_of(of: &Members, resource: &Resource) -> &'static [Field] {
    let row = resource.fields.iter().find(|field| field.wire_name() == of.row);
    match row.map(|row| row.kind) {
        Some(Kind::List(Kind::Object(entry))) => entry.fields,
        _ => &[],
    }
}
