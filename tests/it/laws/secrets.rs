//! What a secret row holds reaches the API and the state, and no text.

use auth0_local_tenant::FaultRule;
use futures_util::stream::{self, StreamExt};
use pulumi_resource_auth0::resources::RESOURCES;
use pulumi_rs_sdk::table::{Kind, Resource};
use pulumi_rs_sdk::testing::{Changes, Check, Client, Create, Failure, Read, Update};
use pulumi_rs_sdk::value::{Object, Value, reveal};
use serde_json::json;
use tests::{Pick, sample};

use super::field_life::beside;
use super::resources;
use super::rows::{Row, rows};
use super::subject::{Stored, Subject};
use crate::engine;
use crate::replay::stage::Stage;

/// What no text may hold. It is in every secret here.
const CANARY: &str = "Canary7";

/// A secret: long enough for those that the API wants long, or short, and one of two.
fn secret(row: &Row, which: &str) -> Value {
    match row.field().name {
        // 64 bytes in base64.
        "storageAccessKey" => format!("{CANARY}{which:x<79}==").into(),
        // 48 bytes in base64.
        "value" if row.field().never_stored => format!("{CANARY}{which:x<57}").into(),
        // Of several lines, as keys are.
        _ => format!("{CANARY}\n{which} of two").into(),
    }
}

struct Trial<'a> {
    subject: &'a Subject,
    resource: &'static Resource,
    row: Row,
    least: Object,
    leaks: Vec<String>,
}

/// Whether one that was made and not shown can be told from others.
fn is_found_again(resource: &Resource) -> bool {
    resource.autonamed().is_some() || !resource.sought.is_empty()
}

