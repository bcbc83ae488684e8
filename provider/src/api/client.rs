//! Sends one request and brings its answer.

use std::env;
use std::error::Error as StdError;
use std::future::Future;
use std::io;
use std::iter;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{Client, Response, StatusCode, Url, redirect};
use secrecy::zeroize::Zeroizing;
use tokio::sync::OnceCell;

use super::error::{Failure, ProxyFault, Said, quote};
use super::gate;
use super::pace::Allowance;
use super::request::{Bearer, Method, Outgoing};
use crate::config::Domain;
use crate::version;

/// How long a connection may take to stand. Shorter than a request may take, so that a host that
/// cannot be reached is told from one that does not answer.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an idle connection is kept: shorter than servers keep theirs, since a request on a
/// connection that is being closed has no outcome.
const IDLE: Duration = Duration::from_secs(30);
/// The largest answer that is read; the API's own are under 1 MiB.
const LARGEST: usize = 16 << 20;

/// The room for an answer that does not say how long it is, as one that is compressed does not.
const ROOM: usize = 16 << 10;

/// A request under way.
pub(super) type Sending<'a> = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send + 'a>>;

/// Something that carries one request to the API and brings its answer.
pub(super) trait Wire: Send + Sync {
    /// Sends once, and reads the answer to its end, within `limit`.
    fn send<'a>(&'a self, outgoing: &'a Outgoing, limit: Duration) -> Sending<'a>;
}

/// An answer, read to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// When to ask again, as far as the answer says it.
    pub(super) wait: Option<Duration>,
    /// What it says of the rate limit.
    pub(super) allowance: Option<Allowance>,
    /// The host that a redirect leads to.
    pub(super) location: Option<String>,
    /// Whether it calls itself a page for people.
    pub(super) html: bool,
    /// Wiped from memory after use: a token may be in it, or the secret of a client.
    pub(super) body: Zeroizing<Vec<u8>>,
}

impl Reply {
    /// What the head of an answer says; its body is still to be read.
    pub(super) fn begun(status: StatusCode, headers: &HeaderMap, asked: &Url) -> Reply {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let now = SystemTime::now();
        Reply {
            status: status.as_u16(),
            wait: gate::stated_wait(headers, now),
            allowance: Allowance::read(headers, now),
            // The host alone: the rest may hold a token.
            location: text(LOCATION)
                .and_then(|to| asked.join(to).ok())
                .and_then(|to| to.host_str().map(str::to_owned)),
            html: text(CONTENT_TYPE).is_some_and(|kind| kind.contains("html")),
            body: Zeroizing::default(),
        }
    }

    /// The status with its usual name, for answers that say nothing themselves.
    pub(super) fn named(&self) -> Said {
        let name = StatusCode::from_u16(self.status).ok().and_then(|s| s.canonical_reason());
        Said { status: self.status, error: name.unwrap_or_default().into(), ..Said::default() }
    }
}

impl Outgoing {
    /// The tenant's host, and its port where it is not the usual one.
    pub(super) fn domain(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// What no text may hold.
    pub(super) fn secrets(&self) -> Vec<&secrecy::SecretString> {
        self.bearer.iter().map(Bearer::token).chain(&self.hidden).collect()
    }
}

/// The network.
///
/// # Guarantees
/// TLS is verified against the certificates that this machine trusts. The proxy that the environment
/// names leads to all tenants but those on loopback. Redirects are not followed. Nothing is built or
/// read from disk before the first request.
pub(super) struct Http {
    client: OnceCell<Client>,
    loopback: bool,
    largest: usize,
}

impl Http {
    pub(super) fn new(domain: &Domain) -> Http {
        Http { client: OnceCell::new(), loopback: domain.is_loopback(), largest: LARGEST }
    }

    fn build(&self, url: &Url) -> Result<Client, Failure> {
        // Fails where one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(version::user_agent())
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE);
        if self.loopback {
            builder = builder.no_proxy();
        }
        if url.scheme() == "http" {
            // Without TLS there is no need to read the certificates of this machine.
            builder = builder.tls_certs_only(iter::empty());
        }
        builder.build().map_err(|error| Failure::SetUp(root_cause(&error)))
    }

