//! What may be answered instead of the truth, and how each is written.

use std::time::Duration;

use axum::http::StatusCode;

use super::answer::Broken;
use crate::duration;

/// What is answered instead of the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An error of the API.
    Error {
        /// Its status.
        status: StatusCode,
        /// Whether the request took effect before.
        after: bool,
        /// What it says about when to come again.
        hint: Hint,
    },
    /// A page of a proxy in place of JSON.
    Html {
        /// Its status.
        status: StatusCode,
        /// Whether the request took effect before.
        after: bool,
    },
    /// The access token of the request has run out, and stays so; the tenant's own token lives on.
    ExpiredToken,
    /// The true answer, cut in the middle, with a Content-Length that fits what is left.
    Truncate,
    /// The true status with no body.
    Empty,
    /// The true answer, its body spread over this time.
    Slow(Duration),
    /// No answer, ever; or, after this time, a connection that is closed.
    Hang(Option<Duration>),
    /// The connection is broken.
    Break(Broken),
    /// The connection is reset after the request took effect.
    ResetAfter,
    /// The true answer of a clock that is so many seconds ahead.
    Skew(i64),
}

/// What an error says about when to come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Whether there are x-ratelimit headers at all.
    pub headers: bool,
    /// Seconds from now to the reset of a rate limit; may be in the past.
    pub reset: i64,
    /// Seconds of Retry-After.
    pub retry_after: Option<u32>,
}

impl Default for Hint {
    fn default() -> Self {
        Self { headers: true, reset: 1, retry_after: None }
    }
}

/// One kind of fault as users write it.
#[derive(Debug, Clone, Copy)]
pub struct FaultKind {
    /// How it is written; what is in brackets may be left out.
    pub form: &'static str,
    /// What is answered.
    pub answer: &'static str,
    /// Whether the request takes effect.
    pub effect: &'static str,
    read: fn(&[&str]) -> Option<Fault>,
}

/// Every kind of fault; the parser, the help and a test of the README go by this table.
pub const FAULT_KINDS: &[FaultKind] = &[
    FaultKind {
        form: "status:N[:after][:retry-after=S]",
        answer: "an error of the API with status N, 400 to 599",
        effect: "with `after`",
        read: |words| error(words, &["after", "retry-after"]),
    },
    FaultKind {
        form: "status:429[:reset=S][:retry-after=S]",
        answer: "a rate limit that ends in S seconds, 1 if not said; -S is in the past",
        effect: "no",
        read: |words| limited(words, &["reset", "retry-after"]),
    },
    FaultKind {
        form: "status:429:no-headers[:retry-after=S]",
        answer: "a rate limit without x-ratelimit headers",
        effect: "no",
        read: |words| limited(words, &["no-headers", "retry-after"]),
    },
    FaultKind {
        form: "500-after",
        answer: "short for status:500:after",
        effect: "yes",
        read: |words| {
            (words == ["500-after"]).then(|| error(&["status", "500", "after"], &["after"]))?
        },
    },
    FaultKind {
        form: "expired-token",
        answer: "401; the access token has run out, for this request and every later one",
        effect: "no",
        read: |words| (words == ["expired-token"]).then_some(Fault::ExpiredToken),
    },
    FaultKind {
        form: "html[:N][:after]",
        answer: "a page of a proxy with status N, 200 if not said, and no header of Auth0's",
        effect: "with `after`",
        read: html,
    },
    FaultKind {
        form: "truncate",
        answer: "the true answer, its body cut in the middle",
        effect: "yes",
        read: |words| (words == ["truncate"]).then_some(Fault::Truncate),
    },
    FaultKind {
        form: "empty",
        answer: "the true status with no body",
        effect: "yes",
        read: |words| (words == ["empty"]).then_some(Fault::Empty),
    },
    FaultKind {
        form: "slow:DURATION",
        answer: "the true answer, its body spread over DURATION, such as 5s",
        effect: "yes",
        read: slow,
    },
    FaultKind {
        form: "hang[:DURATION]",
        answer: "nothing, ever; or the connection is closed after DURATION, as by a proxy that waits no longer",
        effect: "no",
        read: hang,
    },
    FaultKind {
        form: "close",
        answer: "the connection is closed without an answer",
        effect: "no",
        read: |words| (words == ["close"]).then_some(Fault::Break(Broken::Closed)),
    },
    FaultKind {
        form: "reset",
        answer: "the connection is reset (TCP RST) without an answer",
        effect: "no",
        read: |words| (words == ["reset"]).then_some(Fault::Break(Broken::Reset)),
    },
    FaultKind {
        form: "reset-middle",
        answer: "the connection is reset in the middle of the true answer",
        effect: "yes",
        read: |words| (words == ["reset-middle"]).then_some(Fault::Break(Broken::ResetMidway)),
    },
    FaultKind {
        form: "reset-after",
        answer: "the connection is reset without an answer",
        effect: "yes",
        read: |words| (words == ["reset-after"]).then_some(Fault::ResetAfter),
    },
    FaultKind {
        form: "skew:S",
        answer: "the true answer of a clock S seconds ahead: Date and x-ratelimit-reset; -S is behind; \
                 adds to other rules",
        effect: "yes",
        read: skew,
    },
];

