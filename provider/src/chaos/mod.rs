//! Chaos: thousands of stacks, of each of which one request in five fails and some operations are interrupted, on a
//! clock that takes no time.
//!
//! What happens to a stack follows from its seed: `CHAOS_SEED=7` tells that story alone, and how it went; `CHAOS_RPC=5000`
//! tells as many.

mod operation;
mod story;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, thread};

use story::{Names, Orphans, Told, UNSEEN, WAYS, tell};

/// So many stories meet every way to fail, and leave something where that is possible.
const ENOUGH: u64 = 100;

#[test]
fn no_client_with_a_made_up_name_is_lost_or_left() {
    every_seed("no_client_with_a_made_up_name_is_lost_or_left", Names::MadeUp, 1500);
}

#[test]
fn a_client_with_a_given_name_is_named_where_it_is_left_and_never_adopted() {
    let test = "a_client_with_a_given_name_is_named_where_it_is_left_and_never_adopted";
    every_seed(test, Names::Given, 500);
}

#[test]
fn the_same_seed_tells_the_same_story() {
    for seed in 0..5 {
        let mut tellings = (0..3).map(|_| [(); 2].map(|()| tell(seed, Names::MadeUp).asked));
        // Tokens issued within one second are the same, so that one that has run out is valid again with its
        // successor, unless the second ends between them: a story that this divides is told again.
        let is_same = |[one, two]: [Vec<(String, Option<String>)>; 2]| {
            let alike = one.iter().zip(&two).take_while(|(one, two)| one == two).count();
            let ran_out =
                one[..alike].iter().any(|(_, fault)| fault.as_deref() == Some("expired-token"));
            assert!(one == two || ran_out, "{seed}: {alike} requests are alike");
            !one.is_empty() && one == two
        };
        assert!(tellings.any(is_same), "{seed}");
    }
}

/// Tells the stories of the first `usual` seeds, or as many as are asked for.
fn every_seed(test: &str, names: Names, usual: u64) {
    let seeds = match number("CHAOS_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("CHAOS_RPC").unwrap_or(usual),
    };
    let count = seeds.end - seeds.start;
    let (next, failed) = (AtomicU64::new(seeds.start), Mutex::new(Vec::new()));
    let (figures, begun) = (Mutex::new(Figures::default()), Instant::now());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if !seeds.contains(&seed) {
                        break;
                    }
                    // Its panic has been shown already.
                    match catch_unwind(AssertUnwindSafe(|| tell(seed, names))) {
                        Ok(told) => figures.lock().unwrap().add(told),
                        Err(_) => failed.lock().unwrap().push(seed),
                    }
                }
            });
        }
    });
    let figures = figures.into_inner().unwrap();
    figures.print(test, count, begun.elapsed());
    let failed = failed.into_inner().unwrap();
    let commands = failed.iter().map(|seed| {
        format!("\nCHAOS_SEED={seed} cargo test -p pulumi-resource-auth0 --lib -- {test}")
    });
    assert!(failed.is_empty(), "to repeat what failed:{}", commands.collect::<String>());
    if count >= ENOUGH {
        figures.show_chaos(names);
    }
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is a number, not {text:?}")))
}

/// What all stories have cost.
#[derive(Default)]
struct Figures {
    requests: usize,
    faults: BTreeMap<String, usize>,
    operations: usize,
    failed: usize,
    interrupts: usize,
    deleted_first: usize,
    orphans: Orphans,
}

impl Figures {
    fn add(&mut self, told: Told) {
        self.requests += told.asked.len();
        for fault in told.asked.into_iter().filter_map(|(_, fault)| fault) {
            *self.faults.entry(fault).or_default() += 1;
        }
        self.operations += told.operations;
        self.failed += told.failed;
        self.interrupts += told.interrupts;
        self.deleted_first += told.deleted_first;
        self.orphans.with_line += told.orphans.with_line;
        self.orphans.otherwise_named += told.orphans.otherwise_named;
    }

    /// The percentage of requests that failed.
    fn share(&self) -> f64 {
        100.0 * self.faults.values().sum::<usize>() as f64 / self.requests.max(1) as f64
    }

    /// Without chaos, stories prove nothing.
    fn show_chaos(&self, names: Names) {
        assert!((15.0..25.0).contains(&self.share()), "{} % of the requests failed", self.share());
        for way in WAYS.iter().chain(&UNSEEN) {
            let (_, answer) = way.split_once("=> ").unwrap();
            let answer = answer.split(' ').next().unwrap();
            assert!(self.faults.contains_key(answer), "no request met {answer}");
        }
        assert!(self.interrupts > 0, "nothing was interrupted");
        assert!(self.deleted_first > 0, "nothing was deleted before another was made");
        let orphans = self.orphans.with_line;
        assert!(orphans > 0 || names == Names::MadeUp, "no orphan was named with its import line");
    }

    /// Prints past the test harness, which shows nothing of a test that passes.
    fn print(&self, test: &str, seeds: u64, took: Duration) {
        let faults: usize = self.faults.values().sum();
        let share = self.share();
        let kinds: Vec<_> = self.faults.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        let table = format!(
            "\n{test}: {seeds} seeds in {:.0} s, {} requests, {faults} faults ({share:.1} %), {} operations, {} \
             failed, {} interrupted, {} deleted first; {} orphans with their import line, {} otherwise named\nfaults: {}\n",
            took.as_secs_f32(),
            self.requests,
            self.operations,
            self.failed,
            self.interrupts,
            self.deleted_first,
            self.orphans.with_line,
            self.orphans.otherwise_named,
            kinds.join(", ")
        );
        // Where nobody reads it, nothing is lost.
        let _ = io::stderr().write_all(table.as_bytes());
    }
}
