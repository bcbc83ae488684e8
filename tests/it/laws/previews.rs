//! What a preview promises: no output that a create or an update changed was shown as kept.

use pulumi_rs_sdk::table::{Kind, Presence, Resource, Sent};
use pulumi_rs_sdk::testing::Program;
use pulumi_rs_sdk::value::Object;
use tests::{Pick, sample};

use super::field_life::{
    REQUIRED_BY_THE_API, beside, holder, is_asked_for, to_the_end, with_what_goes_along,
};
use super::resources;
use super::rows::{Row, rows};
use super::subject::Subject;
use crate::engine;

/// The programs that set the row, change it and take it away; none where it cannot stand beside its neighbours.
fn programs(subject: &Subject, resource: &Resource, row: &Row) -> Vec<Object> {
    let (names, field) = (row.names(), row.field());
    let mut set = subject.least(resource, row.top());
    set.entry(names[0].to_owned()).or_insert_with(|| sample(row.top(), Pick::First));
    beside(resource, row.top(), &mut set);
    row.let_count(resource, &mut set);
    if !holder(&mut set, &names).contains_key(field.name) {
        return Vec::new();
    }
    let mut programs = vec![set.clone()];
    let changes = row.way().iter().all(|row| !row.is_replacing());
    // Another row takes its place there.
    let alone =
        resource.name != "ClientGrant" || !["allowAllScopes", "scopes"].contains(&field.name);
    if changes && field.sent == Sent::CreateAndChange && alone {
        let mut changed = set.clone();
        holder(&mut changed, &names).insert(field.name.to_owned(), sample(field, Pick::Second));
        programs.push(changed);
        let required =
            is_asked_for(field) || REQUIRED_BY_THE_API.contains(&names.join(".").as_str());
        if field.presence != Presence::Required && !required {
            holder(&mut set, &names).remove(field.name);
            if names.len() == 1 {
                with_what_goes_along(resource, field)
                    .iter()
                    .for_each(|name| drop(set.remove(*name)));
            }
            if let Some(version) = field.sent_with() {
                set.remove(version);
            }
            programs.push(set);
        }
    }
    programs
}

/// Lives through the programs; a preview that promised too much is a panic.
async fn live(subject: &Subject, resource: &'static Resource, row: &Row) -> usize {
    let when = format!("{}.{}", resource.name, row.path());
    let mut program = Program::new(resource, subject.urn(resource));
    let programs = programs(subject, resource, row);
    let lived = programs.len();
    for given in programs {
        let up = program.up(&subject.engine, given).await;
        up.unwrap_or_else(|failure| panic!("{when}: {failure}"));
    }
    if program.held().is_some() {
        // The process lets nothing go that it has made in the same operation.
        engine::configure(&subject.engine, engine::of(&subject.tenant)).await;
        let down = program.down(&subject.engine).await;
        down.unwrap_or_else(|failure| panic!("{when}: {failure}"));
    }
    lived
}

#[tokio::test(flavor = "multi_thread")]
async fn no_output_that_changed_was_shown_as_kept() {
    let subject = Subject::start().await;
    let (mut failed, mut lived) = (Vec::new(), 0);
    for resource in resources() {
        // Elements of lists are of the list.
        let in_no_list = |row: &&Row| {
            let way = row.way();
            way[..way.len() - 1].iter().all(|row| !matches!(row.kind, Kind::List(_)))
        };
        for row in rows(resource).iter().filter(in_no_list) {
            match to_the_end(live(&subject, resource, row)).await {
                Ok(programs) => lived += programs,
                Err(panic) => failed.push(format!("{}.{}: {panic}", resource.name, row.path())),
            }
        }
    }
    assert!(failed.is_empty(), "{} rows failed:\n{}", failed.len(), failed.join("\n"));
    assert!(lived > resources().count(), "hardly a program was tried");
}
