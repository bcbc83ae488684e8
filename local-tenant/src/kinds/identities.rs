//! How users prove who they are: identities that are linked, authentication methods, codes, and accounts elsewhere.

use serde_json::{Value, json};

use super::access;
use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Place, Store, text};

/// Authentication methods, and accounts elsewhere that a seed may say.
pub const KINDS: &[Kind] = &[
    collection("/users/{id}/authentication-methods")
        .id_by(method_id)
        .absent("The authentication method does not exist.")
        .making(|_, _, method| {
            method.insert("confirmed".into(), true.into());
            Ok(())
        }),
    collection("/users/{id}/federated-connections-tokensets"),
    collection("/users/{id}/connected-accounts"),
];

/// What has a rule of its own.
pub const OWN: &[Own] = &[
    ("GET", "/users-by-email", by_email),
    ("POST", "/users/{id}/identities", link),
    ("DELETE", "/users/{id}/identities/{provider}/{user_id}", unlink),
    ("PUT", "/users/{id}/authentication-methods", replace_methods),
    ("DELETE", "/users/{id}/authentication-methods", delete_methods),
    ("DELETE", "/users/{id}/authenticators", delete_methods),
    ("DELETE", "/users/{id}/multifactor/{provider}", done),
    ("POST", "/users/{id}/multifactor/actions/invalidate-remember-browser", done),
    ("POST", "/users/{id}/recovery-code-regeneration", recovery_code),
    ("POST", "/users/{id}/risk-assessments/clear", done),
    ("GET", "/users/{id}/enrollments", below),
    ("GET", "/users/{id}/groups", below),
];

fn method_id(method: &Object) -> String {
    let kind = text(method, "type").unwrap_or_default();
    ids::prefixed(&format!("{kind}|dev_"), 16)
}

/// There is nothing to be done, or to be shown of it.
fn done(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::NoContent)
}

/// What is held at the path itself.
fn below(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Ok(listing::list(store.shelf(call.place()), call, |_| true, Object::clone)?))
}

fn by_email(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let wanted = call.query.text("email").unwrap_or_default().to_lowercase();
    let has_it = |user: &Object| text(user, "email").is_some_and(|e| e.to_lowercase() == wanted);
    let shown = |user: &Object| listing::choose(access::show_user(user), &call.query);
    Ok(Answer::Ok(listing::list(store.shelf(["users"]), call, has_it, shown)?))
}

fn identities(user: &Object) -> Vec<Value> {
    user.get("identities").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// Makes another user an identity of this one; the other is no user of its own any more.
fn link(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let named = |key: &str| match call.body.get(key) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let (Some(provider), Some(own)) = (named("provider"), named("user_id")) else {
        let message = "A token of the other user cannot be read here: send provider and user_id.";
        return Err(ApiError::bad_request("invalid_body", message));
    };
    let other_id = if own.contains('|') { own } else { format!("{provider}|{own}") };
    let missing = || ApiError::absent(Some("inexistent_user"), "The user does not exist.");
    if other_id == call.id() {
        let message = "Main identity and the new one are the same.";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    let other = store.remove(&Place::from(["users", &other_id])).ok_or_else(missing)?;
    access::leave_everything(store, &other_id);
    let mut profile = access::show_user(&other);
    let kept =
        ["identities", "user_id", "user_metadata", "app_metadata", "created_at", "updated_at"];
    profile.retain(|key, _| !kept.contains(&key.as_str()));
    let mut linked = identities(&other);
    if let Some(Value::Object(first)) = linked.first_mut() {
        first.insert("profileData".into(), profile.into());
    }
    let user = store.get_mut(&Place::from(["users", call.id()])).ok_or_else(missing)?;
    let all: Vec<_> = identities(user).into_iter().chain(linked).collect();
    user.insert("identities".into(), all.clone().into());
    Ok(Answer::to(call, all))
}

/// Makes an identity a user of its own again.
fn unlink(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let (provider, id) = (call.ids.get(1).map_or("", String::as_str), call.last_id());
    let missing = || ApiError::absent(Some("inexistent_user"), "The identity does not exist.");
    let user = store.get_mut(&Place::from(["users", call.id()])).ok_or_else(missing)?;
    let (gone, rest): (Vec<_>, Vec<_>) = identities(user)
        .into_iter()
        .partition(|identity| identity["provider"] == provider && identity["user_id"] == id);
    let Some(Value::Object(mut identity)) = gone.into_iter().next() else { return Err(missing()) };
    if rest.is_empty() || format!("{provider}|{id}") == call.id() {
        let message = "The main identity of a user cannot be unlinked.";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    user.insert("identities".into(), rest.clone().into());
    let profile = identity.remove("profileData").unwrap_or_default();
    let mut own = profile.as_object().cloned().unwrap_or_default();
    let now = format!("{:.3}", jiff::Timestamp::now());
    let own_id = format!("{provider}|{id}");
    own.extend(identity.get("connection").map(|name| ("connection".to_owned(), name.clone())));
    own.insert("user_id".into(), own_id.clone().into());
    own.insert("identities".into(), json!([identity]));
    own.insert("created_at".into(), now.clone().into());
    own.insert("updated_at".into(), now.into());
    store.put(&Place::from(["users", &own_id]), own);
    Ok(Answer::to(call, rest))
}

/// Puts the methods of the body in the place of all that were there.
fn replace_methods(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let now = Value::from(format!("{:.3}", jiff::Timestamp::now()));
    let methods = call.other.as_array().into_iter().flatten().filter_map(Value::as_object);
    let mut made = Vec::new();
    store.shelf_mut(call.place()).retain(|_| false);
    for method in methods {
        let mut method = method.clone();
        let id = method_id(&method);
        method.insert("id".into(), id.clone().into());
        method.insert("confirmed".into(), true.into());
        method.insert("created_at".into(), now.clone());
        store.put(&call.place().child(&id), method.clone());
        method.remove("totp_secret");
        made.push(Value::Object(method));
    }
    Ok(Answer::to(call, made))
}

fn delete_methods(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let methods = Place::from(["users", call.id(), "authentication-methods"]);
    store.shelf_mut(methods).retain(|_| false);
    Ok(Answer::NoContent)
}

fn recovery_code(_: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::to(call, json!({"recovery_code": ids::upper_case(24)})))
}
