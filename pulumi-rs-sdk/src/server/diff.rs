//! Diff: what a change of inputs means for a resource.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use tonic::Status;

use super::proto::diff_response::DiffChanges;
use super::proto::property_diff::Kind;
use super::proto::{DiffRequest, DiffResponse, PropertyDiff};
use super::receive::receive;
use super::session::Session;
use super::status::code;
use crate::diff::{Change, ChangeKind, Diff, Stay, diff as compare};
use crate::path::PropertyPath;
use crate::provider::{Known, NoteRequest, Provider};
use crate::state::said;
use crate::table::{Literal, Resource};
use crate::value::{reveal, revealed};

/// Compares plain values, so that a mark alone is no change.
pub fn diff<P: Provider>(
    session: &Session<P>,
    request: DiffRequest,
) -> Result<DiffResponse, Status> {
    let (target, _) = session.target(request.urn)?;
    let fields = target.resource.fields;
    let old = Known {
        inputs: said(fields, reveal(receive("old_inputs", request.old_inputs)?)),
        outputs: reveal(receive("olds", request.olds)?),
    };
    let received = receive("news", request.news)?;
    // What has marks is kept, for texts without secrets.
    let (marked, plain) = match revealed(&received) {
        Cow::Owned(plain) => (Some(received), plain),
        Cow::Borrowed(_) => (None, received),
    };
    let news = said(fields, plain);
    let diff = compare(target.resource, &old, &news, &request.ignore_changes);
    if session.is_checked(&target.urn) {
        if !diff.fixed.is_empty() {
            session.log(&target.urn, &session.secrets()).warning(fixed(&diff.fixed));
        }
        if !diff.stays.is_empty() && !diff.replaces() {
            session.log(&target.urn, &session.secrets()).warning(stays(&diff.stays));
        }
        let noted = target.code.note(
            &session.provider,
            &NoteRequest {
                resource: target.resource,
                urn: &target.urn,
                id: &request.id,
                old: &old,
                news: &news,
                changes: !diff.changes.is_empty(),
            },
        );
        let secrets = || session.secrets().and(fields, marked.as_ref().unwrap_or(&news));
        match noted {
            Ok(None) => {}
            Ok(Some(warning)) => session.log(&target.urn, &secrets()).warning(warning),
            Err(error) => {
                return Err(Status::new(code(error.kind), secrets().redacted(error.message)));
            }
        }
    }
    Ok(response(target.resource, &diff))
}

/// What the user is told of properties that the program gives and the server alone sets.
fn fixed(paths: &[PropertyPath]) -> String {
    let names: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
    format!(
        "the server alone sets this in an object of its own, so that what the program gives is not sent: {}",
        names.join(", ")
    )
}

/// What the user is told of properties that left the program and stay on the server.
fn stays(stays: &[Stay]) -> String {
    let names: Vec<String> = stays.iter().map(|stay| format!("`{}`", stay.path)).collect();
    let (leaves, it) = match names.len() {
        1 => ("leaves the program and stays", "it"),
        _ => ("leave the program and stay", "them"),
    };
    let defaults = stays
        .iter()
        .filter_map(|stay| Some(format!("`{}: {}`", stay.path, written(stay.server_default?))));
    let defaults: Vec<String> = defaults.collect();
    let by_itself = match defaults.is_empty() {
        true => String::new(),
        false => format!(" (the server's own is {})", defaults.join(", ")),
    };
    format!(
        "{} {leaves} as on the server, since no value clears {it}: to change {it}, give the value that \
         is wanted{by_itself}",
        names.join(", ")
    )
}

