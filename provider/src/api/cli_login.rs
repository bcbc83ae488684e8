//! The login of the Auth0 CLI, whose token stands in a file.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;
use secrecy::zeroize::{Zeroize, Zeroizing};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// A login that has not expired.
pub(super) struct Login {
    pub(super) token: SecretString,
    /// How long it lasts, if that is known.
    pub(super) lasts: Option<Duration>,
}

/// The file, of which nothing else matters here.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    tenants: BTreeMap<String, Tenant>,
}

#[derive(Deserialize)]
struct Tenant {
    access_token: Option<String>,
    expires_at: Option<String>,
}

/// The claims of a token, of which nothing else matters here.
#[derive(Deserialize)]
struct Claims {
    exp: u64,
}

/// Reads the login for the tenant at `domain`.
///
/// # Errors
/// Why there is none and what to do, without anything of what the file holds but names of tenants.
pub(super) fn read(path: &Path, domain: &str, now: SystemTime) -> Result<Login, String> {
    let name = path.display();
    let text = std::fs::read(path).map(Zeroizing::new).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            format!(
                "the Auth0 CLI has no login on this machine ({name} is missing): run `auth0 login`"
            )
        }
        _ => format!("the file of the Auth0 CLI, {name}, cannot be read: {error}"),
    })?;
    // What serde says of a wrong value quotes it.
    let mut file: File = serde_json::from_slice(&text)
        .map_err(|_| format!("{name} is not a file of the Auth0 CLI: run `auth0 login`"))?;
    let found = file.tenants.remove(domain);
    let others: Vec<_> = file.tenants.keys().map(|name| format!("`{name}`")).collect();
    file.tenants.values_mut().for_each(|tenant| tenant.access_token.zeroize());
    let Some(tenant) = found else {
        return Err(match others.is_empty() {
            true => "the Auth0 CLI is logged in to no tenant: run `auth0 login`".to_owned(),
            false => format!(
                "the Auth0 CLI is not logged in to `{domain}`, but to {}: run `auth0 login`, or set \
                 `auth0:domain` to one of them",
                others.join(", ")
            ),
        });
    };
    let Some(token) = tenant.access_token.filter(|token| !token.is_empty()) else {
        return Err(format!(
            "the Auth0 CLI keeps its token for `{domain}` in the keyring of this system, and not in \
             {name}; this provider does not read keyrings: use `auth0:clientId` with \
             `auth0:clientSecret`, or `auth0:apiToken`"
        ));
    };
    let token = SecretString::from(token);
    let expiry = expiry(&token).or_else(|| {
        let at: Timestamp = tenant.expires_at?.parse().ok()?;
        Some(SystemTime::from(at))
    });
    let lasts = expiry.map(|expiry| expiry.duration_since(now).unwrap_or_default());
    if lasts.is_some_and(|lasts| lasts.is_zero()) {
        return Err(format!(
            "the login of the Auth0 CLI for `{domain}` has expired: run `auth0 login`"
        ));
    }
    Ok(Login { token, lasts })
}

/// When a token ends, by what it says itself; none where it is no JWT.
fn expiry(token: &SecretString) -> Option<SystemTime> {
    let claims = token.expose_secret().split('.').nth(1)?;
    let claims = Zeroizing::new(BASE64.decode(claims.trim_end_matches('=')).ok()?);
    let Claims { exp } = serde_json::from_slice(&claims).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(exp))
}

#[cfg(test)]
mod tests;
