//! Replays one recorded test: each write becomes a step of a program, driven through the provider.

use std::collections::{BTreeMap, BTreeSet};

use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_resource_auth0::resources::RESOURCES;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::testing::{Changes, Check, Client, Create, Delete, Diff, Read, Update, urn};
use pulumi_rs_sdk::value::{Object, reveal};

use super::comparison::{self, Verdict};
use super::facts::{self, Fact};
use super::meant::Meant;
use super::program::Program;
use super::recording::{
    Interaction, Members, Write, collection, last_segment, shown_before, writes,
};
use super::stage::{Sent, Stage};
use crate::engine;

/// The collections whose recordings are replayed.
const COLLECTIONS: &[&str] = &["clients", "client-grants"];

/// A resource of the package as both providers know it.
pub struct Kind {
    token: String,
    path: String,
    fields: Vec<Fact>,
}

/// The kinds that are replayed; nothing where the facts are not there.
pub fn kinds() -> Option<Vec<Kind>> {
    let replayed = RESOURCES.iter().filter_map(|resource| {
        let collection = resource.class.path()?.as_str();
        COLLECTIONS.contains(&collection).then_some((resource, collection))
    });
    replayed
        .map(|(resource, collection)| {
            let token = PACKAGE.resource_token(resource);
            let fields = facts::of(&token)?;
            Some(Kind { token, path: format!("/api/v2/{collection}"), fields })
        })
        .collect()
}

/// What became of one write.
#[derive(Debug)]
pub struct Step {
    /// The recorded request, for a list of differences.
    pub what: String,
    pub outcome: Outcome,
    /// What the provider sent.
    pub sent: Vec<Sent>,
}

/// What became of one write.
#[derive(Debug)]
pub enum Outcome {
    /// It was replayed.
    Compared { meant: BTreeSet<Meant>, differences: Vec<String> },
    /// A program with these resources does not send it.
    Elsewhere(&'static str),
}

fn config(stage: &Stage) -> [(&str, &str); 2] {
    [("domain", &stage.base_url), ("apiToken", "a-token")]
}

/// Replays one test on a provider and a stage of its own.
pub async fn replay(kinds: &[Kind], test: &[Interaction]) -> Vec<Step> {
    let stage = Stage::open().await;
    let engine = engine::configured(config(&stage)).await;
    let mut replay = Replay { kinds, test, stage, engine, live: BTreeMap::new() };
    let mut steps = Vec::new();
    for write in writes(test) {
        let outcome = replay.step(&write).await;
        let what = format!("{} {}", write.method, write.path);
        steps.push(Step { what, outcome, sent: replay.stage.take_writes() });
    }
    steps
}

struct Replay<'a> {
    kinds: &'a [Kind],
    test: &'a [Interaction],
    stage: Stage,
    engine: Client,
    /// The resources of the program, by their path.
    live: BTreeMap<String, Live>,
}

#[derive(Clone)]
struct Live {
    urn: String,
    id: String,
    program: Program,
    state: Known,
}

