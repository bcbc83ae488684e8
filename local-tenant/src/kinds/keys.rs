//! Keys of the tenant: those that encrypt what it holds, that sign its tokens, and that network ACLs know.

use std::fmt::Write;

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::answer::{Answer, ApiError, Object};
use crate::document::Violation;
use crate::ids;
use crate::keys::signing_key;
use crate::listing;
use crate::operations::Own;
use crate::public_key::PublicKey;
use crate::request::Call;
use crate::serving::{Kind, collection, optional};
use crate::store::{Collection, Place, Store, text};

/// The keys.
pub const KINDS: &[Kind] = &[
    collection("/keys/encryption").key("kid").uuid().absent("The key does not exist.").making(
        |_, _, key| {
            key.insert("state".into(), "pre-activation".into());
            key.insert("parent_kid".into(), Value::Null);
            key.insert("public_key".into(), Value::Null);
            Ok(())
        },
    ),
    optional("/keys/custom-signing").absent("There are no custom signing keys."),
    collection("/keys/network-acls")
        .id("key_", 22)
        .absent("The key does not exist.")
        .hides(&["value"])
        .shows(&["created_at", "updated_at"])
        .making(|_, _, key| {
            let fingerprint = fingerprint(text(key, "value").unwrap_or_default())?;
            key.insert("fingerprint".into(), fingerprint.into());
            Ok(())
        }),
];

/// What becomes of them.
pub const OWN: &[Own] = &[
    ("GET", "/keys/encryption", encryption_keys),
    ("DELETE", "/keys/encryption/{kid}", destroy),
    ("POST", "/keys/encryption/{kid}", import),
    ("POST", "/keys/encryption/{kid}/wrapping-key", wrapping_key),
    ("POST", "/keys/encryption/rekey", rekey),
    ("GET", "/keys/signing", signing_keys),
    ("GET", "/keys/signing/{kid}", one_signing_key),
];

/// Bytes of the key material that a network ACL takes.
const MATERIAL: std::ops::RangeInclusive<usize> = 32..=512;

/// The digest by which a key of network ACLs is told from others.
fn fingerprint(value: &str) -> Result<String, ApiError> {
    let bytes = STANDARD.decode(value).ok().filter(|bytes| MATERIAL.contains(&bytes.len()));
    let bytes = bytes.ok_or_else(|| {
        ApiError::invalid_body(&Violation {
            property: "value".into(),
            reason: "Object didn't pass validation for format base64-key".into(),
        })
    })?;
    Ok(Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    }))
}

fn shelf() -> Place {
    Place::from(["keys", "encryption"])
}

fn now() -> Value {
    format!("{:.3}", jiff::Timestamp::now()).into()
}

/// Every tenant has a root key and a master key under it, be it that nobody asked for them yet.
fn with_first_keys(store: &mut Store) {
    let is_root = |key: &Object| text(key, "type") == Some("environment-root-key");
    if store.shelf(shelf()).find(is_root).is_none() {
        let root = ids::uuid();
        put_key(store, &root, "environment-root-key", Value::Null);
        put_key(store, &ids::uuid(), "tenant-master-key", root.into());
    }
}

fn put_key(store: &mut Store, kid: &str, kind: &str, parent: Value) {
    let key = json!({
        "kid": kid,
        "type": kind,
        "state": "active",
        "created_at": now(),
        "updated_at": now(),
        "parent_kid": parent,
        "public_key": null,
    });
    store.put(&shelf().child(kid), key.as_object().cloned().unwrap_or_default());
}

fn set_state(key: &mut Object, state: &str) {
    key.insert("state".into(), state.into());
    key.insert("updated_at".into(), now());
}

