//! How changes of a list are put into requests, by what the API takes.

use std::collections::BTreeMap;

use pulumi_rs_sdk::table::rest::{Entries, WireObject, Writing};
use serde_json::{Value as Json, json};

use super::lists::{Key, find, key_of};
use super::wire;
use crate::api::{ApiError, Call, Means, Method, Path, Request};

/// What becomes of an entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Op {
    /// It is there, like this.
    Put(WireObject),
    /// It is not there.
    Take,
}

/// What each entry failed for that did.
type Failed = Vec<(Key, ApiError)>;

/// Writes the changes to a list that holds what is `live`, if the way of writing it needs to know; what each entry failed
/// for that did.
///
/// `order` are the keys of all that is to be there, where that is said.
///
/// # Errors
/// What has nothing to do with an entry: the list is another than could be told then.
pub(super) async fn write(
    call: &Call<'_>,
    of: &Entries,
    path: &Path,
    live: &[WireObject],
    ops: &BTreeMap<Key, Op>,
    order: Option<&[Key]>,
) -> Result<Failed, ApiError> {
    if let Writing::Rewritten { method, member } = of.writing {
        let Some(list) = rewritten(of, live, ops, order) else {
            return Ok(Failed::new());
        };
        let body = match of.listing.keyed {
            Some((_, under)) => by_key(of, under, list),
            None => json!({ member: list }),
        };
        call.send(&Request::write(method.into(), path.clone(), body)).await?;
        return Ok(Failed::new());
    }
    let mut failed = Failed::new();
    for (kind, keys) in sorted(of, live, ops) {
        for keys in keys.chunks(of.writing.at_once(of.at_most)) {
            match send(call, of, path, live, kind, keys, ops).await {
                Ok(()) => {}
                Err(error) if is_of_an_entry(&error) && keys.len() > 1 => {
                    // One of them is refused, and which one is told only alone.
                    for key in keys {
                        let key_alone = std::slice::from_ref(key);
                        match send(call, of, path, live, kind, key_alone, ops).await {
                            Ok(()) => {}
                            Err(error) if is_of_an_entry(&error) => {
                                failed.push((key.clone(), error))
                            }
                            Err(error) => return Err(error),
                        }
                    }
                }
                Err(error) if is_of_an_entry(&error) => {
                    failed.extend(keys.iter().map(|key| (key.clone(), error.clone())));
                }
                Err(error) => return Err(error),
            }
        }
    }
    Ok(failed)
}

/// The list as an object in which what each entry says stands under its key; what says nothing is left out.
fn by_key(of: &Entries, under: &str, list: Vec<Json>) -> Json {
    let entry = |entry: Json| {
        let Json::Object(mut entry) = entry else { return None };
        let (key, said) = (key_of(of, &entry)?.concat(), said(entry.remove(under)?)?);
        Some((key, said))
    };
    Json::Object(list.into_iter().filter_map(entry).collect())
}

/// Whether the entry says nothing, where one that does not is as good as none.
pub(super) fn is_as_good_as_none(of: &Entries, entry: &WireObject) -> bool {
    let says = |under| entry.get(under).cloned().and_then(said).is_some();
    of.listing.keyed.is_some_and(|(_, under)| !says(under))
}

/// What stands under a key, without texts that are empty; `None` where that is nothing.
fn said(json: Json) -> Option<Json> {
    match json {
        Json::Object(mut members) => {
            members.retain(|_, json| !json.is_null() && json != "");
            (!members.is_empty()).then(|| members.into())
        }
        json => (!json.is_null()).then_some(json),
    }
}

/// Whether the API refused what was asked of an entry.
fn is_of_an_entry(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Invalid { .. }
            | ApiError::NotFound { .. }
            | ApiError::Conflict { .. }
            | ApiError::LimitReached { .. }
            | ApiError::Forbidden { .. }
            | ApiError::BadPath { .. }
    )
}

/// What is done with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Take,
    Add,
    Change,
}

/// The keys by what is done with them: first room is made.
fn sorted(of: &Entries, live: &[WireObject], ops: &BTreeMap<Key, Op>) -> [(Doing, Vec<Key>); 3] {
    let is_alone = matches!(of.writing, Writing::OneByOne | Writing::Associated { .. });
    let keys = |doing: Doing| {
        let keys = ops.iter().filter(|(key, op)| match op {
            Op::Take => doing == Doing::Take,
            Op::Put(entry) => match find(of, live, key).filter(|_| is_alone) {
                Some(there) => doing == Doing::Change && !is_in(entry, there),
                None => doing == Doing::Add,
            },
        });
        (doing, keys.map(|(key, _)| key.clone()).collect())
    };
    [keys(Doing::Take), keys(Doing::Add), keys(Doing::Change)]
}

/// Whether an entry that is there has all that is to be put.
fn is_in(entry: &WireObject, there: &WireObject) -> bool {
    entry.iter().all(|(name, value)| there.get(name).unwrap_or(&Json::Null) == value)
}

