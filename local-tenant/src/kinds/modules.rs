//! Modules that actions share, their versions, and the actions that use them.

use serde_json::{Value, json};

use super::actions;
use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Collection, Place, Store, text};

/// Modules and their versions.
pub const KINDS: &[Kind] = &[
    collection("/actions/modules")
        .uuid()
        .absent(ABSENT)
        .mourns()
        .making(|_, _, module| {
            for list in ["dependencies", "secrets"] {
                module.entry(list).or_insert_with(|| json!([]));
            }
            actions::keep_no_secret(module);
            module.insert("all_changes_published".into(), false.into());
            Ok(())
        })
        .made(|store, call, module| {
            if call.body.get("publish") == Some(&Value::Bool(true)) {
                publish_version(store, text(module, "id").unwrap_or_default());
            }
        })
        .changing(|_, _, _, module| {
            actions::keep_no_secret(module);
            module.insert("all_changes_published".into(), false.into());
            Ok(())
        })
        .showing(|store, _, module| {
            let users = users(store, text(module, "id").unwrap_or_default()).count();
            module.insert("actions_using_module_total".into(), users.into());
        }),
    collection("/actions/modules/{id}/versions").uuid().absent("That version does not exist."),
];

/// Publishing, and who uses a module.
pub const OWN: &[Own] = &[
    ("POST", "/actions/modules/{id}/versions", publish),
    ("GET", "/actions/modules/{id}/versions", versions),
    ("GET", "/actions/modules/{id}/actions", actions_using),
    ("POST", "/actions/modules/{id}/rollback", roll_back),
];

const ABSENT: &str = "That module does not exist.";

/// What of a module a version holds.
const VERSIONED: &[&str] = &["code", "dependencies", "secrets"];

fn missing() -> ApiError {
    ApiError::absent(None, ABSENT)
}

fn part(entity: &Object, members: &[&str]) -> Object {
    let named = members.iter().filter_map(|member| entity.get_key_value(*member));
    named.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Makes a version of a module as it is.
fn publish_version(store: &mut Store, id: &str) -> Option<Object> {
    let shelf = Place::from(["actions", "modules", id, "versions"]);
    let number = store.shelf(&shelf).entities().count() + 1;
    let mut version = part(store.shelf(["actions", "modules"]).get(id)?, VERSIONED);
    let own = ids::uuid();
    version.insert("id".into(), own.clone().into());
    version.insert("version_number".into(), number.into());
    let latest = version.clone();
    version.insert("module_id".into(), id.into());
    version.insert("created_at".into(), actions::now());
    store.put(&shelf.child(&own), version.clone());
    let module = store.shelf_mut(["actions", "modules"]).get_mut(id)?;
    module.insert("latest_version".into(), latest.into());
    module.insert("all_changes_published".into(), true.into());
    Some(version)
}

fn publish(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::to(call, publish_version(store, call.id()).ok_or_else(missing)?))
}

/// The versions, newest first. Other than the lists of actions, this one says what is nothing.
fn versions(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut newest_first = Collection::default();
    for version in store.shelf(call.place()).entities().rev() {
        newest_first.insert(text(version, "id").unwrap_or_default(), version.clone());
    }
    let mut body = listing::list(&newest_first, call, |_| true, Object::clone)?;
    for number in ["total", "page"] {
        if body.get(number).is_none() {
            body[number] = 0.into();
        }
    }
    Ok(Answer::Ok(body))
}

/// The actions that use a module, each with how it names it.
fn users<'a>(store: &'a Store, id: &str) -> impl Iterator<Item = (&'a Object, &'a Value)> {
    let actions = store.shelf(["actions", "actions"]).entities();
    actions.filter_map(move |action| {
        let modules = action.get("modules")?.as_array()?;
        Some((action, modules.iter().find(|module| module["module_id"] == *id)?))
    })
}

fn actions_using(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut using = Collection::default();
    for (action, module) in users(store, call.id()) {
        let id = text(action, "id").unwrap_or_default();
        let shown = json!({
            "action_id": id,
            "action_name": action.get("name"),
            "module_version_id": module["module_version_id"],
            "module_version_number": module["module_version_number"],
        });
        using.insert(id, shown.as_object().cloned().unwrap_or_default());
    }
    Ok(Answer::Ok(listing::list(&using, call, |_| true, Object::clone)?))
}

/// Makes the module what one of its versions is.
fn roll_back(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let wanted = text(&call.body, "module_version_id").unwrap_or_default();
    let versions = store.shelf(["actions", "modules", call.id(), "versions"]);
    let no_version = || ApiError::absent(None, "That version does not exist.");
    let version = part(versions.get(wanted).ok_or_else(no_version)?, VERSIONED);
    let module = store.shelf_mut(["actions", "modules"]).get_mut(call.id()).ok_or_else(missing)?;
    module.extend(version);
    module.insert("all_changes_published".into(), false.into());
    Ok(Answer::Ok(module.clone().into()))
}

/// Completes the modules that an action names by what is known of them, or refuses one that is not there.
pub fn complete_references(store: &Store, action: &mut Object) -> Result<(), ApiError> {
    for reference in action.get_mut("modules").and_then(Value::as_array_mut).into_iter().flatten() {
        let id = reference["module_id"].as_str().unwrap_or_default();
        let version = reference["module_version_id"].as_str().unwrap_or_default();
        let versions = store.shelf(["actions", "modules", id, "versions"]);
        let module = store.shelf(["actions", "modules"]).get(id);
        let (Some(module), Some(version)) = (module, versions.get(version)) else {
            let message = "One or more of the referenced modules do not exist.";
            return Err(ApiError::bad_request("invalid_body", message));
        };
        let (name, number) = (module.get("name").cloned(), version.get("version_number").cloned());
        reference["module_name"] = name.unwrap_or_default();
        reference["module_version_number"] = number.unwrap_or_default();
    }
    Ok(())
}
