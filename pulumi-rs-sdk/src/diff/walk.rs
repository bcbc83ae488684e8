//! The walk over old state and new inputs, row by row.

use super::lists::compare;
use crate::path::PropertyPath;
use crate::provider::Known;
use crate::state::{
    Leaving, counting, is_absent, is_default, is_switch, is_zero, json_members, leaving,
};
use crate::table::{Codec, Field, Follows, Kind, Literal, ObjectType, Rare, Reset, Resource, Sent};
use crate::value::{Object, Value};

/// What changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diff {
    /// The changes, in the order of the table.
    pub changes: Vec<Change>,
    /// What left the program and stays on the server, since nothing clears it.
    pub stays: Vec<Stay>,
    /// What the program gives otherwise, and the server alone sets.
    pub fixed: Vec<PropertyPath>,
    /// Whether the old resource has to go before the new one can be made.
    pub delete_before_replace: bool,
}

/// A property that left the program and stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Stay {
    /// Where it is.
    pub path: PropertyPath,
    /// What the server gives by itself, if that is known.
    pub server_default: Option<Literal>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is.
    pub path: PropertyPath,
    /// What happens to the value.
    pub kind: ChangeKind,
    /// Whether it makes a new resource.
    pub replaces: bool,
    /// Whether it shows as old inputs against new inputs, not as old outputs against new inputs.
    pub input_diff: bool,
}

/// What happens to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was not there.
    Add,
    /// It becomes another.
    Update,
    /// It goes.
    Delete,
}

impl Diff {
    /// Whether a new resource has to be made.
    pub fn replaces(&self) -> bool {
        self.changes.iter().any(|change| change.replaces)
    }

    /// Whether something changes at or under the top-level property `name`.
    pub fn touches(&self, name: &str) -> bool {
        self.changes.iter().any(|change| change.path.top() == name)
    }
}

/// Compares the inputs of the program with what is stored.
///
/// # Guarantees
/// - A value that the program gives is compared with the stored output: a value that the server has
///   already is no change, whoever set it.
/// - A value has left the program where the old inputs have it, not as a default, and the new ones do
///   not. It is a deletion, or stays where its row says that it cannot be cleared.
/// - A value that only outputs have is never a change. One that a refresh has found on the server is in
///   the old inputs, so that it has left the program.
/// - Absence and the zero value of a kind are the same.
/// - A block that appears or vanishes makes a new resource, where its row says so.
/// - What is never stored has changed where an output that is made of it is foreseen to be another than the stored one.
/// - What does not count by the value of another property is no change, nor is what only the server says, or what it alone
///   sets in an object of its own; but where it says that an update is due, one is.
pub fn diff(resource: &Resource, old: &Known, news: &Object, ignore_changes: &[String]) -> Diff {
    let mut walk = Walk::default();
    let at = PropertyPath::default();
    let inputs = counting(resource.fields, &old.inputs);
    let now = counting(resource.fields, news);
    walk.fields(resource.fields, Some(&inputs), Some(&old.outputs), &now, &at, false);
    for (field, follower) in unstored(resource) {
        let foreseen = follower.foreseen.and_then(|foreseen| foreseen(&now));
        let stored = old.outputs.get(follower.name).filter(|stored| !stored.is_null());
        if foreseen.zip(stored).is_some_and(|(foreseen, stored)| foreseen != *stored) {
            walk.change(at.name(field.name), ChangeKind::Update, field.is_replacing(), true);
        }
    }
    for field in resource.fields {
        let Rare::DueAt(texts) = field.rare else { continue };
        let stored = old.outputs.get(field.name).and_then(Value::as_str);
        if stored.is_some_and(|stored| texts.contains(&stored)) {
            walk.change(at.name(field.name), ChangeKind::Update, false, false);
        }
    }
    let ignored: Vec<PropertyPath> =
        ignore_changes.iter().filter_map(|path| PropertyPath::parse(path)).collect();
    let is_ignored = |path: &PropertyPath| ignored.iter().any(|other| path.starts_with(other));
    walk.changes.retain(|change| !is_ignored(&change.path));
    walk.stays.retain(|stay| !is_ignored(&stay.path));
    replace_what_comes_or_goes(resource, old, news, &mut walk.changes);
    let fixed = resource.fixed.map_or(&[][..], |fixed| fixed(&old.outputs));
    let is_fixed = |path: &PropertyPath| fixed.contains(&path.top());
    walk.stays.retain(|stay| !is_fixed(&stay.path));
    let (fixed, changes): (Vec<Change>, Vec<Change>) =
        walk.changes.into_iter().partition(|change| is_fixed(&change.path));
    let mut diff = Diff {
        changes,
        stays: walk.stays,
        fixed: fixed.into_iter().map(|change| change.path).collect(),
        delete_before_replace: false,
    };
    diff.delete_before_replace = (diff.replaces()
        && (keeps_given_name(resource, news) || keeps_sought(resource, old, news)))
        || keeps_key(resource, old, news);
    diff
}

