//! A tenant that lies: what is answered, and whether the request took effect.

use auth0_local_tenant::{FaultRule, Options};
use serde_json::json;

use crate::caller::Caller;

fn lying(rule: &str) -> Caller {
    let faults = vec![rule.parse::<FaultRule>().unwrap()];
    Caller::start(Options { faults, ..Options::default() })
}

fn clients(caller: &Caller) -> usize {
    caller.send("GET", "/clients", None).json().as_array().unwrap().len()
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
        Case { answer: "status:401", status: Some(401), body: r#"{"error":"#, effect: false },
        Case { answer: "html", status: Some(200), body: "<html>", effect: false },
        Case { answer: "truncate", status: Some(201), body: r#"{"#, effect: true },
        Case { answer: "empty", status: Some(201), body: "", effect: true },
        Case { answer: "500-after", status: Some(500), body: r#"{"error":"#, effect: true },
        Case { answer: "reset", status: None, body: "", effect: false },
        Case { answer: "reset-after", status: None, body: "", effect: true },
    ];
    for Case { answer, status, body, effect } in cases {
        let caller = lying(&format!("POST /api/v2/clients => {answer} x1"));
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
fn a_rate_limit_says_when_it_ends() {
    let caller = lying("GET /api/v2/clients/{id} => status:429:reset=30 x1");
    let now = jiff::Timestamp::now().as_second();
    let reply = caller.send("GET", "/clients/x", None);
    assert_eq!((reply.status, &reply.json()["errorCode"]), (429, &json!("too_many_requests")));
    let reset: i64 = reply.headers["x-ratelimit-reset"].to_str().unwrap().parse().unwrap();
    assert!((29..=32).contains(&(reset - now)), "{reset}");
    assert_eq!(reply.headers["x-ratelimit-remaining"], "0");
    assert_eq!(caller.send("GET", "/clients/x", None).status, 404);
}

#[test]
fn a_fault_can_be_added_to_a_tenant_that_runs() {
    let caller = Caller::default();
    caller.tenant.add_fault("POST /oauth/token => status:500 x1".parse().unwrap());
    assert_eq!(caller.raw("POST", "/oauth/token", None).status, 500);
    assert_eq!(caller.raw("POST", "/oauth/token", None).status, 400);
}

#[test]
fn a_request_that_hangs_is_in_the_log_and_does_not_keep_the_tenant_from_stopping() {
    let caller = lying("GET /api/v2/clients => hang");
    let address = caller.tenant.base_url().trim_start_matches("http://").to_owned();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request = "GET /api/v2/clients HTTP/1.1\r\nhost: x\r\n\r\n";
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    while caller.tenant.requests().is_empty() {
        std::thread::yield_now();
    }
    drop(caller);
    let mut answer = Vec::new();
    std::io::Read::read_to_end(&mut stream, &mut answer).unwrap();
    assert_eq!(answer, b"", "the connection ended without an answer");
}
