//! States that the published plugin wrote, under this one with the same program: nothing may change.
//!
//! A state is looked at as it is, and after a refresh from a stage that shows what the real API showed: the
//! recording of the test that the state comes from, at the moment that fits the state best.

use std::collections::{BTreeMap, BTreeSet};

use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::state::is_default;
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::table::rest::{Class, Reading};
use pulumi_rs_sdk::testing::{Changes, Check, Client, Diff, Read, urn};
use serde::Deserialize;
use serde_json::Value as Json;

use super::listed::{List, REFRESHED, Row, STATES};
use super::moments::{Moment, moments};
use super::stack::told;
use super::values::{program, properties};
use super::verdicts::{Counts, Verdict};
use crate::data;
use crate::engine;
use crate::replay::stage::Stage;

/// Names another file of states.
const FILE_VARIABLE: &str = "PUBLISHED_TRACES";

#[derive(Deserialize)]
struct Trace {
    test: String,
    steps: Vec<TraceStep>,
}

#[derive(Deserialize)]
struct TraceStep {
    resources: Option<BTreeMap<String, Traced>>,
}

#[derive(Deserialize)]
struct Traced {
    #[serde(rename = "type")]
    token: String,
    id: String,
    inputs: Json,
    outputs: Json,
    read_inputs: Option<Json>,
    read_outputs: Option<Json>,
}

/// A state of one resource, and where it comes from.
struct State<'a> {
    token: &'a str,
    name: &'a str,
    /// The test, step, resource, and whether it was written or read.
    origin: String,
    step: usize,
    id: &'a str,
    program: &'a Json,
    inputs: &'a Json,
    outputs: &'a Json,
}

impl Trace {
    /// The states, each once.
    fn states(&self) -> Vec<State<'_>> {
        let mut states = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, step) in self.steps.iter().enumerate() {
            for (name, traced) in step.resources.iter().flatten() {
                let read = traced.read_inputs.as_ref().zip(traced.read_outputs.as_ref());
                let written = Some((&traced.inputs, &traced.outputs));
                let forms = [("written", written), ("read", read)];
                for (form, state) in forms {
                    let Some((inputs, outputs)) = state else { continue };
                    let full = |json: &Json| json.as_object().is_some_and(|o| !o.is_empty());
                    let key = format!("{}{inputs}{outputs}", traced.token);
                    if !full(inputs) || !full(outputs) || !seen.insert(key) {
                        continue;
                    }
                    let origin = format!("{} {} {name} {form}", self.test, index + 1);
                    let name = name.split_once('.').map_or(name.as_str(), |(_, name)| name);
                    let Traced { token, id, inputs: program, .. } = traced;
                    states.push(State {
                        token,
                        name,
                        origin,
                        step: index,
                        id,
                        program,
                        inputs,
                        outputs,
                    });
                }
            }
        }
        states
    }
}

impl State<'_> {
    fn known(&self) -> Known {
        let (inputs, mut outputs) = (properties(self.inputs), properties(self.outputs));
        // The tenants that were recorded never saw a name that Pulumi makes up, and answer with another.
        let named = PACKAGE.resource(self.token).and_then(|(resource, _)| resource.autonamed());
        if let Some(row) = named.filter(|row| is_default(&inputs, row.name)) {
            outputs.extend(inputs.get_key_value(row.name).map(|(k, v)| (k.clone(), v.clone())));
        }
        Known { inputs, outputs }
    }

    /// What the program that the state comes from changes in it now; nothing should.
    async fn changes(&self, engine: &Client, id: &str, old: Known) -> Option<String> {
        let urn = urn(self.token, self.name);
        let check = Check {
            urn: urn.clone(),
            olds: old.inputs.clone(),
            news: program(&properties(self.program)),
            seed: vec![7; 32],
            autonaming: None,
        };
        let checked = match engine.check(check).await {
            Ok(checked) => checked,
            Err(failure) => return Some(failure.to_string()),
        };
        if !checked.failures.is_empty() {
            let told = checked.failures.iter().map(|failure| failure.to_string());
            return Some(told.collect::<Vec<_>>().join("; "));
        }
        let diff = Diff { urn, id: id.to_owned(), old, news: checked.inputs, ..Diff::default() };
        match engine.diff(diff).await {
            Err(failure) => Some(failure.to_string()),
            Ok(diff) if diff.changes == Changes::None && diff.replaces.is_empty() => None,
            Ok(diff) => Some(told(&diff)),
        }
    }

    /// The same after a refresh from what the engine's provider is shown.
    async fn changes_refreshed(&self, engine: &Client) -> Option<String> {
        let read = Read {
            urn: urn(self.token, self.name),
            id: self.id.to_owned(),
            known: Some(self.known()),
            ..Read::default()
        };
        match engine.read(read).await {
            Err(failure) => Some(failure.to_string()),
            Ok(None) => Some("a refresh says that it is gone".to_owned()),
            Ok(Some(read)) => {
                let state = Known { inputs: read.inputs, outputs: read.outputs };
                self.changes(engine, &read.id, state).await
            }
        }
    }
}

