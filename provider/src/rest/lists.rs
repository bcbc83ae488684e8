//! Lists of a parent, whose entries several resources change at once: what was read of them, and their one writer.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pulumi_rs_sdk::table::rest::{Entries, WireObject};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::list::all_entries;
use super::pages::FRESH;
use super::write_entries::{Op, is_as_good_as_none, write};
use crate::api::{ApiError, Asked, Call, Path, Request};

/// What tells an entry from others of its list.
pub(super) type Key = Vec<String>;

/// The entries of a list, as they were read.
pub(super) type Content = Arc<Vec<WireObject>>;

/// What is to become of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Change {
    /// Entries that are to be there, as they are here.
    pub(super) puts: Vec<WireObject>,
    /// Those that are not to be there.
    pub(super) takes: Vec<Key>,
    /// Whether nothing else is to be there, and these in this order.
    pub(super) is_all: bool,
    /// Whether nothing is to become of it where it holds anything else.
    pub(super) refuses_others: bool,
}

/// The lists of a tenant that this process has to do with, by their path.
#[derive(Default)]
pub(super) struct Lists {
    by_path: Mutex<HashMap<Path, Arc<List>>>,
}

/// One list.
///
/// # Guarantees
/// - Changes that come together are put into as few requests as the API lets.
/// - The list is read again after a change: an entry that is not there then is written once more.
/// - What a request of several entries is refused for is told to the one whose entry it is.
#[derive(Default)]
struct List {
    /// Held by the one that reads or writes; what was read last, unless something was written since.
    turn: tokio::sync::Mutex<Option<(Instant, Content)>>,
    waiting: Mutex<Vec<Waiting>>,
}

struct Waiting {
    change: Change,
    told: oneshot::Sender<Result<Content, Untold>>,
}

/// Why a change was not made.
#[derive(Clone, Debug)]
enum Untold {
    Failed(ApiError),
    /// The one that was at it has no more time, or the user stopped it.
    Again,
}

impl Lists {
    /// What is in the list, as it was at some moment of the last seconds.
    ///
    /// # Errors
    /// What the API refused.
    pub(super) async fn read(
        &self,
        call: &Call<'_>,
        of: &Entries,
        path: &Path,
    ) -> Result<Content, ApiError> {
        let list = self.of(path);
        let mut turn = list.turn.lock().await;
        match &*turn {
            Some((read, content)) if read.elapsed() < FRESH => Ok(content.clone()),
            _ => read_again(call, of, path, &mut turn).await,
        }
    }

    /// Changes the list; what is in it then.
    ///
    /// # Errors
    /// What the API refused of this change. That somebody else takes out again what is put there.
    pub(super) async fn change(
        &self,
        call: &Call<'_>,
        of: &Entries,
        path: &Path,
        change: &Change,
    ) -> Result<Content, ApiError> {
        let list = self.of(path);
        loop {
            let (told, mut heard) = oneshot::channel();
            list.waiting().push(Waiting { change: change.clone(), told });
            let turn = tokio::select! {
                biased;
                heard = &mut heard => Err(heard),
                turn = list.turn.lock() => Ok(turn),
            };
            let heard = match turn {
                Err(heard) => heard,
                Ok(mut turn) => {
                    // All that wait are served at once, and this one with them, if nobody has served it before.
                    let batch = std::mem::take(&mut *list.waiting());
                    serve(call, of, path, &mut turn, batch).await;
                    drop(turn);
                    heard.await
                }
            };
            match heard {
                Ok(Ok(content)) => return Ok(content),
                Ok(Err(Untold::Failed(error))) => return Err(error),
                // To put or take an entry twice is as good as once.
                Ok(Err(Untold::Again)) | Err(_) => {}
            }
        }
    }

    fn of(&self, path: &Path) -> Arc<List> {
        let mut lists = self.by_path.lock().unwrap_or_else(PoisonError::into_inner);
        lists.entry(path.clone()).or_default().clone()
    }
}

impl List {
    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        // The list is whole at every moment, so a panic elsewhere does not spoil it.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes all of these changes, and tells each of those that wait what became of its own.
///
/// The first of them is the one that does it: only for it is its own end an error.
async fn serve(
    call: &Call<'_>,
    of: &Entries,
    path: &Path,
    turn: &mut Option<(Instant, Content)>,
    batch: Vec<Waiting>,
) {
    let changes: Vec<&Change> = batch.iter().map(|waiting| &waiting.change).collect();
    let result = make(call, of, path, turn, &changes).await;
    let mut is_first = true;
    for (index, Waiting { change, told }) in batch.into_iter().enumerate() {
        let own = match &result {
            Ok(Made { content, failed, refused }) => {
                match refused.get(&index).or_else(|| failure(of, &change, failed)) {
                    Some(error) => Err(Untold::Failed(error.clone())),
                    None => Ok(content.clone()),
                }
            }
            Err(error) if !is_first && is_of_the_caller(error) => Err(Untold::Again),
            Err(error) => Err(Untold::Failed(error.clone())),
        };
        is_first = false;
        // One that does not wait any more need not be told.
        let _ = told.send(own);
    }
}

/// Whether the call ended, and not what it asked for.
fn is_of_the_caller(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::Deadline { .. } | ApiError::RateLimited { .. } | ApiError::Capped { .. }
    )
}

type Failed = BTreeMap<Key, ApiError>;

