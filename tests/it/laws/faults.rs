//! The life of one resource of each type on a tenant whose answers to writes are lost, spoilt or late: what the tenant
//! holds in the end is what it would hold without, neither twice nor half.

use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::{Class, Field, Kind, Presence, Resource, Sent};
use pulumi_rs_sdk::testing::{Client, Create, Delete, Failure, Update};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;
use tests::{Pick, sample};

use super::field_life::{act_of, beside, to_the_end};
use super::resources;
use super::subject::{Stored, Subject};
use crate::engine;

/// What becomes of the answer to a write, and whether the write takes effect.
const ANSWERS: &[(&str, bool)] = &[
    ("reset", false),
    ("status:503", false),
    ("reset-after", true),
    ("truncate", true),
    ("500-after", true),
    ("html:502:after", true),
];

/// What the tenant holds, as the number of texts, numbers and flags: no ids, which differ from life to life.
fn weight(subject: &Subject) -> usize {
    fn leaves(value: &Json) -> usize {
        match value {
            Json::Object(members) => 1 + members.values().map(leaves).sum::<usize>(),
            Json::Array(items) => 1 + items.iter().map(leaves).sum::<usize>(),
            _ => 1,
        }
    }
    subject.tenant.everything().values().map(leaves).sum()
}

/// One life: what a program gives at first, and then.
struct Life {
    subject: Subject,
    resource: &'static Resource,
    first: Object,
    then: Option<Object>,
    /// What the tenant held before.
    before: usize,
}

impl Life {
    async fn start(resource: &'static Resource) -> Life {
        let subject = Subject::start().await;
        let changes = |row: &&'static Field| {
            let is_plain = matches!(row.kind, Kind::String | Kind::Bool | Kind::List(_));
            let is_sent = row.sent == Sent::CreateAndChange && !row.is_replacing();
            is_plain && is_sent && !(row.write_only && row.presence == Presence::Required)
        };
        // A text says more than a flag, which others may go with.
        let is_flag = |row: &&'static Field| matches!(row.kind, Kind::Bool);
        let row = resource.inputs().filter(changes).min_by_key(is_flag);
        let field = row.or_else(|| resource.inputs().next()).expect("it has inputs");
        let mut given = subject.least(resource, field);
        if row.is_some() {
            given.entry(field.name.to_owned()).or_insert_with(|| sample(field, Pick::First));
        }
        beside(resource, field, &mut given);
        let first = subject.check(resource, &given, &Object::new()).await;
        let mut then = None;
        if let Some(row) = row {
            given.insert(row.name.to_owned(), sample(row, Pick::Second));
            then = Some(subject.check(resource, &given, &first).await);
        }
        let before = weight(&subject);
        Life { subject, resource, first, then, before }
    }

    /// Lies to the next write of each kind, for as long as `doing` takes.
    async fn lied_to<T>(&self, answer: &str, doing: impl Future<Output = T>) -> T {
        let rules = ["POST", "PATCH", "PUT", "DELETE"].map(|method| {
            let rule = format!("{method} /api/v2/* => {answer} x1");
            self.subject.tenant.add_fault(rule.parse().expect("a rule"))
        });
        let done = doing.await;
        for rule in rules {
            self.subject.tenant.remove_fault(rule);
        }
        done
    }

    async fn create(&self, engine: &Client) -> Result<Stored, Failure> {
        let urn = self.subject.urn(self.resource);
        let create = Create { urn, inputs: self.first.clone(), ..Create::default() };
        let created = engine.create(create).await?;
        let state = Known { inputs: self.first.clone(), outputs: created.outputs };
        Ok(Stored { id: created.id, state })
    }

    async fn update(
        &self,
        engine: &Client,
        old: &Stored,
        news: &Object,
    ) -> Result<Stored, Failure> {
        let update = Update {
            urn: self.subject.urn(self.resource),
            id: old.id.clone(),
            old: old.state.clone(),
            news: news.clone(),
            ..Update::default()
        };
        let outputs = engine.update(update).await?;
        Ok(Stored { id: old.id.clone(), state: Known { inputs: news.clone(), outputs } })
    }

    async fn delete(&self, engine: &Client, old: &Stored) -> Result<(), Failure> {
        engine::configure(engine, engine::of(&self.subject.tenant)).await;
        let (urn, id) = (self.subject.urn(self.resource), old.id.clone());
        let delete = Delete { urn, id, old: old.state.clone(), ..Delete::default() };
        engine.delete(delete).await
    }
}

/// What the tenant holds after each step of a life without faults.
async fn undisturbed(resource: &'static Resource) -> [usize; 3] {
    let life = Life::start(resource).await;
    let (engine, when) = (&life.subject.engine, resource.name);
    let mut stored =
        life.create(engine).await.unwrap_or_else(|failure| panic!("{when}: {failure}"));
    let made = weight(&life.subject);
    if let Some(then) = &life.then {
        let updated = life.update(engine, &stored, then).await;
        stored = updated.unwrap_or_else(|failure| panic!("{when}: {failure}"));
    }
    let changed = weight(&life.subject);
    life.delete(engine, &stored).await.unwrap_or_else(|failure| panic!("{when}: {failure}"));
    [made, changed, weight(&life.subject)]
}

/// Whether an object whose create had no answer cannot be told from others: the user has to look.
fn has_no_trace(resource: &Resource) -> bool {
    matches!(resource.class, Class::Collection(_)) && resource.natural_key.is_empty()
}

