//! What a handler is asked, and what it answers.

use std::path::Path;
use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::table::{Function, Resource};
use crate::typed::{Mismatch, from_object};
use crate::value::Object;

/// A preview makes or changes a resource.
pub struct LookAheadRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its inputs, as Check returned them; some may be unknown.
    pub inputs: Object,
    /// It is made, as far as the preview can tell: one that the state has too is replaced.
    pub is_new: bool,
}

/// A resource is to be made.
pub struct CreateRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its type's token.
    pub token: String,
    /// Its URN.
    pub urn: String,
    /// Its name: the last part of the URN.
    pub name: String,
    /// Its inputs, as Check returned them.
    pub inputs: Object,
    /// Which of them Check filled in: defaults, and the name that it made up.
    pub defaults: Vec<String>,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

impl CreateRequest {
    /// The inputs in a struct of the resource's own: see [`crate::typed`].
    ///
    /// # Errors
    /// The struct does not fit the table.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        from_object(self.resource.fields, &self.inputs)
    }

    /// Whether Check filled that property in.
    pub fn is_default(&self, name: &str) -> bool {
        self.defaults.iter().any(|default| default == name)
    }

    /// The command that takes the object `id` into the stack as this resource.
    pub fn import_line(&self, id: &str) -> String {
        import_line(&self.token, &self.name, id)
    }
}

/// The command that takes the object `id` into the stack, for a POSIX shell.
pub fn import_line(token: &str, name: &str, id: &str) -> String {
    format!("pulumi import {token} {} {}", quoted(name), quoted(id))
}

/// The command that lists what there is of a resource type, for a POSIX shell. It names the plugin by its file: by the
/// name of the package, the engine would find only what is installed, and else download another.
pub fn list_line(token: &str, plugin: &Path) -> String {
    format!("pulumi do --package {} {token} list --all", quoted(&plugin.to_string_lossy()))
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/@".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// A resource was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// Its id; never empty.
    pub id: String,
    /// All its outputs.
    pub outputs: Object,
}

/// A resource is to be read.
pub struct ReadRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its id.
    pub id: String,
    /// What the state holds of it; `None` on import, when only the id is known.
    pub known: Option<Known>,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

/// What the state holds of a resource.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Known {
    /// Its inputs.
    pub inputs: Object,
    /// Its outputs.
    pub outputs: Object,
}

/// A resource as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadState {
    /// Its id, which may be a normal form of the one asked for.
    pub id: String,
    /// The inputs that a program would have to give for it, and which of them were filled in, under
    /// [`DEFAULTS`](crate::state::DEFAULTS): in a test, compare them [stripped](crate::state::stripped()).
    pub inputs: Object,
    /// All its outputs.
    pub outputs: Object,
}

/// A resource is to be changed.
pub struct UpdateRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its id.
    pub id: String,
    /// What the state holds of it.
    pub old: Known,
    /// Its new inputs, as Check returned them.
    pub inputs: Object,
    /// Top-level properties and paths whose changes are to be ignored.
    pub ignore_changes: Vec<String>,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

impl UpdateRequest {
    /// The new inputs in a struct of the resource's own: see [`crate::typed`].
    ///
    /// # Errors
    /// The struct does not fit the table.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        from_object(self.resource.fields, &self.inputs)
    }
}

/// A resource is to be removed.
pub struct DeleteRequest {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: String,
    /// Its id.
    pub id: String,
    /// What the state holds of it.
    pub old: Known,
    /// How long the user lets it take; `None` where not said.
    pub timeout: Option<Duration>,
}

/// The program has a resource that the state has too.
pub struct NoteRequest<'a> {
    /// Its table.
    pub resource: &'static Resource,
    /// Its URN.
    pub urn: &'a str,
    /// Its id.
    pub id: &'a str,
    /// What the state holds of it.
    pub old: &'a Known,
    /// The inputs of the program, checked; some may not be known yet.
    pub news: &'a Object,
    /// Whether the Diff found a change.
    pub changes: bool,
}

/// A function of the package, or a method of its provider, is to be answered.
pub struct InvokeRequest {
    /// Its table.
    pub function: &'static Function,
    /// Its arguments, checked.
    pub arguments: Object,
}

impl InvokeRequest {
    /// The arguments in a struct of the function's own: see [`crate::typed`].
    ///
    /// # Errors
    /// The struct does not fit the table.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T, Mismatch> {
        from_object(self.function.inputs, &self.arguments)
    }
}

/// A page of resources is to be listed.
pub struct ListRequest {
    /// The table of their type.
    pub resource: &'static Resource,
    /// What to list them by, checked: values of [`Resource::list_inputs`].
    pub query: Object,
    /// How many at most; `None` leaves it to the provider.
    pub at_most: Option<usize>,
    /// Where to go on: what the page before said. `None` for the first.
    pub from: Option<String>,
}

/// A page of resources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The resources.
    pub found: Vec<Found>,
    /// Where the next page begins; `None` where there is none.
    pub next: Option<String>,
}

/// A resource that was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// What people know it by.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn import_lines_survive_a_shell() {
        let line = import_line("a:index:B", "my app's", "auth0|1");
        assert_eq!(line, r"pulumi import a:index:B 'my app'\''s' 'auth0|1'");
        assert_eq!(import_line("a:index:B", "app", "cgr_1"), "pulumi import a:index:B app cgr_1");
        let line = list_line("a:index:B", Path::new("/my plugins/a"));
        assert_eq!(line, "pulumi do --package '/my plugins/a' a:index:B list --all");
    }
}
