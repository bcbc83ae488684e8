//! The list of a parent, whose entries several resources may change at once.

use super::{Class, Listing, Method, Paging, Template, WireObject};

/// A list of a parent. It is named once, by all resources that are entries of it or the whole of it: they share one
/// writer and what was read of it.
#[derive(Debug, Clone, Copy)]
pub struct Entries {
    /// Where the list is, with the rows of its parent in it.
    pub path: Template,
    /// How it is read.
    pub listing: Listing,
    /// The members of an entry that tell it from others.
    pub key: &'static [&'static str],
    /// The member by which a path names an entry, where that is not what tells it from others.
    pub addressed_by: Option<&'static str>,
    /// How it is changed.
    pub writing: Writing,
    /// How many entries one request takes.
    pub at_most: usize,
    /// How an entry is written, where not as it is read.
    pub written: Option<fn(&WireObject) -> WireObject>,
    /// What is told of the parent beside.
    pub parent: Option<Parent>,
}

/// What is told of a parent beside its list.
#[derive(Debug, Clone, Copy)]
pub struct Parent {
    /// Where the parent is.
    pub path: Template,
    /// The members of it that are told.
    pub members: &'static [&'static str],
}

/// How an API changes a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// POST adds entries and DELETE removes them, in a list under this member of the body.
    AddedUnder {
        /// The member.
        member: &'static str,
        /// Whether only the key of an entry stands in that list, as a text.
        is_bare: bool,
    },
    /// POST adds entries, in a list under this member of the body, DELETE removes them by their keys in such a list, and PATCH
    /// below the list changes one.
    Associated {
        /// The member.
        member: &'static str,
    },
    /// POST adds one entry; PATCH and DELETE below the list change and remove it, by its key.
    OneByOne,
    /// PUT below the list, by its key, sets one entry, and DELETE removes it.
    PutOneByOne,
    /// The whole list is written, under this member of the body.
    Rewritten {
        /// By this method.
        method: Method,
        /// The member.
        member: &'static str,
    },
    /// PATCH takes a list of keys, each of which this member switches on or off.
    Switched {
        /// The member.
        member: &'static str,
    },
}

