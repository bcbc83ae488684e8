//! What this process has just made: the API may not know it everywhere at once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pulumi_rs_sdk::value::{Object, Value};
use tokio::time::Instant;

use super::site::Site;
use crate::api::Path;

/// How long after its create an object counts as just made.
const SETTLES: Duration = Duration::from_secs(60);

/// What this process has just made: where it is, and the ids by which others name it.
///
/// Several objects can have one id, of which only some were just made: the settings of a connection have that of the
/// connection.
#[derive(Default)]
pub(super) struct Recent {
    made: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    places: HashMap<Path, Instant>,
    ids: HashMap<String, Instant>,
}

impl Recent {
    /// Notes that the object of that site was made now.
    pub(super) fn note(&self, site: &Site) {
        let (mut made, now) = (self.lock(), Instant::now());
        made.places.insert(site.at.clone(), now);
        made.ids.insert(site.id.clone(), now);
    }

    /// Forgets the object of that site, which is gone: that the API does not know it is true then.
    pub(super) fn forget(&self, site: &Site) {
        let mut made = self.lock();
        if made.places.remove(&site.at).is_some() {
            made.ids.remove(&site.id);
        }
    }

    /// Whether the object of that site was just made.
    pub(super) fn has(&self, site: &Site) -> bool {
        is_new(self.lock().places.get(&site.at))
    }

    /// Whether any of the properties names something that was just made.
    pub(super) fn has_any_of(&self, inputs: &Object) -> bool {
        inputs.values().any(|value| self.is_named_by(value))
    }

    fn is_named_by(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => is_new(self.lock().ids.get(text)),
            Value::Array(items) => items.iter().any(|item| self.is_named_by(item)),
            Value::Object(object) => self.has_any_of(object),
            _ => false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Made> {
        // The maps are whole at every moment, so a panic elsewhere does not spoil them.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_new(made: Option<&Instant>) -> bool {
    made.is_some_and(|made| made.elapsed() < SETTLES)
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::table::rest::*;
    use serde_json::json;

    use super::*;
    use crate::rest::testing::{THING, object};

    const WISH: Resource = resource("Wish", one("things/{thing}/wish").id_form("{thing}"))
        .fields(&[required("thing", STRING).replaces()]);

    fn thing() -> Site {
        Site::of_id(&THING, "abc", None).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_made_counts_for_a_while_wherever_it_is_named() {
        let recent = Recent::default();
        recent.note(&thing());
        for inputs in [
            json!({"clientId": "abc"}),
            json!({"clients": ["x", "abc"]}),
            json!({"block": {"inner": [{"id": "abc"}]}}),
        ] {
            assert!(recent.has_any_of(&object(inputs.clone())), "{inputs}");
        }
        assert!(!recent.has_any_of(&object(json!({"clientId": "x", "n": 1}))));
        tokio::time::advance(SETTLES).await;
        assert!(!recent.has(&thing()));
    }

    #[test]
    fn what_is_gone_again_does_not_count() {
        let recent = Recent::default();
        recent.note(&thing());
        recent.forget(&thing());
        assert!(!recent.has(&thing()));
    }

    #[test]
    fn what_has_the_id_of_another_is_not_new_with_it() {
        let recent = Recent::default();
        let wish = Site::of_id(&WISH, "abc", None).unwrap();
        recent.note(&thing());
        assert!(!recent.has(&wish));
        recent.forget(&wish);
        assert!(recent.has(&thing()));
        assert!(recent.has_any_of(&object(json!({"thing": "abc"}))));
    }
}
