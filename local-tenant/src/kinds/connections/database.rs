//! The options of a database of the tenant's own users.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rand::Rng;
use serde_json::{Value, json};

use crate::answer::{ApiError, Object};
use crate::store::{complete, is_true};

/// Completes the options of a database.
///
/// # Errors
/// 400 for attributes that contradict each other or other options.
pub fn derive(options: &mut Object, is_new: bool) -> Result<(), ApiError> {
    check(options)?;
    if is_new {
        complete(
            options,
            &json!({
                "mfa": {"active": true, "return_enroll_settings": true},
                "strategy_version": 2,
            }),
        );
    }
    if is_new && !options.contains_key("passwordPolicy") {
        options.entry("password_options").or_insert_with(|| json!({}));
    }
    if let Some(Value::Object(password)) = options.get_mut("password_options") {
        complete(password, &password_options());
    }
    if options.contains_key("attributes") && options.contains_key("authentication_methods") {
        complete(
            options,
            &json!({"authentication_methods": {
                "email_otp": {"enabled": false},
                "phone_otp": {"enabled": false},
            }}),
        );
    }
    if let Some(Value::Object(email)) =
        options.get_mut("attributes").and_then(|attributes| attributes.get_mut("email"))
    {
        complete(email, &json!({"unique": true, "verification_method": "link"}));
    }
    complete(
        options,
        &json!({
            "brute_force_protection": true,
            "passkey_options": {
                "challenge_ui": "both",
                "local_enrollment_enabled": true,
                "progressive_enrollment_enabled": true,
            },
            "authentication_methods": {
                "password": {
                    "enabled": true,
                    "api_behavior": "required",
                    "signup_behavior": "allow",
                },
                "passkey": {"enabled": false},
            },
        }),
    );
    let configuration = options.get_mut("configuration").and_then(Value::as_object_mut);
    for value in configuration.into_iter().flat_map(Object::values_mut) {
        *value = sealed().into();
    }
    Ok(())
}

/// What the scripts of a database are given is never shown again; nobody here can open this.
fn sealed() -> String {
    // What the real ones begin with.
    let mut bytes = vec![0x0a, 0x42, 0x0a];
    bytes.resize(123, 0);
    rand::rng().fill_bytes(&mut bytes[3..]);
    STANDARD.encode(bytes)
}

fn password_options() -> Value {
    json!({
        "complexity": {
            "min_length": 15,
            "character_types": [],
            "character_type_rule": "all",
            "identical_characters": "allow",
            "sequential_characters": "allow",
            "max_length_exceeded": "error",
        },
        "profile_data": {
            "active": false,
            "blocked_fields": [
                "name",
                "username",
                "nickname",
                "email",
                "phone_number",
                "user_metadata.name",
                "user_metadata.first",
                "user_metadata.last",
            ],
        },
        "history": {"active": false, "size": 3},
        "dictionary": {"active": false, "default": "en_100k", "custom": []},
    })
}

fn check(options: &Object) -> Result<(), ApiError> {
    let Some(attributes) = options.get("attributes").and_then(Value::as_object) else {
        return Ok(());
    };
    let refused = |message: String| Err(ApiError::bad_request("invalid_body", message));
    if options.get("validation").is_some_and(|validation| !validation.is_null()) {
        return refused("Cannot set both options.attributes and options.validation".into());
    }
    if is_true(options, "requires_username") {
        return refused("Cannot set both options.attributes and options.requires_username".into());
    }
    if attributes.values().all(|attribute| attribute["identifier"]["active"] != true) {
        return refused("attributes must contain one active identifier".into());
    }
    let unasked = attributes.iter().find(|(_, attribute)| {
        attribute["profile_required"] == true && attribute["signup"]["status"] == "inactive"
    });
    match unasked {
        Some((name, _)) => refused(format!("attribute {name} must also be required on signup")),
        None => Ok(()),
    }
}
