//! Values to try a row with: two that differ, made of its kind and constraint, or named here where the
//! API wants something that a table does not say.

use pulumi_rs_sdk::table::{Codec, Constraint, Field, Kind, ObjectType, Presence, Rare};
use pulumi_rs_sdk::value::{Object, Value};

/// Which of the two values of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// What it is set to first.
    First,
    /// What it is changed to.
    Second,
}

/// A value for the row.
pub fn sample(field: &Field, pick: Pick) -> Value {
    let numbers = match field.name {
        "rate" => Some([86_400, 172_800]),
        "priority" => Some([1, 2]),
        "maxLength" => Some([20, 30]),
        "minLength" | "size" => Some([2, 3]),
        _ => None,
    };
    if let Some([first, second]) = numbers {
        return if pick == Pick::First { first } else { second }.into();
    }
    if field.name == "value" && field.never_stored {
        // A key.
        return choose(&["aaaa", "bbbb"], pick).repeat(11).into();
    }
    if field.name == "colors" && matches!(field.kind, Kind::Map(_)) {
        let color = choose(&["#0059d6", "#d65900"], pick);
        let colors = ["primary", "page_background"].map(|name| (name.to_owned(), color.into()));
        return Value::Object(Object::from(colors));
    }
    if (field.name, field.constraint)
        == ("allowedValues", Constraint::OneOf(&["enabled", "disabled"]))
    {
        // The API takes both or none.
        let both =
            if pick == Pick::First { ["enabled", "disabled"] } else { ["disabled", "enabled"] };
        return Value::from(both.to_vec());
    }
    if let Some(value) =
        entries(field.name, pick).filter(|_| !matches!(field.kind, Kind::Object(_)))
    {
        return value;
    }
    if field.codec == Codec::JsonText
        && ["clients", "domains", "organizations"].contains(&field.name)
    {
        return choose(&[r#"[{"id":"one"}]"#, r#"[{"id":"two"}]"#], pick).into();
    }
    let is_of_objects = match field.kind {
        Kind::List(of) => matches!(of, Kind::Object(_)),
        kind => matches!(kind, Kind::Object(_)),
    };
    // Another row of that name may be a flag, or know texts of its own.
    let is_flag = matches!(field.kind, Kind::Bool);
    let takes = |text: &str| match field.constraint {
        Constraint::OneOf(texts) => texts.contains(&text),
        _ => true,
    };
    if let Some(values) = named(field.name).filter(|v| !is_of_objects && !is_flag && takes(v[0])) {
        return match field.kind {
            Kind::List(_) => Value::from(vec![choose(values, pick)]),
            _ => choose(values, pick).into(),
        };
    }
    match field.codec {
        Codec::IndentedJson => choose(&[r#"{"a":"1"}"#, r#"{"b":"2"}"#], pick).into(),
        Codec::JsonText => choose(&[r#"{"a":["1"]}"#, r#"{"b":["2"]}"#], pick).into(),
        Codec::TriState => choose(&["true", "false"], pick).into(),
        Codec::OnlyTrue => true.into(),
        _ => of_kind(field, field.kind, pick),
    }
}

/// Maps whose entries the API names.
fn entries(name: &str, pick: Pick) -> Option<Value> {
    let map = |entries: &[(&str, &str)]| {
        let entries = entries.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
        Value::Object(entries.collect())
    };
    Some(match name {
        "precedences" => {
            let mut names = vec!["email", "phone_number", "username"];
            if pick == Pick::Second {
                names.reverse();
            }
            Value::from(names)
        }
        "filters" => {
            let event = choose(&["auth.login.fail", "auth.login.success"], pick);
            Value::Array(vec![map(&[("type", "category"), ("name", event)])])
        }
        "httpCustomHeaders" => Value::Array(vec![map(&[
            ("header", "x-from"),
            ("value", choose(&["one", "two"], pick)),
        ])]),
        "setup" => {
            let token = choose(&["one", "two"], pick);
            map(&[("type", "API_KEY"), ("base_url", "https://one.example.com"), ("api_key", token)])
        }
        _ => return None,
    })
}

fn of_kind(field: &Field, kind: Kind, pick: Pick) -> Value {
    match (kind, field.constraint) {
        (Kind::String, Constraint::OneOf(texts) | Constraint::OneOfIgnoringCase(texts)) => {
            choose(texts, pick).into()
        }
        (Kind::String, Constraint::HttpsUrlOrEmpty) => {
            choose(&["https://one.example.com", "https://two.example.com"], pick).into()
        }
        (Kind::String, Constraint::Length(least, _)) if least > 3 => {
            choose(&["a", "b"], pick).repeat(least).into()
        }
        (Kind::String, _) => choose(stated(field).unwrap_or(&["one", "two"]), pick).into(),
        (Kind::Int | Kind::Number, Constraint::Range(least, _)) => {
            Value::Number(least.max(1) as f64 + if pick == Pick::First { 0.0 } else { 1.0 })
        }
        (Kind::Int | Kind::Number, _) => if pick == Pick::First { 3600 } else { 7200 }.into(),
        (Kind::Bool, _) => (pick == Pick::First).into(),
        (Kind::List(of), _) => Value::Array(vec![of_kind(field, *of, pick)]),
        (Kind::Map(of), _) => {
            Value::Object(Object::from([("key".into(), of_kind(field, *of, pick))]))
        }
        (Kind::Object(of), _) => object(of, pick).into(),
        (Kind::Any, _) => choose(&["one", "two"], pick).into(),
    }
}

/// The texts that the API states for the row, if it does.
fn stated(field: &Field) -> Option<&'static [&'static str]> {
    field.stated.iter().find_map(|constraint| match constraint {
        Constraint::OneOf(texts) => Some(*texts),
        _ => None,
    })
}

/// A block with every settable field that can stand beside the others.
fn object(of: &ObjectType, pick: Pick) -> Object {
    if (of.name, pick) == ("NetworkAclRuleAction", Pick::Second) {
        // Of its fields there is one, and an address where requests are sent elsewhere.
        let address = "https://one.example.com/x".into();
        return Object::from([("redirect".into(), true.into()), ("redirectUri".into(), address)]);
    }
    if (of.name, pick) == ("EventStreamWebhookConfigurationWebhookAuthorization", Pick::Second) {
        return Object::from([("method".into(), "bearer".into()), ("token".into(), "two".into())]);
    }
    of.fields
        .iter()
        .filter(|field| field.presence != Presence::Output && !is_alone(of, field))
        // What a block cannot change without a new resource stays as it is.
        .map(|field| {
            let stays = field.replaces || field.rare == Rare::Once;
            let pick = if stays { Pick::First } else { pick };
            let value = match (of.name, field.name) {
                // Some providers know no other.
                ("EmailProviderCredentials", "region") => choose(&["eu", "us-east-1"], pick).into(),
                // What the laws' tenant holds.
                // Auth0 takes no other.
                ("ClientCimdRefreshToken", "infiniteIdleTokenLifetime") => false.into(),
                ("ActionModule", _) => choose(&["one", "two"], pick).into(),
                // It goes with the stream, and others need theirs.
                ("EventStreamActionConfiguration", _) => "of the stream".into(),
                ("OrganizationClientsClient", "clientId") => {
                    "abcdefghijklmnopqrstuvwxyzABCDEF".into()
                }
                // One attribute has to identify the user.
                ("ConnectionOptionsAttributeUsernameIdentifier", "active") => true.into(),
                // A scope of the API that the laws ask for.
                ("RolePermissionsPermission" | "UserPermissionsPermission", "name") => {
                    choose(&["one", "two"], pick).into()
                }
                _ => sample(field, pick),
            };
            (field.name.to_owned(), value)
        })
        .collect()
}

/// Whether the field cannot stand beside its neighbours.
fn is_alone(of: &ObjectType, field: &Field) -> bool {
    match (of.name, field.name) {
        ("NetworkAclRule", "matchAll") => true,
        // Each is of its strategies, which no other need be of.
        ("ConnectionOptions", _) => true,
        // The API's document knows it of other attributes alone.
        ("ConnectionOptionsAttributeUsernameIdentifier", "defaultMethod") => true,
        ("NetworkAclRuleAction", name) => name != "block",
        // It needs one of them, so that no program could be without.
        ("AttackProtectionBreachedPasswordDetection", "adminNotificationFrequencies") => true,
        ("LogStreamSink", name) => name.starts_with("datadogApiKeyWo"),
        ("EventStreamWebhookConfigurationWebhookAuthorization", name) => {
            !["method", "password", "username"].contains(&name)
        }
        (_, name) => name == "disable" || name == "flexibleMappings",
    }
}

fn choose<'a>(values: &[&'a str], pick: Pick) -> &'a str {
    match pick {
        Pick::First => values[0],
        Pick::Second => values[values.len().min(2) - 1],
    }
}

const STORAGE_KEY: &str =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa==";
const OTHER_STORAGE_KEY: &str =
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb==";

/// Values that the API wants in a form of their own.
fn named(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "callbacks" | "allowedLogoutUrls" | "allowedOrigins" | "webOrigins" => {
            &["https://one.example.com", "https://two.example.com"]
        }
        "backchannelLogoutUrls" | "oidcBackchannelLogoutUrls" => {
            &["https://one.example.com/logout", "https://two.example.com/logout"]
        }
        "crossOriginLoc" | "logoUri" | "externalUrls" | "callback" | "url" | "webhookEndpoint" => {
            &["https://one.example.com/x", "https://two.example.com/x"]
        }
        "contextConfigurations" => &["branding.settings", "client.logo_uri"],
        "headTags" => {
            &[r#"[{"content":"one","tag":"script"}]"#, r#"[{"content":"two","tag":"script"}]"#]
        }
        "awsRegion" => &["us-east-1", "us-west-1"],
        "messageTypes" => &["sms", "voice"],
        "upstreamParams" => &[r#"{"a":{"value":"1"}}"#, r#"{"b":{"value":"2"}}"#],
        "custom" | "errors" => &[r#"{"one":"text"}"#, r#"{"two":"text"}"#],
        "ending" | "start" => {
            &[r#"{"coordinates":{"x":1,"y":2}}"#, r#"{"coordinates":{"x":3,"y":4}}"#]
        }
        "nodes" => &[r#"[{"id":"one","type":"STEP"}]"#, r#"[{"id":"two","type":"STEP"}]"#],
        "primary" => &["#0059d6", "#d65900"],
        "style" => &[r#"{"css":"one"}"#, r#"{"css":"two"}"#],
        "translations" => &[r#"{"de":{}}"#, r#"{"fr":{}}"#],
        // The API takes no other, though the published provider does.
        "tlsPolicy" => &["recommended"],
        "storageAccessKey" => &[STORAGE_KEY, OTHER_STORAGE_KEY],
        "phoneNumber" => &["+4930123456", "+4940123456"],
        "picture" | "pictureUrl" | "supportUrl" => {
            &["https://one.example.com/x", "https://two.example.com/x"]
        }
        "email" | "supportEmail" => &["one@example.com", "two@example.com"],
        "enabledLocales" => &["en", "de"],
        "lists" => &["DE", "FR"],
        "flows" => &["client_credentials"],
        "connectionProfileId" => &["cop_123456789012345678901", "cop_210987654321098765432"],
        "userAttributeProfileId" => &["uap_123456789012345678901", "uap_210987654321098765432"],
        "organizationId" => &["org_1234567890123456", "org_6543210987654321"],
        "invitationLandingClientId" | "oktaOinClientId" => {
            &["abcdefghijklmnopqrstuvwxyzABCDEF", "ABCDEFabcdefghijklmnopqrstuvwxyz"]
        }
        "initiateLoginUriTemplate" => &[
            "https://{organization_name}.example.com",
            "https://b.example.com/{organization_name}",
        ],
        "allowedStrategies" => &["okta", "samlp"],
        "selectedInitiators" => &["rp-logout", "idp-logout"],
        "connectionId" => &["con_1234567890123456", "con_6543210987654321"],
        "permission" => &["one", "two"],
        "scope" => &["three", "four"],
        "subjectTokenType" => &["https://one.example.com/token", "https://two.example.com/token"],
        "actions" => &[
            r#"[{"id": "one", "type": "FLOW", "action": "DO_NOTHING"}]"#,
            r#"[{"id": "two", "type": "FLOW", "action": "DO_NOTHING"}]"#,
        ],
        "members" => &["auth0|one", "auth0|two"],
        "roles" => &["rol_1234567890123456", "rol_6543210987654321"],
        "logoUrl" => &["https://one.example.com/x", "https://two.example.com/x"],
        "resourceServerIdentifier" => &["https://api.example.com/"],
        "userId" => &["three", "four"],
        "geoCountryCodes" => &["DE", "FR"],
        "geoSubdivisionCodes" => &["DE-BY", "FR-75"],
        "ipv4Cidrs" | "connectingIpv4Cidrs" => &["192.0.2.0/24", "198.51.100.0/24"],
        "ipv6Cidrs" | "connectingIpv6Cidrs" => &["2001:db8::/32", "2001:db8:1::/48"],
        "ja3Fingerprints" | "ja4Fingerprints" => {
            &["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]
        }
        "hostnames" => &["one.example.com", "two.example.com"],
        "auth0Manageds" => &["auth0.icloud_relay_proxy", "auth0.low_reputation"],
        "allowlists" => &["192.0.2.1", "192.0.2.2"],
        "domain" => &["one.example.com"],
        "awsAccountId" => &["123456789012", "210987654321"],
        "azureSubscriptionId" => &["8a0d3ae4-1c2b-4d5e-9f60-718293a4b5c6"],
        "mixpanelProjectId" | "splunkPort" => &["8088", "8089"],
        "grantTypes" => &["client_credentials", "refresh_token"],
        _ => return None,
    })
}