fn traces() -> Option<Vec<Trace>> {
    let text = data::text_or_named("published-traces.jsonl", FILE_VARIABLE)?;
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    Some(text.lines().map(read).collect())
}

/// What became of the states, and what is wrong with them.
struct Findings {
    counts: Counts,
    list: List,
    wrong: Vec<String>,
}

impl Findings {
    fn new(lists: &[&[Row]]) -> Self {
        Findings { counts: Counts::default(), list: List::of(lists), wrong: Vec::new() }
    }

    fn skip(&mut self, state: &State<'_>) {
        self.counts.add([state.token], Verdict::Skipped);
    }

    fn note(&mut self, state: &State<'_>, change: Option<String>) {
        let verdict = match change {
            None => Verdict::Passed,
            Some(_) if self.list.reason(&state.origin).is_some() => Verdict::Listed,
            Some(change) => {
                self.wrong.push(format!("{}: {change}", state.origin));
                Verdict::Failed
            }
        };
        self.counts.add([state.token], verdict);
    }

    /// Prints the counts; fails where a state changes, or a row of the list is met by none.
    fn judge(mut self, what: &str, list: &[Row]) {
        self.counts.print(what);
        if std::env::var_os(FILE_VARIABLE).is_none() {
            self.wrong.extend(self.list.idle(list));
        }
        assert!(self.wrong.is_empty(), "{} changes:\n{}", self.wrong.len(), self.wrong.join("\n"));
    }
}

/// How the path of the list ends that the resource is in, or is.
fn list_of(resource: &Resource) -> Option<&'static str> {
    match resource.class {
        Class::Member(_) | Class::Members(_) => resource.class.path()?.as_str().rsplit('}').next(),
        // Entries of one list show its parts.
        Class::Parts(of) => of.parts.iter().find_map(|part| match part.read {
            Reading::Listed(path, _) => Some(path),
            Reading::Here | Reading::Never => None,
        }),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn states_of_the_published_plugin_show_no_change_and_send_nothing() {
    let Some(traces) = traces() else { return };
    let stage = Stage::open().await;
    let config = [("domain", stage.base_url.as_str()), ("apiToken", "a-token")];
    let engine = engine::configured(config).await;
    let mut findings = Findings::new(&[STATES]);
    for trace in &traces {
        for state in trace.states() {
            if PACKAGE.resource(state.token).is_none() {
                findings.skip(&state);
                continue;
            }
            let change = state.changes(&engine, state.id, state.known()).await;
            findings.note(&state, change);
        }
    }
    assert_eq!(stage.asked(), 0, "nothing is asked of the tenant");
    findings.judge("published states", STATES);
}

#[tokio::test(flavor = "multi_thread")]
async fn states_of_the_published_plugin_show_no_change_after_a_refresh() {
    let (Some(traces), Some(mut recordings)) = (traces(), moments()) else { return };
    let mut findings = Findings::new(&[STATES, REFRESHED]);
    for trace in &traces {
        let recorded = recordings.remove(&trace.test).unwrap_or_default();
        let (mut after, mut step) = (0, 0);
        for state in trace.states() {
            if state.step != std::mem::replace(&mut step, state.step) {
                // What a step has written shows at a later moment.
                let written = recorded.get(after).map_or(0, |moment| moment.writes);
                let later = recorded.iter().position(|moment| moment.writes > written);
                after = later.unwrap_or(after);
            }
            let list = PACKAGE.resource(state.token).and_then(|(resource, _)| list_of(resource));
            let fitting = match list {
                // What is in a list does not tell the moment: one of those that show the list is it.
                Some(list) => (0..recorded.len())
                    .filter(|at| recorded[*at].shown.keys().any(|path| path.ends_with(list)))
                    .collect(),
                None => Vec::from_iter(Moment::fitting(&recorded, after, state.id, state.outputs)),
            };
            if fitting.is_empty() || PACKAGE.resource(state.token).is_none() {
                findings.skip(&state);
                continue;
            }
            if list.is_none() {
                after = fitting[0];
            }
            let mut change = None;
            for at in fitting {
                let stage = Stage::open().await;
                for (path, shown) in &recorded[at].shown {
                    stage.show(path, shown.clone());
                }
                let config = [("domain", stage.base_url.as_str()), ("apiToken", "a-token")];
                change = state.changes_refreshed(&engine::configured(config).await).await;
                assert_eq!(stage.writes(), [], "{}", state.origin);
                if change.is_none() {
                    break;
                }
            }
            findings.note(&state, change);
        }
    }
    findings.judge("published states, refreshed", REFRESHED);
}
