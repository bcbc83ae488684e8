//! Token buckets: what is let through, what is refused, and what the headers say.

use auth0_local_tenant::{Options, RateLimit};

use crate::caller::{Caller, Reply};

fn limited(limits: &[&str], foreign_load: u32) -> Caller {
    let rate_limits = limits.iter().map(|limit| limit.parse().unwrap()).collect();
    Caller::start(Options { rate_limits, foreign_load, ..Options::default() })
}

fn header(reply: &Reply, name: &str) -> i64 {
    reply.headers[name].to_str().unwrap().parse().unwrap()
}

#[test]
fn a_burst_goes_through_and_the_next_request_is_refused_without_effect() {
    // One in ten seconds: none is filled in while this runs.
    let caller = limited(&["4/0.1"], 0);
    let body = serde_json::json!({"name": "app"});
    let now = jiff::Timestamp::now().as_second();
    for remaining in (0..4).rev() {
        let reply = caller.send("POST", "/clients", Some(&body));
        assert_eq!(reply.status, 201);
        assert_eq!(header(&reply, "x-ratelimit-limit"), 4);
        assert_eq!(header(&reply, "x-ratelimit-remaining"), remaining);
        let full = header(&reply, "x-ratelimit-reset") - now;
        let expected = 10 * (4 - remaining);
        assert!((expected - 1..=expected + 3).contains(&full), "{full} is not {expected}");
    }
    let reply = caller.send("POST", "/clients", Some(&body));
    insta::assert_snapshot!(reply.golden());
    assert_eq!(header(&reply, "x-ratelimit-remaining"), 0);
    assert!((38..=42).contains(&(header(&reply, "x-ratelimit-reset") - now)));
    assert!(!reply.headers.contains_key("retry-after"), "Auth0's global limit has none");
    assert_eq!(caller.tenant.requests().last().unwrap().status, Some(429));
}

#[test]
fn a_refused_request_goes_through_once_a_token_is_filled_in() {
    let caller = limited(&["1/20"], 0);
    let mut refused = 0;
    for _ in 0..5 {
        while caller.send("GET", "/clients/x", None).status == 429 {
            refused += 1;
        }
    }
    assert!(refused > 0, "five requests at twenty per second take a fifth of a second");
}

#[test]
fn the_token_endpoint_has_its_own_bucket_and_its_own_envelope() {
    let caller = limited(&["1/0.01", "POST /oauth/token=1/0.01", "GET /api/v2/clients=2/1/min"], 0);
    let token = || caller.raw("POST", "/oauth/token", None);
    assert_eq!(token().status, 400);
    insta::assert_snapshot!(token().golden());
    let list = || caller.send("GET", "/clients", None).status;
    assert_eq!([list(), list(), list()], [200, 200, 429]);
    let get = || caller.send("GET", "/clients/x", None).status;
    assert_eq!([get(), get()], [404, 429]);
    assert_eq!(caller.raw("GET", "/.well-known/jwks.json", None).status, 200, "is not limited");
}

#[test]
fn another_client_takes_from_the_same_buckets() {
    // The other takes ten thousand a second: much more than this one, which waits for each answer.
    let caller = limited(&["1000/1"], 1_000_000);
    let remaining = || {
        let reply = caller.send("GET", "/clients/x", None);
        header(&reply, "x-ratelimit-remaining")
    };
    let mut asked = 1;
    while remaining() > 0 {
        asked += 1;
    }
    assert!(asked < 900, "{asked} of 1000 were left to this client");
}

#[test]
fn what_the_limit_refuses_is_not_counted_by_a_fault() {
    let rate_limits = vec!["GET /api/v2/clients=1/5".parse().unwrap()];
    let faults = vec!["GET /api/v2/clients => status:503 skip:1 x1".parse().unwrap()];
    let caller = Caller::start(Options { rate_limits, faults, ..Options::default() });
    let list = || caller.send("GET", "/clients", None).status;
    assert_eq!([list(), list()], [200, 429]);
    let next = std::iter::repeat_with(list).find(|status| *status != 429);
    assert_eq!(next, Some(503));
}

#[test]
fn a_limit_that_cannot_be_read_is_told_what_is_wrong_with_it() {
    let bad =
        ["50", "0/1", "x/1", "5/0", "5/-1", "5/x", "5/1/hour", "5/inf", "GET=5/1", "GET /x=5/1"];
    let told = bad.map(|limit| format!("{limit}\n  {}", limit.parse::<RateLimit>().unwrap_err()));
    insta::assert_snapshot!(told.join("\n"));
}
