//! The request log: one JSON line per request, in memory and in a file, without secrets.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use crate::fault::Broken;
use crate::redact::{redact, redact_form};

/// Requests that are kept in memory; older ones are only in the file.
const KEPT: usize = 20_000;

/// One request and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// When it came, RFC 3339 in UTC.
    pub time: String,
    /// The HTTP method.
    pub method: String,
    /// The path, as it was sent.
    pub path: String,
    /// The query without secrets; empty where there is none.
    pub query: String,
    /// The status answered; none where the connection was dropped or left hanging.
    pub status: Option<u16>,
    /// What was answered in place of the truth, as its rule writes it.
    pub fault: Option<String>,
    /// How long the answer took, in milliseconds.
    pub duration_ms: f64,
    /// The User-Agent header.
    pub user_agent: Option<String>,
    /// How the caller said who it is.
    pub credential: Credential,
    /// The body without secrets: JSON as it is, a form as an object.
    pub request_body: Value,
}

/// How a caller says who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// Not at all.
    None,
    /// By the tenant's own token.
    TenantToken,
    /// By another bearer token, as a rule one that the tenant issued.
    BearerToken,
    /// By client id and secret in HTTP Basic.
    ClientSecretBasic,
    /// By client id and secret in the body.
    ClientSecretPost,
}

impl Entry {
    /// The entry of a request that has just come.
    pub fn of(parts: &Parts, body: &[u8], token: &str) -> Self {
        let request_body = readable(&parts.headers, body);
        Self {
            time: jiff::Timestamp::now().to_string(),
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: redact_form(parts.uri.query().unwrap_or_default()),
            status: None,
            fault: None,
            duration_ms: 0.0,
            user_agent: header(&parts.headers, &header::USER_AGENT).map(str::to_owned),
            credential: credential(&parts.headers, &request_body, token),
            request_body,
        }
    }

    /// Notes what was answered.
    pub fn answered(&mut self, response: &Response, took: Duration) {
        let answers = response.extensions().get::<Broken>().is_none_or(|broken| broken.answers());
        self.status = answers.then(|| response.status().as_u16());
        self.duration_ms = (took.as_secs_f64() * 1e6).round() / 1e3;
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn credential(headers: &HeaderMap, body: &Value, token: &str) -> Credential {
    let authorization = header(headers, &header::AUTHORIZATION).unwrap_or_default();
    match authorization.split_once(' ') {
        Some((scheme, given)) if scheme.eq_ignore_ascii_case("bearer") => {
            if given == token {
                Credential::TenantToken
            } else {
                Credential::BearerToken
            }
        }
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("basic") => Credential::ClientSecretBasic,
        _ if body.get("grant_type").is_some() && body.get("client_secret").is_some() => {
            Credential::ClientSecretPost
        }
        _ => Credential::None,
    }
}

fn readable(headers: &HeaderMap, body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let kind = header(headers, &header::CONTENT_TYPE).unwrap_or_default();
    let mut value = if kind.starts_with("application/x-www-form-urlencoded") {
        form_urlencoded::parse(body).map(|(k, v)| (k.into_owned(), json!(v))).collect()
    } else {
        serde_json::from_slice(body).unwrap_or_else(|_| json!(format!("{} bytes", body.len())))
    };
    redact(&mut value);
    value
}

/// The log of a tenant.
#[derive(Debug, Default)]
pub struct RequestLog {
    kept: Mutex<VecDeque<Entry>>,
    file: Option<Mutex<File>>,
}

impl RequestLog {
    /// A log that also appends to a file, which only its owner may read.
    ///
    /// # Errors
    /// Where the file cannot be opened for appending.
    pub fn new(file: Option<&Path>) -> io::Result<Self> {
        let open = |path| OpenOptions::new().create(true).append(true).mode(0o600).open(path);
        let file = file.map(open).transpose()?.map(Mutex::new);
        Ok(Self { kept: Mutex::default(), file })
    }

    /// Adds an entry.
    pub fn add(&self, entry: Entry) {
        if let Some(file) = &self.file
            && let Ok(mut line) = serde_json::to_vec(&entry)
        {
            line.push(b'\n');
            // A full disk must not change what the tenant answers; the entry is still in memory.
            let _ = lock(file).write_all(&line);
        }
        let mut kept = lock(&self.kept);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(entry);
    }

    /// The entries in memory, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        lock(&self.kept).iter().cloned().collect()
    }

    /// Forgets the entries in memory.
    pub fn clear(&self) {
        lock(&self.kept).clear();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
