//! Where recordings of the real API accept more than the document says.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::{Kind, Schema};
use super::table::{Document, ListForm, OperationRow};

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
    ("ClientMyOrganizationPostConfiguration", "enforce_permission_ceiling", &[Kind::Boolean]),
    (
        "ClientMyOrganizationPostConfiguration",
        "enforce_self_assignment_restriction",
        &[Kind::Boolean],
    ),
    ("ClientMyOrganizationPostConfiguration", "third_party_client_access", &[Kind::Object]),
    ("ClientMyOrganizationPatchConfiguration", "enforce_permission_ceiling", &[Kind::Boolean]),
    (
        "ClientMyOrganizationPatchConfiguration",
        "enforce_self_assignment_restriction",
        &[Kind::Boolean],
    ),
    ("ClientMyOrganizationPatchConfiguration", "third_party_client_access", &[Kind::Object]),
    ("CreateClientRequestContent", "anonymous_sessions", &[Kind::Object]),
    ("CreateClientRequestContent", "b2b_integration_configuration", &[Kind::Object]),
    ("CreateClientRequestContent", "client_id", &[Kind::String]),
    ("CreateClientRequestContent", "identity_assertion_authorization_grant", &[Kind::Object]),
    ("UpdateClientRequestContent", "anonymous_sessions", &[Kind::Object, Kind::Null]),
    ("UpdateClientRequestContent", "b2b_integration_configuration", &[Kind::Object, Kind::Null]),
    (
        "UpdateClientRequestContent",
        "identity_assertion_authorization_grant",
        &[Kind::Object, Kind::Null],
    ),
    ("ClientTokenVaultPrivilegedAccessWithCredentialId", "grants", &[Kind::Array]),
    ("ClientTokenVaultPrivilegedAccessWithPublicKey", "grants", &[Kind::Array]),
    ("CreateResourceServerRequestContent", "token_lifetime_for_web", &[Kind::Integer]),
    ("UpdateResourceServerRequestContent", "token_lifetime_for_web", &[Kind::Integer]),
    ("CreateResourceServerRequestContent", "access_token", &[Kind::Object]),
    ("UpdateResourceServerRequestContent", "access_token", &[Kind::Object, Kind::Null]),
    ("CreateResourceServerRequestContent", "require_consent_non_repudiation", &[Kind::Boolean]),
    ("UpdateResourceServerRequestContent", "require_consent_non_repudiation", &[Kind::Boolean]),
    (
        "CreateResourceServerRequestContent",
        "token_lifetime_for_anonymous_access_tokens",
        &[Kind::Integer],
    ),
    (
        "UpdateResourceServerRequestContent",
        "token_lifetime_for_anonymous_access_tokens",
        &[Kind::Integer, Kind::Null],
    ),
    ("CreateResourceServerRequestContent", "verificationLocation", &[Kind::String]),
    ("UpdateResourceServerRequestContent", "verificationLocation", &[Kind::String]),
    ("TenantSettingsFlags", "enable_custom_domain_in_emails", &[Kind::Boolean]),
    ("TenantSettingsFlags", "enable_legacy_logs_search_v2", &[Kind::Boolean]),
    ("TenantSettingsSessions", "anonymous", &[Kind::Object]),
    ("ResourceServerSubjectTypeAuthorization", "anonymous_user", &[Kind::Object]),
    ("CreateRoleRequestContent", "type", &[Kind::String]),
    ("CreateRoleRequestContent", "owner_id", &[Kind::String]),
    ("CreateOrganizationRequestContent", "is_app_entitlement_active", &[Kind::Boolean]),
    ("UpdateOrganizationRequestContent", "is_app_entitlement_active", &[Kind::Boolean]),
    ("CreateOrganizationRequestContent", "third_party_client_access", &[Kind::String]),
    ("UpdateOrganizationRequestContent", "third_party_client_access", &[Kind::String]),
    ("NetworkAclRule", "match_all", &[Kind::Boolean]),
    ("NetworkAclMatch", "auth0_managed", &[Kind::Array]),
    ("NetworkAclMatch", "http_message_signature", &[Kind::Object]),
    ("CreateConnectionRequestContent", "cross_app_access_resource_app", &[Kind::Object]),
    (
        "UpdateConnectionRequestContent",
        "cross_app_access_resource_app",
        &[Kind::Object, Kind::Null],
    ),
    ("CreateConnectionProfileRequestContent", "cross_app_access_resource_app", &[Kind::Object]),
    (
        "UpdateConnectionProfileRequestContent",
        "cross_app_access_resource_app",
        &[Kind::Object, Kind::Null],
    ),
    ("CreateBrandingThemeRequestContent", "identifiers", &[Kind::Object]),
    ("UpdateBrandingThemeRequestContent", "identifiers", &[Kind::Object]),
    ("EventStreamWebhookBasicAuth", "password", &[Kind::String]),
    ("EventStreamWebhookBearerAuth", "token", &[Kind::String]),
    ("EventStreamWebhookCustomHeaderAuth", "header_value", &[Kind::String]),
    ("SynchronizedGroupPayload", "name", &[Kind::String]),
    ("SynchronizedGroupPayload", "email", &[Kind::String]),
    ("SynchronizedGroupPayload", "direct_members_count", &[Kind::Integer]),
    ("TenantSettingsFlags", "use_scope_descriptions_for_consent", &[Kind::Boolean]),
];

