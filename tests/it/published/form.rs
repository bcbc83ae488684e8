//! The form of the published tests: programs in Pulumi's names, step by step, and what must hold after each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value as Json;

use crate::data;

/// Names another file of tests.
const FILE_VARIABLE: &str = "PUBLISHED_TESTS";

/// One acceptance test.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    #[serde(rename = "test")]
    pub name: String,
    pub steps: Vec<Step>,
}

/// One step: a program, or something done with what the last one made.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Step {
    pub resources: Vec<Item>,
    pub invokes: Vec<Item>,
    pub expect: Vec<Expectation>,
    /// The program fails; what the published provider is expected to say, as a pattern.
    pub error: Option<String>,
    pub import: Option<Import>,
    /// Only refreshes what is there.
    pub refresh: bool,
    /// The program need not settle.
    pub non_empty_plan: bool,
    /// The program is only previewed.
    pub plan_only: bool,
    /// All that there is goes.
    pub destroy: bool,
    /// Nothing changes, which must hold after every step.
    #[serde(rename = "emptyPlan")]
    pub _empty_plan: bool,
    /// The step needs what programs cannot say.
    pub unsupported: Option<Json>,
    pub pre_config: Option<Json>,
    /// Requests of somebody else before the step: method, path with `{resource}` for an id, body.
    pub tenant: Vec<(String, String, Json)>,
    /// Resources that somebody else has changed, and that the program brings back.
    pub drift: Vec<String>,
    /// What the tenant holds after the step: path, member, value; null for a member that is not there.
    pub expect_tenant: Vec<(String, Vec<String>, Json)>,
}

/// A resource of a program, or a function that it calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Item {
    pub name: String,
    #[serde(alias = "type")]
    pub token: String,
    #[serde(alias = "inputs", alias = "args")]
    pub given: Json,
    pub depends_on: Vec<String>,
}

/// An import, which must give what the state has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Import {
    pub at: Option<String>,
    /// The id, where it is not that of the state.
    pub id: Option<String>,
    /// The id is computed from the state; in Pulumi it is the state's own.
    #[serde(rename = "idFunc")]
    pub _id_func: bool,
    /// Whether all outputs are compared.
    pub verify: bool,
    /// Outputs that are not, by Terraform's names.
    pub ignore: Vec<String>,
}

/// A step of a way into the outputs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Segment {
    Index(usize),
    Name(String),
}

/// What must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Expectation {
    Equals {
        at: String,
        path: Vec<Segment>,
        value: String,
    },
    Set {
        at: String,
        path: Vec<Segment>,
    },
    Absent {
        at: String,
        path: Vec<Segment>,
    },
    Matches {
        at: String,
        path: Vec<Segment>,
        value: String,
    },
    Contains {
        at: String,
        path: Vec<Segment>,
        value: String,
    },
    ContainsObject {
        at: String,
        path: Vec<Segment>,
        value: BTreeMap<String, String>,
    },
    Pair {
        at: String,
        path: Vec<Segment>,
        at2: String,
        path2: Vec<Segment>,
    },
    ContainsPair {
        at: String,
        path: Vec<Segment>,
        at2: String,
        path2: Vec<Segment>,
    },
    /// Code of the published provider's tests.
    Custom,
    /// An attribute that the Pulumi package does not have.
    Unmapped,
}

/// The tests; nothing where they are not there.
pub fn tests() -> Option<Vec<Test>> {
    let text = data::text_or_named("published-tests.jsonl", FILE_VARIABLE)?;
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    Some(text.lines().map(read).collect())
}

/// Whether they are the tests that a list may name.
pub fn are_the_known_ones() -> bool {
    std::env::var_os(FILE_VARIABLE).is_none()
}

impl Test {
    /// The tokens of all resources and functions that it needs.
    pub fn tokens(&self) -> BTreeSet<&str> {
        let items = self.steps.iter().flat_map(|step| step.resources.iter().chain(&step.invokes));
        items.map(|item| item.token.as_str()).collect()
    }
}

impl Step {
    /// Resources and functions, each behind what it needs.
    pub fn in_order(&self) -> Vec<&Item> {
        let items: Vec<&Item> = self.resources.iter().chain(&self.invokes).collect();
        let (mut done, mut order) = (BTreeSet::new(), Vec::new());
        for item in &items {
            visit(item, &items, &mut done, &mut order);
        }
        order
    }
}

fn visit<'a>(
    item: &'a Item,
    items: &[&'a Item],
    done: &mut BTreeSet<&'a str>,
    order: &mut Vec<&'a Item>,
) {
    if !done.insert(&item.name) {
        return;
    }
    for needed in item.needs() {
        if let Some(item) = items.iter().find(|item| item.name == needed) {
            visit(item, items, done, order);
        }
    }
    order.push(item);
}

impl Item {
    /// The last part of its URN.
    pub fn short_name(&self) -> &str {
        self.name.split_once('.').map_or(&self.name, |(_, name)| name)
    }

    /// The names of what it refers to or depends on.
    pub fn needs(&self) -> BTreeSet<String> {
        let mut needs: BTreeSet<String> = self.depends_on.iter().cloned().collect();
        references(&self.given, &mut needs);
        needs
    }
}

fn references(given: &Json, found: &mut BTreeSet<String>) {
    match given {
        Json::Object(members) => match members.get("$ref") {
            Some(reference) => found.extend(reference[0].as_str().map(str::to_owned)),
            None => members.values().for_each(|member| references(member, found)),
        },
        Json::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
