//! How the tenant sends e-mail, and what it writes.

use serde_json::Value;

use crate::answer::ApiError;
use crate::serving::{Kind, collection, optional};
use crate::store::text;

/// The provider of e-mail, and the templates.
pub const KINDS: &[Kind] = &[
    optional("/emails/provider")
        .absent("There is not a configured email provider")
        .code("inexistent_email_provider")
        .changing(|_, call, old, provider| {
            // Settings are those of the provider that was.
            if provider.get("name") != old.get("name") && !call.body.contains_key("settings") {
                provider.remove("settings");
            }
            Ok(())
        })
        .showing(|_, call, provider| {
            if call.row.method == "GET" && call.query.text("fields").is_none() {
                provider.retain(|key, _| key == "name" || key == "enabled");
            }
            if let Some(Value::Object(credentials)) = provider.get_mut("credentials") {
                credentials.retain(|key, _| SHOWN.contains(&key.as_str()));
            }
        }),
    collection("/email-templates")
        .key("template")
        .id_by(|template| text(template, "template").unwrap_or_default().to_owned())
        .absent("The template does not exist.")
        .making(|store, _, template| {
            let name = text(template, "template").unwrap_or_default();
            match store.shelf(["email-templates"]).get(name) {
                None => Ok(()),
                Some(_) => {
                    Err(ApiError::conflict(None, format!("Template {name} already exists.")))
                }
            }
        }),
];

/// What of credentials is shown.
const SHOWN: &[&str] = &["region", "domain", "smtp_host", "smtp_port", "smtp_user"];
