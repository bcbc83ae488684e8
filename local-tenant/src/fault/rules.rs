//! The rules of a tenant that runs, and which of them a request meets.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::Method;
use sha2::{Digest, Sha256};

use super::kind::Fault;
use super::rule::FaultRule;

/// Names a rule of a tenant that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FaultId(u64);

/// The rules of a tenant, tried in their order.
#[derive(Debug, Default)]
pub struct Faults {
    seed: u64,
    rules: Mutex<Rules>,
}

#[derive(Debug, Default)]
struct Rules {
    put: u64,
    standing: Vec<(FaultId, Standing)>,
}

/// A rule and what it has seen.
#[derive(Debug)]
struct Standing {
    rule: FaultRule,
    /// Requests that fit, of each route, since the rule was put.
    of_route: HashMap<(Method, String), u64>,
    /// Requests that fit, of all routes.
    fitting: u64,
    /// Requests that were lied to.
    told: u64,
}

/// What a request meets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// What is answered in place of the truth.
    pub fault: Option<Fault>,
    /// The same as it is written in its rule.
    pub written: Option<String>,
    /// The seconds that the tenant's clock is ahead.
    pub skew: i64,
}

impl Faults {
    /// Rules in the order in which they are tried; those of chance without a seed of their own use this one.
    pub fn new(rules: Vec<FaultRule>, seed: u64) -> Self {
        let faults = Self { seed, rules: Mutex::default() };
        for rule in rules {
            faults.add(rule);
        }
        faults
    }

    /// Adds a rule behind the others.
    pub fn add(&self, rule: FaultRule) -> FaultId {
        let mut rules = self.rules();
        let id = FaultId(rules.put);
        rules.put += 1;
        let standing = Standing { rule, of_route: HashMap::new(), fitting: 0, told: 0 };
        rules.standing.push((id, standing));
        id
    }

    /// Takes a rule away; false where it is gone already.
    pub fn remove(&self, id: FaultId) -> bool {
        let standing = &mut self.rules().standing;
        let before = standing.len();
        standing.retain(|(other, _)| *other != id);
        standing.len() < before
    }

    /// Takes all rules away.
    pub fn clear(&self) {
        self.rules().standing.clear();
    }

