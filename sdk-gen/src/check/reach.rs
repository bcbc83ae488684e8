//! Which types programs give, and which they get.

use std::collections::BTreeSet;

use super::member::Direction;
use crate::spec::{Package, Properties};

/// The tokens of the types that are reached from inputs, and of those from outputs.
#[derive(Default)]
pub(super) struct Reach {
    given: BTreeSet<String>,
    got: BTreeSet<String>,
}

impl Reach {
    /// Adds what is reached in this schema.
    pub(super) fn add(&mut self, package: &Package) {
        let walk = |seen: &mut BTreeSet<String>, from: &Properties| walk(package, seen, from);
        walk(&mut self.given, &package.config.variables);
        for resource in package.resources.values().chain([&package.provider]) {
            walk(&mut self.given, &resource.input_properties);
            walk(&mut self.got, &resource.properties);
        }
        for function in package.functions.values() {
            walk(&mut self.given, &function.inputs.properties);
            walk(&mut self.got, &function.outputs.properties);
            for token in function.outputs.kind.references() {
                enter(package, &mut self.got, token);
            }
        }
    }

    /// Which way values of the type go; those of one that nothing refers to may go either.
    pub(super) fn direction(&self, token: &str) -> Direction {
        let (given, got) = (self.given.contains(token), self.got.contains(token));
        Direction { given: given || !got, got: got || !given }
    }
}

fn walk(package: &Package, seen: &mut BTreeSet<String>, from: &Properties) {
    for token in from.values().flat_map(|property| property.kind.references()) {
        enter(package, seen, token);
    }
}

fn enter(package: &Package, seen: &mut BTreeSet<String>, token: &str) {
    if seen.insert(token.to_owned())
        && let Some(of) = package.types.get(token)
    {
        walk(package, seen, &of.properties);
    }
}
