//! What the real API showed at each moment of a recorded test, and which moment fits a state.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;

use super::values::{json, value};
use crate::data;

/// What the real API had shown last before something was changed: answers by path.
#[derive(Debug, Clone, Default)]
pub struct Moment {
    pub shown: BTreeMap<String, Json>,
    /// How much had been written before the last of them.
    pub writes: usize,
}

#[derive(Deserialize)]
struct Interaction {
    source: String,
    test: String,
    seq: u32,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    status: u16,
    response_body: Json,
}

/// The source whose tests the states come from.
const SOURCE: &str = "tfp";

/// The moments of each test, in their order; nothing where there are no recordings.
pub fn moments() -> Option<BTreeMap<String, Vec<Moment>>> {
    let mut tests: BTreeMap<String, Vec<Interaction>> = BTreeMap::new();
    for text in data::texts("recordings")? {
        for line in text.lines() {
            let interaction: Interaction =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            if interaction.source == SOURCE {
                tests.entry(interaction.test.clone()).or_default().push(interaction);
            }
        }
    }
    for test in tests.values_mut() {
        test.sort_by_key(|interaction| interaction.seq);
    }
    Some(tests.into_iter().map(|(name, test)| (name, of(&test))).collect())
}

/// The moments before each write that follows a read, before each read that shows something else, and the last.
fn of(test: &[Interaction]) -> Vec<Moment> {
    let (mut moments, mut now, mut read) = (Vec::new(), Moment::default(), false);
    let mut written = 0;
    for Interaction { method, path, query, status, response_body, .. } in test {
        match method.as_str() {
            // It shows a part of the object.
            "GET" if query.iter().any(|(name, _)| name == "fields") => {}
            "GET" if *status < 300 => {
                // Somebody else has changed it, or the API is late to show it.
                if now.shown.get(path).is_some_and(|shown| shown != response_body) {
                    moments.push(now.clone());
                }
                now.shown.insert(path.clone(), response_body.clone());
                now.writes = written;
                read = true;
            }
            "GET" => {
                now.shown.remove(path);
            }
            _ => {
                if std::mem::take(&mut read) {
                    moments.push(now.clone());
                }
                written += 1;
                if method == "DELETE" && *status < 300 {
                    now.shown.remove(path);
                }
            }
        }
    }
    moments.push(now);
    moments
}

impl Moment {
    /// The moment whose answers are most like the outputs; of those, the first that is not before `after`.
    ///
    /// Nothing where the recording never shows an object of that id, if objects of the kind have one.
    pub fn fitting(moments: &[Moment], after: usize, id: &str, outputs: &Json) -> Option<usize> {
        let mut expected = BTreeSet::new();
        leaves("", "", &json(&value(outputs)), &mut expected);
        let own = id.rsplit("::").next().unwrap_or(id);
        let fits: Vec<Option<isize>> =
            moments.iter().map(|moment| moment.fit(own, &expected)).collect();
        let best = fits.iter().flatten().max()?;
        let mut best = (0..fits.len()).filter(|at| fits[*at].as_ref() == Some(best));
        let first = best.clone().next();
        best.find(|at| *at >= after).or(first)
    }

    /// How many members of what is shown say what the outputs say, less those that say something else; of moments that are
    /// alike in that, the one that shows less beside.
    fn fit(&self, own: &str, expected: &BTreeSet<(String, String)>) -> Option<isize> {
        let words: BTreeSet<String> = expected.iter().map(|(_, text)| plain(text)).collect();
        let score = |shown: &BTreeSet<(String, String)>| {
            let same = shown.intersection(expected).count() as isize;
            // What outputs have no name for says nothing of them.
            let told = |name: &str| expected.iter().any(|(other, _)| other == name);
            let told = shown.iter().filter(|(name, _)| told(name)).count() as isize;
            // A flag that one side sets is a text in a list of the other.
            let is_set = |(name, text): &&(String, String)| {
                text == "true" && name.rsplit('.').next().is_some_and(|flag| words.contains(flag))
            };
            let set = shown.iter().filter(is_set).count() as isize;
            1_000 * (2 * same - told + set) - shown.len() as isize
        };
        let of = |object: &Json| {
            let mut shown = BTreeSet::new();
            leaves("", "", object, &mut shown);
            shown
        };
        // What is alone below an object has its id: the one that fits better is meant.
        let named = self.shown.iter().filter(|(path, _)| path.split('/').any(|part| part == own));
        match named.map(|(_, object)| score(&of(object))).max() {
            // A moment that shows the object itself is before all that do not.
            Some(best) => Some(1_000_000_000 + best),
            None if self.shown.is_empty() => None,
            // A part of settings stands in a block of its name.
            None => {
                let part = |(path, object): (&String, &Json)| {
                    let name = plain(path.rsplit('/').next().unwrap_or_default());
                    let mut shown = of(object);
                    leaves("", &name, object, &mut shown);
                    shown
                };
                Some(score(&self.shown.iter().flat_map(part).collect()))
            }
        }
    }
}

/// The texts, numbers, flags and empty objects in a value, each with its name and that of what it is in, in a form that
/// both sides' names have.
fn leaves(within: &str, name: &str, value: &Json, found: &mut BTreeSet<(String, String)>) {
    match value {
        Json::Null => {}
        Json::Array(items) => items.iter().for_each(|item| leaves(within, name, item, found)),
        Json::Object(members) if !members.is_empty() => {
            for (inner, member) in members.iter().filter(|(inner, _)| !inner.starts_with("__")) {
                leaves(name, &plain(inner), member, found);
            }
        }
        // An object that one side has as its text is the same as the object.
        Json::String(text) => match serde_json::from_str::<Json>(text) {
            Ok(object @ Json::Object(_)) => leaves(within, name, &object, found),
            _ => {
                found.insert((format!("{within}.{name}"), text.clone()));
            }
        },
        other => {
            found.insert((format!("{within}.{name}"), other.to_string()));
        }
    }
}

/// A name without the case, the marks between words and the plural that one side's has and the other's has not.
fn plain(name: &str) -> String {
    name.replace(['_', '-'], "").to_lowercase().trim_end_matches('s').to_owned()
}