/// Parameters of a list that the API takes and the document does not name: path, parameter.
const UNNAMED_PARAMETERS: &[(&str, &str)] = &[
    ("/roles", "owner_id"),
    ("/roles", "type"),
    ("/connections/{id}/directory-provisioning/synchronized-groups", "q"),
    ("/logs", "q"),
    ("/organizations", "include_client_association_for"),
];

/// Texts that the API takes and the document does not list: schema, text.
const UNLISTED: &[(&str, &str)] = &[("ClientGrantSubjectTypeEnum", "anonymous_user")];

/// Parameters of a query that every read takes, whether the document names them there or not.
const QUERY: &[&str] =
    &["fields", "include_fields", "include_totals", "page", "per_page", "from", "take"];

/// Whether a query parameter may stand where the document does not name it.
pub fn is_tolerated(parameter: &str) -> bool {
    QUERY.contains(&parameter)
}

/// Operations that recordings show to succeed with another status than the document's.
const STATUSES: &[(&str, &str, u16)] = &[
    ("PATCH", "/clients/{client_id}/credentials/{credential_id}", 200),
    ("PATCH", "/resource-servers/{id}", 200),
    ("POST", "/organizations/{id}/invitations", 201),
    ("POST", "/actions/actions/{id}/deploy", 200),
    ("DELETE", "/network-acls/{id}", 200),
    ("DELETE", "/roles/{id}/permissions", 204),
    ("PATCH", "/hooks/{id}", 200),
];

/// Operations of recordings, and of Auth0's own SDKs, that the document does not have: method, path, scopes, status.
const UNDOCUMENTED: &[(&str, &str, &[&str], u16)] = &[
    ("GET", "/guardian/factors/email/settings", &["read:guardian_factors"], 200),
    ("PUT", "/guardian/factors/email/settings", &["update:guardian_factors"], 200),
    ("GET", "/guardian/factors/phone/settings", &["read:guardian_factors"], 200),
    ("PUT", "/guardian/factors/phone/settings", &["update:guardian_factors"], 200),
    ("GET", "/guardian/factors/webauthn-platform/settings", &["read:guardian_factors"], 200),
    ("PUT", "/guardian/factors/webauthn-platform/settings", &["update:guardian_factors"], 200),
    ("GET", "/guardian/factors/webauthn-roaming/settings", &["read:guardian_factors"], 200),
    ("PUT", "/guardian/factors/webauthn-roaming/settings", &["update:guardian_factors"], 200),
    ("GET", "/guardian/settings", &["read:tenant_settings"], 200),
    ("PUT", "/guardian/settings", &["update:tenant_settings"], 200),
    ("POST", "/keys/network-acls", &["create:network_acls"], 201),
    ("GET", "/keys/network-acls/{id}", &["read:network_acls"], 200),
    ("DELETE", "/keys/network-acls/{id}", &["delete:network_acls"], 204),
    ("GET", "/organizations/{id}/roles/{role_id}/groups", &["read:organizations"], 200),
    ("GET", "/prompts/mfa-push", &["read:prompts"], 200),
    ("PATCH", "/prompts/mfa-push", &["update:prompts"], 200),
];

