//! Stacks that meet a limit which is a real bucket, in virtual time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::Allowance;
use crate::api::client::{Reply, Sending, Wire};
use crate::api::patience::Patience;
use crate::api::request::{Method, Outgoing};
use crate::api::retry::Sender;
use crate::api::testing::{Watched, outgoing, reply};

/// A stack, and the limit that it meets.
#[derive(Clone, Copy, Debug)]
struct Case {
    burst: u32,
    per_second: f64,
    /// The share of the limit that another client of the tenant takes, from 0 to 1.
    foreign: f64,
    requests: usize,
    /// How many requests each engine has under way.
    at_once: usize,
    /// How many engines there are, each with a plugin, which share the requests.
    processes: usize,
    /// How long a request and its answer take, at least and at most.
    latency: (Duration, Duration),
}

#[derive(Debug)]
struct Outcome {
    refused: u32,
    /// From the first request to the last, as a multiple of what the limit allows.
    ratio: f64,
}

/// A bucket as Auth0's own limiter has it: its answers say, in whole seconds, when it will be full.
struct Tenant {
    case: Case,
    start: Instant,
    bucket: Mutex<Bucket>,
}

struct Bucket {
    tokens: f64,
    /// In seconds since the start, as all times here.
    at: f64,
    /// What the other client has asked for so far.
    foreign: u32,
    refused: u32,
    first: Option<f64>,
}

impl Bucket {
    fn fill(&mut self, case: &Case, at: f64) {
        self.tokens = (self.tokens + (at - self.at) * case.per_second).min(case.burst.into());
        self.at = at;
    }

    fn take(&mut self) -> bool {
        let is_admitted = self.tokens >= 1.0;
        self.tokens -= f64::from(u8::from(is_admitted));
        is_admitted
    }
}

impl Tenant {
    fn answer(&self) -> Reply {
        let (case, mut bucket) = (&self.case, self.bucket.lock().unwrap());
        let now = self.start.elapsed().as_secs_f64();
        let foreign = case.per_second * case.foreign;
        while foreign > 0.0 && f64::from(bucket.foreign) / foreign <= now {
            let at = f64::from(bucket.foreign) / foreign;
            bucket.fill(case, at);
            bucket.take();
            bucket.foreign += 1;
        }
        bucket.fill(case, now);
        bucket.first.get_or_insert(now);
        let is_admitted = bucket.take();
        bucket.refused += u32::from(!is_admitted);
        let full = now + (f64::from(case.burst) - bucket.tokens) / case.per_second;
        // The clock of the answer's date is in whole seconds too.
        let whole_in = Duration::from_secs_f64(full.ceil() - now.floor());
        let remaining = (0..case.burst).take_while(|n| f64::from(n + 1) <= bucket.tokens).count();
        let remaining = u32::try_from(remaining).unwrap();
        Reply {
            wait: (!is_admitted).then_some(whole_in),
            allowance: Some(Allowance { limit: case.burst, remaining, whole_in }),
            ..reply(if is_admitted { 200 } else { 429 }, "{}")
        }
    }

    fn half_of_latency(&self) -> Duration {
        let (least, most) = self.case.latency;
        (least + (most - least).mul_f32(fastrand::f32())) / 2
    }
}

impl Wire for Tenant {
    fn send<'a>(&'a self, _: &'a Outgoing, _: Duration) -> Sending<'a> {
        Box::pin(async {
            tokio::time::sleep(self.half_of_latency()).await;
            let reply = self.answer();
            tokio::time::sleep(self.half_of_latency()).await;
            Ok(reply)
        })
    }
}

