//! How a body changes a client: which blocks are merged, and what null does.

use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::client_defaults;
use crate::store::text;

/// Blocks that a new value replaces as a whole, since their keys only mean something together; the
/// keys of any other block are merged, which the recordings show of every block that can tell.
const REPLACED: &[&str] =
    &["client_authentication_methods", "default_organization", "my_organization_configuration"];

/// Applies a body to a client: null takes a key off, at the top and in a block.
pub fn apply(client: &mut Object, body: &Object) {
    lay_over(client, body, 0);
    take_older_logout(client, body);
    mirror_logout(client);
}

/// `oidc_backchannel_logout` is an older name of a part of `oidc_logout`: null under it clears both.
fn take_older_logout(client: &mut Object, body: &Object) {
    if body.get("oidc_logout").is_some_and(|logout| !logout.is_null()) {
        return;
    }
    match body.get("oidc_backchannel_logout") {
        Some(Value::Null) => {
            client.remove("oidc_logout");
        }
        Some(Value::Object(older)) => {
            let logout = client.entry("oidc_logout").or_insert_with(|| Object::new().into());
            if let (Value::Object(logout), Some(urls)) =
                (logout, older.get("backchannel_logout_urls"))
            {
                logout.insert("backchannel_logout_urls".into(), urls.clone());
            }
        }
        _ => {}
    }
}

fn lay_over(target: &mut Object, body: &Object, depth: usize) {
    for (key, value) in body {
        match value {
            Value::Null => {
                target.remove(key);
            }
            Value::Object(new) if is_merged(key, depth) => {
                let mut block = match target.remove(key) {
                    Some(Value::Object(old)) => old,
                    _ => client_defaults::block(key, new),
                };
                lay_over(&mut block, new, depth + 1);
                target.insert(key.clone(), block.into());
            }
            value => {
                target.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Whether an object under this key is laid over the old one.
fn is_merged(key: &str, depth: usize) -> bool {
    match depth {
        0 => !REPLACED.contains(&key),
        _ => key == "delegation",
    }
}

/// The URLs of `oidc_logout` also stand under the older `oidc_backchannel_logout`.
fn mirror_logout(client: &mut Object) {
    let urls = client.get("oidc_logout").and_then(|logout| logout.get("backchannel_logout_urls"));
    match urls.cloned() {
        Some(urls) => {
            let mut mirror = Object::new();
            mirror.insert("backchannel_logout_urls".into(), urls);
            client.insert("oidc_backchannel_logout".into(), mirror.into());
        }
        None => {
            client.remove("oidc_backchannel_logout");
        }
    }
}

/// Refuses a body whose ways of authentication exclude each other or what it grants.
///
/// # Errors
/// 400 where both a token endpoint method and authentication methods are set, or a client without a
/// secret is to have tokens by client credentials.
pub fn check_methods(body: &Object) -> Result<(), ApiError> {
    let methods = body.get("client_authentication_methods").is_some_and(|m| !m.is_null());
    let method = text(body, "token_endpoint_auth_method");
    if methods && method.is_some() {
        let message = "token_endpoint_auth_method and client_authentication_methods \
                       are mutually exclusive";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    let grants = body.get("grant_types").and_then(Value::as_array);
    let wanted = "client_credentials";
    if method == Some("none") && grants.is_some_and(|grants| grants.iter().any(|g| g == wanted)) {
        let message = format!("Invalid grant types: {wanted}");
        return Err(ApiError::bad_request("invalid_body", message));
    }
    Ok(())
}
