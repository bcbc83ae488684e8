use std::time::Duration;

use tokio::time::Instant;

use super::*;
use crate::api::request::Method;
use crate::api::testing::{Script, Step, Watched, json, limited, outgoing, reply};

const WHOLE: Duration = Duration::from_secs(600);
const EVERY: [Method; 5] = [Method::Get, Method::Post, Method::Patch, Method::Put, Method::Delete];

struct Outcome {
    result: Result<Reply, ApiError>,
    sent: usize,
    took: Duration,
    texts: Vec<String>,
}

/// Sends one request over a network with this script.
async fn send(method: Method, steps: impl IntoIterator<Item = Step>) -> Outcome {
    stopped_after(method, steps, None).await
}

async fn stopped_after(
    method: Method,
    steps: impl IntoIterator<Item = Step>,
    stop: Option<Duration>,
) -> Outcome {
    let (script, watched, start) = (Script::new(steps), Watched::new(), Instant::now());
    let sender = Sender::new(script.clone());
    let patience = Patience::new(&watched.context, WHOLE);
    let outgoing = Arc::new(outgoing(method, "https://t.auth0.com"));
    let stopper = async {
        if let Some(after) = stop {
            tokio::time::sleep(after).await;
            watched.context.cancel.cancel();
        }
    };
    let sending = async { (sender.send(outgoing, &patience).await, start.elapsed()) };
    let ((result, took), ()) = tokio::join!(sending, stopper);
    Outcome { result, sent: script.seen().len(), took, texts: watched.texts() }
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

#[tokio::test(start_paused = true)]
async fn everything_but_a_create_is_repeated_after_passing_failures() {
    let passing = [
        json(500, "{}"),
        json(502, "<html>"),
        json(503, ""),
        json(504, ""),
        json(524, ""),
        Step::Fail(Failure::BrokenOff),
        Step::Fail(Failure::TimedOut(LIMIT)),
        Step::Fail(Failure::Unreachable("refused".into())),
        Step::Fail(Failure::NoSuchHost),
    ];
    for method in EVERY.into_iter().filter(|method| *method != Method::Post) {
        for step in &passing {
            let steps = [step.clone(), step.clone(), step.clone(), json(200, "{}")];
            let outcome = send(method, steps).await;
            assert_eq!(outcome.result.unwrap().status, 200, "{method}");
            assert_eq!(outcome.sent, 4, "{method}");
            assert!(outcome.took > seconds(3), "{method}: {:?}", outcome.took);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_that_was_spoilt_on_its_way_is_asked_for_again() {
    for method in EVERY {
        for spoilt in ["<html>", r#"{"client_id":"x"#, ""] {
            let again = method != Method::Post;
            let steps = [json(200, spoilt), json(200, "{}")];
            let outcome = send(method, steps.into_iter().take(1 + usize::from(again))).await;
            assert_eq!(outcome.sent, 1 + usize::from(again), "{method} {spoilt:?}");
            assert_eq!(outcome.result.unwrap().status, 200);
        }
        let nothing_to_say = send(method, [json(204, "")]).await;
        assert_eq!(nothing_to_say.sent, 1, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn those_who_waited_for_a_refusal_to_end_keep_the_distance_that_the_user_wants() {
    const CALLS: usize = 10;
    let answers = vec![json(200, "{}"); CALLS];
    let (script, watched) =
        (Script::new([limited(Some(60))].into_iter().chain(answers)), Watched::new());
    let sender = Sender::capped(script.clone(), Some(1.0));
    let patience = Patience::new(&watched.context, WHOLE);
    let call = async || {
        let outgoing = Arc::new(outgoing(Method::Get, "https://t.auth0.com"));
        sender.send(outgoing, &patience).await.unwrap();
    };
    tokio::join!(call(), call(), call(), call(), call(), call(), call(), call(), call(), call());
    let at: Vec<_> = script.seen().into_iter().map(|seen| seen.at).collect();
    assert_eq!(at.len(), CALLS + 1);
    assert!(
        at[1] >= seconds(60) && at.is_sorted_by(|one, next| *next - *one >= seconds(1)),
        "{at:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn after_three_repeats_the_last_failure_is_told() {
    let outcome = send(Method::Get, vec![json(503, "{}"); 4]).await;
    assert_eq!((outcome.result.unwrap().status, outcome.sent), (503, 4));
    let outcome = send(Method::Delete, vec![Step::Fail(Failure::BrokenOff); 4]).await;
    let error = outcome.result.unwrap_err();
    assert!(matches!(error, ApiError::NoAnswer { failure: Failure::BrokenOff, .. }), "{error}");
    assert_eq!(outcome.sent, 4);
}

#[tokio::test(start_paused = true)]
async fn delays_are_random() {
    let mut took = Vec::new();
    for _ in 0..8 {
        let steps = [json(503, ""), json(503, ""), json(503, ""), json(200, "{}")];
        took.push(send(Method::Get, steps).await.took);
    }
    assert!(took.iter().any(|other| *other != took[0]), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn other_answers_and_lasting_failures_are_not_repeated() {
    for method in EVERY {
        for status in [200, 201, 204, 307, 400, 401, 403, 404, 409, 501] {
            let outcome = send(method, [json(status, "{}")]).await;
            assert_eq!((outcome.result.unwrap().status, outcome.sent), (status, 1), "{method}");
        }
        for failure in [
            Failure::SetUp("no certificates".into()),
            Failure::Insecure("unknown issuer".into()),
            Failure::TooLarge,
        ] {
            let outcome = send(method, [Step::Fail(failure.clone())]).await;
            assert_eq!(outcome.sent, 1, "{method} {failure:?}");
            assert!(outcome.result.is_err(), "{method} {failure:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_create_that_may_have_arrived_is_never_repeated() {
    for status in [500, 502, 503, 504, 524] {
        let outcome = send(Method::Post, [json(status, "{}")]).await;
        assert_eq!((outcome.result.unwrap().status, outcome.sent), (status, 1));
    }
    for failure in [Failure::BrokenOff, Failure::TimedOut(LIMIT), Failure::TooLarge] {
        let outcome = send(Method::Post, [Step::Fail(failure.clone())]).await;
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, ApiError::UnknownOutcome { .. }), "{failure:?}: {error}");
        assert_eq!(outcome.sent, 1, "{failure:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_create_that_never_arrived_is_repeated() {
    for failure in [Failure::Unreachable("refused".into()), Failure::NoSuchHost] {
        let steps = [Step::Fail(failure.clone()), limited(Some(1)), json(201, "{}")];
        let outcome = send(Method::Post, steps).await;
        assert_eq!((outcome.result.unwrap().status, outcome.sent), (201, 3), "{failure:?}");

        let outcome = send(Method::Post, vec![Step::Fail(failure.clone()); 4]).await;
        let error = outcome.result.unwrap_err();
        assert!(matches!(error, ApiError::NoAnswer { .. }), "{failure:?}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn rate_limits_are_waited_for_by_every_method() {
    for method in EVERY {
        let outcome = send(method, [limited(Some(5)), limited(Some(60)), json(200, "{}")]).await;
        assert_eq!((outcome.result.unwrap().status, outcome.sent), (200, 3), "{method}");
        assert!((65..69).contains(&outcome.took.as_secs()), "{method}: {:?}", outcome.took);
        let told = ["waiting 5 s for Auth0's rate limit", "waiting 60 s for Auth0's rate limit"];
        assert_eq!(outcome.texts, told, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_reset_in_the_past_is_no_hot_loop() {
    let outcome = send(Method::Get, vec![limited(Some(0)); 200]).await;
    assert!(outcome.sent < 30, "{} requests in ten minutes", outcome.sent);
    let error = outcome.result.unwrap_err();
    assert!(matches!(error, ApiError::RateLimited { within: WHOLE, .. }), "{error}");
    assert!(outcome.took > seconds(500), "{:?}", outcome.took);
}

#[tokio::test(start_paused = true)]
async fn what_one_request_learns_of_a_limit_all_obey() {
    let steps = [limited(Some(30))].into_iter().chain(vec![json(200, "{}"); 9]);
    let (script, watched) = (Script::new(steps), Watched::new());
    let sender = Sender::new(script.clone());
    let patience = Patience::new(&watched.context, WHOLE);
    let send = async |after| {
        tokio::time::sleep(seconds(after)).await;
        let outgoing = Arc::new(outgoing(Method::Get, "https://t.auth0.com"));
        sender.send(outgoing, &patience).await.unwrap().status
    };
    let all = tokio::join!(send(0), send(1), send(2), send(29), send(40));
    assert_eq!(all, (200, 200, 200, 200, 200));
    let at: Vec<_> = script.seen().iter().map(|seen| seen.at.as_secs()).collect();
    assert_eq!(at[0], 0);
    assert!(at[1..].iter().all(|at| *at >= 30), "{at:?}");
    assert_eq!(at.len(), 6);
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_to_be_repeated_keep_no_turn_from_others() {
    let steps = vec![Step::Fail(Failure::BrokenOff); 20].into_iter();
    let script = Script::new(steps.chain(vec![json(200, "{}"); 20]));
    let (sender, watched) = (Sender::new(script.clone()), Watched::new());
    let patience = Patience::new(&watched.context, WHOLE);
    let send = async || {
        let outgoing = Arc::new(outgoing(Method::Get, "https://t.auth0.com"));
        sender.send(outgoing, &patience).await.unwrap().status
    };
    let four = async || tokio::join!(send(), send(), send(), send());
    let all = tokio::join!(four(), four(), four(), four(), four());
    let fine = (200, 200, 200, 200);
    assert_eq!(all, (fine, fine, fine, fine, fine));
    assert!(script.seen()[..20].iter().all(|seen| seen.at.is_zero()), "{:?}", script.seen());
}

#[tokio::test(start_paused = true)]
async fn a_stopped_update_ends_waits_at_once() {
    struct Case {
        steps: Vec<Step>,
        progress: Progress,
    }
    let cases = [
        Case { steps: vec![limited(Some(100))], progress: Progress::Refused },
        Case { steps: vec![json(503, ""); 4], progress: Progress::Sent },
        Case { steps: vec![Step::Fail(Failure::BrokenOff); 4], progress: Progress::Sent },
        Case { steps: vec![Step::Fail(Failure::NoSuchHost); 4], progress: Progress::Unsent },
    ];
    for Case { steps, progress } in cases {
        for method in EVERY.into_iter().filter(|method| *method != Method::Post) {
            let stop = Some(Duration::from_millis(100));
            let outcome = stopped_after(method, steps.clone(), stop).await;
            let error = outcome.result.unwrap_err();
            let asked = outgoing(method, "https://t.auth0.com").asked;
            assert_eq!(error, ApiError::Cancelled { asked, progress }, "{method}");
            assert_eq!(error.may_be_done(), progress == Progress::Sent && method != Method::Get);
            assert_eq!(outcome.took.as_millis(), 100, "{method}");
            assert_eq!(outcome.sent, 1, "{method}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_stopped_update_sends_nothing_more() {
    let watched = Watched::new();
    watched.context.cancel.cancel();
    let script = Script::new([]);
    let sender = Sender::new(script.clone());
    for method in EVERY {
        let patience = Patience::new(&watched.context, WHOLE);
        let outgoing = Arc::new(outgoing(method, "https://t.auth0.com"));
        let error = sender.send(outgoing, &patience).await.unwrap_err();
        let told = format!("{method} /api/v2/clients: cancelled; nothing was sent");
        assert_eq!(error.to_string(), told);
    }
    assert_eq!(script.seen().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_update_gives_up_a_read_but_not_a_write_under_way() {
    let step = Step::Late(seconds(15), reply(200, "{}"));
    for method in EVERY {
        let outcome = stopped_after(method, [step.clone()], Some(seconds(1))).await;
        if method == Method::Get {
            let error = outcome.result.unwrap_err();
            assert!(matches!(error, ApiError::Cancelled { .. }), "{method}: {error}");
            assert_eq!(outcome.took, seconds(1), "{method}");
        } else {
            assert_eq!(outcome.result.unwrap().status, 200, "{method}");
            assert_eq!(outcome.took, seconds(15), "{method}");
            let told = format!(
                "{method} /api/v2/clients is under way: waiting up to 20 s for its answer, so that it is \
                 known what was done"
            );
            assert_eq!(outcome.texts, [told]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_write_is_waited_for_no_longer_than_twenty_seconds_after_the_stop() {
    for method in [Method::Post, Method::Patch] {
        let outcome = stopped_after(method, [Step::Hang], Some(seconds(1))).await;
        assert_eq!(outcome.took, seconds(21), "{method}");
        let error = outcome.result.unwrap_err();
        let unknown = matches!(&error, ApiError::UnknownOutcome { .. });
        assert_eq!(unknown, method == Method::Post, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_create_whose_caller_is_gone_runs_on_and_names_what_it_made() {
    let script = Script::new([Step::Late(seconds(5), reply(201, r#"{"client_id":"abc"}"#))]);
    let watched = Watched::new();
    let sender = Sender::new(script.clone());
    let patience = Patience::new(&watched.context, WHOLE);
    let outgoing = Arc::new(outgoing(Method::Post, "https://t.auth0.com"));
    let dropped = tokio::time::timeout(seconds(1), sender.send(outgoing, &patience)).await;
    assert!(dropped.is_err());
    tokio::time::sleep(seconds(5)).await;
    assert_eq!(
        watched.texts(),
        ["POST /api/v2/clients was carried out after the call for it had ended, so `abc` exists \
          in t.auth0.com but not in the stack: import or delete it"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_read_is_over_at_the_deadline_and_a_write_gets_its_full_time() {
    let watched = Watched::new();
    for (method, took) in [(Method::Get, 10), (Method::Post, 25)] {
        let sender = Sender::new(Script::new([Step::Late(seconds(25), reply(200, "{}"))]));
        let (patience, start) = (Patience::new(&watched.context, seconds(10)), Instant::now());
        let outgoing = Arc::new(outgoing(method, "https://t.auth0.com"));
        let result = sender.send(outgoing, &patience).await;
        assert_eq!(start.elapsed(), seconds(took), "{method}");
        match result {
            Ok(reply) => assert_eq!((method, reply.status), (Method::Post, 200)),
            Err(error) => {
                assert_eq!(
                    error.to_string(),
                    "GET /api/v2/clients: t.auth0.com did not answer within 10 s; run again"
                );
            }
        }
    }
}
