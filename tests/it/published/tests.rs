//! The published provider's acceptance tests, all those whose resources and functions the package has.

use std::collections::BTreeSet;
use std::sync::Arc;

use pulumi_resource_auth0::auth0::PACKAGE;
use regex::RegexSet;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::expectation::shortened;
use super::form::{self, Import, Step, Test};
use super::listed::{List, TESTS};
use super::sets::order_sets;
use super::stack::{Failed, MADE_BY_HAND, Stack, holds};
use super::verdicts::{Counts, Verdict, name};

/// How many run at a time, each with a tenant and a server of its own.
const SIDE_BY_SIDE: usize = 8;

/// What only the API can say, as the published provider is expected to say it: a status, or what is on the tenant.
const ASKS_THE_API: &[&str] = &[
    r"\d{3} [A-Z]",
    "non empty",
    r"[Nn]o \w+ found",
    "multiple .*custom domains",
    "must be verified",
    "failed to build",
    "Invalid curated list",
    "not unique",
    "validation for format email",
    "not managed through",
    "not supported for this connection",
];

/// Runs one test to its end; what did not hold.
async fn run(test: &Test) -> Vec<String> {
    let mut stack = Stack::start().await;
    let mut complaints = Vec::new();
    for (index, step) in test.steps.iter().enumerate() {
        if step.unsupported.is_some() || step.pre_config.is_some() {
            break;
        }
        let told = take(&mut stack, step).await;
        let goes_on = told.is_ok();
        let told = told.unwrap_or_else(|failed| vec![failed.text]);
        complaints.extend(told.into_iter().map(|told| format!("step {}: {told}", index + 1)));
        if !goes_on {
            break;
        }
    }
    complaints.extend(stack.end().await.into_iter().map(|left| format!("at the end: {left}")));
    complaints
}

/// Takes one step; what did not hold, or what ends the test.
async fn take(stack: &mut Stack, step: &Step) -> Result<Vec<String>, Failed> {
    if let Some(import) = &step.import {
        return Ok(imported(stack, import).await);
    }
    for (method, path, body) in &step.tenant {
        stack.ask(method, path, body).await?;
    }
    let taken = match step {
        _ if step.refresh => stack.ask_again().await,
        _ if !step.drift.is_empty() => stack.repair(&step.drift).await,
        _ if step.plan_only => stack.preview(step).await,
        _ if step.destroy => stack.apply(&Step::default()).await,
        _ => stack.apply(step).await,
    };
    if let Some(expected) = &step.error {
        return Ok(refused(expected, taken.err()).into_iter().collect());
    }
    taken?;
    if step.plan_only || step.destroy {
        return Ok(Vec::new());
    }
    let settled = stack.settle().await;
    let mut complaints = if step.non_empty_plan { Vec::new() } else { settled };
    let mut outputs = stack.outputs();
    order_sets(&mut outputs, step);
    complaints.extend(step.expect.iter().filter_map(|expected| expected.failed(&outputs)));
    for (path, way, value) in &step.expect_tenant {
        let object = stack.ask("GET", path, &serde_json::Value::Null).await?;
        if !holds(&object, way, value) {
            complaints.push(format!("{path} does not hold {value} at {way:?}: {object}"));
        }
    }
    Ok(complaints)
}

/// What is wrong with a failure that is expected.
fn refused(expected: &str, failed: Option<Failed>) -> Option<String> {
    let Some(Failed { text, asked, ours }) = failed else {
        return Some(format!("it succeeds; expected {expected:?}"));
    };
    let asks = RegexSet::new(ASKS_THE_API).expect("patterns").is_match(expected);
    if ours || text.is_empty() {
        return Some(format!("it fails without saying what the user has to do: {text}"));
    }
    (asked > 0 && !asks).then(|| format!("{asked} requests before it fails: {text}"))
}

async fn imported(stack: &mut Stack, import: &Import) -> Vec<String> {
    let Some(at) = &import.at else { return Vec::new() };
    let (had, gave) = match stack.import(at, import.id.as_deref(), &import.ignore).await {
        Ok(Some(outputs)) if import.verify => outputs,
        Ok(_) => return Vec::new(),
        Err(failed) => return vec![format!("import of {at}: {failed}")],
    };
    let ignored: BTreeSet<String> =
        import.ignore.iter().filter_map(|name| Some(plain(name.split('.').next()?))).collect();
    let (had, gave) = (had.as_object().expect("outputs"), gave.as_object().expect("outputs"));
    let names: BTreeSet<&String> = had.keys().chain(gave.keys()).collect();
    let names = names.into_iter().filter(|n| !n.starts_with("__") && !ignored.contains(&plain(n)));
    let nothing = serde_json::Value::Null;
    names
        .filter_map(|name| {
            let (had, gave) =
                (had.get(name).unwrap_or(&nothing), gave.get(name).unwrap_or(&nothing));
            let same = had == gave || (is_zero(had) && is_zero(gave));
            (!same).then(|| {
                format!("import of {at}: {name} is {gave}, not {}", shortened(&had.to_string()))
            })
        })
        .collect()
}

fn is_zero(value: &serde_json::Value) -> bool {
    use serde_json::json;
    [json!(null), json!(""), json!([]), json!({}), json!(false), json!(0)].contains(value)
}

/// A name without the marks that Terraform and Pulumi put between its words.
fn plain(name: &str) -> String {
    name.replace('_', "").to_lowercase()
}

fn is_there(token: &str) -> bool {
    PACKAGE.resource(token).is_some() || PACKAGE.function(token).is_some()
}

/// Whether a test has anything of the package in it.
fn has_own(test: &Test) -> bool {
    test.tokens().into_iter().any(is_there)
}

/// What of a test's resources and functions the package lacks.
fn lacking(test: &Test) -> Vec<String> {
    let there = |token: &str| token == MADE_BY_HAND || is_there(token);
    test.tokens().into_iter().filter(|token| !there(token)).map(|t| name(t).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_published_tests_pass() {
    let Some(tests) = form::tests() else { return };
    let mut counts = Counts::default();
    let mut lacks = std::collections::BTreeMap::new();
    let turns = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let mut running = JoinSet::new();
    for test in tests {
        let missing = lacking(&test);
        if !missing.is_empty() || !has_own(&test) {
            counts.add(test.tokens(), Verdict::Skipped);
            missing.into_iter().for_each(|name| *lacks.entry(name).or_insert(0) += 1);
            continue;
        }
        let turns = turns.clone();
        running.spawn(async move {
            let _turn = turns.acquire_owned().await.expect("it stays open");
            let complaints = run(&test).await;
            (test, complaints)
        });
    }
    let (mut wrong, mut list) = (Vec::new(), List::of(&[TESTS]));
    while let Some(run) = running.join_next().await {
        let (test, complaints) = run.expect("the test runs to its end");
        let verdict = match complaints.is_empty() {
            true => Verdict::Passed,
            false if list.reason(&test.name).is_some() => Verdict::Listed,
            false => {
                wrong.push(format!("{}\n    {}", test.name, complaints.join("\n    ")));
                Verdict::Failed
            }
        };
        counts.add(test.tokens(), verdict);
    }
    let lacks: Vec<String> = lacks.into_iter().map(|(name, n)| format!("{name} ({n})")).collect();
    eprintln!("lacking, with the number of tests that need it: {}", lacks.join(", "));
    counts.print("published tests");
    wrong.extend(form::are_the_known_ones().then(|| list.idle(TESTS)).into_iter().flatten());
    wrong.sort();
    assert!(wrong.is_empty(), "{} tests fail:\n{}", wrong.len(), wrong.join("\n"));
}
