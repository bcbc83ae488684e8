//! The patterns of the document, which are those of JavaScript.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::Regex;

use super::format;

/// Whether a text is what a pattern asks for.
type Fits = fn(&str) -> bool;

/// Patterns that look ahead, which ours cannot do, by their start, and what they ask for.
const LOOKING_AHEAD: &[(&str, Fits)] = &[
    ("^$|^(?=.)", |text| format::fits("absolute-https-uri-or-empty", text)),
    ("^(?!-)(?!.*--)", is_domain_prefix),
    ("^(?!.*\\x00)", |text| !text.is_empty() && text == text.trim() && !text.contains('\0')),
];

/// Whether `text` matches a pattern of the document; each is compiled once.
pub fn matches(pattern: &str, text: &str) -> bool {
    if let Some((_, fits)) = LOOKING_AHEAD.iter().find(|(start, _)| pattern.starts_with(start)) {
        return fits(text);
    }
    static COMPILED: LazyLock<Mutex<HashMap<String, Regex>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let regex = compiled.entry(pattern.to_owned()).or_insert_with(|| {
        Regex::new(&pattern.replace("[0-9a-zA-Z-_]", "[0-9a-zA-Z_-]"))
            .expect("a test compiles every pattern of the table")
    });
    regex.is_match(text)
}

/// Letters, digits, single hyphens and the two placeholders of an organization, no hyphen first.
fn is_domain_prefix(text: &str) -> bool {
    let text = text.replace("{org_id}", "x").replace("{org_name}", "x");
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
    !text.starts_with('-') && !text.contains("--") && text.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_look_ahead_are_kept_too() {
        struct Case {
            pattern: &'static str,
            good: &'static [&'static str],
            bad: &'static [&'static str],
        }
        let cases = [
            Case {
                pattern: "^(?!-)(?!.*--)(?:[a-zA-Z0-9-]|{org_id}|{org_name})*$",
                good: &["", "a-b", "{org_id}-x"],
                bad: &["-a", "a--b", "a.b", "{org}"],
            },
            Case {
                pattern: "^(?!.*\\x00)\\S(.*\\S)?$",
                good: &["a", "a b"],
                bad: &["", " a", "a "],
            },
        ];
        for Case { pattern, good, bad } in cases {
            good.iter().for_each(|text| assert!(matches(pattern, text), "{pattern}: {text:?}"));
            bad.iter().for_each(|text| assert!(!matches(pattern, text), "{pattern}: {text:?}"));
        }
    }
}
