//! Token buckets as Auth0 has them: `BURST/RATE`, one for the Management API and others for single routes.
//!
//! The headers speak as Auth0's own limiter does (the README of `auth0/limitd-redis`): the limit is the
//! size of the bucket, and the reset is when it will be full again, in seconds since 1970.

use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, Method};
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use jiff::Timestamp;

use crate::pattern::{BadPattern, Pattern};

/// A limit: `BURST/RATE` for the Management API, or `METHOD /route=BURST/RATE`.
///
/// The rate is per second, or per minute where `/min` follows: `50/16`, `GET /api/v2/clients=5/100/min`.
#[derive(Debug, Clone, PartialEq)]
pub struct RateLimit {
    /// Nothing for the Management API as a whole.
    pattern: Option<Pattern>,
    burst: NonZeroU32,
    /// In which one request more is let through.
    interval: Duration,
}

/// A limit that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{reason}; a limit reads 'BURST/RATE' or 'METHOD /route=BURST/RATE', such as 50/16 for a burst of 50 and \
     16 requests per second, or 'GET /api/v2/clients=5/100/min'"
)]
pub struct BadRateLimit {
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Reason {
    #[error(transparent)]
    Pattern(#[from] BadPattern),
    #[error("there is no '/' between burst and rate in '{0}'")]
    NoRate(String),
    #[error("the burst '{0}' is not a number of requests from 1 on")]
    Burst(String),
    #[error("the rate '{0}' is not a number of requests above 0, per second or '/min'")]
    Rate(String),
}

impl FromStr for RateLimit {
    type Err = BadRateLimit;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).map_err(|reason| BadRateLimit { reason })
    }
}

fn read(text: &str) -> Result<RateLimit, Reason> {
    let (pattern, limit) = match text.rsplit_once('=') {
        Some((pattern, limit)) => (Some(pattern.parse()?), limit.trim()),
        None => (None, text.trim()),
    };
    let (burst, rate) = limit.split_once('/').ok_or_else(|| Reason::NoRate(limit.to_owned()))?;
    let bad_rate = || Reason::Rate(rate.to_owned());
    let (number, period) = match rate.split_once('/') {
        None | Some((_, "s")) => (rate.trim_end_matches("/s"), 1.0),
        Some((number, "min")) => (number, 60.0),
        Some(_) => return Err(bad_rate()),
    };
    let per_period: f64 = number.parse().map_err(|_| bad_rate())?;
    if !(per_period > 0.0 && per_period.is_finite()) {
        return Err(bad_rate());
    }
    let interval = Duration::try_from_secs_f64(period / per_period).map_err(|_| bad_rate())?;
    // The bucket cannot be drained faster than that, and governor takes no period of nothing.
    if interval.is_zero() || interval > Duration::from_hours(24) {
        return Err(bad_rate());
    }
    let burst = burst.parse().map_err(|_| Reason::Burst(burst.to_owned()))?;
    Ok(RateLimit { pattern, burst, interval })
}

impl RateLimit {
    /// Whether it is the one of the Management API as a whole.
    pub fn is_global(&self) -> bool {
        self.pattern.is_none()
    }
}

/// How a bucket stands after a request, and whether it let the request through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether the request is let through.
    pub admitted: bool,
    limit: u32,
    remaining: u32,
    reset: i64,
}

impl Standing {
    /// Says how the bucket stands where a fault has not said otherwise.
    pub fn tell(self, headers: &mut HeaderMap) {
        let rows = [
            ("x-ratelimit-limit", i64::from(self.limit)),
            ("x-ratelimit-remaining", i64::from(self.remaining)),
            ("x-ratelimit-reset", self.reset),
        ];
        for (name, value) in rows {
            headers.entry(name).or_insert(HeaderValue::from(value));
        }
    }

    /// What is said where no limit was asked for: one that nobody reaches.
    fn boundless() -> Self {
        const LIMIT: u32 = 1000;
        let reset = Timestamp::now().as_second() + 1;
        Self { admitted: true, limit: LIMIT, remaining: LIMIT - 1, reset }
    }
}

/// The buckets of a tenant.
#[derive(Debug, Default)]
pub struct RateLimits(Vec<Bucket<MonotonicClock>>);

impl RateLimits {
    /// Full buckets.
    pub fn new(limits: Vec<RateLimit>) -> Self {
        Self(limits.into_iter().map(|limit| Bucket::new(limit, MonotonicClock)).collect())
    }

    /// Takes a token for a request from the first bucket of its route, or else from that of the Management
    /// API.
    pub fn take(&self, method: &Method, route: &str) -> Standing {
        let own = self.0.iter().find(|bucket| {
            bucket.limit.pattern.as_ref().is_some_and(|pattern| pattern.fits(method, route))
        });
        let shared = || self.0.iter().find(|bucket| bucket.limit.is_global());
        let bucket = match own {
            None if route.starts_with("/api/v2/") => shared(),
            own => own,
        };
        bucket.map_or_else(Standing::boundless, |bucket| bucket.take(Timestamp::now()))
    }