/// The rows that are never stored, each with one that is made of it.
fn unstored(resource: &Resource) -> impl Iterator<Item = (&'static Field, &'static Field)> {
    let fields = resource.fields;
    fields.iter().filter(|field| field.never_stored).flat_map(move |field| {
        let follows = move |other: &&Field| matches!(other.follows, Follows::Rows(rows) if rows.contains(&field.name));
        fields.iter().filter(follows).map(move |follower| (field, follower))
    })
}

/// Whether two values of one row say the same.
pub fn unchanged(field: &Field, old: &Value, new: &Value, at: &PropertyPath) -> bool {
    let mut walk = Walk::default();
    walk.value(field, field.kind, Some(old), Some(old), new, at, false);
    walk.changes.is_empty()
}

/// Makes a new resource of one whose block appears or vanishes, where the API takes that on create only.
fn replace_what_comes_or_goes(
    resource: &Resource,
    old: &Known,
    news: &Object,
    changes: &mut [Change],
) {
    for field in resource.inputs().filter(|field| field.replaces_if_it_comes_or_goes) {
        let there =
            |values: &Object| values.get(field.name).is_some_and(|value| !is_absent(field, value));
        if there(&old.outputs) != there(news) {
            let changes = changes.iter_mut().filter(|change| change.path.top() == field.name);
            changes.for_each(|change| change.replaces = true);
        }
    }
}

/// Whether the new resource has a name that the program chose, which the old one may hold.
fn keeps_given_name(resource: &Resource, news: &Object) -> bool {
    resource.autonamed().is_some_and(|field| !is_default(news, field.name))
}

/// Whether old and new resource have the same value of a row of which the API has no two.
fn keeps_sought(resource: &Resource, old: &Known, news: &Object) -> bool {
    resource.sought.iter().any(|sought| {
        let stored = old.outputs.get(sought.row).filter(|value| !is_zero(value));
        stored.is_some() && stored == news.get(sought.row)
    })
}

/// Whether old and new resource have the same natural key, so that the API cannot hold both.
fn keeps_key(resource: &Resource, old: &Known, news: &Object) -> bool {
    let part = |values: &Object, name: &str, absent: Option<&str>| match values.get(name) {
        Some(value) if !is_zero(value) => value.clone(),
        _ => absent.map_or(Value::Null, Value::from),
    };
    resource.unique_by().is_some_and(|keys| {
        let mut keys = keys.iter();
        keys.all(|key| part(&old.outputs, key.name, key.absent) == part(news, key.name, key.absent))
    })
}

#[derive(Default)]
struct Walk {
    changes: Vec<Change>,
    stays: Vec<Stay>,
}

