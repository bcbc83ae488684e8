//! How a body changes a client: which blocks are merged, and what null does.

use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::store::text;

/// Blocks whose keys are merged on update; any other value replaces the old one.
const MERGED: &[&str] = &["client_metadata", "jwt_configuration"];

/// Applies the body of an update.
pub fn apply(client: &mut Object, body: &Object) {
    for (key, value) in body {
        set(client, key, value.clone());
    }
}

/// Applies the body of a create over the server's defaults.
pub fn apply_new(client: &mut Object, body: Object) {
    if body.get("jwt_configuration").is_some_and(Value::is_object) {
        // A configuration that is given at all gets no lifetime from the server.
        if let Some(Value::Object(jwt)) = client.get_mut("jwt_configuration") {
            jwt.remove("lifetime_in_seconds");
        }
    }
    for (key, value) in body {
        set(client, &key, value);
    }
}

fn set(client: &mut Object, key: &str, value: Value) {
    match value {
        Value::Null => {
            client.remove(key);
        }
        Value::Object(new) if MERGED.contains(&key) => {
            let old = client.entry(key).or_insert_with(|| Object::new().into());
            if let Value::Object(old) = old {
                for (name, value) in new {
                    if value.is_null() {
                        old.remove(&name);
                    } else {
                        old.insert(name, value);
                    }
                }
            }
        }
        value => {
            client.insert(key.to_owned(), value);
        }
    }
}

/// Refuses a body whose ways of authentication exclude each other.
///
/// # Errors
/// 400 where both a token endpoint method and authentication methods are set.
pub fn check_methods(body: &Object) -> Result<(), ApiError> {
    let methods = body.get("client_authentication_methods").is_some_and(|m| !m.is_null());
    if methods && text(body, "token_endpoint_auth_method").is_some() {
        let message = "token_endpoint_auth_method and client_authentication_methods \
                       are mutually exclusive";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    Ok(())
}
