//! One resource over several paths: each part is read and written only where somebody knows something of it.

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::state::is_absent;
use pulumi_rs_sdk::table::rest::{Method, Part, Parts, Removed, Resource, WireObject};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use crate::api::Request;
use crate::rest::body::{self, Changes};
use crate::rest::plan::{Plan, Shows, Step};
use crate::rest::site::{Home, Site};
use crate::rest::wire;

pub(super) fn make(of: &Parts, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let given = body::create(resource, inputs);
    let steps = of.parts.iter().flat_map(|part| match body_of(of, part, &given) {
        Some(body) => write(home, part, body),
        None if of.is_read_whole => vec![show(home, part)],
        None => Vec::new(),
    });
    Plan::apart(steps)
}

/// What neither the program nor the state knows anything of is not read; an import reads all.
pub(super) fn read(of: &Parts, resource: &Resource, site: &Site, known: Option<&Known>) -> Plan {
    let is_known = |part: &&Part| known.is_none_or(|known| knows(of, part, resource, known));
    Plan::apart(of.parts.iter().filter(is_known).map(|part| show(&site.home, part)))
}

pub(super) fn change(of: &Parts, site: &Site, changes: &Changes) -> Plan {
    let steps = of.parts.iter().filter_map(|part| {
        if body_of(of, part, &changes.was) == body_of(of, part, &changes.now) {
            return None;
        }
        let first = changes.first.iter().find_map(|first| body_of(of, part, first));
        let first = first.map(|body| Step::silent(request(&site.home, part, body)));
        let body = match part.change {
            Method::Patch => body_of(of, part, &changes.body),
            Method::Put => body_of(of, part, &changes.now),
        };
        let steps = write(&site.home, part, body.unwrap_or_else(|| WireObject::new().into()));
        Some(first.into_iter().chain(steps))
    });
    Plan::apart(steps.flatten())
}

pub(super) fn remove(of: &Parts, site: &Site) -> Plan {
    let steps = of.parts.iter().filter_map(|part| {
        let path = site.home.elsewhere(part.path);
        let request = match part.removed {
            Removed::Deleted => Request::delete(path),
            Removed::Emptied(json) => {
                // That the text is JSON is a law of tables.
                let nothing = serde_json::from_str(json).unwrap_or_default();
                Request::write(part.change.into(), path, nothing)
            }
            Removed::Stays(_) => return None,
        };
        Some(Step { denied: part.denied, ..Step::silent(request).or_gone() })
    });
    Plan::apart(steps)
}

fn write(home: &Home, part: &Part, body: Json) -> Vec<Step> {
    let written = Step { denied: part.denied, ..Step::silent(request(home, part, body)) };
    match part.echoes {
        true => vec![written, show(home, part)],
        false => vec![Step { shows: Shows::At(part.of), ..written }],
    }
}

fn request(home: &Home, part: &Part, body: Json) -> Request {
    Request::write(part.change.into(), home.elsewhere(part.path), body)
}

fn show(home: &Home, part: &Part) -> Step {
    let read = Request::get(home.elsewhere(part.path));
    Step { denied: part.denied, ..Step::shows(Shows::At(part.of), read) }
}

/// What of a body of the whole resource is that of this part; `None` where nothing is.
fn body_of(of: &Parts, part: &Part, whole: &WireObject) -> Option<Json> {
    let body = match part.of {
        "" => Json::Object(whole.clone()),
        path => wire::get(whole, path)?.clone(),
    };
    let Json::Object(mut members) = body else {
        return Some(body);
    };
    members.retain(|name, _| has(of, part, name));
    (!members.is_empty()).then(|| members.into())
}

/// Whether a member of the body of a part is there, and not in another part of the same body.
fn has(of: &Parts, part: &Part, member: &str) -> bool {
    if !part.members.is_empty() {
        return part.members.contains(&member);
    }
    let others = of.parts.iter().filter(|other| other.path != part.path);
    let is_elsewhere = |other: &Part| match other.of.strip_prefix(part.of) {
        Some("") => other.members.contains(&member),
        Some(below) => below.trim_start_matches('.').split('.').next() == Some(member),
        None => false,
    };
    !others.into_iter().any(is_elsewhere)
}

/// Whether the program or the state says something of a part.
fn knows(of: &Parts, part: &Part, resource: &Resource, known: &Known) -> bool {
    let is_said = |values: &Object| {
        let said = resource
            .fields
            .iter()
            .filter(|field| values.get(field.name).is_some_and(|value| !is_absent(field, value)));
        said.into_iter().any(|field| is_of(of, part, field.wire_name()))
    };
    is_said(&known.inputs) || is_said(&known.outputs)
}

/// Whether what is at that wire path of the resource, or in it, belongs to the part.
fn is_of(of: &Parts, part: &Part, wire: &str) -> bool {
    if part.of.is_empty() {
        return has(of, part, wire.split('.').next().unwrap_or(wire));
    }
    let is_under = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    is_under(part.of, wire) || is_under(wire, part.of)
}
