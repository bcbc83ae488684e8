//! What is left of logins: sessions, refresh tokens, credentials of devices, grants of users, and blocks.
//!
//! Nobody logs in here, so that these are what a seed put there or a request made.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::listing;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Place, Store, is_true, text};

/// Sessions, tokens, credentials and grants.
pub const KINDS: &[Kind] = &[
    collection("/sessions").absent("The session does not exist.").going(|store, _, session| {
        let id = text(session, "id").unwrap_or_default();
        store.shelf_mut(["refresh-tokens"]).retain(|token| text(token, "session_id") != Some(id));
    }),
    collection("/refresh-tokens").absent("The refresh token does not exist."),
    collection("/device-credentials").id("dcr_", 16).showing(|_, call, credential| {
        if call.row.method == "POST" {
            credential.retain(|key, _| key == "id");
        }
    }),
    collection("/grants"),
    collection("/anomaly/blocks/ips").absent("The IP address is not blocked."),
];

/// What is done to those of one user.
pub const OWN: &[Own] = &[
    ("POST", "/sessions/{id}/revoke", revoke_session),
    ("GET", "/users/{user_id}/sessions", sessions_of_user),
    ("DELETE", "/users/{user_id}/sessions", delete_sessions_of_user),
    ("POST", "/refresh-tokens/revoke", revoke_tokens),
    ("GET", "/users/{user_id}/refresh-tokens", tokens_of_user),
    ("DELETE", "/users/{user_id}/refresh-tokens", delete_tokens_of_user),
    ("POST", "/users/{id}/revoke-access", revoke_access),
    ("DELETE", "/grants", delete_grants),
    ("GET", "/user-blocks", no_blocks),
    ("DELETE", "/user-blocks", unblock),
    ("GET", "/user-blocks/{id}", blocks_of_user),
    ("DELETE", "/user-blocks/{id}", unblock),
];

/// Takes away what a user has left, who is deleted.
pub fn forget(store: &mut Store, user: &str) {
    for shelf in ["sessions", "refresh-tokens", "device-credentials", "grants"] {
        delete_of(store, shelf, user);
    }
}

fn delete_of(store: &mut Store, shelf: &str, user: &str) {
    store.shelf_mut([shelf]).retain(|entity| text(entity, "user_id") != Some(user));
}

fn list_of(store: &Store, call: &Call, shelf: &str) -> Result<Answer, ApiError> {
    let is_theirs = |entity: &Object| text(entity, "user_id") == Some(call.id());
    Ok(Answer::Ok(listing::list(store.shelf([shelf]), call, is_theirs, Object::clone)?))
}

fn sessions_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    list_of(store, call, "sessions")
}

fn delete_sessions_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    delete_of(store, "sessions", call.id());
    Ok(Answer::to(call, Object::new()))
}

fn tokens_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    list_of(store, call, "refresh-tokens")
}

fn delete_tokens_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    delete_of(store, "refresh-tokens", call.id());
    Ok(Answer::to(call, Object::new()))
}

fn revoke_session(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    end_session(store, call.id());
    Ok(Answer::to(call, Object::new()))
}

fn end_session(store: &mut Store, id: &str) {
    store.remove(&Place::from(["sessions", id]));
    store.shelf_mut(["refresh-tokens"]).retain(|token| text(token, "session_id") != Some(id));
}

/// Ends the session that the body names, or all of the user's; their tokens go too unless they are to stay.
fn revoke_access(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let keeps_tokens = is_true(&call.body, "preserve_refresh_tokens");
    match text(&call.body, "session_id") {
        Some(id) if keeps_tokens => {
            store.remove(&Place::from(["sessions", id]));
        }
        Some(id) => end_session(store, id),
        None => {
            delete_of(store, "sessions", call.id());
            if !keeps_tokens {
                delete_of(store, "refresh-tokens", call.id());
            }
        }
    }
    Ok(Answer::to(call, Object::new()))
}

/// Deletes the tokens for which all holds that the body says.
fn revoke_tokens(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let body = &call.body;
    let is_meant = |token: &Object| {
        let ids = body.get("ids").and_then(Value::as_array);
        let audience = body.get("audience");
        let is_for = |server: &Value| Some(&server["audience"]) == audience;
        let servers = || token.get("resource_servers").and_then(Value::as_array);
        ids.is_none_or(|ids| token.get("id").is_some_and(|id| ids.contains(id)))
            && ["user_id", "client_id"].iter().all(|key| match body.get(*key) {
                Some(wanted) => token.get(*key) == Some(wanted),
                None => true,
            })
            && (audience.is_none() || servers().into_iter().flatten().any(is_for))
    };
    store.shelf_mut(["refresh-tokens"]).retain(|token| body.is_empty() || !is_meant(token));
    Ok(Answer::to(call, Object::new()))
}

fn delete_grants(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if let Some(user) = call.query.text("user_id") {
        delete_of(store, "grants", user);
    }
    Ok(Answer::NoContent)
}

/// Nobody is blocked, since nobody tries to log in.
fn no_blocks(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Ok(json!({"blocked_for": []})))
}

fn blocks_of_user(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    if store.shelf(["users"]).get(call.id()).is_none() {
        return Err(ApiError::absent(Some("inexistent_user"), "The user does not exist."));
    }
    no_blocks(store, call)
}

fn unblock(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::NoContent)
}