impl Replay<'_> {
    async fn step(&mut self, write: &Write<'_>) -> Outcome {
        let kind = |path: &str| self.kinds.iter().find(|kind| kind.path == path);
        let whole = kind(write.path).filter(|_| write.method == "POST");
        let one = kind(collection(write.path));
        let answer = match (whole.or(one), write.answer) {
            (Some(kind), serde_json::Value::Object(object)) if write.status < 300 => {
                facts::with_pulumi_defaults(&kind.fields, object).into()
            }
            (_, answer) => answer.clone(),
        };
        self.stage.answer_writes(write.status, answer);
        match (whole, one, write.method) {
            (Some(kind), ..) => self.create(kind, write).await,
            (_, Some(kind), "PATCH") => self.change(kind, write).await,
            (_, Some(_), "DELETE") => self.delete(write).await,
            _ => Outcome::Elsewhere("it is of another resource"),
        }
    }

    async fn create(&mut self, kind: &Kind, write: &Write<'_>) -> Outcome {
        let recorded = write.bodies.first().expect("a POST has a body");
        let mut program = Program::default();
        program.apply(recorded);
        let urn = urn(&kind.token, &format!("step-{}", write.at));
        let given = program.inputs(&kind.fields);
        let inputs = match self.check(&urn, Object::new(), given).await {
            Ok(inputs) => inputs,
            Err(failures) => return refused(write, failures),
        };
        let create = Create { urn: urn.clone(), inputs: inputs.clone(), ..Create::default() };
        let created = self.engine.create(create).await;
        let mut others = Vec::new();
        let sent = self.sent("POST", write.path, &mut others);
        let mut verdict = comparison::create(&kind.fields, recorded, &sent);
        verdict.differences.extend(others);
        match created {
            Ok(created) => {
                let state = Known { inputs, outputs: created.outputs };
                verdict.differences.extend(self.settled(&urn, &created.id, &state).await);
                let path = format!("{}/{}", write.path, created.id);
                self.live.insert(path, Live { urn, id: created.id, program, state });
            }
            // What the real API refused leaves nothing behind.
            Err(_) if write.status >= 400 => {}
            Err(failure) => verdict.differences.push(failure.to_string()),
        }
        compared(verdict)
    }

    async fn change(&mut self, kind: &Kind, write: &Write<'_>) -> Outcome {
        let is_own = |name: &String| facts::field(&kind.fields, name).is_some();
        if !write.bodies.iter().flat_map(|body| body.keys()).any(is_own) {
            return Outcome::Elsewhere("no property of the resource sets any of it");
        }
        let Some(before) = shown_before(self.test, write.at, write.path) else {
            return Outcome::Elsewhere("the recording does not show the object before");
        };
        let before = facts::with_pulumi_defaults(&kind.fields, before);
        if !self.live.contains_key(write.path) {
            self.import(kind, write, &before).await;
        }
        let Live { urn, id, mut program, state } = self.live[write.path].clone();
        for body in &write.bodies {
            program.apply(body);
        }
        if let Some(after) = write.answer.as_object().filter(|_| write.status < 300) {
            program.forget_what_went(&before, after);
        }
        let given = program.inputs(&kind.fields);
        let news = match self.check(&urn, state.inputs.clone(), given).await {
            Ok(inputs) => inputs,
            Err(failures) => return refused(write, failures),
        };
        let mut others = Vec::new();
        let outputs = self.update(write, &urn, &id, &state, &news, &mut others).await;
        let sent = self.sent("PATCH", write.path, &mut others);
        let mut verdict = comparison::change(&kind.fields, &write.bodies, &sent, &before);
        verdict.differences.extend(others);
        // What the real API refused, the next step of the program does not say.
        if write.status < 300 {
            let state = Known { inputs: news, outputs };
            verdict.differences.extend(self.settled(&urn, &id, &state).await);
            self.live.insert(write.path.to_owned(), Live { urn, id, program, state });
        }
        compared(verdict)
    }

    /// Diff, and Update where something changes, as the engine does; the outputs after it.
    async fn update(
        &self,
        write: &Write<'_>,
        urn: &str,
        id: &str,
        old: &Known,
        news: &Object,
        differences: &mut Vec<String>,
    ) -> Object {
        let (urn, id) = (urn.to_owned(), id.to_owned());
        let (old, news) = (old.clone(), news.clone());
        let outputs = old.outputs.clone();
        let diff = Diff {
            urn: urn.clone(),
            id: id.clone(),
            old: old.clone(),
            news: news.clone(),
            ..Diff::default()
        };
        let diff = self.engine.diff(diff).await.expect("Diff answers");
        if !diff.replaces.is_empty() {
            differences.push(format!("{:?} replaces, recorded a change", diff.replaces));
            return outputs;
        }
        if diff.changes != Changes::Some {
            return outputs;
        }
        match self.engine.update(Update { urn, id, old, news, ..Update::default() }).await {
            Ok(updated) => updated,
            Err(failure) => {
                differences.extend((write.status < 400).then(|| failure.to_string()));
                outputs
            }
        }
    }

    /// Takes an object into the program that the recorded test found there.
    async fn import(&mut self, kind: &Kind, write: &Write<'_>, before: &Members) {
        self.stage.show(write.path, before.clone().into());
        let urn = urn(&kind.token, &format!("step-{}", write.at));
        let id = last_segment(write.path).to_owned();
        let read = Read { urn: urn.clone(), id: id.clone(), ..Read::default() };
        let read = self.engine.read(read).await.expect("the stage answers");
        let read = read.expect("the stage shows it");
        let program = Program::imported(bare(reveal(read.inputs.clone())));
        let state = Known { inputs: read.inputs, outputs: read.outputs };
        self.live.insert(write.path.to_owned(), Live { urn, id, program, state });
    }

    async fn delete(&mut self, write: &Write<'_>) -> Outcome {
        let Some(live) = self.live.remove(write.path) else {
            return Outcome::Elsewhere("nothing of the program is there to be deleted");
        };
        // What was made or changed in one operation goes in a later one.
        engine::configure(&self.engine, config(&self.stage)).await;
        let delete = Delete { urn: live.urn, id: live.id, old: live.state, ..Delete::default() };
        let deleted = self.engine.delete(delete).await;
        let mut verdict = Verdict::default();
        let sent = self.sent("DELETE", write.path, &mut verdict.differences).len();
        verdict.differences.extend(deleted.err().map(|failure| failure.to_string()));
        verdict.differences.extend((sent != 1).then(|| format!("{sent} DELETEs, recorded one")));
        compared(verdict)
    }

    async fn check(&self, urn: &str, olds: Object, news: Object) -> Result<Object, Vec<String>> {
        let check = Check { urn: urn.to_owned(), olds, news, seed: vec![7; 32], autonaming: None };
        let checked = self.engine.check(check).await.expect("Check answers");
        let failures = checked.failures.iter();
        let failures: Vec<String> =
            failures.map(|failure| format!("{}: {}", failure.property, failure.reason)).collect();
        if failures.is_empty() { Ok(checked.inputs) } else { Err(failures) }
    }

    /// What would change at once after a write that the real API answered: nothing should.
    async fn settled(&self, urn: &str, id: &str, state: &Known) -> Option<String> {
        let diff = Diff {
            urn: urn.to_owned(),
            id: id.to_owned(),
            old: state.clone(),
            news: state.inputs.clone(),
            ..Diff::default()
        };
        let diff = self.engine.diff(diff).await.expect("Diff answers");
        (diff.changes != Changes::None).then(|| format!("not settled: {:?}", diff.detailed))
    }

    /// The bodies of our writes of that method and path in this step; others go into `differences`.
    fn sent(&self, method: &str, path: &str, differences: &mut Vec<String>) -> Vec<Members> {
        let (asked, others): (Vec<Sent>, Vec<Sent>) =
            self.stage.writes().into_iter().partition(|s| s.method == method && s.path == path);
        differences.extend(others.iter().map(|sent| format!("not recorded: {sent:?}")));
        asked.into_iter().map(|sent| sent.body.as_object().cloned().unwrap_or_default()).collect()
    }
}

/// Inputs without the engine's own keys, as a program gives them.
fn bare(inputs: Object) -> Object {
    pulumi_rs_sdk::state::stripped(&inputs)
}

fn compared(verdict: Verdict) -> Outcome {
    Outcome::Compared { meant: verdict.meant, differences: verdict.differences }
}

/// What Check refuses, the real API should refuse too.
fn refused(write: &Write<'_>, failures: Vec<String>) -> Outcome {
    match write.status {
        400.. => Outcome::Compared {
            meant: BTreeSet::from([Meant::RefusedByCheck]),
            differences: Vec::new(),
        },
        _ => differs(failures),
    }
}

fn differs(differences: Vec<String>) -> Outcome {
    Outcome::Compared { meant: BTreeSet::new(), differences }
}
