//! The named formats of the document that the tenant checks; others are taken as they come.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

/// Whether `text` is of the format; true for a format that is not known.
pub fn fits(format: &str, text: &str) -> bool {
    match format {
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "cidr" => is_network(text, |address| address.is_ipv4()),
        "ipv6_cidr" => is_network(text, |address| address.is_ipv6()),
        "url" | "url-or-null" => has_scheme(text, &["http", "https"]),
        "absolute-uri-or-empty" => text.is_empty() || scheme(text).is_some(),
        "absolute-https-uri-or-empty" | "absolute-https-uri-with-placeholders-or-empty" => {
            text.is_empty() || has_scheme(text, &["https"])
        }
        "callback-url" | "url-with-placeholders" => scheme(text).is_some(),
        "client-id" => {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        }
        "organization-id" => prefixed(text, "org_", 1..=50),
        "credential-id" => prefixed(text, "cred_", 21..=22),
        "connection-profile-id" => prefixed(text, "cop_", 21..=22),
        "user-attribute-profile-id" => prefixed(text, "uap_", 21..=22),
        _ => true,
    }
}

/// Whether `text` is an id: a prefix, then letters and digits in a number that lies in `length`.
fn prefixed(text: &str, prefix: &str, length: RangeInclusive<usize>) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        length.contains(&rest.len()) && rest.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

fn is_network(text: &str, family: impl Fn(&IpAddr) -> bool) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let (Ok(address), Ok(bits)) = (address.parse::<IpAddr>(), bits.parse::<u8>()) else {
        return false;
    };
    family(&address) && bits <= if address.is_ipv4() { 32 } else { 128 }
}

fn has_scheme(text: &str, schemes: &[&str]) -> bool {
    scheme(text).is_some_and(|scheme| schemes.iter().any(|s| s.eq_ignore_ascii_case(scheme)))
        && text.contains("://")
}

/// The scheme of an absolute URI that goes on after it.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let mut characters = scheme.chars();
    let valid = characters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    (valid && !rest.is_empty() && !text.contains(char::is_whitespace)).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_take_what_they_name_and_nothing_else() {
        struct Case {
            format: &'static str,
            good: &'static [&'static str],
            bad: &'static [&'static str],
        }
        let cases = [
            Case {
                format: "callback-url",
                good: &["https://a.example/cb", "com.app://cb", "http://localhost:3000"],
                bad: &["", "callback", "https://a b"],
            },
            Case {
                format: "absolute-https-uri-with-placeholders-or-empty",
                good: &["", "https://{organization_name}.example/login"],
                bad: &["http://a.example", "a"],
            },
            Case { format: "cidr", good: &["10.0.0.0/8"], bad: &["10.0.0.0", "10.0.0.0/33"] },
            Case {
                format: "date-time",
                good: &["2030-01-02T03:04:05.000Z"],
                bad: &["2030-01-02", "soon"],
            },
            Case { format: "organization-id", good: &["org_aB3"], bad: &["org_", "aB3"] },
            Case { format: "not-known", good: &["", "anything"], bad: &[] },
        ];
        for Case { format, good, bad } in cases {
            for text in good {
                assert!(fits(format, text), "{format} refuses {text:?}");
            }
            for text in bad {
                assert!(!fits(format, text), "{format} takes {text:?}");
            }
        }
    }
}
