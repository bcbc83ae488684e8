//! Keeps requests at the distance that the user wants.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::patience::{Patience, Stopped};

/// Waits shorter than this are not worth a word.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// At most so many requests a second, evenly spread; all that there are where the user says nothing.
pub(super) struct Cap {
    per_second: Option<f64>,
    next: Mutex<Option<Instant>>,
}

impl Cap {
    pub(super) fn new(per_second: Option<f64>) -> Cap {
        Cap { per_second, next: Mutex::default() }
    }

    /// Waits for the request's turn; turns come in the order in which they were asked for.
    ///
    /// # Errors
    /// [`Stopped::Capped`] at once where the call would be over before.
    pub(super) async fn pass(&self, patience: &Patience<'_>) -> Result<(), Stopped> {
        let Some(per_second) = self.per_second else {
            return Ok(());
        };
        patience.check()?;
        let distance = Duration::from_secs_f64(1.0 / per_second);
        let wait = self.turn(distance, patience.remaining()).ok_or(Stopped::Capped)?;
        if wait >= WORTH_TELLING {
            patience.context.log.status(format!(
                "waiting {} s, since `auth0:maxRequestsPerSecond` is {per_second}",
                wait.as_secs_f64().ceil()
            ));
        }
        if wait.is_zero() { Ok(()) } else { patience.sleep(wait).await }
    }

    /// How long it is until the turn that is taken with this; `None`, and none taken, where that is too long.
    fn turn(&self, distance: Duration, at_most: Duration) -> Option<Duration> {
        let now = Instant::now();
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = next.map_or(now, |next| next.max(now));
        let wait = turn.duration_since(now);
        if wait >= at_most {
            return None;
        }
        *next = Some(turn + distance);
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::Watched;

    #[tokio::test(start_paused = true)]
    async fn requests_keep_their_distance_and_long_waits_are_told() {
        let (cap, watched, start) = (Cap::new(Some(2.0)), Watched::new(), Instant::now());
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        let pass = async || {
            cap.pass(&patience).await.unwrap();
            start.elapsed().as_millis()
        };
        let (a, b, c, d) = tokio::join!(pass(), pass(), pass(), pass());
        let mut passed = [a, b, c, d];
        passed.sort_unstable();
        assert_eq!(passed.map(|at| at.div_euclid(100)), [0, 5, 10, 15]);
        let told = watched.texts();
        assert_eq!(
            told,
            ["waiting 1 s", "waiting 2 s"]
                .map(|wait| { format!("{wait}, since `auth0:maxRequestsPerSecond` is 2") })
        );
        // Nothing is saved up for later.
        tokio::time::advance(Duration::from_secs(60)).await;
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        let later = Instant::now();
        for _ in 0..3 {
            cap.pass(&patience).await.unwrap();
        }
        assert_eq!(later.elapsed().as_millis().div_euclid(100), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_cap_nothing_waits() {
        let (cap, watched, start) = (Cap::new(None), Watched::new(), Instant::now());
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        for _ in 0..1000 {
            cap.pass(&patience).await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_ends_at_once_when_the_user_stops_it() {
        let (cap, watched, start) = (Cap::new(Some(0.01)), Watched::new(), Instant::now());
        let patience = Patience::new(&watched.context, Duration::from_secs(600));
        cap.pass(&patience).await.unwrap();
        let stop = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            watched.context.cancel.cancel();
        };
        let (passed, ()) = tokio::join!(cap.pass(&patience), stop);
        assert_eq!(passed, Err(Stopped::Cancelled));
        assert_eq!(start.elapsed().as_secs(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn who_cannot_wait_so_long_takes_no_turn() {
        let (cap, watched, start) = (Cap::new(Some(1.0)), Watched::new(), Instant::now());
        let patience = Patience::new(&watched.context, Duration::from_secs(60));
        let hurried = Patience::new(&watched.context, Duration::from_millis(500));
        cap.pass(&patience).await.unwrap();
        for _ in 0..100 {
            assert_eq!(cap.pass(&hurried).await, Err(Stopped::Capped));
        }
        cap.pass(&patience).await.unwrap();
        assert_eq!(start.elapsed().as_millis().div_euclid(100), 10);
    }
}
