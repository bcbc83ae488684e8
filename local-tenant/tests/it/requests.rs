//! What is refused before an operation is carried out, and how; and what the log keeps.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use auth0_local_tenant::{Credential, Options};
use serde_json::{Value, json};

use crate::caller::Caller;

#[test]
fn every_refusal_has_the_envelope_of_the_real_api() {
    struct Case {
        authorization: Option<&'static str>,
        method: &'static str,
        path: &'static str,
        body: Option<&'static str>,
    }
    const NOBODY: Option<&str> = None;
    let cases = [
        Case { authorization: NOBODY, method: "GET", path: "/clients", body: None },
        Case { authorization: Some("Token x"), method: "GET", path: "/clients", body: None },
        Case { authorization: Some("Bearer"), method: "GET", path: "/clients", body: None },
        Case { authorization: Some("Bearer x.y.z"), method: "GET", path: "/clients", body: None },
    ];
    let mut caller = Caller::default();
    let mut answers = String::new();
    for Case { authorization, method, path, body } in cases {
        caller.authorize(authorization);
        let body = body.map(|body| ("application/json", body));
        let reply = caller.raw(method, &format!("/api/v2{path}"), body);
        answers += &format!("{authorization:?}\n  {}\n", reply.golden());
    }
    insta::assert_snapshot!(answers);
}

#[test]
fn a_body_that_the_document_does_not_allow_is_refused_with_the_reason() {
    let bodies = [
        r#"{"name":"a","nmae":"b"}"#,
        r#"{}"#,
        r#"{"name":1}"#,
        r#"{"name":"<b>"}"#,
        r#"{"name":"a","app_type":"web"}"#,
        r#"{"name":"a","callbacks":["not a url"]}"#,
        r#"{"name":"a","refresh_token":{"rotation_type":"rotating"}}"#,
        r#"{"name":"a","par_request_expiry":5}"#,
        r#"{"name":"a","grant_types":[""]}"#,
        r#"{"name":"a","description":null}"#,
        r#"{"name":"a","native_social_login":{}}"#,
        r#"{"name":"a","default_organization":{"flows":["client_credentials"]}}"#,
        r#"{"name":"a","token_endpoint_auth_method":"none","grant_types":["client_credentials"]}"#,
        r#"{"name":"a","token_endpoint_auth_method":"none","client_authentication_methods":{}}"#,
        r#"[]"#,
        r#"{"name""#,
    ];
    let caller = Caller::default();
    let mut answers = String::new();
    for body in bodies {
        let reply = caller.raw("POST", "/api/v2/clients", Some(("application/json", body)));
        let answer = reply.json();
        answers += &format!("{} {} {}\n", reply.status, answer["errorCode"], answer["message"]);
    }
    insta::assert_snapshot!(answers);
}

#[test]
fn a_query_that_the_document_does_not_allow_is_refused() {
    let caller = Caller::default();
    for query in
        ["per_page=101", "page=-1", "take=0", "include_totals=maybe", "colour=red", "from=x"]
    {
        let reply = caller.send("GET", &format!("/clients?{query}"), None);
        let code = reply.json()["errorCode"].clone();
        assert_eq!((reply.status, code), (400, json!("invalid_query_string")), "{query}");
    }
}

#[test]
fn a_path_or_method_that_is_not_there_is_not_found() {
    let caller = Caller::default();
    for (method, path) in [("GET", "/nothing"), ("PUT", "/clients"), ("GET", "/clients/x")] {
        assert_eq!(caller.send(method, path, None).status, 404, "{method} {path}");
    }
}

#[test]
fn every_answer_tells_the_rate_limit() {
    let caller = Caller::default();
    let reply = caller.send("GET", "/clients", None);
    let header = |name: &str| reply.headers[name].to_str().unwrap().parse::<i64>().unwrap();
    assert!(header("x-ratelimit-remaining") < header("x-ratelimit-limit"));
    assert!(header("x-ratelimit-reset") > 1_700_000_000);
    assert_eq!(reply.headers["content-type"], "application/json; charset=utf-8");
}

#[test]
fn the_log_tells_each_request_and_no_secret() {
    let caller = Caller::default();
    caller.create("/clients", &json!({"name": "app", "addons": {"wams": {"masterkey": "s3cret"}}}));
    caller.send("GET", "/clients?fields=name&token=s3cret", None);
    let logged = caller.tenant.requests();
    assert_eq!(logged.len(), 2);
    let (made, listed) = (&logged[0], &logged[1]);
    assert_eq!((made.method.as_str(), made.path.as_str()), ("POST", "/api/v2/clients"));
    assert_eq!(made.status, Some(201));
    assert_eq!(made.user_agent.as_deref(), Some("tests/1"));
    assert_eq!(made.credential, Credential::TenantToken);
    assert_eq!(made.request_body["name"], "app");
    assert!(listed.query.starts_with("fields=name&token="), "{}", listed.query);
    let text = format!("{logged:?}");
    assert!(!text.contains("s3cret") && !text.contains(caller.tenant.token()), "{text}");
    caller.tenant.clear_requests();
    assert!(caller.tenant.requests().is_empty());
}

#[test]
fn a_log_file_has_one_line_of_json_per_request() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("requests.jsonl");
    let caller = Caller::start(Options { log: Some(log.clone()), ..Options::default() });
    let form = "grant_type=client_credentials&client_id=a&client_secret=s3cret";
    caller.raw("POST", "/oauth/token", Some(("application/x-www-form-urlencoded", form)));
    caller.send("GET", "/clients?per_page=1", None);
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let keys = |line: &Value| line.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let expected = [
        "time",
        "method",
        "path",
        "query",
        "status",
        "fault",
        "duration_ms",
        "user_agent",
        "credential",
        "request_body",
    ];
    assert_eq!(lines.len(), 2);
    assert_eq!(keys(&lines[0]), expected.map(str::to_owned).into());
    assert_eq!(lines[0]["request_body"]["client_id"], "a");
    assert_eq!(lines[1]["query"], "per_page=1");
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn every_answer_waits_for_the_latency() {
    let latency = Duration::from_millis(60);
    let caller = Caller::start(Options { latency, ..Options::default() });
    let begun = Instant::now();
    caller.send("GET", "/clients", None);
    assert!(begun.elapsed() >= latency);
    assert!(caller.tenant.requests()[0].duration_ms >= 60.0);
}
