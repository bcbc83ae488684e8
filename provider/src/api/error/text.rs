//! What the user reads when a request failed: what happened, then what to do.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::{ApiError, Failure, Progress, ProxyFault, Said, TokenSource, Unreadable};

/// The whole text of an error.
pub(super) fn whole(error: &ApiError) -> String {
    match advice(error) {
        Some(advice) => format!("{}; {advice}", happened(error)),
        None => happened(error),
    }
}

fn happened(error: &ApiError) -> String {
    match error {
        ApiError::Unauthorized { asked, said, .. }
        | ApiError::InsufficientScope { asked, said, .. }
        | ApiError::LimitReached { asked, said }
        | ApiError::NotEntitled { asked, said }
        | ApiError::Forbidden { asked, said }
        | ApiError::Conflict { asked, said }
        | ApiError::Invalid { asked, said }
        | ApiError::Server { asked, said } => format!("{asked}: Auth0 answered {said}"),
        ApiError::NotFound { asked, said, domain } => {
            format!("{asked}: Auth0 answered {said} on the tenant {domain}")
        }
        ApiError::TokenRefused { said, .. } => format!("POST /oauth/token: Auth0 answered {said}"),
        ApiError::RateLimited { asked, within } => format!(
            "{asked}: Auth0's rate limit did not let it through within the {} that this operation \
             may take",
            duration(*within)
        ),
        ApiError::Capped { asked, within } => format!(
            "{asked}: `auth0:maxRequestsPerSecond` (or AUTH0_MAX_REQUESTS_PER_SECOND) did not let it \
             through within the {} that this operation may take",
            duration(*within)
        ),
        ApiError::Redirected { asked, status, to, .. } => format!(
            "{asked}: answered {status}, a redirect to {}, which is not followed",
            to.as_deref().unwrap_or("nowhere")
        ),
        ApiError::Unreadable { asked, status, what, .. } => {
            let what = match what {
                Unreadable::Html => "is an HTML page, not JSON",
                Unreadable::Truncated => "breaks off in the middle of its JSON",
                Unreadable::Foreign => "is not what Auth0's API sends",
                Unreadable::Empty => "is empty",
            };
            format!("{asked}: the answer ({status}) {what}")
        }
        ApiError::Undone { asked } => {
            format!(
                "{asked} does not show what was written a moment before, and not after a second time either"
            )
        }
        ApiError::Failed { asked, member, state } => {
            format!("{asked}: `{member}` has become {state:?}")
        }
        ApiError::NotYet { asked, member, state, within } => {
            format!("{asked}: `{member}` is still {state:?} after {}", duration(*within))
        }
        ApiError::NotEmpty { asked, others } => {
            format!("{asked} shows what the program does not name: {}", others.join(", "))
        }
        ApiError::Incomplete { asked } => {
            format!("{asked}: the answer is a success that does not show the object")
        }
        ApiError::NoAnswer { asked, failure, domain } => {
            format!("{asked}: {}", failed(failure, domain))
        }
        ApiError::Deadline { asked, within } => {
            format!(
                "{asked}: not done within the {} that this operation may take",
                duration(*within)
            )
        }
        ApiError::Cancelled { asked, progress } => {
            let progress = match progress {
                Progress::Unsent => "nothing was sent",
                Progress::Refused => "what was sent was refused, so that nothing was changed",
                Progress::Sent if asked.is_write() => {
                    "it was sent, and there was no good answer yet"
                }
                Progress::Sent => "it was not answered yet",
            };
            format!("{asked}: cancelled; {progress}")
        }
        // What to do depends on what is found out.
        ApiError::UnknownOutcome { cause } => {
            format!("{}, so that it is not known whether it was carried out", happened(cause))
        }
        ApiError::NoCredentials { asked } => format!("{asked}: there are no credentials"),
        ApiError::NotLoggedIn { asked, reason } => format!("{asked}: {reason}"),
        ApiError::BadPath { segment } => {
            format!("`{}` cannot be the id of an object", quote(segment, &[]))
        }
    }
}

