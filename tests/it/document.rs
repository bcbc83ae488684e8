//! Auth0's own description of its API, to hold requests against.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Value, json};

use crate::data;

/// A null that the API takes though its document does not say so.
struct Exception {
    operation: &'static str,
    at: &'static str,
    reason: &'static str,
}

const NULLS: &[Exception] = &[
    Exception {
        operation: "PATCH /clients/{id}",
        at: "/addons",
        reason: "24 recordings show it taken",
    },
    Exception {
        operation: "PATCH /clients/{id}",
        at: "/oidc_backchannel_logout",
        reason: "a recording shows it taken, and that it clears oidc_logout too",
    },
    Exception {
        operation: "PATCH /clients/{id}",
        at: "/session_transfer/delegation",
        reason: "recordings show it taken",
    },
];

/// Members that the API takes though its document does not name them: recorded, or documented by the published SDK.
const UNNAMED: &[(&str, &[&str])] = &[
    (
        "/clients",
        &[
            "/anonymous_sessions",
            "/b2b_integration_configuration",
            "/client_id",
            "/identity_assertion_authorization_grant",
            "/my_organization_configuration/enforce_permission_ceiling",
            "/my_organization_configuration/enforce_self_assignment_restriction",
            "/my_organization_configuration/third_party_client_access",
        ],
    ),
    ("/connection-profiles", &["/cross_app_access_resource_app"]),
    ("/connections", &["/cross_app_access_resource_app"]),
    (
        "/event-streams",
        &[
            "/destination/configuration/webhook_authorization/header_value",
            "/destination/configuration/webhook_authorization/password",
            "/destination/configuration/webhook_authorization/token",
        ],
    ),
    (
        "/tenants/settings",
        &[
            "/flags/enable_custom_domain_in_emails",
            "/flags/enable_legacy_logs_search_v2",
            "/flags/use_scope_descriptions_for_consent",
            "/sessions/anonymous",
        ],
    ),
    (
        "/network-acls",
        &[
            "/rule/match/auth0_managed",
            "/rule/match/http_message_signature",
            "/rule/match_all",
            "/rule/not_match/auth0_managed",
            "/rule/not_match/http_message_signature",
        ],
    ),
    (
        "/resource-servers",
        &[
            "/access_token",
            "/require_consent_non_repudiation",
            "/subject_type_authorization/anonymous_user",
            "/token_lifetime_for_anonymous_access_tokens",
            "/token_lifetime_for_web",
            "/verificationLocation",
        ],
    ),
    ("/roles", &["/owner_id", "/type"]),
    ("/organizations", &["/is_app_entitlement_active", "/third_party_client_access"]),
];

/// Paths that the API has though its document does not, by what is in them: recorded, or in Auth0's own SDKs.
const UNDESCRIBED: &[&[&str]] = &[&["/keys/network-acls"], &["/organizations/", "/clients"]];
/// Paths that Auth0's SDKs and recordings have, and the document does not.
const UNDOCUMENTED: &[&str] = &[
    "/guardian/factors/email/settings",
    "/guardian/factors/phone/settings",
    "/guardian/factors/webauthn-platform/settings",
    "/guardian/factors/webauthn-roaming/settings",
    "/guardian/settings",
    "/prompts/mfa-push",
];

/// What a log holds in place of a secret, whose form cannot be checked there.
const REDACTED: &str = "[redacted]";

/// The document, and the schemas of the bodies that were asked for.
pub struct Document {
    json: Value,
    bodies: Mutex<BTreeMap<String, Arc<Validator>>>,
}

/// The document; nothing where it is not there.
pub fn document() -> Option<&'static Document> {
    static DOCUMENT: OnceLock<Option<Document>> = OnceLock::new();
    let read = || {
        let json = data::json("auth0-management-api.openapi.json")?;
        Some(Document { json, bodies: Mutex::default() })
    };
    DOCUMENT.get_or_init(read).as_ref()
}

