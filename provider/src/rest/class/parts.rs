//! One resource over several paths: each part is read and written only where somebody knows something of it.

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::state::is_absent;
use pulumi_rs_sdk::table::rest::{
    Field, Kind, Method, Part, Parts, Reading, Removed, Resource, WireObject,
};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use crate::api::{Path, Request};
use crate::rest::body::{self, Changes};
use crate::rest::plan::{Plan, Shows, Step, counts};
use crate::rest::site::{Home, Site};
use crate::rest::wire;

pub(super) fn make(of: &Parts, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let given = body::create(resource, inputs);
    let bodies = |part: &Part| body_of(of, part, &given);
    if of.is_read_whole {
        let steps = of.parts.iter().flat_map(|part| match bodies(part) {
            Some(body) => write(home, part, body),
            None => show(home, part, true).into_iter().collect(),
        });
        return Plan::apart(steps.collect::<Vec<_>>());
    }
    let written = of.parts.iter().filter(|part| counts(part.when, &given));
    let written = written.filter_map(|part| Some((part, vec![bodies(part)?])));
    plan(of, home, written.collect(), &given, |part| bodies(part).is_some())
}

/// What neither the program nor the state knows anything of is not read; an import reads all.
pub(super) fn read(of: &Parts, resource: &Resource, site: &Site, known: Option<&Known>) -> Plan {
    let is_known = |part: &Part| known.is_none_or(|known| knows(of, part, resource, known));
    let is_given = |part: &Part| known.is_some_and(|known| says(of, part, resource, &known.inputs));
    let is_listed = |part: &&Part| matches!(part.read, Reading::Listed(..));
    let shown = |part: &'static Part| show(&site.home, part, is_given(part));
    let known = || of.parts.iter().filter(|part| is_known(part));
    let alone = || known().filter(|part| !is_listed(part));
    let firsts = alone().filter(|part| part.when.is_none()).filter_map(shown);
    let others = alone().filter(|part| part.when.is_some()).filter_map(shown);
    let listed = known().filter(is_listed).filter_map(shown);
    Plan::apart(together(firsts.chain(listed).chain(others)))
}

pub(super) fn change(of: &Parts, site: &Site, changes: &Changes) -> Plan {
    let now = |part: &Part| body_of(of, part, &changes.now);
    let written = of.parts.iter().filter_map(|part| {
        if !counts(part.when, &changes.now) || body_of(of, part, &changes.was) == now(part) {
            return None;
        }
        let first = changes.first.iter().find_map(|first| body_of(of, part, first));
        let changed = body_of(of, part, &changes.body);
        let body = match part.change {
            Method::Patch => changed,
            Method::Put => now(part).or(changed),
        };
        // What left the program, and stays, leaves nothing to be sent.
        let bodies: Vec<Json> = first.into_iter().chain(body).collect();
        (!bodies.is_empty()).then_some((part, bodies))
    });
    plan(of, &site.home, written.collect(), &changes.now, |part| now(part).is_some())
}

/// Writes these bodies, and reads what else belongs to the same members of the resource: they are shown as a whole.
fn plan(
    of: &Parts,
    home: &Home,
    written: Vec<(&'static Part, Vec<Json>)>,
    now: &WireObject,
    is_given: impl Fn(&Part) -> bool,
) -> Plan {
    let is_written = |part: &Part| written.iter().any(|(other, _)| other.path == part.path);
    let is_beside = |part: &Part| written.iter().any(|(other, _)| root(other) == root(part));
    let untouched = of.parts.iter().filter(|part| {
        !is_written(part)
            && is_beside(part)
            && (!part.may_be_hidden || is_given(part))
            && counts(part.when, now)
    });
    let shown = untouched.filter_map(|part| show(home, part, is_given(part)));
    let shown = together(shown.map(|step| Step { when: None, ..step }));
    let writes = written.into_iter().flat_map(|(part, mut bodies)| {
        let last = bodies.pop().unwrap_or_default();
        let first = bodies.into_iter().map(|body| Step::silent(request(home, part, body)));
        first.chain(write(home, part, last)).collect::<Vec<_>>()
    });
    Plan::apart(writes.chain(shown).collect::<Vec<_>>())
}

/// The steps, of which those that ask for one list are one.
fn together(steps: impl Iterator<Item = Step>) -> Vec<Step> {
    let mut all: Vec<Step> = Vec::new();
    for step in steps {
        let same = all.iter_mut().find(|other| other.request == step.request);
        match (same.map(|other| &mut other.shows), &step.shows) {
            (Some(Shows::Listed(parts)), Shows::Listed(more)) => parts.extend(more),
            _ => all.push(step),
        }
    }
    all
}

/// The member of the resource that a part is in.
fn root(part: &Part) -> &'static str {
    part.of.split('.').next().unwrap_or(part.of)
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

fn write(home: &Home, part: &'static Part, body: Json) -> Vec<Step> {
    let written = Step { denied: part.denied, ..Step::silent(request(home, part, body)) };
    match part.echoes {
        true => {
            let read = show(home, part, true).map(|step| Step { when: None, ..step });
            [written].into_iter().chain(read).collect()
        }
        false if part.read == Reading::Never => vec![written],
        false => vec![Step { shows: Shows::At(part.of), ..written }],
    }
}

fn request(home: &Home, part: &Part, body: Json) -> Request {
    Request::write(part.change.into(), home.elsewhere(part.path), body)
}

/// Reads a part, if that can be; all that stand in one list are read at once.
fn show(home: &Home, part: &'static Part, is_given: bool) -> Option<Step> {
    let (path, shows) = match part.read {
        Reading::Here => (home.elsewhere(part.path), Shows::At(part.of)),
        Reading::Listed(path, _) => (Path::of(path), Shows::Listed(vec![part])),
        Reading::Never => return None,
    };
    let step = Step::shows(shows, Request::get(path));
    let may_be_hidden = part.may_be_hidden && !is_given;
    Some(Step { denied: part.denied, when: part.when, may_be_hidden, ..step })
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
    // What is off, and the program says so, may be switched on by somebody else.
    let is_said = |field: &Field| {
        let given = known.inputs.get(field.name);
        let is_flag = given.is_some_and(|value| matches!(value, Value::Bool(_)));
        is_flag && is_of(of, part, field.wire_name())
    };
    resource.fields.iter().any(is_said)
        || says(of, part, resource, &known.inputs)
        || says(of, part, resource, &known.outputs)
}

/// Whether these values say something of a part: of one that may be hidden, of what is in it.
fn says(of: &Parts, part: &Part, resource: &Resource, values: &Object) -> bool {
    let said = resource
        .fields
        .iter()
        .filter_map(|field| Some((field, values.get(field.name)?)))
        .filter(|(field, value)| !is_absent(field, value));
    said.into_iter().any(|(field, value)| {
        is_of(of, part, field.wire_name())
            && (!part.may_be_hidden || is_in(part.of, field.wire_name(), field, value))
    })
}

/// Whether a value of the row, which is at that wire path, says something at the wire path `at` or in it.
fn is_in(at: &str, wire: &str, field: &Field, value: &Value) -> bool {
    let is_under =
        wire.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    match (field.kind, value) {
        _ if is_absent(field, value) => false,
        _ if is_under => true,
        (Kind::Object(inner), Value::Object(members)) => inner.fields.iter().any(|row| {
            let wire = format!("{wire}.{}", row.wire_name());
            members.get(row.name).is_some_and(|value| is_in(at, &wire, row, value))
        }),
        _ => false,
    }
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
