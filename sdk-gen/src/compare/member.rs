//! One property as the tables have it: given, got or both, with what is said of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::spec::{Members, Property};

/// A property by its name, on the way in and on the way out.
#[derive(Clone, Copy, Default)]
pub(super) struct Member<'a> {
    given: Option<Side<'a>>,
    got: Option<Side<'a>>,
}

#[derive(Clone, Copy)]
struct Side<'a> {
    property: &'a Property,
    required: bool,
}

/// The properties of a resource, a function or a type.
pub(super) type ByName<'a> = BTreeMap<&'a str, Member<'a>>;

/// What goes in and what comes out, each under its name.
pub(super) fn by_name<'a>(given: Members<'a>, got: Members<'a>) -> ByName<'a> {
    let mut found = ByName::new();
    for (name, side) in sides(given) {
        found.entry(name).or_default().given = Some(side);
    }
    for (name, side) in sides(got) {
        found.entry(name).or_default().got = Some(side);
    }
    // The provider, in the arguments of its method; no SDK has it.
    found.remove("__self__");
    found
}

/// The properties of what is not told apart by way.
pub(super) fn one_way(of: Members<'_>) -> ByName<'_> {
    by_name(of, Members { required: &[], ..of })
}

fn sides(of: Members<'_>) -> impl Iterator<Item = (&str, Side<'_>)> {
    of.properties.iter().map(|(name, property)| {
        (name.as_str(), Side { property, required: of.required.contains(name) })
    })
}

impl Member<'_> {
    /// All that is said of it.
    pub(super) fn described(self) -> String {
        let traits: Vec<_> =
            self.traits().into_iter().filter(|of| of.0 != "way" || of.1 != BOTH).collect();
        traits.iter().map(|(what, value)| told(what, value)).collect::<Vec<_>>().join(", ")
    }

    /// What the other has of it that this has not.
    pub(super) fn lacks(self, other: Self) -> Vec<String> {
        let (ours, theirs) = (self.traits(), other.traits());
        let mut names: BTreeSet<_> = ours.iter().chain(&theirs).map(|(what, _)| *what).collect();
        // Facts may come without texts, and the tables keep more secret than what is published.
        names.retain(|what| {
            find(&theirs, what).is_some() || !matches!(*what, "secret" | "deprecated")
        });
        let differ =
            names.into_iter().filter_map(|what| match (find(&ours, what), find(&theirs, what)) {
                (ours, theirs) if ours == theirs => None,
                (Some(ours), Some(theirs)) => {
                    Some(format!("{}, here {}", told(what, theirs), told(what, ours)))
                }
                (None, Some(theirs)) => Some(told(what, theirs)),
                (_, None) => Some(format!("not {what}")),
            });
        differ.collect()
    }

    /// What is said of it, by what that is about.
    fn traits(self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        let way = match (self.given, self.got) {
            (Some(_), Some(_)) => BOTH,
            (Some(_), None) => "given",
            _ => "got",
        };
        let kind = |side: Option<Side<'_>>| side.map(|side| side.property.kind.text());
        let (given, got) = (kind(self.given), kind(self.got));
        match (given, got) {
            (Some(given), Some(got)) if given != got => {
                found.push(("type", format!("{given} given and {got} got")));
            }
            (given, got) => found.extend(given.or(got).map(|kind| ("type", kind))),
        }
        found.push(("way", way.to_owned()));
        let either = |holds: fn(&Property) -> bool| {
            self.given.into_iter().chain(self.got).any(|side| holds(side.property))
        };
        let required = |side: Option<Side<'_>>| side.is_some_and(|side| side.required);
        let flags = [
            ("required", required(self.given)),
            ("always got", required(self.got)),
            ("secret", either(|of| of.secret)),
            ("replacing", either(|of| of.replace_on_changes || of.will_replace_on_changes)),
            ("deprecated", either(|of| of.deprecation_message.is_some())),
        ];
        found
            .extend(flags.into_iter().filter(|(_, is)| *is).map(|(what, _)| (what, String::new())));
        if let Some(Side { property, .. }) = self.given {
            let default = property.default.as_ref().map(|value| ("default", value.to_string()));
            let constant = property.constant.as_ref().map(|value| ("constant", value.to_string()));
            let from = &property.default_info.environment;
            let environment = (!from.is_empty()).then(|| ("default from", from.join(", ")));
            found.extend(default.into_iter().chain(constant).chain(environment));
        }
        found
    }
}

/// The way of what programs give and get, the ordinary one.
const BOTH: &str = "given and got";

fn find<'t>(traits: &'t [(&str, String)], what: &str) -> Option<&'t str> {
    traits.iter().find(|(of, _)| *of == what).map(|(_, value)| value.as_str())
}

fn told(what: &str, value: &str) -> String {
    match what {
        _ if value.is_empty() => what.to_owned(),
        "type" => value.to_owned(),
        "way" if value == BOTH => value.to_owned(),
        "way" => format!("only {value}"),
        _ => format!("{what} {value}"),
    }
}
