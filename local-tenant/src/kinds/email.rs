//! How the tenant sends e-mail.

use serde_json::Value;

use crate::serving::{Kind, optional};

/// The provider of e-mail.
pub const KINDS: &[Kind] = &[optional("/emails/provider")
    .absent("There is not a configured email provider")
    .code("inexistent_email_provider")
    .changing(|_, call, old, provider| {
        // Settings are those of the provider that was.
        if provider.get("name") != old.get("name") && !call.body.contains_key("settings") {
            provider.remove("settings");
        }
        Ok(())
    })
    .showing(|_, _, provider| {
        if let Some(Value::Object(credentials)) = provider.get_mut("credentials") {
            credentials.retain(|key, _| SHOWN.contains(&key.as_str()));
        }
    })];

/// What of credentials is shown.
const SHOWN: &[&str] = &["region", "domain", "smtp_host", "smtp_port", "smtp_user"];
