//! A name on the wire.

use std::fmt;

/// A name on the wire. It is made when the table is compiled, since answers are read by it row by row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WireName {
    letters: [u8; WireName::LONGEST],
    length: u8,
}

impl WireName {
    /// More than names have. A longer one is a panic, so that a table with it does not compile.
    const LONGEST: usize = 63;
    const EMPTY: WireName = WireName { letters: [0; Self::LONGEST], length: 0 };

    pub(in crate::table) const fn of(name: &str) -> Self {
        let (name, mut made, mut at) = (name.as_bytes(), Self::EMPTY, 0);
        while at < name.len() {
            made = made.then(name[at]);
            at += 1;
        }
        made
    }

    pub(crate) const fn snake_case(camel: &str) -> Self {
        let (camel, mut made, mut at) = (camel.as_bytes(), Self::EMPTY, 0);
        while at < camel.len() {
            if camel[at].is_ascii_uppercase() {
                made = made.then(b'_');
            }
            made = made.then(camel[at].to_ascii_lowercase());
            at += 1;
        }
        made
    }

    const fn then(mut self, letter: u8) -> Self {
        self.letters[self.length as usize] = letter;
        self.length += 1;
        self
    }

    pub(in crate::table) fn as_str(&self) -> &str {
        let letters = &self.letters[..usize::from(self.length)];
        str::from_utf8(letters)
            .expect("a whole text, in which ASCII letters took the place of others")
    }
}

impl fmt::Debug for WireName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{STRING, optional};

    /// Every row is in memory from the start of the plugin on: sixteen bytes more are 25 KB in all tables.
    #[test]
    fn a_row_is_no_larger_than_it_has_to_be() {
        let size = size_of::<crate::table::Field>();
        assert!(size <= 384, "{size}");
    }

    #[test]
    fn wire_names_are_snake_case_unless_said_otherwise() {
        assert_eq!(optional("organizationUsage", STRING).wire_name(), "organization_usage");
        assert_eq!(optional("scopes", STRING).wire("scope").wire_name(), "scope");
        assert_eq!(optional("keyId", STRING).camel_case().wire_name(), "keyId");
        assert_eq!(optional("größeX", STRING).wire_name(), "größe_x");
        let scopes = optional("scopes", STRING).wire("scope").wire;
        let [scope, longer, shorter] = ["scope", "scopes", "scop"].map(WireName::of);
        assert!(scopes == scope && scopes != longer && scopes != shorter);
    }
}
