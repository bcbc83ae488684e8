//! The only one at its path.

use super::{Class, Method, Parts, Template};

/// How something lives that is alone at its path, which GET reads.
#[derive(Debug, Clone, Copy)]
pub struct Single {
    /// Where it is.
    pub path: Template,
    /// The form of its id; where there is none, the provider makes one up.
    pub id: Option<Template>,
    /// How it comes to be.
    pub made: Made,
    /// How it is changed.
    pub change: Method,
    /// What becomes of it when it leaves the program.
    pub removed: Removed,
    /// The member that is the whole body, where the other rows stand in the path; empty where all rows are members of it.
    pub body: &'static str,
    /// Whether a change sends all rows, also where it does not put a new whole in the place of the old.
    pub sends_all: bool,
    /// Whether the answer to a write shows only what was sent, so that it is read afterwards.
    pub echoes: bool,
    /// What it is read with: names and values of the query.
    pub asked_with: &'static [(&'static str, &'static str)],
}

/// How something comes to be that is alone at its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// A POST to its path makes it.
    Posted,
    /// A POST to its path makes it, unless it is there: it is then brought to what the program says.
    PostedUnlessThere,
    /// It is there already: to make it is to change it.
    Written,
    /// It is changed; where it is not there yet, a POST to this path makes it.
    WrittenElsePosted(Template),
}

/// What becomes of something that is alone at its path when it leaves the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// DELETE takes it away.
    Deleted,
    /// It stays as it is; these words say so to the user.
    Stays(&'static str),
    /// This JSON is written, which is as good as nothing.
    Emptied(&'static str),
}

/// It is alone at its path, which names its parent, and need not be there: POST makes it, DELETE takes it away.
pub const fn one(path: &'static str) -> Class {
    single(path, Made::Posted, Method::Patch, Removed::Deleted)
}

/// It is always there: settings that PATCH changes. What becomes of it on delete has to be said.
///
/// Its id is whatever the state has, and is made up once.
pub const fn singleton(path: &'static str) -> Class {
    single(path, Made::Written, Method::Patch, Removed::Stays(""))
}

/// It is what stands at a path that the program names, PUT as a whole, and there as soon as it is written.
/// What becomes of it on delete has to be said.
pub const fn document(path: &'static str) -> Class {
    single(path, Made::Written, Method::Put, Removed::Stays(""))
}

const fn single(path: &'static str, made: Made, change: Method, removed: Removed) -> Class {
    let path = Template::of(path);
    Class::Single(Single {
        path,
        id: None,
        made,
        change,
        removed,
        body: "",
        sends_all: false,
        echoes: false,
        asked_with: &[],
    })
}

impl Class {
    /// When it leaves the program it stays as it is, and these words say so: a sentence without a full stop.
    pub const fn stays(self, words: &'static str) -> Self {
        match self {
            Class::Parts(of) => Class::Parts(Parts { stays: words, ..of }),
            _ => self.removed_by(Removed::Stays(words)),
        }
    }

    /// When it leaves the program, this JSON is written in its place.
    pub const fn emptied_by(self, json: &'static str) -> Self {
        self.removed_by(Removed::Emptied(json))
    }

    /// When it leaves the program, DELETE takes it away.
    pub const fn deleted(self) -> Self {
        self.removed_by(Removed::Deleted)
    }

    const fn removed_by(self, removed: Removed) -> Self {
        let Class::Single(of) = self else {
            panic!("how it is removed is said of what is alone at its path")
        };
        Class::Single(Single { removed, ..of })
    }

    /// Only a part of it is sent, not the whole.
    pub const fn patch(self) -> Self {
        let Class::Single(of) = self else {
            panic!("`patch` is a word of what is alone at its path")
        };
        Class::Single(Single { change: Method::Patch, ..of })
    }

    /// Where it is there already, it is brought to what the program says.
    pub const fn adopts(self) -> Self {
        match self {
            Class::Single(of @ Single { made: Made::Posted, .. }) => {
                Class::Single(Single { made: Made::PostedUnlessThere, ..of })
            }
            _ => panic!("`adopts` is a word of `one`: the others are always there"),
        }
    }

    /// Where it is not there yet, a POST to that path makes it.
    pub const fn made_by_post(self, path: &'static str) -> Self {
        match self {
            Class::Single(of @ Single { made: Made::Written, .. }) => {
                let made = Made::WrittenElsePosted(Template::of(path));
                Class::Single(Single { made, ..of })
            }
            _ => panic!("`made_by_post` is a word of what is written to its path"),
        }
    }

    /// The row with that wire name is the whole body; the others stand in the path.
    pub const fn body(self, wire: &'static str) -> Self {
        let Class::Single(of) = self else {
            panic!("`body` is a word of what is alone at its path")
        };
        Class::Single(Single { body: wire, ..of })
    }

    /// A change sends all rows, not only those that have changed: the API asks for them.
    pub const fn sends_all(self) -> Self {
        let Class::Single(of) = self else {
            panic!("`sends_all` is a word of what is alone at its path")
        };
        Class::Single(Single { sends_all: true, ..of })
    }

    /// It is read with these names and values of the query: without them, an answer does not show all of it.
    pub const fn asked_with(self, query: &'static [(&'static str, &'static str)]) -> Self {
        let Class::Single(of) = self else {
            panic!("`asked_with` is a word of what is alone at its path")
        };
        Class::Single(Single { asked_with: query, ..of })
    }

    /// The answer to a write shows only what was sent: it is read afterwards.
    pub const fn echoes(self) -> Self {
        let Class::Single(of) = self else {
            panic!("`echoes` is a word of what is alone at its path")
        };
        Class::Single(Single { echoes: true, ..of })
    }
}
