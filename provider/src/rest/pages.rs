//! Reads that come together are served by pages of their collection: what pages showed, and when one is asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pulumi_rs_sdk::table::WireObject;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::site::Home;
use crate::api::Path;

/// How long what a page showed may be taken for what is there.
pub(super) const FRESH: Duration = Duration::from_secs(10);
/// How long no page is asked for after one that could not be had.
const DISCOURAGED: Duration = Duration::from_secs(60);
/// What a page costs, and what each read that it serves is worth.
const PAGE: u64 = 16;
/// The worth of a read that had to go alone: now and then another page is tried.
const ALONE: u64 = 1;
/// As many pages are asked for before one has served anything.
const FREE: u64 = 2;

/// The shelves of a tenant, one for each list of its API.
#[derive(Default)]
pub(super) struct Shelves {
    by_list: Mutex<HashMap<Path, Arc<Shelf>>>,
}

/// What pages of one collection showed, until it is read.
///
/// The first read of a burst goes alone; those that follow are served by pages as long as these pay.
///
/// # Guarantees
/// - Never more than two pages, and one more for each 16 reads, are asked for in vain: however large the
///   collection is, listing costs little more than reading one by one.
/// - What the process itself wrote is forgotten, also if a page that was asked for before comes later.
/// - An object serves one read, and none when it is older than ten seconds.
#[derive(Default)]
pub(super) struct Shelf {
    stock: Mutex<Stock>,
    /// Held by the one read that asks for a page; the others queue for it.
    pub(super) turn: tokio::sync::Mutex<()>,
    /// Tells those that wait of each page that was answered: what it shows need not queue.
    pub(super) arrived: Notify,
}

#[derive(Default)]
struct Stock {
    objects: HashMap<String, (Instant, WireObject)>,
    /// The reads that wait for a page, by id.
    waiting: HashMap<String, usize>,
    /// When an id was written last, in the count of `writes`.
    written: HashMap<String, u64>,
    writes: u64,
    /// When everything was forgotten last, in the same count.
    cleared: u64,
    /// What pages have earned and not yet cost.
    worth: u64,
    place: Place,
    last_read: Option<Instant>,
    discouraged: Option<Instant>,
}

/// Where in the collection the next page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Start,
    After(String),
    /// All of it was seen.
    End,
}

/// A page that is to be asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) from: Option<String>,
    /// What had been written when it was asked for.
    writes: u64,
}

/// How a read goes on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A page showed the object.
    Shown(WireObject),
    /// It asks for the object alone.
    Alone,
    /// It waits for its turn, and asks for a page unless one has shown the object by then.
    Page,
}

impl Shelves {
    /// The shelf of the list that an object is in.
    pub(super) fn of(&self, home: &Home) -> Arc<Shelf> {
        let mut shelves = self.by_list.lock().unwrap_or_else(PoisonError::into_inner);
        shelves.entry(home.path.clone()).or_default().clone()
    }

    /// Forgets everything: with an object, the API deletes what belongs to it.
    pub(super) fn clear(&self) {
        let shelves = self.by_list.lock().unwrap_or_else(PoisonError::into_inner);
        shelves.values().for_each(|shelf| shelf.clear());
    }
}

impl Shelf {
    /// How a read that comes now goes on.
    pub(super) fn begin(&self, id: &str) -> Next {
        let now = Instant::now();
        let mut stock = self.stock();
        let before = stock.last_read.replace(now);
        if before.is_none_or(|before| now.duration_since(before) > FRESH) {
            stock.restart();
            return Next::Alone;
        }
        if let Some(object) = stock.shown(id, now) {
            return Next::Shown(object);
        }
        // A page that is under way may show it, and costs nothing more.
        if self.turn.try_lock().is_err() {
            return Next::Page;
        }
        stock.look(id, now)
    }

    /// The object, if a page has shown it.
    pub(super) fn shown(&self, id: &str) -> Option<WireObject> {
        self.stock().shown(id, Instant::now())
    }

    /// Counts a read among those that wait, until what is returned is dropped.
    pub(super) fn wait<'a>(&'a self, id: &'a str) -> Waiting<'a> {
        *self.stock().waiting.entry(id.to_owned()).or_default() += 1;
        Waiting { shelf: self, id }
    }

