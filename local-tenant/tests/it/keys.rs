//! Keys of the tenant as a user meets them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::caller::Caller;

/// Type and state of every encryption key, newest first.
fn states(caller: &Caller) -> Vec<(String, String)> {
    let keys = caller.send("GET", "/keys/encryption", None).json();
    let text = |key: &Value, member: &str| key[member].as_str().unwrap().to_owned();
    keys.as_array().unwrap().iter().map(|key| (text(key, "type"), text(key, "state"))).collect()
}

fn pairs(states: &[(&str, &str)]) -> Vec<(String, String)> {
    states.iter().map(|(kind, state)| ((*kind).to_owned(), (*state).to_owned())).collect()
}

#[test]
fn a_root_key_of_the_customer_takes_the_place_of_the_first_one() {
    let caller = Caller::default();
    let first = [("environment-root-key", "active"), ("tenant-master-key", "active")];
    assert_eq!(states(&caller).len(), first.len());
    let key = caller.create("/keys/encryption", &json!({"type": "customer-provided-root-key"}));
    assert_eq!(key["state"], "pre-activation");
    let path = format!("/keys/encryption/{}", key["kid"].as_str().unwrap());
    let bad = json!({"wrapped_key": "bad-key-value"});
    assert_eq!(caller.send("POST", &path, Some(&bad)).status, 400);
    let wrapped = json!({"wrapped_key": STANDARD.encode([7; 424])});
    assert_eq!(caller.create(&path, &wrapped)["state"], "active");
    let mut after = states(&caller);
    after.sort();
    let expected = [
        ("customer-provided-root-key", "active"),
        ("environment-root-key", "destroyed"),
        ("tenant-master-key", "active"),
        ("tenant-master-key", "destroyed"),
    ];
    assert_eq!(after, pairs(&expected));
}

#[test]
fn a_destroyed_encryption_key_can_still_be_read() {
    let caller = Caller::default();
    let key = caller.create("/keys/encryption", &json!({"type": "customer-provided-root-key"}));
    let path = format!("/keys/encryption/{}", key["kid"].as_str().unwrap());
    assert_eq!(caller.send("DELETE", &path, None).status, 204);
    assert_eq!(caller.send("GET", &path, None).json()["state"], "destroyed");
}

#[test]
fn a_key_of_network_acls_is_known_by_the_digest_of_its_bytes() {
    let caller = Caller::default();
    let key = |value: &str| json!({"name": "k", "alg": "hmac-sha256", "value": value});
    let made = caller.create("/keys/network-acls", &key(&STANDARD.encode([0; 32])));
    // SHA-256 of 32 zero bytes.
    let digest = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";
    assert_eq!(made["fingerprint"], digest);
    assert_eq!(made.get("value"), None);
    for wrong in ["not base64!", &STANDARD.encode([0; 31]), &STANDARD.encode([0; 513])] {
        assert_eq!(caller.send("POST", "/keys/network-acls", Some(&key(wrong))).status, 400);
    }
}

#[test]
fn the_signing_key_is_the_one_that_is_published() {
    let caller = Caller::default();
    let keys = caller.send("GET", "/keys/signing", None).json();
    let published = caller.raw("GET", "/.well-known/jwks.json", None).json();
    assert_eq!(keys[0]["kid"], published["keys"][0]["kid"]);
    assert_eq!(keys.as_array().unwrap().len(), 1);
}