impl Walk {
    fn fields(
        &mut self,
        fields: &'static [Field],
        old_inputs: Option<&Object>,
        old_outputs: Option<&Object>,
        news: &Object,
        at: &PropertyPath,
        replaces: bool,
    ) {
        let compared =
            |field: &&Field| field.is_input() && field.sent != Sent::Ignored && !field.never_stored;
        for field in fields.iter().filter(compared) {
            let path = || at.name(field.name);
            let input = old_inputs.and_then(|inputs| inputs.get(field.name));
            let output = old_outputs
                .and_then(|outputs| outputs.get(field.name))
                .filter(|_| !field.write_only);
            // What moves was somewhere before.
            let was_there = || output.or(input).is_some_and(|was| !is_absent(field, was));
            let replaces = replaces || field.replaces || (field.moves && was_there());
            match news.get(field.name).filter(|new| !new.is_null()) {
                // Most are as they were, and have no need of a path.
                Some(new) if output.or(input) == Some(new) => {}
                Some(new) => {
                    self.value(field, field.kind, input, output.or(input), new, &path(), replaces);
                }
                None => {
                    if let Some(inputs) = old_inputs {
                        self.left(field, inputs, output, &path(), replaces);
                    }
                }
            }
        }
    }

    /// What becomes of a property that the program does not give any more, if it did before.
    fn left(
        &mut self,
        field: &Field,
        old_inputs: &Object,
        stored: Option<&Value>,
        at: &PropertyPath,
        replaces: bool,
    ) {
        match (leaving(field, old_inputs, stored), field.kind) {
            (Leaving::Nothing, _) => {}
            (_, Kind::Object(of)) if field.reset == Reset::Fields => {
                let given = old_inputs.get(field.name).and_then(Value::as_object);
                let stored = stored.and_then(Value::as_object);
                self.fields(of.fields, given, stored, &Object::new(), at, replaces);
            }
            (Leaving::Cleared, _) => self.change(at.clone(), ChangeKind::Delete, replaces, true),
            (Leaving::Stays, _) => {
                let server_default = field.server_default_value();
                self.stays.push(Stay { path: at.clone(), server_default });
            }
        }
    }

    /// Compares a value that the program gives; `input` is what it gave before, `stored` what there is.
    #[allow(clippy::too_many_arguments, reason = "the two trees, and where in them the walk is")]
    fn value(
        &mut self,
        field: &Field,
        kind: Kind,
        input: Option<&Value>,
        stored: Option<&Value>,
        new: &Value,
        at: &PropertyPath,
        replaces: bool,
    ) {
        let stored = stored.unwrap_or(&Value::Null);
        let was_absent = is_absent(field, stored);
        if (was_absent && is_absent(field, new)) || stored == new {
            return;
        }
        let kind_of_change = match was_absent {
            true => ChangeKind::Add,
            false => ChangeKind::Update,
        };
        match (kind, new) {
            (Kind::Object(ObjectType { fields: [], .. }), Value::Object(_))
                if matches!(stored, Value::Object(_)) => {}
            (Kind::Object(of), Value::Object(news)) if !of.fields.is_empty() => {
                let before = self.changes.len();
                let inputs = input.and_then(Value::as_object);
                self.fields(of.fields, inputs, stored.as_object(), news, at, replaces);
                // A switch or a block that disables, which says so by nothing inside.
                let says_so = is_switch(field) || field.codec == Codec::DisableBlock;
                let toggled =
                    says_so && was_absent != is_absent(field, new) && self.changes.len() == before;
                if toggled {
                    self.change(at.clone(), kind_of_change, replaces, false);
                }
            }
            (Kind::Map(_), Value::Object(news)) => {
                let given = input.and_then(Value::as_object);
                self.map(given, stored.as_object(), news, at, replaces);
            }
            (Kind::List(of), Value::Array(news)) => {
                let empty = Vec::new();
                let olds = match stored {
                    Value::Array(items) => items,
                    _ => &empty,
                };
                let same = |old: &Value, new: &Value| same_element(field, *of, old, new);
                for change in compare(olds, news, field.unordered, same) {
                    self.change(at.index(change.index), change.kind, replaces, false);
                }
            }
            _ if field.is_overlaid_json() => {
                if !is_laid(input, stored, new) {
                    self.change(at.clone(), kind_of_change, replaces, false);
                }
            }
            _ if field.is_json() && same_json(field, stored, new) => {}
            _ if field.codec == Codec::Hours && is_same_minute(stored, new) => {}
            _ if is_same_behind(field, stored, new) => {}
            _ => self.change(at.clone(), kind_of_change, replaces, false),
        }
    }

