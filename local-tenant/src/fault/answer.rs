//! The lies themselves: the answer that each fault makes of the true one.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream;
use jiff::Timestamp;

use super::kind::{Fault, Hint};
use crate::answer::ApiError;

/// Marks an answer whose connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Closed in place of the answer.
    Closed,
    /// Reset in place of the answer.
    Reset,
    /// Reset after the first half of the answer's body.
    ResetMidway,
}

impl Broken {
    /// Whether the client gets as much as a status.
    pub fn answers(self) -> bool {
        self == Self::ResetMidway
    }
}

/// Marks an answer that comes from in front of Auth0, or hides its limits: it has none of the
/// headers that Auth0 adds.
#[derive(Debug, Clone, Copy)]
pub struct Bare;

/// Pieces that a slow body comes in.
const PIECES: usize = 20;

impl Fault {
    /// The lie that stands in place of the true answer, or is made of it.
    pub async fn answer(self, truth: Response) -> Response {
        match self {
            Self::Error { status, hint, .. } => error(status, hint),
            Self::Html { status, .. } => {
                let page = (status, Html("<html><body>Sign in to the network</body></html>"));
                marked(page.into_response(), Bare)
            }
            Self::ExpiredToken => ApiError::expired_token().into_response(),
            Self::Truncate => {
                let (mut parts, body) = read(truth).await;
                parts.headers.remove(header::CONTENT_LENGTH);
                Response::from_parts(parts, Body::from(body.slice(..body.len() / 2)))
            }
            Self::Empty => (truth.status(), Body::empty()).into_response(),
            Self::Slow(time) => slow(truth, time).await,
            Self::Break(Broken::ResetMidway) => half(truth).await,
            Self::Break(broken) => marked(StatusCode::NO_CONTENT.into_response(), broken),
            Self::ResetAfter => marked(StatusCode::NO_CONTENT.into_response(), Broken::Reset),
            Self::Hang(Some(time)) => {
                tokio::time::sleep(time).await;
                marked(StatusCode::NO_CONTENT.into_response(), Broken::Closed)
            }
            // What never answers and what only changes headers is not answered here.
            Self::Hang(None) | Self::Skew(_) => truth,
        }
    }
}

/// Puts the Date and the reset of the rate limit off by so many seconds.
pub fn skew(headers: &mut HeaderMap, seconds: i64) {
    set_date(headers, Timestamp::now().as_second() + seconds);
    if let Some(reset) = headers.get_mut("x-ratelimit-reset")
        && let Some(at) = reset.to_str().ok().and_then(|text| text.parse::<i64>().ok())
    {
        *reset = HeaderValue::from(at + seconds);
    }
}

fn set_date(headers: &mut HeaderMap, seconds: i64) {
    let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
    let date = Timestamp::from_second(seconds).ok();
    let date = date.and_then(|date| printer.timestamp_to_rfc9110_string(&date).ok());
    if let Some(date) = date.and_then(|date| HeaderValue::from_str(&date).ok()) {
        headers.insert(header::DATE, date);
    }
}

fn error(status: StatusCode, hint: Hint) -> Response {
    let limited = status == StatusCode::TOO_MANY_REQUESTS;
    let error = match status {
        StatusCode::TOO_MANY_REQUESTS => ApiError::too_many_requests(),
        StatusCode::UNAUTHORIZED => ApiError::uncoded(status, "Invalid token"),
        _ => ApiError::uncoded(status, "An internal server error occurred"),
    };
    let mut response = error.into_response();
    let headers = response.headers_mut();
    if limited && hint.headers {
        // By one look at the clock: otherwise a second may end between the two.
        let now = Timestamp::now().as_second();
        set_date(headers, now);
        let reset = now + hint.reset;
        headers.insert("x-ratelimit-remaining", HeaderValue::from_static("0"));
        headers.insert("x-ratelimit-reset", HeaderValue::from(reset));
    }
    if let Some(seconds) = hint.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if hint.headers { response } else { marked(response, Bare) }
}

fn marked<M: Clone + Send + Sync + 'static>(mut response: Response, mark: M) -> Response {
    response.extensions_mut().insert(mark);
    response
}

async fn read(truth: Response) -> (axum::http::response::Parts, Bytes) {
    let (parts, body) = truth.into_parts();
    // The tenant's own answers are in memory already, and no larger than what it holds.
    (parts, axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default())
}

async fn slow(truth: Response, time: Duration) -> Response {
    let (mut parts, body) = read(truth).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let size = body.len().div_ceil(PIECES).max(1);
    let pieces = body.len().div_ceil(size).max(1);
    let pause = time.div_f64(pieces as f64);
    let body = stream::unfold(body, move |mut left| async move {
        if left.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let piece = left.split_to(size.min(left.len()));
        Some((Ok::<_, io::Error>(piece), left))
    });
    Response::from_parts(parts, Body::from_stream(body))
}

async fn half(truth: Response) -> Response {
    let (mut parts, body) = read(truth).await;
    if body.len() < 2 {
        return marked(StatusCode::NO_CONTENT.into_response(), Broken::Reset);
    }
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let first = body.slice(..body.len() / 2);
    let body = stream::unfold(Some(first), |first| async {
        match first {
            Some(first) => Some((Ok(first), None)),
            None => {
                // The server sends what it has before it asks again.
                tokio::task::yield_now().await;
                Some((Err(io::Error::other("reset by a fault")), None))
            }
        }
    });
    marked(Response::from_parts(parts, Body::from_stream(body)), Broken::ResetMidway)
}
