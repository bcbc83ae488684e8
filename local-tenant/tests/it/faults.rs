//! Lies: what is answered, and whether the request took effect.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use auth0_local_tenant::{FAULT_KINDS, FaultRule, Options};
use serde_json::json;

use crate::caller::Caller;

fn lying(rules: &[&str]) -> Caller {
    let faults = rules.iter().map(|rule| rule.parse::<FaultRule>().unwrap()).collect();
    Caller::start(Options { faults, ..Options::default() })
}

fn clients(caller: &Caller) -> usize {
    caller.send("GET", "/clients", None).json().as_array().unwrap().len()
}

/// All that comes back for a request on a connection of its own, and how that connection ended.
fn on_the_wire(
    caller: &Caller,
    method: &str,
    route: &str,
    body: &str,
) -> (String, std::io::Result<()>) {
    let address = caller.tenant.base_url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).unwrap();
    let token = caller.tenant.token();
    let request = format!(
        "{method} {route} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer).map(|_| ());
    (String::from_utf8(answer).unwrap(), ended)
}

#[test]
fn a_lie_is_told_once_and_the_effect_is_as_its_name_says() {
    struct Case {
        answer: &'static str,
        status: Option<u16>,
        body: &'static str,
        effect: bool,
    }
    let cases = [
        Case { answer: "status:500", status: Some(500), body: r#"{"error":"#, effect: false },
        Case { answer: "status:503:after", status: Some(503), body: r#"{"error":"#, effect: true },
        Case { answer: "status:401", status: Some(401), body: r#"{"error":"#, effect: false },
        Case { answer: "status:429", status: Some(429), body: r#"{"error":"#, effect: false },
        Case { answer: "expired-token", status: Some(401), body: r#"{"error":"#, effect: false },
        Case { answer: "html", status: Some(200), body: "<html>", effect: false },
        Case { answer: "html:502", status: Some(502), body: "<html>", effect: false },
        Case { answer: "html:504:after", status: Some(504), body: "<html>", effect: true },
        Case { answer: "truncate", status: Some(201), body: r#"{"#, effect: true },
        Case { answer: "empty", status: Some(201), body: "", effect: true },
        Case { answer: "500-after", status: Some(500), body: r#"{"error":"#, effect: true },
        Case { answer: "close", status: None, body: "", effect: false },
        Case { answer: "reset", status: None, body: "", effect: false },
        Case { answer: "reset-after", status: None, body: "", effect: true },
    ];
    for Case { answer, status, body, effect } in cases {
        let caller = lying(&[&format!("POST /api/v2/clients => {answer} x1")]);
        let before = clients(&caller);
        let reply = caller.try_send("POST", "/clients", Some(&json!({"name": "app"})));
        assert_eq!(reply.as_ref().ok().map(|reply| reply.status), status, "{answer}");
        if let Ok(reply) = reply {
            assert!(reply.text.starts_with(body), "{answer}: {}", reply.text);
            assert!(
                reply.status != 201
                    || serde_json::from_str::<serde_json::Value>(&reply.text).is_err()
            );
        }
        assert_eq!(caller.tenant.requests().last().unwrap().status, status, "{answer}");
        assert_eq!(clients(&caller), before + usize::from(effect), "{answer}");
        caller.create("/clients", &json!({"name": "app"}));
    }
}

#[test]
fn a_connection_is_reset_where_the_rule_says_reset_and_closed_where_it_says_close() {
    let reset = std::io::ErrorKind::ConnectionReset;
    let (post, body) = ("POST", r#"{"name":"app"}"#);
    for answer in ["reset", "reset-after", "reset-middle"] {
        let caller = lying(&[&format!("POST /api/v2/clients => {answer}")]);
        let (_, ended) = on_the_wire(&caller, post, "/api/v2/clients", body);
        assert_eq!(ended.unwrap_err().kind(), reset, "{answer}");
    }
    let caller = lying(&["POST /api/v2/clients => close"]);
    let (answer, ended) = on_the_wire(&caller, post, "/api/v2/clients", body);
    assert_eq!((answer.as_str(), ended.is_ok()), ("", true));
}

#[test]
fn a_reset_in_the_middle_comes_after_half_of_the_body_and_the_effect() {
    let caller = lying(&["POST /api/v2/clients => reset-middle x1"]);
    let before = clients(&caller);
    let (answer, ended) = on_the_wire(&caller, "POST", "/api/v2/clients", r#"{"name":"app"}"#);
    assert!(ended.is_err());
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 201 Created"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert_eq!(body.len(), length.parse::<usize>().unwrap() / 2);
    assert_eq!(caller.tenant.requests().last().unwrap().status, Some(201));
    assert_eq!(clients(&caller), before + 1);
}

#[test]
fn a_reset_in_the_middle_of_an_answer_without_a_body_leaves_no_answer() {
    let caller = lying(&["DELETE /api/v2/clients/{id} => reset-middle"]);
    let (answer, ended) = on_the_wire(&caller, "DELETE", "/api/v2/clients/x", "");
    assert_eq!((answer.as_str(), ended.is_err()), ("", true));
}

#[test]
fn a_slow_body_is_the_true_one_and_takes_its_time() {
    let caller = lying(&["POST /api/v2/clients => slow:300ms x1"]);
    let begun = Instant::now();
    let client = caller.create("/clients", &json!({"name": "app"}));
    assert!(begun.elapsed() >= Duration::from_millis(290), "{:?}", begun.elapsed());
    assert_eq!(client["name"], "app");
}

#[test]
fn a_rate_limit_says_when_it_ends_or_ended_or_nothing() {
    let caller = lying(&[
        "GET /api/v2/clients/{id} => status:429:reset=30 x1",
        "GET /api/v2/clients/{id} => status:429:reset=-30:retry-after=2 x1",
        "GET /api/v2/clients/{id} => status:429:no-headers x1",
    ]);
    let now = jiff::Timestamp::now().as_second();
    for (from_now, retry_after) in [(30, None), (-30, Some("2"))] {
        let reply = caller.send("GET", "/clients/x", None);
        assert_eq!((reply.status, &reply.json()["errorCode"]), (429, &json!("too_many_requests")));
        let reset: i64 = reply.headers["x-ratelimit-reset"].to_str().unwrap().parse().unwrap();
        assert!((from_now - 1..=from_now + 2).contains(&(reset - now)), "{reset}");
        assert_eq!(reply.headers["x-ratelimit-remaining"], "0");
        let told = reply.headers.get("retry-after").map(|value| value.to_str().unwrap());
        assert_eq!(told, retry_after);
    }
    let reply = caller.send("GET", "/clients/x", None);
    assert_eq!(reply.status, 429);
    for name in ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "retry-after"] {
        assert!(!reply.headers.contains_key(name), "{name}");
    }
    assert_eq!(caller.send("GET", "/clients/x", None).status, 404);
}

#[test]
fn a_token_that_has_run_out_stays_so_and_a_new_one_is_good() {
    let mut caller = lying(&["GET /api/v2/clients => expired-token x1"]);
    let fresh = |caller: &Caller, name: &str| {
        let body = json!({
            "grant_type": "client_credentials",
            "client_id": caller.tenant.client_id(),
            "client_secret": caller.tenant.client_secret(),
            "audience": format!("{}/api/v2/", caller.tenant.base_url()),
            "scope": name,
        });
        let reply =
            caller.raw("POST", "/oauth/token", Some(("application/json", &body.to_string())));
        format!("Bearer {}", reply.json()["access_token"].as_str().unwrap())
    };
    let first = fresh(&caller, "read:clients");
    let second = fresh(&caller, "read:clients read:client_grants");
    caller.authorize(Some(&first));
    for _ in 0..2 {
        let reply = caller.send("GET", "/clients", None);
        assert_eq!(reply.status, 401);
        let message = &reply.json()["message"];
        assert_eq!(message, "Expired token received for JSON Web Token validation");
    }
    caller.authorize(Some(&second));
    assert_eq!(caller.send("GET", "/clients", None).status, 200);
    // In the same second it is the same token.
    let again = fresh(&caller, "read:clients");
    caller.authorize(Some(&again));
    assert_eq!(caller.send("GET", "/clients", None).status, 200);
}

#[test]
fn a_skewed_clock_tells_of_another_time_in_date_and_reset() {
    for skew in [3600, -3600] {
        let rules = [format!("* * => skew:{skew}"), "GET * => status:429:reset=0 x1".to_owned()];
        let caller = lying(&rules.each_ref().map(String::as_str));
        let now = jiff::Timestamp::now().as_second();
        for status in [429, 200] {
            let reply = caller.send("GET", "/clients", None);
            assert_eq!(reply.status, status);
            let date = reply.headers["date"].to_str().unwrap();
            let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).unwrap();
            let reset: i64 = reply.headers["x-ratelimit-reset"].to_str().unwrap().parse().unwrap();
            for told in [date.as_second(), reset] {
                assert!((skew - 1..=skew + 3).contains(&(told - now)), "{skew}: {}", told - now);
            }
        }
    }
}

#[test]
fn a_fault_can_be_put_and_removed_while_the_tenant_runs() {
    let caller = Caller::default();
    let token = || caller.raw("POST", "/oauth/token", None).status;
    caller.tenant.add_fault("POST /oauth/token => status:500 x1".parse().unwrap());
    assert_eq!([token(), token()], [500, 400]);
    let fault = caller.tenant.add_fault("POST /oauth/token => status:503".parse().unwrap());
    assert_eq!([token(), token()], [503, 503]);
    assert!(caller.tenant.remove_fault(fault));
    assert_eq!(token(), 400);
    caller.tenant.add_fault("POST * => status:502".parse().unwrap());
    assert_eq!(token(), 502);
    caller.tenant.clear_faults();
    assert_eq!(token(), 400);
}

#[test]
fn a_chance_lies_to_the_same_requests_at_every_start_with_the_same_seed() {
    let statuses = |fault_seed: u64| -> Vec<u16> {
        let faults = vec!["GET /api/v2/clients => status:503 40%".parse().unwrap()];
        let caller = Caller::start(Options { faults, fault_seed, ..Options::default() });
        (0..40).map(|_| caller.send("GET", "/clients", None).status).collect()
    };
    let first = statuses(1);
    assert!(first.contains(&200) && first.contains(&503));
    assert_eq!(statuses(1), first);
    assert_ne!(statuses(2), first);
}

#[test]
fn a_request_that_hangs_is_in_the_log_and_does_not_keep_the_tenant_from_stopping() {
    let caller = lying(&["GET /api/v2/clients => hang"]);
    let address = caller.tenant.base_url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = "GET /api/v2/clients HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(request.as_bytes()).unwrap();
    while caller.tenant.requests().is_empty() {
        std::thread::yield_now();
    }
    drop(caller);
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert_eq!(answer, b"", "the connection ended without an answer");
}

#[test]
fn a_request_that_hangs_for_a_while_is_closed_then_without_effect() {
    let caller = lying(&["POST /api/v2/clients => hang:50ms x1"]);
    let before = clients(&caller);
    let begun = Instant::now();
    let (answer, ended) = on_the_wire(&caller, "POST", "/api/v2/clients", r#"{"name":"a"}"#);
    assert!(begun.elapsed() >= Duration::from_millis(50));
    assert_eq!((answer.as_str(), ended.is_ok()), ("", true));
    assert_eq!(clients(&caller), before);
}

#[test]
fn the_log_says_what_was_answered_in_place_of_the_truth() {
    let rules = ["GET /api/v2/clients => status:503:after x1", "* * => skew:60"];
    let caller = lying(&rules);
    caller.send("GET", "/clients", None);
    caller.send("GET", "/clients", None);
    let faults: Vec<_> = caller.tenant.requests().into_iter().map(|entry| entry.fault).collect();
    assert_eq!(faults, [Some("status:503:after".to_owned()), None]);
}

#[test]
fn the_readme_tells_every_fault() {
    let readme = include_str!("../../README.md");
    for kind in FAULT_KINDS {
        let row = format!("| `{}` | {} | {} |", kind.form, kind.answer, kind.effect);
        assert!(readme.contains(&row), "not in README.md:\n{row}");
    }
}

#[test]
fn a_rule_that_cannot_be_read_is_told_what_is_wrong_with_it() {
    let bad = [
        "POST /oauth/token",
        "POST => reset",
        "POST x => reset",
        "PUT /api/v2/clients => reset",
        "POST /oauth/token =>",
        "POST /oauth/token => sometimes",
        "POST /oauth/token => status:200",
        "POST /oauth/token => status:500:reset=1",
        "POST /oauth/token => skew:x",
        "POST /oauth/token => reset twice",
        "POST /oauth/token => reset xx",
        "POST /oauth/token => reset x1 x2",
        "POST /oauth/token => reset x0",
        "POST /oauth/token => reset 0%",
        "POST /oauth/token => reset 101%",
        "POST /oauth/token => reset seed:1",
    ];
    let told = bad.map(|rule| format!("{rule}\n  {}", rule.parse::<FaultRule>().unwrap_err()));
    insta::assert_snapshot!(told.join("\n"));
}
