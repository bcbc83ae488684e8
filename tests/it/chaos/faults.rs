//! Every way to fail, and what the user may read of it.

use std::sync::LazyLock;

use auth0_local_tenant::FaultRule;
use regex::Regex;

/// The ways, each of which one request in eighty meets, so that one in five meets one of them.
///
/// What hangs or trickles does so for a moment: a request is given thirty seconds, and what it does then is tried on a
/// clock that does not take them.
const WAYS: [&str; 20] = [
    "* * => status:429",
    "* * => status:429:reset=-60",
    "* * => status:429:retry-after=1",
    "* * => status:429:no-headers",
    "* * => status:500",
    "* * => 500-after",
    "* * => status:503",
    "* * => status:503:after",
    "* * => html",
    "* * => html:502",
    "* * => html:502:after",
    "* * => truncate",
    "* * => empty",
    "* * => slow:300ms",
    "* * => hang:500ms",
    "* * => close",
    "* * => reset",
    "* * => reset-middle",
    "* * => reset-after",
    "* /api/v2/* => expired-token",
];
const SHARE: f64 = 1.25;

/// Clocks that are wrong, beside all else.
const SKEWS: [&str; 2] = ["* * => skew:300 5%", "* * => skew:-300 5%"];

/// The rules of a tenant where one request in five fails.
pub fn rules(seed: u64) -> Vec<FaultRule> {
    let ways = WAYS.iter().map(|way| format!("{way} {SHARE}% seed:{seed}"));
    let rules = ways.chain(SKEWS.map(|skew| format!("{skew} seed:{seed}")));
    rules.map(|rule| rule.parse().expect("a rule")).collect()
}

/// How the log of a tenant writes each of the ways; of skews it tells nothing.
pub fn answers() -> impl Iterator<Item = &'static str> {
    WAYS.iter().map(|way| way.split_once("=> ").expect("a rule has an arrow").1)
}

/// What an error of a run may be about: each names the request, and what was wrong with its answer.
const KNOWN: [&str; 9] = [
    r"(GET|PATCH|DELETE|POST) /(api/v2/\S+|oauth/token): Auth0 answered 50\d",
    r"(GET|PATCH|DELETE|POST) /(api/v2/\S+|oauth/token): the answer \(\d+\) is an HTML page, not JSON",
    r"(GET|PATCH|DELETE|POST) /(api/v2/\S+|oauth/token): the answer \(\d+\) breaks off in the middle of its JSON",
    r"(GET|PATCH|DELETE|POST) /(api/v2/\S+|oauth/token): the answer \(\d+\) is empty",
    r"(PATCH|POST) /api/v2/\S+: the answer is a success that does not show the object",
    r"(GET|PATCH|DELETE|POST) /(api/v2/\S+|oauth/token): \S+ closed the connection before its answer was complete",
    r"(GET|PATCH|DELETE|POST) /api/v2/\S+: Auth0 answered 401 Unauthorized: Expired token received",
    r"^(error: )?(update|refresh|destroy) failed$",
    r"^(error: )?resource .* failed$",
];

/// Whether an error is one that a fault explains.
pub fn explains(error: &str) -> bool {
    static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        KNOWN.iter().map(|known| Regex::new(known).expect("a valid pattern")).collect()
    });
    PATTERNS.iter().any(|pattern| pattern.is_match(error))
}