/// The list at that path, whose entries these members of them tell apart.
///
/// It is listed by checkpoint, POST adds one entry, and DELETE removes it, until other words say otherwise.
pub const fn entries(path: &'static str, key: &'static [&'static str]) -> Entries {
    assert!(!key.is_empty(), "entries that nothing tells apart");
    Entries {
        path: Template::of(path),
        listing: Listing::of(Paging::Checkpoint),
        key,
        addressed_by: None,
        writing: Writing::OneByOne,
        at_most: 50,
        written: None,
        parent: None,
    }
}

impl Entries {
    /// How the API pages the list.
    pub const fn paged(mut self, paging: Paging) -> Self {
        self.listing.paging = paging;
        self
    }

    /// The member of a page that holds the entries, where that is not the last segment of the path.
    pub const fn items(mut self, member: &'static str) -> Self {
        self.listing.items = Some(member);
        self
    }

    /// The list is that member of the object at the path, which leaves it out while nothing is in it, and which always has
    /// the member `beside` it.
    pub const fn inside(mut self, member: &'static str, beside: &'static str) -> Self {
        self.listing =
            Listing { items: Some(member), inside: Some(beside), ..Listing::of(Paging::Whole) };
        self
    }

    /// The list is an object, in which what an entry says stands under its key: the entry has it as that member. PUT writes
    /// it as a whole. An entry that says nothing is as good as none, so that each is always there.
    pub const fn keyed(mut self, member: &'static str) -> Self {
        assert!(self.key.len() == 1, "what stands under a key has one");
        self.listing = Listing { keyed: Some((self.key[0], member)), ..Listing::of(Paging::Whole) };
        self.writing = Writing::Rewritten { method: Method::Put, member: "" };
        self
    }

    /// A path names an entry by that member, which the API gives.
    pub const fn addressed_by(mut self, member: &'static str) -> Self {
        self.addressed_by = Some(member);
        self
    }

    /// POST adds entries, and DELETE removes them, in a list under that member of the body.
    pub const fn added_under(mut self, member: &'static str) -> Self {
        self.writing = Writing::AddedUnder { member, is_bare: false };
        self
    }

    /// The same, with the key of each entry alone, as a text.
    pub const fn keys_added_under(mut self, member: &'static str) -> Self {
        assert!(self.key.len() == 1, "a bare key is one member");
        self.writing = Writing::AddedUnder { member, is_bare: true };
        self
    }

    /// POST adds entries, in a list under that member of the body, DELETE removes them by their keys in such a list, and PATCH
    /// below the list changes one.
    pub const fn associated_under(mut self, member: &'static str) -> Self {
        assert!(self.key.len() == 1, "a bare key is one member");
        self.writing = Writing::Associated { member };
        self
    }

    /// PUT below the list, by its key, sets one entry, and DELETE removes it.
    pub const fn put_one_by_one(mut self) -> Self {
        self.writing = Writing::PutOneByOne;
        self
    }

    /// The whole list is written, under that member of the body.
    pub const fn rewritten_by(mut self, method: Method, member: &'static str) -> Self {
        self.writing = Writing::Rewritten { method, member };
        self
    }

    /// PATCH takes a list of keys, each of which that member switches on or off.
    pub const fn switched_by(mut self, member: &'static str) -> Self {
        self.writing = Writing::Switched { member };
        self
    }

    /// One request takes no more entries than that.
    pub const fn at_most(mut self, count: usize) -> Self {
        assert!(count > 0, "a request for nothing");
        self.at_most = count;
        self
    }

    /// An entry is written so, and not as it is read.
    pub const fn written(mut self, write: fn(&WireObject) -> WireObject) -> Self {
        self.written = Some(write);
        self
    }

    /// These members of the parent, which is at that path, are told beside.
    pub const fn tells_of(mut self, path: &'static str, members: &'static [&'static str]) -> Self {
        self.parent = Some(Parent { path: Template::of(path), members });
        self
    }
}

impl Writing {
    /// Whether the list has to be known for it to be changed.
    pub const fn needs_the_list(&self) -> bool {
        matches!(self, Writing::Rewritten { .. } | Writing::OneByOne | Writing::Associated { .. })
    }

    /// How many entries one request takes, where the list says how many it takes at most.
    pub const fn at_once(&self, at_most: usize) -> usize {
        match self {
            Writing::OneByOne | Writing::PutOneByOne => 1,
            _ => at_most,
        }
    }
}

/// One entry of a parent's list.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The list.
    pub of: &'static Entries,
    /// The form of its id.
    pub id: Option<Template>,
}

/// All that is in a parent's list.
#[derive(Debug, Clone, Copy)]
pub struct Members {
    /// The list.
    pub of: &'static Entries,
    /// The wire name of the row that holds the entries.
    pub row: &'static str,
    /// The form of its id.
    pub id: Option<Template>,
    /// What becomes of entries that were there before.
    pub others: Others,
}

/// What becomes of entries that are in a list before a resource for the whole of it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They stay, and are the resource's: what the program does not name is a difference then.
    Stay,
    /// Where the program does not name them, nothing is made: the resource is to be imported.
    Refused,
    /// Those that the program does not name go.
    Go,
}

/// It is one entry of that list. The form of its id has to be said.
pub const fn member(of: &'static Entries) -> Class {
    Class::Member(Member { of, id: None })
}

/// It is all that is in that list, in the row with that wire name.
pub const fn members(of: &'static Entries, row: &'static str) -> Class {
    Class::Members(Members { of, row, id: None, others: Others::Stay })
}

impl Class {
    /// What becomes of entries that were there before.
    pub const fn others(self, others: Others) -> Self {
        let Class::Members(of) = self else { panic!("`others` is a word of `members`") };
        Class::Members(Members { others, ..of })
    }
}