async fn disturbed(resource: &'static Resource, answer: &str, takes_effect: bool) {
    let [made, changed, gone] = undisturbed(resource).await;
    let life = Life::start(resource).await;
    let (engine, when) = (&life.subject.engine, format!("{}, {answer}", resource.name));

    let mut stored = match life.lied_to(answer, life.create(engine)).await {
        Ok(stored) => stored,
        Err(failure) if has_no_trace(resource) => {
            let there = weight(&life.subject);
            assert_eq!(there, if takes_effect { made } else { life.before }, "{when}: {failure}");
            assert!(failure.message.contains(resource.name), "{when}: {failure}");
            return;
        }
        Err(failure) => panic!("{when}, created: {failure}"),
    };
    assert_eq!(weight(&life.subject), made, "{when}, created");
    life.subject.settled(resource, &stored, &life.first, &when).await;

    if let Some(then) = &life.then {
        let updated = life.lied_to(answer, life.update(engine, &stored, then)).await;
        stored = updated.unwrap_or_else(|failure| panic!("{when}, updated: {failure}"));
        assert_eq!(weight(&life.subject), changed, "{when}, updated");
        life.subject.settled(resource, &stored, then, &when).await;
    }

    let deleted = life.lied_to(answer, life.delete(engine, &stored)).await;
    deleted.unwrap_or_else(|failure| panic!("{when}, deleted: {failure}"));
    assert_eq!(weight(&life.subject), gone, "{when}, deleted");
}

/// Cancels an operation while the answer to its write is on its way; what came of it.
async fn cancelled<T>(life: &Life, doing: impl AsyncFnOnce(&Client) -> T) -> T {
    let engine = life.subject.another_engine().await;
    let wait_and_cancel = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        engine.cancel().await.expect("Cancel answers");
    };
    let doing = life.lied_to("slow:500ms", doing(&engine));
    tokio::join!(doing, wait_and_cancel).0
}

/// What is there of it after a failure, if anything.
fn left(failure: Failure, id: &str, inputs: &Object) -> Option<Stored> {
    let created = failure.created?;
    let id = if created.id.is_empty() { id.to_owned() } else { created.id };
    let state = Known { inputs: inputs.clone(), outputs: created.outputs };
    Some(Stored { id, state })
}

async fn interrupted(resource: &'static Resource) {
    let [made, changed, gone] = undisturbed(resource).await;
    let mut life = Life::start(resource).await;
    let when = format!("{}, interrupted", resource.name);
    let again = |failure: Failure| -> Stored { panic!("{when}, again: {failure}") };

    let mut stored = match cancelled(&life, async |engine| life.create(engine).await).await {
        Ok(stored) => stored,
        Err(failure) => {
            let next = life.subject.another_engine().await;
            let made = match left(failure, "", &life.first) {
                Some(left) => life.update(&next, &left, &life.first).await,
                None => life.create(&next).await,
            };
            made.unwrap_or_else(again)
        }
    };
    life.subject.engine = life.subject.another_engine().await;
    assert_eq!(weight(&life.subject), made, "{when}, created");
    stored = at_rest(&life, stored).await;
    life.subject.settled(resource, &stored, &life.first, &when).await;

    if let Some(then) = &life.then {
        let updated = cancelled(&life, async |engine| life.update(engine, &stored, then).await);
        stored = match updated.await {
            Ok(updated) => updated,
            Err(failure) => {
                let next = life.subject.another_engine().await;
                let left = left(failure, &stored.id, then).unwrap_or(stored);
                life.update(&next, &left, then).await.unwrap_or_else(again)
            }
        };
        assert_eq!(weight(&life.subject), changed, "{when}, updated");
        life.subject.engine = life.subject.another_engine().await;
        stored = at_rest(&life, stored).await;
        let then = life.then.as_ref().expect("it has just been given");
        life.subject.settled(resource, &stored, then, &when).await;
    }

    if cancelled(&life, async |engine| life.delete(engine, &stored).await).await.is_err() {
        let deleted = life.delete(&life.subject.engine, &stored).await;
        deleted.unwrap_or_else(|failure| panic!("{when}, again: {failure}"));
    }
    assert_eq!(weight(&life.subject), gone, "{when}, deleted");
}

/// The same, as a refresh shows it where it comes to a state in its own time, which nobody waits for once interrupted.
async fn at_rest(life: &Life, stored: Stored) -> Stored {
    match act_of(life.resource) {
        Some(_) => {
            let known = Some(stored.state.clone());
            life.subject.read(life.resource, &stored.id, known).await.expect("it is there")
        }
        None => stored,
    }
}

/// Many lives at the same time, since most of them wait; what was broken in any.
async fn broken(lives: impl IntoIterator<Item = impl Future<Output = ()>>) -> Vec<String> {
    let lives = stream::iter(lives.into_iter().map(to_the_end));
    lives.buffer_unordered(16).filter_map(async |lived| lived.err()).collect().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_answer_is_lost_leaves_the_tenant_as_one_that_is_answered() {
    let lives = resources().flat_map(|resource| {
        ANSWERS.iter().map(move |(answer, effect)| disturbed(resource, answer, *effect))
    });
    let failed = broken(lives).await;
    assert!(failed.is_empty(), "{} lives failed:\n{}", failed.len(), failed.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_interrupted_is_kept_or_done_again_and_nothing_is_lost() {
    let failed = broken(resources().map(interrupted)).await;
    assert!(failed.is_empty(), "{} lives failed:\n{}", failed.len(), failed.join("\n"));
}
