//! An object that the API says differently by the value of another property.

use crate::table::{Field, STRING, optional};

/// How an object inside a resource is said, by the value of another property of the resource: a table of what differs from
/// the rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Dialects {
    /// The property by whose value.
    pub by: &'static str,
    /// The property that holds the object.
    pub under: &'static str,
    /// What differs.
    pub all: &'static [Dialect],
}

/// How one row is said for some values.
#[derive(Debug, PartialEq, Eq)]
pub struct Dialect {
    /// For which values.
    pub of: &'static [&'static str],
    /// The wire name of the row.
    pub ours: &'static str,
    /// What the API has instead.
    pub theirs: Theirs,
}

/// What the API has instead of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theirs {
    /// The same value by another name; dots lead into objects.
    At(&'static str),
    /// One text of words, in place of a list of them.
    Words,
    /// A flag for each of these words, in place of a list of them.
    Flags(&'static [&'static str]),
    /// A map, in place of a list of objects: the names of what is the key in each, and what the value.
    Map(&'static str, &'static str),
    /// The same, which answers have by another name.
    Shown(&'static str),
    /// Nothing, where it is this text.
    Unsaid(&'static str),
}

/// For these values, the row of that wire name is said so.
pub const fn dialect(of: &'static [&'static str], ours: &'static str, theirs: Theirs) -> Dialect {
    Dialect { of, ours, theirs }
}

/// The rows of an object that is said in several parts, sorted by name; `N` is how many there are.
pub const fn sorted_rows<const N: usize>(parts: &[&[Field]]) -> [Field; N] {
    let mut rows = [optional("", STRING); N];
    let (mut part, mut made) = (0, 0);
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].len() {
            let mut place = made;
            while place > 0 && is_before(parts[part][at].name, rows[place - 1].name) {
                rows[place] = rows[place - 1];
                place -= 1;
            }
            rows[place] = parts[part][at];
            (made, at) = (made + 1, at + 1);
        }
        part += 1;
    }
    assert!(made == N, "there are as many rows as is said");
    rows
}

const fn is_before(a: &str, b: &str) -> bool {
    let (a, b, mut at) = (a.as_bytes(), b.as_bytes(), 0);
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at < b.len() && (at == a.len() || a[at] < b[at])
}
