//! The domain of a tenant, and the address that follows from it.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// The domain of an Auth0 tenant: a host, and a port where it is not the usual one.
///
/// # Guarantees
/// Without path, query, fragment and user info. Its scheme is https, or http on loopback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    base: Url,
    loopback: bool,
}

/// A domain as it was understood, with what the user should know about it.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) domain: Domain,
    /// What was taken off, if anything was.
    pub(super) taken_off: Option<&'static str>,
}

impl Domain {
    /// Understands a domain as users write it: `my-tenant.eu.auth0.com`, with or without `https://`
    /// before and a slash behind it.
    ///
    /// # Errors
    /// A reason that continues the sentence "the domain in … ".
    pub(super) fn parse(text: &str) -> Result<Parsed, String> {
        let text = text.trim();
        // The address parser would drop tabs and line breaks without a word.
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err("must not hold white space".into());
        }
        // Not echoed: user info may be a password.
        if text.contains('@') {
            return Err("must not hold a user name or password (`@`)".into());
        }
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("https".to_owned(), text),
        };
        if scheme != "https" && scheme != "http" {
            return Err("must be reached by https and by no other scheme".into());
        }
        let host = rest.trim_end_matches('/');
        let base = Url::parse(&format!("{scheme}://{host}"))
            .map_err(|error| format!("is not a host name: {error}"))?;
        let found = [
            (base.query().is_some(), "a query (`?`)"),
            (base.fragment().is_some(), "a fragment (`#`)"),
            (base.path() != "/", "a path (`/`)"),
        ];
        if let Some((_, part)) = found.iter().find(|(is_there, _)| *is_there) {
            // What is too much is not echoed either: a query may hold anything.
            let host = base.host_str().unwrap_or_default();
            return Err(format!("must be a host name alone, without {part}: `{host}`"));
        }
        let loopback = base.host_str().is_some_and(is_loopback);
        if scheme == "http" && !loopback {
            return Err(format!(
                "must be reached by https: `http://` is for this machine alone (127.0.0.1, [::1], \
                 localhost), not for `{host}`"
            ));
        }
        let taken_off = match (text.len() > rest.len() && scheme == "https", rest != host) {
            (true, true) => Some("`https://` and the trailing slash"),
            (true, false) => Some("`https://`"),
            (false, true) => Some("the trailing slash"),
            (false, false) => None,
        };
        Ok(Parsed { domain: Domain { base, loopback }, taken_off })
    }

    /// The root of the tenant, such as `https://my-tenant.eu.auth0.com/`.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// The identifier of the tenant's Management API, and the address of it.
    pub fn management_api(&self) -> String {
        format!("{}api/v2/", self.base)
    }

    /// The domain as users write it.
    pub(super) fn to_text(&self) -> String {
        match self.base.scheme() {
            "http" => format!("http://{self}"),
            _ => self.to_string(),
        }
    }

    /// Whether the tenant is on this machine.
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// Shows the host, and the port where it is not the usual one.
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base.host_str().unwrap_or_default())?;
        self.base.port().map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// Whether a parsed host is this machine: 127.0.0.0/8, ::1, or exactly `localhost`.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> String {
        Domain::parse(text).unwrap().domain.base().to_string()
    }

    #[test]
    fn reaches_tenants_by_https() {
        assert_eq!(base("tenant.eu.auth0.com"), "https://tenant.eu.auth0.com/");
        assert_eq!(base("Tenant.Auth0.com:8443"), "https://tenant.auth0.com:8443/");
        assert_eq!(base("localhost:3000"), "https://localhost:3000/");
    }

    #[test]
    fn takes_scheme_and_slash_off_and_says_so() {
        struct Case {
            text: &'static str,
            taken_off: Option<&'static str>,
        }
        for case in [
            Case { text: "t.auth0.com", taken_off: None },
            Case { text: "t.auth0.com/", taken_off: Some("the trailing slash") },
            Case { text: "https://t.auth0.com", taken_off: Some("`https://`") },
            Case { text: "HTTPS://t.auth0.com", taken_off: Some("`https://`") },
            Case {
                text: " https://t.auth0.com/\n",
                taken_off: Some("`https://` and the trailing slash"),
            },
        ] {
            let parsed = Domain::parse(case.text).unwrap();
            assert_eq!(parsed.taken_off, case.taken_off, "{}", case.text);
            assert_eq!(parsed.domain.to_string(), "t.auth0.com", "{}", case.text);
        }
    }

    #[test]
    fn allows_http_on_loopback_without_a_warning() {
        for text in
            ["http://127.0.0.1:8080", "http://127.9.9.9", "http://[::1]:1", "http://localhost"]
        {
            let parsed = Domain::parse(text).unwrap();
            assert_eq!(parsed.taken_off, None, "{text}");
            assert!(parsed.domain.is_loopback(), "{text}");
            assert_eq!(parsed.domain.management_api(), format!("{text}/api/v2/"));
        }
    }

    #[test]
    fn refuses_http_off_loopback() {
        for text in [
            "http://t.auth0.com",
            "HTTP://t.auth0.com",
            "http://localhost.example.com",
            "http://localhost.",
            "http://127.0.0.1.example.com",
            "http://128.0.0.1",
            "http://[::2]",
            "http://[::ffff:127.0.0.1]",
            "http://0.0.0.0",
        ] {
            let reason = Domain::parse(text).unwrap_err();
            assert!(reason.contains("`http://` is for this machine alone"), "{text}: {reason}");
        }
    }

    #[test]
    fn refuses_what_is_more_than_a_host() {
        for (text, part) in [
            ("t.auth0.com/api/v2", "a path"),
            ("https://t.auth0.com/api/v2/", "a path"),
            ("https://https://t.auth0.com", "a path"),
            ("https://t.auth0.com\\x", "a path"),
            ("t.auth0.com?x=1", "a query"),
            ("t.auth0.com/?", "a query"),
            ("t.auth0.com#x", "a fragment"),
            ("user:hunter2@t.auth0.com", "a user name"),
            ("@t.auth0.com", "a user name"),
            ("ten\tant.auth0.com", "white space"),
            ("ftp://t.auth0.com", "no other scheme"),
            ("https://", "not a host name"),
            ("https:// ", "not a host name"),
            ("t.auth0.com:99999", "not a host name"),
        ] {
            let reason = Domain::parse(text).unwrap_err();
            assert!(reason.contains(part), "{text}: {reason}");
            assert!(!reason.contains("hunter2"), "{reason}");
        }
    }
}