fn failed(failure: &Failure, domain: &str) -> String {
    match failure {
        Failure::SetUp(why) => format!("nothing can be sent from this machine: {why}"),
        Failure::Unsigned => "the private key cannot sign: this machine gives no randomness".into(),
        Failure::NoSuchHost => format!("the host of `auth0:domain` ({domain}) was not found"),
        Failure::Insecure(why) => format!("no secure connection to {domain}: {why}"),
        Failure::Proxy { variable, fault: ProxyFault::Password } => {
            format!("the proxy in {variable} asks for a user and password to connect to {domain}")
        }
        Failure::Proxy { variable, fault: ProxyFault::Refused } => {
            format!("the proxy in {variable} does not connect to {domain}")
        }
        Failure::Proxy { variable, fault: ProxyFault::Gone(why) } => {
            format!("no connection to {domain} by the proxy in {variable}: {why}")
        }
        Failure::Unreachable(why) => format!("no connection to {domain}: {why}"),
        Failure::BrokenOff => {
            format!("{domain} closed the connection before its answer was complete")
        }
        Failure::TimedOut(after) => format!("{domain} did not answer within {}", duration(*after)),
        Failure::TooLarge => format!("the answer of {domain} is larger than any of Auth0's API"),
    }
}

fn advice(error: &ApiError) -> Option<String> {
    let fixed = match error {
        ApiError::Unauthorized { source_of_token: TokenSource::ApiToken, .. } => {
            "the token in `auth0:apiToken` (or AUTH0_API_TOKEN) may have expired or be that of \
             another tenant: make a new one, or use `auth0:clientId` and `auth0:clientSecret`"
        }
        ApiError::Unauthorized { source_of_token: TokenSource::Client, .. } => {
            "this was a token just issued to the application `auth0:clientId`: `auth0:audience` \
             must be the Management API of the tenant in `auth0:domain`; leave it unset for that"
        }
        ApiError::Unauthorized { source_of_token: TokenSource::CliLogin, .. } => {
            "the tenant does not take the token of the Auth0 CLI any more: run `auth0 login`"
        }
        ApiError::InsufficientScope { scopes, source_of_token, .. } => {
            return Some(scope_advice(scopes, *source_of_token));
        }
        ApiError::TokenRefused { advice, .. } => return Some(advice.clone()),
        ApiError::Invalid { .. } => "correct what the message names and run again",
        ApiError::RateLimited { .. } => {
            "run again later, or with fewer requests at once (`--parallel 4`), or allow more time \
             (`customTimeouts`)"
        }
        ApiError::Capped { .. } => "raise it, or allow more time (`customTimeouts`)",
        ApiError::LimitReached { .. } => {
            "the tenant has as many of these as it may have: delete what is not needed, or ask Auth0 \
             for more (see its Entity Limit Policy)"
        }
        ApiError::Forbidden { .. } => {
            "the tenant does not allow this: see its settings, and its log in the dashboard"
        }
        ApiError::NotEntitled { .. } => {
            "the tenant's plan does not include it: take it out of the program, or change the plan"
        }
        ApiError::Conflict { .. } => {
            "if it is there already, import it (`pulumi import`) or give this one another value; if \
             something else changed it at the same time, run again"
        }
        ApiError::Server { .. } => {
            "the fault is on Auth0's side: run again later, and see https://status.auth0.com if it \
             lasts"
        }
        ApiError::Redirected { domain, .. }
        | ApiError::Unreadable { what: Unreadable::Html | Unreadable::Foreign, domain, .. } => {
            return Some(format!("is `auth0:domain` ({domain}) that of an Auth0 tenant?"));
        }
        ApiError::NotEmpty { .. } => {
            "nothing was changed: import the list (`pulumi import`), name all of it in the program, or \
             empty it first"
        }
        ApiError::Undone { .. } => "see what else changes it, and run again",
        ApiError::Failed { .. } => "see in the dashboard what is wrong with it, and run again",
        ApiError::Unreadable { .. } | ApiError::Incomplete { .. } => "run again",
        ApiError::NoAnswer { failure, .. } => match failure {
            Failure::SetUp(_) => {
                "install the certificates of this system (`ca-certificates`), and check \
                 SSL_CERT_FILE, SSL_CERT_DIR and the proxy settings"
            }
            Failure::Unsigned => "run again",
            Failure::NoSuchHost => "check its spelling and the network",
            Failure::Insecure(_) => {
                "check `auth0:domain`; if a proxy of your company is on the way, its certificate \
                 must be among those that this system trusts, or in the file that SSL_CERT_FILE \
                 names"
            }
            Failure::Proxy { fault: ProxyFault::Password, .. } => {
                "name them in its address, `http://USER:PASSWORD@HOST:PORT`"
            }
            Failure::Proxy { .. } => {
                "check the proxy and its address, or name the domain in NO_PROXY to go without it"
            }
            Failure::Unreachable(_) => "check `auth0:domain`, the network and the proxy settings",
            Failure::BrokenOff | Failure::TimedOut(_) => "run again",
            Failure::TooLarge => "is that the domain of an Auth0 tenant?",
        },
        ApiError::Deadline { .. } | ApiError::NotYet { .. } => {
            "run again, or allow more time (`customTimeouts`)"
        }
        ApiError::NoCredentials { .. } => {
            "set `auth0:clientId` and `auth0:clientSecret` (or AUTH0_CLIENT_ID and \
             AUTH0_CLIENT_SECRET), or `auth0:apiToken` (or AUTH0_API_TOKEN)"
        }
        ApiError::NotFound { .. }
        | ApiError::Cancelled { .. }
        | ApiError::UnknownOutcome { .. }
        | ApiError::NotLoggedIn { .. }
        | ApiError::BadPath { .. } => return None,
    };
    Some(fixed.to_owned())
}

