//! Client assertions: what a client signs with its private key to have a token (RFC 7523).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jsonwebtoken::{Algorithm, Validation};
use serde_json::Value;

use crate::answer::Object;
use crate::public_key::PublicKey;
use crate::store::{Store, text};

/// The only kind of assertion that there is.
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Seconds that an assertion may last, by Auth0's documentation.
const LONGEST: i64 = 300;
/// Seconds that the clock of a client may be ahead, by the same.
const AHEAD: i64 = 10;
/// Characters of a `jti` at most, by the same.
const LONGEST_NUMBER: usize = 64;

/// The assertions that were taken, by client and `jti`, until they have expired.
#[derive(Debug, Default)]
pub struct Taken(Mutex<HashMap<(String, String), i64>>);

impl Taken {
    /// Takes an assertion; false where it was taken before.
    fn take(&self, client_id: &str, number: &str, expires: i64, now: i64) -> bool {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.retain(|_, expires| *expires > now);
        taken.insert((client_id.to_owned(), number.to_owned()), expires).is_none()
    }
}

/// The client that an assertion says it is of, before anything is verified.
pub fn subject(assertion: &str) -> Option<String> {
    let claims = jsonwebtoken::dangerous::insecure_decode::<Object>(assertion).ok()?.claims;
    text(&claims, "sub").map(str::to_owned)
}

/// Whether `assertion` is one of the client's, made for this tenant, and not taken before.
pub fn is_proof(store: &Store, client: &Object, assertion: &str, taken: &Taken) -> bool {
    let id = text(client, "client_id").unwrap_or_default();
    let now = jiff::Timestamp::now().as_second();
    let mut credentials = credentials(store, client);
    let claims = credentials.find_map(|credential| verified(store, id, credential, assertion, now));
    let Some(claims) = claims else { return false };
    let second = |name: &str| claims.get(name).and_then(Value::as_i64);
    let expires = second("exp").unwrap_or_default();
    let begins = [second("iat"), second("nbf")].into_iter().flatten();
    let number = text(&claims, "jti").unwrap_or_default();
    now < expires
        && expires - second("iat").unwrap_or(now) <= LONGEST
        && begins.max().is_none_or(|begins| begins <= now + AHEAD)
        && (1..=LONGEST_NUMBER).contains(&number.len())
        && taken.take(id, number, expires, now)
}

/// The keys with which the client may authenticate.
fn credentials<'a>(store: &'a Store, client: &'a Object) -> impl Iterator<Item = &'a Object> {
    let named = client
        .get("client_authentication_methods")
        .and_then(|methods| methods.pointer("/private_key_jwt/credentials"))
        .and_then(Value::as_array);
    let own =
        store.shelf(["clients", text(client, "client_id").unwrap_or_default(), "credentials"]);
    named.into_iter().flatten().filter_map(|named| own.get(named["id"].as_str()?))
}

fn verified(
    store: &Store,
    client_id: &str,
    credential: &Object,
    assertion: &str,
    now: i64,
) -> Option<Object> {
    let expiry = text(credential, "expires_at").and_then(|at| at.parse::<jiff::Timestamp>().ok());
    if expiry.is_some_and(|expiry| expiry.as_second() <= now) {
        return None;
    }
    let header = jsonwebtoken::decode_header(assertion).ok()?;
    if header.kid.is_some_and(|kid| text(credential, "kid") != Some(kid.as_str())) {
        return None;
    }
    let algorithm: Algorithm = text(credential, "alg")?.parse().ok()?;
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&[format!("{}/", store.base)]);
    validation.set_issuer(&[client_id]);
    validation.sub = Some(client_id.to_owned());
    validation.set_required_spec_claims(&["exp", "iss", "sub", "aud"]);
    validation.leeway = 0;
    let key = PublicKey::read(text(credential, "pem")?).decoding_key()?;
    Some(jsonwebtoken::decode(assertion, &key, &validation).ok()?.claims)
}
