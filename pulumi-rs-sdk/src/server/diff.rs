//! Diff: what a change of inputs means for a resource.

use std::collections::{BTreeSet, HashMap};

use tonic::Status;

use super::proto::diff_response::DiffChanges;
use super::proto::property_diff::Kind;
use super::proto::{DiffRequest, DiffResponse, PropertyDiff};
use super::session::Session;
use super::wire::decode;
use crate::diff::{Change, ChangeKind, Diff, diff as compare};
use crate::provider::{Known, Provider};
use crate::table::Resource;
use crate::value::reveal;

/// Compares plain values, so that a mark alone is no change.
pub fn diff<P: Provider>(
    session: &Session<P>,
    request: DiffRequest,
) -> Result<DiffResponse, Status> {
    let (target, _) = session.target(request.urn)?;
    let old = Known {
        inputs: reveal(decode("old_inputs", request.old_inputs)?),
        outputs: reveal(decode("olds", request.olds)?),
    };
    let news = reveal(decode("news", request.news)?);
    let diff = compare(target.resource, &old, &news, &request.ignore_changes);
    Ok(response(target.resource, &diff))
}

fn response(resource: &Resource, diff: &Diff) -> DiffResponse {
    let top = |changes: &mut dyn Iterator<Item = &Change>| -> Vec<String> {
        let names: BTreeSet<&str> = changes.map(|change| change.path.top()).collect();
        names.into_iter().map(str::to_owned).collect()
    };
    let detailed_diff: HashMap<String, PropertyDiff> = diff
        .changes
        .iter()
        .map(|change| {
            let detail = PropertyDiff { kind: kind(change).into(), input_diff: change.input_diff };
            (change.path.to_string(), detail)
        })
        .collect();
    let changes = match diff.changes.is_empty() {
        true => DiffChanges::DiffNone,
        false => DiffChanges::DiffSome,
    };
    DiffResponse {
        replaces: top(&mut diff.changes.iter().filter(|change| change.replaces)),
        stables: stables(resource, diff),
        delete_before_replace: diff.delete_before_replace,
        changes: changes.into(),
        diffs: top(&mut diff.changes.iter()),
        detailed_diff,
        has_detailed_diff: true,
    }
}

/// The inputs that an update cannot change, and that do not change now.
fn stables(resource: &Resource, diff: &Diff) -> Vec<String> {
    resource
        .inputs()
        .filter(|field| field.replaces && !diff.touches(field.name))
        .map(|field| field.name.to_owned())
        .collect()
}

fn kind(change: &Change) -> Kind {
    match (change.kind, change.replaces) {
        (ChangeKind::Add, false) => Kind::Add,
        (ChangeKind::Add, true) => Kind::AddReplace,
        (ChangeKind::Update, false) => Kind::Update,
        (ChangeKind::Update, true) => Kind::UpdateReplace,
        (ChangeKind::Delete, false) => Kind::Delete,
        (ChangeKind::Delete, true) => Kind::DeleteReplace,
    }
}
