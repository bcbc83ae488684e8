//! A request before it is sent.

use std::fmt;
use std::io;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderValue;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;

use super::error::{ApiError, Failure};
use super::path::Path;

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

/// What a request does to the tenant, and so what it would do to send it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// It changes nothing: it may be given up and repeated at any time.
    Asks,
    /// Sent twice, it is as if sent once: it may be repeated, but not be given up on the way.
    Sets,
    /// Sent twice, it would make a second one: never repeated once it may have arrived.
    Makes,
}

/// One request to the Management API.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// What it does.
    pub means: Means,
    /// Where.
    pub path: Path,
    /// Names and values after the path.
    pub query: Vec<(String, String)>,
    /// What is sent.
    pub body: Option<Value>,
}

impl Request {
    /// Reads.
    pub fn get(path: Path) -> Request {
        Request::new(Method::Get, Means::Asks, path, None)
    }

    /// Makes something. A POST that only adds to a set [`Means::Sets`].
    pub fn post(path: Path, body: Value) -> Request {
        Request::new(Method::Post, Means::Makes, path, Some(body))
    }

    /// Sets what is there, by PATCH or PUT.
    pub fn write(method: Method, path: Path, body: Value) -> Request {
        Request::new(method, Means::Sets, path, Some(body))
    }

    /// Removes.
    pub fn delete(path: Path) -> Request {
        Request::new(Method::Delete, Means::Sets, path, None)
    }

    fn new(method: Method, means: Means, path: Path, body: Option<Value>) -> Request {
        Request { method, means, path, query: Vec::new(), body }
    }

    /// The same with that name and value after the path.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Request {
        self.query.push((name.into(), value.into()));
        self
    }
}

/// What was asked of the API, for texts: method and path, without the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The method.
    pub method: Method,
    /// What it does.
    pub means: Means,
    /// The path, encoded, from the root of the tenant.
    pub path: Arc<str>,
    /// The path without the names in it.
    pub(super) kind: Arc<str>,
}

/// A request that is ready to be sent. Has no `Debug`, since it holds secrets.
pub(super) struct Outgoing {
    pub(super) asked: Asked,
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
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Asked {
    /// The request that does that at that path.
    ///
    /// # Errors
    /// [`ApiError::BadPath`] where the path names nothing.
    pub fn new(method: Method, means: Means, path: &Path) -> Result<Asked, ApiError> {
        let kind = path.kind().into();
        Ok(Asked { method, means, path: path.encoded()?.into(), kind })
    }

    /// What `request` asks.
    ///
    /// # Errors
    /// As [`Asked::new`].
    pub fn of(request: &Request) -> Result<Asked, ApiError> {
        Asked::new(request.method, request.means, &request.path)
    }

    /// Whether it changes something.
    pub(super) fn is_write(&self) -> bool {
        self.means != Means::Asks
    }

    /// Whether it would make a second thing if it were sent twice.
    pub(super) fn makes(&self) -> bool {
        self.means == Means::Makes
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
