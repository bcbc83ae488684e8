//! What this process has just made: the API may not know it everywhere at once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pulumi_rs_sdk::value::{Object, Value};
use tokio::time::Instant;

/// How long after its create an object counts as just made.
const SETTLES: Duration = Duration::from_secs(60);

/// The ids that this process has just made.
#[derive(Default)]
pub(super) struct Recent {
    made: Mutex<HashMap<String, Instant>>,
}

impl Recent {
    /// Notes that `id` was made now.
    pub(super) fn note(&self, id: &str) {
        self.lock().insert(id.to_owned(), Instant::now());
    }

    /// Forgets `id`, which is gone: that the API does not know it is true then.
    pub(super) fn forget(&self, id: &str) {
        self.lock().remove(id);
    }

    /// Whether `id` was just made.
    pub(super) fn has(&self, id: &str) -> bool {
        self.lock().get(id).is_some_and(|made| made.elapsed() < SETTLES)
    }

    /// Whether any of the properties names something that was just made.
    pub(super) fn has_any_of(&self, inputs: &Object) -> bool {
        inputs.values().any(|value| self.is_named_by(value))
    }

    fn is_named_by(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.has(text),
            Value::Array(items) => items.iter().any(|item| self.is_named_by(item)),
            Value::Object(object) => self.has_any_of(object),
            _ => false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        // The map is whole at every moment, so a panic elsewhere does not spoil it.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::object;

    #[tokio::test(start_paused = true)]
    async fn what_was_made_counts_for_a_while_wherever_it_is_named() {
        let recent = Recent::default();
        recent.note("abc");
        for inputs in [
            json!({"clientId": "abc"}),
            json!({"clients": ["x", "abc"]}),
            json!({"block": {"inner": [{"id": "abc"}]}}),
        ] {
            assert!(recent.has_any_of(&object(inputs.clone())), "{inputs}");
        }
        assert!(!recent.has_any_of(&object(json!({"clientId": "x", "n": 1}))));
        tokio::time::advance(SETTLES).await;
        assert!(!recent.has("abc"));
    }

    #[test]
    fn what_is_gone_again_does_not_count() {
        let recent = Recent::default();
        recent.note("abc");
        recent.forget("abc");
        assert!(!recent.has("abc"));
    }
}
