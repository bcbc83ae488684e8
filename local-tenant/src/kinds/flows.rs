//! Flows, the connections of their vault, and forms.

use serde_json::{Value, json};

use crate::answer::{ApiError, Object};
use crate::ids;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::Store;

/// Flows, vault connections and forms.
pub const KINDS: &[Kind] = &[
    collection("/flows/vault/connections")
        .id("ac_", 22)
        .absent("Vault connection not found")
        .hides(&["setup"])
        .making(|_, call, connection| {
            connection.insert("ready".into(), call.body.contains_key("setup").into());
            connection.insert("fingerprint".into(), ids::hex(16).into());
            Ok(())
        })
        .changing(|_, call, old, connection| {
            let ready = old.get("ready").cloned().unwrap_or_default();
            let ready = if call.body.contains_key("setup") { true.into() } else { ready };
            connection.insert("ready".into(), ready);
            connection.insert("fingerprint".into(), ids::hex(16).into());
            Ok(())
        })
        .showing(|_, call, connection| {
            if call.row.method != "GET" {
                connection.insert("refreshed_at".into(), Value::Null);
            }
        }),
    collection("/flows")
        .id("af_", 22)
        .absent("Flow not found")
        .making(|_, _, flow| {
            without_empty(flow);
            Ok(())
        })
        .changing(|_, _, _, flow| {
            without_empty(flow);
            Ok(())
        }),
    collection("/forms")
        .id("ap_", 22)
        .absent("Form not found")
        .making(|_, _, form| {
            without_empty(form);
            form.entry("ending").or_insert_with(|| json!({"resume_flow": true}));
            Ok(())
        })
        .changing(changed_form),
];

fn changed_form(_: &Store, _: &Call, _: &Object, form: &mut Object) -> Result<(), ApiError> {
    without_empty(form);
    Ok(())
}

/// Members that are empty are not kept.
fn without_empty(entity: &mut Object) {
    entity.retain(|_, value| *value != json!({}) && *value != json!([]));
}