/// Methods that send a body.
const SENDING: &[&str] = &["POST", "PATCH", "PUT"];

/// The schema of a body of which recordings alone tell.
fn any_object() -> Schema {
    Schema { types: vec![Kind::Object], ..Schema::default() }
}

/// Operations of recordings that take the body of another method at their path, which the document has alone:
/// method, path, the other method, status.
const UNDOCUMENTED_BESIDE: &[(&str, &str, &str, u16)] = &[
    ("POST", "/connections/{id}/directory-provisioning/synchronized-groups", "PUT", 204),
    ("DELETE", "/connections/{id}/directory-provisioning/synchronized-groups", "PUT", 204),
];

/// Operations that are newer than the document, as rows of the table: names and types as Auth0's own SDKs have them.
const NEWER: &str = include_str!("newer.json");

/// Lists that recordings show in an object, with a checkpoint, and the document as an array: path, member.
const WRAPPED: &[(&str, &str)] = &[("/event-streams/{id}/deliveries", "deliveries")];

/// Lays the exceptions over the document.
pub fn apply(document: &mut Document) {
    widen(&mut document.schemas);
    for (method, path, status) in STATUSES {
        let mut rows = document.operations.iter_mut();
        if let Some(row) = rows.find(|row| row.method == *method && row.path == *path) {
            row.status = *status;
        }
    }
    for (path, member) in WRAPPED {
        let lists = document.operations.iter_mut().filter(|row| row.path == *path);
        for list in lists.filter_map(|row| row.list.as_mut()) {
            *list = ListForm {
                bare: false,
                with: BTreeSet::from(["next".to_owned()]),
                key: Some((*member).to_owned()),
            };
        }
    }
    for (path, parameter) in UNNAMED_PARAMETERS {
        let lists = document.operations.iter_mut().filter(|row| row.path == *path);
        for row in lists.filter(|row| row.method == "GET") {
            row.query.entry((*parameter).to_owned()).or_default();
        }
    }
    let newer: Vec<OperationRow> =
        serde_json::from_str(NEWER).expect("every test reads newer.json");
    document.operations.extend(newer);
    document.operations.extend(UNDOCUMENTED.iter().map(|(method, path, scopes, status)| {
        OperationRow {
            method: (*method).to_owned(),
            path: (*path).to_owned(),
            scopes: scopes.iter().map(ToString::to_string).collect(),
            query: BTreeMap::new(),
            body: SENDING.contains(method).then(any_object),
            status: *status,
            list: None,
            names: BTreeSet::new(),
        }
    }));
    for (method, path, beside, status) in UNDOCUMENTED_BESIDE {
        if let Some(row) = document.operation(beside, path).cloned() {
            let method = (*method).to_owned();
            document.operations.push(OperationRow { method, status: *status, ..row });
        }
    }
}

/// Widens the schemas by the exceptions.
///
/// A key of `NULLABLE` that refers to another schema is widened in place of the reference, so that
/// the schema stays strict where others refer to it.
fn widen(schemas: &mut BTreeMap<String, Schema>) {
    for (schema, key, kinds) in UNNAMED {
        if let Some(schema) = schemas.get_mut(*schema) {
            let property = Schema { types: kinds.to_vec(), ..Schema::default() };
            schema.properties.entry((*key).to_owned()).or_insert(property);
        }
    }
    for (schema, text) in UNLISTED {
        let values = schemas.get_mut(*schema).and_then(|schema| schema.values.as_mut());
        if let Some(values) = values {
            values.push((*text).into());
        }
    }
    for (schema, keys) in NULLABLE {
        for key in *keys {
            let named =
                schemas.get(*schema).and_then(|s| s.properties.get(*key)?.reference.clone());
            let target = named.and_then(|name| schemas.get(&name)).cloned();
            let property = schemas.get_mut(*schema).and_then(|s| s.properties.get_mut(*key));
            let Some(property) = property else { continue };
            if let Some(target) = target {
                *property = target;
            }
            if !property.types.is_empty() {
                property.types.push(Kind::Null);
            }
        }
    }
}
