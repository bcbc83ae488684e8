//! What an API does in its own time, after it has answered.

use super::{Class, Collection};

/// A state that an object comes to by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Until {
    /// The wire path of the member that tells the state.
    pub member: &'static str,
    /// What it then is: texts, or `true`.
    pub values: &'static [&'static str],
    /// What it is where it will never come to it.
    pub fails: &'static [&'static str],
}

/// The member has one of these values.
pub const fn until(member: &'static str, values: &'static [&'static str]) -> Until {
    Until { member, values, fails: &[] }
}

impl Until {
    /// With one of these, it never will.
    pub const fn fails(mut self, values: &'static [&'static str]) -> Self {
        self.fails = values;
        self
    }
}

/// What is done with an object once it was made or changed, where the program wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Where below the object it is asked for, by a POST.
    pub path: &'static str,
    /// The property, a flag, by which the program wants it.
    pub row: &'static str,
    /// What the object has to come to first.
    pub first: Until,
    /// What tells that it is done.
    pub done: Until,
    /// The member of the answer that names what was made by it, and where the object shows it then.
    pub makes: Option<(&'static str, &'static str)>,
    /// What tells that there is nothing left to be done.
    pub unless: Option<Until>,
}

/// A POST to that path below the object, where the flag of that name is set: once the object has come to `first`, and until
/// it has come to `done`. Where the flag is not set, it is waited for `first` a little while, and no more than told of.
pub const fn act(path: &'static str, row: &'static str, first: Until, done: Until) -> Act {
    Act { path, row, first, done, makes: None, unless: None }
}

impl Act {
    /// What is at `member` in the answer is what it made: it is not done before the object shows that at the wire path
    /// `shown`. Without this word, what an earlier one has made would do as well.
    pub const fn makes(mut self, member: &'static str, shown: &'static str) -> Self {
        self.makes = Some((member, shown));
        self
    }

    /// An update that changes nothing else does it all the same, unless the object tells by this that nothing is left to
    /// be done: the one before may not have come to its end.
    pub const fn unless(mut self, until: Until) -> Self {
        self.unless = Some(until);
        self
    }
}

impl Class {
    /// Once it was made or changed, it comes to a state of its own, and where the program wants it, this is done with it too.
    pub const fn then(self, act: &'static Act) -> Self {
        let Class::Collection(of) = self else { panic!("`then` is a word of collections") };
        Class::Collection(Collection { then: Some(act), ..of })
    }
}
