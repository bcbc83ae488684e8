//! Settings of the tenant as a whole: its own, those of its prompts, and what protects it from attacks.

use serde_json::{Value, json};

use crate::answer::{ApiError, Object};
use crate::request::Call;
use crate::serving::{Kind, document, setting};
use crate::store::{Store, text};

/// The settings.
pub const KINDS: &[Kind] = &[
    setting("/tenants/settings", tenant)
        .merges(&["flags", "change_password", "guardian_mfa_page", "error_page"])
        .changing(|_, _, _, tenant| {
            if text(tenant, "default_redirection_uri") == Some("") {
                tenant.remove("default_redirection_uri");
            }
            for (minutes, hours) in [
                ("idle_session_lifetime_in_minutes", "idle_session_lifetime"),
                ("session_lifetime_in_minutes", "session_lifetime"),
                ("idle_ephemeral_session_lifetime_in_minutes", "idle_ephemeral_session_lifetime"),
                ("ephemeral_session_lifetime_in_minutes", "ephemeral_session_lifetime"),
            ] {
                if let Some(lifetime) = tenant.remove(minutes).and_then(|sent| sent.as_f64()) {
                    tenant.insert(hours.into(), number(lifetime / 60.0));
                }
            }
            Ok(())
        })
        .showing(|_, call, tenant| match call.row.method.as_str() {
            "GET" => {
                let versions = || json!(["22", "18"]);
                tenant.entry("sandbox_versions_available").or_insert_with(versions);
                if let Some(Value::Object(flags)) = tenant.get_mut("flags") {
                    flags.retain(|flag, _| !flag.ends_with(ENFORCED));
                }
                if let Some(Value::Object(login)) = tenant.get_mut("universal_login") {
                    login.retain(|member, _| !OF_CHANGES.contains(&member.as_str()));
                }
            }
            // Only the answer to a change has these two.
            _ => {
                tenant.remove("sandbox_versions_available");
                if let Some(Value::Object(flags)) = tenant.get_mut("flags") {
                    flags.insert(format!("cannot_change_{ENFORCED}"), true.into());
                    flags.insert(ENFORCED.into(), true.into());
                }
            }
        }),
    setting("/prompts", |_, _| {
        object(json!({
            "universal_login_experience": "new",
            "identifier_first": false,
            "webauthn_platform_first_factor": false,
        }))
    }),
    document("/prompts/{prompt}/custom-text/{language}").changing(without_empty_screens),
    document("/prompts/{prompt}/partials").changing(without_empty_screens),
    document("/prompts/{prompt}/screen/{screen}/rendering")
        .showing(|store, call, rendering| match call.row.method.as_str() {
            "GET" => {
                let (prompt, screen) = (call.id(), call.last_id());
                for (key, value) in [
                    ("tenant", store.tenant_name().into()),
                    ("prompt", prompt.into()),
                    ("screen", screen.into()),
                    ("rendering_mode", "standard".into()),
                    ("context_configuration", json!([])),
                    ("default_head_tags_disabled", false.into()),
                    ("head_tags", json!([])),
                ] {
                    rendering.entry(key).or_insert(value);
                }
            }
            // A change is answered with what it said.
            _ => {
                *rendering = call.body.clone();
                rendering.retain(|_, value| !value.is_null());
            }
        }),
    document("/prompts/mfa-push"),
    setting("/attack-protection/bot-detection", |_, _| {
        object(json!({
            "bot_detection_level": "medium",
            "challenge_password_policy": "never",
            "challenge_passwordless_policy": "never",
            "challenge_password_reset_policy": "never",
            "allowlist": [],
            "monitoring_mode_enabled": false,
        }))
    }),
    setting("/attack-protection/breached-password-detection", |_, _| {
        object(json!({
            "enabled": false,
            "shields": [],
            "admin_notification_frequency": [],
            "method": "standard",
            "stage": {"pre-user-registration": {"shields": []}, "pre-change-password": {"shields": []}},
        }))
    })
    .merges(&["stage"]),
    setting("/attack-protection/brute-force-protection", |_, _| {
        object(json!({
            "enabled": true,
            "shields": ["block", "user_notification"],
            "mode": "count_per_identifier_and_ip",
            "allowlist": [],
            "max_attempts": 10,
        }))
    }),
    setting("/attack-protection/captcha", |_, _| {
        object(json!({
            "active_provider_id": "auth_challenge",
            "arkose": {},
            "auth_challenge": {"fail_open": false},
            "friendly_captcha": {},
            "hcaptcha": {},
            "recaptcha_enterprise": {},
            "recaptcha_v2": {},
            "simple_captcha": {},
        }))
    })
    .merges(&["auth_challenge"]),
    setting("/attack-protection/phone-provider-protection", |_, _| object(json!({"type": "none"}))),
    setting("/attack-protection/suspicious-ip-throttling", |_, _| {
        object(json!({
            "enabled": true,
            "shields": ["admin_notification", "block"],
            "allowlist": [],
            "stage": {
                "pre-login": {"max_attempts": 100, "rate": 864_000},
                "pre-user-registration": {"max_attempts": 50, "rate": 1200},
                "pre-custom-token-exchange": {"max_attempts": 10, "rate": 600_000},
            },
        }))
    })
    .merges(&["stage"]),
    setting("/attack-protection/phone-provider-protection", |_, _| {
        object(json!({"type": "exponential"}))
    }),
    setting("/risk-assessments/settings", |_, _| object(json!({"enabled": false}))),
    setting("/risk-assessments/settings/new-device", |_, _| object(json!({"remember_for": 30}))),
    setting("/supplemental-signals", |_, _| object(json!({"akamai_enabled": false}))),
];

/// A flag that only answers to changes have.
const ENFORCED: &str = "enforce_client_authentication_on_passwordless_start";

/// What of the login pages only answers to changes have.
const OF_CHANGES: &[&str] = &[
    "is_custom_theme_set",
    "is_custom_template_set",
    "identifier_first",
    "webauthn_platform_first_factor",
];

/// The settings of a tenant that nobody changed.
fn tenant(_: &Store, _: &Call) -> Object {
    object(json!({
        "enabled_locales": ["en"],
        "flags": {
            "allow_changing_enable_sso": false,
            "disable_impersonation": true,
            "enable_sso": true,
            "universal_login": true,
            "revoke_refresh_token_grant": false,
            "disable_clickjack_protection_headers": false,
        },
        "idle_session_lifetime": 72,
        "ephemeral_session_lifetime": 72,
        "idle_ephemeral_session_lifetime": 24,
        "sandbox_version": "22",
        "session_lifetime": 168,
        "oidc_logout": {"rp_logout_end_session_endpoint_discovery": true},
        "resource_parameter_profile": "compatibility",
        "client_id_metadata_document_supported": false,
    }))
}

/// A screen of which nothing is said is not kept.
fn without_empty_screens(
    _: &Store,
    _: &Call,
    _: &Object,
    screens: &mut Object,
) -> Result<(), ApiError> {
    screens.retain(|_, screen| screen.as_object().is_none_or(|screen| !screen.is_empty()));
    Ok(())
}

/// A number without a fraction where it has none.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "a lifetime in hours is small")]
    let whole = value.trunc() as i64;
    if value.fract() == 0.0 { whole.into() } else { value.into() }
}

fn object(value: Value) -> Object {
    value.as_object().cloned().unwrap_or_default()
}
