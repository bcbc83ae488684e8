//! The rules for properties: which change of one breaks whom.

use std::collections::BTreeSet;

use serde_json::Value;

use super::compare::{Found, deprecation};
use crate::spec::{Members, Property};

/// Which way values go; those of a type may go both.
#[derive(Clone, Copy)]
pub(super) struct Direction {
    /// Programs give them.
    pub(super) given: bool,
    /// Programs get them.
    pub(super) got: bool,
}

impl Direction {
    pub(super) const GIVEN: Self = Self { given: true, got: false };
    pub(super) const GOT: Self = Self { given: false, got: true };
}

/// What is missing, what is new, and what is another.
pub(super) fn properties(
    found: &mut Found<'_>,
    part: &'static str,
    direction: Direction,
    old: Members<'_>,
    new: Members<'_>,
) {
    let (old, new) = (old.properties, new.properties);
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) => {
                for (breaking, message) in property(direction, old, new) {
                    found.member(part, name, breaking, message);
                }
            }
            (Some(_), None) => found.member(part, name, true, "missing"),
            _ => found.member(part, name, false, "added"),
        }
    }
}

/// What a program must give, and what it can rely on to get.
pub(super) fn required(
    found: &mut Found<'_>,
    part: &'static str,
    kind: &str,
    direction: Direction,
    old: Members<'_>,
    new: Members<'_>,
) {
    let has = |of: Members<'_>, name: &String| of.required.contains(name);
    for name in new.required.iter().filter(|name| !has(old, name)) {
        // A new output that is always there is an addition.
        if direction.given || old.properties.contains_key(name) {
            found.member(part, name, direction.given, format!("{kind} has changed to Required"));
        }
    }
    for name in old.required.iter().filter(|name| !has(new, name)) {
        if new.properties.contains_key(name) {
            found.member(part, name, direction.got, format!("{kind} is no longer Required"));
        }
    }
}

/// What is another about a property, and whether that breaks users.
fn property(direction: Direction, old: &Property, new: &Property) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let (was, is) = (old.kind.text(), new.kind.text());
    if was != is {
        found.push((true, format!("type changed from {was:?} to {is:?}")));
    }
    if old.constant != new.constant {
        let (was, is) = (shown(&old.constant), shown(&new.constant));
        found.push((true, format!("constant changed from {was} to {is}")));
    }
    match (old.secret, new.secret) {
        // The value is shown, and stored as it is, from the next update on.
        (true, false) => found.push((true, "is no longer secret".to_owned())),
        (false, true) => found.push((false, "has changed to secret".to_owned())),
        _ => {}
    }
    let replaces = |of: &Property| of.replace_on_changes || of.will_replace_on_changes;
    match (replaces(old), replaces(new)) {
        (false, true) => found.push((true, "changes now replace the resource".to_owned())),
        (true, false) => found.push((false, "changes no longer replace the resource".to_owned())),
        _ => {}
    }
    if direction.given {
        // A stack that leaves it out gets another value.
        if old.default != new.default {
            let (was, is) = (shown(&old.default), shown(&new.default));
            found.push((true, format!("default changed from {was} to {is}")));
        }
        let (was, is) = (&old.default_info.environment, &new.default_info.environment);
        for name in was.iter().filter(|name| !is.contains(name)) {
            found.push((true, format!("default is no longer taken from {name}")));
        }
        for name in is.iter().filter(|name| !was.contains(name)) {
            found.push((false, format!("default has changed to be taken from {name}")));
        }
    }
    let (was, is) = (old.deprecation_message.as_deref(), new.deprecation_message.as_deref());
    found.extend(deprecation(was, is).map(|message| (false, message)));
    found
}

fn shown(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(|| "none".to_owned(), Value::to_string)
}
