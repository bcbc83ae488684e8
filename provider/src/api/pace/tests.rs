use super::*;
use crate::api::path::Path;
use crate::api::request::Request;
use crate::api::testing::Watched;

fn asked(path: &[&'static str]) -> Asked {
    let (collection, names) = path.split_first().unwrap();
    let path = names.iter().fold(Path::of(collection), |path, name| path.named(*name));
    Asked::of(&Request::get(path)).unwrap()
}

fn allowance(limit: u32, remaining: u32, whole_in: u64) -> Option<Allowance> {
    Some(Allowance { limit, remaining, whole_in: Duration::from_secs(whole_in) })
}

fn reply(status: u16, allowance: Option<Allowance>) -> Reply {
    Reply { status, allowance, ..Reply::default() }
}

/// A pace, and a call that waits for it.
struct Waiting {
    pace: Pace,
    gate: Gate,
    watched: Watched,
    time: Duration,
}

impl Waiting {
    fn new() -> Waiting {
        Waiting::within(Duration::from_secs(600))
    }

    fn within(time: Duration) -> Waiting {
        let watched = Watched::new();
        Waiting { pace: Pace::default(), gate: Gate::default(), watched, time }
    }

    async fn try_turn(&self, path: &[&'static str]) -> Result<Turn<'_>, Stopped> {
        let patience = Patience::new(&self.watched.context, self.time);
        self.pace.turn(&asked(path), &self.gate, &patience).await
    }

    async fn turn(&self, path: &[&'static str]) -> Turn<'_> {
        self.try_turn(path).await.unwrap()
    }

    /// So many turns, one after another.
    async fn turns(&self, count: usize) -> Vec<Turn<'_>> {
        let mut turns = Vec::new();
        for _ in 0..count {
            turns.push(self.turn(&["clients"]).await);
        }
        turns
    }

    /// Has one request answered.
    async fn answered(&self, path: &[&'static str], allowance: Option<Allowance>) {
        self.turn(path).await.answered(&reply(200, allowance));
    }

    /// Has answers tell that of a limit of 10, which is used up now, about two come back in a second.
    async fn sees_how_fast_it_comes_back(&self) {
        self.answered(&["clients"], allowance(10, 0, 5)).await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        self.answered(&["clients"], allowance(10, 7, 2)).await;
        self.answered(&["clients"], allowance(10, 0, 5)).await;
    }

    /// Whether it has its turn at once.
    async fn is_free(&self, path: &[&'static str]) -> bool {
        let turn = tokio::time::timeout(Duration::from_millis(10), self.turn(path)).await;
        turn.is_ok()
    }
}

/// After 300 ms an answer says that five more may be sent at once.
async fn tells_of_more(under_way: Turn<'_>) {
    tokio::time::sleep(Duration::from_millis(300)).await;
    under_way.answered(&reply(200, allowance(10, 5, 1)));
}

#[test]
fn all_three_headers_make_an_allowance() {
    let read = |given: &[(&'static str, &str)]| {
        let headers: HeaderMap = given
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect();
        Allowance::read(&headers, SystemTime::UNIX_EPOCH + Duration::from_secs(1000))
    };
    let (limit, remaining) = (("x-ratelimit-limit", "50"), ("x-ratelimit-remaining", "8"));
    let reset = ("x-ratelimit-reset", "1003");
    assert_eq!(read(&[limit, remaining, reset]), allowance(50, 8, 3));
    assert_eq!(read(&[limit, remaining]), None);
    assert_eq!(read(&[("x-ratelimit-limit", "0"), remaining, reset]), None);
    let past = ("x-ratelimit-reset", "1");
    assert_eq!(read(&[limit, ("x-ratelimit-remaining", "99"), past]), allowance(50, 50, 0));
}

#[test]
fn requests_of_one_kind_differ_in_their_ids_alone() {
    let kind = |path: &[&'static str]| kind(&asked(path));
    assert_eq!(kind(&["actions/actions", "a1"]), kind(&["actions/actions", "a2"]));
    assert_ne!(kind(&["guardian/factors/sms"]), kind(&["guardian/factors/duo"]));
    let removes = Asked::of(&Request::delete(Path::of("actions/actions").named("a1"))).unwrap();
    assert_ne!(super::kind(&removes), kind(&["actions/actions", "a1"]));
}

#[tokio::test(start_paused = true)]
async fn what_is_left_is_sent_at_once_and_the_rest_as_it_comes_back() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(10, 2, 4)).await;
    let start = Instant::now();
    let (mut at, mut turns) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        turns.push(waiting.turn(&["clients"]).await);
        at.push(start.elapsed().as_millis() / 100);
    }
    assert_eq!(at, [0, 0, 5, 10]);
}

#[tokio::test(start_paused = true)]
async fn before_the_first_answer_only_a_few_are_under_way() {
    let waiting = Waiting::new();
    let mut under_way = waiting.turns(AT_FIRST).await;
    let start = Instant::now();
    let answer = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        under_way.pop().unwrap().answered(&reply(200, allowance(50, 45, 1)));
    };
    let (_turn, ()) = tokio::join!(waiting.turn(&["clients"]), answer);
    assert_eq!(start.elapsed(), Duration::from_millis(300));
}

#[tokio::test(start_paused = true)]
async fn where_the_first_are_never_answered_others_take_their_place() {
    let waiting = Waiting::new();
    let mut under_way = waiting.turns(AT_FIRST).await;
    assert!(!waiting.is_free(&["clients"]).await);
    under_way.pop();
    assert!(waiting.is_free(&["clients"]).await);
}

#[tokio::test(start_paused = true)]
async fn where_no_answer_comes_for_long_others_go_on_without() {
    let waiting = Waiting::new();
    let start = Instant::now();
    let _under_way = waiting.turns(AT_FIRST + 2).await;
    assert_eq!(start.elapsed(), GLANCE * 2);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_or_a_page_of_a_proxy_does_not_say_that_there_is_no_limit() {
    let page = Reply { html: true, ..reply(200, None) };
    for answer in [reply(429, None), reply(503, None), page] {
        let waiting = Waiting::new();
        let mut under_way = waiting.turns(AT_FIRST).await;
        under_way.pop().unwrap().answered(&answer);
        under_way.push(waiting.turn(&["clients"]).await);
        assert!(!waiting.is_free(&["clients"]).await, "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_holds_those_back_that_wait_for_the_first_answer() {
    let waiting = Waiting::new();
    let mut under_way = waiting.turns(AT_FIRST).await;
    let start = Instant::now();
    let refusal = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        waiting.gate.close(Duration::from_secs(20));
        under_way.pop().unwrap().answered(&reply(429, None));
    };
    let (_turn, ()) = tokio::join!(waiting.turn(&["clients"]), refusal);
    assert!(start.elapsed() >= Duration::from_secs(20), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_smallest_limit_is_used_also_after_a_refusal() {
    let waiting = Waiting::new();
    waiting.turn(&["clients"]).await.answered(&reply(429, allowance(1, 0, 1)));
    let start = Instant::now();
    drop(waiting.turn(&["clients"]).await);
    assert!(start.elapsed() <= Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn where_answers_tell_of_no_limit_nothing_waits() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], None).await;
    let _under_way = waiting.turns(100).await;
    waiting.answered(&["client-grants"], allowance(50, 0, 4)).await;
    assert!(waiting.is_free(&["clients"]).await, "it has no limit");
    assert!(!waiting.is_free(&["clients", "c1"]).await, "it may have that one");
}

#[tokio::test(start_paused = true)]
async fn kinds_that_count_against_one_limit_share_it() {
    let waiting = Waiting::new();
    waiting.answered(&["client-grants"], allowance(50, 9, 4)).await;
    waiting.answered(&["clients"], allowance(50, 0, 4)).await;
    assert!(!waiting.is_free(&["client-grants"]).await);
    assert!(!waiting.is_free(&["clients", "c1"]).await, "nor is a kind without an answer");
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_its_own_holds_no_other_back() {
    let waiting = Waiting::new();
    waiting.answered(&["clients", "c1"], allowance(50, 49, 1)).await;
    waiting.answered(&["clients"], allowance(5, 0, 3)).await;
    let queued = waiting.turn(&["clients"]);
    let others = async {
        assert!(waiting.is_free(&["clients", "c2"]).await);
        assert!(waiting.is_free(&["client-grants"]).await);
    };
    tokio::join!(queued, others);
}

#[tokio::test(start_paused = true)]
async fn turns_come_in_the_order_in_which_they_were_asked_for() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(10, 0, 5)).await;
    let order = Mutex::new(Vec::new());
    let turn = async |number: u32| {
        tokio::time::sleep(Duration::from_millis(number.into())).await;
        let turn = waiting.turn(&["clients"]).await;
        order.lock().unwrap().push(number);
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(turn);
    };
    tokio::join!(turn(3), turn(1), turn(4), turn(2));
    assert_eq!(*order.lock().unwrap(), [1, 2, 3, 4]);
}

/// When so many that queue have their turns, in tenths of a second.
async fn turns_of_a_queue(waiting: &Waiting, count: usize) -> Vec<u128> {
    let start = Instant::now();
    let turn = async || {
        let turn = waiting.turn(&["clients"]).await;
        let at = start.elapsed().as_millis() / 100;
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(turn);
        at
    };
    futures_util::future::join_all((0..count).map(|_| turn())).await
}

#[tokio::test(start_paused = true)]
async fn those_that_queue_go_on_together() {
    let waiting = Waiting::new();
    waiting.sees_how_fast_it_comes_back().await;
    // The first came alone; of the others three are a third of the limit.
    assert_eq!(turns_of_a_queue(&waiting, 5).await, [5, 21, 21, 21, 26]);
}

#[tokio::test(start_paused = true)]
async fn who_is_short_of_time_waits_for_nobody_else() {
    let waiting = Waiting::within(Duration::from_secs(7));
    waiting.sees_how_fast_it_comes_back().await;
    assert_eq!(turns_of_a_queue(&waiting, 3).await, [5, 10, 15]);
}

#[tokio::test(start_paused = true)]
async fn nobody_lets_those_wait_who_are_short_of_time() {
    let waiting = Waiting::new();
    waiting.sees_how_fast_it_comes_back().await;
    let start = Instant::now();
    let short = async {
        let patience = Patience::new(&waiting.watched.context, Duration::from_secs(2));
        let turn = waiting.pace.turn(&asked(&["clients"]), &waiting.gate, &patience).await;
        turn.map(|_turn| start.elapsed().as_millis() / 100)
    };
    let turn = async || std::mem::forget(waiting.turn(&["clients"]).await);
    let ((), (), turn) = tokio::join!(turn(), turn(), short);
    assert_eq!(turn, Ok(15));
}

#[tokio::test(start_paused = true)]
async fn who_is_short_of_time_waits_for_answers_too() {
    let waiting = Waiting::within(Duration::from_millis(2500));
    waiting.answered(&["clients"], allowance(10, 1, 60)).await;
    let under_way = waiting.turn(&["clients"]).await;
    let start = Instant::now();
    let (turn, ()) = tokio::join!(waiting.try_turn(&["clients"]), tells_of_more(under_way));
    assert!(turn.is_ok());
    assert_eq!(start.elapsed(), Duration::from_millis(300));
}

#[tokio::test(start_paused = true)]
async fn a_long_wait_is_told_when_it_begins() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(10, 9, 4)).await;
    let _under_way = waiting.turns(9).await;
    assert_eq!(waiting.watched.texts(), [""; 0]);
    assert!(!waiting.is_free(&["clients"]).await);
    assert_eq!(
        waiting.watched.texts(),
        ["waiting for its turn, to keep within Auth0's rate limit"]
    );
}

#[tokio::test(start_paused = true)]
async fn those_under_way_are_not_forgotten() {
    let waiting = Waiting::new();
    let under_way = [
        waiting.turn(&["clients"]).await,
        waiting.turn(&["clients"]).await,
        waiting.turn(&["clients"]).await,
    ];
    let [first, _second, _third] = under_way;
    first.answered(&reply(200, allowance(10, 1, 9)));
    let start = Instant::now();
    let _turn = waiting.turn(&["clients"]).await;
    assert_eq!(start.elapsed().as_millis() / 100, 20, "two may not be counted yet");
    assert_eq!(
        waiting.watched.texts(),
        ["waiting for its turn, to keep within Auth0's rate limit"]
    );
}

#[tokio::test(start_paused = true)]
async fn of_all_that_wait_one_tells_so_now_and_then() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(2, 0, 2)).await;
    let start = Instant::now();
    let queued = async || drop(waiting.turn(&["clients"]).await);
    tokio::join!(queued(), queued(), queued(), queued(), queued(), queued(), queued());
    // After one second, and five later.
    assert_eq!((start.elapsed().as_secs(), waiting.watched.texts().len()), (6, 1));
    tokio::join!(queued(), queued(), queued(), queued(), queued());
    assert_eq!((start.elapsed().as_secs(), waiting.watched.texts().len()), (10, 2));
}

#[tokio::test(start_paused = true)]
async fn what_is_guessed_is_tried_with_a_few_until_an_answer_confirms_it() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(50, 0, 4)).await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    let mut under_way = waiting.turns(AT_FIRST).await;
    assert!(!waiting.is_free(&["clients"]).await);
    under_way.remove(0).answered(&reply(200, allowance(50, 49, 1)));
    assert!(waiting.is_free(&["clients"]).await);
    assert_eq!(waiting.watched.texts(), [] as [&str; 0], "it is not worth a word");
}

