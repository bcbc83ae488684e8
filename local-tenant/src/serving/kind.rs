//! What a kind is beyond what the document says of it: the table of a family is made of these.
//!
//! ```text
//! const ROLES: Kind = collection("/roles").id("rol_", 16).absent("The role does not exist.");
//! ```

use crate::answer::{ApiError, Object};
use crate::ids;
use crate::request::Call;
use crate::store::Store;

/// One kind of entity, setting or relation.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its path in the document: of the collection, of the setting, or of the list of a relation.
    pub at: &'static str,
    /// How it is served.
    pub serves: Serves,
    /// The member of an entity that holds its id.
    pub key: &'static str,
    /// Makes the id of a new entity.
    pub id: Id,
    /// What a read of one that is not there is answered: message and code.
    pub absent: (&'static str, Option<&'static str>),
    /// Whether a DELETE of what is not there is an error; mostly it is as good.
    pub mourns: bool,
    /// Whether PUT makes what is not there.
    pub upserts: bool,
    /// Objects that a new value is laid over, key by key, instead of in their place.
    pub merged: &'static [&'static str],
    /// Members of a request that no answer shows, beside those that the document's answers do not name.
    pub hides: &'static [&'static str],
    /// Members that answers show although the document does not name them there.
    pub shows: &'static [&'static str],
    /// Members that an answer shows whatever fields were asked for.
    pub always: &'static [&'static str],
    /// Parameters of a list that choose by a member of another name.
    pub filters: &'static [(&'static str, &'static str)],
    /// Members that no two entities may have alike, and the error where they would.
    pub unique: Option<(&'static [&'static str], Conflict)>,
    /// What a new entity gets beside what was sent, and what it must not be.
    pub making: Option<Making>,
    /// What happens when one was made.
    pub made: Option<fn(&mut Store, &Call, &Object)>,
    /// What a change brings with it: the old entity, and the new one as the body makes it.
    pub changing: Option<Changing>,
    /// What happens when one was changed: the old one and the new one.
    pub changed: Option<fn(&mut Store, &Call, &Object)>,
    /// What an answer shows of it; nothing where it is not to be shown at all.
    pub showing: Option<Showing>,
    /// What goes with one that is deleted, beside what is below it.
    pub going: Option<fn(&mut Store, &Call, &Object)>,
    /// What has become of it by the next time that somebody looks.
    pub later: Option<fn(&mut Object)>,
}

/// Completes a new entity, or refuses it.
pub type Making = fn(&Store, &Call, &mut Object) -> Result<(), ApiError>;

/// Completes a changed entity, or refuses the change.
pub type Changing = fn(&Store, &Call, &Object, &mut Object) -> Result<(), ApiError>;

/// Turns a stored entity into what is answered.
pub type Showing = fn(&Store, &Call, &mut Object);

