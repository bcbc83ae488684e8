//! Sends no faster than the API's rate limits let through, as far as its answers tell them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::gate;
use super::patience::{Patience, Stopped};
use super::request::{Asked, Method};

/// The longest sleep before it is looked again how much is left.
const GLANCE: Duration = Duration::from_secs(1);
/// The slowest pace: where an answer says less, asking tells more than waiting.
const SLOWEST: f64 = 0.2;

/// What an answer says of the limit that it counted against: Auth0's limits have no names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Allowance {
    limit: f64,
    remaining: f64,
    /// After which time nothing is used up any more.
    whole_in: Duration,
}

impl Allowance {
    /// What the headers say; `None` where one of the three is missing.
    pub(super) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Allowance> {
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u32>().ok();
        let limit = number("x-ratelimit-limit").filter(|limit| *limit > 0)?;
        let remaining = number("x-ratelimit-remaining")?.min(limit);
        let whole_in = gate::until_reset(headers, now)?;
        Some(Allowance { limit: limit.into(), remaining: remaining.into(), whole_in })
    }

    /// How many requests a second come back, by what is missing and when it will not be.
    fn per_second(&self) -> f64 {
        let missing = self.limit - self.remaining;
        let seconds = self.whole_in.as_secs_f64().max(1.0);
        (missing / seconds).clamp(SLOWEST, self.limit)
    }
}

/// The limits of a tenant, as its answers to each kind of request tell them.
///
/// # Guarantees
/// Nothing waits before an answer has told of a limit, and every answer counts for all that wait.
#[derive(Default)]
pub(super) struct Pace {
    buckets: Mutex<HashMap<Kind, Bucket>>,
    /// Wakes those that wait when an answer has told something.
    told: Notify,
}

/// What requests of one kind count against: method and path, without ids.
type Kind = (&'static str, Arc<str>);

#[derive(Default)]
struct Bucket {
    known: Option<Known>,
    /// Requests that had their turn and are not answered.
    pending: u32,
}

struct Known {
    /// What may be sent at once; below zero where more is under way than there was.
    left: f64,
    limit: f64,
    per_second: f64,
    at: Instant,
}

/// A request's turn, until it is answered.
pub(super) struct Turn<'a> {
    pace: &'a Pace,
    kind: Kind,
}

impl Pace {
    /// Waits until the request may be sent.
    ///
    /// # Errors
    /// [`Stopped::Deadline`] at once where the call would be over before.
    pub(super) async fn turn(
        &self,
        asked: &Asked,
        patience: &Patience<'_>,
    ) -> Result<Turn<'_>, Stopped> {
        let kind = kind(asked);
        let mut is_told = false;
        loop {
            let told = self.told.notified();
            let Some(wait) = self.buckets().entry(kind.clone()).or_default().take() else {
                return Ok(Turn { pace: self, kind });
            };
            if wait >= GLANCE && !is_told {
                let log = &patience.context.log;
                log.status("waiting for its turn, to keep within Auth0's rate limit".to_owned());
                is_told = true;
            }
            tokio::select! {
                slept = patience.sleep(wait.min(GLANCE)) => slept?,
                () = told => {}
            }
        }
    }

    fn buckets(&self) -> MutexGuard<'_, HashMap<Kind, Bucket>> {
        // The numbers are whole at every moment, so a panic elsewhere does not spoil them.
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Learns from the answer.
    pub(super) fn answered(self, allowance: Option<Allowance>) {
        if let Some(allowance) = allowance {
            let mut buckets = self.pace.buckets();
            if let Some(bucket) = buckets.get_mut(&self.kind) {
                bucket.learn(allowance);
            }
            drop(buckets);
            self.pace.told.notify_waiters();
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if let Some(bucket) = self.pace.buckets().get_mut(&self.kind) {
            bucket.pending -= 1;
        }
    }
}

impl Bucket {
    /// Takes a turn, or says how long it is likely to be until there is one.
    fn take(&mut self) -> Option<Duration> {
        if let Some(known) = &mut self.known {
            let now = Instant::now();
            let since = now.duration_since(known.at).as_secs_f64();
            known.left = (known.left + since * known.per_second).min(known.limit);
            known.at = now;
            // A hair's breadth, since the times that are waited are rounded.
            if known.left < 1.0 - 1e-6 {
                return Some(Duration::from_secs_f64((1.0 - known.left) / known.per_second));
            }
            known.left -= 1.0;
        }
        self.pending += 1;
        None
    }

