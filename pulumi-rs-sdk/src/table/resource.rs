//! A resource: its rows, its rules, and where it lives in the API.

use super::Field;
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
    /// Where it lives in a REST API, if it does.
    pub rest: Option<Rest>,
    /// The properties by which its resources can be listed; `None` where they cannot be listed.
    pub listed_by: Option<&'static [&'static str]>,
    /// The properties by which the API holds it unique.
    pub natural_key: &'static [KeyPart],
    /// What a create sends beside the rows.
    pub create_with: Option<fn(&Object) -> WireObject>,
    /// The last word on outputs, from what was known before the answer.
    pub adjust: Option<fn(&mut Object, &Object)>,
    /// What an update from the old state to the new inputs has to send first, in a request of its own.
    pub update_first: Option<fn(&Known, &Object) -> Option<WireObject>>,
}

/// The members of a JSON object on the wire.
pub type WireObject = serde_json::Map<String, serde_json::Value>;

/// Where a resource lives in a REST API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The path of the collection, without slashes at the ends.
    pub collection: &'static str,
    /// The wire name of the id in answers.
    pub id: &'static str,
    /// The method of an update.
    pub update: Method,
}

/// The method of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Changes what is sent.
    Patch,
    /// Replaces the whole.
    Put,
}

/// A property that is part of what makes a resource unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPart {
    /// The Pulumi name of the property.
    pub name: &'static str,
    /// What the API takes an absent value for.
    pub absent: Option<&'static str>,
}

/// A rule over several properties of one resource.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// One of these must be given, and only one.
    ExactlyOneOf(&'static [&'static str]),
    /// A rule that only code can say: what is wrong with these checked inputs.
    ///
    /// Inputs may hold unknowns; a rule must not complain of them.
    Custom(fn(&Object) -> Vec<CheckFailure>),
}

/// A resource type; without fields, and without a REST API until [`Resource::rest`] names one.
pub const fn resource(name: &'static str) -> Resource {
    Resource {
        name,
        doc: "",
        fields: &[],
        rules: &[],
        rest: None,
        listed_by: None,
        natural_key: &[],
        create_with: None,
        adjust: None,
        update_first: None,
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
        self.fields = fields;
        self
    }

    /// Rules over several properties.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// It lives in the collection at that path of a REST API, and can be listed from there.
    pub const fn rest(mut self, collection: &'static str) -> Self {
        self.rest = Some(Rest { collection, id: "id", update: Method::Patch });
        self.listed_by(&[])
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

    /// The wire name of the id in answers, where that is not `id`.
    pub const fn id_from(mut self, wire: &'static str) -> Self {
        if let Some(rest) = &mut self.rest {
            rest.id = wire;
        }
        self
    }

    /// The method of an update, where that is not PATCH.
    pub const fn update(mut self, method: Method) -> Self {
        if let Some(rest) = &mut self.rest {
            rest.update = method;
        }
        self
    }

    /// The properties by which the API holds it unique.
    pub const fn natural_key(mut self, parts: &'static [KeyPart]) -> Self {
        self.natural_key = parts;
        self
    }

    /// What a create sends beside the rows, from the checked inputs.
    pub const fn create_with(mut self, members: fn(&Object) -> WireObject) -> Self {
        self.create_with = Some(members);
        self
    }

    /// The last word on outputs, from what was known before the answer: inputs or old outputs.
    pub const fn adjust(mut self, outputs: fn(&mut Object, &Object)) -> Self {
        self.adjust = Some(outputs);
        self
    }

    /// What an update from the old state to the new inputs has to send first, in a request of its own.
    pub const fn update_first(
        mut self,
        members: fn(&Known, &Object) -> Option<WireObject>,
    ) -> Self {
        self.update_first = Some(members);
        self
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
