//! `/clients/{id}/credentials`: the keys and certificates that a client authenticates with.

use axum::http::StatusCode;
use serde_json::Value;

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::public_key::PublicKey;
use crate::request::Call;
use crate::store::{Store, is_true, text};

/// Blocks of a client that name credentials, as paths to the block.
const HOLDERS: &[&[&str]] = &[
    &["client_authentication_methods", "private_key_jwt"],
    &["client_authentication_methods", "tls_client_auth"],
    &["client_authentication_methods", "self_signed_tls_client_auth"],
    &["signed_request_object"],
];

/// Makes a credential.
///
/// # Errors
/// 400 for a key that cannot be read.
pub fn create(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    check_key(&call.body)?;
    let credential = make(store, call.id(), &call.body);
    Ok(Answer::Created(shown(&credential).into()))
}

/// Reads a credential.
///
/// # Errors
/// 404 where there is none with this id.
pub fn read(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let credential = store.get(&call.place()).ok_or_else(missing)?;
    Ok(Answer::Ok(shown(credential).into()))
}

/// Changes when a credential expires.
///
/// # Errors
/// 404 where there is none with this id.
pub fn update(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let credential = store.get_mut(&call.place()).ok_or_else(missing)?;
    for (key, value) in &call.body {
        credential.insert(key.clone(), value.clone());
    }
    credential.insert("updated_at".into(), time(jiff::Timestamp::now()).into());
    settle_expiry(credential);
    Ok(Answer::Ok(shown(credential).into()))
}

/// Deletes a credential; deleting none is as good.
///
/// # Errors
/// None.
pub fn delete(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    store.remove(&call.place());
    Ok(Answer::NoContent)
}

/// Lists the credentials of a client, newest first, as an array.
///
/// # Errors
/// None.
pub fn list(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let newest_first = store.shelf(call.place()).entities().rev();
    Ok(Answer::Ok(newest_first.map(|credential| Value::Object(shown(credential))).collect()))
}

/// Makes credentials of those that a client's own body carries, and leaves what names them.
///
/// # Errors
/// 400 where the body names a credential by an id, or a key cannot be read.
pub fn take_in(store: &mut Store, client_id: &str, client: &mut Object) -> Result<(), ApiError> {
    for holder in HOLDERS {
        let Some(Value::Array(bodies)) = block(client, holder) else { continue };
        for body in bodies.iter().filter_map(Value::as_object) {
            if body.contains_key("id") {
                let message = "A new client has no credentials that it could name";
                return Err(ApiError::bad_request("invalid_body", message));
            }
            check_key(body)?;
        }
    }
    // Only now, so that a body that is refused leaves nothing behind.
    for holder in HOLDERS {
        let Some(Value::Array(bodies)) = block(client, holder) else { continue };
        for body in bodies {
            if let Some(credential) = body.as_object() {
                *body = Value::Object(shown(&make(store, client_id, credential)));
            }
        }
    }
    Ok(())
}

/// Checks that the credentials that an update names are the client's own.
///
/// # Errors
/// 400 for an id that is none of them.
pub fn check_references(store: &Store, client_id: &str, body: &Object) -> Result<(), ApiError> {
    let mut body = body.clone();
    for holder in HOLDERS {
        let Some(Value::Array(references)) = block(&mut body, holder) else { continue };
        for id in references.iter().filter_map(|reference| reference["id"].as_str()) {
            if store.shelf(["clients", client_id, "credentials"]).get(id).is_none() {
                let message = format!("Credential {id} does not exist");
                return Err(ApiError::bad_request("inexistent_credential", message));
            }
        }
    }
    Ok(())
}

/// The array of credentials in a block of a client.
fn block<'a>(client: &'a mut Object, path: &[&str]) -> Option<&'a mut Value> {
    let (first, rest) = path.split_first()?;
    let mut value = client.get_mut(*first)?;
    for key in rest {
        value = value.get_mut(key)?;
    }
    value.get_mut("credentials")
}

fn check_key(body: &Object) -> Result<(), ApiError> {
    let is_key = text(body, "credential_type") == Some("public_key");
    match text(body, "pem") {
        Some(pem) if is_key && !PublicKey::read(pem).is_readable() => {
            Err(ApiError::bad_request("invalid_body", "The pem is not an RSA public key"))
        }
        _ => Ok(()),
    }
}

fn make(store: &mut Store, client_id: &str, body: &Object) -> Object {
    let mut credential = body.clone();
    let id = ids::credential_id();
    credential.insert("id".into(), id.clone().into());
    credential.insert("client_id".into(), client_id.into());
    credential.insert("created_at".into(), time(jiff::Timestamp::now()).into());
    credential.insert("updated_at".into(), time(jiff::Timestamp::now()).into());
    let key = PublicKey::read(text(body, "pem").unwrap_or_default());
    let (kind, thumbprint) = (text(body, "credential_type"), key.thumbprint());
    if kind == Some("public_key") {
        credential.entry("alg").or_insert_with(|| "RS256".into());
        let kid = || thumbprint.clone().unwrap_or_else(ids::key_id).into();
        credential.entry("kid").or_insert_with(kid);
    }
    if kind == Some("x509_cert") {
        credential.extend(thumbprint.map(|print| ("thumbprint_sha256".to_owned(), print.into())));
    }
    if kind == Some("cert_subject_dn") {
        credential.extend(key.subject().map(|subject| ("subject_dn".to_owned(), subject.into())));
    }
    let from_certificate = kind == Some("x509_cert") || is_true(body, "parse_expiry_from_cert");
    if let Some(expiry) = key.expiry().filter(|_| from_certificate) {
        credential.insert("expires_at".into(), time(expiry).into());
    }
    settle_expiry(&mut credential);
    let shelf = store.shelf_mut(["clients", client_id, "credentials"]);
    shelf.insert(id, credential.clone());
    credential
}

/// Times are answered to the millisecond, however they were sent.
fn settle_expiry(credential: &mut Object) {
    let sent = text(credential, "expires_at").and_then(|sent| sent.parse().ok());
    credential.extend(sent.map(|sent| ("expires_at".to_owned(), time(sent).into())));
}

/// A credential as an answer shows it: without the key itself.
fn shown(credential: &Object) -> Object {
    let mut credential = credential.clone();
    for hidden in ["client_id", "pem", "parse_expiry_from_cert"] {
        credential.remove(hidden);
    }
    credential
}

fn time(time: jiff::Timestamp) -> String {
    format!("{time:.3}")
}

fn missing() -> ApiError {
    let message = "The credential does not exist";
    ApiError::new(StatusCode::NOT_FOUND, "inexistent_credential", message)
}