fn scope_advice(scopes: &[String], source: TokenSource) -> String {
    let what = match scopes {
        [] => "the scope that is missing".to_owned(),
        [scope] => format!("the scope `{scope}`"),
        several => format!("one of the scopes `{}`", several.join("`, `")),
    };
    match source {
        TokenSource::ApiToken => {
            format!("the token in `auth0:apiToken` needs {what} of the Management API")
        }
        TokenSource::CliLogin => format!(
            "the login of the Auth0 CLI needs {what} of the Management API: `auth0 login --scopes {}`",
            scopes.first().map_or("SCOPE", String::as_str)
        ),
        TokenSource::Client => format!(
            "add {what} of the Management API to the client grant of the application \
             `auth0:clientId`"
        ),
    }
}

fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds >= 120 && seconds % 60 == 0 => format!("{} minutes", seconds / 60),
        _ => format!("{} s", time.as_secs_f64().ceil()),
    }
}

/// `403 Forbidden: Insufficient scope (insufficient_scope)`.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if !self.error.is_empty() {
            write!(f, " {}", self.error)?;
        }
        if !self.message.is_empty() {
            write!(f, ": {}", self.message.trim_end_matches('.'))?;
        }
        if !self.code.is_empty() {
            write!(f, " ({})", self.code)?;
        }
        Ok(())
    }
}

/// A text of somebody else as we may repeat it.
pub(in crate::api) fn quote(text: &str, secrets: &[&SecretString]) -> String {
    const LONGEST: usize = 600;
    let mut text = text.to_owned();
    for secret in secrets.iter().map(|secret| secret.expose_secret()) {
        if !secret.is_empty() {
            text = text.replace(secret, "[secret]");
        }
    }
    // Both make a terminal lie: the others turn the direction of what follows.
    let harmless = |c: &char| {
        let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2066}'..='\u{2069}');
        !c.is_control() && !turns
    };
    let words =
        text.split_whitespace().map(|word| if holds_token(word) { "[token]" } else { word });
    let words: Vec<_> = words.collect();
    let mut short: String = words.join(" ").chars().filter(harmless).take(LONGEST + 1).collect();
    if short.chars().count() > LONGEST {
        short.pop();
        short.push('…');
    }
    short
}

/// Whether there is a JWT in it: the header of each is an object, which `eyJ` begins.
fn holds_token(word: &str) -> bool {
    word.find("eyJ").is_some_and(|at| word[at..].matches('.').count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_short_harmless_and_without_secrets() {
        let secret = SecretString::from("hunter2");
        assert_eq!(
            quote("a\u{1b}[31m\r\n  b\u{202e}c hunter2 \u{0}d", &[&secret]),
            "a[31m bc [secret] d"
        );
        assert_eq!(
            quote("got \"eyJhbGciOi.eyJpc3Mi.c2ln\", said eyJ. and v1.2.3", &[]),
            "got [token] said eyJ. and v1.2.3"
        );
        let long = quote(&"ü".repeat(5000), &[]);
        assert_eq!((long.chars().count(), long.ends_with("ü…")), (601, true));
    }

    #[test]
    fn reads_both_shapes_of_errors_and_nothing_else() {
        let read = |body: &str| Said::read(403, body.as_bytes(), &[]).map(|said| said.to_string());
        assert_eq!(
            read(r#"{"statusCode":403,"error":"Forbidden","message":"No.","errorCode":"x"}"#),
            Some("403 Forbidden: No (x)".into())
        );
        assert_eq!(
            read(r#"{"error":"access_denied","error_description":"Unauthorized"}"#),
            Some("403 access_denied: Unauthorized".into())
        );
        for other in ["", "<html>", "{}", "[]", r#"{"error":7}"#, r#"{"message":"x"}"#] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
