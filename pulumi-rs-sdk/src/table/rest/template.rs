//! A path or an id with the names of rows in it.

/// A text that names rows in braces: the path `organizations/{organizationId}/members`, or the id
/// `{organizationId}::{userId}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template(&'static str);

/// A piece of a [`Template`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// It stands as it is.
    Text(&'static str),
    /// The value of this row stands in its place.
    Row(&'static str),
}

impl Template {
    /// The template of that text. Braces that are not in pairs do not compile.
    pub const fn of(text: &'static str) -> Template {
        let bytes = text.as_bytes();
        let (mut at, mut is_open) = (0, false);
        while at < bytes.len() {
            match (bytes[at], is_open) {
                (b'{', false) => is_open = true,
                (b'}', true) => is_open = false,
                (b'{' | b'}', _) => panic!("a brace of a template without its other"),
                _ => {}
            }
            at += 1;
        }
        assert!(!is_open, "a brace of a template without its other");
        Template(text)
    }

    /// Its pieces, in order.
    pub fn pieces(self) -> impl Iterator<Item = Piece> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let piece;
            (piece, rest) = match rest.strip_prefix('{') {
                Some(inner) => {
                    let (row, rest) = inner.split_once('}').unwrap_or((inner, ""));
                    (Piece::Row(row), rest)
                }
                None => {
                    let end = rest.find('{').unwrap_or(rest.len());
                    let (text, rest) = rest.split_at(end);
                    (Piece::Text(text), rest)
                }
            };
            Some(piece)
        })
    }

    /// The rows that it names, in order.
    pub fn rows(self) -> impl Iterator<Item = &'static str> {
        self.pieces().filter_map(|piece| match piece {
            Piece::Row(name) => Some(name),
            Piece::Text(_) => None,
        })
    }

    /// The text, with these values in the place of rows.
    pub fn filled<'a>(self, value: impl Fn(&'static str) -> &'a str) -> String {
        let pieces = self.pieces().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Row(row) => value(row),
        });
        pieces.collect()
    }

    /// Whether it names that row.
    pub fn names(self, row: &str) -> bool {
        self.rows().any(|name| name == row)
    }

    /// Whether all of the rows that it names, but for `id`, are among these names.
    pub(super) const fn is_made_of(self, fields: &[super::Field]) -> bool {
        let bytes = self.0.as_bytes();
        let (mut at, mut start) = (0, 0);
        while at < bytes.len() {
            match bytes[at] {
                b'{' => start = at + 1,
                b'}' if !is_one_of(bytes, start, at, fields) => return false,
                _ => {}
            }
            at += 1;
        }
        true
    }

    /// Whether it names no row.
    pub const fn is_fixed(self) -> bool {
        let (bytes, mut at) = (self.0.as_bytes(), 0);
        while at < bytes.len() {
            if bytes[at] == b'{' {
                return false;
            }
            at += 1;
        }
        true
    }

    /// The text as it was written.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

const fn is_one_of(text: &[u8], start: usize, end: usize, fields: &[super::Field]) -> bool {
    if is(text, start, end, "id") {
        return true;
    }
    let mut index = 0;
    while index < fields.len() {
        if is(text, start, end, fields[index].name) {
            return true;
        }
        index += 1;
    }
    false
}

const fn is(text: &[u8], start: usize, end: usize, name: &str) -> bool {
    let name = name.as_bytes();
    if name.len() != end - start {
        return false;
    }
    let mut at = 0;
    while at < name.len() {
        if text[start + at] != name[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{STRING, required};

    #[test]
    fn a_template_falls_into_texts_and_rows() {
        let pieces: Vec<Piece> = Template::of("{a}::x/{bee}").pieces().collect();
        assert_eq!(pieces, [Piece::Row("a"), Piece::Text("::x/"), Piece::Row("bee")]);
        assert_eq!(Template::of("").pieces().count(), 0);
        assert!(Template::of("a/{b}").names("b") && !Template::of("a/{b}").names("a"));
    }

    #[test]
    fn a_template_is_made_of_rows_and_the_id() {
        let fields = [required("roleId", STRING)];
        assert!(Template::of("{roleId}::{id}").is_made_of(&fields));
        assert!(!Template::of("{role}::{id}").is_made_of(&fields));
        assert!(!Template::of("{roleIds}").is_made_of(&fields));
        assert!(Template::of("roles").is_fixed() && !Template::of("{id}").is_fixed());
    }

    #[test]
    #[should_panic(expected = "a brace of a template without its other")]
    fn braces_come_in_pairs() {
        let _ = Template::of("roles/{roleId/permissions");
    }
}