impl Fault {
    /// The fault that a word such as `status:500:after` names.
    pub fn read(word: &str) -> Option<Self> {
        let words: Vec<&str> = word.split(':').collect();
        FAULT_KINDS.iter().find_map(|kind| (kind.read)(&words))
    }

    /// Whether the request takes effect before the lie.
    pub fn keeps_effect(self) -> bool {
        match self {
            Self::Error { after, .. } | Self::Html { after, .. } => after,
            Self::ExpiredToken | Self::Hang(_) => false,
            Self::Break(broken) => broken == Broken::ResetMidway,
            Self::Truncate | Self::Empty | Self::Slow(_) | Self::ResetAfter | Self::Skew(_) => true,
        }
    }
}

fn error(words: &[&str], allowed: &[&str]) -> Option<Fault> {
    let ["status", status, rest @ ..] = words else { return None };
    let status = StatusCode::from_bytes(status.as_bytes()).ok()?;
    if !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let (mut after, mut hint) = (false, Hint::default());
    for word in rest {
        let (name, value) = word.split_once('=').map_or((*word, None), |(n, v)| (n, Some(v)));
        if !allowed.contains(&name) {
            return None;
        }
        match (name, value) {
            ("after", None) => after = true,
            ("no-headers", None) => hint.headers = false,
            ("reset", Some(seconds)) => hint.reset = seconds_within_a_century(seconds)?,
            ("retry-after", Some(seconds)) => hint.retry_after = Some(seconds.parse().ok()?),
            _ => return None,
        }
    }
    Some(Fault::Error { status, after, hint })
}

fn limited(words: &[&str], allowed: &[&str]) -> Option<Fault> {
    error(words, allowed).filter(|_| words[1] == "429")
}

fn html(words: &[&str]) -> Option<Fault> {
    let ["html", rest @ ..] = words else { return None };
    let (status, after) = match rest {
        [rest @ .., "after"] => (rest, true),
        rest => (rest, false),
    };
    let status = match status {
        [] => StatusCode::OK,
        [status] => StatusCode::from_bytes(status.as_bytes()).ok()?,
        _ => return None,
    };
    (200..600).contains(&status.as_u16()).then_some(Fault::Html { status, after })
}

fn slow(words: &[&str]) -> Option<Fault> {
    let ["slow", time] = words else { return None };
    duration::read(time).ok().map(Fault::Slow)
}

fn hang(words: &[&str]) -> Option<Fault> {
    match words {
        ["hang"] => Some(Fault::Hang(None)),
        ["hang", time] => duration::read(time).ok().map(|time| Fault::Hang(Some(time))),
        _ => None,
    }
}

fn skew(words: &[&str]) -> Option<Fault> {
    let ["skew", seconds] = words else { return None };
    seconds_within_a_century(seconds).map(Fault::Skew)
}

/// More than that leaves the range of a Date header.
fn seconds_within_a_century(text: &str) -> Option<i64> {
    const CENTURY: i64 = 100 * 365 * 86_400;
    text.parse().ok().filter(|seconds| (-CENTURY..=CENTURY).contains(seconds))
}