    /// What a request meets: the first rule that fits, is not used up and is not spared by chance.
    /// Skews add up with it.
    pub fn next(&self, method: &Method, route: &str) -> Met {
        let mut met = Met::default();
        for (_, standing) in &mut self.rules().standing {
            if !standing.rule.pattern.fits(method, route)
                || !standing.wants(method, route, self.seed)
            {
                continue;
            }
            match standing.rule.fault {
                Fault::Skew(seconds) => met.skew += seconds,
                fault if met.fault.is_none() => {
                    met.fault = Some(fault);
                    met.written = Some(standing.rule.answer.clone());
                }
                // Another rule was first: this one has told nothing.
                _ => continue,
            }
            standing.told += 1;
        }
        met
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Standing {
    /// Whether the rule lies to this request, which fits it.
    fn wants(&mut self, method: &Method, route: &str, seed: u64) -> bool {
        let nth = self.of_route.entry((method.clone(), route.to_owned())).or_default();
        *nth += 1;
        self.fitting += 1;
        let rule = &self.rule;
        self.fitting > rule.skip
            && rule.times.is_none_or(|times| self.told < times)
            && rule.chance.is_none_or(|chance| {
                dice(rule.seed.unwrap_or(seed), &rule.name, method, route, *nth) < chance
            })
    }
}

/// A number from 0 to 1 that depends on nothing but the seed, the rule, the route and which of its
/// requests this is: whatever other routes are asked in between, and on every machine.
fn dice(seed: u64, rule: &str, method: &Method, route: &str, nth: u64) -> f64 {
    let digest = Sha256::digest(format!("{seed}\n{rule}\n{method} {route}\n{nth}"));
    let bits = digest.iter().take(4).fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::answer::Broken;
    use super::*;

    const CLIENTS: &str = "/api/v2/clients";
    const GRANTS: &str = "/api/v2/client-grants";

    fn faults(rules: &[&str], seed: u64) -> Faults {
        Faults::new(rules.iter().map(|rule| rule.parse().unwrap()).collect(), seed)
    }

    /// Which of the next hundred requests of the route are lied to.
    fn hundred(faults: &Faults, route: &str) -> Vec<bool> {
        (0..100).map(|_| faults.next(&Method::GET, route).fault.is_some()).collect()
    }

    #[test]
    fn a_counted_rule_is_used_up_and_the_next_one_takes_over() {
        let faults =
            faults(&["POST /oauth/token => reset x2", "POST /oauth/token => empty skip:2 x1"], 0);
        let next = || faults.next(&Method::POST, "/oauth/token").fault;
        assert_eq!([next(), next()], [Some(Fault::Break(Broken::Reset)); 2]);
        assert_eq!(next(), Some(Fault::Empty));
        assert_eq!(next(), None);
        assert_eq!(faults.next(&Method::GET, "/oauth/token"), Met::default());
    }

    #[test]
    fn a_rule_is_not_used_up_by_what_another_answered() {
        let faults = faults(&["POST /oauth/token => reset x1", "POST * => empty x1"], 0);
        let next = || faults.next(&Method::POST, "/oauth/token").fault;
        let reset = Some(Fault::Break(Broken::Reset));
        assert_eq!([next(), next(), next()], [reset, Some(Fault::Empty), None]);
    }

    #[test]
    fn the_same_seed_lies_to_the_same_requests_of_a_route_whatever_others_ask_in_between() {
        let rules = ["GET * => status:503 30%"];
        let (alone, among) = (faults(&rules, 7), faults(&rules, 7));
        let expected = hundred(&alone, CLIENTS);
        let mut seen = Vec::new();
        for n in 0..100 {
            for _ in 0..n % 3 {
                among.next(&Method::GET, GRANTS);
            }
            seen.push(among.next(&Method::GET, CLIENTS).fault.is_some());
        }
        assert_eq!(seen, expected);
        let lies = expected.iter().filter(|lie| **lie).count();
        assert!((15..=45).contains(&lies), "{lies} of 100 at 30 %");
    }

    #[test]
    fn another_seed_another_route_or_another_answer_lies_to_other_requests() {
        let one = faults(&["GET * => status:503 50%"], 1);
        let first = hundred(&one, CLIENTS);
        assert_ne!(hundred(&one, GRANTS), first);
        assert_ne!(hundred(&faults(&["GET * => status:503 50%"], 2), CLIENTS), first);
        assert_ne!(hundred(&faults(&["GET * => status:502 50%"], 1), CLIENTS), first);
        assert_eq!(hundred(&faults(&["GET * => status:503 50% seed:1"], 2), CLIENTS), first);
    }

    #[test]
    fn a_greater_chance_only_adds_to_the_requests_that_are_lied_to() {
        let less = hundred(&faults(&["GET * => reset 20%"], 3), CLIENTS);
        let more = hundred(&faults(&["GET * => reset 60%"], 3), CLIENTS);
        assert!(less.iter().zip(&more).all(|(less, more)| !less || *more));
        assert!(more != less);
    }

    #[test]
    fn skews_add_to_each_other_and_to_what_is_answered() {
        let faults = faults(&["* * => skew:60", "GET * => skew:-20 x1", "GET * => empty"], 0);
        let next = || {
            let met = faults.next(&Method::GET, CLIENTS);
            (met.fault, met.skew)
        };
        assert_eq!(next(), (Some(Fault::Empty), 40));
        assert_eq!(next(), (Some(Fault::Empty), 60));
    }

    #[test]
    fn a_rule_that_was_removed_lies_no_more() {
        let faults = faults(&["GET * => empty"], 0);
        let reset = faults.add("GET * => reset".parse().unwrap());
        let next = || faults.next(&Method::GET, CLIENTS).fault;
        assert!(faults.remove(reset) && !faults.remove(reset));
        assert_eq!(next(), Some(Fault::Empty));
        faults.clear();
        assert_eq!(next(), None);
    }
}