async fn send(
    call: &Call<'_>,
    of: &Entries,
    path: &Path,
    live: &[WireObject],
    doing: Doing,
    keys: &[Key],
    ops: &BTreeMap<Key, Op>,
) -> Result<(), ApiError> {
    for request in requests(of, path, live, doing, keys, ops) {
        match call.send(&request).await {
            Ok(_) => {}
            // What is not there need not be taken, and what is there not be added.
            Err(ApiError::NotFound { .. }) if doing == Doing::Take => {}
            Err(ApiError::Conflict { .. }) if doing == Doing::Add && is_of_one(of, keys) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether what is refused since it is there is all that was to be added.
fn is_of_one(of: &Entries, keys: &[Key]) -> bool {
    keys.len() == 1 || !matches!(of.writing, Writing::Associated { .. })
}

fn requests(
    of: &Entries,
    path: &Path,
    live: &[WireObject],
    doing: Doing,
    keys: &[Key],
    ops: &BTreeMap<Key, Op>,
) -> Vec<Request> {
    let entry = |key: &Key| match ops.get(key) {
        Some(Op::Put(entry)) => of.written.map_or_else(|| entry.clone(), |write| write(entry)),
        Some(Op::Take) | None => members_of(of, key),
    };
    match of.writing {
        Writing::AddedUnder { member, is_bare } => {
            let listed: Vec<Json> = keys
                .iter()
                .map(|key| match is_bare {
                    true => key.concat().into(),
                    false => entry(key).into(),
                })
                .collect();
            let body = json!({ member: listed });
            let request = match doing {
                Doing::Take => Request { body: Some(body), ..Request::delete(path.clone()) },
                // To add what is there already changes nothing.
                _ => {
                    let means = Means::Sets;
                    Request { means, ..Request::post(path.clone(), body) }
                }
            };
            vec![request]
        }
        Writing::Switched { member } => {
            let switched = keys.iter().map(|key| {
                let mut entry = members_of(of, key);
                entry.insert(member.to_owned(), (doing != Doing::Take).into());
                Json::from(entry)
            });
            vec![Request::write(Method::Patch, path.clone(), switched.collect())]
        }
        Writing::Associated { member } if doing != Doing::Change => {
            let listed = keys.iter().map(|key| match doing {
                Doing::Take => Json::from(key.concat()),
                _ => entry(key).into(),
            });
            let body = json!({ member: listed.collect::<Vec<Json>>() });
            vec![match doing {
                Doing::Take => Request { body: Some(body), ..Request::delete(path.clone()) },
                _ => Request { means: Means::Sets, ..Request::post(path.clone(), body) },
            }]
        }
        Writing::OneByOne | Writing::PutOneByOne | Writing::Associated { .. } => keys
            .iter()
            .filter_map(|key| {
                let at = match of.addressed_by {
                    None => key.iter().fold(path.clone(), |path, part| path.named(part)),
                    // What is not there is added, and need not be taken.
                    Some(_) if doing == Doing::Add => path.clone(),
                    Some(member) => path.clone().named(find(of, live, key)?.get(member)?.as_str()?),
                };
                let rest = || {
                    let mut entry = entry(key);
                    entry.retain(|name, _| !of.key.contains(&name.as_str()));
                    Json::from(entry)
                };
                Some(match doing {
                    Doing::Take => Request::delete(at),
                    Doing::Change => Request::write(Method::Patch, at, rest()),
                    Doing::Add if of.writing == Writing::PutOneByOne => {
                        Request::write(Method::Put, at, rest())
                    }
                    Doing::Add => {
                        let means = Means::Sets;
                        Request { means, ..Request::post(path.clone(), entry(key).into()) }
                    }
                })
            })
            .collect(),
        Writing::Rewritten { .. } => Vec::new(),
    }
}

/// An entry of which only the key is known.
pub(super) fn members_of(of: &Entries, key: &Key) -> WireObject {
    let members = of.key.iter().zip(key);
    members.map(|(name, text)| ((*name).to_owned(), text.as_str().into())).collect()
}

/// The whole list with the changes; `None` where it is so already.
pub(super) fn rewritten(
    of: &Entries,
    live: &[WireObject],
    ops: &BTreeMap<Key, Op>,
    order: Option<&[Key]>,
) -> Option<Vec<Json>> {
    let key = |entry: &WireObject| key_of(of, entry).unwrap_or_default();
    let mut list: Vec<WireObject> = match order {
        Some(order) => order.iter().filter_map(|key| find(of, live, key).cloned()).collect(),
        None => live.to_vec(),
    };
    list.retain(|entry| ops.get(&key(entry)) != Some(&Op::Take));
    for (wanted, op) in ops {
        let Op::Put(members) = op else { continue };
        match list.iter_mut().find(|entry| key(entry) == *wanted) {
            // Under a key stands what the program says, and nothing else.
            Some(entry) if of.listing.keyed.is_some() => *entry = members.clone(),
            // What the API has beside what a program says stays.
            Some(entry) => {
                for (name, json) in members {
                    wire::lay(entry, name, json.clone());
                }
            }
            None => list.push(members.clone()),
        }
    }
    if let Some(order) = order {
        let place = |entry: &WireObject| order.iter().position(|wanted| *wanted == key(entry));
        list.sort_by_key(|entry| place(entry).unwrap_or(usize::MAX));
    }
    let write = |entry: &WireObject| of.written.map_or_else(|| entry.clone(), |write| write(entry));
    let written =
        |list: &[WireObject]| -> Vec<Json> { list.iter().map(|e| write(e).into()).collect() };
    (list != live).then(|| written(&list))
}
