//! Reads that come together are served by pages of their collection: what pages showed, and when one is asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pulumi_rs_sdk::table::{Resource, WireObject};
use tokio::time::Instant;

/// How long what a page showed may be taken for what is there.
const FRESH: Duration = Duration::from_secs(10);
/// How long no page is asked for after one that could not be had.
const DISCOURAGED: Duration = Duration::from_secs(60);
/// What a page costs, and what each read that it serves is worth.
const PAGE: u64 = 16;
/// The worth of a read that had to go alone: now and then another page is tried.
const ALONE: u64 = 1;
/// As many pages are asked for before one has served anything.
const FREE: u64 = 2;

/// The shelves of a tenant, one for each type of resource.
#[derive(Default)]
pub(super) struct Shelves {
    by_resource: Mutex<HashMap<&'static str, Arc<Shelf>>>,
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
    /// The shelf of a type.
    pub(super) fn of(&self, resource: &Resource) -> Arc<Shelf> {
        let mut shelves = self.by_resource.lock().unwrap_or_else(PoisonError::into_inner);
        shelves.entry(resource.name).or_default().clone()
    }

    /// Forgets everything: with an object, the API deletes what belongs to it.
    pub(super) fn clear(&self) {
        let shelves = self.by_resource.lock().unwrap_or_else(PoisonError::into_inner);
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
        stock.look(id, now)
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

    fn look(&mut self, id: &str, now: Instant) -> Next {
        if let Some((shown, object)) = self.objects.remove(id)
            && now.duration_since(shown) <= FRESH
        {
            if !self.waiting.contains_key(id) {
                self.worth += PAGE;
            }
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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::members;

    fn object(name: &str) -> WireObject {
        members(json!({ "name": name }))
    }

    fn page(ids: &[&str]) -> Vec<(String, WireObject)> {
        ids.iter().map(|id| ((*id).to_owned(), object(id))).collect()
    }

    fn shelf() -> Arc<Shelf> {
        let shelf = Arc::new(Shelf::default());
        assert_eq!(shelf.begin("first"), Next::Alone);
        shelf
    }

    /// The page that the read of `id` asks for.
    #[track_caller]
    fn asked(shelf: &Shelf, id: &str) -> Wanted {
        let (next, wanted) = shelf.go_on(id);
        assert_eq!(next, Next::Page);
        wanted
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_goes_alone_and_pages_serve_those_that_follow_once_each() {
        let shelf = shelf();
        assert_eq!(shelf.begin("a"), Next::Page);
        let wanted = asked(&shelf, "a");
        assert_eq!(wanted.from, None);
        shelf.put(wanted, page(&["a", "b"]), Some("2".into()));
        assert_eq!(shelf.go_on("a").0, Next::Shown(object("a")));
        assert_eq!(shelf.begin("b"), Next::Shown(object("b")));
        assert_eq!(shelf.begin("b"), Next::Page, "it was read");
        assert_eq!(asked(&shelf, "c").from.as_deref(), Some("2"));
    }

    #[tokio::test(start_paused = true)]
    async fn what_no_page_shows_goes_alone() {
        for end in [None, Some("2".to_owned())] {
            let shelf = shelf();
            let wanted = asked(&shelf, "a");
            shelf.put(wanted, page(&["b"]), Some("2".into()));
            let wanted = asked(&shelf, "a");
            // A server that names the same page again has no other.
            shelf.put(wanted, page(&["c"]), end);
            assert_eq!(shelf.go_on("a").0, Next::Alone);
            assert_eq!(shelf.begin("b"), Next::Shown(object("b")));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn few_of_many_are_not_listed_for_long() {
        let shelf = shelf();
        let mut pages = 0;
        for read in 0..160 {
            let id = format!("mine-{read}");
            while let (Next::Page, wanted) = shelf.go_on(&id) {
                pages += 1;
                shelf.put(wanted, page(&["foreign"]), Some(format!("{pages}")));
            }
        }
        assert_eq!(pages, FREE + 159 / PAGE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_that_serves_those_that_wait_pays_for_the_next() {
        let shelf = shelf();
        let waiting: Vec<_> = ["a", "b", "c"].iter().map(|id| shelf.wait(id)).collect();
        for from in ["1", "2"] {
            let wanted = asked(&shelf, "c");
            shelf.put(wanted, page(&[]), Some(from.into()));
        }
        assert_eq!(shelf.go_on("c").0, Next::Alone, "two pages were in vain");
        drop(waiting);

        let shelf = self::shelf();
        let _waiting: Vec<_> = ["a", "b", "c"].iter().map(|id| shelf.wait(id)).collect();
        for (at, shown) in ["a", "b", ""].iter().enumerate() {
            let wanted = asked(&shelf, "c");
            shelf.put(wanted, page(&[shown]), Some(at.to_string()));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_written_is_not_what_an_older_page_showed() {
        let shelf = shelf();
        let wanted = asked(&shelf, "a");
        shelf.forget("b");
        let writing = shelf.clone().writing("c");
        shelf.put(wanted, page(&["a", "b", "c", "d"]), Some("2".into()));
        let wanted = asked(&shelf, "x");
        drop(writing);
        shelf.put(wanted, page(&["b", "c"]), None);
        assert_eq!(shelf.begin("b"), Next::Shown(object("b")), "the page is younger");
        assert_eq!(shelf.begin("c"), Next::Alone, "it was still being written");

        shelf.clear();
        assert_eq!(shelf.begin("d"), Next::Alone);
    }

    #[tokio::test(start_paused = true)]
    async fn a_page_that_was_asked_for_before_a_delete_shows_nothing() {
        let shelf = shelf();
        let wanted = asked(&shelf, "a");
        shelf.clear();
        shelf.put(wanted, page(&["a"]), None);
        assert_eq!(shelf.go_on("a").0, Next::Alone);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_shown_long_ago_is_asked_for_anew() {
        let shelf = shelf();
        let wanted = asked(&shelf, "a");
        shelf.put(wanted, page(&["b", "c"]), None);
        tokio::time::advance(FRESH / 2).await;
        assert_eq!(shelf.begin("b"), Next::Shown(object("b")));
        tokio::time::advance(FRESH / 2 + Duration::from_secs(1)).await;
        assert_eq!(shelf.begin("c"), Next::Alone, "too old");
        tokio::time::advance(FRESH * 2).await;
        assert_eq!(shelf.begin("d"), Next::Alone, "the first of another burst");
        assert_eq!(shelf.begin("e"), Next::Page);
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_page_that_could_not_be_had_reads_go_alone_for_a_while() {
        let shelf = shelf();
        let _ = asked(&shelf, "a");
        shelf.discourage();
        for _ in 0..DISCOURAGED.as_secs() {
            assert_eq!(shelf.begin("b"), Next::Alone);
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(shelf.begin("b"), Next::Page);
    }
}