    /// Another client of the tenant, for ever: from each bucket it takes this many percent of what is
    /// filled in.
    pub async fn load(&self, percent: u32) {
        let load = self.0.iter().map(|bucket| bucket.load(percent));
        futures_util::future::join_all(load).await;
    }
}

#[derive(Debug)]
struct Bucket<C: Clock> {
    limit: RateLimit,
    clock: C,
    tokens: RateLimiter<NotKeyed, InMemoryState, C, StateInformationMiddleware>,
}

impl<C: Clock + Clone> Bucket<C>
where
    StateInformationMiddleware: governor::middleware::RateLimitingMiddleware<
            C::Instant,
            PositiveOutcome = governor::middleware::StateSnapshot,
            NegativeOutcome = governor::NotUntil<C::Instant>,
        >,
{
    fn new(limit: RateLimit, clock: C) -> Self {
        let quota = Quota::with_period(limit.interval).expect("a limit's interval is not zero");
        let quota = quota.allow_burst(limit.burst);
        let tokens = RateLimiter::direct_with_clock(quota, clock.clone()).with_middleware();
        Self { limit, clock, tokens }
    }

    fn take(&self, now: Timestamp) -> Standing {
        let burst = self.limit.burst.get();
        let (admitted, remaining, full) = match self.tokens.check() {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                (true, remaining, self.limit.interval * (burst - remaining))
            }
            Err(refused) => {
                let next = refused.wait_time_from(self.clock.now());
                (false, 0, next + self.limit.interval * (burst - 1))
            }
        };
        let full = now.as_duration() + full.try_into().unwrap_or(jiff::SignedDuration::MAX);
        let reset = full.as_secs() + i64::from(full.subsec_nanos() > 0);
        Standing { admitted, limit: burst, remaining, reset }
    }

    async fn load(&self, percent: u32) {
        let period = self.limit.interval.mul_f64(100.0 / f64::from(percent));
        let mut turns = tokio::time::interval(period.max(Duration::from_nanos(1)));
        loop {
            turns.tick().await;
            // Refused or not: the other client goes on either way.
            let _ = self.tokens.check();
        }
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn bucket(limit: &str) -> Bucket<FakeRelativeClock> {
        Bucket::new(limit.parse().unwrap(), FakeRelativeClock::default())
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn a_burst_goes_through_and_then_as_many_as_are_filled_in() {
        let bucket = bucket("10/2");
        let remaining: Vec<u32> = (0..10).map(|_| bucket.take(at(0)).remaining).collect();
        assert_eq!(remaining, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert!(!bucket.take(at(0)).admitted);
        bucket.clock.advance(Duration::from_secs(1));
        let admitted: Vec<bool> = (0..3).map(|_| bucket.take(at(1)).admitted).collect();
        assert_eq!(admitted, [true, true, false]);
    }

    #[test]
    fn the_reset_is_when_the_bucket_is_full_again() {
        let bucket = bucket("10/2");
        assert_eq!(bucket.take(at(100)).reset, 101, "half a second, rounded up");
        for _ in 0..8 {
            bucket.take(at(100));
        }
        assert_eq!(bucket.take(at(100)).reset, 105);
        let refused = bucket.take(at(100));
        assert_eq!((refused.admitted, refused.remaining, refused.reset), (false, 0, 105));
        bucket.clock.advance(Duration::from_secs(5));
        assert_eq!(bucket.take(at(105)).remaining, 9);
    }

    #[test]
    fn a_route_with_a_bucket_of_its_own_takes_from_no_other() {
        let limits = ["3/0.001", "POST /api/v2/clients=1/1/min"];
        let limits = RateLimits::new(limits.iter().map(|limit| limit.parse().unwrap()).collect());
        let take = |method: Method, route: &str| {
            let standing = limits.take(&method, route);
            (standing.admitted, standing.limit, standing.remaining)
        };
        assert_eq!(take(Method::POST, "/api/v2/clients"), (true, 1, 0));
        assert_eq!(take(Method::POST, "/api/v2/clients"), (false, 1, 0));
        assert_eq!(take(Method::GET, "/api/v2/clients"), (true, 3, 2));
        assert_eq!(take(Method::GET, "/api/v2/clients/{id}"), (true, 3, 1));
        assert_eq!(take(Method::POST, "/oauth/token"), (true, 1000, 999));
    }

    #[test]
    fn a_limit_is_read_with_its_unit() {
        let interval = |text: &str| text.parse::<RateLimit>().unwrap().interval;
        assert_eq!(interval("50/16"), Duration::from_micros(62_500));
        assert_eq!(interval("50/16/s"), interval("50/16"));
        assert_eq!(interval("* *=5/100/min"), Duration::from_millis(600));
        assert_eq!(interval("1/0.5"), Duration::from_secs(2));
    }
}
