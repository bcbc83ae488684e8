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

#[tokio::test(start_paused = true)]
async fn who_comes_while_a_page_is_under_way_waits_for_it_and_is_told() {
    let shelf = shelf();
    let turn = shelf.turn.lock().await;
    let _ = asked(&shelf, "a");
    let last = asked(&shelf, "a");
    assert_eq!(shelf.begin("b"), Next::Page, "no other page pays, but this one may show it");
    let arrived = shelf.arrived.notified();
    assert_eq!(shelf.shown("b"), None);
    shelf.put(last, page(&["b"]), Some("2".into()));
    arrived.await;
    assert_eq!(shelf.shown("b"), Some(object("b")), "while another has the turn");
    drop(turn);
}

#[tokio::test(start_paused = true)]
async fn a_page_whose_reader_was_stopped_is_asked_for_by_the_next() {
    let shelf = shelf();
    let stopped = async {
        let _turn = shelf.turn.lock().await;
        let _ = asked(&shelf, "a");
        std::future::pending::<()>().await;
    };
    let stopped = tokio::time::timeout(Duration::from_secs(1), stopped);
    let next = async {
        let _waiting = shelf.wait("b");
        let _turn = shelf.turn.lock().await;
        let wanted = asked(&shelf, "b");
        assert_eq!(wanted.from, None);
        shelf.put(wanted, page(&["b"]), None);
        shelf.go_on("b").0
    };
    let (stopped, next) = tokio::join!(stopped, next);
    assert!(stopped.is_err());
    assert_eq!(next, Next::Shown(object("b")));
}

#[tokio::test(start_paused = true)]
async fn what_is_too_old_to_serve_is_given_back() {
    let shelf = shelf();
    let wanted = asked(&shelf, "a");
    shelf.put(wanted, page(&["b", "c"]), None);
    shelf.forget("d");
    tokio::time::advance(FRESH).await;
    shelf.give_back();
    assert_eq!(shelf.stock().objects.len(), 2, "it still serves");
    tokio::time::advance(Duration::from_secs(1)).await;
    shelf.give_back();
    assert_eq!(shelf.stock().objects.capacity(), 0);
    assert_eq!(shelf.stock().written.len(), 0);
}