impl Trial<'_> {
    fn program(&self, value: Value) -> Object {
        let row = &self.row;
        let mut program = self.least.clone();
        beside(self.resource, row.top(), &mut program);
        if row.way().iter().any(|row| row.when.is_some()) {
            // Where it counts, its neighbours may be required.
            program.insert(row.top().name.to_owned(), sample(row.top(), Pick::First));
            row.let_count(self.resource, &mut program);
        }
        if row.field().never_stored && !row.field().is_replacing() {
            // Another number says that it is another, and it takes the place of the row that is stored.
            let name = row.field().name;
            let version: u32 = value.as_str().unwrap_or("a").bytes().map(u32::from).sum();
            match row.top().sent_with() {
                Some(of_list) => _ = program.insert(of_list.to_owned(), f64::from(version).into()),
                None => row.edit(&mut program, |holder| {
                    holder.remove(name.trim_end_matches("Wo"));
                    holder.insert(format!("{name}Version"), f64::from(version).into());
                }),
            }
        }
        row.set(&mut program, value);
        row.let_count(self.resource, &mut program);
        row.meet_needs(self.resource, &mut program);
        program
    }

    /// Notes a text that holds the secret.
    fn look(&mut self, when: &str, text: &str) {
        if text.contains(CANARY) {
            self.leaks.push(format!("{} {when}: {text}", self.row.path()));
        }
    }

    fn look_at(&mut self, when: &str, failure: &Failure) {
        // What exists of the resource holds its secrets, marked; all else is text.
        let Failure { code, message, created, reasons, missing_keys } = failure;
        self.look(when, &format!("{code} {message} {created:?} {reasons:?} {missing_keys:?}"));
    }

    /// Notes a secret that came back as other than one.
    fn look_for_mark(&mut self, when: &str, properties: &Object) {
        // An import leaves entries of a guarded list to others.
        let is_theirs = self.row.top().guarded_by().is_some() && when == "imported";
        if is_theirs && self.row.get(properties).is_none() {
            return;
        }
        if !self.row.is_secret_in(properties) {
            self.leaks.push(format!("{} {when}: not marked", self.row.path()));
        }
    }

    /// Notes a secret in outputs that is not marked, or that should not be there at all.
    fn look_at_outputs(&mut self, when: &str, outputs: &Object) {
        match (self.row.field().never_stored, self.row.get(outputs)) {
            (false, _) => self.look_for_mark(when, outputs),
            // Nor does it stand under another name; but an import cannot know that the program has it from elsewhere.
            (true, None | Some(Value::Null)) if when == "imported" => {}
            (true, None | Some(Value::Null)) => {
                self.look(when, &format!("{:?}", reveal(outputs.clone())));
            }
            (true, Some(_)) => self.leaks.push(format!("{} {when}: stored", self.row.path())),
        }
    }

    async fn look_at_messages(&mut self, when: &str, engine: &Client) {
        for message in engine.messages().await {
            self.look(when, &message.text);
        }
    }

    /// A mistake in the secret itself, in it and beside it.
    async fn check_bad_input(&mut self) {
        let nested = Object::from([("key".to_owned(), secret(&self.row, "a"))]);
        let mut beside = self.program(secret(&self.row, "a"));
        self.row.edit(&mut beside, |holder| _ = holder.insert("nonsense".into(), true.into()));
        let programs = [
            self.program(nested.into()),
            self.program(Value::Array(vec![secret(&self.row, "a")])),
            beside,
        ];
        for news in programs {
            let urn = self.subject.urn(self.resource);
            let check = Check { urn, news, seed: vec![7; 32], ..Check::default() };
            let checked = self.subject.engine.check(check).await.expect("Check answers");
            assert!(!checked.failures.is_empty(), "{}", self.row.path());
            self.look("checked", &format!("{:?}", checked.failures));
        }
    }

    /// Its life on a tenant that is as it should be.
    async fn live(&mut self) -> (Stored, Object) {
        let (subject, resource) = (self.subject, self.resource);
        let program = self.program(secret(&self.row, "a"));
        let inputs = subject.check(resource, &program, &Object::new()).await;
        self.look_for_mark("checked", &inputs);
        let stored = subject.create(resource, &inputs).await.expect("the tenant takes it");
        self.look_at_outputs("created", &stored.state.outputs);

        let news = self.program(secret(&self.row, "b"));
        let news = subject.check(resource, &news, &stored.state.inputs).await;
        let diff = subject.diff(resource, &stored, &news).await;
        assert_eq!(diff.changes, Changes::Some, "{}", self.row.path());
        self.look("compared", &format!("{diff:?}"));
        let updated = match diff.replaces.is_empty() {
            true => subject.update(resource, &stored, &news).await,
            false => subject.create(resource, &news).await,
        };
        let updated = updated.expect("the tenant takes it");
        self.look_at_outputs("updated", &updated.state.outputs);

        let known = Some(updated.state.clone());
        for (when, known) in [("refreshed", known), ("imported", None)] {
            let read = subject.read(resource, &updated.id, known).await.expect("it is there");
            self.look_at_outputs(when, &read.state.outputs);
            // What nobody can read back is in no import.
            let is_told = !(self.row.field().write_only || self.row.field().never_stored);
            if when == "refreshed" || is_told || self.row.get(&read.state.inputs).is_some() {
                self.look_for_mark(when, &read.state.inputs);
            }
        }
        self.look_at_messages("alive", &subject.engine).await;
        (updated, inputs)
    }

    /// Answers that a tenant should not give, with and without effect.
    async fn fail(&mut self, stored: &Stored, inputs: &Object) {
        const FAULTS: &[(&str, &str)] = &[
            ("made", "status:500"),
            ("made", "truncate"),
            ("changed", "status:403"),
            ("changed", "html"),
            ("read", "html"),
        ];
        for (when, fault) in FAULTS {
            // Whatever the class asks with, a page that would do as well too.
            let methods: &[&str] =
                if *when == "read" { &["GET"] } else { &["POST", "PUT", "PATCH"] };
            let lies: Vec<_> = methods
                .iter()
                .map(|method| {
                    let rule = format!("{method} /api/v2/* => {fault}").parse::<FaultRule>();
                    self.subject.tenant.add_fault(rule.expect("the rule is one"))
                })
                .collect();
            let failure = match *when {
                "made" => self.create(&self.subject.engine, inputs).await.err(),
                "changed" => self.update(&self.subject.engine, stored, inputs).await,
                _ => self.read(&self.subject.engine, stored).await,
            };
            lies.into_iter().for_each(|lie| _ = self.subject.tenant.remove_fault(lie));
            // What was made although no answer came is found, where it can be told from others.
            let is_found = *when == "made" && is_found_again(self.resource);
            match failure {
                Some(failure) => self.look_at(fault, &failure),
                None => assert!(is_found, "{} {when}: it held", self.row.path()),
            }
            self.look_at_messages(fault, &self.subject.engine).await;
        }
    }

    /// An API that repeats in its refusal what it was given.
    async fn be_repeated(&mut self, stored: &Stored, inputs: &Object) {
        let stage = Stage::open().await;
        let config = [("domain", stage.base_url.as_str()), ("apiToken", "a-token")];
        let engine = engine::configured(config).await;
        for status in [400, 403, 409] {
            let secret = ["a", "b"].map(|which| secret(&self.row, which));
            let [a, b] = secret.each_ref().map(|secret| secret.as_str().expect("a text"));
            let messages = [
                format!("neither '{a}' nor \"{a}\" is allowed"),
                // A long message is cut, and here in the middle of the secret.
                format!("{}{a}", "x".repeat(588)),
            ];
            for message in messages {
                stage.answer_writes(status, refusal(status, &message, a));
                let created = self.create(&engine, inputs).await;
                self.look_at("refused", &created.expect_err("it is refused"));
                for message in [&message, &message.replace(a, b)] {
                    stage.answer_writes(status, refusal(status, message, b));
                    let updated = self.update(&engine, stored, inputs).await;
                    self.look_at("refused a change", &updated.expect("it is refused"));
                }
                self.look_at_messages("refused", &engine).await;
            }
        }
    }

    async fn create(&self, engine: &Client, inputs: &Object) -> Result<(), Failure> {
        let urn = self.subject.urn(self.resource);
        let create = Create { urn, inputs: inputs.clone(), ..Create::default() };
        engine.create(create).await.map(|_| ())
    }

    async fn update(&self, engine: &Client, old: &Stored, news: &Object) -> Option<Failure> {
        let update = Update {
            urn: self.subject.urn(self.resource),
            id: old.id.clone(),
            old: old.state.clone(),
            news: news.clone(),
            ..Update::default()
        };
        engine.update(update).await.err()
    }

    async fn read(&self, engine: &Client, old: &Stored) -> Option<Failure> {
        let known = Some(old.state.clone());
        let read = Read {
            urn: self.subject.urn(self.resource),
            id: old.id.clone(),
            known,
            ..Read::default()
        };
        engine.read(read).await.err()
    }
}

