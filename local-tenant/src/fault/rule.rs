//! How a fault is written: `METHOD /route => ANSWER [xN] [P%] [skip:N] [seed:N]`.

use std::str::FromStr;

use super::kind::{FAULT_KINDS, Fault};
use crate::pattern::{BadPattern, Pattern};

/// When a fault is answered.
///
/// A rule reads `METHOD /route => ANSWER [xN] [P%] [skip:N] [seed:N]`. The route is a template such as
/// `/api/v2/clients/{id}` or `/oauth/token`; `*` is any method or the rest of a route.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultRule {
    pub(super) pattern: Pattern,
    pub(super) fault: Fault,
    /// `xN`: requests that are lied to; nothing for all of them.
    pub(super) times: Option<u64>,
    /// `P%`: the share of requests that are lied to, from 0 to 1.
    pub(super) chance: Option<f64>,
    /// `skip:N`: requests that are told the truth first.
    pub(super) skip: u64,
    /// `seed:N`: what the chance depends on.
    pub(super) seed: Option<u64>,
    /// Its answer as it is written.
    pub(super) answer: String,
    /// What tells the rule's dice from those of others: its requests and its answer.
    pub(super) name: String,
}

/// A rule that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{reason}; a fault reads 'METHOD /route => ANSWER [xN] [P%] [skip:N] [seed:N]', \
     such as 'POST /api/v2/clients => status:500 x1' or '* /api/v2/* => reset 5%'"
)]
pub struct BadFaultRule {
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Reason {
    #[error("there is no '=>'")]
    NoArrow,
    #[error(transparent)]
    Pattern(#[from] BadPattern),
    #[error("there is no answer behind '=>'")]
    NoAnswer,
    #[error("'{0}' is no answer; answers are {forms}", forms = forms())]
    Answer(String),
    #[error("'{0}' says not when; xN, P%, skip:N and seed:N do")]
    When(String),
    #[error("'{0}' is a second word of its kind")]
    Twice(String),
    #[error("'{0}' is not a share above 0% and up to 100%")]
    Chance(String),
    #[error("'{0}' would never be answered")]
    Never(String),
    #[error("'{0}' is without a chance such as 5% to which it belongs")]
    SeedAlone(String),
}

fn forms() -> String {
    FAULT_KINDS.iter().map(|kind| kind.form).collect::<Vec<_>>().join(", ")
}

impl FromStr for FaultRule {
    type Err = BadFaultRule;

    fn from_str(rule: &str) -> Result<Self, Self::Err> {
        read(rule).map_err(|reason| BadFaultRule { reason })
    }
}

fn read(rule: &str) -> Result<FaultRule, Reason> {
    let (request, answer) = rule.split_once("=>").ok_or(Reason::NoArrow)?;
    let pattern: Pattern = request.parse()?;
    let mut words = answer.split_whitespace();
    let answer = words.next().ok_or(Reason::NoAnswer)?;
    let fault = Fault::read(answer).ok_or_else(|| Reason::Answer(answer.to_owned()))?;
    let (mut times, mut chance, mut skip, mut seed) = (None, None, None, None);
    for word in words {
        let when = || Reason::When(word.to_owned());
        let number = |text: &str| text.parse::<u64>().map_err(|_| when());
        let twice = if let Some(count) = word.strip_prefix('x') {
            times.replace(number(count)?).is_some()
        } else if let Some(count) = word.strip_prefix("skip:") {
            skip.replace(number(count)?).is_some()
        } else if let Some(value) = word.strip_prefix("seed:") {
            seed.replace(number(value)?).is_some()
        } else if let Some(share) = word.strip_suffix('%') {
            let share: f64 = share.parse().map_err(|_| when())?;
            if !(share > 0.0 && share <= 100.0) {
                return Err(Reason::Chance(word.to_owned()));
            }
            chance.replace(share / 100.0).is_some()
        } else {
            return Err(when());
        };
        if twice {
            return Err(Reason::Twice(word.to_owned()));
        }
        if times == Some(0) {
            return Err(Reason::Never(word.to_owned()));
        }
    }
    if let (Some(seed), None) = (seed, chance) {
        return Err(Reason::SeedAlone(format!("seed:{seed}")));
    }
    let name = format!("{pattern} => {answer}");
    let (skip, answer) = (skip.unwrap_or(0), answer.to_owned());
    Ok(FaultRule { pattern, fault, answer, times, chance, skip, seed, name })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::StatusCode;

    use super::super::answer::Broken;
    use super::super::kind::Hint;
    use super::*;

    #[test]
    fn a_rule_is_read_as_it_is_written() {
        let error = |status, after, hint| Fault::Error { status, after, hint };
        let limited = StatusCode::TOO_MANY_REQUESTS;
        let cases = [
            ("status:500", error(StatusCode::INTERNAL_SERVER_ERROR, false, Hint::default())),
            ("500-after", error(StatusCode::INTERNAL_SERVER_ERROR, true, Hint::default())),
            (
                "status:503:after:retry-after=7",
                error(
                    StatusCode::SERVICE_UNAVAILABLE,
                    true,
                    Hint { retry_after: Some(7), ..Hint::default() },
                ),
            ),
            ("status:429:reset=2", error(limited, false, Hint { reset: 2, ..Hint::default() })),
            ("status:429:reset=-60", error(limited, false, Hint { reset: -60, ..Hint::default() })),
            (
                "status:429:no-headers",
                error(limited, false, Hint { headers: false, ..Hint::default() }),
            ),
            ("html", Fault::Html { status: StatusCode::OK, after: false }),
            ("html:504:after", Fault::Html { status: StatusCode::GATEWAY_TIMEOUT, after: true }),
            ("slow:1.5s", Fault::Slow(Duration::from_millis(1500))),
            ("skew:-300", Fault::Skew(-300)),
            ("reset-middle", Fault::Break(Broken::ResetMidway)),
        ];
        for (answer, fault) in cases {
            let rule: FaultRule = format!("POST /api/v2/clients=>{answer}").parse().unwrap();
            assert_eq!(rule.fault, fault, "{answer}");
            assert_eq!((rule.times, rule.chance, rule.skip, rule.seed), (None, None, 0, None));
        }
        let rule: FaultRule = "* /api/v2/* => reset 0.5% seed:9 x3 skip:2".parse().unwrap();
        let when = (rule.times, rule.chance, rule.skip, rule.seed);
        assert_eq!(when, (Some(3), Some(0.005), 2, Some(9)));
    }

    #[test]
    fn every_form_is_read_as_it_is_told() {
        for kind in FAULT_KINDS {
            let filled =
                kind.form.replace("DURATION", "5s").replace(":N", ":500").replace('S', "1");
            let whole = filled.replace(['[', ']'], "");
            let mut least = String::new();
            let mut depth = 0;
            for letter in filled.chars() {
                match letter {
                    '[' => depth += 1,
                    ']' => depth -= 1,
                    letter if depth == 0 => least.push(letter),
                    _ => {}
                }
            }
            for answer in [whole, least] {
                assert!(Fault::read(&answer).is_some(), "{}: {answer}", kind.form);
            }
        }
    }
}
