//! Whether an answer says what the recorded one said, apart from what cannot be the same.

use serde_json::{Map, Value};

use super::recording::Interaction;

/// Keys whose presence counts and whose value does not: secrets, keys, times, fingerprints.
const PRESENCE: &[&str] = &[
    "client_secret",
    "signing_secret",
    "pem",
    "cert",
    "kid",
    "thumbprint_sha256",
    "created_at",
    "updated_at",
    "expires_at",
    "tenant",
    "fingerprint",
    "verification_txt",
    "invitation_url",
    "awsPartnerEventSource",
    "azurePartnerTopic",
    "picture",
    "provisioning_ticket_url",
    "app_domain",
    "updated_on",
    "deleted_at",
    "tenant_name",
    "pkcs",
    "recovery_code",
    "thumbprint",
    "record",
    "origin_domain_name",
    "public_key",
    "ticket",
    "aws_partner_event_source",
];

/// Keys that say nothing: artefacts of how the recordings were made.
const IGNORED: &[&str] = &["signing_keys", "oidc_backchannel_logout", "next", "length"];

/// Lists whose order means nothing.
const SETS: &[&str] = &[
    "scope",
    "scopes",
    "grant_types",
    "callbacks",
    "enabled_clients",
    "permissions",
    "shields",
    "allowlist",
    "admin_notification_frequency",
    "secrets",
];

/// Keys that newer versions of the API fill in, and older recordings do not have.
const LATER: &[&str] = &[
    "subject_type",
    "subject_type_authorization",
    "type",
    "is_app_entitlement_active",
    "third_party_client_access",
    "use_for_organization_discovery",
    "isPriority",
    "authentication",
    "connected_accounts",
    "authentication_methods",
    "passkey_options",
    "api_behavior",
    "signup_behavior",
    "password_options",
    "display_name",
    "schema_version",
    "attribute_map",
    "connection_settings",
    "assertion_decryption_settings",
    "is_default",
    "domain",
    "created_at",
    "public_key",
    "client_id_metadata_document_supported",
];

/// Keys that some versions of the API leave out of a read, although others and the document have them there.
const LEFT_OUT: &[&str] = &["enabled_clients", "next"];

/// Keys that older versions of the API filled in with a value, where today's fills in another key, or none.
const GONE: &[(&str, &str)] = &[
    ("passwordPolicy", r#""good""#),
    ("email_otp", r#"{"enabled":false}"#),
    ("phone_otp", r#"{"enabled":false}"#),
];

/// What older versions of the API filled in for what it fills in today.
const OLDER: &[(&str, &str, &str)] =
    &[("runtime", "node16", "node22"), ("name", "cname", "CNAME"), ("name", "txt", "TXT")];

/// States on the way to the one that the tenant reaches at once.
const ON_THE_WAY: &[(&str, &str, &str)] = &[
    ("status", "building", "built"),
    ("status", "retrying", "built"),
    ("status", "building", "failed"),
    ("status", "retrying", "failed"),
    ("status", "building", "pending"),
];

/// What an entity on its way to such a state shows otherwise than one that has reached it.
const UNTIL_THEN: &[&str] = &["dependencies"];

/// Lifetimes that older versions of the API filled in for those of today.
const OLDER_LIFETIMES: &[(&str, u64, u64)] =
    &[("token_lifetime", 31_557_600, 2_592_000), ("idle_token_lifetime", 2_592_000, 1_296_000)];

/// The first difference between the recorded body, ids replaced, and ours.
pub fn difference(interaction: &Interaction, recorded: &Value, ours: &Value) -> Option<String> {
    if interaction.status >= 400 && recorded.get("statusCode").is_none() {
        // The body of this error was destroyed when it was saved.
        return None;
    }
    if interaction.status == 204 {
        // No such answer has a body, whatever was recorded.
        return None;
    }
    let whole = interaction.query.is_empty() && interaction.source == "tfp";
    let is_client = recorded.get("client_id").is_some() && interaction.kind() == "clients";
    let has_secret = |client: &Value| client.get("client_secret").is_some();
    if whole && is_client && has_secret(ours) && !has_secret(recorded) {
        return Some("client_secret: present, not recorded".to_owned());
    }
    let mut recorded = recorded.clone();
    if interaction.source != "tfp"
        && let Value::Object(recorded) = &mut recorded
    {
        // This source puts a secret into every recorded client, whether the API showed one or not.
        recorded.remove("client_secret");
    }
    // The system describes the scopes of its own APIs in words that are not ours to repeat.
    let mut ours = ours.clone();
    [&mut recorded, &mut ours].into_iter().for_each(without_descriptions);
    compare(&recorded, &ours, "", interaction.is_raw())
}

fn without_descriptions(value: &mut Value) {
    if value.get("is_system") == Some(&Value::Bool(true)) {
        for scope in value["scopes"].as_array_mut().into_iter().flatten() {
            scope.as_object_mut().map(|scope| scope.remove("description"));
        }
    }
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(without_descriptions),
        Value::Object(entity) => entity.values_mut().for_each(without_descriptions),
        _ => {}
    }
}

fn compare(recorded: &Value, ours: &Value, at: &str, exact: bool) -> Option<String> {
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(ours)) => objects(recorded, ours, at, exact),
        (Value::Array(recorded), Value::Array(ours)) => {
            let key = at.rsplit('.').next().unwrap_or_default();
            // At the top stands the list of a client's credentials, in no order that can be made out.
            let (recorded, ours) = if at.is_empty() || SETS.contains(&key) {
                (sorted(recorded), sorted(ours))
            } else {
                (recorded.clone(), ours.clone())
            };
            if recorded.len() != ours.len() {
                return Some(format!("{at}: {} elements, recorded {}", ours.len(), recorded.len()));
            }
            let pairs = recorded.iter().zip(&ours).enumerate();
            pairs.into_iter().find_map(|(i, (r, o))| compare(r, o, &format!("{at}[{i}]"), exact))
        }
        _ if recorded == ours || is_time(recorded) && is_time(ours) => None,
        _ if recorded == "[REDACTED]" => None,
        _ if is_sealed(recorded) && is_sealed(ours) => None,
        _ => Some(format!("{at}: {ours}, recorded {recorded}")),
    }
}

