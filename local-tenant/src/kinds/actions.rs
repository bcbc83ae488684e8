//! Actions, their versions, and what they are bound to.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Collection, Place, Store, text};

/// Actions and their versions.
pub const KINDS: &[Kind] = &[
    collection("/actions/actions")
        .uuid()
        .absent("That action does not exist.")
        .mourns()
        .filters(&[("actionName", "name")])
        .hides(&["deploy"])
        .shows(&["current_version"])
        .making(|_, _, action| {
            let defaults = json!({"runtime": "node22", "dependencies": [], "secrets": []});
            for (key, value) in defaults.as_object().into_iter().flatten() {
                action.entry(key).or_insert_with(|| value.clone());
            }
            settle(action);
            Ok(())
        })
        .made(deploy_if_asked)
        .changing(|_, _, _, action| {
            settle(action);
            Ok(())
        })
        .changed(deploy_if_asked)
        .later(|action| {
            // What was being built is built by the next time that somebody looks.
            if text(action, "status") == Some("pending") {
                action.insert("status".into(), "built".into());
            }
        })
        .going(|store, _, action| unbind(store, text(action, "id").unwrap_or_default())),
    collection("/actions/actions/{actionId}/versions")
        .uuid()
        .absent("That version does not exist."),
];

/// What is done by deploying and binding.
pub const OWN: &[Own] = &[
    ("POST", "/actions/actions/{id}/deploy", deploy),
    ("GET", "/actions/actions/{actionId}/versions", versions),
    ("GET", "/actions/triggers/{triggerId}/bindings", bindings),
    ("PATCH", "/actions/triggers/{triggerId}/bindings", bind),
];

/// The time as actions write it, in nanoseconds.
fn now() -> Value {
    format!("{:.9}", jiff::Timestamp::now()).into()
}

/// An action that was written has to be built, and keeps no value of a secret.
fn settle(action: &mut Object) {
    action.insert("status".into(), "pending".into());
    action.insert("all_changes_deployed".into(), false.into());
    for secret in action.get_mut("secrets").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(secret) = secret {
            secret.remove("value");
            secret.entry("updated_at").or_insert_with(now);
        }
    }
}

fn deploy_if_asked(store: &mut Store, call: &Call, action: &Object) {
    if call.body.get("deploy") == Some(&Value::Bool(true)) {
        deploy_version(store, text(action, "id").unwrap_or_default());
    }
}

/// Makes a version of an action as it is, and deploys it.
fn deploy_version(store: &mut Store, id: &str) -> Option<Object> {
    let action = store.shelf(["actions", "actions"]).get(id)?.clone();
    let shelf = Place::from(["actions", "actions", id, "versions"]);
    let number = store.shelf(&shelf).entities().count() + 1;
    let mut version = Object::new();
    for key in ["code", "dependencies", "runtime", "secrets", "supported_triggers"] {
        version.extend(action.get(key).map(|value| (key.to_owned(), value.clone())));
    }
    for (key, value) in [
        ("id", ids::uuid().into()),
        ("number", number.into()),
        ("deployed", true.into()),
        ("status", "built".into()),
        ("created_at", now()),
        ("updated_at", now()),
        ("built_at", now()),
    ] {
        version.insert(key.into(), value);
    }
    let version_id = text(&version, "id").unwrap_or_default().to_owned();
    store.put(&shelf.child(&version_id), version.clone());
    let mut current = version.clone();
    for key in ["deployed", "secrets", "supported_triggers", "dependencies"] {
        current.remove(key);
    }
    let built = current.remove("built_at").unwrap_or_default();
    current.insert("status".into(), "BUILT".into());
    current.insert("build_time".into(), built);
    let stored = store.shelf_mut(["actions", "actions"]).get_mut(id)?;
    stored.insert("current_version".into(), current.into());
    stored.insert("deployed_version".into(), version.clone().into());
    stored.insert("all_changes_deployed".into(), true.into());
    Some(version)
}

