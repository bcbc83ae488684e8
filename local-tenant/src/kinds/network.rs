//! Where logs go, and who may come in: log streams and network ACLs.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, Object};
use crate::document::Violation;
use crate::ids;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection};
use crate::store::{Store, is_true, text};

/// Log streams and network ACLs.
pub const KINDS: &[Kind] = &[
    collection("/log-streams")
        .id_by(|_| ids::digits_after("lst_", 16))
        .absent("The log stream does not exist.")
        .hides(&["startFrom"])
        .making(|_, _, stream| {
            stream.entry("status").or_insert_with(|| "active".into());
            stream.entry("isPriority").or_insert_with(|| false.into());
            settle_filters(stream);
            name_partner(stream);
            Ok(())
        })
        .changing(|_, call, old, stream| {
            if is_true(old, "isPriority") && call.body.contains_key("filters") {
                // A stream that goes first keeps its filter.
                stream.extend(old.get("filters").map(|f| ("filters".to_owned(), f.clone())));
            }
            settle_filters(stream);
            name_partner(stream);
            Ok(())
        })
        .showing(|_, _, stream| {
            if let Some(secret) = stream
                .get_mut("sink")
                .and_then(|sink| sink.get_mut("mixpanelServiceAccountPassword"))
            {
                *secret = "********".into();
            }
        }),
    collection("/network-acls")
        .id("acl_", 22)
        .absent("The network ACL does not exist.")
        .making(|_, _, acl| check_lists(acl))
        .changing(|_, _, _, acl| check_lists(acl))
        .showing(|store, call, acl| {
            // Only a single read has these.
            if call.row.method == "GET" && call.row.is_of_an_item() {
                acl.insert("tenant_id".into(), store.tenant_name().into());
                acl.insert("deleted_at".into(), Value::Null);
            }
        }),
];

/// A DELETE with an answer of its own.
pub const OWN: &[Own] = &[("DELETE", "/network-acls/{id}", delete_acl)];

fn settle_filters(stream: &mut Object) {
    if is_true(stream, "isPriority") {
        stream.insert("filters".into(), json!([{"type": "category", "name": "security"}]));
    } else if stream.get("filters") == Some(&json!([])) {
        stream.remove("filters");
    }
}

/// The partner's side of a stream gets a name.
fn name_partner(stream: &mut Object) {
    let kind = text(stream, "type").unwrap_or_default().to_owned();
    let Some(Value::Object(sink)) = stream.get_mut("sink") else { return };
    let (partner, key) = match kind.as_str() {
        "eventbridge" => ("aws", "awsPartnerEventSource"),
        "eventgrid" => ("azure", "azurePartnerTopic"),
        _ => return,
    };
    let name = format!("{partner}.partner/auth0.com/local-tenant-{}/auth0.logs", ids::uuid());
    sink.entry(key).or_insert_with(|| name.into());
}

/// The lists that Auth0 keeps itself.
const CURATED: &[&str] = &["auth0.low_reputation", "auth0.icloud_relay_proxy"];

fn check_lists(acl: &mut Object) -> Result<(), ApiError> {
    let rule = acl.get("rule").cloned().unwrap_or_default();
    for side in ["match", "not_match"] {
        let names = rule[side]["auth0_managed"].as_array().cloned().unwrap_or_default();
        for (later, name) in names.iter().enumerate() {
            if let Some(first) = names[..later].iter().position(|other| other == name) {
                return Err(ApiError::invalid_body(&Violation {
                    property: format!("rule.{side}.auth0_managed"),
                    reason: format!("Array items are not unique (indexes {first} and {later})"),
                }));
            }
        }
    }
    let named = ["match", "not_match"].map(|side| rule[side]["auth0_managed"].clone());
    let named = named.iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    let unknown: Vec<_> = named.filter(|name| !CURATED.contains(name)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Invalid curated list name(s): {}. Allowed curated list names are: {}",
        unknown.join(", "),
        CURATED.join(", ")
    );
    Err(ApiError::bad_request("invalid_body", message))
}

fn delete_acl(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    store.remove(&call.place());
    Ok(Answer::Of(StatusCode::OK, json!({"code": 204, "object": ""})))
}
