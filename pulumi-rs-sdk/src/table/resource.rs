//! A resource: its rows, its rules, and where it lives in the API.

use super::Field;
use super::rest::{Class, Dialects, Held, Sought};
use crate::check::CheckFailure;
use crate::provider::Known;
use crate::value::Object;

/// A resource type.
#[derive(Debug, Clone, Copy)]
pub struct Resource {
    /// Its name, PascalCase: the last part of its token.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its properties.
    pub fields: &'static [Field],
    /// Rules over several properties.
    pub rules: &'static [Rule],
    /// How it lives in a REST API, if it does.
    pub class: Class,
    /// The properties by which its resources can be listed; `None` where they cannot be listed.
    pub listed_by: Option<&'static [&'static str]>,
    /// The properties by which the API holds it unique.
    pub natural_key: &'static [KeyPart],
    /// What is gone with one of them.
    pub holds: &'static [Held],
    /// The properties that the server alone sets in an object of its own, from its outputs.
    pub fixed: Option<fn(&Object) -> &'static [&'static str]>,
    /// Why one with these outputs is never deleted, if so.
    pub permanent: Option<fn(&Object) -> Option<&'static str>>,
    /// What a create sends beside the rows.
    pub create_with: Option<fn(&Object) -> WireObject>,
    /// The last word on outputs, from what was known before the answer.
    pub adjust: Option<fn(&mut Object, &Object)>,
    /// What an update from the old state to the new inputs has to send first, in a request of its own.
    pub update_first: Option<fn(&Known, &Object) -> Option<WireObject>>,
    /// The wire names of which an update sends one in a request.
    pub apart: &'static [&'static str],
    /// The rows by which one is found again whose ID nobody knows.
    pub sought: &'static [Sought],
    /// How an object inside is said, by the value of another property.
    pub dialects: Option<&'static Dialects>,
    /// How many seconds making or changing one may take, where the program does not say.
    pub create_timeout: Option<u32>,
}

/// The members of a JSON object on the wire.
pub type WireObject = serde_json::Map<String, serde_json::Value>;

/// A property that is part of what makes a resource unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPart {
    /// The Pulumi name of the property.
    pub name: &'static str,
    /// What the API takes an absent value for.
    pub absent: Option<&'static str>,
}

/// A rule over several properties of one resource, each named by its path: `rule.action.block` is a property inside two
/// blocks. A rule over what is inside a block holds only where the block is given; one over what is inside the elements of
/// a list is a [`Rule::Custom`].
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// One of these must be given, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// One of these must be given at least.
    AtLeastOneOf(&'static [&'static str]),
    /// No two of these may be given.
    AtMostOneOf(&'static [&'static str]),
    /// Where the first is given, so must the others be.
    Needs(&'static str, &'static [&'static str]),
    /// Where one of these is given, so must the others be.
    Together(&'static [&'static str]),
    /// Where the first is given, none of the others may be.
    Excludes(&'static str, &'static [&'static str]),
    /// A rule that only code can say: what is wrong with these checked inputs.
    ///
    /// Inputs may hold unknowns; a rule must not complain of them.
    Custom(fn(&Object) -> Vec<CheckFailure>),
    /// The same of what the API refuses by what it states: a preview warns of it, and it is sent.
    Stated(fn(&Object) -> Vec<CheckFailure>),
}

/// A resource type whose author has code for it; without fields. One that lives in a REST API is a
/// [`rest::resource`](super::rest::resource).
pub const fn resource(name: &'static str) -> Resource {
    Resource {
        name,
        doc: "",
        fields: &[],
        rules: &[],
        class: Class::Own,
        listed_by: None,
        natural_key: &[],
        holds: &[],
        fixed: None,
        permanent: None,
        create_with: None,
        adjust: None,
        update_first: None,
        apart: &[],
        sought: &[],
        dialects: None,
        create_timeout: None,
    }
}

/// A part of a natural key.
pub const fn key(name: &'static str) -> KeyPart {
    KeyPart { name, absent: None }
}

impl KeyPart {
    /// What the API takes an absent value for.
    pub const fn or(mut self, absent: &'static str) -> Self {
        self.absent = Some(absent);
        self
    }
}

impl Resource {
    /// What it is, in one or two sentences.
    pub const fn doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// Its properties.
    pub const fn fields(mut self, fields: &'static [Field]) -> Self {
        self.class.check(fields);
        self.fields = fields;
        self
    }

    /// Rules over several properties.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// Its resources can be listed, by these properties where the user gives them.
    pub const fn listed_by(mut self, properties: &'static [&'static str]) -> Self {
        self.listed_by = Some(properties);
        self
    }

    /// The API does not list its resources.
    pub const fn not_listed(mut self) -> Self {
        self.listed_by = None;
        self
    }

    /// The properties of which there can be only one with the same values: a name that nothing else may have.
    ///
    /// Where a replacement has the same ones, the framework has the old resource deleted first, since the two cannot be there
    /// together. Everything else is left to the author's code: what a create does where there is one already, and how one is
    /// found whose id is not known.
    pub const fn natural_key(mut self, parts: &'static [KeyPart]) -> Self {
        self.natural_key = parts;
        self
    }

    /// Some of these objects are the server's own, in which it alone sets these properties, as their outputs tell: what a
    /// program gives for them is no difference, and a preview warns of it.
    pub const fn fixed(mut self, properties: fn(&Object) -> &'static [&'static str]) -> Self {
        self.fixed = Some(properties);
        self
    }

    /// Some of these objects are the server's own, and are never deleted: why, from their outputs.
    pub const fn permanent(mut self, why: fn(&Object) -> Option<&'static str>) -> Self {
        self.permanent = Some(why);
        self
    }

    /// The properties of which the API holds only one with the same values; `None` where it may hold many that are
    /// alike. What is alone in its API has no such property, and is unique all the same.
    pub fn unique_by(&self) -> Option<Vec<KeyPart>> {
        match self.class.place() {
            Some(rows) => Some(rows.map(key).collect()),
            None if self.natural_key.is_empty() => None,
            None => Some(self.natural_key.to_vec()),
        }
    }

    /// The property of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The properties that a program can set.
    pub fn inputs(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.fields.iter().filter(|field| field.is_input())
    }

    /// The properties by which its resources can be listed.
    pub fn list_inputs(&self) -> impl Iterator<Item = &'static Field> + use<> {
        let by = self.listed_by.unwrap_or_default();
        self.fields.iter().filter(move |field| by.contains(&field.name))
    }

    /// The property whose value Check makes up where the program gives none.
    pub fn autonamed(&self) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.autonamed)
    }
}
