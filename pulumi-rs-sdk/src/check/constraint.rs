//! What a constraint has against a value, and how the reason is said.

use std::net::IpAddr;

use super::closest::closest;
use crate::table::Constraint;
use crate::value::Value;

/// The value as the row spells it, where upper and lower case mean nothing.
pub fn spelled(constraint: Constraint, value: Value) -> Value {
    let Constraint::OneOfIgnoringCase(texts) = constraint else {
        return value;
    };
    let text = value.as_str().unwrap_or_default();
    match texts.iter().find(|allowed| allowed.eq_ignore_ascii_case(text)) {
        Some(allowed) => (*allowed).into(),
        None => value,
    }
}

/// What is wrong with a value; nothing where the constraint is about values of another kind.
pub fn violated(constraint: Constraint, value: &Value) -> Option<String> {
    match (constraint, value) {
        (Constraint::OneOf(texts) | Constraint::OneOfIgnoringCase(texts), Value::String(text))
            if !texts.contains(&text.as_str()) =>
        {
            Some(one_of(texts, text))
        }
        (Constraint::Range(least, most), Value::Number(number))
            if *number < least as f64 || *number > most as f64 =>
        {
            Some(match most {
                i64::MAX => format!("expected a number of at least {least}, got {number}"),
                _ => format!("expected a number from {least} to {most}, got {number}"),
            })
        }
        (Constraint::Length(least, most), Value::String(text)) => match text.chars().count() {
            0 if least > 0 => Some("must not be empty".to_owned()),
            count if count < least => {
                Some(format!("expected at least {least} characters, got {count}"))
            }
            count if count > most => {
                Some(format!("expected at most {most} characters, got {count}"))
            }
            _ => None,
        },
        (Constraint::HttpsUrlOrEmpty, Value::String(text))
            if !text.is_empty() && !text.starts_with("https://") =>
        {
            Some(format!("expected an address that begins with https://, got {text:?}"))
        }
        (Constraint::Address(schemes), Value::String(text)) if !is_address(schemes, text) => {
            Some(match schemes {
                [] => format!(
                    "expected a whole address, from `https://` or another scheme on, got {text:?}"
                ),
                _ => format!(
                    "expected an address that begins with {}://, got {text:?}",
                    schemes.join(":// or ")
                ),
            })
        }
        (Constraint::Known(texts), Value::String(text)) if !texts.contains(&text.as_str()) => {
            Some(match closest(texts.iter().copied(), text) {
                Some(close) => format!("{text:?} is not known: did you mean {close:?}?"),
                None => format!("{text:?} is not known"),
            })
        }
        (Constraint::Without(characters), Value::String(text)) => {
            let found = text.chars().find(|c| characters.contains(*c))?;
            Some(format!("must not hold {found:?}"))
        }
        (Constraint::Characters(class), Value::String(text)) => {
            let found = text.chars().find(|c| !is_of(class, *c))?;
            Some(format!("expected characters of {class:?} alone, got {found:?}"))
        }
        (Constraint::Prefix(prefix), Value::String(text)) if !text.starts_with(prefix) => {
            Some(format!("expected a text that begins with {prefix:?}, got {text:?}"))
        }
        (Constraint::NameIn(space), Value::String(text)) if !is_name_in(space, text) => {
            Some(format!("expected {space:?} and a name without dots and spaces, got {text:?}"))
        }
        (Constraint::Network, Value::String(text)) if !is_network(text) => {
            Some(format!("expected an IP address or a range such as 192.0.2.0/24, got {text:?}"))
        }
        (Constraint::Entries(least, most), Value::Array(_) | Value::Object(_)) => {
            let count = entries(value);
            match (count < least, count > most) {
                (true, _) => Some(format!("expected at least {least} entries, got {count}")),
                (_, true) => Some(format!("expected at most {most} entries, got {count}")),
                _ => None,
            }
        }
        (Constraint::KeyLength(most), Value::Object(entries)) => {
            let key = entries.keys().find(|key| key.chars().count() > most)?;
            let start: String = key.chars().take(20).collect();
            Some(format!(
                "expected keys of at most {most} characters, got one of {} that begins with {start:?}",
                key.chars().count()
            ))
        }
        (Constraint::KeyCharacters(class), Value::Object(entries)) => {
            let own = entries.keys().filter(|key| !key.starts_with("__"));
            let found = own.flat_map(|key| key.chars()).find(|c| !is_of(class, *c))?;
            Some(format!("expected keys of the characters {class:?} alone, got {found:?}"))
        }
        _ => None,
    }
}

fn is_name_in(space: &str, text: &str) -> bool {
    let name = text.strip_prefix(space).unwrap_or_default();
    !name.is_empty() && !name.contains(|c: char| c == '.' || c.is_whitespace())
}

/// Whether the text is an IP address, or one with the length of a prefix behind it.
fn is_network(text: &str) -> bool {
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    let Ok(address) = address.parse::<IpAddr>() else {
        return false;
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    !text.contains('/') || prefix.parse::<u8>().is_ok_and(|length| length <= most)
}

/// How many entries a list or map has, without the engine's own keys.
fn entries(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(entries) => entries.keys().filter(|key| !key.starts_with("__")).count(),
        _ => 0,
    }
}

