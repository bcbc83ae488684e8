//! How much is left of one limit, and how fast it comes back.

use std::time::Duration;

use tokio::time::Instant;

use super::{AT_FIRST, Allowance, GLANCE};

/// The slowest pace: where less comes back, asking tells more than waiting.
const SLOWEST: f64 = 0.2;
/// How many requests must have come back until it is looked how long that took.
const ENOUGH: f64 = 8.0;
/// What is trusted of a pace that was seen.
const TRUSTED: f64 = 0.95;
/// The part of a limit that is kept free at most, once there have been refusals.
const SPARE: f64 = 0.2;
/// For how many turns behind it the first of a queue waits, so that they go on together: to wake up costs about as much
/// as a request.
const BEHIND: usize = 3;
/// How much longer it waits for them at most.
const FOR_OTHERS: Duration = Duration::from_millis(2500);
/// How long nothing is heard of a limit at most while somebody waits for it.
const SILENCE: Duration = Duration::from_secs(5);
/// Refusals that come together count as one.
const TOGETHER: Duration = Duration::from_secs(1);

/// What is believed of a limit.
///
/// Answers tell when nothing of a limit will be used up any more, in whole seconds and without what others use. So
/// that is believed only until it has been seen how much comes back.
#[derive(Debug)]
pub(super) struct Bucket {
    limit: f64,
    /// What may be sent at once; below zero where more is under way than there was.
    left: f64,
    /// The same without what has come back since the last answer.
    told: f64,
    /// How many turns were taken since then of what has come back.
    guessed: usize,
    per_second: f64,
    /// Whether the pace is one that was seen, not one that was told.
    is_seen: bool,
    at: Instant,
    /// What is kept free, since the last requests of a limit are those that others may be quicker to take.
    spare: f64,
    refused: Option<Instant>,
    /// When the last answer came, or what was asked for want of one.
    heard: Instant,
    /// The turn of the latest request whose answer is believed.
    latest: u64,
    seen: Seen,
}

/// What has been seen since some answer.
#[derive(Debug)]
struct Seen {
    since: Instant,
    left: f64,
    taken: f64,
}

/// An answer, and what else was under way that counts against the limit.
pub(super) struct Answer {
    /// The number of the request's turn.
    pub(super) number: u64,
    pub(super) allowance: Allowance,
    pub(super) is_refused: bool,
    /// How many others are not answered.
    pub(super) all: usize,
    /// Those of them that had their turn after it.
    pub(super) later: usize,
}

impl Bucket {
    /// What the first answer tells; it is still to be learned.
    pub(super) fn new(allowance: Allowance, now: Instant) -> Bucket {
        let (limit, left) = (f64::from(allowance.limit), f64::from(allowance.remaining));
        Bucket {
            limit,
            left,
            told: left,
            guessed: 0,
            per_second: allowance.per_second().clamp(SLOWEST, limit),
            is_seen: false,
            at: now,
            spare: 0.0,
            refused: None,
            heard: now,
            latest: 0,
            seen: Seen { since: now, left, taken: 0.0 },
        }
    }

    /// Takes a turn, or says how long it is likely to be until there is one, and one for each of those `behind` too, as
    /// far as that is worth it; `is_alone` where nothing is under way.
    pub(super) fn take(&mut self, is_alone: bool, behind: usize, now: Instant) -> Option<Duration> {
        let since = now.duration_since(self.at).as_secs_f64();
        self.left = (self.left + since * self.per_second).min(self.limit);
        self.at = now;
        let mut longest = Duration::MAX;
        if is_alone {
            // What was taken for those under way has been answered, or nobody will.
            self.left = self.left.max(0.0);
            longest = (self.heard + SILENCE).duration_since(now);
        }
        let needed = (1.0 + self.spare).min(self.limit);
        // A hair's breadth, since the times that are waited are rounded.
        if self.left < needed - 1e-6 {
            if !longest.is_zero() {
                let wait = (needed + self.worth_waiting_for(behind) - self.left) / self.per_second;
                return Some(Duration::from_secs_f64(wait).min(longest));
            }
            self.heard = now;
        }
        if self.told < needed {
            // Others may have been quicker than was thought: an answer will say.
            if self.guessed >= AT_FIRST && !is_alone {
                return Some(GLANCE);
            }
            self.guessed += 1;
        }
        self.left -= 1.0;
        self.told -= 1.0;
        self.seen.taken += 1.0;
        None
    }

    /// For how many of those behind the first one waits too: never until more than a third of the limit is there, since
    /// nothing would come back to one that is full, and only at a pace that was seen, since one that was told may be much
    /// too slow.
    fn worth_waiting_for(&self, behind: usize) -> f64 {
        if !self.is_seen {
            return 0.0;
        }
        let soon = (FOR_OTHERS.as_secs_f64() * self.per_second).floor();
        let third = (self.limit / 3.0 - 1.0 - self.spare).floor();
        (behind.min(BEHIND) as f64).min(soon).min(third).max(0.0)
    }

