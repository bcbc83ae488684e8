//! Where recordings of the real API accept more than the document says.

use std::collections::BTreeMap;

use super::schema::{Kind, Schema};

/// Keys of a body that the API takes as null although the document gives them no null.
const NULLABLE: &[(&str, &[&str])] = &[
    (
        "UpdateClientRequestContent",
        &[
            "addons",
            "signed_request_object",
            "token_vault_privileged_access",
            "oidc_backchannel_logout",
        ],
    ),
    ("ClientSessionTransferConfiguration", &["delegation"]),
];

/// Keys of a body that the API takes and the document does not name: schema, key, types.
const UNNAMED: &[(&str, &str, &[Kind])] = &[
    ("CreateClientRequestContent", "identity_assertion_authorization_grant", &[Kind::Object]),
    (
        "UpdateClientRequestContent",
        "identity_assertion_authorization_grant",
        &[Kind::Object, Kind::Null],
    ),
    ("ClientTokenVaultPrivilegedAccessWithCredentialId", "grants", &[Kind::Array]),
    ("ClientTokenVaultPrivilegedAccessWithPublicKey", "grants", &[Kind::Array]),
    ("CreateResourceServerRequestContent", "token_lifetime_for_web", &[Kind::Integer]),
    ("UpdateResourceServerRequestContent", "token_lifetime_for_web", &[Kind::Integer]),
];

/// Parameters of a query that every read takes, whether the document names them there or not.
const QUERY: &[&str] = &["fields", "include_fields", "include_totals", "page", "per_page"];

/// Whether a query parameter may stand where the document does not name it.
pub fn is_tolerated(parameter: &str) -> bool {
    QUERY.contains(&parameter)
}

/// Widens the schemas by the exceptions.
///
/// A key of `NULLABLE` that refers to another schema is widened in place of the reference, so that
/// the schema stays strict where others refer to it.
pub fn apply(schemas: &mut BTreeMap<String, Schema>) {
    for (schema, key, kinds) in UNNAMED {
        if let Some(schema) = schemas.get_mut(*schema) {
            let property = Schema { types: kinds.to_vec(), ..Schema::default() };
            schema.properties.entry((*key).to_owned()).or_insert(property);
        }
    }
    for (schema, keys) in NULLABLE {
        for key in *keys {
            let named = schemas.clone();
            let property = schemas.get_mut(*schema).and_then(|s| s.properties.get_mut(*key));
            let Some(property) = property else { continue };
            if let Some(target) = property.reference.as_ref().and_then(|name| named.get(name)) {
                *property = target.clone();
            }
            if !property.types.is_empty() {
                property.types.push(Kind::Null);
            }
        }
    }
}
