//! What became of the tests, counted for each resource.

use std::collections::BTreeMap;

/// What became of one test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    /// It cannot pass, for a reason that is listed.
    Listed,
    /// It needs what the package lacks.
    Skipped,
    Failed,
}

/// How many passed, are listed, were skipped, failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub listed: usize,
    pub skipped: usize,
    pub failed: usize,
}

impl Count {
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Listed => self.listed += 1,
            Verdict::Skipped => self.skipped += 1,
            Verdict::Failed => self.failed += 1,
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Count { passed, listed, skipped, failed } = self;
        write!(f, "passed {passed}, listed {listed}, skipped {skipped}, failed {failed}")
    }
}

/// The counts of all resources and functions, by the end of their token.
#[derive(Debug, Default)]
pub struct Counts {
    pub all: Count,
    each: BTreeMap<String, Count>,
}

impl Counts {
    pub fn add<'a>(&mut self, tokens: impl IntoIterator<Item = &'a str>, verdict: Verdict) {
        self.all.add(verdict);
        for token in tokens {
            self.each.entry(name(token).to_owned()).or_default().add(verdict);
        }
    }

    /// Prints each that passed or failed anything, and the sum.
    pub fn print(&self, what: &str) {
        for (name, count) in &self.each {
            if count.skipped != count.passed + count.listed + count.skipped + count.failed {
                eprintln!("{what} of {name}: {count}");
            }
        }
        eprintln!("{what}: {}", self.all);
    }
}

/// `Client` of `auth0:index/client:Client`.
pub fn name(token: &str) -> &str {
    token.rsplit(':').next().unwrap_or(token)
}