fn failure<'a>(of: &Entries, change: &Change, failed: &'a Failed) -> Option<&'a ApiError> {
    let puts = change.puts.iter().filter_map(|entry| key_of(of, entry));
    puts.chain(change.takes.iter().cloned()).find_map(|key| failed.get(&key))
}

/// What became of changes.
struct Made {
    content: Content,
    /// What each entry failed for that did.
    failed: Failed,
    /// Why those were not even tried, by their place, that were not.
    refused: BTreeMap<usize, ApiError>,
}

/// Makes the changes.
async fn make(
    call: &Call<'_>,
    of: &Entries,
    path: &Path,
    turn: &mut Option<(Instant, Content)>,
    changes: &[&Change],
) -> Result<Made, ApiError> {
    let mut refused = BTreeMap::new();
    if changes.iter().any(|change| change.refuses_others) {
        let live = read_again(call, of, path, turn).await?;
        let asked = Asked::of(&Request::get(path.clone()))?;
        for (index, change) in changes.iter().enumerate().filter(|(_, c)| c.refuses_others) {
            let others = others(of, &live, change);
            if !others.is_empty() {
                refused.insert(index, ApiError::NotEmpty { asked: asked.clone(), others });
            }
        }
    }
    let changes = changes.iter().enumerate().filter(|(index, _)| !refused.contains_key(index));
    let changes: Vec<&Change> = changes.map(|(_, change)| *change).collect();
    let mut left = ops(of, &changes);
    let all = changes.iter().rev().find(|change| change.is_all);
    let order: Option<Vec<Key>> = all.map(|all| {
        let keys = all.puts.iter().filter_map(|entry| key_of(of, entry));
        keys.collect()
    });
    let mut failed = Failed::new();
    for is_last in [false, true] {
        let live = match of.writing.needs_the_list() {
            true => read_again(call, of, path, turn).await?,
            false => Content::default(),
        };
        // Whatever becomes of it: what was read before may not be so any more.
        *turn = None;
        failed.extend(write(call, of, path, &live, &left, order.as_deref()).await?);
        let content = read_again(call, of, path, turn).await?;
        left.retain(|key, op| !failed.contains_key(key) && !is_done(of, &content, key, op));
        if left.is_empty() {
            return Ok(Made { content, failed, refused });
        }
        if is_last {
            let asked = Asked::of(&Request::get(path.clone()))?;
            let lost =
                left.keys().map(|key| (key.clone(), ApiError::Undone { asked: asked.clone() }));
            failed.extend(lost);
            return Ok(Made { content, failed, refused });
        }
    }
    Ok(Made { content: Content::default(), failed, refused })
}

/// What is in the list beside what is to be put there, by its key.
fn others(of: &Entries, live: &[WireObject], change: &Change) -> Vec<String> {
    let is_wanted = |key: &Key| find(of, &change.puts, key).is_some();
    let keys = live.iter().filter_map(|entry| key_of(of, entry));
    keys.filter(|key| !is_wanted(key)).map(|key| key.join(" ")).collect()
}

/// What becomes of each entry: of two that want it otherwise, the one that came last counts.
fn ops(of: &Entries, changes: &[&Change]) -> BTreeMap<Key, Op> {
    let mut ops = BTreeMap::new();
    for change in changes {
        ops.extend(change.takes.iter().map(|key| (key.clone(), Op::Take)));
        for entry in &change.puts {
            if let Some(key) = key_of(of, entry) {
                ops.insert(key, Op::Put(entry.clone()));
            }
        }
    }
    ops
}

fn is_done(of: &Entries, content: &[WireObject], key: &Key, op: &Op) -> bool {
    let is_there = find(of, content, key).is_some();
    match op {
        Op::Put(entry) => is_there || is_as_good_as_none(of, entry),
        Op::Take => !is_there,
    }
}

async fn read_again(
    call: &Call<'_>,
    of: &Entries,
    path: &Path,
    turn: &mut Option<(Instant, Content)>,
) -> Result<Content, ApiError> {
    let items = all_entries(call, path, of, &[]).await?;
    let content: Content = Arc::new(items.into_iter().filter_map(|item| entry(of, item)).collect());
    *turn = Some((Instant::now(), content.clone()));
    Ok(content)
}

/// An item of a list as an entry: a bare text is its key.
pub(super) fn entry(of: &Entries, item: serde_json::Value) -> Option<WireObject> {
    match item {
        serde_json::Value::Object(members) => Some(members),
        text @ serde_json::Value::String(_) => {
            Some(WireObject::from_iter([(of.key[0].to_owned(), text)]))
        }
        _ => None,
    }
}

/// What tells the entry from others; `None` where it does not say.
pub(super) fn key_of(of: &Entries, entry: &WireObject) -> Option<Key> {
    let parts = of.key.iter().map(|path| {
        let mut names = path.split('.');
        let first = entry.get(names.next()?)?;
        let found = names.try_fold(first, |at, name| at.get(name))?;
        found.as_str().map(str::to_owned)
    });
    parts.collect()
}

/// The entry of that key.
pub(super) fn find<'a>(
    of: &Entries,
    content: &'a [WireObject],
    key: &Key,
) -> Option<&'a WireObject> {
    content.iter().find(|entry| key_of(of, entry).as_ref() == Some(key))
}

#[cfg(test)]
mod tests;
