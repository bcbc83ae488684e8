//! What the rows of a client cannot say: rules over several of them, and an addition to a request.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::state::is_zero;
use pulumi_rs_sdk::table::WireObject;
use pulumi_rs_sdk::value::{Object, Value};

/// How the client proves who it is, from what kind of application it is.
///
/// The published provider sends this on create, and programs rely on it: left to itself, Auth0 sets
/// no method at all. Afterwards it is the matter of `auth0.ClientCredentials`.
pub(super) fn token_endpoint_auth_method(inputs: &Object) -> WireObject {
    let method = match inputs.get("appType").and_then(Value::as_str) {
        Some("native" | "spa") => Some("none"),
        Some("regular_web" | "non_interactive") => Some("client_secret_post"),
        // A client without a secret is not believed about its end user's address.
        _ => inputs.get("isTokenEndpointIpHeaderTrusted").map(|_| "client_secret_post"),
    };
    method
        .map(|method| ("token_endpoint_auth_method".to_owned(), method.into()))
        .into_iter()
        .collect()
}

/// Leaves the logout addresses under the name that the program uses, where it is one of the two.
///
/// Auth0 answers with the addresses under both names, also where a program has given one only; the
/// published provider stores them under the newer name. Where a program uses the older one, the newer
/// would be taken for something that somebody has set by hand, unless it says more than the addresses.
pub(super) fn logout_addresses(outputs: &mut Object, before: &Object) {
    const OLDER: &str = "oidcBackchannelLogoutUrls";
    const NEWER: &str = "oidcLogout";
    let Some(Value::Object(logout)) = outputs.get(NEWER).filter(|logout| !is_zero(logout)) else {
        return;
    };
    let uses = |name: &str| before.get(name).is_some_and(|value| !is_zero(value));
    let says_addresses_alone =
        logout.iter().all(|(name, value)| name == "backchannelLogoutUrls" || is_zero(value));
    if !uses(OLDER) {
        outputs.insert(OLDER.to_owned(), Value::Array(Vec::new()));
    } else if !uses(NEWER) && says_addresses_alone {
        outputs.insert(NEWER.to_owned(), Value::Null);
    }
}

/// Auth0 takes anonymous sessions of applications alone that keep to OpenID Connect.
pub(super) fn anonymous_sessions(inputs: &Object) -> Vec<CheckFailure> {
    let active = inputs
        .get("anonymousSessions")
        .and_then(Value::as_object)
        .is_some_and(|sessions| sessions.get("active") == Some(&true.into()));
    match inputs.get("oidcConformant") {
        Some(Value::Bool(false)) if active => {
            let at = PropertyPath::of("anonymousSessions").name("active");
            vec![failure(at, "needs `oidcConformant`, which is false")]
        }
        _ => Vec::new(),
    }
}

/// Members have to have something to choose from.
pub(super) fn third_party_access(inputs: &Object) -> Vec<CheckFailure> {
    let (outer, inner, list) =
        ("myOrganizationConfiguration", "thirdPartyClientAccess", "allowedValues");
    let allowed = inputs
        .get(outer)
        .and_then(|organization| organization.as_object()?.get(inner)?.as_object()?.get(list));
    match allowed {
        Some(Value::Array(values)) if values.is_empty() => {
            let at = PropertyPath::of(outer).name(inner).name(list);
            vec![failure(at, "give at least one value")]
        }
        _ => Vec::new(),
    }
}

/// Where there is to be no default organization, nothing is said of one.
pub(super) fn default_organization(inputs: &Object) -> Vec<CheckFailure> {
    let Some(Value::Object(block)) = inputs.get("defaultOrganization") else {
        return Vec::new();
    };
    if block.get("disable") != Some(&Value::Bool(true)) {
        return Vec::new();
    }
    let (given, _) = parts_given(block);
    given.map(|path| failure(path, "leave it out where `disable` is true")).collect()
}

/// Auth0 takes a default organization only together with the grants that it is for.
pub(super) fn parts_of_a_default_organization(inputs: &Object) -> Vec<CheckFailure> {
    let Some(Value::Object(block)) = inputs.get("defaultOrganization") else {
        return Vec::new();
    };
    if matches!(block.get("disable"), Some(Value::Unknown | Value::Bool(true))) {
        return Vec::new();
    }
    let (given, missing) = parts_given(block);
    let reason = "missing: `flows` and `organizationId` go together";
    match given.count() {
        1 => missing.map(|path| failure(path, reason)).collect(),
        _ => Vec::new(),
    }
}

/// The parts of a default organization that are given, and those that are not.
fn parts_given(
    block: &Object,
) -> (impl Iterator<Item = PropertyPath>, impl Iterator<Item = PropertyPath>) {
    let given = |name: &&str| block.get(*name).is_some_and(|value| !is_zero(value));
    let path = |name| PropertyPath::of("defaultOrganization").name(name);
    let (given, missing): (Vec<&str>, Vec<&str>) =
        ["flows", "organizationId"].into_iter().partition(given);
    (given.into_iter().map(path), missing.into_iter().map(path))
}

