//! What an object holds, and what therefore goes with it.

use super::Template;
use crate::table::Resource;

/// Objects that are gone with the one that holds them, and where the API lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// What one of them is called.
    pub one: &'static str,
    /// What several are called.
    pub many: &'static str,
    /// The path of their list.
    pub listed: Template,
    /// The name and the value of the query by which the list is theirs alone.
    pub by: Option<(&'static str, Template)>,
    /// The list tells how many there are of it, so that one of them is enough to look at.
    pub totals: bool,
}

/// What one of them and several are called, and where they are listed: `clients/{id}/credentials`.
pub const fn held(one: &'static str, many: &'static str, listed: &'static str) -> Held {
    Held { one, many, listed: Template::of(listed), by: None, totals: true }
}

impl Held {
    /// The list holds those of others too: this name and value of the query choose.
    pub const fn by(mut self, name: &'static str, value: &'static str) -> Self {
        self.by = Some((name, Template::of(value)));
        self
    }

    /// The list comes as a whole, and does not tell how many there are.
    pub const fn whole(mut self) -> Self {
        self.totals = false;
        self
    }

    /// The rows, and `id`, that have to be known to look.
    pub fn rows(&self) -> impl Iterator<Item = &'static str> {
        self.listed.rows().chain(self.by.into_iter().flat_map(|(_, value)| value.rows()))
    }
}

/// # For providers of REST APIs
impl Resource {
    /// What is gone with an object of it: the preview of a replacement says so, with how many there are.
    pub const fn holds(mut self, held: &'static [Held]) -> Self {
        let mut index = 0;
        while index < held.len() {
            let Held { listed, by, .. } = held[index];
            assert!(listed.is_made_of(self.fields), "the list of what it holds names no row");
            if let Some((_, value)) = by {
                assert!(value.is_made_of(self.fields), "what it holds is chosen by no row");
            }
            index += 1;
        }
        self.holds = held;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::rest::{STRING, collection, required, resource};

    #[test]
    fn what_is_held_names_the_rows_that_have_to_be_known() {
        const HELD: &[Held] =
            &[held("door", "doors", "rooms/{id}/doors").by("q", "colour:\"{colour}\"").whole()];
        let room = resource("Room", collection("rooms"))
            .fields(const { &[required("colour", STRING)] })
            .holds(HELD);
        let rows: Vec<_> = room.holds[0].rows().collect();
        assert_eq!(rows, ["id", "colour"]);
        assert!(!room.holds[0].totals);
    }

    #[test]
    #[should_panic(expected = "the list of what it holds names no row")]
    fn what_is_held_is_found_by_rows_alone() {
        const HELD: &[Held] = &[held("door", "doors", "rooms/{roomId}/doors")];
        let _ = resource("Room", collection("rooms")).fields(&[]).holds(HELD);
    }
}
