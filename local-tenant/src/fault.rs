//! A tenant that lies: answers that a rule puts in place of the true one.
//!
//! A rule reads `METHOD /route => ANSWER [xN]`, where the route is a template such as
//! `/api/v2/clients/{id}` or `/oauth/token`, and `xN` stops the rule after N requests.

use std::str::FromStr;
use std::sync::Mutex;

use axum::body::Body;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::answer::ApiError;
use crate::routes;

/// What is answered instead of the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `status:N`: an error of this status; the request has no effect. `reset=SECONDS` says when a
    /// rate limit ends.
    Status(StatusCode, Option<i64>),
    /// `html`: 200 with a page of a proxy; the request has no effect.
    Html,
    /// `truncate`: the true answer, cut in the middle.
    Truncate,
    /// `reset`: the connection is dropped; the request has no effect.
    Reset,
    /// `reset-after`: the connection is dropped after the request took effect.
    ResetAfter,
    /// `500-after`: an error after the request took effect.
    ErrorAfter,
    /// `empty`: the true status with no body.
    Empty,
    /// `hang`: no answer, ever; the request has no effect.
    Hang,
}

/// Marks an answer in place of which the connection is dropped.
#[derive(Debug, Clone, Copy)]
pub struct Dropped;

impl Fault {
    /// Whether the request takes effect before the lie.
    pub fn keeps_effect(self) -> bool {
        matches!(self, Self::Truncate | Self::ResetAfter | Self::ErrorAfter | Self::Empty)
    }

    /// The lie that stands in place of the true answer.
    pub async fn answer(self, truth: Response) -> Response {
        match self {
            Self::Status(status, reset) => error(status, reset),
            Self::Html => Html("<html><body>Sign in to the network</body></html>").into_response(),
            Self::ErrorAfter => error(StatusCode::INTERNAL_SERVER_ERROR, None),
            Self::Truncate => cut(truth).await,
            Self::Empty => (truth.status(), Body::empty()).into_response(),
            Self::Reset | Self::ResetAfter | Self::Hang => {
                let mut response = StatusCode::NO_CONTENT.into_response();
                response.extensions_mut().insert(Dropped);
                response
            }
        }
    }
}

fn error(status: StatusCode, reset: Option<i64>) -> Response {
    let error = match status {
        StatusCode::TOO_MANY_REQUESTS => {
            ApiError::new(status, "too_many_requests", "Global limit has been reached")
        }
        StatusCode::UNAUTHORIZED => ApiError::uncoded(status, "Invalid token"),
        _ => ApiError::uncoded(status, "An internal server error occurred"),
    };
    let mut response = error.into_response();
    if status == StatusCode::TOO_MANY_REQUESTS {
        let reset = jiff::Timestamp::now().as_second() + reset.unwrap_or(1);
        let headers = response.headers_mut();
        headers.insert("x-ratelimit-remaining", HeaderValue::from_static("0"));
        headers.insert("x-ratelimit-reset", HeaderValue::from(reset));
    }
    response
}

async fn cut(truth: Response) -> Response {
    let (mut parts, body) = truth.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body.slice(..body.len() / 2)))
}

/// When a fault is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRule {
    method: Method,
    route: String,
    fault: Fault,
    /// Requests that are still to be lied to; nothing for all of them.
    left: Option<u32>,
}

/// A rule that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0}: a fault reads 'METHOD /route => ANSWER [xN]', for example \
         'POST /api/v2/clients => status:500 x1'; answers are status:N, status:429:reset=SECONDS, \
         html, truncate, reset, reset-after, 500-after, empty and hang"
)]
pub struct BadFaultRule(String);

impl FromStr for FaultRule {
    type Err = BadFaultRule;

