//! How much of what was recorded is reproduced, by kind.

use std::collections::BTreeMap;

/// What of one sort is reproduced.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    good: usize,
    all: usize,
}

impl Tally {
    pub fn add(&mut self, good: bool) {
        self.good += usize::from(good);
        self.all += 1;
    }

    /// In tenths of a per cent; all of nothing.
    pub fn per_mille(self) -> usize {
        (1000 * self.good).checked_div(self.all).unwrap_or(1000)
    }

    fn written(self) -> String {
        let share = self.per_mille();
        format!("{:>5} of {:>5} {:>3}.{} %", self.good, self.all, share / 10, share % 10)
    }
}

/// Answers, answers to writes, and whole tests.
#[derive(Debug, Default, Clone, Copy)]
pub struct Share {
    pub answers: Tally,
    pub writes: Tally,
    pub tests: Tally,
}

/// The shares of all kinds, printed with their sum.
pub fn print(shares: &BTreeMap<String, Share>, sum: Share) {
    println!("{:24} {:>22} {:>22} {:>22}", "kind", "answers", "writes", "tests");
    let rows = shares.iter().map(|(kind, share)| (kind.as_str(), *share));
    for (kind, Share { answers, writes, tests }) in rows.chain([("all", sum)]) {
        println!("{kind:24} {} {} {}", answers.written(), writes.written(), tests.written());
    }
}
