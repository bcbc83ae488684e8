//! Laws: what holds of every sound table, whatever it is a table of. Pure.
//!
//! [`crate::testing::laws`] is the test that a provider needs; what a law forbids would compile, and do nothing or the wrong
//! thing.

mod names;
#[cfg(test)]
mod tests;
mod words;

use crate::table::rest::{Class, Lookup};
use crate::table::{Field, Follows, Function, Kind, ObjectType, Package, Rare, Resource, Rule};
use words::Place;

/// What in the tables of the package breaks a law: each with the place where it stands.
///
/// - Resources, functions and methods are sorted, and every name is there once, has the case that SDKs expect, and is
///   none that Pulumi keeps for itself.
/// - Everything has a description that ends with a full stop.
/// - A default is of the kind of its row, and one that the row allows.
/// - No word stands where it has no effect, on an output `replaces` for instance.
/// - What is named (in rules, keys, lists) is a row.
/// - The version is one, and the text about languages is a JSON object.
pub fn broken<P>(package: &Package<P>) -> Vec<String> {
    let mut laws = Laws { broken: Vec::new(), types: Vec::new() };
    laws.package(package);
    laws.fields(package.config, Place::Config, "config");
    for resource in package.resource_tables() {
        laws.resource(resource);
    }
    for function in package.function_tables().chain(package.method_tables()) {
        laws.function(function);
    }
    laws.broken
}

struct Laws {
    broken: Vec<String>,
    /// The named types that were seen, of which each is to have one form.
    types: Vec<&'static ObjectType>,
}

impl Laws {
    fn break_at(&mut self, at: &str, what: impl AsRef<str>) {
        self.broken.push(format!("{at}: {}", what.as_ref()));
    }

    fn package<P>(&mut self, package: &Package<P>) {
        if !names::is_package(package.name) {
            self.break_at(
                "package",
                "the name has to be of lower-case letters, digits and hyphens",
            );
        }
        if !names::is_version(package.version) {
            self.break_at("package", "the version has to be three numbers: `1.2.3`, `1.2.3-rc.1`");
        }
        if !matches!(serde_json::from_str(package.languages), Ok(serde_json::Value::Object(_))) {
            self.break_at("package", "`languages` has to be a JSON object");
        }
        self.sorted("resources", package.resource_tables().map(|resource| resource.name));
        self.sorted("functions", package.function_tables().map(|function| function.name));
        self.sorted("methods", package.method_tables().map(|method| method.name));
        for field in package.config {
            if field.name == "version" || field.name.starts_with("plugin") {
                self.break_at(
                    &format!("config.{}", field.name),
                    "the engine has this key for itself",
                );
            }
        }
    }