/// What some tenants notify by where the application does not say.
pub(super) fn is_push_alone(channels: &Value) -> bool {
    channels == &Value::from(vec!["guardian-push"])
}

/// The grants that an application has where nobody chose any: with a secret, and without one.
///
/// 522 and 36 recorded answers to requests that do not send them; the other sets in the recordings are those of
/// applications that the user did not make.
pub(super) fn are_usual_grants(grants: &Value) -> bool {
    let public = ["authorization_code", "implicit", "refresh_token"];
    let Value::Array(grants) = grants else {
        return false;
    };
    let has = |grant: &str| grants.iter().any(|given| given.as_str() == Some(grant));
    let others = grants.len().saturating_sub(public.len());
    public.into_iter().all(has) && (others == 0 || others == 1 && has("client_credentials"))
}

/// The mappings of the SAML addon are given in one form only.
pub(super) fn samlp_mappings(inputs: &Object) -> Vec<CheckFailure> {
    let samlp = inputs
        .get("addons")
        .and_then(Value::as_object)
        .and_then(|addons| addons.get("samlp").and_then(Value::as_object));
    match samlp {
        Some(samlp) if samlp.contains_key("mappings") && samlp.contains_key("flexibleMappings") => {
            let at = PropertyPath::of("addons").name("samlp").name("flexibleMappings");
            vec![failure(at, "leave it out where `mappings` is given")]
        }
        _ => Vec::new(),
    }
}

fn failure(property: PropertyPath, reason: impl Into<String>) -> CheckFailure {
    CheckFailure { property, reason: reason.into() }
}

#[cfg(test)]
mod tests {

    use serde_json::Value as Json;

    use pulumi_rs_sdk::check::beyond_what_is_stated;

    use super::*;
    use crate::resources::CLIENT;
    use crate::resources::testing::{failures, inputs};

