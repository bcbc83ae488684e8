//! The share of recorded writes and whole tests that the provider conforms to.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;

use futures_util::{StreamExt, stream};

use super::recording::{FILE_VARIABLE, recordings};
use super::replaying::{Outcome, kinds, replay};
use super::stage::Sent;
use crate::document::document;

/// What must conform, in per cent, a little under what was measured.
const FLOOR_WRITES: usize = 99;
const FLOOR_TESTS: usize = 98;
/// How many are replayed at a time, each on a stage of its own.
const SIDE_BY_SIDE: usize = 8;

#[derive(Debug, Default)]
struct Tally {
    good: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, good: bool) {
        self.good += usize::from(good);
        self.all += 1;
    }

    fn per_cent(&self) -> usize {
        100 * self.good / self.all.max(1)
    }

    fn print(&self, what: &str) {
        eprintln!("{what}: {} of {}, {} %", self.good, self.all, self.per_cent());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provider_writes_what_the_published_one_wrote() {
    let (Some(tests), Some(kinds)) = (recordings(), kinds()) else { return };
    let (mut writes, mut whole) = (Tally::default(), Tally::default());
    let mut refused = BTreeSet::new();
    let mut meant = BTreeMap::new();
    let mut elsewhere = BTreeMap::new();
    let kinds = &kinds;
    let replayed =
        stream::iter(&tests).map(|test| async move { (test, replay(kinds, test).await) });
    let mut replayed = pin!(replayed.buffered(SIDE_BY_SIDE));
    while let Some((test, steps)) = replayed.next().await {
        let mut compared = Vec::new();
        for step in steps {
            for Sent { method, path, body } in &step.sent {
                let complaints = document().map(|d| d.complaints(method, path, body));
                refused.extend(complaints.into_iter().flatten());
            }
            match step.outcome {
                Outcome::Elsewhere(why) => *elsewhere.entry(why).or_insert(0) += 1,
                Outcome::Compared { meant: rules, differences } => {
                    rules.into_iter().for_each(|rule| *meant.entry(rule).or_insert(0) += 1);
                    compared.push(differences.is_empty());
                    writes.add(differences.is_empty());
                    for difference in differences {
                        let (source, name) = (&test[0].source, &test[0].test);
                        eprintln!("{source} {name} {}: {difference}", step.what);
                    }
                }
            }
        }
        if !compared.is_empty() {
            whole.add(compared.iter().all(|good| *good));
        }
    }
    for (rule, count) in meant {
        eprintln!("meant, in {count} writes: {}", rule.reason());
    }
    for (why, count) in elsewhere {
        eprintln!("not compared, {count} writes: {why}");
    }
    writes.print("writes");
    whole.print("whole tests");
    assert_eq!(refused, BTreeSet::new(), "what the API's document has against our requests");
    if std::env::var_os(FILE_VARIABLE).is_none() {
        assert!(writes.per_cent() >= FLOOR_WRITES);
        assert!(whole.per_cent() >= FLOOR_TESTS);
    }
}
