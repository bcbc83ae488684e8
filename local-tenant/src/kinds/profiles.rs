//! Profiles: of self-service, of user attributes, of connections and of token exchange; policies of rate limits.

use axum::http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, ApiError, Object};
use crate::ids;
use crate::operations::Own;
use crate::request::Call;
use crate::serving::{Kind, collection, document};
use crate::store::{Store, complete};

/// The profiles.
pub const KINDS: &[Kind] = &[
    collection("/self-service-profiles")
        .id("ssp_", 22)
        .absent("Profile with ID: {id} not found")
        .making(|_, _, profile| {
            profile.entry("user_attributes").or_insert_with(|| json!([]));
            Ok(())
        })
        .changing(|_, call, _, profile| {
            if call.body.get("user_attributes").is_some_and(serde_json::Value::is_null) {
                profile.insert("user_attributes".into(), json!([]));
            }
            Ok(())
        }),
    document("/self-service-profiles/{id}/custom-text/{language}/{page}"),
    collection("/user-attribute-profiles")
        .id("uap_", 22)
        .absent("User attribute profile not found.")
        .making(|_, _, profile| {
            complete_user_id(profile);
            Ok(())
        })
        .changing(|_, _, _, profile| {
            complete_user_id(profile);
            Ok(())
        }),
    collection("/connection-profiles")
        .id("cop_", 22)
        .absent("Connection profile not found.")
        .shows(&["cross_app_access_resource_app"])
        .making(|_, _, profile| {
            complete(
                profile,
                &json!({
                    "organization": {
                        "show_as_button": "none",
                        "assign_membership_on_login": "none",
                    },
                    "enabled_features": ["scim", "universal_logout"],
                }),
            );
            Ok(())
        }),
    collection("/token-exchange-profiles")
        .id("tep_", 16)
        .absent("Token exchange profile not found."),
    collection("/rate-limit-policies").id("rlp_", 21).absent("Rate limit policy not found."),
];

/// What a profile says of the user's id where it says nothing.
fn complete_user_id(profile: &mut Object) {
    let defaults = json!({
        "oidc_mapping": "sub",
        "saml_mapping": [
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
        ],
        "scim_mapping": "externalId",
    });
    complete(profile, &json!({"user_id": defaults}));
}

/// Tickets of self-service.
pub const OWN: &[Own] = &[
    ("POST", "/self-service-profiles/{id}/sso-ticket", make_ticket),
    ("POST", "/self-service-profiles/{profileId}/sso-ticket/{id}/revoke", revoke_ticket),
];

/// An address at which a customer could set a connection up.
fn make_ticket(store: &mut Store, call: &Call) -> Result<Answer, ApiError> {
    let ticket = ids::prefixed("", 32);
    let address = format!("{}/self-service/connections-flow?ticket={ticket}", store.base);
    Ok(Answer::to(call, json!({"ticket": address})))
}

/// Nobody can use a ticket here, so there is nothing to be revoked.
fn revoke_ticket(_: &mut Store, _: &Call) -> Result<Answer, ApiError> {
    Ok(Answer::Of(StatusCode::ACCEPTED, json!({})))
}
