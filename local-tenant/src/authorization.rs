//! Who may call a Management API operation: the tenant's own token, or one that it issued.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use crate::answer::{ApiError, Object};
use crate::keys;
use crate::request::Caller;
use crate::store::text;
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
    let audience = tenant.management_audience();
    tenant.issued_tokens().caller(token, &tenant.issuer(), &audience)
}

/// The tokens that were found valid, so that a signature is verified once and not on every request.
#[derive(Debug, Default)]
pub struct IssuedTokens(Mutex<HashMap<String, Issued>>);

#[derive(Debug, Clone)]
struct Issued {
    caller: Caller,
    expires: i64,
}

/// Tokens that are remembered; then all are verified again.
const REMEMBERED: usize = 1000;

impl IssuedTokens {
    fn caller(&self, token: &str, issuer: &str, audience: &str) -> Result<Caller, ApiError> {
        let invalid = || ApiError::uncoded(StatusCode::UNAUTHORIZED, "Invalid token");
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let issued = match known.get(token) {
            Some(issued) => issued.clone(),
            None => {
                let claims = keys::signing_key().verify(token, issuer, audience);
                let issued = Issued::of(&claims.map_err(|_| invalid())?);
                if known.len() == REMEMBERED {
                    known.clear();
                }
                known.insert(token.to_owned(), issued.clone());
                issued
            }
        };
        let now = jiff::Timestamp::now().as_second();
        if now < issued.expires { Ok(issued.caller) } else { Err(ApiError::expired_token()) }
    }

    /// Lets a token that was just issued be valid: within one second it is the same as the one before, which may
    /// have run out before its time.
    pub fn issued(&self, token: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(token);
    }

    /// Lets a token run out before its time.
    pub fn expire(&self, token: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let nobody = Caller::Client(Arc::default());
        known.insert(token.to_owned(), Issued { caller: nobody, expires: 0 });
    }
}

impl Issued {
    fn of(claims: &Object) -> Self {
        let scopes = text(claims, "scope").unwrap_or_default().split_whitespace();
        let held = scopes.map(str::to_owned).collect::<BTreeSet<_>>();
        let expires = claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
        Self { caller: Caller::Client(Arc::new(held)), expires }
    }
}