fn objects(
    recorded: &Map<String, Value>,
    ours: &Map<String, Value>,
    at: &str,
    exact: bool,
) -> Option<String> {
    let is_on_the_way = ON_THE_WAY.iter().any(|(key, way, end)| {
        recorded.get(*key).is_some_and(|r| r == way) && ours.get(*key).is_some_and(|o| o == end)
    });
    for (key, value) in recorded {
        let name = if key == "cross_origin_auth" { "cross_origin_authentication" } else { key };
        let at = if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
        if is_on_the_way && UNTIL_THEN.contains(&name) {
            continue;
        }
        if IGNORED.contains(&name) || is_feature_of_a_tenant(name, value) {
            continue;
        }
        if name == "expires_at" && value.is_null() {
            continue;
        }
        if value.is_null() && !ours.contains_key(name) {
            // Some versions write a null for what is not there.
            continue;
        }
        if !ours.contains_key(name) && GONE.contains(&(name, value.to_string().as_str())) {
            continue;
        }
        let Some(our) = ours.get(name) else { return Some(format!("{at}: absent")) };
        if PRESENCE.contains(&name) || is_older(name, value, our) {
            continue;
        }
        if let Some(difference) = compare(value, our, &at, exact) {
            return Some(difference);
        }
    }
    if !exact {
        return None;
    }
    let differs = |key: &&String| {
        let is_of_version = |keys: &[&str]| keys.contains(&key.as_str());
        !recorded.contains_key(*key) && !is_of_version(LATER) && !is_of_version(LEFT_OUT)
    };
    let extra = ours.keys().find(differs);
    extra.map(|key| format!("{at}.{key}: present, not recorded"))
}

/// A time that the server wrote.
fn is_time(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.parse::<jiff::Timestamp>().is_ok())
}

/// A text that the server sealed, which tells how it begins and nothing else.
fn is_sealed(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("CkIK"))
}

/// A channel that some tenants have on by default.
fn is_feature_of_a_tenant(name: &str, value: &Value) -> bool {
    name == "async_approval_notification_channels" && *value == serde_json::json!(["guardian-push"])
}

fn is_older(name: &str, recorded: &Value, ours: &Value) -> bool {
    let mut other = OLDER.iter().chain(ON_THE_WAY);
    other.any(|(key, older, newer)| *key == name && recorded == older && ours == newer)
        || OLDER_LIFETIMES.iter().any(|(key, older, newer)| {
            *key == name && recorded.as_u64() == Some(*older) && ours.as_u64() == Some(*newer)
        })
}

fn sorted(elements: &[Value]) -> Vec<Value> {
    let mut elements = elements.to_vec();
    elements.sort_by_key(|element| {
        let mut keys = ["id", "custom_domain_id", "name"].iter().map(|key| &element[*key]);
        keys.find_map(Value::as_str).map_or_else(|| element.to_string(), str::to_owned)
    });
    elements
}
