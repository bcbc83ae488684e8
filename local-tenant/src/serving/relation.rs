//! Relations: a set below an entity, to which POST adds what its body names and from which DELETE removes.

use serde_json::Value;

use super::kind::Serves;
use super::served::{Effect, Served};
use crate::answer::{Answer, ApiError, Object};
use crate::listing;
use crate::request::Call;
use crate::store::Store;

/// What an operation on a relation does.
pub fn effect(method: &str) -> Option<Effect> {
    match method {
        "GET" => Some(list),
        "POST" => Some(add),
        "PUT" => Some(replace),
        "DELETE" => Some(remove),
        _ => None,
    }
}

/// What a body names, each under the id that tells it from others.
fn named(served: &Served, call: &Call) -> Vec<(String, Object)> {
    let Serves::Relation(member, key) = served.kind.serves else { return Vec::new() };
    let elements = call.body.get(member).and_then(Value::as_array);
    let element = |element: &Value| {
        let element = match element {
            Value::Object(element) => element.clone(),
            text => Object::from_iter([(served.kind.key.to_owned(), text.clone())]),
        };
        let own = [served.kind.key];
        let key = if key.is_empty() { own.as_slice() } else { key };
        let id: Vec<_> = key.iter().map(|k| element.get(*k).and_then(Value::as_str)).collect();
        (id.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" "), element)
    };
    elements.into_iter().flatten().map(element).collect()
}

fn add(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    for (id, mut element) in named(served, call) {
        if let Some(making) = served.kind.making {
            making(store, call, &mut element)?;
        }
        let place = call.place().child(&id);
        if store.get(&place).is_none() {
            store.put(&place, element.clone());
            if let Some(made) = served.kind.made {
                made(store, call, &element);
            }
        }
    }
    Ok(Answer::to(call, Object::new()))
}

fn replace(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    store.shelf_mut(call.place()).retain(|_| false);
    add(served, store, call)
}

fn remove(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    for (id, _) in named(served, call) {
        if let Some(element) = store.remove(&call.place().child(&id))
            && let Some(going) = served.kind.going
        {
            going(store, call, &element);
        }
    }
    Ok(Answer::to(call, Object::new()))
}

fn list(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let store = &*store;
    let shown = |element: &Object| listing::choose(served.shown(store, call, element), &call.query);
    Ok(Answer::Ok(listing::list(store.shelf(call.place()), call, |_| true, shown)?))
}
