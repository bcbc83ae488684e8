//! Lists in answers: the recorded tenant held more than the test made.

use serde_json::Value;

use super::binding::Binding;
use super::recording::Interaction;

/// Members that tell an element of a list from others.
const IDS: &[&str] =
    &["id", "log_id", "client_id", "user_id", "custom_domain_id", "connection_id", "kid"];

/// The elements of a list that is answered, by their ids; nothing of other answers.
pub fn listed(answer: &Value) -> impl Iterator<Item = (String, Value)> {
    let named = list_in(answer).map(|key| elements(answer, key.as_deref()));
    named.unwrap_or_default().into_iter().filter_map(|element| {
        let id = IDS.iter().find_map(|id| element[*id].as_str())?.to_owned();
        Some((id, element))
    })
}

/// Recorded and our list without what the recorded test did not make; other bodies as they are.
pub fn without_foreign(
    binding: &Binding,
    interaction: &Interaction,
    ours: Value,
) -> (Value, Value) {
    let mut recorded = interaction.response_body.clone();
    let mut ours = ours;
    if interaction.method != "GET" {
        return (recorded, ours);
    }
    let Some(key) = list_in(&recorded) else { return (recorded, ours) };
    let (listed, mine) = (elements(&recorded, key.as_deref()), elements(&ours, key.as_deref()));
    let Some(id) = IDS.iter().find(|id| listed.iter().any(|element| element.get(**id).is_some()))
    else {
        return (recorded, ours);
    };
    let text = |entity: &Value| entity[*id].as_str().unwrap_or_default().to_owned();
    let own: Vec<_> = listed.iter().filter(|e| binding.knows(&text(e))).cloned().collect();
    let ids: Vec<String> = own.iter().map(|e| binding.text(&text(e))).collect();
    // Ours in the recorded order: the real API lists in an order of its own.
    let same: Vec<_> =
        ids.iter().filter_map(|wanted| mine.iter().find(|e| text(e) == *wanted).cloned()).collect();
    if own.len() != listed.len() || mine.len() != same.len() {
        for list in [&mut recorded, &mut ours] {
            list.as_object_mut().map(|list| list.remove("total"));
        }
    }
    put(&mut recorded, key.as_deref(), own);
    put(&mut ours, key.as_deref(), same);
    (recorded, ours)
}

/// The name of the only array in an answer; `None` inside where the answer is the array.
fn list_in(answer: &Value) -> Option<Option<String>> {
    const PAGE: &[&str] = &["start", "limit", "total", "length", "next", "page", "per_page"];
    match answer {
        Value::Array(_) => Some(None),
        Value::Object(entity) => {
            let mut members = entity.iter().filter(|(key, _)| !PAGE.contains(&key.as_str()));
            match (members.next(), members.next()) {
                (Some((key, Value::Array(_))), None) => Some(Some(key.clone())),
                _ => None,
            }
        }
        _ => None,
    }
}

fn elements(answer: &Value, key: Option<&str>) -> Vec<Value> {
    let list = key.map_or(Some(answer), |key| answer.get(key));
    list.and_then(Value::as_array).cloned().unwrap_or_default()
}

fn put(answer: &mut Value, key: Option<&str>, elements: Vec<Value>) {
    match key {
        None => *answer = elements.into(),
        Some(key) => {
            if let Some(answer) = answer.as_object_mut() {
                answer.insert(key.to_owned(), elements.into());
            }
        }
    }
}