#[tokio::test(start_paused = true)]
async fn after_requests_without_an_answer_others_go_on() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(10, 0, 5)).await;
    for _ in 0..20 {
        drop(waiting.turn(&["clients"]).await);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_holds_those_back_that_queue() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(10, 0, 5)).await;
    let start = Instant::now();
    let refusal = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        waiting.gate.close(Duration::from_secs(20));
    };
    let (_turn, ()) = tokio::join!(waiting.turn(&["clients"]), refusal);
    assert!(start.elapsed() >= Duration::from_secs(20), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_begun_and_leaves_its_turn() {
    let waiting = Waiting::within(Duration::from_millis(500));
    waiting.answered(&["clients"], allowance(1, 0, 60)).await;
    assert_eq!(waiting.try_turn(&["clients"]).await.err(), Some(Stopped::Deadline));
    assert!(waiting.pace.state().under_way.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_place_in_the_queue_is_left_at_once_when_the_user_stops_it() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(1, 0, 60)).await;
    let start = Instant::now();
    let stop = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        waiting.watched.context.cancel.cancel();
    };
    let path: &[&str] = &["clients"];
    let (first, second, ()) = tokio::join!(waiting.try_turn(path), waiting.try_turn(path), stop);
    assert_eq!((first.err(), second.err()), (Some(Stopped::Cancelled), Some(Stopped::Cancelled)));
    assert_eq!(start.elapsed(), Duration::from_millis(300));
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_go_on_as_soon_as_an_answer_says_that_they_may() {
    let waiting = Waiting::new();
    waiting.answered(&["clients"], allowance(10, 1, 60)).await;
    let under_way = waiting.turn(&["clients"]).await;
    let start = Instant::now();
    let (_turn, ()) = tokio::join!(waiting.turn(&["clients"]), tells_of_more(under_way));
    assert_eq!(start.elapsed(), Duration::from_millis(300));
}
