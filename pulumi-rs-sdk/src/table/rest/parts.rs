//! One resource that is spread over several paths.

use super::{Class, Method, Removed, Template};

/// How something lives that is always there, part by part: each part is read and written only where the program or the
/// state knows something of it.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// The parts, in the order in which they are written.
    pub parts: &'static [Part],
    /// The form of its id; where there is none, the provider makes one up.
    pub id: Option<Template>,
    /// What the user is told when it leaves the program, where not all of it goes; empty where nothing has to be said.
    pub stays: &'static str,
    /// Whether parts of which the program says nothing are read once it was made.
    pub is_read_whole: bool,
}

/// A part: a path, and what of the resource is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Where it is.
    pub path: Template,
    /// The wire path in the resource of what is the whole body here; empty where the body is the resource itself.
    pub of: &'static str,
    /// The members of the body that are here; empty where all are, but for those that other parts of the same body name.
    pub members: &'static [&'static str],
    /// How it is changed.
    pub change: Method,
    /// What becomes of it when the resource leaves the program.
    pub removed: Removed,
    /// The code of the error with which the API says that the tenant's plan does not have it.
    pub denied: Option<&'static str>,
    /// Whether the answer to a write shows only what was sent, so that it is read afterwards.
    pub echoes: bool,
    /// How it is read.
    pub read: Reading,
    /// The wire path in the resource and the values there, a flag as its text, with which it counts at all.
    pub when: Option<(&'static str, &'static [&'static str])>,
    /// Whether the API may refuse to show it to who does not give it.
    pub may_be_hidden: bool,
}

/// How a part is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Where it is written.
    Here,
    /// In the list at that path, as the entry of that `name`: with other parts, in one request.
    Listed(&'static str, &'static str),
    /// Nobody can read it.
    Never,
}

/// It is always there, spread over these parts.
///
/// Its id is whatever the state has, and is made up once.
pub const fn parts(parts: &'static [Part]) -> Class {
    assert!(!parts.is_empty(), "something that is spread over no parts");
    Class::Parts(Parts { parts, id: None, stays: "", is_read_whole: false })
}

impl Class {
    /// Once it was made, parts of which the program says nothing are read too, so that outputs hold all of it.
    pub const fn read_whole(self) -> Self {
        let Class::Parts(of) = self else { panic!("`read_whole` is a word of parts") };
        Class::Parts(Parts { is_read_whole: true, ..of })
    }
}

/// The part at that path. It is changed by PATCH, and stays as it is when the resource leaves the program.
pub const fn part(path: &'static str) -> Part {
    Part {
        path: Template::of(path),
        of: "",
        members: &[],
        change: Method::Patch,
        removed: Removed::Stays(""),
        denied: None,
        echoes: false,
        read: Reading::Here,
        when: None,
        may_be_hidden: false,
    }
}

impl Part {
    /// Its body is what the resource has at that wire path.
    pub const fn of(mut self, wire: &'static str) -> Self {
        self.of = wire;
        self
    }

    /// Only these members of the body are here.
    pub const fn members(mut self, names: &'static [&'static str]) -> Self {
        self.members = names;
        self
    }

    /// The whole of it is sent, not only what has changed.
    pub const fn put(mut self) -> Self {
        self.change = Method::Put;
        self
    }

    /// When the resource leaves the program, this JSON is written here.
    pub const fn emptied_by(mut self, json: &'static str) -> Self {
        self.removed = Removed::Emptied(json);
        self
    }

    /// When the resource leaves the program, DELETE takes it away.
    pub const fn deleted(mut self) -> Self {
        self.removed = Removed::Deleted;
        self
    }

    /// A tenant whose plan does not have it answers with an error of that code: that is a warning and no more.
    pub const fn may_be_denied(mut self, code: &'static str) -> Self {
        self.denied = Some(code);
        self
    }

    /// It is read in the list at that path, as the entry of that `name`.
    pub const fn listed(mut self, path: &'static str, name: &'static str) -> Self {
        self.read = Reading::Listed(path, name);
        self
    }

    /// Nobody can read it.
    pub const fn never_read(mut self) -> Self {
        self.read = Reading::Never;
        self
    }

    /// It counts only where the resource has one of these values at that wire path, a flag as its text: elsewhere it is
    /// neither written nor read.
    pub const fn when(mut self, wire: &'static str, values: &'static [&'static str]) -> Self {
        self.when = Some((wire, values));
        self
    }

    /// It is read only where something in it is known, and an API that refuses to show it to who does not give it has
    /// nothing there.
    pub const fn may_be_hidden(mut self) -> Self {
        self.may_be_hidden = true;
        self
    }

    /// The answer to a write shows only what was sent: it is read afterwards.
    pub const fn echoes(mut self) -> Self {
        self.echoes = true;
        self
    }
}