fn deploy(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let missing = || ApiError::absent(None, "That action does not exist.");
    let mut version = deploy_version(store, call.id()).ok_or_else(missing)?;
    let action = store.shelf(["actions", "actions"]).get(call.id()).ok_or_else(missing)?;
    // The answer is of the moment before.
    version.insert("deployed".into(), false.into());
    version.remove("built_at");
    version.insert("action".into(), brief(action, false).into());
    Ok(Answer::to(call, version))
}

/// An action as its versions and bindings show it.
fn brief(action: &Object, with_versions: bool) -> Object {
    let mut brief = Object::new();
    let own = ["id", "name", "supported_triggers", "created_at", "updated_at"];
    let versions = ["current_version", "deployed_version"];
    let shown = own.iter().chain(versions.iter().filter(|_| with_versions));
    for key in shown {
        brief.extend(action.get(*key).map(|value| ((*key).to_owned(), value.clone())));
    }
    brief.insert("all_changes_deployed".into(), false.into());
    brief
}

fn versions(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut newest_first = Collection::default();
    for version in store.shelf(call.place()).entities().rev() {
        newest_first.insert(text(version, "id").unwrap_or_default(), version.clone());
    }
    Ok(Answer::Ok(listing::list(&newest_first, call, |_| true, Object::clone)?))
}

/// A binding as it is answered, with the action as it is now.
fn shown(store: &Store, binding: &Object) -> Object {
    let mut binding = binding.clone();
    let id = text(&binding, "action").unwrap_or_default();
    let action = store.shelf(["actions", "actions"]).get(id);
    let action = action.map(|action| brief(action, true)).unwrap_or_default();
    binding.insert("action".into(), action.into());
    binding
}

fn bindings(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let shown = |binding: &Object| shown(store, binding);
    Ok(Answer::Ok(listing::list(store.shelf(call.place()), call, |_| true, shown)?))
}

/// Puts the whole list of bindings of a trigger in place of the old one.
fn bind(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let asked = call.body.get("bindings").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut bindings = Vec::new();
    for wanted in &asked {
        let (kind, value) = (&wanted["ref"]["type"], &wanted["ref"]["value"]);
        let value = value.as_str().unwrap_or_default();
        let bound = store.shelf(call.place()).get(value).and_then(|old| text(old, "action"));
        let actions = store.shelf(["actions", "actions"]);
        let action = match kind.as_str() {
            Some("binding_id") => actions.get(bound.unwrap_or_default()),
            Some("action_name") => actions.find(|action| text(action, "name") == Some(value)),
            _ => actions.get(value),
        };
        let Some(action) = action else {
            let message = "One or more of the referenced actions do not exist.";
            return Err(ApiError::bad_request("invalid_body", message));
        };
        let name = wanted.get("display_name").or_else(|| action.get("name"));
        let binding = json!({
            "id": ids::uuid(),
            "trigger_id": call.id(),
            "action": action.get("id"),
            "created_at": now(),
            "updated_at": now(),
            "display_name": name,
        });
        bindings.extend(binding.as_object().cloned());
    }
    let shelf = store.shelf_mut(call.place());
    shelf.retain(|_| false);
    for binding in &bindings {
        shelf.insert(text(binding, "id").unwrap_or_default(), binding.clone());
    }
    let shown: Value =
        bindings.iter().map(|binding| Value::Object(shown(store, binding))).collect();
    Ok(Answer::to(call, json!({"bindings": shown})))
}

/// Takes an action off the triggers that it is bound to.
fn unbind(store: &mut Store, id: &str) {
    let triggers = store.shelves().map(|(place, _)| place.clone());
    let triggers: Vec<_> = triggers
        .filter(|place| place.segments().starts_with(&["actions".into(), "triggers".into()]))
        .collect();
    for trigger in triggers {
        store.shelf_mut(trigger).retain(|binding| text(binding, "action") != Some(id));
    }
}
