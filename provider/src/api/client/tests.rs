use std::process::Command;

use tokio::net::TcpListener;

use super::*;
use crate::api::error::ApiError;
use crate::api::request::Body;
use crate::api::testing::{Server, configured, http, outgoing};

const LIMIT: Duration = Duration::from_secs(20);

fn wire() -> Http {
    Http { client: OnceCell::new(), loopback: true, largest: 1000 }
}

async fn get(base: &str, limit: Duration) -> Result<Reply, Failure> {
    wire().send(&outgoing(Method::Get, base), limit).await
}

async fn answered(answer: Vec<u8>) -> Result<Reply, Failure> {
    let server = Server::start([answer]).await;
    get(&server.base, LIMIT).await
}

#[tokio::test]
async fn reaches_a_server_on_loopback() {
    let reply = answered(http("200 OK", &["content-type: application/json"], "[1]")).await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice(), reply.html), (200, &b"[1]"[..], false));
}

#[test]
fn loopback_bypasses_proxies() {
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "api::client::tests::reaches_a_server_on_loopback"]);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        // The discard port: nothing answers there.
        test.env(variable, "http://127.0.0.1:9");
    }
    test.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = test.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

#[tokio::test]
async fn says_who_it_is_and_what_it_wants() {
    let server = Server::start([http("200 OK", &[], "{}")]).await;
    let outgoing = Outgoing {
        body: Some(Body::fixed(&serde_json::json!({"name": "x"}))),
        bearer: Some(Bearer::new("the-token".into())),
        custom_domain: Some("login.example.com".into()),
        ..outgoing(Method::Post, &server.base)
    };
    wire().send(&outgoing, LIMIT).await.unwrap();
    let request = server.requests().remove(0);
    let lower = request.to_ascii_lowercase();
    for part in [
        "post /api/v2/clients http/1.1\r\n",
        "user-agent: pulumi-resource-auth0/3.55.1 (build ",
        ") pulumi-rs-sdk/0.1.0\r\n",
        "accept: application/json\r\n",
        "accept-encoding: gzip\r\n",
        "content-type: application/json\r\n",
        "authorization: bearer the-token\r\n",
        "auth0-custom-domain: login.example.com\r\n",
        "\r\n\r\n{\"name\":\"x\"}",
    ] {
        assert!(lower.contains(part), "{part}: {request}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed_and_show_their_host_alone() {
    let server = Server::start([
        http("307 Temporary Redirect", &["location: http://127.0.0.1:9/x?token=hunter2"], ""),
        http("200 OK", &[], "{}"),
    ])
    .await;
    let reply = get(&server.base, LIMIT).await.unwrap();
    assert_eq!((reply.status, reply.location.as_deref()), (307, Some("127.0.0.1")));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn reads_when_to_come_back_by_the_clock_of_the_server() {
    let headers = ["date: Thu, 01 Jan 1970 00:10:00 GMT", "x-ratelimit-reset: 607"];
    let reply = answered(http("429 Too Many Requests", &headers, "{}")).await.unwrap();
    assert_eq!(reply.wait, Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn an_answer_larger_than_the_cap_is_not_read_to_its_end() {
    let fits = answered(http("200 OK", &[], &"1".repeat(1000))).await.unwrap();
    assert_eq!(fits.body.len(), 1000);
    let failure = answered(http("200 OK", &[], &"1".repeat(1001))).await.unwrap_err();
    assert_eq!(failure, Failure::TooLarge);
}

#[tokio::test]
async fn the_cap_counts_what_a_small_answer_unfolds_to() {
    // 4000 zeros.
    let folded: &[u8] = &[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xed, 0xc1, 0x31, 1, 0, 0, 0, 0xc2, 0xa0, 0x4a, 0xeb,
        0x9f, 0xce, 0x18, 0x3e, 0x40, 1, 0, 0, 0, 0x6f, 3, 0x1d, 0x96, 0xee, 0xfa, 0xa0, 0x0f, 0,
        0,
    ];
    let mut answer =
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n".to_vec();
    answer.extend_from_slice(folded);
    assert_eq!(answered(answer).await.unwrap_err(), Failure::TooLarge);
}

#[tokio::test]
async fn a_connection_that_ends_early_is_told() {
    assert_eq!(answered(Vec::new()).await.unwrap_err(), Failure::BrokenOff);
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":".to_vec();
    assert_eq!(answered(cut).await.unwrap_err(), Failure::BrokenOff);
    assert_eq!(answered(b"hello\r\n\r\n".to_vec()).await.unwrap_err(), Failure::BrokenOff);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let limit = Duration::from_millis(50);
    assert_eq!(get(&base, limit).await.unwrap_err(), Failure::TimedOut(limit));
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let failure = get(&base, LIMIT).await.unwrap_err();
    assert!(
        matches!(&failure, Failure::Unreachable(why) if why.contains("refused")),
        "{failure:?}"
    );
    assert!(failure.is_before_sending());
}

#[tokio::test]
async fn a_server_that_cannot_prove_itself_is_told() {
    let server = Server::start([http("200 OK", &[], ""), http("200 OK", &[], "")]).await;
    let wire = wire();
    // The first request settles whom to trust: nobody, whatever this machine does.
    wire.send(&outgoing(Method::Get, &server.base), LIMIT).await.unwrap();
    let secure = outgoing(Method::Get, &server.base.replace("http:", "https:"));
    let failure = wire.send(&secure, LIMIT).await.unwrap_err();
    assert!(matches!(failure, Failure::Insecure(_)), "{failure:?}");
}

#[test]
fn trusts_what_this_machine_trusts() {
    let built = wire().build(&Url::parse("https://t.auth0.com").unwrap());
    let without =
        |failure: &Failure| matches!(failure, Failure::SetUp(why) if why.contains("certificates"));
    assert!(built.as_ref().map_or_else(without, |_| true), "{:?}", built.err());
}

#[tokio::test]
async fn a_name_without_address_is_told() {
    // A label of more than 63 characters is refused before any name server is asked.
    let base = format!("http://{}.localhost", "x".repeat(64));
    assert_eq!(get(&base, LIMIT).await.unwrap_err(), Failure::NoSuchHost);
}

#[tokio::test]
async fn no_text_shows_an_address_or_a_token() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut outgoing = outgoing(Method::Get, &format!("http://{}", listener.local_addr().unwrap()));
    drop(listener);
    outgoing.url.set_query(Some("secret=hunter2"));
    outgoing.bearer = Some(Bearer::new("hunter2".into()));
    let failure = wire().send(&outgoing, LIMIT).await.unwrap_err();
    let text = ApiError::no_answer(&outgoing, failure.clone()).to_string();
    assert!(text.starts_with("GET /api/v2/clients: no connection to 127.0.0.1:"), "{text}");
    assert!(!format!("{failure:?}{text}").contains("hunter2"));
}

#[test]
fn nothing_is_built_before_the_first_request() {
    let http = Http::new(&configured(&[("apiToken", "x")]).domain);
    assert!(!http.client.initialized() && !http.loopback);
}
