//! Recorded values beside what was before them.

use serde_json::Value;

use super::recording::Members;

/// What of a value is not as it was before; nothing where all of it is.
pub fn reduced(value: &Value, before: Option<&Value>) -> Option<Value> {
    if same(value, before) {
        return None;
    }
    let (Value::Object(members), Some(Value::Object(before))) = (value, before) else {
        return Some(value.clone());
    };
    let changed: Members = members
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), reduced(value, before.get(name))?)))
        .collect();
    // A block of which nothing is left has nothing new; one that is empty says that it is.
    (members.is_empty() || !changed.is_empty()).then(|| changed.into())
}

/// Whether the object had this value. An absent one is null: recorded objects do not show what is empty.
fn same(value: &Value, before: Option<&Value>) -> bool {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    match before {
        None => is_empty(value),
        Some(before) => value == before || (is_empty(value) && is_empty(before)),
    }
}

/// Whether everything that was there is still set.
pub fn is_kept(before: &Value, now: Option<&Value>) -> bool {
    match (before, now) {
        (Value::Object(before), Some(Value::Object(now))) => {
            before.iter().all(|(name, value)| is_kept(value, now.get(name)))
        }
        (_, now) => now.is_some_and(|now| !now.is_null()),
    }
}

/// Whether a value says no more than its absence: `""`, `false`, 0, and blocks of those.
pub fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Object(members) => !members.is_empty() && members.values().all(says_nothing),
        _ => false,
    }
}

/// A value with all its lists in one order.
pub fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(sorted).collect();
            items.sort_by_key(Value::to_string);
            items.into()
        }
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, v)| (name.clone(), sorted(v))).collect())
        }
        other => other.clone(),
    }
}
