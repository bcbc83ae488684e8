//! How long a call goes on.

use std::time::Duration;

use pulumi_rs_sdk::provider::Context;
use tokio::time::Instant;

use super::error::{ApiError, Progress};
use super::request::Asked;

/// How long a call goes on: to its deadline, or until the user stops it.
pub(super) struct Patience<'a> {
    pub(super) context: &'a Context,
    deadline: Instant,
    whole: Duration,
    /// How often a request is repeated at most, refusals by the rate limit included; `None` is as usual.
    pub(super) repeats: Option<u32>,
}

/// Why a call does not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// The user stopped it.
    Cancelled,
    /// Its deadline is reached, or would be before anything more could happen.
    Deadline,
    /// The rate that the user wants would let it through only after its deadline.
    Capped,
}

impl Stopped {
    /// That `asked` was not answered for this reason, and how far it had come.
    pub(super) fn into_error(
        self,
        asked: Asked,
        progress: Progress,
        patience: &Patience<'_>,
    ) -> ApiError {
        match self {
            Stopped::Cancelled => ApiError::Cancelled { asked, progress },
            Stopped::Deadline => ApiError::Deadline { asked, within: patience.whole() },
            Stopped::Capped => ApiError::Capped { asked, within: patience.whole() },
        }
    }
}

impl<'a> Patience<'a> {
    pub(super) fn new(context: &'a Context, whole: Duration) -> Self {
        Patience { context, deadline: Instant::now() + whole, whole, repeats: None }
    }

    /// The time that the call was given at its start.
    pub(super) fn whole(&self) -> Duration {
        self.whole
    }

    pub(super) fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(super) fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Whether anything may still be begun.
    pub(super) fn check(&self) -> Result<(), Stopped> {
        if self.context.cancel.is_cancelled() {
            Err(Stopped::Cancelled)
        } else if self.remaining().is_zero() {
            Err(Stopped::Deadline)
        } else {
            Ok(())
        }
    }

    /// Waits, unless the deadline comes first: then it is not worth to begin.
    pub(super) async fn sleep(&self, delay: Duration) -> Result<(), Stopped> {
        self.check()?;
        if delay >= self.remaining() {
            return Err(Stopped::Deadline);
        }
        tokio::select! {
            biased;
            () = self.context.cancel.cancelled() => Err(Stopped::Cancelled),
            () = tokio::time::sleep(delay) => Ok(()),
        }
    }

    /// Waits for `work`, which may be given up at any time.
    pub(super) async fn wait_for<T>(&self, work: impl Future<Output = T>) -> Result<T, Stopped> {
        self.check()?;
        tokio::select! {
            biased;
            () = self.context.cancel.cancelled() => Err(Stopped::Cancelled),
            result = work => Ok(result),
            () = tokio::time::sleep_until(self.deadline) => Err(Stopped::Deadline),
        }
    }
}