    async fn exchange(&self, outgoing: &Outgoing, limit: Duration) -> Result<Reply, Failure> {
        let build = async || self.build(&outgoing.url);
        let client = self.client.get_or_try_init(build).await?;
        let method = match outgoing.asked.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request = client
            .request(method, outgoing.url.clone())
            .timeout(limit)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(body) = &outgoing.body {
            let json = HeaderValue::from_static("application/json");
            request = request.header(CONTENT_TYPE, json).body(body.now()?);
        }
        if let Some(bearer) = &outgoing.bearer {
            request = request.header(AUTHORIZATION, bearer.header()?);
        }
        if let Some(name) = &outgoing.custom_domain {
            request = request.header("Auth0-Custom-Domain", name);
        }
        let response = request.send().await.map_err(|error| classify(&error, limit))?;
        self.read(response, limit).await
    }

    /// As much room as the answer says that it needs: to make room later leaves a copy behind.
    fn expected(&self, response: &Response) -> usize {
        let length = response.content_length().and_then(|length| usize::try_from(length).ok());
        length.unwrap_or(ROOM).min(self.largest)
    }

    async fn read(&self, mut response: Response, limit: Duration) -> Result<Reply, Failure> {
        let room = self.expected(&response);
        let mut reply = Reply::begun(response.status(), response.headers(), response.url());
        reply.body = Zeroizing::new(Vec::with_capacity(room));
        while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error, limit))? {
            if reply.body.len() + chunk.len() > self.largest {
                return Err(Failure::TooLarge);
            }
            reply.body.extend_from_slice(&chunk);
        }
        Ok(reply)
    }
}

impl Wire for Http {
    fn send<'a>(&'a self, outgoing: &'a Outgoing, limit: Duration) -> Sending<'a> {
        Box::pin(self.exchange(outgoing, limit))
    }
}

/// What an error of the HTTP client means. Only the innermost causes are quoted: they hold no
/// address, and so no secret of one.
fn classify(error: &reqwest::Error, limit: Duration) -> Failure {
    if error.is_builder() {
        return Failure::SetUp(root_cause(error));
    }
    if !error.is_connect() {
        return if error.is_timeout() { Failure::TimedOut(limit) } else { Failure::BrokenOff };
    }
    if let Some(fault) = causes(error).find_map(|cause| proxy_fault(&cause.to_string(), error)) {
        return Failure::Proxy { variable: proxy_variable(), fault };
    }
    let insecure = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>());
    if let Some(cause) = insecure {
        Failure::Insecure(quote(&cause.to_string(), &[]))
    } else if causes(error).any(|cause| cause.to_string().starts_with("dns error")) {
        Failure::NoSuchHost
    } else if error.is_timeout() {
        Failure::Unreachable(format!("none within {} s", CONNECT.as_secs()))
    } else {
        Failure::Unreachable(root_cause(error))
    }
}

/// What the proxy did, if `cause` is an error of the tunnel through one; its type is nobody's to name.
fn proxy_fault(cause: &str, error: &reqwest::Error) -> Option<ProxyFault> {
    if let Some(why) = cause.strip_prefix("SOCKS error: ") {
        return Some(ProxyFault::Gone(quote(why, &[])));
    }
    Some(match cause.strip_prefix("tunnel error: ")? {
        "proxy authorization required" => ProxyFault::Password,
        "unsuccessful" => ProxyFault::Refused,
        "unexpected end of file" => ProxyFault::Gone("it hung up".into()),
        _ => ProxyFault::Gone(root_cause(error)),
    })
}

/// The variable by which the HTTP client finds its proxy, in the client's own order.
fn proxy_variable() -> &'static str {
    let variables = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    variables
        .into_iter()
        .find(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
        .unwrap_or("the system's settings")
}

fn root_cause(error: &reqwest::Error) -> String {
    // The text of the error itself would name the address.
    causes(error)
        .last()
        .map_or_else(|| "unknown cause".into(), |cause| quote(&cause.to_string(), &[]))
}

/// The causes of an error, from the outermost; those inside an I/O error too.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    iter::successors(error.source(), |&cause| {
        let inner = cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        match inner {
            Some(inner) => Some(inner as &(dyn StdError + 'static)),
            None => cause.source(),
        }
    })
}

#[cfg(test)]
mod tests;
