//! Holds all requests back while a rate limit lasts.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use tokio::time::Instant;

use super::patience::{Patience, Stopped};

/// The shortest wait after a 429, so that a reset that has passed already is no reason to hurry.
const FLOOR: Duration = Duration::from_millis(500);
/// The longest wait that was not asked for.
const UNASKED: Duration = Duration::from_secs(30);
/// The longest wait at once; then the API is asked again.
const CAP: Duration = Duration::from_secs(120);

/// One for all requests that count against the same limit: what one of them learns, all obey.
#[derive(Default)]
pub(super) struct Gate {
    opens: Mutex<Option<Instant>>,
}

impl Gate {
    /// Holds all requests back for `wait` from now on; never shortens a wait.
    pub(super) fn close(&self, wait: Duration) {
        let until = Instant::now() + wait;
        let mut opens = self.opens.lock().unwrap_or_else(PoisonError::into_inner);
        *opens = (*opens).max(Some(until));
    }

    /// Waits until requests may be sent, and tells the user so.
    ///
    /// # Errors
    /// [`Stopped::Deadline`] at once where the call would be over before.
    pub(super) async fn pass(&self, patience: &Patience<'_>) -> Result<(), Stopped> {
        patience.check()?;
        while let Some(wait) = self.closed_for() {
            let log = &patience.context.log;
            log.status(format!("waiting {} for Auth0's rate limit", seconds(wait)));
            patience.sleep(wait + jitter(wait)).await?;
        }
        Ok(())
    }

    /// Whether requests may be sent now.
    pub(super) fn is_open(&self) -> bool {
        self.closed_for().is_none()
    }

    fn closed_for(&self) -> Option<Duration> {
        let opens = *self.opens.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = opens?.saturating_duration_since(Instant::now());
        (!wait.is_zero()).then_some(wait)
    }
}

/// How long to wait after the 429 number `count` (from 0) of a request, if the API said `stated`.
///
/// Where it said nothing, or a moment that has passed, the wait grows with the count.
pub(super) fn wait_after(stated: Option<Duration>, count: u32) -> Duration {
    match stated {
        Some(wait) if !wait.is_zero() => wait.clamp(FLOOR, CAP),
        _ => FLOOR.saturating_mul(1 << count.min(10)).min(UNASKED),
    }
}

/// What an answer says about when to ask again: the later of `Retry-After` and `x-ratelimit-reset`.
///
/// The clock of the server counts, where the answer tells it: ours may be wrong.
pub(super) fn stated_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let retry = headers.get(RETRY_AFTER).and_then(|value| {
        number(value)
            .map(|wait| Duration::from_secs(wait.unsigned_abs()))
            .or_else(|| Some(until(date(value)?, server_time(headers, now)?)))
    });
    until_reset(headers, now).max(retry)
}

/// How long it is until `x-ratelimit-reset`, by the same clock.
pub(super) fn until_reset(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let reset = headers.get("x-ratelimit-reset").and_then(number)?;
    Some(until(reset, server_time(headers, now)?))
}

fn until(at: i64, now: i64) -> Duration {
    Duration::from_secs(u64::try_from(at - now).unwrap_or_default())
}

fn server_time(headers: &HeaderMap, now: SystemTime) -> Option<i64> {
    headers.get(DATE).and_then(date).or_else(|| {
        let since = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_secs()).ok()
    })
}

/// A moment between now and shortly after, so that not all who waited come back at once.
fn jitter(wait: Duration) -> Duration {
    let most = (wait / 4).clamp(Duration::from_millis(100), Duration::from_secs(2));
    most.mul_f32(fastrand::f32())
}

fn number(value: &HeaderValue) -> Option<i64> {
    value.to_str().ok()?.trim().parse().ok().filter(|number: &i64| *number >= 0)
}

fn date(value: &HeaderValue) -> Option<i64> {
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    parser.parse_timestamp(value.as_bytes()).ok().map(|moment| moment.as_second())
}

fn seconds(wait: Duration) -> String {
    format!("{} s", wait.as_secs_f64().ceil())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::Watched;

    fn headers(given: &[(&'static str, &str)]) -> HeaderMap {
        given.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn stated(given: &[(&'static str, &str)]) -> Option<Duration> {
        stated_wait(&headers(given), SystemTime::UNIX_EPOCH + Duration::from_secs(1000))
    }

    #[test]
    fn understands_both_headers() {
        let seconds = |wait| Some(Duration::from_secs(wait));
        assert_eq!(stated(&[]), None);
        assert_eq!(stated(&[("x-ratelimit-reset", "1007")]), seconds(7));
        assert_eq!(stated(&[("retry-after", "3")]), seconds(3));
        assert_eq!(stated(&[("retry-after", "3"), ("x-ratelimit-reset", "1007")]), seconds(7));
        assert_eq!(stated(&[("x-ratelimit-reset", "1")]), seconds(0));
        assert_eq!(stated(&[("x-ratelimit-reset", "soon"), ("retry-after", "-1")]), None);
        assert_eq!(
            stated(&[("retry-after", "Thu, 01 Jan 1970 00:16:50 GMT")]),
            seconds(10),
            "a date"
        );
    }

    #[test]
    fn the_clock_of_the_server_counts() {
        let date = ("date", "Thu, 01 Jan 1970 00:10:00 GMT");
        assert_eq!(stated(&[date, ("x-ratelimit-reset", "605")]), Some(Duration::from_secs(5)));
    }

    #[test]
    fn a_wait_has_a_floor_and_a_cap() {
        let ms = Duration::from_millis;
        assert_eq!(wait_after(Some(ms(1)), 9), ms(500));
        assert_eq!(wait_after(Some(ms(3_600_000)), 0), ms(120_000));
        let growing: Vec<_> = (0..4).map(|count| wait_after(Some(Duration::ZERO), count)).collect();
        assert_eq!(growing, [ms(500), ms(1000), ms(2000), ms(4000)]);
        assert_eq!(wait_after(None, u32::MAX), ms(30_000));
    }

    #[tokio::test(start_paused = true)]
    async fn everybody_waits_and_is_told_so() {
        let (gate, watched, start) = (Gate::default(), Watched::new(), Instant::now());
        gate.close(Duration::from_secs(7));
        gate.close(Duration::from_secs(1));
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        let (one, two) = tokio::join!(gate.pass(&patience), gate.pass(&patience));
        assert_eq!((one, two), (Ok(()), Ok(())));
        let waited = start.elapsed().as_secs_f32();
        assert!((7.0..9.1).contains(&waited), "{waited}");
        assert_eq!(watched.texts(), ["waiting 7 s for Auth0's rate limit"; 2]);
        gate.pass(&patience).await.unwrap();
        assert_eq!(watched.texts().len(), 2, "an open gate says nothing");
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_beyond_the_deadline_is_not_begun() {
        let (gate, watched, start) = (Gate::default(), Watched::new(), Instant::now());
        gate.close(Duration::from_secs(61));
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        assert_eq!(gate.pass(&patience).await, Err(Stopped::Deadline));
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_ends_at_once_when_the_user_stops_it() {
        let (gate, watched, start) = (Gate::default(), Watched::new(), Instant::now());
        gate.close(Duration::from_secs(50));
        let patience = Patience::new(&watched.context, Duration::from_secs(600));
        let stop = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            watched.context.cancel.cancel();
        };
        let (passed, ()) = tokio::join!(gate.pass(&patience), stop);
        assert_eq!(passed, Err(Stopped::Cancelled));
        assert_eq!(start.elapsed().as_secs(), 2);
    }
}
