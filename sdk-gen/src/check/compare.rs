//! Compares two schemas, member by member.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Change, Section};
use super::member::{Direction, properties, required};
use super::reach::Reach;
use crate::spec::{EnumValue, Function, Package, Resource, Type};

/// By which an SDK is imported, so that another value is another SDK.
const IMPORTED_BY: [(&str, &str); 7] = [
    ("csharp", "rootNamespace"),
    ("go", "importBasePath"),
    ("go", "rootPackageName"),
    ("java", "basePackage"),
    ("nodejs", "packageName"),
    ("python", "packageName"),
    ("python", "moduleNameOverrides"),
];

/// The changes from one schema to another, sorted.
pub(super) fn compare(old: &Package, new: &Package) -> Vec<Change> {
    let mut changes = Vec::new();
    package(&mut changes, old, new);
    config(&mut changes, old, new);
    let provider = format!("pulumi:providers:{}", old.name);
    let mut found = Found::new(&mut changes, Section::Resources, &provider);
    resource(&mut found, &old.provider, &new.provider);
    each(&mut changes, Section::Resources, &old.resources, &new.resources, resource);
    each(&mut changes, Section::Functions, &old.functions, &new.functions, function);
    let mut reach = Reach::default();
    reach.add(old);
    reach.add(new);
    each(&mut changes, Section::Types, &old.types, &new.types, |found, old, new| {
        named_type(found, reach.direction(found.of), old, new);
    });
    changes.sort();
    changes
}

/// Takes the changes of one resource, function, type or other.
pub(super) struct Found<'a> {
    changes: &'a mut Vec<Change>,
    section: Section,
    of: &'a str,
}

impl<'a> Found<'a> {
    fn new(changes: &'a mut Vec<Change>, section: Section, of: &'a str) -> Self {
        Self { changes, section, of }
    }

    /// Adds a change of the whole.
    fn whole(&mut self, breaking: bool, message: impl Into<String>) {
        self.member("", "", breaking, message);
    }

    /// Adds a change of a member of a part.
    pub(super) fn member(
        &mut self,
        part: &'static str,
        name: &str,
        breaking: bool,
        message: impl Into<String>,
    ) {
        let (section, of) = (self.section, self.of.to_owned());
        let (name, message) = (name.to_owned(), message.into());
        self.changes.push(Change { section, of, part, name, message, breaking });
    }

    /// Names that programs can use.
    fn names(&mut self, part: &'static str, old: &BTreeSet<String>, new: &BTreeSet<String>) {
        for name in old.difference(new) {
            self.member(part, name, true, "missing");
        }
        for name in new.difference(old) {
            self.member(part, name, false, "added");
        }
    }

    /// What is said of what is deprecated changes nothing but what is shown.
    fn deprecation(&mut self, old: Option<&str>, new: Option<&str>) {
        if let Some(message) = deprecation(old, new) {
            self.whole(false, message);
        }
    }
}

pub(super) fn deprecation(old: Option<&str>, new: Option<&str>) -> Option<String> {
    match (old, new) {
        (None, Some(why)) => Some(format!("deprecated: {why}")),
        (Some(_), None) => Some("is no longer deprecated".to_owned()),
        _ => None,
    }
}

fn each<T>(
    changes: &mut Vec<Change>,
    section: Section,
    old: &BTreeMap<String, T>,
    new: &BTreeMap<String, T>,
    compare: impl Fn(&mut Found<'_>, &T, &T),
) {
    for token in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let mut found = Found::new(changes, section, token);
        match (old.get(token), new.get(token)) {
            (Some(old), Some(new)) => compare(&mut found, old, new),
            (Some(_), None) => found.whole(true, "missing"),
            _ => found.whole(false, "added"),
        }
    }
}

fn package(changes: &mut Vec<Change>, old: &Package, new: &Package) {
    let mut compare = |what: &str, old: &Value, new: &Value| {
        if old != new {
            let message = format!("changed from {old} to {new}");
            Found::new(changes, Section::Package, what).whole(true, message);
        }
    };
    compare("name", &old.name.clone().into(), &new.name.clone().into());
    compare("meta.moduleFormat", &old.meta["moduleFormat"], &new.meta["moduleFormat"]);
    for (language, key) in IMPORTED_BY {
        let what = format!("language.{language}.{key}");
        compare(&what, &old.language[language][key], &new.language[language][key]);
    }
}

