use std::collections::BTreeSet;
use std::time::Duration;

use pulumi_rs_sdk::log::Log;
use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::table::rest::{Method, Paging, entries};
use serde_json::{Value as Json, json};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::api::Api;
use crate::api::answered::answered;
use crate::rest::testing::members;

const ADDED: Entries = entries("rooms/{room}/guests", &["name"]).added_under("guests");
const REWRITTEN: Entries = entries("rooms/{room}/guests", &["name"])
    .paged(Paging::Whole)
    .rewritten_by(Method::Patch, "guests");
const SWITCHED: Entries = entries("rooms/{room}/guests", &["name"]).switched_by("in").at_most(20);
const SINGLE: Entries = entries("rooms/{room}/guests", &["name"]);
const NAMED: Entries = entries("rooms/{room}/guests", &["name"]).addressed_by("pass");
const PUT: Entries = entries("rooms/{room}/guests", &["name"]).put_one_by_one();

const KEYED: Entries = entries("rooms/{room}/doors", &["name"]).keyed("signs");

/// A room whose guests requests change, in all ways, as an API would.
#[derive(Default)]
struct Room {
    guests: BTreeSet<String>,
    /// Guests that are not let in.
    refused: BTreeSet<&'static str>,
    /// How often a guest is thrown out again at once.
    thrown_out: HashMap<&'static str, usize>,
    asked: Vec<String>,
}

impl Room {
    fn answer(&mut self, method: &str, path: &str, body: &Json) -> (u16, Json) {
        self.asked.push(method.to_owned());
        let name = |item: &Json| match item {
            Json::String(name) => name.clone(),
            item => item["name"].as_str().unwrap().to_owned(),
        };
        let named = path.strip_prefix("/api/v2/rooms/r/guests/");
        let named = named.map(|named| named.strip_prefix("p-").unwrap_or(named));
        let listed = body["guests"].as_array().cloned().unwrap_or_default();
        let (comes, goes): (Vec<String>, Vec<String>) = match (method, named, body) {
            ("GET", ..) => {
                let guests = self
                    .guests
                    .iter()
                    .map(|name| json!({"name": name, "since": 1, "pass": format!("p-{name}")}));
                return (200, json!({"guests": guests.collect::<Vec<_>>()}));
            }
            ("DELETE", Some(named), _) => (vec![], vec![named.to_owned()]),
            ("DELETE", ..) => (vec![], listed.iter().map(name).collect()),
            ("PUT", Some(named), _) => (vec![named.to_owned()], vec![]),
            ("PATCH", None, Json::Array(items)) => {
                let (ins, outs): (Vec<&Json>, Vec<&Json>) =
                    items.iter().partition(|item| item["in"] == true);
                (ins.into_iter().map(name).collect(), outs.into_iter().map(name).collect())
            }
            ("PATCH", Some(_), _) => (vec![], vec![]),
            ("PATCH", ..) => {
                self.guests = listed.iter().map(name).collect();
                (vec![], vec![])
            }
            _ if listed.is_empty() => (vec![name(body)], vec![]),
            _ => (listed.iter().map(name).collect(), vec![]),
        };
        if comes.iter().any(|name| self.refused.contains(name.as_str())) {
            let said =
                json!({"statusCode": 400, "error": "Bad Request", "message": "not this one"});
            return (400, said);
        }
        self.guests.extend(comes);
        self.guests.retain(|name| !goes.contains(name));
        for (name, times) in &mut self.thrown_out {
            if *times > 0 && self.guests.remove(*name) {
                *times -= 1;
            }
        }
        (200, json!({}))
    }

    fn with(guests: &[&str]) -> Room {
        Room { guests: guests.iter().map(|name| (*name).to_owned()).collect(), ..Room::default() }
    }
}

struct Subject {
    api: Api,
    room: Arc<Mutex<Room>>,
    context: Context,
    lists: Lists,
}

impl Subject {
    fn of(room: Room) -> Subject {
        let room = Arc::new(Mutex::new(room));
        let answering = room.clone();
        let api = answered(move |method, path, body| {
            answering.lock().unwrap().answer(method, path, &body)
        });
        let context = Context { log: Log::discard(), cancel: CancellationToken::new() };
        Subject { api, room, context, lists: Lists::default() }
    }

    async fn change(&self, of: &Entries, change: Change) -> Result<Content, ApiError> {
        let call = self.api.call(&self.context, None);
        self.lists.change(&call, of, &path(), &change).await
    }

    fn guests(&self) -> Vec<String> {
        self.room.lock().unwrap().guests.iter().cloned().collect()
    }

    fn asked(&self) -> Vec<String> {
        self.room.lock().unwrap().asked.clone()
    }
}

fn path() -> Path {
    Path::of("rooms").named("r").below("guests")
}

fn put(name: &str) -> Change {
    Change { puts: vec![members(json!({ "name": name }))], ..Change::default() }
}

fn take(name: &str) -> Change {
    Change { takes: vec![vec![name.to_owned()]], ..Change::default() }
}

fn number(index: usize) -> String {
    format!("guest-{index:02}")
}

