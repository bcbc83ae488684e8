//! A request before it is sent.

use std::fmt;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::error::{ApiError, Failure};

/// The HTTP methods that the Management API takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or act.
    Post,
    /// Change a part.
    Patch,
    /// Set the whole.
    Put,
    /// Remove.
    Delete,
}

/// What was asked of the API, for texts: method and path, without the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// The path, encoded, from the root of the tenant.
    pub path: Arc<str>,
}

/// What it would do to send a request twice, and so what care it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: it may be given up and repeated at any time.
    None,
    /// The same as to send it once: it may be repeated, but not be given up on the way.
    Idempotent,
    /// It would make a second one: never repeated once it may have arrived.
    Once,
}

/// A request that is ready to be sent. Has no `Debug`, since it holds secrets.
pub(super) struct Outgoing {
    pub(super) asked: Asked,
    pub(super) effect: Effect,
    pub(super) url: Url,
    pub(super) body: Option<Body>,
    pub(super) bearer: Option<Bearer>,
    /// A secret inside the body, to be kept out of texts.
    pub(super) hidden: Option<SecretString>,
    pub(super) custom_domain: Option<String>,
}

/// An access token as requests carry it, made once for all of them, since it is long. Wiped from memory with the last
/// clone of it and of its header.
#[derive(Clone)]
pub(super) struct Bearer(Arc<Header>);

struct Header {
    token: SecretString,
    /// Nothing where the token cannot stand in a header.
    value: Option<HeaderValue>,
}

impl Bearer {
    pub(super) fn new(token: SecretString) -> Bearer {
        let text = Bytes::from_owner(Bearer::text(&token));
        let mut value = HeaderValue::from_maybe_shared(text).ok();
        if let Some(value) = &mut value {
            value.set_sensitive(true);
        }
        Bearer(Arc::new(Header { token, value }))
    }

    pub(super) fn text(token: &SecretString) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(format!("Bearer {}", token.expose_secret()).into_bytes())
    }

    pub(super) fn token(&self) -> &SecretString {
        &self.0.token
    }

    /// What stands in the header `Authorization`.
    ///
    /// # Errors
    /// [`Failure::SetUp`] where the token cannot stand in a header.
    pub(super) fn header(&self) -> Result<HeaderValue, Failure> {
        let value = self.0.value.clone();
        value.ok_or_else(|| Failure::SetUp("the token cannot stand in a header".into()))
    }
}

/// What a request carries: JSON, wiped from memory after use.
pub(super) enum Body {
    /// The same each time that the request is sent.
    Fixed(Bytes),
    /// Another each time, since it is taken only once.
    Fresh(Box<dyn Fn() -> Result<Bytes, Failure> + Send + Sync>),
}

impl Body {
    /// The same JSON each time.
    pub(super) fn fixed(json: &impl Serialize) -> Body {
        Body::Fixed(wiped(json))
    }

    /// What to send now.
    ///
    /// # Errors
    /// [`Failure::Unsigned`] where it cannot be made.
    pub(super) fn now(&self) -> Result<Bytes, Failure> {
        match self {
            Body::Fixed(bytes) => Ok(bytes.clone()),
            Body::Fresh(make) => make(),
        }
    }
}

/// JSON that is wiped when its last copy is gone.
pub(super) fn wiped(json: &impl Serialize) -> Bytes {
    const SENT: &str = "what is sent are texts, numbers and lists of them";
    let mut length = Length(0);
    serde_json::to_writer(&mut length, json).expect(SENT);
    // Of the right size at once: what grows leaves pieces behind that nobody wipes.
    let mut text = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *text, json).expect(SENT);
    Bytes::from_owner(text)
}

/// Counts what is written.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Method {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }

    pub(super) fn effect(self) -> Effect {
        match self {
            Method::Get => Effect::None,
            Method::Patch | Method::Put | Method::Delete => Effect::Idempotent,
            Method::Post => Effect::Once,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Asked {
    /// The request for `segments` below the root of the Management API.
    ///
    /// # Errors
    /// [`ApiError::BadPath`] for a segment that is empty, `.` or `..`: an address with it would
    /// mean another object, or all of them.
    pub fn new(method: Method, segments: &[&str]) -> Result<Asked, ApiError> {
        let mut path = String::from("/api/v2");
        for segment in segments {
            if matches!(*segment, "" | "." | "..") {
                return Err(ApiError::BadPath { segment: (*segment).to_owned() });
            }
            path.push('/');
            path.extend(utf8_percent_encode(segment, ESCAPED));
        }
        Ok(Asked { method, path: path.into() })
    }

    /// Whether it changes something.
    pub(super) fn is_write(&self) -> bool {
        self.method.effect() != Effect::None
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// All but the unreserved characters: ids such as `auth0|1` and identifiers such as
/// `https://api/` are one segment each.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether the API lets one choose the custom domain for requests to `segments`.
pub(super) fn takes_custom_domain(segments: &[&str]) -> bool {
    matches!(
        segments,
        ["jobs", "verification-email"]
            | ["tickets", "email-verification" | "password-change"]
            | ["organizations", _, "invitations"]
            | ["users"]
            | ["users", _]
            | ["guardian", "enrollments", "ticket"]
            | ["self-service-profiles", _, "sso-ticket"]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_stays_one_segment() {
        let asked = Asked::new(Method::Get, &["users", "auth0|1/../2?x#%2e ü"]).unwrap();
        assert_eq!(asked.to_string(), "GET /api/v2/users/auth0%7C1%2F..%2F2%3Fx%23%252e%20%C3%BC");
    }

    #[test]
    fn a_segment_that_would_mean_another_object_is_refused() {
        for segment in ["", ".", ".."] {
            let error = Asked::new(Method::Delete, &["clients", segment]).unwrap_err();
            assert!(matches!(error, ApiError::BadPath { .. }), "{segment:?}");
        }
        assert!(Asked::new(Method::Get, &["clients", "..."]).is_ok());
    }

    #[test]
    fn custom_domains_are_named_only_where_the_api_takes_them() {
        assert!(takes_custom_domain(&["users", "auth0|1"]));
        assert!(!takes_custom_domain(&["users", "auth0|1", "roles"]));
        assert!(!takes_custom_domain(&["clients"]));
    }
}
