//! What is lacking, as a list.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::member::{ByName, by_name, one_way};
use crate::spec::{EnumValue, Function, Package, Resource, Type};

/// What the tables lack of a package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) lacks: Vec<Lack>,
    /// The names of what is only in the tables.
    only_here: Vec<String>,
}

/// What is lacking of one thing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lack {
    section: &'static str,
    token: String,
    /// There is nothing of it.
    whole: bool,
    /// What is lacking of it, or what it has.
    lines: Vec<String>,
}

impl List {
    pub(super) fn of(ours: &Package, theirs: &Package) -> Self {
        let mut list = Self { lacks: Vec::new(), only_here: Vec::new() };
        let mut whole = |token, ours, theirs| list.add("Package", token, Some(ours), Some(theirs));
        whole("config", config(ours), config(theirs));
        whole("provider", resource(&ours.provider), resource(&theirs.provider));
        list.each("Resources", &ours.resources, &theirs.resources, resource);
        list.each("Functions", &ours.functions, &theirs.functions, function);
        list.each("Types", &ours.types, &theirs.types, named_type);
        list
    }

    fn each<'a, T>(
        &mut self,
        section: &'static str,
        ours: &'a BTreeMap<String, T>,
        theirs: &'a BTreeMap<String, T>,
        described: impl Fn(&'a T) -> Described<'a>,
    ) {
        for token in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            self.add(
                section,
                token,
                ours.get(token).map(&described),
                theirs.get(token).map(&described),
            );
        }
    }

    fn add(
        &mut self,
        section: &'static str,
        token: &str,
        ours: Option<Described<'_>>,
        theirs: Option<Described<'_>>,
    ) {
        let Some(theirs) = theirs else {
            self.only_here.push(format!("`{token}`"));
            return;
        };
        let whole = ours.is_none();
        let ours = ours.unwrap_or_default();
        let mut lines = Vec::new();
        for (name, theirs) in &theirs.members {
            match ours.members.get(name) {
                None => lines.push(format!("`{name}`: {}", theirs.described())),
                Some(ours) => {
                    let lacks = ours.lacks(*theirs);
                    if !lacks.is_empty() {
                        lines.push(format!("`{name}` is {}", lacks.join(", ")));
                    }
                }
            }
        }
        lines.extend(theirs.words.difference(&ours.words).cloned());
        let only = ours.members.keys().filter(|name| !theirs.members.contains_key(*name));
        self.only_here.extend(only.map(|name| format!("`{name}` of `{token}`")));
        self.only_here.extend(
            ours.words
                .difference(&theirs.words)
                .filter(|word| *word != DEPRECATED)
                .map(|word| format!("{word} of `{token}`")),
        );
        if whole || !lines.is_empty() {
            self.lacks.push(Lack { section, token: token.to_owned(), whole, lines });
        }
    }
}

/// What there is of a resource, a function or a type.
#[derive(Default)]
struct Described<'a> {
    members: ByName<'a>,
    /// What else is said of it.
    words: BTreeSet<String>,
}

const DEPRECATED: &str = "deprecated";

fn words(deprecated: Option<&str>, others: impl IntoIterator<Item = String>) -> BTreeSet<String> {
    deprecated.map(|_| DEPRECATED.to_owned()).into_iter().chain(others).collect()
}

fn config(of: &Package) -> Described<'_> {
    Described { members: one_way(of.config.members()), words: BTreeSet::new() }
}

fn resource(of: &Resource) -> Described<'_> {
    let aliases = of.aliases.iter().map(|alias| format!("alias `{}`", alias.token));
    let methods = of.methods.keys().map(|name| format!("method `{name}`"));
    Described {
        members: by_name(of.inputs(), of.outputs()),
        words: words(of.deprecation_message.as_deref(), aliases.chain(methods)),
    }
}

fn function(of: &Function) -> Described<'_> {
    let gives = of.outputs.kind.name.iter().map(|_| format!("gives {}", of.outputs.kind.text()));
    Described {
        members: by_name(of.inputs.members(), of.outputs.members()),
        words: words(of.deprecation_message.as_deref(), gives),
    }
}

fn named_type(of: &Type) -> Described<'_> {
    let values = of.values.iter().map(|value| format!("value `{}`", EnumValue::text(value)));
    let node = of.required_in_node();
    let node = node.iter().filter(|name| !of.required.iter().any(|other| other == **name));
    Described {
        members: one_way(of.members()),
        words: words(None, values.chain(node.map(|name| format!("`{name}` always got in Node")))),
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = |section| {
            self.lacks.iter().filter(|lack| lack.whole && lack.section == section).count()
        };
        let others = self.lacks.iter().filter(|lack| !lack.whole).count();
        if self.lacks.is_empty() {
            writeln!(f, "Nothing is lacking.")?;
        } else {
            let [resources, functions, types] = ["Resources", "Functions", "Types"].map(missing);
            write!(f, "Not here: resources {resources}, functions {functions}, types {types}. ")?;
            writeln!(f, "Here in part: {others}.")?;
        }
        for section in self.lacks.chunk_by(|a, b| a.section == b.section) {
            writeln!(f, "\n## {}", section[0].section)?;
            for Lack { token, whole, lines, .. } in section {
                writeln!(f, "- [ ] `{token}`{}", if *whole { " is not here" } else { "" })?;
                for line in lines {
                    writeln!(f, "    - [ ] {line}")?;
                }
            }
        }
        if !self.only_here.is_empty() {
            writeln!(f, "\nOnly here: {}.", self.only_here.join(", "))?;
        }
        Ok(())
    }
}
