//! What the published plugin takes, this one takes: programs of one property with one value each.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::testing::{Check, Client, Create, urn};
use pulumi_rs_sdk::value::Object;
use serde::Deserialize;
use serde_json::Value as Json;

use super::expectation::shortened;
use super::listed::{ACCEPTS, List};
use super::values::{json_of, properties};
use super::verdicts::name;
use crate::data;
use crate::engine;

/// Names another file of programs.
const FILE_VARIABLE: &str = "PUBLISHED_ACCEPTS";
/// How many calls are under way at a time.
const SIDE_BY_SIDE: usize = 16;

/// A program, and what the published plugin made of it.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "type")]
    token: String,
    path: String,
    label: String,
    inputs: Json,
    check: Checked,
    preview: Option<Previewed>,
}

#[derive(Deserialize)]
struct Checked {
    ok: bool,
    /// Where they are not what was given.
    inputs: Option<Json>,
}

#[derive(Deserialize)]
struct Previewed {
    ok: bool,
}

/// How both sides stand to a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Same,
    /// This provider takes what the published one refuses.
    Looser,
    /// The published one takes it and this one does not: why.
    Stricter(String),
    /// Both take it and make different inputs of it.
    InputsDiffer(String),
}

impl Row {
    /// What a list names it by.
    fn key(&self) -> String {
        format!("{}.{} [{}]", name(&self.token), self.path, self.label)
    }

    async fn answer(&self, engine: &Client) -> Answer {
        let theirs = self.check.ok && self.preview.as_ref().is_none_or(|preview| preview.ok);
        match (theirs, self.ours(engine).await) {
            (true, Err(reason)) => Answer::Stricter(reason),
            (false, Ok(_)) => Answer::Looser,
            (false, Err(_)) => Answer::Same,
            (true, Ok(inputs)) => {
                let theirs = self.check.inputs.as_ref().unwrap_or(&self.inputs);
                let (ours, theirs) = (self.told(&inputs), self.told(&properties(theirs)));
                match ours == theirs {
                    true => Answer::Same,
                    false => Answer::InputsDiffer(shortened(&format!("{ours} for {theirs}"))),
                }
            }
        }
    }

    /// The inputs that Check makes of it, where the preview of a create takes them too.
    async fn ours(&self, engine: &Client) -> Result<Object, String> {
        let urn = urn(&self.token, "n");
        let news = properties(&self.inputs);
        let check = Check { urn: urn.clone(), news, seed: vec![0x30; 32], ..Check::default() };
        let checked = engine.check(check).await.map_err(|failure| failure.to_string())?;
        if !checked.failures.is_empty() {
            let told = checked.failures.iter().map(|failure| failure.to_string());
            return Err(told.collect::<Vec<_>>().join("; "));
        }
        let inputs = checked.inputs.clone();
        let create = Create { urn, inputs, preview: true, ..Create::default() };
        engine.create(create).await.map_err(|failure| failure.to_string())?;
        Ok(checked.inputs)
    }

    /// Inputs without what is empty or depends on a seed.
    fn told(&self, inputs: &Object) -> Json {
        let mut told = stripped(&json_of(inputs));
        let is_made_up = self.inputs.get("name").is_none_or(Json::is_null);
        if let Some(members) = told.as_object_mut().filter(|_| is_made_up) {
            members.remove("name");
        }
        told
    }
}

fn stripped(value: &Json) -> Json {
    match value {
        Json::Object(members) => members
            .iter()
            .filter(|(name, member)| !name.starts_with("__") && !member.is_null())
            .map(|(name, member)| (name.clone(), stripped(member)))
            .collect(),
        Json::Array(items) => items.iter().map(stripped).collect(),
        other => other.clone(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_published_plugin_takes_is_taken() {
    let Some(text) = data::text_or_named("published-accepts.jsonl", FILE_VARIABLE) else {
        return;
    };
    let engine = engine::configured([("domain", "localhost:1"), ("apiToken", "x")]).await;
    let rows: Vec<Row> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let lacking = rows.iter().filter(|row| PACKAGE.resource(&row.token).is_none()).count();
    let there = rows.iter().filter(|row| PACKAGE.resource(&row.token).is_some());
    let answers = futures_util::stream::iter(there)
        .map(|row| async { (row.key(), row.answer(&engine).await) })
        .buffered(SIDE_BY_SIDE);
    let answers: Vec<(String, Answer)> = answers.collect().await;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut wrong, mut list) = (Vec::new(), List::of(&[ACCEPTS]));
    for (key, answer) in &answers {
        let (count, complaint) = match answer {
            Answer::Same => ("same", None),
            Answer::Looser => ("looser", None),
            _ if list.reason(key).is_some() => ("listed", None),
            Answer::Stricter(why) => ("stricter", Some(format!("{key} is refused: {why}"))),
            Answer::InputsDiffer(how) => ("inputs differ", Some(format!("{key} becomes {how}"))),
        };
        *counts.entry(count).or_default() += 1;
        wrong.extend(complaint);
    }
    eprintln!(
        "published accepts: {} rows, {counts:?}; {lacking} of kinds that are not there",
        answers.len()
    );
    wrong.extend(
        std::env::var_os(FILE_VARIABLE).is_none().then(|| list.idle(ACCEPTS)).into_iter().flatten(),
    );
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