async fn run(case: Case) -> Outcome {
    let bucket = Bucket { tokens: case.burst.into(), at: 0.0, foreign: 0, refused: 0, first: None };
    let tenant = Arc::new(Tenant { case, start: Instant::now(), bucket: Mutex::new(bucket) });
    // Answers speak in whole seconds: somewhere between two of them.
    tokio::time::sleep(Duration::from_secs(1).mul_f32(fastrand::f32())).await;
    let processes = (0..case.processes).map(|_| process(case, tenant.clone()));
    let statuses = futures_util::future::join_all(processes).await.concat();
    assert_eq!(statuses, vec![200; case.requests]);
    let bucket = tenant.bucket.lock().unwrap();
    let per_second = case.per_second * (1.0 - case.foreign);
    let bound = (case.requests as f64 - f64::from(case.burst)) / per_second;
    let span = bucket.at - bucket.first.unwrap();
    Outcome { refused: bucket.refused, ratio: span / bound }
}

/// What one engine has sent, and how it was answered.
async fn process(case: Case, tenant: Arc<Tenant>) -> Vec<u16> {
    let (sender, watched) = (Arc::new(Sender::new(tenant)), Arc::new(Watched::new()));
    let (mut under_way, mut statuses) = (JoinSet::new(), Vec::new());
    for number in 0..case.requests / case.processes {
        if under_way.len() == case.at_once {
            statuses.push(under_way.join_next().await.unwrap().unwrap());
        }
        // Of two kinds, which count against the same limit.
        let method = if number % 2 == 0 { Method::Patch } else { Method::Delete };
        let outgoing = Arc::new(outgoing(method, "https://t.auth0.com"));
        let (sender, watched) = (sender.clone(), watched.clone());
        under_way.spawn(async move {
            let patience = Patience::new(&watched.context, Duration::from_secs(6000));
            sender.send(outgoing, &patience).await.unwrap().status
        });
    }
    statuses.extend(under_way.join_all().await);
    statuses
}

/// As on loopback, and as it is from afar.
const NEAR: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(50));
const FAR: (Duration, Duration) = (Duration::from_millis(350), Duration::from_millis(800));

#[tokio::test(start_paused = true)]
async fn stacks_take_what_the_limit_allows_and_hardly_a_request_is_refused() {
    let production = Case {
        burst: 50,
        per_second: 16.0,
        foreign: 0.0,
        requests: 2000,
        at_once: 8,
        processes: 1,
        latency: NEAR,
    };
    let development = Case { burst: 10, per_second: 2.0, requests: 200, ..production };
    let private = Case { burst: 50, per_second: 50.0, requests: 200, ..production };
    let two = Case { processes: 2, ..development };
    let many = Case { processes: 2, at_once: 64, ..production };
    let quick = Case { burst: 8, per_second: 8.0, requests: 200, at_once: 200, ..production };
    let lists = Case { burst: 5, per_second: 100.0 / 60.0, requests: 60, ..production };
    let cases = [
        (production, 0, 1.01),
        (Case { foreign: 0.5, ..production }, 2, 1.01),
        (Case { foreign: 0.9, ..production }, 4, 1.01),
        (Case { at_once: 200, ..production }, 0, 1.01),
        (Case { at_once: 64, latency: FAR, ..production }, 10, 1.05),
        (Case { at_once: 64, latency: FAR, foreign: 0.5, ..production }, 15, 1.05),
        (development, 0, 1.01),
        (Case { foreign: 0.5, ..development }, 3, 1.02),
        (Case { latency: FAR, ..development }, 3, 1.06),
        (Case { latency: FAR, foreign: 0.5, ..development }, 3, 1.06),
        (Case { at_once: 200, ..private }, 0, 1.05),
        (Case { at_once: 200, foreign: 0.5, ..private }, 2, 1.05),
        (quick, 0, 1.02),
        (two, 30, 1.06),
        (many, 110, 1.3),
        (Case { latency: FAR, ..many }, 400, 1.35),
        (lists, 0, 1.02),
        (Case { foreign: 0.5, ..lists }, 3, 1.05),
    ];
    for (case, refused, ratio) in cases {
        for seed in 0..3 {
            fastrand::seed(seed);
            let outcome = run(case).await;
            let is_within = outcome.refused <= refused && outcome.ratio <= ratio;
            assert!(is_within, "{outcome:?}, not {refused} and {ratio}: {case:?}");
        }
    }
}
