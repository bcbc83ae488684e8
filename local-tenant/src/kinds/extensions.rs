//! What came before actions: rules with their configuration, and hooks with their secrets.

use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection, document};
use crate::store::{Store, text};

/// Rules, their configuration, and hooks.
pub const KINDS: &[Kind] = &[
    collection("/rules")
        .id("rul_", 16)
        .absent("The rule does not exist.")
        .code("inexistent_rule")
        .making(|store, _, rule| {
            let orders = store.shelf(["rules"]).entities().filter_map(|r| r.get("order")?.as_u64());
            let order = orders.max().unwrap_or_default() + 1;
            rule.entry("enabled").or_insert_with(|| true.into());
            rule.entry("order").or_insert_with(|| order.into());
            rule.entry("stage").or_insert_with(|| "login_success".into());
            Ok(())
        }),
    collection("/rules-configs").key("key").upserts().shows(&["value"]).showing(
        |_, call, config| {
            // A value is never read again.
            if call.row.method == "GET" {
                config.remove("value");
            }
        },
    ),
    collection("/hooks")
        .id_by(|_| ids::upper_case(26))
        .absent("Error: Hook does not exist")
        .code("HookDoesNotExist")
        .mourns()
        .making(|_, _, hook| {
            let name = slug(text(hook, "name").unwrap_or_default());
            hook.insert("name".into(), name.into());
            hook.entry("enabled").or_insert_with(|| false.into());
            hook.entry("dependencies").or_insert_with(|| json!({}));
            Ok(())
        })
        .changing(|_, _, _, hook| {
            let name = slug(text(hook, "name").unwrap_or_default());
            hook.insert("name".into(), name.into());
            Ok(())
        }),
    document("/hooks/{id}/secrets").showing(|_, call, secrets| match call.row.method.as_str() {
        "GET" => secrets.values_mut().for_each(|value| *value = "_VALUE_NOT_SHOWN_".into()),
        _ => secrets.clear(),
    }),
];

/// Secrets are added to those that are there, and removed by name.
pub const OWN: &[Own] = &[
    ("POST", "/hooks/{id}/secrets", add_secrets),
    ("DELETE", "/hooks/{id}/secrets", remove_secrets),
];

fn add_secrets(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let mut secrets = store.get(&call.place()).cloned().unwrap_or_default();
    secrets.extend(call.body.clone());
    store.put(&call.place(), secrets);
    Ok(Answer::to(call, Object::new()))
}

fn remove_secrets(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let named = call.other.as_array().cloned().unwrap_or_default();
    if let Some(secrets) = store.get_mut(&call.place()) {
        secrets.retain(|name, _| !named.contains(&Value::from(name.as_str())));
    }
    Ok(Answer::NoContent)
}

/// A hook's name as the server writes it: digits are parted from the letters before them.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        let after_letter = slug.chars().last().is_some_and(|last| last.is_ascii_alphabetic());
        if c.is_ascii_digit() && after_letter {
            slug.push('-');
        }
        slug.push(c);
    }
    slug
}