    struct Complaint {
        given: &'static str,
        complaints: &'static [&'static str],
    }

    fn check(cases: &[Complaint]) {
        for case in cases {
            assert_eq!(failures(&CLIENT, &inputs(case.given)), case.complaints, "{}", case.given);
        }
    }

    #[test]
    fn logout_addresses_stand_under_the_name_that_the_program_uses() {
        struct Case {
            before: &'static str,
            more: &'static str,
            older: bool,
            newer: bool,
        }
        let (plain, more) = ("null", r#"{"mode": "all"}"#);
        let older = r#"{"oidcBackchannelLogoutUrls": ["u"]}"#;
        let both = r#"{"oidcBackchannelLogoutUrls": ["u"],
            "oidcLogout": {"backchannelLogoutUrls": ["u"]}}"#;
        let cases = [
            Case { before: "{}", more: plain, older: false, newer: true },
            Case {
                before: r#"{"oidcBackchannelLogoutUrls": []}"#,
                more: plain,
                older: false,
                newer: true,
            },
            Case { before: older, more: plain, older: true, newer: false },
            Case { before: older, more, older: true, newer: true },
            Case { before: both, more: plain, older: true, newer: true },
        ];
        for case in cases {
            let mut outputs = inputs(&format!(
                r#"{{"oidcBackchannelLogoutUrls": ["u"], "oidcLogout":
                    {{"backchannelLogoutUrls": ["u"], "backchannelLogoutInitiators": {}}}}}"#,
                case.more
            ));
            logout_addresses(&mut outputs, &inputs(case.before));
            let stands = |name: &str| !is_zero(&outputs[name]);
            let found = (stands("oidcBackchannelLogoutUrls"), stands("oidcLogout"));
            assert_eq!(found, (case.older, case.newer), "{} {}", case.before, case.more);
        }
    }

    #[test]
    fn the_grants_that_nobody_chose_are_those_of_the_recordings() {
        let usual = |grants: &[&str]| are_usual_grants(&Value::from(grants.to_vec()));
        let three = ["authorization_code", "implicit", "refresh_token"];
        let four = ["client_credentials", "authorization_code", "implicit", "refresh_token"];
        assert!(usual(&three) && usual(&four));
        let others: [&[&str]; 4] = [
            &[],
            &["client_credentials"],
            &three[1..],
            &[three[0], three[1], three[2], "password"],
        ];
        for grants in others {
            assert!(!usual(grants), "{grants:?}");
        }
    }

    #[test]
    fn nothing_has_to_be_given() {
        check(&[Complaint { given: "{}", complaints: &[] }]);
    }

    #[test]
    fn a_default_organization_is_whole_or_disabled() {
        check(&[
            Complaint { given: r#"{"defaultOrganization": {"disable": true}}"#, complaints: &[] },
            Complaint {
                given: r#"{"defaultOrganization": {"disable": true, "flows": [],
                    "organizationId": ""}}"#,
                complaints: &[],
            },
            Complaint {
                given: r#"{"defaultOrganization": {"disable": false,
                    "flows": ["client_credentials"], "organizationId": "org_1"}}"#,
                complaints: &[],
            },
            Complaint {
                given: r#"{"defaultOrganization": {"disable": true, "organizationId": "org_1"}}"#,
                complaints: &[
                    "defaultOrganization.organizationId: leave it out where `disable` is true",
                ],
            },
            Complaint {
                given: r#"{"defaultOrganization": {"organizationId": "org_1"}}"#,
                complaints: &[],
            },
        ]);
    }

    #[test]
    fn anonymous_sessions_need_openid_connect() {
        check(&[
            Complaint { given: r#"{"anonymousSessions": {"active": true}}"#, complaints: &[] },
            Complaint {
                given: r#"{"anonymousSessions": {"active": false}, "oidcConformant": false}"#,
                complaints: &[],
            },
            Complaint {
                given: r#"{"anonymousSessions": {"active": true}, "oidcConformant": false}"#,
                complaints: &["anonymousSessions.active: needs `oidcConformant`, which is false"],
            },
        ]);
    }

    #[test]
    fn third_parties_have_some_access_that_members_can_choose() {
        let list = "myOrganizationConfiguration.thirdPartyClientAccess.allowedValues";
        let given = |values: &str| {
            let access = format!(r#"{{"thirdPartyClientAccess": {{"allowedValues": {values}}}}}"#);
            failures(&CLIENT, &inputs(&format!(r#"{{"myOrganizationConfiguration": {access}}}"#)))
        };
        assert_eq!(given(r#"["allow"]"#), [""; 0]);
        assert_eq!(given("[]"), [format!("{list}: give at least one value")]);
    }

    #[test]
    fn half_a_default_organization_is_told_of() {
        struct Case {
            block: &'static str,
            told: &'static [&'static str],
        }
        let cases = [
            Case { block: r#"{"disable": true}"#, told: &[] },
            Case {
                block: r#"{"flows": ["client_credentials"], "organizationId": "org_1"}"#,
                told: &[],
            },
            Case {
                block: r#"{"organizationId": "org_1"}"#,
                told: &[
                    "defaultOrganization.flows: missing: `flows` and `organizationId` go together",
                ],
            },
            Case {
                block: r#"{"flows": ["client_credentials"]}"#,
                told: &[
                    "defaultOrganization.organizationId: missing: `flows` and `organizationId` go together",
                ],
            },
        ];
        for Case { block, told } in cases {
            let given = inputs(&format!(r#"{{"defaultOrganization": {block}}}"#));
            let found = beyond_what_is_stated(&CLIENT, &given);
            assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), told, "{block}");
        }
    }

    #[test]
    fn saml_mappings_have_one_form() {
        check(&[
            Complaint {
                given: r#"{"addons": {"samlp": {"flexibleMappings": "{\"a\": [\"b\", \"c\"]}"}}}"#,
                complaints: &[],
            },
            Complaint {
                given: r#"{"addons": {"samlp": {"flexibleMappings": "{}", "mappings": {}}}}"#,
                complaints: &[
                    "addons.samlp.flexibleMappings: leave it out where `mappings` is given",
                ],
            },
        ]);
    }

    #[test]
    fn rules_do_not_complain_of_unknowns() {
        let unknown = |block: &str, name: &str| {
            let inner = Object::from_iter([(name.to_owned(), Value::Unknown)]);
            Object::from_iter([(block.to_owned(), inner.into())])
        };
        let disable = unknown("defaultOrganization", "disable");
        assert!(default_organization(&disable).is_empty());
        assert!(parts_of_a_default_organization(&disable).is_empty());
        let mut both = unknown("defaultOrganization", "flows");
        if let Some(Value::Object(block)) = both.get_mut("defaultOrganization") {
            block.insert("organizationId".into(), "org_1".into());
        }
        assert!(parts_of_a_default_organization(&both).is_empty());
    }

    #[test]
    fn the_kind_of_application_decides_how_it_proves_who_it_is() {
        struct Case {
            given: &'static str,
            method: Option<&'static str>,
        }
        let cases = [
            Case { given: "{}", method: None },
            Case { given: r#"{"appType": "spa"}"#, method: Some("none") },
            Case { given: r#"{"appType": "native"}"#, method: Some("none") },
            Case { given: r#"{"appType": "regular_web"}"#, method: Some("client_secret_post") },
            Case { given: r#"{"appType": "non_interactive"}"#, method: Some("client_secret_post") },
            Case { given: r#"{"appType": "resource_server"}"#, method: None },
            Case {
                given: r#"{"isTokenEndpointIpHeaderTrusted": true}"#,
                method: Some("client_secret_post"),
            },
            Case {
                given: r#"{"appType": "spa", "isTokenEndpointIpHeaderTrusted": true}"#,
                method: Some("none"),
            },
        ];
        for case in cases {
            let sent = token_endpoint_auth_method(&inputs(case.given));
            let sent = sent.get("token_endpoint_auth_method").and_then(Json::as_str);
            assert_eq!(sent, case.method, "{}", case.given);
        }
    }
}
