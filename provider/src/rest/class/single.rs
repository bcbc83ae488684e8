//! The only one at its path.

use pulumi_rs_sdk::table::rest::{Made, Removed, Resource, Single, Template, WireObject};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use crate::api::{Path, Request};
use crate::rest::body::{self, Changes};
use crate::rest::plan::{Plan, Shows, Step};
use crate::rest::site::{Home, Site};

pub(super) fn make(of: &Single, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let (path, given) = (home.path.clone(), body::create(resource, inputs));
    // Where the program gives nothing, nothing is changed.
    if of.made == Made::Written && of.body.is_empty() && given.is_empty() {
        return then_shown(of, &home.path, []);
    }
    let written = match of.made {
        Made::Posted | Made::PostedUnlessThere => {
            Step::silent(Request::post(path, body(of, given)))
        }
        Made::Written => Step::silent(Request::write(of.change.into(), path, body(of, given))),
        Made::WrittenElsePosted(at) => {
            let post = Request::post(home.elsewhere(at), posted(resource, at, home, &given).into());
            Step::silent(Request::write(of.change.into(), path, body(of, given))).or_else(post)
        }
    };
    then_shown(of, &home.path, [written])
}

pub(super) fn read(of: &Single, site: &Site) -> Plan {
    Plan::of([Step::shows(shows(of), get(of, &site.at))])
}

pub(super) fn change(of: &Single, site: &Site, changes: Changes) -> Plan {
    let write = |given: WireObject| {
        Step::silent(Request::write(of.change.into(), site.at.clone(), body(of, given)))
    };
    then_shown(of, &site.at, changes.first.into_iter().chain([changes.body]).map(write))
}

pub(super) fn remove(of: &Single, site: &Site) -> Plan {
    let at = || site.at.clone();
    Plan::of(match of.removed {
        Removed::Deleted => Some(Step::silent(Request::delete(at())).or_gone()),
        Removed::Emptied(json) => {
            // That the text is JSON is a law of tables.
            let nothing = serde_json::from_str(json).unwrap_or_default();
            Some(Step::silent(Request::write(of.change.into(), at(), nothing)).or_gone())
        }
        Removed::Stays(_) => None,
    })
}

/// The steps, after which the object is shown: by the last of them, else by a read.
fn then_shown(of: &Single, path: &Path, steps: impl IntoIterator<Item = Step>) -> Plan {
    let mut steps: Vec<Step> = steps.into_iter().collect();
    match steps.last_mut() {
        Some(last) if !of.echoes => last.shows = shows(of),
        _ => steps.push(Step::shows(shows(of), get(of, path))),
    }
    Plan::of(steps)
}

fn get(of: &Single, path: &Path) -> Request {
    let get = Request::get(path.clone());
    of.asked_with.iter().fold(get, |get, (name, value)| get.with(*name, *value))
}

fn shows(of: &Single) -> Shows {
    match of.body {
        "" => Shows::Members,
        member => Shows::At(member),
    }
}

fn body(of: &Single, mut members: WireObject) -> Json {
    match of.body {
        "" => members.into(),
        member => members.remove(member).unwrap_or_default(),
    }
}

/// What a POST elsewhere carries: what stands in the usual path and not in that one is a member there.
fn posted(resource: &Resource, at: Template, home: &Home, given: &WireObject) -> WireObject {
    let mut members = given.clone();
    for (row, text) in home.rows().filter(|(row, _)| !at.names(row)) {
        let name = resource.field(row).map_or(row, |field| field.wire_name());
        members.insert(name.to_owned(), text.into());
    }
    members
}