    /// How a read goes on whose turn it is; the page to ask for where it is to ask for one.
    pub(super) fn go_on(&self, id: &str) -> (Next, Wanted) {
        let mut stock = self.stock();
        let next = stock.look(id, Instant::now());
        let wanted = Wanted { from: stock.place.token(), writes: stock.writes };
        if next == Next::Page {
            stock.worth -= PAGE;
        }
        (next, wanted)
    }

    /// Takes in a page that was answered, with where the next one begins.
    pub(super) fn put(
        &self,
        asked: Wanted,
        objects: Vec<(String, WireObject)>,
        next: Option<String>,
    ) {
        let now = Instant::now();
        let mut stock = self.stock();
        // A server that says the same again would have us read for ever.
        stock.place = match next {
            Some(next) if asked.from.as_ref() != Some(&next) => Place::After(next),
            _ => Place::End,
        };
        stock.objects.retain(|_, (shown, _)| now.duration_since(*shown) <= FRESH);
        for (id, object) in objects {
            let written = stock.written.get(&id).copied().unwrap_or_default().max(stock.cleared);
            if written > asked.writes {
                continue;
            }
            if stock.waiting.contains_key(&id) {
                stock.worth += PAGE;
            }
            stock.objects.insert(id, (now, object));
        }
        drop(stock);
        self.arrived.notify_waiters();
    }

    /// Gives back what is too old to serve a read, and what only a page under way needs to be held against.
    pub(super) fn give_back(&self) {
        let now = Instant::now();
        let mut stock = self.stock();
        stock.objects.retain(|_, (shown, _)| now.duration_since(*shown) <= FRESH);
        stock.objects.shrink_to_fit();
        if self.turn.try_lock().is_ok() {
            stock.written = HashMap::new();
        }
    }

    /// Notes that a page could not be had: for a while, every read goes alone.
    pub(super) fn discourage(&self) {
        self.stock().discouraged = Some(Instant::now());
    }

    /// Forgets the object `id`, which the process is writing, until what is returned is dropped.
    pub(super) fn writing(self: Arc<Self>, id: &str) -> Writing {
        self.forget(id);
        Writing { shelf: self, id: id.to_owned() }
    }

    /// Forgets the object `id`, which the process has written.
    pub(super) fn forget(&self, id: &str) {
        let mut stock = self.stock();
        stock.writes += 1;
        let writes = stock.writes;
        stock.written.insert(id.to_owned(), writes);
        stock.objects.remove(id);
    }

    fn clear(&self) {
        let mut stock = self.stock();
        stock.writes += 1;
        stock.cleared = stock.writes;
        stock.objects = HashMap::new();
    }

    fn stock(&self) -> MutexGuard<'_, Stock> {
        // The stock is whole at every moment, so a panic elsewhere does not spoil it.
        self.stock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stock {
    fn restart(&mut self) {
        self.objects = HashMap::new();
        self.worth = FREE * PAGE;
        self.place = Place::Start;
    }

    fn shown(&mut self, id: &str, now: Instant) -> Option<WireObject> {
        let (shown, object) = self.objects.remove(id)?;
        if now.duration_since(shown) > FRESH {
            return None;
        }
        if !self.waiting.contains_key(id) {
            self.worth += PAGE;
        }
        Some(object)
    }

    fn look(&mut self, id: &str, now: Instant) -> Next {
        if let Some(object) = self.shown(id, now) {
            return Next::Shown(object);
        }
        let may_ask = self.discouraged.is_none_or(|since| now.duration_since(since) > DISCOURAGED);
        if may_ask && self.place != Place::End && self.worth >= PAGE {
            return Next::Page;
        }
        self.worth += ALONE;
        Next::Alone
    }
}

impl Place {
    fn token(&self) -> Option<String> {
        match self {
            Place::After(token) => Some(token.clone()),
            Place::Start | Place::End => None,
        }
    }
}

/// A read that waits for a page.
pub(super) struct Waiting<'a> {
    shelf: &'a Shelf,
    id: &'a str,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut stock = self.shelf.stock();
        if let Some(count) = stock.waiting.get_mut(self.id) {
            *count -= 1;
            if *count == 0 {
                stock.waiting.remove(self.id);
            }
        }
    }
}

/// An object that the process is writing.
pub(super) struct Writing {
    shelf: Arc<Shelf>,
    id: String,
}

impl Drop for Writing {
    fn drop(&mut self) {
        // However it ended: what a page showed meanwhile may be from before.
        self.shelf.forget(&self.id);
    }
}

#[cfg(test)]
mod tests;