    fn from_str(rule: &str) -> Result<Self, Self::Err> {
        let bad = || BadFaultRule(format!("cannot read '{rule}'"));
        let (request, answer) = rule.split_once("=>").ok_or_else(bad)?;
        let (method, route) = request.trim().split_once(' ').ok_or_else(bad)?;
        let mut words = answer.split_whitespace();
        let fault = words.next().and_then(read_fault).ok_or_else(bad)?;
        let left = match words.next() {
            None => None,
            Some(times) => {
                let count = times.strip_prefix('x').and_then(|count| count.parse().ok());
                Some(count.ok_or_else(bad)?)
            }
        };
        if words.next().is_some() {
            return Err(bad());
        }
        let route = route.trim().replace("{client_id}", "{id}");
        if !routes::answers(method, &route) {
            return Err(BadFaultRule(format!("no request {method} {route} is answered")));
        }
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| bad())?;
        Ok(Self { method, route, fault, left })
    }
}

fn read_fault(word: &str) -> Option<Fault> {
    Some(match word {
        "html" => Fault::Html,
        "truncate" => Fault::Truncate,
        "reset" => Fault::Reset,
        "reset-after" => Fault::ResetAfter,
        "500-after" => Fault::ErrorAfter,
        "empty" => Fault::Empty,
        "hang" => Fault::Hang,
        _ => {
            let status = word.strip_prefix("status:")?;
            let (status, reset) = match status.split_once(":reset=") {
                Some((status, seconds)) => (status, Some(seconds.parse().ok()?)),
                None => (status, None),
            };
            Fault::Status(StatusCode::from_bytes(status.as_bytes()).ok()?, reset)
        }
    })
}

/// The rules of a tenant; the first that fits a request and is not used up is taken.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<FaultRule>>);

impl Faults {
    /// Rules in the order in which they are tried.
    pub fn new(rules: Vec<FaultRule>) -> Self {
        Self(Mutex::new(rules))
    }

    /// Adds a rule behind the others.
    pub fn add(&self, rule: FaultRule) {
        self.rules().push(rule);
    }

    /// The fault for a request, counted off its rule.
    pub fn next(&self, method: &Method, route: &str) -> Option<Fault> {
        let mut rules = self.rules();
        let rule = rules
            .iter_mut()
            .find(|rule| rule.left != Some(0) && rule.method == *method && rule.route == route)?;
        rule.left = rule.left.map(|left| left - 1);
        Some(rule.fault)
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<FaultRule>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_as_it_is_written() {
        struct Case {
            rule: &'static str,
            fault: Fault,
            left: Option<u32>,
        }
        let limited = StatusCode::TOO_MANY_REQUESTS;
        let cases = [
            Case {
                rule: "POST /api/v2/clients => status:500 x1",
                fault: Fault::Status(StatusCode::INTERNAL_SERVER_ERROR, None),
                left: Some(1),
            },
            Case {
                rule: "GET /api/v2/clients/{id} => status:429:reset=2",
                fault: Fault::Status(limited, Some(2)),
                left: None,
            },
            Case { rule: "POST /oauth/token=>reset-after", fault: Fault::ResetAfter, left: None },
        ];
        for Case { rule, fault, left } in cases {
            let read: FaultRule = rule.parse().unwrap();
            assert_eq!((read.fault, read.left), (fault, left), "{rule}");
        }
    }

    #[test]
    fn a_rule_that_cannot_be_read_is_refused() {
        let bad = [
            "POST /oauth/token",
            "POST => reset",
            "POST /oauth/token => sometimes",
            "POST /oauth/token => reset twice",
            "POST x => reset",
            "POST /api/v2/client => reset",
            "PUT /api/v2/clients => reset",
            "POST /oauth/token => status:9",
            "POST /oauth/token => reset x1 x2",
        ];
        for rule in bad {
            assert!(rule.parse::<FaultRule>().is_err(), "{rule}");
        }
    }

    #[test]
    fn a_counted_rule_is_used_up_and_the_next_one_takes_over() {
        let faults = Faults::new(vec![
            "POST /oauth/token => reset x2".parse().unwrap(),
            "POST /oauth/token => empty x1".parse().unwrap(),
        ]);
        let next = || faults.next(&Method::POST, "/oauth/token");
        assert_eq!([next(), next()], [Some(Fault::Reset); 2]);
        assert_eq!(next(), Some(Fault::Empty));
        assert_eq!(next(), None);
        assert_eq!(faults.next(&Method::GET, "/oauth/token"), None);
    }
}
