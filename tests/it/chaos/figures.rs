//! What a story has cost, as a table.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::time::Duration;

use super::faults::answers;

/// What the story of one seed has cost.
#[derive(Debug)]
pub struct Figures {
    pub requests: usize,
    /// Requests that were answered untruly, by the way they failed.
    pub faults: BTreeMap<String, usize>,
    /// How often each operation was run until it succeeded.
    pub runs: [(&'static str, usize); 4],
    pub orphans: usize,
    pub took: Duration,
}

/// What the stories of all seeds have cost.
pub struct Sum {
    stories: usize,
    /// Whether there are as many stories as usual: of few, nothing can be demanded.
    pub is_usual: bool,
    requests: usize,
    ways: BTreeSet<String>,
    faults: usize,
    pub orphans: usize,
}

impl Sum {
    pub fn of<'a>(told: impl Iterator<Item = &'a Figures>, usual: u64) -> Self {
        let all: Vec<_> = told.collect();
        Self {
            stories: all.len(),
            is_usual: all.len() as u64 >= usual,
            requests: all.iter().map(|figures| figures.requests).sum(),
            ways: all.iter().flat_map(|figures| figures.faults.keys().cloned()).collect(),
            faults: all.iter().flat_map(|figures| figures.faults.values()).sum(),
            orphans: all.iter().map(|figures| figures.orphans).sum(),
        }
    }

    /// Without chaos, stories prove nothing; `enough` of them meet every way to fail.
    pub fn show_chaos(&self, enough: usize) {
        if self.is_usual {
            let share = 100.0 * self.faults as f64 / self.requests.max(1) as f64;
            assert!((15.0..25.0).contains(&share), "{share:.1} % of the requests failed");
        }
        if self.stories >= enough {
            let unmet: Vec<_> = answers().filter(|way| !self.ways.contains(*way)).collect();
            assert!(unmet.is_empty(), "no request met {unmet:?}");
        }
    }
}

/// Prints the figures past the test harness, which shows nothing of a test that passes.
pub fn tell(test: &str, ended: &[(u64, Option<Figures>)]) {
    let mut table = format!("\n{test}\n");
    table += " seed  requests  faults     %  runs: up update refresh destroy  orphans       s\n";
    let mut ways: BTreeMap<&str, usize> = BTreeMap::new();
    for (seed, told) in ended {
        let Some(figures) = told else {
            table += &format!("{seed:>5}  failed\n");
            continue;
        };
        let faults: usize = figures.faults.values().sum();
        let share = 100.0 * faults as f64 / figures.requests.max(1) as f64;
        let [up, update, refresh, destroy] = figures.runs.map(|(_, runs)| runs);
        table += &format!(
            "{seed:>5} {:>9} {faults:>7} {share:>5.1} {up:>9} {update:>6} {refresh:>7} {destroy:>7} {:>8} {:>7.1}\n",
            figures.requests,
            figures.orphans,
            figures.took.as_secs_f32(),
        );
        for (way, count) in &figures.faults {
            *ways.entry(way).or_default() += count;
        }
    }
    let ways: Vec<_> = ways.iter().map(|(way, count)| format!("{way} {count}")).collect();
    table += &format!("faults: {}\n", ways.join(", "));
    // Where nobody reads it, nothing is lost.
    let _ = io::stderr().write_all(table.as_bytes());
}