/// How a kind is served.
#[derive(Debug, Clone, Copy)]
pub enum Serves {
    /// Entities with ids: POST and GET of the path, GET, PATCH, PUT and DELETE below it.
    Collection,
    /// One object at the path; how it is before anybody wrote it.
    Setting(Initial),
    /// A set of what a body names under this member: POST adds, DELETE removes. The members of an element
    /// that tell it from others; none where the elements are texts.
    Relation(&'static str, &'static [&'static str]),
}

/// A setting that nobody wrote yet.
#[derive(Debug, Clone, Copy)]
pub enum Initial {
    /// Not there: 404.
    Absent,
    /// An object, by the request.
    Made(fn(&Store, &Call) -> Object),
}

/// How the id of a new entity is made.
#[derive(Debug, Clone, Copy)]
pub enum Id {
    /// A prefix and this many letters and digits.
    Letters(&'static str, usize),
    /// A random UUID.
    Uuid,
    /// By the entity.
    By(fn(&Object) -> String),
}

impl Id {
    /// A new id for an entity.
    pub fn make(self, entity: &Object) -> String {
        match self {
            Self::Letters(prefix, length) => ids::prefixed(prefix, length),
            Self::Uuid => ids::uuid(),
            Self::By(make) => make(entity),
        }
    }
}

/// A 409.
#[derive(Debug, Clone, Copy)]
pub struct Conflict {
    /// `errorCode`, where it has one.
    pub code: Option<&'static str>,
    /// What it says.
    pub message: &'static str,
}

const fn kind(at: &'static str, serves: Serves) -> Kind {
    Kind {
        at,
        serves,
        key: "id",
        id: Id::Letters("", 24),
        absent: ("Not Found", None),
        mourns: false,
        upserts: false,
        merged: &[],
        hides: &[],
        shows: &[],
        always: &[],
        filters: &[],
        unique: None,
        making: None,
        made: None,
        changing: None,
        changed: None,
        showing: None,
        going: None,
        later: None,
    }
}

/// Entities with ids of the tenant's making.
pub const fn collection(at: &'static str) -> Kind {
    kind(at, Serves::Collection)
}

/// One object that is there from the start.
pub const fn setting(at: &'static str, initial: fn(&Store, &Call) -> Object) -> Kind {
    kind(at, Serves::Setting(Initial::Made(initial)))
}

/// One object that is there once it was written.
pub const fn optional(at: &'static str) -> Kind {
    kind(at, Serves::Setting(Initial::Absent))
}

/// One object for each path, empty until it is written.
pub const fn document(at: &'static str) -> Kind {
    kind(at, Serves::Setting(Initial::Made(|_, _| Object::new())))
}

/// A set of texts, sent under a member of the body.
pub const fn relation(at: &'static str, member: &'static str) -> Kind {
    kind(at, Serves::Relation(member, &[]))
}

impl Kind {
    /// Ids of a prefix and so many letters and digits.
    pub const fn id(mut self, prefix: &'static str, length: usize) -> Self {
        self.id = Id::Letters(prefix, length);
        self
    }

    /// Ids that are UUIDs.
    pub const fn uuid(mut self) -> Self {
        self.id = Id::Uuid;
        self
    }

    /// Ids made by the entity.
    pub const fn id_by(mut self, make: fn(&Object) -> String) -> Self {
        self.id = Id::By(make);
        self
    }

    /// The member that holds the id, where it is not `id`.
    pub const fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    /// Elements of a relation that are objects, told apart by these members.
    pub const fn keyed(mut self, key: &'static [&'static str]) -> Self {
        if let Serves::Relation(member, _) = self.serves {
            self.serves = Serves::Relation(member, key);
        }
        self
    }

    /// What a read of one that is not there is answered.
    pub const fn absent(mut self, message: &'static str) -> Self {
        self.absent.0 = message;
        self
    }

    /// The code of that answer.
    pub const fn code(mut self, code: &'static str) -> Self {
        self.absent.1 = Some(code);
        self
    }

    /// A DELETE of what is not there is answered like a read of it.
    pub const fn mourns(mut self) -> Self {
        self.mourns = true;
        self
    }

    /// PUT makes what is not there.
    pub const fn upserts(mut self) -> Self {
        self.upserts = true;
        self
    }

    /// Objects that a PATCH changes key by key.
    pub const fn merges(mut self, members: &'static [&'static str]) -> Self {
        self.merged = members;
        self
    }

    /// Members that no answer shows.
    pub const fn hides(mut self, members: &'static [&'static str]) -> Self {
        self.hides = members;
        self
    }

    /// Members that answers show although the document does not name them there.
    pub const fn shows(mut self, members: &'static [&'static str]) -> Self {
        self.shows = members;
        self
    }

    /// Members that an answer shows whatever fields were asked for.
    pub const fn always(mut self, members: &'static [&'static str]) -> Self {
        self.always = members;
        self
    }

    /// Parameters of a list that choose by a member of another name: parameter, member.
    pub const fn filters(mut self, filters: &'static [(&'static str, &'static str)]) -> Self {
        self.filters = filters;
        self
    }

    /// Members that no two entities may have alike.
    pub const fn unique(
        mut self,
        members: &'static [&'static str],
        code: Option<&'static str>,
        message: &'static str,
    ) -> Self {
        self.unique = Some((members, Conflict { code, message }));
        self
    }

    /// What a new one gets beside what was sent.
    pub const fn making(mut self, making: Making) -> Self {
        self.making = Some(making);
        self
    }

    /// What happens when one was made.
    pub const fn made(mut self, made: fn(&mut Store, &Call, &Object)) -> Self {
        self.made = Some(made);
        self
    }

    /// What a change brings with it.
    pub const fn changing(mut self, changing: Changing) -> Self {
        self.changing = Some(changing);
        self
    }

    /// What happens when one was changed.
    pub const fn changed(mut self, changed: fn(&mut Store, &Call, &Object)) -> Self {
        self.changed = Some(changed);
        self
    }

    /// What an answer shows of it.
    pub const fn showing(mut self, showing: Showing) -> Self {
        self.showing = Some(showing);
        self
    }

    /// What goes with one that is deleted.
    pub const fn going(mut self, going: fn(&mut Store, &Call, &Object)) -> Self {
        self.going = Some(going);
        self
    }

    /// What has become of it when somebody looks again.
    pub const fn later(mut self, later: fn(&mut Object)) -> Self {
        self.later = Some(later);
        self
    }

    /// 404 for one that is not there.
    pub fn missing(&self, id: &str) -> ApiError {
        ApiError::absent(self.absent.1, self.absent.0.replace("{id}", id))
    }
}