    /// Believes an answer, unless a later one is believed already.
    pub(super) fn learn(&mut self, answer: Answer, now: Instant) {
        self.heard = now;
        let is_another = self.refused.is_none_or(|at| now.duration_since(at) > TOGETHER);
        if answer.is_refused && is_another {
            self.refused = Some(now);
            self.spare = (self.spare + 1.0).min(self.limit * SPARE);
        }
        if answer.number < self.latest {
            return;
        }
        self.latest = answer.number;
        let Allowance { limit, remaining, .. } = answer.allowance;
        // Those that are under way may not be counted in it, if they overtook each other.
        self.left = f64::from(remaining) - answer.all as f64;
        self.told = self.left;
        self.guessed = 0;
        self.at = now;
        if !self.is_seen {
            self.per_second = answer.allowance.per_second().clamp(SLOWEST, self.limit);
        }
        // As a rule they did not.
        let left = f64::from(remaining) - answer.later as f64;
        // What a refused request did not take is not seen, nor what a full limit did not take back.
        if answer.is_refused || remaining + 1 >= limit || self.see(left, answer.all) {
            self.seen = Seen { since: now, left, taken: 0.0 };
        }
    }

    /// Corrects the pace by how much has come back, if that is enough to tell.
    fn see(&mut self, left: f64, under_way: usize) -> bool {
        let seconds = self.at.duration_since(self.seen.since).as_secs_f64();
        let come = left - self.seen.left + self.seen.taken;
        // The more is under way, the less exactly it is known what is left.
        let enough = ENOUGH.max(4.0 * under_way as f64);
        if come.max(seconds * self.per_second) < enough {
            return false;
        }
        let seen = TRUSTED * come / seconds.max(f64::EPSILON);
        let mean = if self.is_seen { f64::midpoint(seen, self.per_second) } else { seen };
        self.per_second = mean.clamp(SLOWEST, self.limit);
        self.is_seen = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(limit: u32, per_second: f64) -> Bucket {
        let allowance = Allowance { limit, remaining: 0, whole_in: Duration::from_secs(10) };
        Bucket { per_second, is_seen: true, ..Bucket::new(allowance, Instant::now()) }
    }

    #[test]
    fn the_first_waits_for_as_many_as_are_soon_there_and_fill_no_limit() {
        struct Case {
            bucket: Bucket,
            behind: usize,
            waits_for: f64,
        }
        let cases = [
            Case { bucket: bucket(50, 16.0), behind: 9, waits_for: 3.0 },
            Case { bucket: bucket(50, 16.0), behind: 1, waits_for: 1.0 },
            Case { bucket: bucket(50, 16.0), behind: 0, waits_for: 0.0 },
            Case { bucket: bucket(50, 1.0), behind: 9, waits_for: 2.0 },
            Case { bucket: bucket(50, SLOWEST), behind: 9, waits_for: 0.0 },
            Case { bucket: bucket(10, 16.0), behind: 9, waits_for: 2.0 },
            Case { bucket: Bucket { spare: 1.0, ..bucket(10, 16.0) }, behind: 9, waits_for: 1.0 },
            Case { bucket: Bucket { spare: 2.0, ..bucket(10, 16.0) }, behind: 9, waits_for: 0.0 },
            Case { bucket: bucket(6, 16.0), behind: 9, waits_for: 1.0 },
            Case { bucket: bucket(5, 16.0), behind: 9, waits_for: 0.0 },
            Case { bucket: bucket(1, 16.0), behind: 9, waits_for: 0.0 },
            Case {
                bucket: Bucket { is_seen: false, ..bucket(50, 16.0) },
                behind: 9,
                waits_for: 0.0,
            },
        ];
        for Case { bucket, behind, waits_for } in cases {
            assert_eq!(bucket.worth_waiting_for(behind), waits_for, "{behind}: {bucket:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn where_nothing_is_under_way_it_is_asked_after_a_while_whatever_is_believed() {
        let mut bucket = Bucket { left: -27.0, spare: 10.0, ..bucket(50, SLOWEST) };
        for _ in 0..3 {
            assert_eq!(bucket.take(true, 0, Instant::now()), Some(SILENCE));
            tokio::time::sleep(SILENCE).await;
            assert!(bucket.take(false, 0, Instant::now()).is_some(), "one is under way");
            assert_eq!(bucket.take(true, 0, Instant::now()), None);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_taken_for_those_under_way_is_there_when_none_is() {
        let mut bucket = Bucket { left: -27.0, ..bucket(50, 2.0) };
        assert_eq!(bucket.take(true, 0, Instant::now()), Some(Duration::from_millis(500)));
    }
}
