//! An API that a function of a test answers, so that what is asked, and in which order, can be seen.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::call::Api;
use super::client::{Sending, Wire};
use super::request::{Body, Outgoing};
use super::testing::{configured, reply};

/// The API whose requests this answers, each after a moment: method, path and query, and body.
pub(crate) fn answered(
    by: impl Fn(&str, &str, Value) -> (u16, Value) + Send + Sync + 'static,
) -> Api {
    Api::over(Arc::new(Answered(by)), configured(&[("apiToken", "a-token")]))
}

struct Answered<F>(F);

impl<F: Fn(&str, &str, Value) -> (u16, Value) + Send + Sync> Wire for Answered<F> {
    fn send<'a>(&'a self, outgoing: &'a Outgoing, _: Duration) -> Sending<'a> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            let body = outgoing.body.as_ref().map(Body::now).transpose()?.unwrap_or_default();
            let body = serde_json::from_slice(&body).unwrap_or_default();
            let query = outgoing.url.query().map(|query| format!("?{query}")).unwrap_or_default();
            let path = format!("{}{query}", outgoing.asked.path);
            let (status, answer) = (self.0)(outgoing.asked.method.as_str(), &path, body);
            Ok(reply(
                status,
                if answer.is_null() { String::new() } else { answer.to_string() }.as_str(),
            ))
        })
    }
}