    /// Believes an answer; those that are not answered yet may not be counted in it.
    fn learn(&mut self, allowance: Allowance) {
        let others = f64::from(self.pending.saturating_sub(1));
        self.known = Some(Known {
            left: allowance.remaining - others,
            limit: allowance.limit,
            per_second: allowance.per_second(),
            at: Instant::now(),
        });
    }
}

/// The path with every second segment left out: collections and ids take turns.
fn kind(asked: &Asked) -> Kind {
    let path = asked.path.trim_start_matches("/api/v2/");
    let segments = path.split('/').enumerate();
    let named: Vec<&str> =
        segments.map(|(at, name)| if at % 2 == 0 { name } else { "{id}" }).collect();
    (Method::as_str(asked.method), named.join("/").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::Watched;

    fn asked(path: &[&str]) -> Asked {
        Asked::new(Method::Get, path).unwrap()
    }

    fn allowance(limit: u32, remaining: u32, whole_in: u64) -> Option<Allowance> {
        let whole_in = Duration::from_secs(whole_in);
        Some(Allowance { limit: limit.into(), remaining: remaining.into(), whole_in })
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
        let kind = |path: &[&str]| kind(&asked(path)).1.to_string();
        assert_eq!(kind(&["clients"]), "clients");
        assert_eq!(kind(&["clients", "c1"]), kind(&["clients", "c2"]));
        assert_eq!(kind(&["clients", "c1", "credentials"]), "clients/{id}/credentials");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_left_is_sent_at_once_and_the_rest_as_it_comes_back() {
        let (pace, watched) = (Pace::default(), Watched::new());
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        let path = asked(&["clients"]);
        pace.turn(&path, &patience).await.unwrap().answered(allowance(10, 2, 4));
        let start = Instant::now();
        let mut at = Vec::new();
        for _ in 0..4 {
            let _turn = pace.turn(&path, &patience).await.unwrap();
            at.push(start.elapsed().as_millis());
        }
        assert_eq!(at.iter().map(|at| at / 100).collect::<Vec<_>>(), [0, 0, 5, 10]);
        // Others are counted elsewhere.
        let other = Instant::now();
        let _turn = pace.turn(&asked(&["clients", "c1"]), &patience).await.unwrap();
        assert_eq!(other.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn those_under_way_are_not_forgotten() {
        let (pace, watched) = (Pace::default(), Watched::new());
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        let path = asked(&["clients"]);
        let under_way = [
            pace.turn(&path, &patience).await.unwrap(),
            pace.turn(&path, &patience).await.unwrap(),
            pace.turn(&path, &patience).await.unwrap(),
        ];
        let [first, _second, _third] = under_way;
        first.answered(allowance(10, 2, 8));
        let start = Instant::now();
        let _turn = pace.turn(&path, &patience).await.unwrap();
        assert_eq!(start.elapsed().as_millis() / 100, 10, "two may still be counted");
        assert_eq!(watched.texts(), ["waiting for its turn, to keep within Auth0's rate limit"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_beyond_the_deadline_is_not_begun_and_leaves_its_turn() {
        let (pace, watched) = (Pace::default(), Watched::new());
        let patience = Patience::new(&watched.context, Duration::from_millis(500));
        let path = asked(&["clients"]);
        pace.turn(&path, &patience).await.unwrap().answered(allowance(1, 0, 60));
        assert_eq!(pace.turn(&path, &patience).await.err(), Some(Stopped::Deadline));
        assert_eq!(pace.buckets()[&kind(&path)].pending, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn those_that_wait_go_on_as_soon_as_an_answer_says_that_they_may() {
        let (pace, watched) = (Pace::default(), Watched::new());
        let patience = Patience::new(&watched.context, Duration::from_secs(600));
        let path = asked(&["clients"]);
        let under_way = pace.turn(&path, &patience).await.unwrap();
        pace.turn(&path, &patience).await.unwrap().answered(allowance(10, 0, 60));
        let start = Instant::now();
        let answer = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            under_way.answered(allowance(10, 5, 1));
        };
        let (turn, ()) = tokio::join!(pace.turn(&path, &patience), answer);
        assert!(turn.is_ok());
        assert_eq!(start.elapsed(), Duration::from_millis(300));
    }
}