/// Puts a new master key under a root key in the place of the old one.
fn renew_master_key(store: &mut Store, root: &str) {
    let kids: Vec<_> = store.shelf(shelf()).named().map(|(kid, _)| kid.to_owned()).collect();
    for kid in kids.iter().filter(|kid| *kid != root) {
        let Some(key) = store.get_mut(&shelf().child(kid)) else { continue };
        if text(key, "state") == Some("active") {
            set_state(key, "destroyed");
            if text(key, "type") == Some("tenant-master-key") {
                key.insert("parent_kid".into(), root.into());
            }
        }
    }
    put_key(store, &ids::uuid(), "tenant-master-key", root.into());
}

/// The keys, newest first; the root key before the master key that was made with it.
fn encryption_keys(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    with_first_keys(store);
    let mut keys: Vec<_> = store.shelf(shelf()).entities().rev().collect();
    keys.sort_by_key(|key| {
        let made = text(key, "created_at").map(str::to_owned);
        std::cmp::Reverse(made)
    });
    let mut newest_first = Collection::default();
    for key in keys {
        newest_first.insert(text(key, "kid").unwrap_or_default(), key.clone());
    }
    Ok(Answer::Ok(listing::list(&newest_first, call, |_| true, Object::clone)?))
}

/// A key that was destroyed can still be read.
fn destroy(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let place = shelf().child(call.id());
    if let Some(key) = store.get_mut(&place).filter(|key| text(key, "state") != Some("destroyed")) {
        set_state(key, "destroyed");
    }
    Ok(Answer::NoContent)
}

/// Takes in the material of a root key, which was wrapped with the wrapping key.
fn import(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let kid = call.id().to_owned();
    let wrapped = STANDARD.decode(text(&call.body, "wrapped_key").unwrap_or_default());
    if wrapped.map_or(0, |wrapped| wrapped.len()) <= WRAPPED {
        let message = "Invalid input. Wrapped key material is invalid or unsupported key type.";
        return Err(ApiError::bad_request("invalid_body", message));
    }
    with_first_keys(store);
    let missing = || ApiError::absent(None, "The key does not exist.");
    set_state(store.get_mut(&shelf().child(&kid)).ok_or_else(missing)?, "active");
    renew_master_key(store, &kid);
    let mut answer = store.get(&shelf().child(&kid)).cloned().ok_or_else(missing)?;
    answer.remove("public_key");
    Ok(Answer::to(call, answer))
}

/// Bytes of the RSA part of a wrapped key at least; the wrapped AES key comes after them.
const WRAPPED: usize = 256;

fn wrapping_key(_: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let key =
        json!({"public_key": signing_key().public_pem(), "algorithm": "CKM_RSA_AES_KEY_WRAP"});
    Ok(Answer::to(call, key))
}

fn rekey(store: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    with_first_keys(store);
    let is_root = |key: &Object| {
        text(key, "state") == Some("active") && text(key, "type") != Some("tenant-master-key")
    };
    let root = store.shelf(shelf()).find(is_root).and_then(|root| text(root, "kid"));
    if let Some(root) = root.map(str::to_owned) {
        renew_master_key(store, &root);
    }
    Ok(Answer::NoContent)
}

/// The key that the tenant signs with. It has no other: it cannot rotate.
fn signing() -> Value {
    let key = signing_key();
    let digest = PublicKey::read(key.certificate()).certificate_digest().unwrap_or_default();
    let digest = digest.to_uppercase();
    let pairs: Vec<_> = digest.as_bytes().chunks(2).map(String::from_utf8_lossy).collect();
    json!({
        "kid": key.id(),
        "cert": key.certificate(),
        "current": true,
        "next": false,
        "previous": false,
        "fingerprint": pairs.join(":"),
        "thumbprint": digest,
        "revoked": false,
    })
}

fn signing_keys(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Ok(json!([signing()])))
}

fn one_signing_key(_: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    match call.id() == signing_key().id() {
        true => Ok(Answer::Of(StatusCode::OK, signing())),
        false => Err(ApiError::absent(None, "The signing key does not exist.")),
    }
}
