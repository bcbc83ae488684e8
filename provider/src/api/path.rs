//! The path of a request: what is fixed in it, and what names an object.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::error::ApiError;

/// A path below the root of the Management API.
///
/// It knows which of its segments name an object: requests that differ in these alone are of one kind, and count
/// against one rate limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    segments: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Segment {
    /// The same for all objects.
    Fixed(&'static str),
    /// The id, name or key of an object, as it is.
    Named(String),
}

impl Path {
    /// The path of these fixed segments, `attack-protection/captcha` for instance.
    pub fn of(fixed: &'static str) -> Path {
        Path::default().below(fixed)
    }

    /// What is below it at these fixed segments.
    pub fn below(mut self, fixed: &'static str) -> Path {
        let segments = fixed.split('/').filter(|segment| !segment.is_empty());
        self.segments.extend(segments.map(Segment::Fixed));
        self
    }

    /// What is below it and has that name, which is one segment whatever is in it.
    pub fn named(mut self, name: impl Into<String>) -> Path {
        self.segments.push(Segment::Named(name.into()));
        self
    }

    /// Its segments, as they are.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map(|segment| match segment {
            Segment::Fixed(text) => *text,
            Segment::Named(text) => text,
        })
    }

    /// What all paths have in common that differ in names alone.
    pub(super) fn kind(&self) -> String {
        let segments = self.segments.iter().map(|segment| match segment {
            Segment::Fixed(text) => *text,
            Segment::Named(_) => "{}",
        });
        let segments: Vec<&str> = segments.collect();
        segments.join("/")
    }

    /// It as an address has it, from the root of the tenant.
    ///
    /// # Errors
    /// [`ApiError::BadPath`] for a segment that is empty, `.` or `..`: an address with it would
    /// mean another object, or all of them.
    pub(super) fn encoded(&self) -> Result<String, ApiError> {
        let mut path = String::from("/api/v2");
        for segment in self.segments() {
            if matches!(segment, "" | "." | "..") {
                return Err(ApiError::BadPath { segment: segment.to_owned() });
            }
            path.push('/');
            path.extend(utf8_percent_encode(segment, ESCAPED));
        }
        Ok(path)
    }

    /// Whether the API lets one choose the custom domain for requests to it.
    pub(super) fn takes_custom_domain(&self) -> bool {
        let segments: Vec<&str> = self.segments().collect();
        matches!(
            segments.as_slice(),
            ["jobs", "verification-email"]
                | ["tickets", "email-verification" | "password-change"]
                | ["organizations", _, "invitations"]
                | ["users"]
                | ["users", _]
                | ["guardian", "enrollments", "ticket"]
                | ["self-service-profiles", _, "sso-ticket"]
        )
    }
}

/// All but the unreserved characters: ids such as `auth0|1` and identifiers such as
/// `https://api/` are one segment each.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_segment() {
        let path = Path::of("users").named("auth0|1/../2?x#%2e ü");
        let encoded = path.encoded().unwrap();
        assert_eq!(encoded, "/api/v2/users/auth0%7C1%2F..%2F2%3Fx%23%252e%20%C3%BC");
    }

    #[test]
    fn a_name_that_would_mean_another_object_is_refused() {
        for name in ["", ".", ".."] {
            let error = Path::of("clients").named(name).encoded().unwrap_err();
            assert!(matches!(error, ApiError::BadPath { .. }), "{name:?}");
        }
        assert!(Path::of("clients").named("...").encoded().is_ok());
    }

    #[test]
    fn paths_that_differ_in_names_alone_are_of_one_kind() {
        let action = |id: &str| Path::of("actions/actions").named(id);
        assert_eq!(action("a").kind(), action("b").kind());
        assert_ne!(action("a").kind(), action("a").below("deploy").kind());
        assert_ne!(
            Path::of("guardian/factors/sms").kind(),
            Path::of("guardian/factors/duo").kind()
        );
        let bindings =
            |trigger: &str| Path::of("actions/triggers").named(trigger).below("bindings");
        assert_eq!(bindings("post-login").kind(), bindings("send-phone-message").kind());
    }

    #[test]
    fn custom_domains_are_named_only_where_the_api_takes_them() {
        let user = Path::of("users").named("auth0|1");
        assert!(user.takes_custom_domain());
        assert!(!user.below("roles").takes_custom_domain());
        assert!(!Path::of("clients").takes_custom_domain());
    }
}