/// Whether a text is an absolute address, as far as can be told of one that may hold placeholders in braces.
fn is_address(schemes: &[&str], text: &str) -> bool {
    if text.contains(char::is_whitespace) {
        return false;
    }
    if text.starts_with('{') {
        return true;
    }
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !rest.trim_start_matches('/').is_empty()
        && (schemes.is_empty()
            || schemes.iter().any(|s| s.eq_ignore_ascii_case(scheme)) && rest.starts_with("//"))
}

/// Whether a character is of a class such as `a-z0-9_`.
fn is_of(class: &str, character: char) -> bool {
    let class: Vec<char> = class.chars().collect();
    let mut rest = class.as_slice();
    loop {
        rest = match rest {
            [] => return false,
            [first, '-', last, after @ ..] => {
                if (*first..=*last).contains(&character) {
                    return true;
                }
                after
            }
            [one, after @ ..] => {
                if *one == character {
                    return true;
                }
                after
            }
        }
    }
}

fn one_of(texts: &[&'static str], text: &str) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    let guess = match closest(texts.iter().copied(), text) {
        Some(close) => format!(": did you mean {close:?}?"),
        None => String::new(),
    };
    format!("expected one of {}, got {text:?}{guess}", quoted.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_takes_what_it_names_and_gives_a_reason_for_the_rest() {
        struct Case {
            constraint: Constraint,
            good: &'static [&'static str],
            bad: &'static [(&'static str, &'static str)],
        }
        const WHOLE: &str = "expected a whole address, from `https://` or another scheme on, got ";
        let cases = [
            Case {
                constraint: Constraint::Address(&[]),
                good: &[
                    "https://a.example/cb?x#y",
                    "http://localhost:3000",
                    "com.example.app://cb",
                    "com.example.app:/cb",
                    "https://*.example.com",
                    "https://{organization_name}.example.com",
                    "{custom}://cb",
                ],
                bad: &[
                    ("", r#""""#),
                    ("example.com/cb", r#""example.com/cb""#),
                    ("https://a b", r#""https://a b""#),
                    ("https://", r#""https://""#),
                    ("1a://b", r#""1a://b""#),
                ],
            },
            Case {
                constraint: Constraint::Address(&["http", "https"]),
                good: &["http://a", "HTTPS://a"],
                bad: &[
                    (
                        "ftp://a",
                        r#"expected an address that begins with http:// or https://, got "ftp://a""#,
                    ),
                    (
                        "https:a",
                        r#"expected an address that begins with http:// or https://, got "https:a""#,
                    ),
                ],
            },
            Case {
                constraint: Constraint::Known(&["client_credentials", "implicit"]),
                good: &["implicit"],
                bad: &[
                    (
                        "client_credential",
                        r#""client_credential" is not known: did you mean "client_credentials"?"#,
                    ),
                    ("x", r#""x" is not known"#),
                ],
            },
            Case {
                constraint: Constraint::Without("<>"),
                good: &["a", ""],
                bad: &[("a>", "must not hold '>'")],
            },
            Case {
                constraint: Constraint::Characters("a-z0-9-"),
                good: &["a-z9", ""],
                bad: &[("aB", r#"expected characters of "a-z0-9-" alone, got 'B'"#)],
            },
            Case {
                constraint: Constraint::Prefix("org_"),
                good: &["org_1"],
                bad: &[("1", r#"expected a text that begins with "org_", got "1""#)],
            },
            Case {
                constraint: Constraint::NameIn("a."),
                good: &["a.b"],
                bad: &[
                    ("b", r#"expected "a." and a name without dots and spaces, got "b""#),
                    ("a.", r#"expected "a." and a name without dots and spaces, got "a.""#),
                    ("a.b.", r#"expected "a." and a name without dots and spaces, got "a.b.""#),
                    ("a.b ", r#"expected "a." and a name without dots and spaces, got "a.b ""#),
                ],
            },
        ];
        for Case { constraint, good, bad } in cases {
            for text in good {
                assert_eq!(violated(constraint, &(*text).into()), None, "{text}");
            }
            for (text, reason) in bad {
                let found = violated(constraint, &(*text).into());
                let found = found.map(|found| found.replace(WHOLE, ""));
                assert_eq!(found.as_deref(), Some(*reason), "{text}");
            }
        }
    }

    #[test]
    fn entries_and_keys_are_counted_without_those_of_the_engine() {
        let map = |keys: &[&str]| -> Value {
            let entries = keys.iter().map(|key| ((*key).to_owned(), "x".into()));
            Value::Object(entries.collect())
        };
        let entries = Constraint::Entries(1, 2);
        assert_eq!(violated(entries, &map(&["a", "b", "__defaults"])), None);
        assert_eq!(
            violated(entries, &map(&["a", "b", "c"])).unwrap(),
            "expected at most 2 entries, got 3"
        );
        assert_eq!(
            violated(entries, &Value::Array(vec![])).unwrap(),
            "expected at least 1 entries, got 0"
        );
        let letters = Constraint::KeyCharacters("a-z");
        assert_eq!(violated(letters, &map(&["a", "__defaults"])), None);
        assert_eq!(
            violated(letters, &map(&["a.b"])).unwrap(),
            r#"expected keys of the characters "a-z" alone, got '.'"#
        );
        let keys = Constraint::KeyLength(3);
        assert_eq!(violated(keys, &map(&["abc"])), None);
        assert_eq!(
            violated(keys, &map(&["abcd"])).unwrap(),
            "expected keys of at most 3 characters, got one of 4 that begins with \"abcd\""
        );
    }
}