impl Document {
    /// What the document has against a request, in words; nothing where it has nothing.
    pub fn complaints(&self, method: &str, path: &str, body: &Value) -> Vec<String> {
        if path.strip_prefix("/api/v2").is_some_and(|path| UNDOCUMENTED.contains(&path)) {
            return Vec::new();
        }
        let Some(template) = self.template(path) else {
            let has = |parts: &&[&str]| parts.iter().all(|part| path.contains(part));
            let is_known = UNDESCRIBED.iter().any(has);
            return match is_known {
                true => Vec::new(),
                false => vec![format!("{method} {path}: no such path")],
            };
        };
        let operation = format!("{method} {template}");
        let Some(described) = self.json["paths"][template].get(method.to_lowercase()) else {
            return vec![format!("{operation}: no such operation")];
        };
        let Some(schema) = described.pointer("/requestBody/content/application~1json/schema")
        else {
            let too_much = (!body.is_null()).then(|| format!("{operation}: it takes no body"));
            return too_much.into_iter().collect();
        };
        let body_schema = self.body(&operation, schema);
        let collection = template.trim_end_matches("/{id}");
        let unnamed = UNNAMED.iter().find(|(of, _)| *of == collection);
        let documented = as_documented(body, unnamed.map_or(&[], |(_, members)| members));
        if documented == json!({}) && *body != documented {
            return Vec::new();
        }
        let body = &documented;
        let errors = body_schema.iter_errors(body).filter(|error| {
            let at = error.instance_path().to_string();
            let found = body.pointer(&at).unwrap_or(&Value::Null);
            // Formats that the validator does not know fit anything, and so several alternatives.
            let fits_several =
                matches!(error.kind(), ValidationErrorKind::OneOfMultipleValid { .. });
            !fits_several && *found != REDACTED && !(found.is_null() && is_taken(&operation, &at))
        });
        errors.map(|error| format!("{operation} {}: {error}", error.instance_path())).collect()
    }

    /// The path of the document that a path of a request is one of.
    fn template(&self, path: &str) -> Option<&str> {
        let asked: Vec<&str> = path.strip_prefix("/api/v2")?.split('/').collect();
        let paths = self.json["paths"].as_object().expect("the document has paths");
        let fits = |template: &&String| {
            let parts: Vec<&str> = template.split('/').collect();
            let same = |(part, asked): (&&str, &&str)| part.starts_with('{') || part == asked;
            parts.len() == asked.len() && parts.iter().zip(&asked).all(same)
        };
        // One without a parameter comes before one with.
        paths.keys().filter(fits).min_by_key(|path| path.matches('{').count()).map(String::as_str)
    }

    fn body(&self, operation: &str, schema: &Value) -> Arc<Validator> {
        let mut bodies = self.bodies.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || {
            let whole = json!({"allOf": [schema], "components": self.json["components"]});
            Arc::new(jsonschema::validator_for(&whole).expect("the document holds schemas"))
        };
        bodies.entry(operation.to_owned()).or_insert_with(read).clone()
    }
}

/// The body without what the document does not name.
fn as_documented(body: &Value, unnamed: &[&str]) -> Value {
    let mut body = body.clone();
    for at in unnamed {
        let (block, name) = at.rsplit_once('/').expect("a pointer begins with a slash");
        if let Some(Value::Object(members)) = body.pointer_mut(block) {
            members.remove(name);
        }
    }
    body
}

fn is_taken(operation: &str, at: &str) -> bool {
    NULLS.iter().any(|exception| {
        assert!(!exception.reason.is_empty());
        exception.operation == operation && exception.at == at
    })
}

#[test]
fn requests_are_held_against_the_document() {
    struct Case {
        method: &'static str,
        path: &'static str,
        body: Value,
        fits: bool,
    }
    let case = |method, path, body, fits| Case { method, path, body, fits };
    let cases = [
        case("POST", "/api/v2/clients", json!({"name": "n"}), true),
        case("POST", "/api/v2/clients", json!({}), false),
        case("POST", "/api/v2/clients", json!({"name": "n", "nonsense": 1}), false),
        case("POST", "/api/v2/clients", json!({"name": "n", "addons": null}), false),
        case("PATCH", "/api/v2/clients/c", json!({"addons": null}), true),
        case("PATCH", "/api/v2/clients/c", json!({"app_type": null}), false),
        case("PATCH", "/api/v2/clients/c", json!({"anonymous_sessions": null}), true),
        case("PATCH", "/api/v2/clients/c", json!({}), false),
        case("PATCH", "/api/v2/clients/c", json!({"client_secret": REDACTED}), true),
        case("DELETE", "/api/v2/clients/c", Value::Null, true),
        case("PUT", "/api/v2/clients/c", Value::Null, false),
        case("GET", "/api/v2/nothing", Value::Null, false),
    ];
    let Some(document) = document() else { return };
    for Case { method, path, body, fits } in cases {
        let found = document.complaints(method, path, &body);
        assert_eq!(found.is_empty(), fits, "{method} {path} {body}: {found:?}");
    }
}
