//! Functions that look things up in a REST API: what they give is what the rows of a resource hold.

use super::{Class, Entries, Field, Function, Kind, Paging, Resource, Template};
use crate::table::kind::{has, is_same};

/// How a function is answered.
#[derive(Debug, Clone, Copy)]
pub enum Lookup {
    /// By code of its author.
    Own,
    /// By one object.
    One(One),
    /// By all that are in a list.
    All(All),
}

/// One object, as the rows of its resource hold it.
#[derive(Debug, Clone, Copy)]
pub struct One {
    /// The resource.
    pub of: &'static Resource,
    /// What people call it, where that is not its name in small letters.
    pub noun: Option<&'static str>,
    /// The argument that holds its ID; `None` where its place alone says which one it is.
    pub id: Option<&'static str>,
    /// By what else it is found.
    pub or: Or,
    /// Rows that only functions give, from the same answer of the API.
    pub more: &'static [Field],
    /// Rows of the resource that are not given.
    pub without: &'static [&'static str],
    /// Rows that are no secret here, though the resource has to have them as one.
    pub plain: &'static [&'static str],
    /// Lists of it that are given too.
    pub beside: &'static [Beside],
}

/// By what an object is found whose ID is not given.
#[derive(Debug, Clone, Copy)]
pub enum Or {
    /// By nothing.
    Nothing,
    /// It is the first in the list in which the row of that name has the argument's value.
    First(&'static str),
    /// It is the only one in the list.
    Only,
    /// It is what the API has at this path, in which the argument stands.
    At(&'static str, Template),
}

/// A list of an object, as a row that a function gives of it.
#[derive(Debug, Clone, Copy)]
pub struct Beside {
    /// The row.
    pub row: Field,
    /// The list, whose path names one row: that of the object.
    pub of: &'static Entries,
    /// What the list is asked for with.
    pub with: &'static [(&'static str, &'static str)],
    /// The argument that says to leave it out.
    pub unless: Option<&'static str>,
    /// Whether it is empty, with a warning, for who may not see it.
    pub may_be_hidden: bool,
}

/// All objects in a list, each as the rows of a resource hold it.
#[derive(Debug, Clone, Copy)]
pub struct All {
    /// The resource.
    pub of: &'static Resource,
    /// What people call one of them, where that is not the resource's name in small letters.
    pub noun: Option<&'static str>,
    /// The property that holds them.
    pub property: &'static str,
    /// The ID of the answer, in which arguments may stand.
    pub id: Template,
    /// The argument that stands at the end of that ID, where it is given.
    pub id_ends_with: Option<&'static str>,
    /// The property of each that holds its ID, where no row does.
    pub each_id: &'static str,
    /// Where the list is, if not where the resource lives, and how it is paged there.
    pub at: Option<(Template, Paging)>,
    /// The rows of the resource that are given; empty where all are.
    pub only: &'static [&'static str],
    /// Rows of the resource that are not given.
    pub without: &'static [&'static str],
    /// Rows that only functions give, from the same answer of the API.
    pub more: &'static [Field],
    /// Rows of which the schema does not say that they are always there.
    pub unsure: &'static [&'static str],
    /// The property that tells how many there are, if one does.
    pub count: Option<&'static str>,
}

/// The object of that resource whose ID is in that argument.
pub const fn by_id(of: &'static Resource, id: &'static str) -> One {
    assert!(matches!(of.class, Class::Collection(_)), "only what is in a collection has an ID");
    One { id: Some(id), ..the(of) }
}

/// The only object of that resource: in the tenant, or where the arguments say that stand in its path.
pub const fn the(of: &'static Resource) -> One {
    assert!(!matches!(of.class, Class::Own), "the resource lives in no REST API");
    One {
        of,
        noun: None,
        id: None,
        or: Or::Nothing,
        more: &[],
        without: &[],
        plain: &[],
        beside: &[],
    }
}