    fn sorted(&mut self, at: &str, names: impl Iterator<Item = &'static str>) {
        let names: Vec<&str> = names.collect();
        for pair in names.windows(2) {
            match pair[0].cmp(pair[1]) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => {
                    self.break_at(at, format!("{} is there twice", pair[0]));
                }
                std::cmp::Ordering::Greater => {
                    self.break_at(at, format!("not sorted: {} after {}", pair[1], pair[0]));
                }
            }
        }
    }

    fn doc(&mut self, at: &str, doc: &str) {
        if !doc.ends_with('.') {
            self.break_at(at, "a description that ends with a full stop is missing");
        }
    }

    fn resource(&mut self, resource: &'static Resource) {
        let at = resource.name;
        self.doc(at, resource.doc);
        if !names::is_pascal_case(at) {
            self.break_at(at, "the name of a resource begins with a capital letter: `MyFile`");
        }
        for field in resource.fields.iter().filter(|field| ["id", "urn"].contains(&field.name)) {
            self.break_at(&format!("{at}.{}", field.name), "every resource has one already");
        }
        let is_rest = !matches!(resource.class, Class::Own);
        self.fields(resource.fields, Place::Resource { is_rest }, at);
        let is_sent = resource.create_with.is_some() || resource.update_first.is_some();
        if !is_rest && (is_sent || resource.adjust.is_some()) {
            self.break_at(
                at,
                "`create_with`, `update_first` and `adjust` are for providers of REST APIs",
            );
        }
        let autonamed: Vec<_> = resource.fields.iter().filter(|field| field.autonamed).collect();
        if autonamed.len() > 1 {
            self.break_at(at, "only one row can be `autonamed`");
        }
        self.rules(at, resource.rules, resource.fields);
        for key in resource.natural_key.iter().map(|key| key.name) {
            self.input(at, "natural_key", key, resource.fields);
        }
        for field in resource.fields {
            let followed: &[&str] = match &field.follows {
                Follows::Rows(names) => names,
                Follows::UpdateIf(flag) => std::slice::from_ref(flag),
                Follows::Nothing | Follows::Update => &[],
            };
            let here = format!("{at}.{}", field.name);
            for name in followed.iter().filter(|name| resource.field(name).is_none()) {
                self.break_at(&here, format!("follows names `{name}`, which is no property"));
            }
            if let Some(name) = field.sent_with() {
                self.input(&here, "sent_with", name, resource.fields);
            }
            if let Rare::GoesWith(name) = field.rare {
                self.input(&here, "goes_with", name, resource.fields);
            }
        }
        for name in resource.listed_by.unwrap_or_default() {
            self.input(at, "listed_by", name, resource.fields);
        }
    }

    fn function(&mut self, function: &'static Function) {
        let at = function.name;
        self.doc(at, function.doc);
        if !names::is_camel_case(at) {
            self.break_at(at, "the name of a function begins with a small letter: `getFile`");
        }
        let is_rest = !matches!(function.lookup, Lookup::Own);
        self.fields(function.inputs, Place::Argument { is_rest }, at);
        self.fields(function.output_fields(), Place::Answer, &format!("{at} gives"));
        self.rules(at, function.rules, function.inputs);
    }

    fn rules(&mut self, at: &str, rules: &[Rule], fields: &[Field]) {
        for rule in rules {
            let (first, names): (Option<&str>, &[&str]) = match rule {
                Rule::ExactlyOneOf(names)
                | Rule::AtLeastOneOf(names)
                | Rule::AtMostOneOf(names)
                | Rule::Together(names) => (None, names),
                Rule::Needs(first, names) | Rule::Excludes(first, names) => (Some(first), names),
                Rule::Custom(_) | Rule::Stated(_) => (None, &[]),
            };
            for name in first.iter().chain(names) {
                // What is inside a block is named by its way.
                let top = name.split(['.', '[']).next().unwrap_or_default();
                self.input(at, "a rule", top, fields);
            }
        }
    }

    fn input(&mut self, at: &str, word: &str, name: &str, fields: &[Field]) {
        if !fields.iter().any(|field| field.name == name && field.is_input()) {
            self.break_at(at, format!("{word} names `{name}`, which a program cannot give"));
        }
    }

    fn fields(&mut self, fields: &'static [Field], place: Place, at: &str) {
        for (index, field) in fields.iter().enumerate() {
            let here = format!("{at}.{}", field.name);
            if fields[..index].iter().any(|other| other.name == field.name) {
                self.break_at(&here, "there twice");
            }
            if !names::is_camel_case(field.name) {
                self.break_at(&here, "the name of a property begins with a small letter: `myName`");
            }
            self.doc(&here, field.doc);
            for word in words::without_effect(field, place) {
                self.break_at(&here, word);
            }
            let mut kind = field.kind;
            while let Kind::List(of) | Kind::Map(of) = kind {
                kind = *of;
            }
            if let Kind::Object(of) = kind {
                self.object_type(of, place, &here);
            }
        }
    }

    fn object_type(&mut self, of: &'static ObjectType, place: Place, at: &str) {
        let same = |a: &ObjectType, b: &ObjectType| {
            a.fields.iter().map(|field| field.name).eq(b.fields.iter().map(|field| field.name))
        };
        match self.types.iter().find(|seen| seen.name == of.name) {
            Some(seen) if same(seen, of) => {}
            Some(_) => self.break_at(at, format!("two different types are called {}", of.name)),
            None => self.types.push(of),
        }
        self.fields(of.fields, place.inside(), at);
    }
}
