//! The keys with which a connection proves who it is: one in use, one that comes next, and one that was.
//!
//! All are certificates of the tenant's one key pair, since to make another takes seconds; what tells them
//! apart is id and certificate.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::keys::signing_key;
use crate::public_key::PublicKey;
use crate::request::Call;
use crate::store::{Place, Store, text};

/// Lists the keys; a connection that has none yet gets them.
pub fn list(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let keys = keys(store, call);
    Ok(Answer::Ok(keys.into()))
}

/// Makes the keys of a connection, or shows those that it has.
pub fn create(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let keys = keys(store, call);
    Ok(Answer::to(call, keys))
}

/// Puts the next key in use.
pub fn rotate(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let name = name(store, call);
    let mut keys = keys(store, call);
    keys.retain(|key| key["previous"] != true);
    for key in keys.iter_mut().filter_map(Value::as_object_mut) {
        if key.remove("current").is_some() {
            key.remove("current_since");
            key.insert("previous".into(), true.into());
        } else if key.remove("next").is_some() {
            take_in_use(key);
        }
    }
    keys.sort_by_key(|key| key["current"] != true);
    let mut next = make(&name, algorithm(call));
    next.insert("next".into(), true.into());
    let brief = json!({"kid": next["kid"], "cert": next["cert"]});
    keys.push(next.into());
    hold(store, call, &keys);
    Ok(Answer::to(call, brief))
}

fn keys(store: &mut Store, call: &Call) -> Vec<Value> {
    let held: Vec<_> = store
        .shelf(["connections", call.id(), "keys"])
        .entities()
        .cloned()
        .map(Value::Object)
        .collect();
    if !held.is_empty() {
        return held;
    }
    let name = name(store, call);
    let (mut current, mut next) = (make(&name, algorithm(call)), make(&name, algorithm(call)));
    take_in_use(&mut current);
    next.insert("next".into(), true.into());
    let keys = vec![current.into(), next.into()];
    hold(store, call, &keys);
    keys
}

fn hold(store: &mut Store, call: &Call, keys: &[Value]) {
    let shelf = store.shelf_mut(["connections", call.id(), "keys"]);
    shelf.retain(|_| false);
    for key in keys.iter().filter_map(Value::as_object) {
        shelf.insert(text(key, "kid").unwrap_or_default(), key.clone());
    }
}

fn name(store: &Store, call: &Call) -> String {
    let connection = store.get(&Place::from(["connections", call.id()]));
    connection.and_then(|c| text(c, "name")).unwrap_or_default().to_owned()
}

fn take_in_use(key: &mut Object) {
    key.insert("current".into(), true.into());
    key.insert("current_since".into(), format!("{:.3}", jiff::Timestamp::now()).into());
}

/// The algorithm that the body asks for.
fn algorithm(call: &Call) -> &str {
    text(&call.body, "signing_alg").unwrap_or("RS256")
}

fn make(name: &str, algorithm: &str) -> Object {
    let certificate = signing_key().certify(name);
    let read = PublicKey::read(&certificate);
    let thumbprint = read.certificate_digest().unwrap_or_default().to_ascii_uppercase();
    let pairs = thumbprint.as_bytes().chunks(2).map(String::from_utf8_lossy);
    let fingerprint = pairs.collect::<Vec<_>>().join(":");
    let key = json!({
        "kid": ids::prefixed("", 43),
        "algorithm": algorithm,
        "key_use": "signing",
        "subject_dn": format!("/CN={name}"),
        "cert": certificate,
        "pkcs": certificate,
        "fingerprint": fingerprint,
        "thumbprint": thumbprint,
    });
    key.as_object().cloned().unwrap_or_default()
}