fn refusal(status: u16, message: &str, code: &str) -> serde_json::Value {
    json!({"statusCode": status, "error": "Refused", "message": message, "errorCode": code})
}

/// All that befalls a secret row, on a tenant of its own, since most of it is waiting; where it leaked.
async fn tried(resource: &'static Resource, row: Row) -> Vec<String> {
    let subject = Subject::start().await;
    let least = subject.least(resource, row.top());
    let mut trial = Trial { subject: &subject, resource, row, least, leaks: Vec::new() };
    trial.check_bad_input().await;
    let (stored, inputs) = trial.live().await;
    trial.fail(&stored, &inputs).await;
    trial.be_repeated(&stored, &inputs).await;
    let leaks = trial.leaks;
    subject.delete(resource, &stored).await;
    leaks
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_holds_what_a_secret_row_holds() {
    let secret = |row: &Row| row.field().secret && matches!(row.field().kind, Kind::String);
    let trials = resources().flat_map(|resource| {
        rows(resource).into_iter().filter(secret).map(move |row| tried(resource, row))
    });
    let leaks: Vec<_> = stream::iter(trials).buffer_unordered(16).collect().await;
    assert!(leaks.concat().is_empty(), "{}", leaks.concat().join("\n"));
    let all = resources().count() == RESOURCES.len();
    assert!(leaks.len() >= 10 || !all, "only {} rows are secret", leaks.len());
}