#[tokio::test(start_paused = true)]
async fn fifty_changes_at_once_lose_nothing_and_cost_a_few_requests() {
    // The first goes alone; by then, the others wait together.
    for (of, most) in [(&ADDED, 4), (&REWRITTEN, 6), (&SWITCHED, 6)] {
        let subject = Subject::of(Room::with(&["here"]));
        let changes = (0..50).map(|index| subject.change(of, put(&number(index))));
        for (index, changed) in
            futures_util::future::join_all(changes).await.into_iter().enumerate()
        {
            let content = changed.unwrap();
            let found = find(of, &content, &vec![number(index)]).expect("its own entry");
            assert_eq!(found["since"], 1, "what the API tells of it");
        }
        let expected: Vec<String> = (0..50).map(number).chain(["here".to_owned()]).collect();
        assert_eq!(subject.guests(), expected, "{of:?}");
        assert!(subject.asked().len() <= most, "{of:?}: {:?}", subject.asked());
    }
}

#[tokio::test(start_paused = true)]
async fn entries_are_put_and_taken_in_each_way_of_the_api() {
    for of in [&ADDED, &REWRITTEN, &SWITCHED, &SINGLE, &NAMED, &PUT] {
        let subject = Subject::of(Room::with(&["goes", "stays"]));
        let changes = [subject.change(of, put("comes")), subject.change(of, take("goes"))];
        for changed in futures_util::future::join_all(changes).await {
            changed.unwrap();
        }
        assert_eq!(subject.guests(), ["comes", "stays"], "{of:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_entry_that_is_there_as_it_is_to_be_is_not_written() {
    for of in [&SINGLE, &NAMED] {
        let subject = Subject::of(Room::with(&["a"]));
        subject.change(of, put("a")).await.unwrap();
        let asked = subject.asked();
        assert!(asked.iter().all(|method| method == "GET"), "{of:?}: {asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_is_told_to_the_one_whose_entry_it_is() {
    let refused = BTreeSet::from(["guest-07"]);
    let subject = Subject::of(Room { refused, ..Room::default() });
    let changes = (0..20).map(|index| subject.change(&ADDED, put(&number(index))));
    let changed = futures_util::future::join_all(changes).await;
    for (index, changed) in changed.into_iter().enumerate() {
        match index {
            7 => assert!(matches!(changed, Err(ApiError::Invalid { .. })), "{changed:?}"),
            _ => assert!(changed.is_ok(), "{index}: {changed:?}"),
        }
    }
    assert_eq!(subject.guests().len(), 19);
}

#[tokio::test(start_paused = true)]
async fn an_entry_that_somebody_takes_away_at_once_is_written_once_more() {
    let thrown_out = HashMap::from([("a", 1)]);
    let subject = Subject::of(Room { thrown_out, ..Room::default() });
    subject.change(&ADDED, put("a")).await.unwrap();
    assert_eq!(subject.guests(), ["a"]);

    let thrown_out = HashMap::from([("a", 2)]);
    let subject = Subject::of(Room { thrown_out, ..Room::default() });
    let error = subject.change(&ADDED, put("a")).await.unwrap_err();
    assert!(matches!(error, ApiError::Undone { .. }), "{error}");
    assert_eq!(subject.asked(), ["POST", "GET", "POST", "GET"]);
}

#[tokio::test(start_paused = true)]
async fn one_that_wants_a_list_for_itself_is_refused_where_others_are_in_it() {
    let alone = |names: &[&str]| Change {
        puts: names.iter().map(|name| members(json!({ "name": name }))).collect(),
        refuses_others: true,
        ..Change::default()
    };
    for of in [&ADDED, &REWRITTEN, &SWITCHED, &SINGLE, &NAMED, &PUT] {
        let subject = Subject::of(Room::with(&["here"]));
        let both = [subject.change(of, alone(&["comes"])), subject.change(of, put("other"))];
        let told = futures_util::future::join_all(both).await;
        let Err(ApiError::NotEmpty { others, .. }) = &told[0] else { panic!("{of:?}: {told:?}") };
        assert_eq!(others, &["here"], "{of:?}");
        assert!(told[1].is_ok(), "{of:?}: {told:?}");
        assert_eq!(subject.guests(), ["here", "other"], "{of:?}");
        subject.change(of, alone(&["here", "other", "comes"])).await.unwrap();
        assert_eq!(subject.guests(), ["comes", "here", "other"], "{of:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_has_no_time_left_does_not_end_the_others() {
    let subject = Subject::of(Room::default());
    let hurried = async {
        let call = subject.api.call(&subject.context, Some(Duration::from_millis(25)));
        subject.lists.change(&call, &ADDED, &path(), &put("hurried")).await
    };
    // While the first is at it, the two others come to wait together.
    let first = subject.change(&ADDED, put("first"));
    let patient = subject.change(&ADDED, put("patient"));
    let (first, hurried, patient) = tokio::join!(first, hurried, patient);
    first.unwrap();
    assert!(matches!(hurried, Err(ApiError::Deadline { .. })), "{hurried:?}");
    patient.unwrap();
    assert!(subject.guests().contains(&"patient".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_was_read_serves_other_reads_for_some_seconds_but_not_after_a_change() {
    let subject = Subject::of(Room::with(&["a"]));
    let call = subject.api.call(&subject.context, None);
    for _ in 0..5 {
        subject.lists.read(&call, &ADDED, &path()).await.unwrap();
    }
    assert_eq!(subject.asked(), ["GET"]);
    subject.change(&ADDED, put("b")).await.unwrap();
    let content = subject.lists.read(&call, &ADDED, &path()).await.unwrap();
    assert_eq!((content.len(), subject.asked().len()), (2, 3));
    tokio::time::advance(FRESH + Duration::from_secs(1)).await;
    subject.lists.read(&call, &ADDED, &path()).await.unwrap();
    assert_eq!(subject.asked().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_its_object_does_not_have_is_empty_if_that_is_the_object() {
    const INSIDE: Entries = entries("rooms/{room}", &["name"]).inside("guests", "number");
    let context = Context { log: Log::discard(), cancel: CancellationToken::new() };
    let read = async |room: Json| {
        let api = answered(move |_, _, _| (200, room.clone()));
        let call = api.call(&context, None);
        Lists::default().read(&call, &INSIDE, &Path::of("rooms").named("r")).await
    };
    assert_eq!(read(json!({"number": 7, "guests": [{"name": "a"}]})).await.unwrap().len(), 1);
    assert_eq!(read(json!({"number": 7})).await.unwrap().len(), 0);
    for other in [json!({}), json!({"number": 7, "guests": null})] {
        let told = read(other.clone()).await;
        assert!(matches!(told, Err(ApiError::Incomplete { .. })), "{other}: {told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_written_as_a_whole_keeps_its_order_and_what_others_put_there() {
    const ORDERED: Entries = REWRITTEN;
    let live: Vec<WireObject> =
        ["z", "a"].map(|name| members(json!({"name": name, "since": 1}))).into();
    let change = |puts: &[&str], is_all| Change {
        puts: puts.iter().map(|name| members(json!({ "name": name }))).collect(),
        is_all,
        ..Change::default()
    };
    let names = |change: Change| {
        let order: Vec<Key> =
            change.puts.iter().filter_map(|entry| key_of(&ORDERED, entry)).collect();
        let order = change.is_all.then_some(order.as_slice());
        let list = crate::rest::write_entries::rewritten(
            &ORDERED,
            &live,
            &ops(&ORDERED, &[&change]),
            order,
        );
        list.map(|list| {
            list.iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        })
    };
    assert_eq!(names(change(&["m"], false)), Some(vec!["z".into(), "a".into(), "m".into()]));
    assert_eq!(names(change(&["m", "z"], true)), Some(vec!["m".into(), "z".into()]));
    assert_eq!(names(change(&["a"], false)), None, "it is there");
}

#[tokio::test]
async fn what_stands_under_a_key_is_changed_alone_and_what_says_nothing_is_there() {
    let doors =
        Arc::new(Mutex::new(json!({"back": {"in": "no"}, "front": {"in": "yes", "out": "no"}})));
    let written = Arc::new(Mutex::new(Vec::new()));
    let (live, told) = (doors.clone(), written.clone());
    let api = answered(move |method, _, body| {
        if method == "PUT" {
            *live.lock().unwrap() = body.clone();
            told.lock().unwrap().push(body);
        }
        (200, live.lock().unwrap().clone())
    });
    let context = Context { log: Log::discard(), cancel: CancellationToken::new() };
    let lists = Lists::default();
    let call = api.call(&context, None);
    let door = |name: &str, signs: Json| members(json!({"name": name, "signs": signs}));
    let puts = |puts| Change { puts, ..Change::default() };
    // Of two changes that come together, neither takes the other's away.
    let (front, side) = (
        puts(vec![door("front", json!({"in": "push", "out": ""}))]),
        puts(vec![door("side", json!({"in": "pull"}))]),
    );
    let at = path();
    let (one, other) = tokio::join!(
        lists.change(&call, &KEYED, &at, &front),
        lists.change(&call, &KEYED, &at, &side)
    );
    one.unwrap();
    other.unwrap();
    assert_eq!(
        *doors.lock().unwrap(),
        json!({"back": {"in": "no"}, "front": {"in": "push"}, "side": {"in": "pull"}})
    );
    // What says nothing is as good as none, and not written again.
    let before = written.lock().unwrap().len();
    lists.change(&call, &KEYED, &at, &puts(vec![door("side", json!({"in": ""}))])).await.unwrap();
    assert_eq!(*doors.lock().unwrap(), json!({"back": {"in": "no"}, "front": {"in": "push"}}));
    let takes = Change { takes: vec![vec!["back".to_owned()]], ..Change::default() };
    lists.change(&call, &KEYED, &at, &takes).await.unwrap();
    assert_eq!(*doors.lock().unwrap(), json!({"front": {"in": "push"}}));
    assert_eq!(written.lock().unwrap().len(), before + 2);
}
