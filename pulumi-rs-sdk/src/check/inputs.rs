//! The walk over what a program gives, row by row.

use std::borrow::Cow;
use std::fmt;

use super::autoname::{Autonaming, generate};
use super::closest::suggest;
use super::coerce::{coerce, noun};
use super::constraint::{spelled, violated};
use super::rules::complaints;
use crate::looked_up::missing;
use crate::path::{PropertyPath, Way};
use crate::state::{DEFAULTS, strip};
use crate::table::{
    Codec, Constraint, Field, Function, Kind, Package, Presence, Rare, Resource, Sent, optional,
};
use crate::value::{Object, Value};

/// What Check is told beside the inputs.
pub struct CheckContext<'a> {
    /// The name of the resource: the last part of its URN.
    pub name: &'a str,
    /// The inputs that the state holds; empty where the resource is new.
    pub olds: &'a Object,
    /// The engine's random seed for this resource.
    pub seed: &'a [u8],
    /// What the engine's configuration says about names; `None` leaves it to the provider.
    pub autonaming: Option<Autonaming>,
}

/// What Check found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked {
    /// The inputs, complete with defaults.
    pub inputs: Object,
    /// The user's mistakes, all of them; the inputs count only where there are none.
    pub failures: Vec<CheckFailure>,
}

/// A mistake of the user: where it is, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckFailure {
    /// Where it is; empty where it is about the whole.
    pub property: PropertyPath,
    /// What is wrong, and what is allowed.
    pub reason: String,
}

impl CheckFailure {
    /// A mistake at the top-level property `name`.
    pub fn at(name: &str, reason: impl Into<String>) -> Self {
        CheckFailure { property: PropertyPath::of(name), reason: reason.into() }
    }
}

/// `scopes[1]: must not be empty`
impl fmt::Display for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.property.steps() {
            [] => f.write_str(&self.reason),
            _ => write!(f, "{}: {}", self.property, self.reason),
        }
    }
}

