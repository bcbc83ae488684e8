//! Where a configuration value comes from, and what it says.

use std::fmt;

use pulumi_rs_sdk::value::{Object, Value};
use secrecy::zeroize::Zeroizing;

use super::{Environment, Problem};

/// A configuration key, and the environment variable that stands in for it.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) variable: &'static str,
}

/// The place that a value was found in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The configuration of the stack or the arguments of an explicit provider.
    Config,
    /// The environment variable.
    Environment,
}

/// A value where it was found, so that there is no copy of a secret that is not wiped.
enum Found<'a> {
    Given(&'a Value),
    Variable(Zeroizing<String>),
}

/// The configuration over the environment.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub(super) config: &'a Object,
    pub(super) env: &'a Environment<'a>,
}

const TEXTS: [Key; 8] = [
    super::DOMAIN,
    super::AUDIENCE,
    super::API_TOKEN,
    super::CLIENT_ID,
    super::CLIENT_SECRET,
    super::ASSERTION_KEY,
    super::ASSERTION_ALG,
    super::CUSTOM_DOMAIN_HEADER,
];
const RATES: [Key; 1] = [super::MAX_REQUESTS];
const FLAGS: [Key; 3] = [super::CLI_LOGIN, super::DYNAMIC_CREDENTIALS, super::DEBUG];

impl Key {
    pub(super) const fn new(name: &'static str, variable: &'static str) -> Key {
        Key { name, variable }
    }

    pub(super) fn problem(self, reason: String) -> Problem {
        Problem { property: self.name, reason }
    }
}

/// Names both places, for values that are in neither.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`auth0:{}` (or environment variable {})", self.name, self.variable)
    }
}

impl Origin {
    /// What to call the value of `key` that was found here.
    pub(super) fn name(self, key: Key) -> String {
        match self {
            Origin::Config => format!("`auth0:{}`", key.name),
            Origin::Environment => format!("the environment variable {}", key.variable),
        }
    }
}

impl<'a> Settings<'a> {
    /// The value of `key` that counts; blank ones do not.
    fn find(&self, key: Key) -> Option<(Found<'a>, Origin)> {
        let given = self.config.get(key.name).map(|value| Found::Given(plain(value)));
        if let Some(found) = given.filter(|found| !found.is_blank()) {
            return Some((found, Origin::Config));
        }
        let variable = (self.env)(key.variable).map(|text| Found::Variable(Zeroizing::new(text)));
        variable.filter(|found| !found.is_blank()).map(|found| (found, Origin::Environment))
    }

    /// Where the value of `key` comes from; `None` where it has none.
    pub(super) fn origin(&self, key: Key) -> Option<Origin> {
        self.find(key).map(|(_, origin)| origin)
    }

    /// What to call the value of `key`, by the place it comes from.
    pub(super) fn name(&self, key: Key) -> String {
        self.origin(key).unwrap_or(Origin::Config).name(key)
    }

    /// What to call the values of those of `keys` that have one; `None` where none has.
    pub(super) fn names(&self, keys: &[Key]) -> Option<String> {
        let name = |key: &Key| self.origin(*key).map(|origin| origin.name(*key));
        let names: Vec<_> = keys.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| names.join(" and "))
    }

    /// The text of `key`, without white space around it.
    pub(super) fn text(&self, key: Key) -> Option<String> {
        self.look(key, |text| text.trim().to_owned())
    }

    /// What `look` makes of the text of `key`, as it is.
    pub(super) fn look<T>(&self, key: Key, look: impl FnOnce(&str) -> T) -> Option<T> {
        let (found, _) = self.find(key)?;
        found.text().map(look)
    }

    /// The boolean of `key`, which may come as text.
    pub(super) fn flag(&self, key: Key) -> Option<bool> {
        self.find(key)?.0.flag()
    }

    /// The number of `key`, which may come as text.
    pub(super) fn rate(&self, key: Key) -> Option<f64> {
        self.find(key)?.0.rate()
    }

    /// The values that are not of their kind.
    pub(super) fn malformed(&self) -> Vec<Problem> {
        let wrong = |key: Key, kind: &str, accepted: fn(&Found<'_>) -> bool| {
            let (found, origin) = self.find(key)?;
            let refused = !found.is_unknown() && !accepted(&found);
            refused.then(|| key.problem(format!("{} must be {kind}", origin.name(key))))
        };
        let texts =
            TEXTS.iter().filter_map(|key| wrong(*key, "a string", |found| found.text().is_some()));
        let flags = FLAGS
            .iter()
            .filter_map(|key| wrong(*key, "`true` or `false`", |found| found.flag().is_some()));
        let rates = RATES.iter().filter_map(|key| {
            wrong(*key, "a number of requests, 0.01 or more", |found| found.rate().is_some())
        });
        texts.chain(flags).chain(rates).collect()
    }

    /// The values that are not known yet.
    pub(super) fn unknown(&self) -> Vec<Problem> {
        let keys = TEXTS.iter().chain(&FLAGS).chain(&RATES);
        keys.filter(|key| self.find(**key).is_some_and(|(found, _)| found.is_unknown()))
            .map(|key| key.problem(format!("`auth0:{}` is not known yet", key.name)))
            .collect()
    }
}

impl Found<'_> {
    fn text(&self) -> Option<&str> {
        match self {
            Found::Given(value) => value.as_str(),
            Found::Variable(text) => Some(text),
        }
    }

    fn flag(&self) -> Option<bool> {
        match self {
            Found::Given(Value::Bool(flag)) => Some(*flag),
            found => parse_flag(found.text()?),
        }
    }

    /// A rate that lets something through in time.
    fn rate(&self) -> Option<f64> {
        let rate = match self {
            Found::Given(Value::Number(number)) => *number,
            found => found.text()?.trim().parse().ok()?,
        };
        Some(rate).filter(|rate: &f64| rate.is_finite() && *rate >= 0.01)
    }

    fn is_unknown(&self) -> bool {
        matches!(self, Found::Given(Value::Unknown))
    }

    fn is_blank(&self) -> bool {
        match self {
            Found::Given(Value::Null) => true,
            found => found.text().is_some_and(|text| text.trim().is_empty()),
        }
    }
}

/// The value without its marks.
fn plain(value: &Value) -> &Value {
    static UNKNOWN: Value = Value::Unknown;
    match value {
        Value::Secret(inner) => plain(inner),
        Value::Output(output) => output.value.as_ref().map_or(&UNKNOWN, plain),
        other => other,
    }
}

/// The spellings that the published provider takes from the configuration or the environment.
pub(super) fn parse_flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "1" | "on" => Some(true),
        "false" | "f" | "0" | "off" => Some(false),
        _ => None,
    }
}