/// All objects in the list of that resource, in that property; the answer has that ID, in which arguments may stand.
///
/// Arguments that stand in no path and are not [`local`](Field::local) filter it.
pub const fn all(of: &'static Resource, property: &'static str, id: &'static str) -> All {
    assert!(
        matches!(of.class, Class::Collection(of) if of.listing.is_there()),
        "the API does not list it"
    );
    All {
        of,
        noun: None,
        property,
        id: Template::of(id),
        id_ends_with: None,
        each_id: "id",
        at: None,
        only: &[],
        without: &[],
        more: &[],
        unsure: &[],
        count: None,
    }
}

/// The row of that name, as a function gives it that looks something else up.
pub const fn row_of(of: &'static Resource, name: &'static str) -> Field {
    let mut index = 0;
    while !is_same(of.fields[index].name, name) {
        index += 1;
    }
    of.fields[index]
}

/// That list, as that row.
pub const fn beside(row: Field, of: &'static Entries) -> Beside {
    assert!(matches!(row.kind, Kind::List(_)), "a list is a row of lists");
    Beside { row, of, with: &[], unless: None, may_be_hidden: false }
}

/// The list that the resource is all of, as its own row.
pub const fn beside_all(of: &'static Resource) -> Beside {
    let Class::Members(members) = of.class else { panic!("it is not all that is in a list") };
    let mut index = 0;
    while !matches!(of.fields[index].kind, Kind::List(_)) {
        index += 1;
    }
    beside(of.fields[index], members.of)
}

impl One {
    /// What people call it, where that is not the resource's name in small letters.
    pub const fn called(mut self, noun: &'static str) -> Self {
        self.noun = Some(noun);
        self
    }

    /// Without its ID, the first is meant of which the row of that name has the argument's value. The list is filtered by all
    /// arguments that are not [`local`](Field::local).
    pub const fn or_first(mut self, argument: &'static str) -> Self {
        assert!(
            matches!(self.of.class, Class::Collection(of) if of.listing.is_there()),
            "the API does not list it"
        );
        assert!(has(self.of.fields, argument), "`or_first` names no row of the resource");
        self.or = Or::First(argument);
        self
    }

    /// Without its ID, the only one in the list is meant; none or several are an error.
    pub const fn or_only(mut self) -> Self {
        assert!(
            matches!(self.of.class, Class::Collection(of) if of.listing.is_there()),
            "the API does not list it"
        );
        self.or = Or::Only;
        self
    }

    /// Without its ID, it is what the API has at that path, in which that argument stands.
    pub const fn or_at(mut self, argument: &'static str, path: &'static str) -> Self {
        self.or = Or::At(argument, Template::of(path));
        self
    }

    /// Rows that only functions give, from the same answer of the API.
    pub const fn more(mut self, rows: &'static [Field]) -> Self {
        self.more = rows;
        self
    }

    /// These rows of the resource are not given.
    pub const fn without(mut self, rows: &'static [&'static str]) -> Self {
        assert!(have_all(self.of.fields, rows), "`without` names no row of the resource");
        self.without = rows;
        self
    }

    /// These rows are no secret here, though the resource has to have them as one.
    pub const fn plain(mut self, rows: &'static [&'static str]) -> Self {
        assert!(have_all(self.of.fields, rows), "`plain` names no row of the resource");
        self.plain = rows;
        self
    }

    /// Lists of it that are given too, for a request each.
    pub const fn beside(mut self, lists: &'static [Beside]) -> Self {
        self.beside = lists;
        self
    }

    /// The argument by which it is found without its ID.
    pub const fn other(&self) -> Option<&'static str> {
        match self.or {
            Or::Nothing | Or::Only => None,
            Or::First(argument) | Or::At(argument, _) => Some(argument),
        }
    }

    const fn check(&self, arguments: &[Field]) {
        if let Some(id) = self.id {
            assert!(has(arguments, id), "the ID stands in no argument");
        } else if let Some(path) = self.of.class.path() {
            assert!(path.is_made_of(arguments), "the path names what is no argument");
        }
        if let Some(other) = self.other() {
            assert!(has(arguments, other), "what it is found by is no argument");
        }
        if let Or::At(_, path) = self.or {
            assert!(path.is_made_of(arguments), "the path names what is no argument");
        }
        let mut index = 0;
        while index < self.beside.len() {
            if let Some(unless) = self.beside[index].unless {
                assert!(has(arguments, unless), "`unless` names no argument");
            }
            index += 1;
        }
    }
}

