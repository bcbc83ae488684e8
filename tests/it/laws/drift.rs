//! What somebody sets beside the program: a refresh shows it, and the next update takes it away again.

use std::time::Duration;

use pulumi_rs_sdk::state::{is_absent, same};
use pulumi_rs_sdk::table::rest::{
    Class, Constraint, Field, Kind, Literal, Presence, Reset, Resource, Sent,
};
use pulumi_rs_sdk::testing::{Changes, Check};
use pulumi_rs_sdk::value::{Object, Value};
use tests::{Pick, sample};
use tokio::time::timeout;

use super::field_life::{REQUIRED_BY_THE_API, beside, echoes, holder, to_the_end};
use super::resources;
use super::rows::{Row, rows};
use super::subject::{Stored, Subject};

/// How long a message may take to arrive; waited for in full only where it is missing.
const SOON: Duration = Duration::from_secs(5);

/// A program, and the same with what somebody has set in one row.
struct Drift {
    mine: Object,
    theirs: Object,
}

/// The drifts to try on a row; those that only say what the server says by itself are no drift.
fn drifts(subject: &Subject, resource: &Resource, row: &Row) -> Vec<Drift> {
    let (names, field) = (row.names(), row.field());
    let mut mine = subject.least(resource, row.top());
    if names.len() > 1 {
        mine.insert(names[0].to_owned(), sample(row.top(), Pick::First));
    }
    row.let_count(resource, &mut mine);
    // It may be that it cannot stand beside its neighbours.
    if names.len() > 1 && holder(&mut mine, &names).remove(field.name).is_none() {
        return Vec::new();
    }
    let with = |program: &Object, value: Value| {
        let mut program = program.clone();
        let asks_for_something = names.len() == 1 && !is_absent(field, &value);
        holder(&mut program, &names).insert(field.name.to_owned(), value);
        if asks_for_something {
            beside(resource, field, &mut program);
        }
        program
    };
    let mut drifts = Vec::new();
    // Of colors the API knows two and no others.
    if let (Kind::Map(_), Value::Object(entries)) = (field.kind, sample(field, Pick::First))
        && field.name != "colors"
    {
        let foreign = ("foreign".to_owned(), entries["key"].clone());
        let more = entries.clone().into_iter().chain([foreign]).collect::<Object>();
        let mine = with(&mine, entries.into());
        drifts.push(Drift { theirs: with(&mine, more.into()), mine });
    }
    let picks = [Pick::Second, Pick::First].map(|pick| sample(field, pick));
    let says_nothing = |value: &Value| field.is_usual(value) || is_absent(field, value);
    if picks.iter().all(says_nothing) {
        // Of values that the server gives by itself, or that say nothing, nobody can make a drift.
        return drifts;
    }
    let theirs = picks.map(|value| with(&mine, value));
    drifts.extend(theirs.map(|theirs| Drift { mine: mine.clone(), theirs }));
    drifts
}

/// Whether an update can change the row, and answers tell it.
fn can_drift(resource: &Resource, row: &Row) -> bool {
    let changes = |field: &&Field| {
        field.sent == Sent::CreateAndChange
            && !field.is_replacing()
            && !field.write_only
            && !field.never_stored
            // What others put into it is theirs.
            && field.guarded_by().is_none()
            && !matches!(field.kind, Kind::List(_)) | std::ptr::eq(*field, row.field())
    };
    // What Check fills in with the only value that there is cannot be another.
    let is_fixed = matches!((row.field().constraint, row.field().default),
        (Constraint::OneOf([only]), Some(Literal::String(filled))) if *only == filled);
    let names = row.names();
    let required = REQUIRED_BY_THE_API.contains(&names.join(".").as_str())
        || row.field().presence == Presence::Required;
    let comes_or_goes = row.field().replaces_if_it_comes_or_goes;
    // Without them a grant is for all scopes, which is another row.
    let alone = !(resource.name == "ClientGrant" && row.field().name == "scopes");
    // A part of which the program says nothing is not read.
    let says_more = |block: &Field| match block.kind {
        Kind::Object(of) => names.len() > 1 && of.fields.len() > 1,
        _ => false,
    };
    // What may be hidden is read where the program gives it.
    let is_shown = !matches!(names[..], ["phone", "options" | "provider", ..]);
    let is_read = !matches!(resource.class, Class::Parts(_)) || is_shown && says_more(row.top());
    row.way().iter().all(changes) && !required && !comes_or_goes && alone && is_read && !is_fixed
}

/// The value of a row in outputs.
fn value_of(outputs: &Object, names: &[&str]) -> Value {
    let (last, blocks) = names.split_last().expect("a way leads somewhere");
    let block = blocks.iter().try_fold(outputs, |at, name| at.get(*name)?.as_object());
    block.and_then(|block| block.get(*last)).cloned().unwrap_or(Value::Null)
}