fn config(changes: &mut Vec<Change>, old: &Package, new: &Package) {
    let mut found = Found::new(changes, Section::Config, "config");
    let (old, new) = (old.config.members(), new.config.members());
    properties(&mut found, "variables", Direction::GIVEN, old, new);
    required(&mut found, "required", "variable", Direction::GIVEN, old, new);
}

fn resource(found: &mut Found<'_>, old: &Resource, new: &Resource) {
    found.deprecation(old.deprecation_message.as_deref(), new.deprecation_message.as_deref());
    if old.is_component != new.is_component {
        let kind = |is_component| if is_component { "component" } else { "custom" };
        let (old, new) = (kind(old.is_component), kind(new.is_component));
        found.whole(true, format!("changed from a {old} resource to a {new} one"));
    }
    let aliases = |of: &Resource| of.aliases.iter().map(|alias| alias.token.clone()).collect();
    found.names("aliases", &aliases(old), &aliases(new));
    let methods = |of: &Resource| of.methods.keys().cloned().collect();
    found.names("methods", &methods(old), &methods(new));

    let (given, got) = (Direction::GIVEN, Direction::GOT);
    properties(found, "inputs", given, old.inputs(), new.inputs());
    required(found, "required inputs", "input", given, old.inputs(), new.inputs());
    properties(found, "properties", got, old.outputs(), new.outputs());
    required(found, "required", "property", got, old.outputs(), new.outputs());
}

fn function(found: &mut Found<'_>, old: &Function, new: &Function) {
    found.deprecation(old.deprecation_message.as_deref(), new.deprecation_message.as_deref());
    let takes = |of: &Function| !of.inputs.properties.is_empty();
    let signature = |takes| match takes {
        true => "(Args, pulumi.InvokeOptions)->T",
        false => "(pulumi.InvokeOptions)->T",
    };
    if takes(old) != takes(new) {
        let (old, new) = (signature(takes(old)), signature(takes(new)));
        found.whole(true, format!("signature change {old} => {new}"));
    }
    let (was, is) = (old.outputs.kind.text(), new.outputs.kind.text());
    if was != is {
        found.whole(true, format!("type of the result changed from {was:?} to {is:?}"));
    }
    let (given, got) = (old.inputs.members(), new.inputs.members());
    properties(found, "inputs", Direction::GIVEN, given, got);
    required(found, "required inputs", "input", Direction::GIVEN, given, got);
    let (old, new) = (old.outputs.members(), new.outputs.members());
    properties(found, "outputs", Direction::GOT, old, new);
    required(found, "required outputs", "property", Direction::GOT, old, new);
}

fn named_type(found: &mut Found<'_>, direction: Direction, old: &Type, new: &Type) {
    let (was, is) = (old.kind.text(), new.kind.text());
    if was != is {
        found.whole(true, format!("type changed from {was:?} to {is:?}"));
    }
    properties(found, "properties", direction, old.members(), new.members());
    required(found, "required", "property", direction, old.members(), new.members());
    // Without it, the property may be undefined for a program in TypeScript.
    let (was, is) = (old.required_in_node(), new.required_in_node());
    for name in was.iter().filter(|name| !is.contains(name) && new.properties.contains_key(**name))
    {
        let required = new.required.iter().any(|other| other == name);
        if !required && direction.got {
            found.member("required in Node", name, true, "property is no longer Required");
        }
    }

    let values = |of: &Type| of.values.iter().map(EnumValue::text).collect();
    found.names("enum", &values(old), &values(new));
    for value in &old.values {
        let same = new.values.iter().find(|other| other.value == value.value);
        if let Some(new) = same.filter(|other| other.name != value.name) {
            let name = |of: &EnumValue| of.name.clone().unwrap_or_default();
            let message = format!("name changed from {:?} to {:?}", name(value), name(new));
            found.member("enum", &value.text(), true, message);
        }
    }
}
