//! Takes secrets out of what the request log keeps.

use serde_json::Value;

/// What stands in a log in place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Keys whose values are secrets, by a part of their name in lower case without `_` and `-`.
const SECRET: &[&str] = &[
    "secret",
    "password",
    "privatekey",
    "accesstoken",
    "idtoken",
    "assertion",
    "storageaccesskey",
    "masterkey",
];

/// Keys whose values are secrets, by their whole name in lower case without `_` and `-`.
const SECRET_WHOLE: &[&str] = &[
    "saskey",
    "apikey",
    "skey",
    "serverkey",
    "servercredentials",
    "p12",
    "wrappedkey",
    "headervalue",
    "signature",
    "authorization",
    "keyid",
];

/// Where a secret stands in an object that is one: a secret of an action, a key of an algorithm.
const VALUE: &str = "value";

/// A JSON value without its secrets, at any depth.
pub fn redact(value: &mut Value) {
    match value {
        Value::Object(entity) => {
            let is_key = entity.contains_key("alg");
            for (key, value) in entity.iter_mut() {
                if is_secret(key) || is_key && key == VALUE { blank(value) } else { redact(value) }
            }
            // What the scripts of a database are given, the API itself shows only sealed.
            if let Some(Value::Object(configuration)) =
                entity.get_mut("options").and_then(|options| options.get_mut("configuration"))
            {
                configuration.values_mut().for_each(blank);
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(redact),
        Value::String(text) if text.contains("PRIVATE KEY") => REDACTED.clone_into(text),
        _ => {}
    }
}

/// Blanks every string below a key that names a secret; a setting such as a flag stays.
fn blank(value: &mut Value) {
    match value {
        Value::String(text) => REDACTED.clone_into(text),
        Value::Array(elements) => elements.iter_mut().for_each(blank),
        Value::Object(entity) => {
            for (key, value) in entity {
                if is_secret(key) || key == VALUE { blank(value) } else { redact(value) }
            }
        }
        other => redact(other),
    }
}

/// A query or a form without its secrets, in its own order.
pub fn redact_form(form: &str) -> String {
    let mut redacted = form_urlencoded::Serializer::new(String::new());
    for (key, value) in form_urlencoded::parse(form.as_bytes()) {
        let secret = is_secret(&key) || value.contains("PRIVATE KEY");
        redacted.append_pair(&key, if secret { REDACTED } else { &value });
    }
    redacted.finish()
}

fn is_secret(key: &str) -> bool {
    let plain: String =
        key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    SECRET.iter().any(|part| plain.contains(part))
        || plain.ends_with("token")
        || SECRET_WHOLE.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_go_at_any_depth_and_settings_stay() {
        let mut body = json!({
            "name": "app",
            "client_secret": "s3cret",
            "jwt_configuration": {"secret_encoded": true},
            "refresh_token": {"rotation_type": "rotating"},
            "token_endpoint_auth_method": "client_secret_post",
            "signing_secret": "s3cret",
            "addons": {
                "firebase": {"secret": "s3cret", "private_key": "s3cret", "private_key_id": "k"},
                "azure_sb": {"sasKeyName": "policy", "sasKey": "s3cret"},
                "layer": {"privateKey": "s3cret"},
            },
            "options": {
                "twilio_token": "s3cret",
                "configuration": {"database_url": "s3cret"},
                "attributes": {"email": {"unique": true}},
            },
            "credentials": [{"pem": "-----BEGIN RSA PRIVATE KEY-----s3cret"}],
            "secrets": [{"name": "of an action", "value": "s3cret"}],
            "scopes": [{"value": "read:data"}],
            "network": {"alg": "hmac-sha256", "value": "s3cret"},
            "providers": {"auth_token": "s3cret", "skey": "s3cret", "p12": "s3cret"},
        });
        redact(&mut body);
        assert!(!body.to_string().contains("s3cret"), "{body}");
        assert_eq!(body["jwt_configuration"]["secret_encoded"], true);
        assert_eq!(body["refresh_token"]["rotation_type"], "rotating");
        assert_eq!(body["token_endpoint_auth_method"], "client_secret_post");
        assert_eq!(body["addons"]["azure_sb"]["sasKeyName"], "policy");
        assert_eq!(body["options"]["attributes"]["email"]["unique"], true);
        assert_eq!(body["scopes"][0]["value"], "read:data");
        assert_eq!(body["secrets"][0]["name"], "of an action");
        assert_eq!(body["name"], "app");
    }

    #[test]
    fn secrets_go_from_forms_and_queries() {
        let form = "grant_type=client_credentials&client_id=a&client_secret=s3cret&token=s3cret";
        let redacted = redact_form(form);
        assert!(!redacted.contains("s3cret"), "{redacted}");
        assert!(redacted.starts_with("grant_type=client_credentials&client_id=a&"), "{redacted}");
    }
}