/// Lives through one drift; returns whether it was one.
async fn live(subject: &Subject, resource: &'static Resource, row: &Row, drift: &Drift) -> bool {
    let names = row.names();
    let when = format!("{}.{}", resource.name, names.join("."));
    let inputs = subject.check(resource, &drift.mine, &Object::new()).await;
    let created = subject.create(resource, &inputs).await;
    let mine = created.unwrap_or_else(|error| panic!("{when}: {error}"));
    let theirs = subject.check(resource, &drift.theirs, &inputs).await;
    // Another stack that has the same object sets it.
    let set = subject.update(resource, &mine, &theirs).await;
    let set = set.unwrap_or_else(|error| panic!("{when}: {error}"));
    let (was, now) = (&mine.state.outputs, &set.state.outputs);
    let (was, now) = (value_of(was, &names), value_of(now, &names));
    let is_drift = !same(row.field(), &was, &now) && !row.field().is_usual(&now);
    if is_drift {
        subject.engine.messages().await;
        let found = subject.read(resource, &mine.id, Some(mine.state.clone())).await;
        let found = found.unwrap_or_else(|| panic!("{when}: gone"));
        let diff = subject.diff(resource, &found, &inputs).await;
        let names = shown_as(resource, &names);
        let shown = diff.detailed.iter().flatten().any(|(path, _)| is_about(path, &names));
        let owned = row.field().presence == Presence::Optional
            && row.field().reset != Reset::Keep
            && gives_what_is_around(&drift.mine, row);
        assert!(shown || !owned, "{when} was set by hand, and a refresh shows {diff:?}");
        if shown {
            cleared(subject, resource, &mine, &found, row).await;
        } else {
            told(subject, &names, &when).await;
            assert_eq!(diff.changes, Changes::None, "{when}: {diff:?}");
        }
    }
    subject.delete(resource, &mine).await;
    is_drift
}

/// The row under which answers have it: the addresses of a logout stand under their newer name.
fn shown_as<'a>(resource: &Resource, names: &[&'a str]) -> Vec<&'a str> {
    match (resource.name, names) {
        ("Client", ["oidcBackchannelLogoutUrls"]) => vec!["oidcLogout"],
        (_, names) => names.to_vec(),
    }
}

/// Whether the program says something of the computed blocks that the row is in: else they are left to the
/// server.
fn gives_what_is_around(program: &Object, row: &Row) -> bool {
    let mut at = program;
    row.way()[..row.way().len() - 1].iter().all(|block| match at.get(block.name) {
        Some(Value::Object(inner)) => {
            at = inner;
            !inner.is_empty() || block.presence != Presence::Computed
        }
        _ => false,
    })
}

/// Whether a path of a diff or a message is that of the row, or of what is in it, or of a block around it.
fn is_about(path: &str, names: &[&str]) -> bool {
    let steps = path.split(['.', '[']);
    steps.zip(names).all(|(step, name)| step == *name)
}

/// The next update clears what the refresh found, and then nothing differs any more.
async fn cleared(
    subject: &Subject,
    resource: &'static Resource,
    mine: &Stored,
    found: &Stored,
    row: &Row,
) {
    let names = row.names();
    let when = format!("{}.{} cleared", resource.name, names.join("."));
    subject.requests();
    let updated = subject.update(resource, found, &mine.state.inputs).await;
    let updated = updated.unwrap_or_else(|error| panic!("{when}: {error}"));
    let mut requests = subject.requests();
    // A list is read before and after it is changed.
    let is_entry = matches!(resource.class, Class::Member(_) | Class::Members(_));
    requests.retain(|request| !((is_entry || echoes(resource)) && request.method == "GET"));
    let most = match resource.class {
        Class::Parts(of) => of.parts.len(),
        _ => 2,
    };
    assert!((1..=most).contains(&requests.len()), "{when}: {requests:#?}");
    subject.settled(resource, &updated, &mine.state.inputs, &when).await;
    let (was, now) = (&mine.state.outputs, &updated.state.outputs);
    let (was, now) = (value_of(was, &names), value_of(now, &names));
    assert!(same(row.field(), &was, &now), "{when}: {was:?}, yet then {now:?}");
}

