//! Collections: entities with ids, made by POST, listed, read, changed and deleted.

use serde_json::Value;

use super::served::{Effect, Served};
use crate::answer::{Answer, ApiError, Object};
use crate::listing;
use crate::request::Call;
use crate::store::{Place, Store, text};

/// What an operation on a collection does, or on one of its entities.
pub fn effect(method: &str, of_an_item: bool) -> Option<Effect> {
    match (method, of_an_item) {
        ("GET", false) => Some(list),
        ("POST", false) => Some(create),
        ("GET", true) => Some(read),
        ("PATCH", true) => Some(update),
        ("PUT", true) => Some(replace),
        ("DELETE", true) => Some(delete),
        _ => None,
    }
}

fn create(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let id = text(&call.known, served.kind.key).map(str::to_owned);
    let entity = make(served, store, call, &call.place(), id)?;
    let shown = served.shown(store, call, &entity);
    Ok(Answer::to(call, shown))
}

/// Makes an entity of a body on a shelf, under an id that is known or a new one.
fn make(
    served: &Served,
    store: &mut Store,
    call: &Call,
    shelf: &Place,
    known: Option<String>,
) -> Result<Object, ApiError> {
    let kind = served.kind;
    let mut entity = call.body.clone();
    entity.retain(|_, value| !value.is_null());
    let id = known.unwrap_or_else(|| kind.id.make(&entity));
    entity.insert(kind.key.to_owned(), id.clone().into());
    if let Some(making) = kind.making {
        making(store, call, &mut entity)?;
    }
    // What is made may say its own id: some are named by what they are.
    let id = text(&entity, kind.key).map_or(id, str::to_owned);
    if let Some((members, conflict)) = kind.unique {
        let same = |other: &Object| members.iter().all(|m| other.get(*m) == entity.get(*m));
        if store.shelf(shelf).find(same).is_some() {
            return Err(ApiError::conflict(conflict.code, conflict.message));
        }
    }
    served.stamp(&mut entity);
    entity.extend(call.known.clone());
    let place = shelf.child(&id);
    store.put(&place, entity.clone());
    if let Some(made) = kind.made {
        made(store, call, &entity);
    }
    Ok(store.get(&place).cloned().unwrap_or(entity))
}

fn read(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let place = call.place();
    let entity = store.get_mut(&place).ok_or_else(|| served.missing(call.last_id()))?;
    if let Some(later) = served.kind.later {
        later(entity);
    }
    let entity = entity.clone();
    Ok(Answer::Ok(served.chosen(store, call, &entity).into()))
}

fn update(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let place = call.place();
    let old = store.get(&place).ok_or_else(|| served.missing(call.last_id()))?.clone();
    let mut new = old.clone();
    served.lay_over(&mut new, &call.body);
    settle(served, store, call, &old, new)
}

fn replace(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let Some(old) = store.get(&call.place()).cloned() else {
        if !served.kind.upserts {
            return Err(served.missing(call.last_id()));
        }
        let (shelf, id) = (call.shelf(), call.last_id().to_owned());
        let entity = make(served, store, call, &shelf, Some(id))?;
        return Ok(Answer::to(call, served.shown(store, call, &entity)));
    };
    let mut new = call.body.clone();
    new.retain(|_, value| !value.is_null());
    for kept in [served.kind.key, "created_at"] {
        new.extend(old.get(kept).map(|value| (kept.to_owned(), value.clone())));
    }
    settle(served, store, call, &old, new)
}

/// Takes a changed entity in and answers it.
fn settle(
    served: &Served,
    store: &mut Store,
    call: &Call,
    old: &Object,
    mut new: Object,
) -> Result<Answer, ApiError> {
    if let Some(changing) = served.kind.changing {
        changing(store, call, old, &mut new)?;
    }
    served.stamp(&mut new);
    store.put(&call.place(), new.clone());
    if let Some(changed) = served.kind.changed {
        changed(store, call, &new);
    }
    let new = store.get(&call.place()).cloned().unwrap_or(new);
    let shown = served.shown(store, call, &new);
    Ok(Answer::to(call, shown))
}

fn delete(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    match store.remove(&call.place()) {
        Some(entity) => {
            if let Some(going) = served.kind.going {
                going(store, call, &entity);
            }
        }
        None if served.kind.mourns => return Err(served.missing(call.last_id())),
        None => {}
    }
    Ok(Answer::to(call, Object::new()))
}

/// Lists the entities for which every parameter that is named like a member holds.
fn list(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let store = &*store;
    let wanted = |entity: &Object| {
        call.query.iter().all(|(name, values)| {
            let named = served.kind.filters.iter().find(|(parameter, _)| *parameter == name);
            let member = named.map_or(name, |(_, member)| *member);
            let is_filter = named.is_some() || call.row.names.contains(member);
            !is_filter || entity.get(member).is_some_and(|held| is_one_of(held, values))
        })
    };
    let shown = |entity: &Object| served.chosen(store, call, entity);
    Ok(Answer::Ok(listing::list(store.shelf(call.place()), call, wanted, shown)?))
}

fn is_one_of(held: &Value, values: &[String]) -> bool {
    let held = held.as_str().map_or_else(|| held.to_string(), str::to_owned);
    values.contains(&held)
}
