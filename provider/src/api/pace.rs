//! Sends no faster than the API's rate limits let through, as far as its answers tell them.

mod bucket;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use tokio::sync::Notify;
use tokio::time::Instant;

use self::bucket::{Answer, Bucket};
use super::client::Reply;
use super::gate::{self, Gate};
use super::patience::{Patience, Stopped};
use super::request::Asked;

/// How long to wait for an answer until it is looked again whether to go on without it.
const GLANCE: Duration = Duration::from_secs(1);
/// The longest sleep until the first of a queue looks again whether it has its turn.
const LONGEST_SLEEP: Duration = Duration::from_secs(4);
/// Where one that queues has no more time than this, nobody waits for others, and the first looks again at each glance.
const HURRY: Duration = Duration::from_secs(10);
/// Waits of no more than this are not worth a word.
const WORTH_TELLING: Duration = Duration::from_secs(1);
/// How long it is enough that one of those that wait has told so: to tell costs about as much as a request.
const TOLD: Duration = Duration::from_secs(5);
/// How many requests may be under way before an answer has told of a limit: as many as the smallest burst of
/// those that Auth0 documents.
const AT_FIRST: usize = 5;

/// What an answer says of the limit that it counted against: Auth0's limits have no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    limit: u32,
    remaining: u32,
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
        Some(Allowance { limit, remaining, whole_in })
    }

    /// How many requests a second come back, by what is missing and when it will not be.
    fn per_second(&self) -> f64 {
        let seconds = self.whole_in.as_secs_f64().max(1.0);
        f64::from(self.limit - self.remaining) / seconds
    }
}

/// The limits of a tenant, as its answers tell them.
///
/// # Guarantees
/// - Before the first answer, only a few requests are under way, unless it is long in coming; where answers tell of no
///   limit, nothing waits.
/// - Requests of all kinds that count against one limit share it, and have their turns in the order in which they came.
/// - Every answer counts for all that wait.
/// - Those that queue go on in small groups, for which the first waits a few seconds longer at most, and only where all
///   of them have the time.
#[derive(Default)]
pub(super) struct Pace {
    state: Mutex<State>,
    /// Wakes those that wait when a request is answered.
    answered: Notify,
}

#[derive(Default)]
struct State {
    limits: HashMap<u32, Limit>,
    /// The limit that a kind of request counts against; nothing where its answers tell of none.
    kinds: HashMap<Kind, Option<u32>>,
    /// The requests that had their turn and are not answered, by the number of their turn.
    under_way: BTreeMap<u64, Kind>,
    /// How many numbers were given so far, to turns and to places in queues.
    numbers: u64,
    /// When the user was told last that something waits.
    told: Option<Instant>,
}

/// A limit, known by its number: Auth0's limits have no names. Two of the same number are taken for one, whose pace is
/// then that of the scarcer as a rule; each answer puts right what was believed after the other's.
struct Limit {
    bucket: Bucket,
    queue: Queue,
    /// The deadlines of those that queue, by the number of their place.
    deadlines: BTreeMap<u64, Instant>,
}

impl Limit {
    fn is_hurried(&self, now: Instant) -> bool {
        self.deadlines.values().any(|deadline| *deadline <= now + HURRY)
    }
}

/// Held by the request whose turn is next.
type Queue = Arc<tokio::sync::Mutex<()>>;

/// What requests of one kind have in common: method and path, without the names in it.
type Kind = (&'static str, Arc<str>);

/// How a request begins.
enum Begin {
    /// It has its turn, of this number.
    Turn(u64),
    /// It waits for the first answer to another.
    Unknown,
    /// It has the place of this number in the queue for this limit.
    Queue { limit: u32, queue: Queue, place: u64 },
}

/// How the first of a queue goes on.
enum First {
    /// It has its turn, of this number.
    Turn(u64),
    /// It waits for an answer, and for about so long.
    Wait(Duration),
    /// It counts against another limit.
    Elsewhere,
}

/// A request's place in the queue for a limit, until it has its turn or goes.
struct Place<'a> {
    pace: &'a Pace,
    limit: u32,
    number: u64,
}

/// A request's turn, until it is answered.
pub(super) struct Turn<'a> {
    pace: &'a Pace,
    number: u64,
}

