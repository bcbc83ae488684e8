//! What a body may not change of a client, or only together with something else.
//!
//! The document does not name these members yet; what is held here is what users of them are told.

use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::store::is_true;

/// Refuses an integration for business customers that comes or goes after the client was made.
///
/// # Errors
/// 400 where the body has it and the client has not, or takes it off.
pub fn check_integration(client: &Object, body: &Object) -> Result<(), ApiError> {
    const KEY: &str = "b2b_integration_configuration";
    let Some(wanted) = body.get(KEY) else { return Ok(()) };
    if wanted.is_null() == client.get(KEY).is_none_or(Value::is_null) {
        return Ok(());
    }
    let message = format!("{KEY} can neither be added nor taken away after the client was created");
    Err(ApiError::bad_request("invalid_body", message))
}

/// Refuses anonymous sessions of a client that does not keep to OpenID Connect.
///
/// # Errors
/// 400 where they are active and `oidc_conformant` is not.
pub fn check_anonymous_sessions(client: &Object) -> Result<(), ApiError> {
    let sessions = client.get("anonymous_sessions").and_then(Value::as_object);
    if sessions.is_some_and(|sessions| is_true(sessions, "active"))
        && !is_true(client, "oidc_conformant")
    {
        let message = "anonymous_sessions need a client that is oidc_conformant";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    Ok(())
}
