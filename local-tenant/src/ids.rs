//! Ids and secrets in the shapes that Auth0 gives them.

use std::fmt::Write;

use rand::Rng;
use rand::distr::{Alphanumeric, SampleString};

/// A client id: 32 letters and digits.
pub fn client_id() -> String {
    alphanumeric(32)
}

/// The id of a third-party client under strict security: `tpc_` and 22 letters and digits.
pub fn third_party_client_id() -> String {
    format!("tpc_{}", alphanumeric(22))
}

/// A client secret: 64 letters, digits, `_` and `-`.
pub fn client_secret() -> String {
    alphanumeric(64)
}

/// An id of a prefix and letters and digits.
pub fn prefixed(prefix: &str, length: usize) -> String {
    format!("{prefix}{}", alphanumeric(length))
}

/// An id of a prefix and decimal digits.
pub fn digits_after(prefix: &str, length: usize) -> String {
    let mut random = vec![0u8; length];
    rand::rng().fill_bytes(&mut random);
    let digits: String = random.iter().map(|byte| char::from(b'0' + byte % 10)).collect();
    format!("{prefix}{digits}")
}

/// An id of capital letters and digits.
pub fn upper_case(length: usize) -> String {
    alphanumeric(length).to_ascii_uppercase()
}

/// A random UUID.
pub fn uuid() -> String {
    let mut bytes = [0u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    // Version 4, variant 1.
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = digits(&bytes);
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

/// The id of a client grant: `cgr_` and 16 letters and digits.
pub fn client_grant_id() -> String {
    prefixed("cgr_", 16)
}

/// The id of a credential: `cred_` and 22 letters and digits.
pub fn credential_id() -> String {
    format!("cred_{}", alphanumeric(22))
}

/// The id of a resource server: 24 hexadecimal digits.
pub fn resource_server_id() -> String {
    hex(12)
}

/// A token of the tenant that is not a JWT, for callers that are given one.
pub fn opaque_token() -> String {
    alphanumeric(48)
}

/// A key id as it stands in the JWKS and in token headers.
pub fn key_id() -> String {
    alphanumeric(21)
}

/// The secret with which an HS256 API signs its tokens.
pub fn signing_secret() -> String {
    alphanumeric(32)
}

/// The id of one token, `jti`.
pub fn token_id() -> String {
    alphanumeric(22)
}

fn alphanumeric(length: usize) -> String {
    Alphanumeric.sample_string(&mut rand::rng(), length)
}

/// So many random bytes, each as two hexadecimal digits.
pub fn hex(bytes: usize) -> String {
    let mut buffer = vec![0u8; bytes];
    rand::rng().fill_bytes(&mut buffer);
    digits(&buffer)
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_shapes_of_auth0() {
        struct Case {
            id: String,
            pattern: &'static str,
        }
        let cases = [
            Case { id: client_id(), pattern: "^[0-9A-Za-z]{32}$" },
            Case { id: third_party_client_id(), pattern: "^tpc_[0-9A-Za-z]{22}$" },
            Case { id: client_secret(), pattern: "^[0-9A-Za-z_-]{64}$" },
            Case { id: client_grant_id(), pattern: "^cgr_[0-9A-Za-z]{16}$" },
            Case {
                id: uuid(),
                pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            },
            Case { id: resource_server_id(), pattern: "^[0-9a-f]{24}$" },
        ];
        for Case { id, pattern } in cases {
            assert!(regex::Regex::new(pattern).unwrap().is_match(&id), "{id} is not {pattern}");
        }
    }

    #[test]
    fn no_two_ids_are_alike() {
        assert_ne!(client_id(), client_id());
        assert_ne!(resource_server_id(), resource_server_id());
    }
}
