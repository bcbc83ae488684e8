//! One of many of a kind, which the API gives an id.

use super::{Act, Class, Method, Template};

/// How one of a collection lives: POST to the collection, then GET, PATCH or PUT, and DELETE of its id below that.
#[derive(Debug, Clone, Copy)]
pub struct Collection {
    /// Where the collection is.
    pub path: Template,
    /// The form of the id, where that is not just what the API gives.
    pub id: Option<Template>,
    /// The wire name of what the API gives as its id.
    pub id_member: &'static str,
    /// How it is changed.
    pub change: Method,
    /// How the collection is listed.
    pub listing: Listing,
    /// What is done with it once it was made or changed.
    pub then: Option<&'static Act>,
    /// Where it is made, if that is elsewhere, of what somebody else says.
    pub registered: Option<Registration>,
}

/// How something is made elsewhere, of what somebody else says of it.
#[derive(Debug, Clone, Copy)]
pub struct Registration {
    /// Where a POST makes it, or brings it to what is said now.
    pub path: Template,
    /// The wire name of the row that says where that is said.
    pub member: &'static str,
    /// The row that has it brought to what is said now, where it changes.
    pub again: &'static str,
    /// Where a POST tells what comes of it, and changes nothing.
    pub told: Template,
}

/// How the API lists what is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    /// How it goes from page to page.
    pub paging: Paging,
    /// How many items the API puts on a page at most.
    pub page: usize,
    /// The member of a page that holds the items, where that is not the last segment of the path in snake_case. A page
    /// that is a bare array is understood too.
    pub items: Option<&'static str>,
    /// The member that an object always has of which the list is another, absent while nothing is in it.
    pub inside: Option<&'static str>,
    /// The members of an item that are its key and what stands under it, where the list is an object of these.
    pub keyed: Option<(&'static str, &'static str)>,
}

/// How an API goes from page to page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// `take` says how many, `from` where to go on, and `next` of the answer where the next page begins.
    Checkpoint,
    /// `page` and `per_page`; a page that is not full is the last.
    Offset,
    /// All at once.
    Whole,
    /// There is no list.
    None,
}

impl Listing {
    const ORDINARY: Listing = Listing::of(Paging::Checkpoint);

    pub(super) const fn of(paging: Paging) -> Listing {
        Listing { paging, page: 100, items: None, inside: None, keyed: None }
    }

    /// Whether there is a list at all.
    pub const fn is_there(&self) -> bool {
        !matches!(self.paging, Paging::None)
    }
}

/// It is one of the collection at that path, which may name rows: those of its parent.
///
/// It is changed by PATCH, has what answers call `id` for its id, and is listed by checkpoint.
pub const fn collection(path: &'static str) -> Class {
    Class::Collection(Collection {
        path: Template::of(path),
        id: None,
        id_member: "id",
        change: Method::Patch,
        listing: Listing::ORDINARY,
        then: None,
        registered: None,
    })
}

impl Class {
    /// The wire name of the id in answers, where that is not `id`.
    pub const fn id_from(self, member: &'static str) -> Self {
        let Class::Collection(of) = self else { panic!("`id_from` is a word of collections") };
        Class::Collection(Collection { id_member: member, ..of })
    }

    /// How the API pages the list, where that is not by checkpoint.
    pub const fn paged(self, paging: Paging) -> Self {
        let Class::Collection(of) = self else { panic!("`paged` is a word of collections") };
        Class::Collection(Collection { listing: Listing { paging, ..of.listing }, ..of })
    }

    /// How many items the API puts on a page at most, where that is not a hundred.
    pub const fn pages_of(self, page: usize) -> Self {
        assert!(page > 0, "a page of nothing");
        let Class::Collection(of) = self else { panic!("`pages_of` is a word of collections") };
        Class::Collection(Collection { listing: Listing { page, ..of.listing }, ..of })
    }

    /// The member of a page that holds the items, where that is not the last segment of the path.
    pub const fn items(self, member: &'static str) -> Self {
        let Class::Collection(of) = self else { panic!("`items` is a word of collections") };
        Class::Collection(Collection {
            listing: Listing { items: Some(member), ..of.listing },
            ..of
        })
    }

    /// It is made elsewhere, of what somebody else says: a POST to `path` of the member alone makes it, or finds the one
    /// that is there, and brings it to what is said now; so does a change of the row `again`. All else is
    /// [set after](crate::table::Field::set_after_create). Answers to changes do not show all of it, so that it is read
    /// afterwards; a POST to `told` tells what comes of what is said, which an import asks for.
    pub const fn registered_at(
        self,
        path: &'static str,
        member: &'static str,
        again: &'static str,
        told: &'static str,
    ) -> Self {
        let Class::Collection(of) = self else {
            panic!("`registered_at` is a word of collections")
        };
        let (path, told) = (Template::of(path), Template::of(told));
        let registered = Some(Registration { path, member, again, told });
        Class::Collection(Collection { registered, ..of })
    }

    /// Where it is made, if that is elsewhere.
    pub const fn registration(&self) -> Option<Registration> {
        match self {
            Class::Collection(of) => of.registered,
            _ => None,
        }
    }

    /// The API has no list of them.
    pub const fn not_listed(self) -> Self {
        self.paged(Paging::None)
    }
}
