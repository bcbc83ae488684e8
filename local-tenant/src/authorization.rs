//! Who may call a Management API operation: the tenant's own token, or one that it issued.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, StatusCode, header};

use crate::answer::ApiError;
use crate::keys;
use crate::request::Caller;
use crate::tenant::Tenant;

/// The caller that the Authorization header names, if it may use an operation with these scopes.
///
/// # Errors
/// 401 without a token or with one that is not valid here, 400 for a malformed header, 403 where
/// the token has none of the scopes.
pub fn authorize(
    tenant: &Tenant,
    headers: &HeaderMap,
    scopes: &[String],
) -> Result<Caller, ApiError> {
    let caller = identify(tenant, headers)?;
    let wanted: Vec<&str> = scopes.iter().map(String::as_str).collect();
    if caller.has_any(&wanted) { Ok(caller) } else { Err(ApiError::insufficient_scope(&wanted)) }
}

fn identify(tenant: &Tenant, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Err(ApiError::uncoded(StatusCode::UNAUTHORIZED, "Missing authentication"));
    };
    let malformed = || ApiError::bad_request("Bearer", "Bad HTTP authentication header format");
    let (scheme, token) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") || token.is_empty() || token.contains(' ') {
        return Err(malformed());
    }
    if token == tenant.token() {
        return Ok(Caller::Owner);
    }
    let invalid = || ApiError::uncoded(StatusCode::UNAUTHORIZED, "Invalid token");
    let (issuer, audience) = (tenant.issuer(), tenant.management_audience());
    let claims = keys::signing_key().verify(token, &issuer, &audience).map_err(|_| invalid())?;
    let held = claims.get("scope").and_then(|scope| scope.as_str()).unwrap_or_default();
    Ok(Caller::Client(held.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>()))
}