impl Pace {
    /// Waits until the request may be sent.
    ///
    /// # Errors
    /// [`Stopped::Deadline`] where the call is over before.
    pub(super) async fn turn(
        &self,
        asked: &Asked,
        gate: &Gate,
        patience: &Patience<'_>,
    ) -> Result<Turn<'_>, Stopped> {
        gate.pass(patience).await?;
        let (kind, since) = (kind(asked), Instant::now());
        loop {
            self.tell(since.elapsed(), patience);
            let answered = self.answered.notified();
            let begin = self.state().begin(&kind, patience.deadline());
            match begin {
                Begin::Turn(number) => return Ok(Turn { pace: self, number }),
                Begin::Unknown => {
                    let answered = tokio::time::timeout(GLANCE, answered);
                    let is_answered = patience.wait_for(answered).await?.is_ok();
                    gate.pass(patience).await?;
                    // A host that does not answer has no limit that could be kept to.
                    if !is_answered {
                        let number = self.state().turn(&kind);
                        return Ok(Turn { pace: self, number });
                    }
                }
                Begin::Queue { limit, queue, place } => {
                    let _place = Place { pace: self, limit, number: place };
                    let _first = patience.wait_for(queue.lock()).await?;
                    if let Some(turn) = self.first(&kind, limit, gate, patience, since).await? {
                        return Ok(turn);
                    }
                }
            }
        }
    }

    /// The turn of the first of a queue, which waits since then; `None` where it has turned out to count against another
    /// limit.
    async fn first(
        &self,
        kind: &Kind,
        limit: u32,
        gate: &Gate,
        patience: &Patience<'_>,
        since: Instant,
    ) -> Result<Option<Turn<'_>>, Stopped> {
        loop {
            gate.pass(patience).await?;
            let answered = self.answered.notified();
            let first = self.state().take(kind, limit);
            let wait = match first {
                First::Turn(number) => return Ok(Some(Turn { pace: self, number })),
                First::Wait(wait) => wait,
                First::Elsewhere => return Ok(None),
            };
            self.tell(since.elapsed() + wait, patience);
            tokio::select! {
                slept = patience.sleep(wait) => slept?,
                () = answered => {}
            }
        }
    }

    /// Tells of a wait that is worth a word. Those who look whether they have their turn do so for all who queue behind
    /// them, and who sleep undisturbed.
    fn tell(&self, wait: Duration, patience: &Patience<'_>) {
        if wait > WORTH_TELLING && self.state().is_to_tell() {
            let log = &patience.context.log;
            log.status("waiting for its turn, to keep within Auth0's rate limit");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The numbers are whole at every moment, so a panic elsewhere does not spoil them.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(limit) = self.pace.state().limits.get_mut(&self.limit) {
            limit.deadlines.remove(&self.number);
        }
    }
}

impl Turn<'_> {
    /// Learns from the answer.
    pub(super) fn answered(self, reply: &Reply) {
        self.pace.state().learn(self.number, reply);
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.pace.state().under_way.remove(&self.number);
        self.pace.answered.notify_waiters();
    }
}

impl State {
    /// What is known of a kind; one without an answer is taken to count against the largest limit, which is that of
    /// the tenant as a whole.
    fn limit_of(&self, kind: &Kind) -> Option<u32> {
        let largest = || self.limits.keys().max().copied();
        self.kinds.get(kind).copied().unwrap_or_else(largest)
    }

    fn begin(&mut self, kind: &Kind, deadline: Instant) -> Begin {
        match self.limit_of(kind).and_then(|name| Some((name, self.limits.get_mut(&name)?))) {
            Some((name, limit)) => {
                self.numbers += 1;
                limit.deadlines.insert(self.numbers, deadline);
                Begin::Queue { limit: name, queue: limit.queue.clone(), place: self.numbers }
            }
            None if self.kinds.is_empty() && self.under_way.len() >= AT_FIRST => Begin::Unknown,
            None => Begin::Turn(self.turn(kind)),
        }
    }

    fn take(&mut self, kind: &Kind, limit: u32) -> First {
        if self.limit_of(kind) != Some(limit) {
            return First::Elsewhere;
        }
        let is_alone = self.under_way(0, limit) == 0;
        let wait = self.limits.get_mut(&limit).and_then(|limit| {
            let now = Instant::now();
            let (behind, longest) = match limit.is_hurried(now) {
                true => (0, GLANCE),
                false => (limit.deadlines.len().saturating_sub(1), LONGEST_SLEEP),
            };
            Some(limit.bucket.take(is_alone, behind, now)?.min(longest))
        });
        match wait {
            Some(wait) => First::Wait(wait),
            None => First::Turn(self.turn(kind)),
        }
    }

    fn turn(&mut self, kind: &Kind) -> u64 {
        self.numbers += 1;
        self.under_way.insert(self.numbers, kind.clone());
        self.numbers
    }

    fn is_to_tell(&mut self) -> bool {
        let now = Instant::now();
        let is_due = self.told.is_none_or(|told| now.duration_since(told) >= TOLD);
        if is_due {
            self.told = Some(now);
        }
        is_due
    }

    /// How many requests are under way that count against the limit and had their turn after that of this number.
    fn under_way(&self, after: u64, limit: u32) -> usize {
        let requests = self.under_way.range(after + 1..);
        requests.filter(|(_, kind)| self.limit_of(kind) == Some(limit)).count()
    }

    fn learn(&mut self, number: u64, reply: &Reply) {
        let Some(kind) = self.under_way.remove(&number) else {
            return;
        };
        let is_refused = reply.status == 429;
        let Some(allowance) = reply.allowance else {
            // Neither a refusal nor what is not Auth0's own says that there is no limit.
            if !is_refused && !reply.html && reply.status < 500 {
                self.kinds.entry(kind).or_default();
            }
            return;
        };
        let (name, now) = (allowance.limit, Instant::now());
        self.kinds.insert(kind, Some(name));
        self.limits.entry(name).or_insert_with(|| Limit {
            bucket: Bucket::new(allowance, now),
            queue: Queue::default(),
            deadlines: BTreeMap::new(),
        });
        let (all, later) = (self.under_way(0, name), self.under_way(number, name));
        if let Some(limit) = self.limits.get_mut(&name) {
            limit.bucket.learn(Answer { number, allowance, is_refused, all, later }, now);
        }
    }
}

fn kind(asked: &Asked) -> Kind {
    (asked.method.as_str(), asked.kind.clone())
}

#[cfg(test)]
mod simulated;
#[cfg(test)]
mod tests;