/// The refresh names what the program leaves to the server.
async fn told(subject: &Subject, names: &[&str], when: &str) {
    let named = async {
        while let Some(message) = subject.engine.next_message().await {
            let mut quoted = message.text.split('`').skip(1).step_by(2);
            if message.text.starts_with("changed on") && quoted.any(|path| is_about(path, names)) {
                return;
            }
        }
    };
    let told = timeout(SOON, named).await;
    assert!(told.is_ok(), "{when} was set by hand, and a refresh neither shows nor tells it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_sets_by_hand_shows_and_goes_again_or_is_told() {
    let subject = Subject::start().await;
    let mut failed = Vec::new();
    for resource in resources() {
        for row in rows(resource).iter().filter(|row| can_drift(resource, row)) {
            // Settings are as the row before has left them.
            let own = Subject::of_its_own(resource).await;
            let subject = own.as_ref().unwrap_or(&subject);
            let drifts = drifts(subject, resource, row);
            let (mut drifted, cannot) = (false, drifts.is_empty());
            for drift in drifts {
                match to_the_end(live(subject, resource, row, &drift)).await {
                    Ok(is_drift) => drifted |= is_drift,
                    Err(panic) => failed.push(panic),
                }
            }
            if !drifted && !cannot {
                failed.push(format!("{}.{}: no value was a drift", resource.name, row.path()));
            }
        }
    }
    assert!(failed.is_empty(), "{} drifts failed:\n{}", failed.len(), failed.join("\n"));
}

/// The blocks that say nothing where nothing is in them, at every level.
fn empty_blocks(resource: &Resource) -> Vec<Row> {
    let says_nothing = |field: &Field| match field.kind {
        Kind::Object(of) => !field.switch && !of.fields.is_empty(),
        _ => false,
    };
    let in_no_list = |row: &Row| row.way().iter().all(|field| says_nothing(field) || field.switch);
    // What a program has to give says something.
    let may_be_left_out = |row: &Row| row.field().presence != Presence::Required;
    let is_one = |row: &Row| says_nothing(row.field()) && may_be_left_out(row) && in_no_list(row);
    rows(resource).into_iter().filter(is_one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_without_anything_in_it_is_neither_sent_nor_a_difference() {
    let subject = Subject::start().await;
    for resource in resources() {
        for row in empty_blocks(resource) {
            let when = format!("{}.{}", resource.name, row.path());
            let least = subject.least(resource, row.top());
            let (mut without, mut with) = (least.clone(), least);
            // The blocks around it hold nothing else, but for switches, which say something by themselves.
            put(&mut with, row.way(), Object::new().into());
            let switch = row.way().iter().rposition(|field| field.switch);
            if let Some(switch) = switch {
                put(&mut without, &row.way()[..=switch], Object::new().into());
            }
            if !accepted(&subject, resource, &with).await {
                continue;
            }
            let bare = subject.check(resource, &without, &Object::new()).await;
            let given = subject.check(resource, &with, &Object::new()).await;
            if holds_defaults(&given, &row.names()) {
                continue;
            }
            subject.requests();
            let stored = subject.create(resource, &bare).await;
            let stored = stored.unwrap_or_else(|error| panic!("{when}: {error}"));
            let expected = sent_first(&subject);
            let diff = subject.diff(resource, &stored, &given).await;
            assert_eq!(diff.changes, Changes::None, "{when}: {diff:?}");
            subject.delete(resource, &stored).await;

            subject.requests();
            let stored = subject.create(resource, &given).await;
            let stored = stored.unwrap_or_else(|error| panic!("{when}: {error}"));
            assert_eq!(sent_first(&subject), expected, "{when}");
            subject.settled(resource, &stored, &given, &when).await;
            let diff = subject.diff(resource, &stored, &bare).await;
            assert_eq!(diff.changes, Changes::None, "{when}: {diff:?}");
            subject.delete(resource, &stored).await;
        }
    }
}

/// What the first request held; nothing where none was sent, since nothing was said.
fn sent_first(subject: &Subject) -> Option<String> {
    subject.requests().first().map(|request| request.request_body.to_string())
}

fn put(program: &mut Object, way: &[&'static Field], value: Value) {
    let (last, blocks) = way.split_last().expect("a way leads somewhere");
    let holder = blocks.iter().fold(program, |at, field| {
        match at.entry(field.name.to_owned()).or_insert_with(|| Object::new().into()) {
            Value::Object(inner) => inner,
            other => panic!("{} is {other:?}", field.name),
        }
    });
    holder.insert(last.name.to_owned(), value);
}

/// Whether a program may give it: some blocks require what is in them.
async fn accepted(subject: &Subject, resource: &Resource, program: &Object) -> bool {
    let check = Check {
        urn: subject.urn(resource),
        olds: Object::new(),
        news: program.clone(),
        seed: vec![7; 32],
        autonaming: None,
    };
    let failures = subject.engine.check(check).await.expect("Check answers").failures;
    let missing = |reason: &str| {
        ["missing", "is required", "required where", "must be true"]
            .iter()
            .any(|words| reason.contains(words))
    };
    assert!(failures.iter().all(|failure| missing(&failure.reason)), "{program:?}: {failures:?}");
    failures.is_empty()
}

/// Whether Check filled something in, in the block or one around it, so that it says something.
fn holds_defaults(inputs: &Object, names: &[&str]) -> bool {
    let mut at = Some(inputs);
    for name in names {
        at = at.and_then(|at| at.get(*name)?.as_object());
        let filled = at.and_then(|at| at.get("__defaults"));
        if filled.is_some_and(|filled| filled != &Value::Array(Vec::new())) {
            return true;
        }
    }
    false
}
