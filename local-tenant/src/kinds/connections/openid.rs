//! The options of OpenID Connect and Okta, which the server completes from the discovery document.

use serde_json::{Value, json};

use crate::answer::Object;
use crate::store::{Store, complete, text};

/// Options that say where something is, under the names of the discovery document too.
const PLACES: &[&str] =
    &["authorization_endpoint", "issuer", "jwks_uri", "token_endpoint", "userinfo_endpoint"];

/// Completes the options by the discovery document, sent or published elsewhere, where there is one.
pub fn derive(store: &Store, strategy: &str, options: &mut Object, is_new: bool) {
    let discovery = text(options, "discovery_url").map(str::to_owned);
    let by_domain = || {
        let domain = text(options, "domain")?;
        Some(format!("https://{domain}/.well-known/openid-configuration"))
    };
    let published = discovery.or_else(by_domain).and_then(|url| store.elsewhere(&url).cloned());
    let sent = options.get("oidc_metadata").and_then(Value::as_object).cloned();
    if let Some(mut metadata) = sent.or(published) {
        complete(
            &mut metadata,
            &json!({
                "claims_parameter_supported": false,
                "request_parameter_supported": false,
                "request_uri_parameter_supported": false,
                "require_request_uri_registration": false,
            }),
        );
        for place in PLACES {
            let told = metadata.get(*place).cloned();
            match (options.get(*place), told) {
                (None | Some(Value::Null), Some(told)) => {
                    options.insert((*place).to_owned(), told);
                }
                (Some(Value::Null), None) => {
                    options.insert((*place).to_owned(), "".into());
                }
                _ => {}
            }
        }
        options.insert("oidc_metadata".into(), metadata.into());
    }
    let (channel, mapping) = match strategy {
        "okta" => ("back_channel", "basic_profile"),
        _ => ("front_channel", "bind_all"),
    };
    // A change that does not say it turns it off; recordings show both.
    let pkce = if is_new { "auto" } else { "disabled" };
    complete(
        options,
        &json!({
            "type": channel,
            "schema_version": "oidc-V4",
            "attribute_map": {"mapping_mode": mapping},
            "connection_settings": {"pkce": pkce},
        }),
    );
}
