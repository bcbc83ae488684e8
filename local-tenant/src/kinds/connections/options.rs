//! The options of a connection, which the server completes by its strategy.
//!
//! A change replaces them as a whole, and they are completed again; what is given to a new connection only is
//! then gone.

use serde_json::{Value, json};

use super::{certificate, database, openid, social};
use crate::answer::{ApiError, Object};
use crate::store::{Store, complete, text};

/// Completes what was sent; `before` are the options that a change replaces.
///
/// # Errors
/// 400 for options that contradict each other.
pub fn derive(
    store: &Store,
    strategy: &str,
    connection: &mut Object,
    before: Option<&Object>,
) -> Result<(), ApiError> {
    let Some(Value::Object(options)) = connection.get_mut("options") else { return Ok(()) };
    match strategy {
        "auth0" => database::derive(options, before.is_none())?,
        "oidc" | "okta" => openid::derive(store, strategy, options, before.is_none()),
        "samlp" | "pingfederate" => certificate::derive(strategy, options, before),
        "ad" => complete(options, &json!({"ips": null, "brute_force_protection": true})),
        "email" | "sms" => complete(options, &json!({"brute_force_protection": true})),
        "adfs" => derive_adfs(options),
        "waad" => derive_waad(store, options),
        _ => social::derive(strategy, options, before.is_none()),
    }
    Ok(())
}

fn derive_adfs(options: &mut Object) {
    let endpoint = text(options, "fedMetadataXml").and_then(certificate::passive_endpoint);
    options.extend(endpoint.map(|at| ("signInEndpoint".to_owned(), at.into())));
    complete(
        options,
        &json!({
            "thumbprints": [],
            "should_trust_email_verified_connection": "always_set_emails_as_verified",
        }),
    );
}

fn derive_waad(store: &Store, options: &mut Object) {
    let domain = text(options, "tenant_domain").unwrap_or_default();
    let keys = format!("https://login.microsoftonline.com/{domain}/discovery/v2.0/keys");
    let thumbprints = store.elsewhere(&keys).map(certificate::thumbprints).unwrap_or_default();
    let host = store.base.split("://").last().unwrap_or_default();
    complete(
        options,
        &json!({
            "app_domain": host,
            "thumbprints": thumbprints,
            "identity_api": "microsoft-identity-platform-v2.0",
            "useCommonEndpoint": false,
            "use_wsfed": false,
            "waad_protocol": "openid-connect",
            "waad_common_endpoint": false,
            "should_trust_email_verified_connection": "never_set_emails_as_verified",
        }),
    );
}