    fn map(
        &mut self,
        given: Option<&Object>,
        stored: Option<&Object>,
        news: &Object,
        at: &PropertyPath,
        replaces: bool,
    ) {
        for (name, new) in news.iter().filter(|(name, _)| !name.starts_with("__")) {
            match stored.and_then(|stored| stored.get(name)) {
                Some(old) if old == new => {}
                Some(_) => self.change(at.name(name), ChangeKind::Update, replaces, false),
                None => self.change(at.name(name), ChangeKind::Add, replaces, false),
            }
        }
        let left = given.into_iter().flatten().filter(|(name, old)| {
            !name.starts_with("__") && !old.is_null() && !news.contains_key(*name)
        });
        for (name, _) in left {
            if stored.is_none_or(|stored| stored.contains_key(name)) {
                self.change(at.name(name), ChangeKind::Delete, replaces, true);
            }
        }
    }

    fn change(&mut self, path: PropertyPath, kind: ChangeKind, replaces: bool, input_diff: bool) {
        self.changes.push(Change { path, kind, replaces, input_diff });
    }
}

fn same_json(field: &Field, a: &Value, b: &Value) -> bool {
    let parse = |value: &Value| {
        let mut json: serde_json::Value =
            serde_json::from_str(value.as_str().unwrap_or_default()).ok()?;
        if let (Rare::FalseSaysNothing(names), Some(members)) = (field.rare, json.as_object_mut()) {
            members.retain(|name, value| *value != false || !names.contains(&name.as_str()));
        }
        Some(json)
    };
    parse(a).is_some_and(|a| parse(b) == Some(a))
}

/// Whether a JSON object that is laid over what is stored is there already, and nothing of it that was given before and is not any
/// more.
fn is_laid(given: Option<&Value>, stored: &Value, new: &Value) -> bool {
    let (Some(stored), Some(new)) = (json_members(stored), json_members(new)) else {
        return stored == new;
    };
    let given = given.and_then(json_members).unwrap_or_default();
    let left = given.keys().filter(|name| !new.contains_key(*name));
    new.iter().all(|(name, value)| stored.get(name) == Some(value))
        && left.into_iter().all(|name| !stored.contains_key(name))
}

/// Whether one of the two texts is the other, behind a name and what the row says that stands between.
fn is_same_behind(field: &Field, a: &Value, b: &Value) -> bool {
    let (Rare::Behind(separator), Some(a), Some(b)) = (field.rare, a.as_str(), b.as_str()) else {
        return false;
    };
    let is_behind = |whole: &str, own: &str| {
        whole.strip_suffix(own).is_some_and(|name| name.len() > 1 && name.ends_with(separator))
    };
    is_behind(a, b) || is_behind(b, a)
}

fn is_same_minute(a: &Value, b: &Value) -> bool {
    let minutes = |hours: &Value| hours.as_f64().map(|hours| (hours * 60.0).round());
    minutes(a).is_some_and(|a| minutes(b) == Some(a))
}

fn same_element(field: &Field, kind: Kind, old: &Value, new: &Value) -> bool {
    match (kind, old, new) {
        (Kind::Object(of), Value::Object(_), Value::Object(news)) => {
            let mut walk = Walk::default();
            let old = old.as_object();
            walk.fields(of.fields, old, old, news, &PropertyPath::default(), false);
            walk.changes.is_empty()
        }
        (Kind::List(_), _, _) => {
            unchanged(&Field { kind, ..*field }, old, new, &PropertyPath::default())
        }
        _ => old == new,
    }
}
