//! Sends a request until it is answered for good.

use std::sync::Arc;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use pulumi_rs_sdk::log::Log;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::answer;
use super::cap::Cap;
use super::client::{Reply, Wire};
use super::error::{ApiError, Failure, Progress};
use super::gate::{self, Gate};
use super::pace::{Pace, Turn};
use super::patience::{Patience, Stopped};
use super::request::Outgoing;

/// How long one request may take, answer included.
const LIMIT: Duration = Duration::from_secs(30);
/// How long a write under way is waited for once the user has stopped the update.
const AFTER_CANCEL: Duration = Duration::from_secs(20);
/// How often a request is repeated after failures that may well pass.
const REPEATS: usize = 3;
/// The statuses that may well be others next time.
const PASSING: [u16; 6] = [408, 500, 502, 503, 504, 524];

/// Sends all requests that count against the same rate limit.
pub(super) struct Sender {
    wire: Arc<dyn Wire>,
    gate: Gate,
    cap: Cap,
    pace: Pace,
    tells: bool,
}

impl Sender {
    pub(super) fn new(wire: Arc<dyn Wire>) -> Sender {
        Sender::capped(wire, None)
    }

    /// One that sends at most so many requests a second, if it is said how many.
    pub(super) fn capped(wire: Arc<dyn Wire>, per_second: Option<f64>) -> Sender {
        let cap = Cap::new(per_second);
        Sender { wire, gate: Gate::default(), cap, pace: Pace::default(), tells: false }
    }

    /// The same, if `debug` one that tells of each try: what was asked, and how it was answered.
    pub(super) fn telling(self, debug: bool) -> Sender {
        Sender { tells: debug, ..self }
    }

    /// Sends `outgoing` until there is an answer other than "later".
    ///
    /// # Guarantees
    /// - As answers tell how much is left of a rate limit, requests wait for their turn before they are refused.
    /// - After a 429, which is a refusal, every request is sent again, once the limit allows it.
    /// - One that would make a second thing is not repeated unless it never reached the API.
    /// - All else is repeated up to three times, with growing random delays.
    /// - A call that says how often it is repeated is so after either.
    /// - Waits end at once when the user stops the update. A write under way is then still waited
    ///   for, and runs on for a while even where its caller is gone.
    pub(super) async fn send(
        &self,
        outgoing: Arc<Outgoing>,
        patience: &Patience<'_>,
    ) -> Result<Reply, ApiError> {
        let mut delays = ExponentialBuilder::default()
            .with_min_delay(LIMIT / 60)
            .with_max_delay(LIMIT / 3)
            .with_max_times(patience.repeats.map_or(REPEATS, |most| most as usize))
            .with_jitter()
            .build();
        let repeatable = !outgoing.asked.makes();
        let (mut refusals, mut progress) = (0, Progress::Unsent);
        loop {
            let is_over = patience.remaining().is_zero();
            let turn = self.turn(&outgoing, patience).await.map_err(|stopped| match stopped {
                // There is nothing else that it can have waited for.
                Stopped::Deadline if refusals > 0 || !is_over => limited(&outgoing, patience),
                stopped => ended(&outgoing, stopped, progress, patience),
            })?;
            let began = Instant::now();
            let result = self.once(&outgoing, patience).await?;
            if self.tells {
                tell(&patience.context.log, &outgoing, &result, began.elapsed());
            }
            if let Ok(reply) = &result
                && reply.status == 429
            {
                // Before anybody learns that there is an answer.
                self.gate.close(gate::wait_after(reply.wait, refusals));
            }
            match &result {
                Ok(reply) => turn.answered(reply),
                // It is not under way while it waits to be sent again.
                Err(_) => drop(turn),
            }
            let again = match &result {
                Ok(reply) if reply.status == 429 => {
                    progress = progress.max(Progress::Refused);
                    refusals += 1;
                    if patience.repeats.is_some_and(|most| refusals > most) {
                        return Err(limited(&outgoing, patience));
                    }
                    continue;
                }
                Ok(reply) => {
                    repeatable && (PASSING.contains(&reply.status) || answer::is_spoilt(reply))
                }
                Err(failure) => failure.is_passing() && (repeatable || failure.is_before_sending()),
            };
            if !matches!(&result, Err(failure) if failure.is_before_sending()) {
                progress = Progress::Sent;
            }
            // Where there is no time to try again, what happened tells more than that.
            let slept = match delays.next().filter(|_| again) {
                Some(delay) => patience.sleep(delay).await,
                None => Err(Stopped::Deadline),
            };
            match slept {
                Ok(()) => patience.context.log.debug(format!("{}: trying again", outgoing.asked)),
                Err(Stopped::Deadline) => {
                    return result.map_err(|failure| ApiError::no_answer(&outgoing, failure));
                }
                Err(stopped) => return Err(ended(&outgoing, stopped, progress, patience)),
            }
        }
    }

