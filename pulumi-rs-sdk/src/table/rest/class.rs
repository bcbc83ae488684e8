//! How a resource lives in a REST API.

use super::{Collection, Made, Member, Members, Method, Parts, Single, Template};

/// How a resource lives in its API: the second word of its table.
#[derive(Debug, Clone, Copy)]
pub enum Class {
    /// In no REST API: its author has code for it.
    Own,
    /// One of many of its kind, which the API gives an id.
    Collection(Collection),
    /// The only one at its path.
    Single(Single),
    /// The only one at several paths.
    Parts(Parts),
    /// One entry of a parent's list.
    Member(Member),
    /// All that is in a parent's list.
    Members(Members),
}

impl Class {
    /// Its path, with rows in it: of a collection, where that is.
    pub const fn path(&self) -> Option<Template> {
        match self {
            Class::Own => None,
            Class::Collection(of) => Some(of.path),
            Class::Single(of) => Some(of.path),
            Class::Parts(of) => Some(of.parts[0].path),
            Class::Member(of) => Some(of.of.path),
            Class::Members(of) => Some(of.of.path),
        }
    }

    /// The form of its id, where one is said.
    pub const fn id(&self) -> Option<Template> {
        match self {
            Class::Own => None,
            Class::Collection(of) => of.id,
            Class::Single(of) => of.id,
            Class::Parts(of) => of.id,
            Class::Member(of) => of.id,
            Class::Members(of) => of.id,
        }
    }

    /// The member of answers that is the ID, where the API gives one.
    pub const fn id_member(&self) -> Option<&'static str> {
        match self {
            Class::Collection(of) => Some(of.id_member),
            _ => None,
        }
    }

    /// Whether a change sends the whole.
    pub const fn puts(&self) -> bool {
        match self {
            Class::Collection(of) => matches!(of.change, Method::Put),
            Class::Single(of) => of.sends_all || matches!(of.change, Method::Put),
            _ => false,
        }
    }

    /// Whether it is compared with what was there before what of it is written: parts and entries.
    pub const fn is_by_parts(&self) -> bool {
        matches!(self, Class::Parts(_) | Class::Member(_) | Class::Members(_))
    }

    /// Whether it is settings that are always there: to make it is to change what the program gives.
    pub const fn is_settings(&self) -> bool {
        matches!(self, Class::Single(Single { made: Made::Written, change: Method::Patch, .. }))
    }

    /// Whether what is there is looked for before one is made, and brought to what the program says.
    pub const fn adopts_first(&self) -> bool {
        matches!(self, Class::Single(Single { made: Made::PostedUnlessThere, .. }))
    }

    /// Whether the property stands in the path, and so in no body.
    pub fn names(&self, row: &str) -> bool {
        self.path().is_some_and(|path| path.names(row))
    }

    /// The rows that make it the only one of its kind, where its place does that: an API has one at each path.
    pub(crate) fn place(&self) -> Option<impl Iterator<Item = &'static str> + use<>> {
        let template = match self {
            Class::Own | Class::Collection(_) => None,
            // One entry is told from others of its list by its id.
            Class::Member(of) => of.id,
            Class::Single(_) | Class::Parts(_) | Class::Members(_) => self.path(),
        };
        template.map(Template::rows)
    }

    /// Panics, and so does not compile, where its path or id names what is no row.
    pub(crate) const fn check(&self, fields: &[crate::table::Field]) {
        let is_fine = match (self.path(), self.id()) {
            (Some(path), Some(id)) => path.is_made_of(fields) && id.is_made_of(fields),
            (Some(path), None) => path.is_made_of(fields),
            (None, _) => true,
        };
        assert!(is_fine, "the path or the id names a row that the table does not have");
    }

    /// The form of its id: rows in braces, and `{id}` for what the API gives.
    pub const fn id_form(self, form: &'static str) -> Self {
        let id = Some(Template::of(form));
        match self {
            Class::Own => panic!("`id_form` is a word of REST classes"),
            Class::Collection(of) => Class::Collection(Collection { id, ..of }),
            Class::Single(of) => Class::Single(Single { id, ..of }),
            Class::Parts(of) => Class::Parts(Parts { id, ..of }),
            Class::Member(of) => Class::Member(Member { id, ..of }),
            Class::Members(of) => Class::Members(Members { id, ..of }),
        }
    }

    /// A change sends the whole, not only what has changed: what is left out is gone.
    pub const fn put(self) -> Self {
        let change = Method::Put;
        match self {
            Class::Collection(of) => Class::Collection(Collection { change, ..of }),
            Class::Single(of) => Class::Single(Single { change, ..of }),
            _ => panic!("`put` is a word of collections and of what is alone at its path"),
        }
    }
}