impl Beside {
    /// It is left out where that argument says so.
    pub const fn unless(mut self, argument: &'static str) -> Self {
        self.unless = Some(argument);
        self
    }

    /// What the row is called here.
    pub const fn named(mut self, name: &'static str) -> Self {
        self.row.name = name;
        self
    }

    /// What the list is asked for with.
    pub const fn with(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.with = query;
        self
    }

    /// Who may not see it gets none, and a warning.
    pub const fn may_be_hidden(mut self) -> Self {
        self.may_be_hidden = true;
        self
    }
}

impl All {
    /// What people call one of them, where that is not the resource's name in small letters.
    pub const fn called(mut self, noun: &'static str) -> Self {
        self.noun = Some(noun);
        self
    }

    /// Where that argument is given, it stands at the end of the answer's ID, after a hyphen.
    pub const fn id_ends_with(mut self, argument: &'static str) -> Self {
        self.id_ends_with = Some(argument);
        self
    }

    /// The property of each that holds its ID.
    pub const fn each_id(mut self, property: &'static str) -> Self {
        self.each_id = property;
        self
    }

    /// The ID of each is not given.
    pub const fn without_ids(self) -> Self {
        self.each_id("")
    }

    /// Where the list is, if not where the resource lives, and how the API pages it there.
    pub const fn at(mut self, path: &'static str, paging: Paging) -> Self {
        self.at = Some((Template::of(path), paging));
        self
    }

    /// Only these rows of the resource are given.
    pub const fn only(mut self, rows: &'static [&'static str]) -> Self {
        assert!(have_all(self.of.fields, rows), "`only` names no row of the resource");
        self.only = rows;
        self
    }

    /// These rows of the resource are not given.
    pub const fn without(mut self, rows: &'static [&'static str]) -> Self {
        assert!(have_all(self.of.fields, rows), "`without` names no row of the resource");
        self.without = rows;
        self
    }

    /// Rows that only functions give, from the same answer of the API.
    pub const fn more(mut self, rows: &'static [Field]) -> Self {
        self.more = rows;
        self
    }

    /// That property tells how many there are.
    pub const fn counted(mut self, property: &'static str) -> Self {
        self.count = Some(property);
        self
    }

    /// Of these rows the schema does not say that they are always there.
    pub const fn unsure(mut self, rows: &'static [&'static str]) -> Self {
        assert!(have_all(self.of.fields, rows), "`unsure` names no row of the resource");
        self.unsure = rows;
        self
    }

    /// Where the list is.
    pub const fn path(&self) -> Template {
        match (self.at, self.of.class.path()) {
            (Some((path, _)), _) | (None, Some(path)) => path,
            (None, None) => panic!("the resource lives in no REST API"),
        }
    }

    const fn check(&self, arguments: &[Field]) {
        let is_fine = self.path().is_made_of(arguments) && self.id.is_made_of(arguments);
        assert!(is_fine, "the path or the ID names what is no argument");
        if let Some(argument) = self.id_ends_with {
            assert!(has(arguments, argument), "`id_ends_with` names no argument");
        }
    }
}

/// Functions of a REST API. What they give follows from a resource, so that they have no [`Function::outputs`].
impl Function {
    /// It gives one object; its arguments have to be said before.
    pub const fn gives(self, one: One) -> Self {
        one.check(self.inputs);
        self.looks_up(Lookup::One(one))
    }

    /// It gives all objects in a list; its arguments have to be said before.
    pub const fn lists(self, all: All) -> Self {
        all.check(self.inputs);
        self.looks_up(Lookup::All(all))
    }

    const fn looks_up(mut self, lookup: Lookup) -> Self {
        assert!(self.outputs.is_empty(), "what it gives is said twice");
        self.lookup = lookup;
        self
    }
}

const fn have_all(fields: &[Field], names: &[&str]) -> bool {
    let mut index = 0;
    while index < names.len() {
        if !has(fields, names[index]) {
            return false;
        }
        index += 1;
    }
    true
}
