//! A program as it grows over a recorded test: what the writes so far have set.

use pulumi_rs_sdk::value::Object;
use serde_json::Value;

use super::facts::{self, Fact};
use super::recording::Members;

/// What a program says of one resource.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The inputs that an import gave.
    imported: Object,
    /// The members that recorded bodies have set, as they stood on the wire.
    set: Members,
}

impl Program {
    /// The program after an import.
    pub fn imported(inputs: Object) -> Self {
        Program { imported: inputs, set: Members::new() }
    }

    /// Takes a recorded body as a change of the program.
    pub fn apply(&mut self, body: &Members) {
        merge(&mut self.set, body);
    }

    /// Forgets what the real API showed before a change and does not show after it: the recorded program
    /// had it no more, whether its requests name it or not.
    pub fn forget_what_went(&mut self, before: &Members, after: &Members) {
        forget(&mut self.set, before, after);
    }

    /// The inputs that the program gives.
    pub fn inputs(&self, fields: &[Fact]) -> Object {
        let mut inputs = self.imported.clone();
        for (member, _) in self.set.iter().filter(|(_, value)| value.is_null()) {
            if let Some(field) = facts::field(fields, member) {
                inputs.remove(&field.pulumi);
            }
        }
        inputs.extend(facts::inputs(fields, &self.set));
        inputs
    }
}

/// Lays a change over what was set: blocks member by member, everything else as a whole.
///
/// An empty object is as whole as a list: it says that nothing is in it.
pub fn merge(set: &mut Members, change: &Members) {
    for (name, value) in change {
        match (set.get_mut(name), value) {
            (Some(Value::Object(set)), Value::Object(change)) if !change.is_empty() => {
                merge(set, change);
            }
            _ => {
                set.insert(name.clone(), value.clone());
            }
        }
    }
}

/// What is set to null or to nothing stays, since it says so itself; answers leave it out.
fn forget(set: &mut Members, before: &Members, after: &Members) {
    set.retain(|name, value| {
        if let (Value::Object(set), Some(Value::Object(before)), Some(Value::Object(after))) =
            (&mut *value, before.get(name), after.get(name))
        {
            forget(set, before, after);
        }
        let says_so = match &*value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        says_so || !before.contains_key(name) || after.contains_key(name)
    });
}