    /// Waits until the request may be sent: for the limit's pace, the end of a refusal, and then the user's cap, so that
    /// those who waited for the former do not leave together.
    async fn turn(
        &self,
        outgoing: &Outgoing,
        patience: &Patience<'_>,
    ) -> Result<Turn<'_>, Stopped> {
        loop {
            let turn = self.pace.turn(&outgoing.asked, &self.gate, patience).await?;
            self.cap.pass(patience).await?;
            if self.gate.is_open() {
                return Ok(turn);
            }
        }
    }

    async fn once(
        &self,
        outgoing: &Arc<Outgoing>,
        patience: &Patience<'_>,
    ) -> Result<Result<Reply, Failure>, ApiError> {
        if !outgoing.asked.is_write() {
            let limit = LIMIT.min(patience.remaining());
            let sent = patience.wait_for(self.wire.send(outgoing, limit)).await;
            return match sent {
                Ok(result) => Ok(result),
                Err(Stopped::Deadline) => Ok(Err(Failure::TimedOut(limit))),
                Err(stopped) => Err(ended(outgoing, stopped, Progress::Sent, patience)),
            };
        }
        // A write gets its full time even beyond the deadline: to lose its answer costs more.
        let (answer, mut answered) = oneshot::channel();
        let (wire, sent) = (self.wire.clone(), outgoing.clone());
        let log = patience.context.log.clone();
        tokio::spawn(async move {
            let result = wire.send(&sent, LIMIT).await;
            if let Err(Ok(reply)) = answer.send(result) {
                tell_of_lost_answer(&log, &sent, &reply);
            }
        });
        let result = tokio::select! {
            biased;
            result = &mut answered => Some(result),
            () = patience.context.cancel.cancelled() => {
                patience.context.log.info(format!(
                    "{} is under way: waiting up to {} s for its answer, so that it is known what was done",
                    outgoing.asked,
                    AFTER_CANCEL.as_secs()
                ));
                tokio::time::timeout(AFTER_CANCEL, answered).await.ok()
            }
        };
        match result {
            Some(Ok(result)) => Ok(result),
            // The task is gone with the runtime or by a panic; its request may have arrived.
            Some(Err(_)) => Ok(Err(Failure::BrokenOff)),
            None => {
                let cancelled = ended(outgoing, Stopped::Cancelled, Progress::Sent, patience);
                Err(if outgoing.asked.makes() { cancelled.unknown() } else { cancelled })
            }
        }
    }
}

fn ended(
    outgoing: &Outgoing,
    stopped: Stopped,
    progress: Progress,
    patience: &Patience<'_>,
) -> ApiError {
    stopped.into_error(outgoing.asked.clone(), progress, patience)
}

fn limited(outgoing: &Outgoing, patience: &Patience<'_>) -> ApiError {
    ApiError::RateLimited { asked: outgoing.asked.clone(), within: patience.whole() }
}

/// Neither headers nor bodies: both hold secrets, of which only some are known here.
fn tell(log: &Log, outgoing: &Outgoing, result: &Result<Reply, Failure>, took: Duration) {
    let took = took.as_millis();
    log.debug(match result {
        Ok(reply) => format!("{}: answered {} after {took} ms", outgoing.asked, reply.status),
        Err(failure) => format!("{}: not answered, {failure:?}, after {took} ms", outgoing.asked),
    });
}

/// The caller is gone, and with it the way to the engine: the log is all that is left.
fn tell_of_lost_answer(log: &Log, outgoing: &Outgoing, reply: &Reply) {
    let made = outgoing.asked.makes() && (200..300).contains(&reply.status);
    let body = serde_json::from_slice::<serde_json::Value>(&reply.body).unwrap_or_default();
    let id = ["id", "client_id"].iter().find_map(|name| body.get(name)?.as_str());
    if let Some(id) = id.filter(|_| made) {
        log.warning(format!(
            "{} was carried out after the call for it had ended, so `{id}` exists in {} but not in \
             the stack: import or delete it",
            outgoing.asked,
            outgoing.domain()
        ));
    }
}

#[cfg(test)]
mod tests;