/// A scalar as a program writes it.
fn written(literal: Literal) -> String {
    match literal {
        Literal::Bool(flag) => flag.to_string(),
        Literal::Int(number) => number.to_string(),
        Literal::String(text) => format!("{text:?}"),
    }
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
        .filter(|field| field.is_replacing() && !diff.touches(field.name))
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::server::demo::{TOKEN, check, configured, properties, secret};
    use crate::server::testing::{self, Changes, Detail, Diffed, urn};
    use crate::value::{Object, Value};

    fn asked(old: Object, news: Object) -> testing::Diff {
        let old = Known { inputs: old.clone(), outputs: old };
        testing::Diff { urn: urn(TOKEN, "b"), id: "box-1".into(), old, news, ..Default::default() }
    }

    #[tokio::test]
    async fn a_mark_or_an_internal_key_alone_is_no_change() {
        let (_, client) = configured().await;
        let old = properties([
            ("content", secret("x")),
            ("password", "y".into()),
            ("__meta", "{}".into()),
            ("__defaults", Vec::<&str>::new().into()),
        ]);
        let news = properties([("content", "x".into()), ("password", secret("y"))]);
        let diffed = client.diff(asked(old, news)).await.unwrap();
        assert_eq!(
            diffed,
            Diffed {
                changes: Changes::None,
                diffs: vec![],
                replaces: vec![],
                stables: vec!["material".into()],
                detailed: Some(BTreeMap::new()),
                delete_before_replace: false,
            }
        );
    }

    #[tokio::test]
    async fn changes_are_told_by_path_and_by_top_level_property() {
        let (_, client) = configured().await;
        let old = properties([
            ("labels", properties([("a.b", "1".into()), ("c", "2".into())]).into()),
            ("material", "wood".into()),
        ]);
        let news = properties([
            ("labels", properties([("a.b", "3".into()), ("d", "4".into())]).into()),
            ("material", "tin".into()),
        ]);
        let diffed = client.diff(asked(old, news)).await.unwrap();
        let detailed: Vec<(String, String)> = diffed
            .detailed
            .unwrap()
            .into_iter()
            .map(|(path, Detail { kind, .. })| (path, kind))
            .collect();
        let expected = [
            ("labels.c", "DELETE"),
            ("labels.d", "ADD"),
            ("labels[\"a.b\"]", "UPDATE"),
            ("material", "UPDATE_REPLACE"),
        ];
        assert_eq!(detailed, expected.map(|(path, kind)| (path.to_owned(), kind.to_owned())));
        assert_eq!(diffed.changes, Changes::Some);
        assert_eq!(diffed.diffs, ["labels", "material"]);
        assert_eq!(diffed.replaces, ["material"]);
        assert_eq!(diffed.stables, [""; 0]);
    }

    #[tokio::test]
    async fn a_block_that_comes_or_goes_replaces_and_one_that_changes_does_not() {
        struct Case {
            old: Option<&'static str>,
            new: Option<&'static str>,
            replaces: &'static [&'static str],
        }
        let cases = [
            Case { old: None, new: Some("1"), replaces: &["lock"] },
            Case { old: Some("1"), new: None, replaces: &["lock"] },
            Case { old: Some("1"), new: Some("2"), replaces: &[] },
        ];
        let (_, client) = configured().await;
        for Case { old, new, replaces } in cases {
            let lock = |code: &str| properties([("code", code.into())]).into();
            let state = |code: Option<&str>| properties([("lock", code.map_or(Value::Null, lock))]);
            let diffed = client.diff(asked(state(old), state(new))).await.unwrap();
            assert_eq!(diffed.replaces, replaces, "{old:?} {new:?}");
            assert_eq!(diffed.changes, Changes::Some, "{old:?} {new:?}");
            assert_eq!(diffed.delete_before_replace, !replaces.is_empty(), "its name is given");
            let paths: Vec<String> = diffed.detailed.unwrap().into_keys().collect();
            assert!(paths.iter().all(|path| path.starts_with("lock")), "{paths:?}");
        }
        let untouched = asked(properties([]), properties([("content", "x".into())]));
        assert_eq!(client.diff(untouched).await.unwrap().replaces, [""; 0]);
    }

    #[tokio::test]
    async fn what_the_program_cannot_have_is_a_failure_but_not_what_a_refresh_finds() {
        let (_, client) = configured().await;
        let news = [("act", "two".into()), ("content", secret("canary"))];
        let request = || asked(properties([]), properties(news.clone()));
        client.diff(request()).await.expect("it may have left the program");
        client.check(check(news.clone())).await.unwrap();
        let failure = client.diff(request()).await.unwrap_err();
        assert_eq!(failure.to_string(), "AlreadyExists: [secret] is in another box");
    }

    #[tokio::test]
    async fn what_the_provider_warns_of_is_told_without_secrets() {
        let (_, client) = configured().await;
        let news = [("act", "warn".into()), ("content", secret("canary"))];
        client.check(check(news.clone())).await.unwrap();
        client.diff(asked(properties([]), properties(news))).await.unwrap();
        // It is delivered before the answer to a Cancel.
        client.cancel().await.unwrap();
        let told: Vec<String> = client.messages().await.into_iter().map(|m| m.text).collect();
        assert_eq!(told, ["[secret] is in another box"]);
    }

    #[test]
    fn what_stays_is_told_by_name_with_what_the_server_gives_itself() {
        let stay =
            |name: &str, server_default| Stay { path: PropertyPath::of(name), server_default };
        assert_eq!(
            stays(&[stay("kind", None)]),
            "`kind` leaves the program and stays as on the server, since no value clears it: to change it, \
             give the value that is wanted"
        );
        assert_eq!(
            stays(&[stay("on", Some(Literal::Bool(true))), stay("kind", None)]),
            "`on`, `kind` leave the program and stay as on the server, since no value clears them: to \
             change them, give the value that is wanted (the server's own is `on: true`)"
        );
    }

    #[tokio::test]
    async fn ignored_changes_are_none() {
        let (_, client) = configured().await;
        let (old, news) =
            (properties([("content", "a".into())]), properties([("content", "b".into())]));
        let request = testing::Diff { ignore_changes: vec!["content".into()], ..asked(old, news) };
        assert_eq!(client.diff(request).await.unwrap().changes, Changes::None);
    }
}