/// Checks what a program gives for a resource and completes it.
///
/// Inputs come back with nulls left out, scalars in the kind of their row, defaults filled in, and, at
/// every level of objects, a sorted list `__defaults` of the properties that were: the form that the
/// published providers store.
pub fn check(resource: &Resource, news: &Object, context: &CheckContext<'_>) -> Checked {
    let mut walk = Walk::of("this resource does not have it");
    let mut given = Cow::Borrowed(news);
    let named = autoname(resource, &mut given, context, &mut walk);
    let olds = Some(context.olds).filter(|olds| !olds.is_empty());
    let mut inputs = walk.object(resource.fields, &given, olds, &Way::Start);
    if let (Some(name), Some(Value::Array(defaults))) = (named, inputs.get_mut(DEFAULTS)) {
        defaults.push(name.into());
        defaults.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
    walk.unchangeable(resource, context.olds, &inputs);
    for rule in resource.rules {
        walk.failures.extend(complaints(rule, &inputs));
    }
    Checked { inputs, failures: walk.failures }
}

/// Checks the configuration of a provider.
///
/// The engine's own keys (`version`, `pluginDownloadURL`, and all that begin with `__`) stay as they are,
/// and no defaults are filled in: [`fill_config`] does it for Configure.
pub fn check_config<P>(package: &Package<P>, news: &Object) -> Checked {
    let engine_key =
        |name: &str| name == "version" || name.starts_with("plugin") || name.starts_with("__");
    let (own, mut inputs): (Object, Object) =
        news.clone().into_iter().partition(|(name, _)| !engine_key(name));
    let mut walk = Walk::of("this provider has no such setting");
    for field in missing_config(package.config, &own) {
        let secret = if field.secret { "--secret " } else { "" };
        let to_do = format!(
            "missing: set it by `pulumi config set {secret}{}:{} <value>`, or give it to the provider that \
             your program makes",
            package.name, field.name
        );
        walk.fail(&Way::Start.name(field.name), to_do);
    }
    // What is missing has been said.
    let rows: Vec<Field> = package
        .config
        .iter()
        .map(|field| match field.presence {
            Presence::Required => Field { presence: Presence::Optional, default: None, ..*field },
            _ => Field { default: None, ..*field },
        })
        .collect();
    let mut checked = walk.object(&rows, &own, None, &Way::Start);
    checked.remove(DEFAULTS);
    inputs.append(&mut checked);
    Checked { inputs, failures: walk.failures }
}

/// The rows of the configuration that are required, and have neither a value nor a default.
pub fn missing_config(rows: &'static [Field], config: &Object) -> Vec<&'static Field> {
    let has_value = |field: &Field| config.get(field.name).is_some_and(|value| !value.is_null());
    let required = |field: &&Field| field.presence == Presence::Required && field.default.is_none();
    rows.iter().filter(required).filter(|field| !has_value(field)).collect()
}

/// Fills in the defaults of a configuration: what a provider is configured with, and what is compared.
pub fn fill_config(rows: &[Field], config: &mut Object) {
    for field in rows {
        if let Some(default) = field.default
            && config.get(field.name).is_none_or(Value::is_null)
        {
            config.insert(field.name.to_owned(), default.into());
        }
    }
}

/// Checks the arguments of a function.
///
/// They come back as inputs do, but without `__defaults`.
pub fn check_arguments(function: &Function, arguments: &Object) -> Checked {
    let mut walk = Walk::of("this function does not take it");
    let mut inputs = walk.object(function.inputs, arguments, None, &Way::Start);
    strip(&mut inputs);
    for rule in function.rules {
        walk.failures.extend(complaints(rule, &inputs));
    }
    walk.failures.extend(missing(function, &inputs));
    Checked { inputs, failures: walk.failures }
}

/// Checks what resources of a type are to be listed by: properties that its table says they can be.
pub fn check_query(resource: &Resource, query: &Object) -> Checked {
    let by = resource
        .list_inputs()
        .map(|field| Field { constraint: field.constraint, ..optional(field.name, field.kind) });
    let mut walk = Walk::of("resources of this type cannot be listed by it");
    let mut inputs = walk.object(&by.collect::<Vec<_>>(), query, None, &Way::Start);
    strip(&mut inputs);
    Checked { inputs, failures: walk.failures }
}

/// Whether the row takes the value, as a default for instance.
pub(crate) fn allows(field: &Field, value: &Value) -> bool {
    let mut walk = Walk::of("");
    let taken = walk.value(field, field.kind, value, None, &Way::Start);
    walk.failures.is_empty() && taken.as_ref() == Some(value)
}

/// Puts a name where the program gives none; returns the property that it is in.
fn autoname(
    resource: &Resource,
    given: &mut Cow<'_, Object>,
    context: &CheckContext<'_>,
    walk: &mut Walk,
) -> Option<&'static str> {
    let field = resource.autonamed()?;
    if given.get(field.name).is_some_and(|value| !value.is_null()) {
        return None;
    }
    if matches!(field.constraint, Constraint::OneOf(_)) {
        walk.fail(&Way::Start.name(field.name), "missing: this property is required");
        return None;
    }
    let old = context.olds.get(field.name).and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = match (old, &context.autonaming) {
        (Some(old), _) => Some(old.to_owned()),
        (None, Some(Autonaming::Propose(name) | Autonaming::Enforce(name))) => Some(name.clone()),
        (None, Some(Autonaming::Disable)) => None,
        (None, None) => generate(context.name, context.seed),
    };
    match name {
        Some(name) => {
            given.to_mut().insert(field.name.to_owned(), name.into());
            Some(field.name)
        }
        None => {
            walk.fail(
                &Way::Start.name(field.name),
                "missing, and automatic names are switched off: give one",
            );
            None
        }
    }
}

struct Walk {
    failures: Vec<CheckFailure>,
    /// What is wrong with a property that is not in the table.
    foreign: &'static str,
}

impl Walk {
    fn of(foreign: &'static str) -> Self {
        Walk { failures: Vec::new(), foreign }
    }

    fn fail(&mut self, at: &Way<'_>, reason: impl Into<String>) {
        self.failures.push(CheckFailure { property: at.path(), reason: reason.into() });
    }

    /// The inputs that a program gives at the end of `way`, complete with defaults; `olds` are those of the state.
    ///
    /// What was imported has no default that it did not have: it is not to be changed by a program that says
    /// nothing of it.
    fn object(
        &mut self,
        fields: &[Field],
        given: &Object,
        olds: Option<&Object>,
        way: &Way<'_>,
    ) -> Object {
        let mut inputs = Object::new();
        for (name, value) in given {
            if name.starts_with("__") || value.is_null() {
                continue;
            }
            let at = way.name(name);
            match fields.iter().find(|field| field.name == name) {
                None => self.fail(&at, unknown_property(fields, name, self.foreign)),
                Some(field) if !field.is_input() => {
                    self.fail(&at, "only the server sets this property: leave it out");
                }
                Some(field) => {
                    let old = olds.and_then(|olds| olds.get(name));
                    if let Some(value) = self.value(field, field.kind, value, old, &at) {
                        inputs.insert(name.clone(), value);
                    }
                }
            }
        }
        let mut defaults = Vec::new();
        let lacks = |field: &Field| olds.is_some_and(|olds| !olds.contains_key(field.name));
        let is_absent = |field: &&Field| given.get(field.name).is_none_or(Value::is_null);
        // Few rows ask for something where nothing is given.
        let asks = |field: &&Field| field.default.is_some() || field.presence == Presence::Required;
        for field in fields.iter().filter(asks).filter(is_absent) {
            if let Some(default) = field.default.filter(|_| !lacks(field)) {
                inputs.insert(field.name.to_owned(), default.into());
                defaults.push(field.name);
            } else if field.presence == Presence::Required {
                self.fail(&way.name(field.name), "missing: this property is required");
            }
        }
        defaults.sort_unstable();
        inputs.insert(DEFAULTS.to_owned(), Value::from(defaults));
        inputs
    }

    fn value(
        &mut self,
        field: &Field,
        kind: Kind,
        given: &Value,
        old: Option<&Value>,
        at: &Way<'_>,
    ) -> Option<Value> {
        match (kind, given) {
            (_, Value::Unknown) => Some(Value::Unknown),
            (Kind::Any, given) => Some(given.clone()),
            (Kind::List(of), Value::Array(items)) => Some(Value::Array(
                items
                    .iter()
                    .enumerate()
                    .filter_map(|(index, item)| {
                        self.value(field, *of, item, None, &at.index(index))
                    })
                    .collect(),
            )),
            // The published provider takes a single value for a list of one.
            (Kind::List(of), single) if is_one_of(*of, single) => {
                self.value(field, *of, single, None, at).map(|item| Value::Array(vec![item]))
            }
            // To the published provider an object is a list of one at most, and it stores null for the empty one.
            (Kind::Object(_), Value::Array(items)) if items.is_empty() => Some(Value::Null),
            (Kind::Map(of), Value::Object(entries)) => Some(Value::Object(
                entries
                    .iter()
                    .filter(|(name, value)| !name.starts_with("__") && !value.is_null())
                    .filter_map(|(name, value)| {
                        self.value(field, *of, value, None, &at.name(name))
                            .map(|v| (name.clone(), v))
                    })
                    .collect(),
            )),
            (Kind::Object(of), Value::Object(properties)) => {
                let old = old.and_then(Value::as_object);
                Some(Value::Object(self.object(of.fields, properties, old, at)))
            }
            (kind, given) => match coerce(kind, given) {
                Some(value) => {
                    let value = spelled(field.constraint, value);
                    let reason = match field.codec {
                        Codec::JsonText | Codec::IndentedJson => not_json(&value),
                        _ => violated(field.constraint, &value),
                    };
                    if let Some(reason) = reason {
                        self.fail(at, reason);
                    }
                    Some(value)
                }
                None => {
                    self.fail(at, format!("expected {}, got {}", kind.noun(), noun(given)));
                    None
                }
            },
        }
    }

    /// Complains of a property that the API takes on create only and that has changed since.
    fn unchangeable(&mut self, resource: &Resource, olds: &Object, inputs: &Object) {
        let create_only =
            resource.inputs().filter(|field| field.sent == Sent::Create && !field.is_replacing());
        for field in create_only.filter(|_| !olds.is_empty()) {
            let old = olds.get(field.name).unwrap_or(&Value::Null);
            match inputs.get(field.name) {
                Some(new) if new != old && !new.contains_unknown() => {
                    self.fail(&Way::Start.name(field.name), UNCHANGEABLE)
                }
                _ => {}
            }
        }
        if !olds.is_empty() {
            self.said_once(resource.fields, olds, inputs, &Way::Start);
        }
    }

    /// Complains of what was given before, and cannot be changed since.
    fn said_once(
        &mut self,
        fields: &'static [Field],
        olds: &Object,
        inputs: &Object,
        at: &Way<'_>,
    ) {
        for field in fields {
            let (Some(old), Some(new)) = (olds.get(field.name), inputs.get(field.name)) else {
                continue;
            };
            let at = at.name(field.name);
            match (field.kind, old, new) {
                _ if field.rare == Rare::Once && old != new && !new.contains_unknown() => {
                    self.fail(&at, UNCHANGEABLE);
                }
                (Kind::Object(of), Value::Object(old), Value::Object(new)) => {
                    self.said_once(of.fields, old, new, &at);
                }
                (Kind::List(Kind::Object(of)), Value::Array(old), Value::Array(new)) => {
                    for (index, (old, new)) in old.iter().zip(new).enumerate() {
                        if let (Value::Object(old), Value::Object(new)) = (old, new) {
                            self.said_once(of.fields, old, new, &at.index(index));
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

const UNCHANGEABLE: &str = "cannot be changed once the resource exists: restore the old value, or replace \
                            the resource";

/// Whether a value stands where one element of a list of this kind would.
fn is_one_of(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Object(_) | Kind::Map(_) => matches!(value, Value::Object(_)),
        _ => matches!(value, Value::String(_) | Value::Bool(_) | Value::Number(_)),
    }
}

fn unknown_property(fields: &[Field], name: &str, foreign: &str) -> String {
    let inputs = fields.iter().filter(|field| field.is_input());
    match suggest(inputs.map(|field| field.name), name) {
        guess if guess.is_empty() => format!("unknown property: {foreign}"),
        guess => format!("unknown property{guess}"),
    }
}

/// What is wrong with a text that has to hold JSON, if it holds anything.
fn not_json(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.is_empty())?;
    let error = serde_json::from_str::<serde_json::Value>(text).err()?;
    Some(format!("expected JSON in the text: {error}"))
}
