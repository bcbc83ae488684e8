//! Settings: one object at a path, there from the start or once it was written.

use axum::http::StatusCode;
use serde_json::Value;

use super::kind::{Initial, Serves};
use super::served::{Effect, Served};
use crate::answer::{Answer, ApiError, Object};
use crate::listing;
use crate::request::Call;
use crate::store::Store;

/// The member under which a setting that is no object is held.
pub const WHOLE: &str = "";

/// What an operation on a setting does.
pub fn effect(method: &str) -> Option<Effect> {
    match method {
        "GET" => Some(read),
        "POST" => Some(create),
        "PATCH" => Some(update),
        "PUT" => Some(replace),
        "DELETE" => Some(delete),
        _ => None,
    }
}

/// The setting as it is held, or as it is before anybody wrote it.
fn held(served: &Served, store: &Store, call: &Call) -> Option<Object> {
    let initial = || match served.kind.serves {
        Serves::Setting(Initial::Made(make)) => Some(make(store, call)),
        _ => None,
    };
    store.get(&call.place()).cloned().or_else(initial)
}

fn read(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if let (Some(later), Some(held)) = (served.kind.later, store.get_mut(&call.place())) {
        later(held);
    }
    let setting = held(served, store, call).ok_or_else(|| served.missing(call.last_id()))?;
    Ok(Answer::Ok(match shown(served, store, call, &setting) {
        Value::Object(shown) => listing::choose(shown, &call.query).into(),
        whole => whole,
    }))
}

fn create(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if store.get(&call.place()).is_some() {
        let conflict = served.kind.unique.map(|(_, conflict)| conflict);
        let (code, message) =
            conflict.map_or((None, "It exists already."), |c| (c.code, c.message));
        return Err(ApiError::conflict(code, message));
    }
    let mut setting = call.body.clone();
    setting.retain(|_, value| !value.is_null());
    if let Some(making) = served.kind.making {
        making(store, call, &mut setting)?;
    }
    served.stamp(&mut setting);
    store.put(&call.place(), setting.clone());
    if let Some(made) = served.kind.made {
        made(store, call, &setting);
    }
    Ok(Answer::to(call, shown(served, store, call, &setting)))
}

fn update(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let old = held(served, store, call).ok_or_else(|| served.missing(call.last_id()))?;
    let mut new = old.clone();
    served.lay_over(&mut new, &call.body);
    settle(served, store, call, &old, new)
}

fn replace(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let old = held(served, store, call).unwrap_or_default();
    let mut new = call.body.clone();
    new.retain(|_, value| !value.is_null());
    if !call.other.is_null() {
        new.insert(WHOLE.to_owned(), call.other.clone());
    }
    settle(served, store, call, &old, new)
}

/// What an answer shows of a setting.
fn shown(served: &Served, store: &Store, call: &Call, setting: &Object) -> Value {
    let mut shown = served.shown(store, call, setting);
    shown.remove(WHOLE).unwrap_or_else(|| shown.into())
}

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
    Ok(Answer::to(call, shown(served, store, call, &new)))
}

fn delete(served: &Served, store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    match store.remove(&call.place()) {
        Some(setting) => {
            if let Some(going) = served.kind.going {
                going(store, call, &setting);
            }
        }
        None if served.kind.mourns => return Err(served.missing(call.last_id())),
        None => {}
    }
    Ok(match call.row.status {
        204 => Answer::NoContent,
        _ => Answer::Of(StatusCode::OK, Object::new().into()),
    })
}
