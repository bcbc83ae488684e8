//! Actions, their versions, and what they are bound to.

use serde_json::{Value, json};

use super::modules;
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
        .making(|store, _, action| {
            let defaults = json!({"runtime": "node22", "dependencies": [], "secrets": []});
            for (key, value) in defaults.as_object().into_iter().flatten() {
                action.entry(key).or_insert_with(|| value.clone());
            }
            settle(store, action)
        })
        .made(deploy_if_asked)
        .changing(|store, _, _, action| settle(store, action))
        .changed(deploy_if_asked)
        .later(|action| {
            // What was being built is built by the next time that somebody looks.
            if text(action, "status") == Some("pending") {
                if needs_what_is_not_there(action) {
                    action.insert("status".into(), "failed".into());
                    return;
                }
                action.insert("status".into(), "built".into());
                forget_registries(action);
                be_built(action);
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
pub fn now() -> Value {
    format!("{:.9}", jiff::Timestamp::now()).into()
}

/// An action that was written has to be built, and keeps no value of a secret.
fn settle(store: &Store, action: &mut Object) -> Result<(), ApiError> {
    action.insert("status".into(), "pending".into());
    action.insert("all_changes_deployed".into(), false.into());
    keep_no_secret(action);
    modules::complete_references(store, action)
}

/// Takes the values of secrets off what holds them, and notes when they were written.
pub fn keep_no_secret(entity: &mut Object) {
    for secret in entity.get_mut("secrets").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Value::Object(secret) = secret {
            secret.remove("value");
            secret.entry("updated_at").or_insert_with(now);
        }
    }
}

/// A package that npm has not in the version of the recorded build that fails: there, `crypto` is no more than a hint at
/// the module of Node.
const NOT_THERE: (&str, &str) = ("crypto", "17.7.1");

/// Whether the action cannot be built.
fn needs_what_is_not_there(action: &Object) -> bool {
    let dependencies = action.get("dependencies").and_then(Value::as_array);
    let mut dependencies = dependencies.into_iter().flatten().filter_map(Value::as_object);
    dependencies.any(|package| {
        (text(package, "name"), text(package, "version")) == (Some(NOT_THERE.0), Some(NOT_THERE.1))
    })
}

/// What was built does not say any more where its dependencies came from.
fn forget_registries(action: &mut Object) {
    let dependencies = action.get_mut("dependencies").and_then(Value::as_array_mut);
    for dependency in dependencies.into_iter().flatten().filter_map(Value::as_object_mut) {
        dependency.remove("registry_url");
    }
}

fn deploy_if_asked(store: &mut Store, call: &Call, action: &Object) {
    if call.body.get("deploy") == Some(&Value::Bool(true)) {
        let id = text(action, "id").unwrap_or_default();
        deploy_version(store, id);
        if let Some(action) = store.shelf_mut(["actions", "actions"]).get_mut(id) {
            be_built_later(action);
        }
    }
}

/// What is deployed as it is made is built later than the answer.
fn be_built_later(action: &mut Object) {
    for (version, status, built) in
        [("current_version", "PENDING", "build_time"), ("deployed_version", "pending", "built_at")]
    {
        if let Some(Value::Object(version)) = action.get_mut(version) {
            version.insert("status".into(), status.into());
            version.remove(built);
        }
    }
}

/// What of it was waiting to be built is built now.
fn be_built(action: &mut Object) {
    for (version, waiting, status, built) in [
        ("current_version", "PENDING", "BUILT", "build_time"),
        ("deployed_version", "pending", "built", "built_at"),
    ] {
        if let Some(Value::Object(version)) = action.get_mut(version)
            && text(version, "status") == Some(waiting)
        {
            version.insert("status".into(), status.into());
            version.insert(built.into(), now());
        }
    }
}

/// Makes a version of an action as it is, and deploys it.
fn deploy_version(store: &mut Store, id: &str) -> Option<Object> {
    let mut action = store.shelf(["actions", "actions"]).get(id)?.clone();
    forget_registries(&mut action);
    let shelf = Place::from(["actions", "actions", id, "versions"]);
    let number = store.shelf(&shelf).entities().count() + 1;
    let mut version = Object::new();
    for key in ["code", "dependencies", "runtime", "secrets", "supported_triggers", "modules"] {
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
    let mut kept = version.clone();
    kept.insert("action".into(), brief(&action, false).into());
    store.put(&shelf.child(&version_id), kept);
    let mut current = version.clone();
    for key in ["deployed", "secrets", "supported_triggers", "dependencies", "modules"] {
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
