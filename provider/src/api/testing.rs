//! Stands in for the network and for the engine in the tests of this module.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use pulumi_rs_sdk::log::{Log, LogMessage, LogSink};
use pulumi_rs_sdk::provider::Context;
use reqwest::Url;
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::{EncodePrivateKey, LineEnding};
use secrecy::ExposeSecret;
use serde_json::json as value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::client::{Reply, Sending, Wire};
use super::error::Failure;
use super::path::Path;
use super::request::{Asked, Method, Outgoing, Request};
use crate::config::{Config, Credentials, SigningKey};

/// A context whose messages can be looked at.
pub(super) struct Watched {
    pub(super) context: Context,
    sink: Arc<Sink>,
}

#[derive(Default)]
struct Sink(Mutex<Vec<LogMessage>>);

impl LogSink for Sink {
    fn log(&self, message: LogMessage) {
        self.0.lock().unwrap().push(message);
    }
}

impl Watched {
    pub(super) fn new() -> Watched {
        let sink = Arc::new(Sink::default());
        let log = Log::new(sink.clone(), "urn");
        Watched { context: Context { log, cancel: CancellationToken::new() }, sink }
    }

    pub(super) fn messages(&self) -> Vec<LogMessage> {
        self.sink.0.lock().unwrap().clone()
    }

    pub(super) fn texts(&self) -> Vec<String> {
        self.messages().into_iter().map(|message| message.text).collect()
    }
}

/// A network that answers from a script, in virtual time.
///
/// Requests for tokens have a script of their own; at its end they are granted `token-1` and so on.
/// Every other request beyond the script is a failure of the test.
pub(super) struct Script {
    steps: Mutex<VecDeque<Step>>,
    token_steps: Mutex<VecDeque<Step>>,
    seen: Mutex<Vec<Seen>>,
    start: Instant,
}

/// What happens to one request.
#[derive(Clone)]
pub(super) enum Step {
    /// It is answered.
    Answer(Reply),
    /// It is not.
    Fail(Failure),
    /// It is answered after a while.
    Late(Duration, Reply),
    /// It is left open until its time is up.
    Hang,
}

/// A request that was sent.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// Method, path and query.
    pub(super) what: String,
    pub(super) body: String,
    pub(super) bearer: String,
    pub(super) custom_domain: Option<String>,
    /// When, since the script was made.
    pub(super) at: Duration,
}

impl Script {
    pub(super) fn new(steps: impl IntoIterator<Item = Step>) -> Arc<Script> {
        Script::with_tokens([], steps)
    }

    pub(super) fn with_tokens(
        token_steps: impl IntoIterator<Item = Step>,
        steps: impl IntoIterator<Item = Step>,
    ) -> Arc<Script> {
        Arc::new(Script {
            steps: Mutex::new(steps.into_iter().collect()),
            token_steps: Mutex::new(token_steps.into_iter().collect()),
            seen: Mutex::default(),
            start: Instant::now(),
        })
    }

