//! What servers elsewhere published when a test was recorded: the tenant that was recorded fetched it.

use serde_json::{Map, Value, json};

use super::recording::Interaction;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The documents that a test needs, by address: of connections that show what their requests did not say.
pub fn published(test: &[Interaction]) -> Vec<(String, Value)> {
    let written = test.iter().filter(|i| i.is_write());
    let document = |i: &Interaction| match i.kind() {
        "connections" => document(&i.request_body, &i.response_body),
        "clients" => client(&i.response_body),
        _ => None,
    };
    written.filter_map(document).collect()
}

/// The metadata document of a client, by what an answer tells of it: the members that made the client, and the
/// names of those that did not.
fn client(answer: &Value) -> Option<(String, Value)> {
    let mapped = &answer["mapped_fields"];
    let address = mapped["external_client_id"].as_str()?.to_owned();
    let mut document = json!({
        "client_id": address,
        "client_name": mapped["name"],
        "redirect_uris": mapped["callbacks"],
    });
    for same in ["logo_uri", "grant_types", "token_endpoint_auth_method"] {
        document[same] = mapped[same].clone();
    }
    for warning in answer["validation"]["warnings"].as_array().into_iter().flatten() {
        let named = warning.as_str()?.strip_prefix("Ignoring unsupported properties: ")?;
        for name in named.split_once(". ")?.0.split(", ") {
            document[name] = address.clone().into();
        }
    }
    Some((address, document))
}

fn document(sent: &Value, answer: &Value) -> Option<(String, Value)> {
    let (sent, shown) = (&sent["options"], &answer["options"]);
    if answer["strategy"] == "waad" && sent["thumbprints"].is_null() {
        let domain = sent["tenant_domain"].as_str()?;
        let address = format!("https://login.microsoftonline.com/{domain}/discovery/v2.0/keys");
        return Some((address, keys(shown["thumbprints"].as_array()?)));
    }
    if !sent["oidc_metadata"].is_null() || shown["oidc_metadata"].is_null() {
        return None;
    }
    let address = match (sent["discovery_url"].as_str(), sent["domain"].as_str()) {
        (Some(address), _) => address.to_owned(),
        (None, domain) => format!("https://{}/.well-known/openid-configuration", domain?),
    };
    Some((address, shown["oidc_metadata"].clone()))
}

/// A key set whose certificates have these thumbprints.
fn keys(thumbprints: &[Value]) -> Value {
    let bytes = |digits: &str| -> Vec<u8> {
        let pairs = (0..digits.len() / 2).map(|i| &digits[2 * i..2 * i + 2]);
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    };
    let key = |thumbprint: &Value| {
        let digest = URL_SAFE_NO_PAD.encode(bytes(thumbprint.as_str().unwrap()));
        Map::from_iter([("x5t".to_owned(), digest.into())])
    };
    json!({"keys": thumbprints.iter().map(key).collect::<Vec<_>>()})
}
