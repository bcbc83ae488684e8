//! Secrets that a provider copies to other outputs.

use super::{Redactor, SHORT, mark};
use crate::value::{Object, Value};

/// Marks what holds the text of a secret, wherever the provider has put it: its text is known.
///
/// What the program itself gives plainly, in `given`, stays plain where it comes back as it was. Of a list, the whole is
/// marked. Secrets of fewer than four letters are left alone: they occur in ordinary words too.
pub fn mark_copies(values: &mut Object, secrets: &Redactor, given: &[Object]) {
    let secrets: Vec<&str> = secrets.texts().filter(|text| text.chars().count() >= SHORT).collect();
    if !secrets.is_empty() {
        let given: Vec<&Object> = given.iter().collect();
        mark_object(values, &secrets, &given);
    }
}

fn mark_object(values: &mut Object, secrets: &[&str], given: &[&Object]) {
    // The engine's own keys must stay readable.
    for (name, value) in values.iter_mut().filter(|(name, _)| !name.starts_with("__")) {
        let given: Vec<&Value> = given.iter().filter_map(|given| given.get(name)).collect();
        match value {
            Value::Secret(_) => {}
            Value::Object(properties) => {
                let given: Vec<&Object> = given.into_iter().filter_map(Value::as_object).collect();
                mark_object(properties, secrets, &given);
            }
            value if holds(value, secrets, &given) => mark(value),
            _ => {}
        }
    }
}

/// Whether there is a secret in the value that the program has not given there plainly.
fn holds(value: &Value, secrets: &[&str], given: &[&Value]) -> bool {
    if given.contains(&value) {
        return false;
    }
    match value {
        Value::String(text) => secrets.iter().any(|secret| text.contains(secret)),
        Value::Array(items) => {
            let given: Vec<&Value> =
                given.iter().filter_map(|given| given.as_array()).flatten().collect();
            items.iter().any(|item| holds(item, secrets, &given))
        }
        Value::Object(properties) => properties.values().any(|value| holds(value, secrets, &[])),
        Value::Output(output) => {
            output.value.as_ref().is_some_and(|value| holds(value, secrets, given))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object;

    fn secret(value: impl Into<Value>) -> Value {
        Value::Secret(Box::new(value.into()))
    }

    #[test]
    fn a_copy_of_a_secret_is_marked_wherever_it_is_put() {
        let given = object! {
            "block": object! { "note": "about hunter2" },
            "key": secret("abc"),
            "name": "hunter2",
            "password": secret("hunter2"),
            "tags": vec!["hunter2", "x"],
        };
        let secrets = Redactor::new().and(&[], &given);
        let mut outputs = object! {
            "__meta": "hunter2",
            "block": object! { "note": "about hunter2", "url": "http://me:hunter2@host" },
            "key": "abcdef",
            "lines": vec!["a", "hunter2"],
            "name": "hunter2",
            "password": secret("hunter2"),
            "size": 3,
            "tags": vec!["hunter2", "y"],
            "url": "http://me:hunter2@host",
        };
        mark_copies(&mut outputs, &secrets, &[given]);
        let expected = object! {
            "__meta": "hunter2",
            "block": object! { "note": "about hunter2", "url": secret("http://me:hunter2@host") },
            "key": "abcdef",
            "lines": secret(vec!["a", "hunter2"]),
            "name": "hunter2",
            "password": secret("hunter2"),
            "size": 3,
            "tags": vec!["hunter2", "y"],
            "url": secret("http://me:hunter2@host"),
        };
        // A marked value prints alike, whatever is in it.
        assert!(outputs == expected, "{outputs:?}");
    }
}
