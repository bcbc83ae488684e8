//! Reads an answer: what was asked for, or what is wrong.

use serde_json::Value;

use super::client::Reply;
use super::error::{ApiError, Said, TokenSource, Unreadable};
use super::request::{Method, Outgoing};

/// A success.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// There is nothing to say, as after a deletion.
    Empty,
    /// What was asked for, or what was made.
    Json(Value),
}

impl Answer {
    /// What was said; `None` where there is nothing.
    pub fn into_json(self) -> Option<Value> {
        match self {
            Answer::Empty => None,
            Answer::Json(value) => Some(value),
        }
    }
}

/// Reads the `reply` to `outgoing`, which carried a token from `source`.
pub(super) fn read(
    outgoing: &Outgoing,
    reply: &Reply,
    source: TokenSource,
) -> Result<Answer, ApiError> {
    let asked = || outgoing.asked.clone();
    let unreadable = |what| ApiError::Unreadable {
        asked: asked(),
        status: reply.status,
        what,
        domain: outgoing.domain(),
    };
    let maybe_made = |error: ApiError| match outgoing.asked.makes() {
        true => error.unknown(),
        false => error,
    };
    match reply.status {
        200..=299 => body(outgoing, reply).map_err(|what| maybe_made(unreadable(what))),
        300..=399 => Err(ApiError::Redirected {
            asked: asked(),
            status: reply.status,
            to: reply.location.clone(),
            domain: outgoing.domain(),
        }),
        500.. => {
            let said = Said::read(reply.status, &reply.body, &outgoing.secrets());
            let said = said.unwrap_or_else(|| Box::new(reply.named()));
            Err(maybe_made(ApiError::Server { asked: asked(), said }))
        }
        // Without the API's own words a 404 could be that of any web server, and an object would be
        // taken for gone.
        status => match Said::read(status, &reply.body, &outgoing.secrets()) {
            None => Err(unreadable(what_is(reply))),
            Some(said) => Err(refusal(outgoing, said, source)),
        },
    }
}

fn body(outgoing: &Outgoing, reply: &Reply) -> Result<Answer, Unreadable> {
    if reply.body.iter().all(u8::is_ascii_whitespace) {
        // Some writes have nothing to say; a read without an answer is none.
        return match outgoing.asked.method {
            Method::Get => Err(Unreadable::Empty),
            _ => Ok(Answer::Empty),
        };
    }
    match serde_json::from_slice(&reply.body) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => Ok(Answer::Json(value)),
        Ok(_) => Err(Unreadable::Foreign),
        Err(_) => Err(what_is(reply)),
    }
}

/// Whether the reply is a success that was spoilt on its way, or a refusal that broke off, so that asking again may well
/// show it.
pub(super) fn is_spoilt(reply: &Reply) -> bool {
    let what = match reply.status {
        200..300 => what_is(reply),
        400..500 => return what_is(reply) == Unreadable::Truncated,
        _ => return false,
    };
    match what {
        Unreadable::Html | Unreadable::Truncated => true,
        // Other than a 204, which has nothing to say.
        Unreadable::Empty => reply.status != 204,
        Unreadable::Foreign => false,
    }
}

/// What a reply that is not one of the API is instead.
pub(super) fn what_is(reply: &Reply) -> Unreadable {
    match reply.body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Unreadable::Empty,
        _ if reply.html => Unreadable::Html,
        Some(b'<') => Unreadable::Html,
        _ => match serde_json::from_slice::<serde::de::IgnoredAny>(&reply.body) {
            Err(error) if error.is_eof() => Unreadable::Truncated,
            _ => Unreadable::Foreign,
        },
    }
}

fn refusal(outgoing: &Outgoing, said: Box<Said>, source_of_token: TokenSource) -> ApiError {
    let asked = outgoing.asked.clone();
    match said.status {
        401 => ApiError::Unauthorized { asked, said, source_of_token },
        403 if said.code == "insufficient_scope" || said.message.contains("nsufficient scope") => {
            let scopes = missing_scopes(&said.message);
            ApiError::InsufficientScope { asked, said, scopes, source_of_token }
        }
        402 => ApiError::NotEntitled { asked, said },
        403 if is_about_the_plan(&said) => ApiError::NotEntitled { asked, said },
        403 | 409 if is_about_a_limit(&said) => ApiError::LimitReached { asked, said },
        403 => ApiError::Forbidden { asked, said },
        404 => ApiError::NotFound { asked, said, domain: outgoing.domain() },
        409 => ApiError::Conflict { asked, said },
        _ => ApiError::Invalid { asked, said },
    }
}

/// Whether it says that the tenant's plan does not include something. The API's document has several
/// texts for it; the code was recorded.
fn is_about_the_plan(said: &Said) -> bool {
    let about = |part: &str| said.message.contains(part);
    said.code == "insufficient_entitlement" || about("ntitle") || about("your subscription")
}

/// Whether it says that there are as many as there may be, by the texts of the API's document.
fn is_about_a_limit(said: &Said) -> bool {
    let about = |part: &str| said.message.contains(part);
    about("reached the limit of") || about("reached the maximum number of")
}

/// The scopes in `Insufficient scope, expected any of: read:clients,read:client_summary`.
fn missing_scopes(message: &str) -> Vec<String> {
    let list = message.split_once("expected any of:").map_or("", |(_, list)| list);
    let scopes = list.split(|c: char| c == ',' || c.is_whitespace());
    let scopes = scopes.map(|scope| scope.trim_end_matches('.')).filter(|scope| !scope.is_empty());
    scopes.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::reply;

    #[test]
    fn a_reply_that_broke_off_is_spoilt_and_a_page_only_in_place_of_a_success() {
        let is = |status, body: &str| is_spoilt(&reply(status, body));
        assert!(is(200, "{\"a\":[1") && is(404, "{\"a\":[1") && is(200, "<html>"));
        assert!(!is(404, "{\"a\":1}") && !is(404, "<html>") && !is(404, "") && !is(204, ""));
    }

    #[test]
    fn tells_what_a_foreign_reply_is() {
        let what = |body: &str, html| what_is(&Reply { html, ..reply(200, body) });
        assert_eq!(what(" \n", true), Unreadable::Empty);
        assert_eq!(what("Not here", true), Unreadable::Html);
        assert_eq!(what("\n<html>", false), Unreadable::Html);
        assert_eq!(what("{\"a\":[1", false), Unreadable::Truncated);
        assert_eq!(what("{\"a\":1}", false), Unreadable::Foreign);
    }

    #[test]
    fn finds_the_scopes_in_either_spelling() {
        let found =
            |list: &str| missing_scopes(&format!("Insufficient scope, expected any of:{list}"));
        assert_eq!(found(" read:grants"), ["read:grants"]);
        assert_eq!(found(" a:b,c:d, e:f."), ["a:b", "c:d", "e:f"]);
        assert_eq!(missing_scopes("Insufficient scope"), [] as [&str; 0]);
    }
}