    /// The requests to the Management API.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.filter(false)
    }

    /// The requests for tokens.
    pub(super) fn tokens_seen(&self) -> Vec<Seen> {
        self.filter(true)
    }

    fn filter(&self, token: bool) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|seen| seen.what.contains("/oauth/token") == token).cloned().collect()
    }

    fn step(&self, token: bool) -> Step {
        if !token {
            return self.steps.lock().unwrap().pop_front().expect("no request was expected");
        }
        let scripted = self.token_steps.lock().unwrap().pop_front();
        scripted.unwrap_or_else(|| {
            let number = self.tokens_seen().len();
            json(200, &format!(r#"{{"access_token":"token-{number}","expires_in":86400}}"#))
        })
    }
}

impl Wire for Script {
    fn send<'a>(&'a self, outgoing: &'a Outgoing, limit: Duration) -> Sending<'a> {
        Box::pin(async move {
            let body = outgoing.body.as_ref().map(|body| body.now().unwrap()).unwrap_or_default();
            let token = outgoing.url.path() == "/oauth/token";
            let query = outgoing.url.query().map(|query| format!("?{query}")).unwrap_or_default();
            self.seen.lock().unwrap().push(Seen {
                what: format!("{} {}{query}", outgoing.asked.method, outgoing.url.path()),
                body: String::from_utf8(body.to_vec()).unwrap(),
                bearer: outgoing
                    .bearer
                    .as_ref()
                    .map(|bearer| bearer.token().expose_secret().to_owned())
                    .unwrap_or_default(),
                custom_domain: outgoing.custom_domain.clone(),
                at: self.start.elapsed(),
            });
            match self.step(token) {
                Step::Answer(reply) => Ok(reply),
                Step::Fail(failure) => Err(failure),
                Step::Late(delay, reply) if delay < limit => {
                    tokio::time::sleep(delay).await;
                    Ok(reply)
                }
                Step::Late(..) | Step::Hang => {
                    tokio::time::sleep(limit).await;
                    Err(Failure::TimedOut(limit))
                }
            }
        })
    }
}

/// An answer in JSON.
pub(super) fn json(status: u16, body: &str) -> Step {
    Step::Answer(reply(status, body))
}

/// A 429 that says when to come back.
pub(super) fn limited(wait: Option<u64>) -> Step {
    let body = r#"{"statusCode":429,"error":"Too Many Requests","message":"Limit reached"}"#;
    Step::Answer(Reply { wait: wait.map(Duration::from_secs), ..reply(429, body) })
}

pub(super) fn reply(status: u16, body: &str) -> Reply {
    Reply { status, body: body.as_bytes().to_vec().into(), ..Reply::default() }
}

/// A configuration with the client `id` and its secret `hunter2`.
pub(super) fn config() -> Config {
    configured(&[("clientId", "id"), ("clientSecret", "hunter2")])
}

/// A configuration of the tenant `t.auth0.com` with more in it.
pub(super) fn configured(more: &[(&str, &str)]) -> Config {
    let given = [("domain", "t.auth0.com")].iter().chain(more);
    let object = given.map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Config::resolve(&object, &|_| None).unwrap()
}

/// A key that is made once for all tests.
pub(super) struct PrivateKey {
    pub(super) pem: String,
    /// Its public half, in DER.
    pub(super) public: Vec<u8>,
}

pub(super) fn private_key() -> &'static PrivateKey {
    static KEY: LazyLock<PrivateKey> = LazyLock::new(|| {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
        PrivateKey {
            pem: key.to_pkcs8_pem(LineEnding::LF).unwrap().to_string(),
            public: key.to_public_key().to_pkcs1_der().unwrap().into_vec(),
        }
    });
    &KEY
}

/// A configuration with the client `id` and its private key, for PS256.
pub(super) fn with_key() -> Config {
    private_key().configured("PS256")
}

impl PrivateKey {
    fn configured(&self, algorithm: &str) -> Config {
        configured(&[
            ("clientId", "id"),
            ("clientAssertionPrivateKey", &self.pem),
            ("clientAssertionSigningAlg", algorithm),
        ])
    }

    /// The key for the algorithm of this name.
    pub(super) fn with(&self, algorithm: &str) -> SigningKey {
        let config = self.configured(algorithm);
        let Credentials::PrivateKey { key, .. } = config.credentials else { panic!("no key") };
        key
    }
}

/// The usual request of that method.
pub(super) fn request(method: Method, path: Path) -> Request {
    let body = value!({"name": "x"});
    match method {
        Method::Get => Request::get(path),
        Method::Post => Request::post(path, body),
        Method::Patch | Method::Put => Request::write(method, path, body),
        Method::Delete => Request::delete(path),
    }
}

/// A request to `/api/v2/clients` at `base`.
pub(super) fn outgoing(method: Method, base: &str) -> Outgoing {
    let asked = Asked::of(&request(method, Path::of("clients"))).unwrap();
    Outgoing {
        url: Url::parse(base).unwrap().join(&asked.path).unwrap(),
        asked,
        body: None,
        bearer: None,
        hidden: None,
        custom_domain: None,
    }
}

/// A server on loopback that answers every connection once, with given bytes, and hangs up.
pub(super) struct Server {
    pub(super) base: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) async fn start(answers: impl IntoIterator<Item = Vec<u8>>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answers) = (requests.clone(), Vec::from_iter(answers));
        tokio::spawn(async move {
            for answer in answers {
                let (stream, _) = listener.accept().await.unwrap();
                let mut stream = BufReader::new(stream);
                let request = read_request(&mut stream).await;
                kept.lock().unwrap().push(request);
                stream.write_all(&answer).await.unwrap();
                stream.shutdown().await.unwrap();
            }
        });
        Server { base, requests }
    }

    /// The heads and bodies of the requests so far.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn read_request(stream: &mut BufReader<tokio::net::TcpStream>) -> String {
    let (mut request, mut length) = (String::new(), 0);
    loop {
        let start = request.len();
        if stream.read_line(&mut request).await.unwrap_or_default() == 0 {
            return request;
        }
        let line = request[start..].to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    request + std::str::from_utf8(&body).unwrap()
}

/// The bytes of an answer.
pub(super) fn http(status: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let length = format!("content-length: {}", body.len());
    let mut lines = vec![format!("HTTP/1.1 {status}")];
    lines.extend(headers.iter().map(|header| (*header).to_owned()));
    lines.extend(["connection: close".to_owned(), length, String::new(), body.to_owned()]);
    lines.join("\r\n").into_bytes()
}
