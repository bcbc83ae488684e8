//! How a body changes a client: which blocks are merged, and what null does.

use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::store::text;

/// Blocks that a new value replaces as a whole, since their keys only mean something together; the
/// keys of any other block are merged, which the recordings show of every block that can tell.
const REPLACED: &[&str] = &["client_authentication_methods", "default_organization"];

/// Applies a body to a client: null takes a key off, at the top and in a block.
pub fn apply(client: &mut Object, body: &Object) {
    for (key, value) in body {
        match (client.get_mut(key), value) {
            (_, Value::Null) => {
                client.remove(key);
            }
            (Some(Value::Object(old)), Value::Object(new)) if !REPLACED.contains(&&**key) => {
                merge(old, new);
            }
            (_, Value::Object(new)) => {
                let mut block = Object::new();
                merge(&mut block, new);
                client.insert(key.clone(), block.into());
            }
            (_, value) => {
                client.insert(key.clone(), value.clone());
            }
        }
    }
    mirror_logout(client);
}

fn merge(block: &mut Object, new: &Object) {
    for (key, value) in new {
        if value.is_null() {
            block.remove(key);
        } else {
            block.insert(key.clone(), value.clone());
        }
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
