//! The tables against what others say of the same properties: the published provider's schema and
//! rows, and Auth0's description of its API.
//!
//! A test collects the differences, each under a name. Those meant to be are listed with their
//! reason; one that is not listed fails the test, and so does a listed one that is no more. The facts
//! are other people's data and no part of the repository; without them the tests skip.

mod api;
mod flags;
mod laws;
mod limits;
mod places;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use pulumi_rs_sdk::table::{Field, Kind, ObjectType, Package, package, without_code};
use serde_json::Value as Json;

use crate::functions::*;

/// The tables that are compared; not all of them are offered yet.
const PACKAGE: Package = package("auth0", "3.55.1")
    .bridged_tokens()
    .resources(&[without_code(&[
        &super::ACTION,
        &super::ACTION_MODULE,
        &super::ATTACK_PROTECTION,
        &super::CLIENT,
        &super::CLIENT_CIMD,
        &super::CLIENT_GRANT,
        &super::CONNECTION,
        &super::CONNECTION_CLIENT,
        &super::CONNECTION_CLIENTS,
        &super::CONNECTION_DIRECTORY,
        &super::CONNECTION_PROFILE,
        &super::CONNECTION_SCIM_CONFIGURATION,
        &super::CUSTOM_DOMAIN,
        &super::EMAIL_PROVIDER,
        &super::EMAIL_TEMPLATE,
        &super::EVENT_STREAM,
        &super::FLOW,
        &super::FLOW_VAULT_CONNECTION,
        &super::FORM,
        &super::GUARDIAN,
        &super::LOG_STREAM,
        &super::NETWORK_ACL,
        &super::NETWORK_ACL_KEY,
        &super::ORGANIZATION,
        &super::ORGANIZATION_CLIENT,
        &super::ORGANIZATION_CLIENT_GRANT,
        &super::ORGANIZATION_CLIENTS,
        &super::ORGANIZATION_CONNECTION,
        &super::ORGANIZATION_CONNECTIONS,
        &super::ORGANIZATION_DISCOVERY_DOMAIN,
        &super::ORGANIZATION_DISCOVERY_DOMAINS,
        &super::ORGANIZATION_MEMBER,
        &super::ORGANIZATION_MEMBER_ROLE,
        &super::ORGANIZATION_MEMBER_ROLES,
        &super::ORGANIZATION_MEMBERS,
        &super::PROMPT,
        &super::PROMPT_CUSTOM_TEXT,
        &super::PROMPT_PARTIALS,
        &super::PROMPT_SCREEN_PARTIAL,
        &super::PROMPT_SCREEN_PARTIALS,
        &super::PROMPT_SCREEN_RENDERER,
        &super::RATE_LIMIT_POLICY,
        &super::RESOURCE_SERVER,
        &super::RESOURCE_SERVER_SCOPE,
        &super::RESOURCE_SERVER_SCOPES,
        &super::RISK_ASSESSMENTS,
        &super::RISK_ASSESSMENTS_NEW_DEVICE,
        &super::ROLE,
        &super::ROLE_PERMISSION,
        &super::ROLE_PERMISSIONS,
        &super::RULE,
        &super::RULE_CONFIG,
        &super::SELF_SERVICE_PROFILE,
        &super::SELF_SERVICE_PROFILE_CUSTOM_TEXT,
        &super::SUPPLEMENTAL_SIGNALS,
        &super::TENANT,
        &super::TOKEN_EXCHANGE_PROFILE,
        &super::TRIGGER_ACTION,
        &super::TRIGGER_ACTIONS,
        &super::USER,
        &super::USER_ATTRIBUTE_PROFILE,
        &super::USER_PERMISSION,
        &super::USER_PERMISSIONS,
        &super::USER_ROLE,
        &super::USER_ROLES,
    ])])
    .functions(&[without_code(&[
        &GET_ACTION,
        &GET_ACTION_MODULE,
        &GET_ACTION_MODULE_ACTIONS,
        &GET_ACTION_MODULE_VERSION,
        &GET_ACTION_MODULE_VERSIONS,
        &GET_ATTACK_PROTECTION,
        &GET_CLIENT,
        &GET_CLIENT_GRANT_ORGANIZATIONS,
        &GET_CLIENT_GRANTS,
        &GET_CLIENTS,
        &GET_CONNECTION,
        &GET_CONNECTION_DIRECTORY,
        &GET_CONNECTION_PROFILE,
        &GET_CUSTOM_DOMAIN,
        &GET_CUSTOM_DOMAINS,
        &GET_EVENT_STREAM,
        &GET_FLOW,
        &GET_FLOW_VAULT_CONNECTION,
        &GET_FORM,
        &GET_NETWORK_ACL,
        &GET_NETWORK_ACL_KEY,
        &GET_ORGANIZATION,
        &GET_ORGANIZATION_CLIENT,
        &GET_ORGANIZATION_CLIENTS,
        &GET_ORGANIZATION_ROLE_GROUPS,
        &GET_ORGANIZATION_ROLE_MEMBERS,
        &GET_ORGANIZATIONS,
        &GET_PROMPT_SCREEN_PARTIALS,
        &GET_PROMPT_SCREEN_RENDERER,
        &GET_RATE_LIMIT_POLICIES,
        &GET_RATE_LIMIT_POLICY,
        &GET_RESOURCE_SERVER,
        &GET_ROLE,
        &GET_SELF_SERVICE_PROFILE,
        &GET_SIGNING_KEYS,
        &GET_TENANT,
        &GET_TOKEN_EXCHANGE_PROFILE,
        &GET_USER,
        &GET_USER_ATTRIBUTE_PROFILE,
        &GET_USER_CONNECTED_ACCOUNTS,
        &GET_USER_ORGANIZATIONS,
    ])])
    .methods(&[without_code(&[&TERRAFORM_CONFIG])]);

/// A file of facts; none, and a word about it, where there is none.
fn facts(file: &str) -> Option<Json> {
    let path = format!("{}/../../shared/data/{file}", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read(&path) {
        Ok(text) => Some(serde_json::from_slice(&text).unwrap()),
        Err(error) => {
            eprintln!("skipped: {path}: {error}");
            None
        }
    }
}

/// Differences that are meant to be, and why.
struct Meant {
    why: &'static str,
    at: &'static [&'static str],
}

/// What differs, by where it is.
#[derive(Default)]
struct Differences(BTreeMap<String, String>);

impl Differences {
    fn add(&mut self, at: impl Into<String>, what: impl Into<String>) {
        self.0.insert(at.into(), what.into());
    }

    fn unless_equal(&mut self, at: String, theirs: impl ToString, ours: impl ToString) {
        let (theirs, ours) = (theirs.to_string(), ours.to_string());
        if theirs != ours {
            self.add(at, format!("theirs {theirs}, ours {ours}"));
        }
    }

    /// Fails on a difference that is not meant, and on one that is meant but not there.
    fn are(mut self, meant: &[Meant]) {
        let mut complaints = Vec::new();
        for (at, why) in meant.iter().flat_map(|meant| meant.at.iter().map(|at| (at, meant.why))) {
            if self.0.remove(*at).is_none() {
                complaints.push(format!("{at}: no difference any more ({why})"));
            }
        }
        complaints.extend(self.0.iter().map(|(at, what)| format!("{at}: {what}")));
        assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    }
}

/// The object type at the core of a kind, if any.
fn object_in(kind: Kind) -> Option<&'static ObjectType> {
    match kind {
        Kind::Object(of) => Some(of),
        Kind::List(of) | Kind::Map(of) => object_in(*of),
        _ => None,
    }
}

/// Every level of the tables: its name, and its fields.
fn levels() -> Vec<(String, &'static [Field])> {
    fn add(levels: &mut Vec<(String, &'static [Field])>, name: String, fields: &'static [Field]) {
        levels.push((name.clone(), fields));
        for field in fields {
            if let Some(of) = object_in(field.kind) {
                add(levels, format!("{name}.{}", field.name), of.fields);
            }
        }
    }
    let mut levels = Vec::new();
    for resource in PACKAGE.resource_tables() {
        add(&mut levels, resource.name.to_owned(), resource.fields);
    }
    for function in PACKAGE.function_tables().chain(PACKAGE.method_tables()) {
        add(&mut levels, format!("{} inputs", function.name), function.inputs);
        add(&mut levels, function.name.to_owned(), function.output_fields());
    }
    levels
}

/// The texts in a JSON list.
fn texts(list: &Json) -> BTreeSet<&str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str).collect()
}

#[test]
fn all_that_is_offered_is_compared() {
    use crate::auth0::PACKAGE as OFFERED;
    let compared: BTreeSet<&str> = (PACKAGE.resource_tables().map(|table| table.name))
        .chain(PACKAGE.function_tables().map(|table| table.name))
        .chain(PACKAGE.method_tables().map(|table| table.name))
        .collect();
    let offered = (OFFERED.resource_tables().map(|table| table.name))
        .chain(OFFERED.function_tables().map(|table| table.name))
        .chain(OFFERED.method_tables().map(|table| table.name));
    let forgotten: Vec<&str> = offered.filter(|name| !compared.contains(name)).collect();
    assert!(forgotten.is_empty(), "not in `PACKAGE`: {forgotten:?}");
}

#[test]
fn a_difference_fails_unless_it_is_meant_and_there() {
    const MEANT: &[Meant] = &[Meant { why: "a reason", at: &["a"] }];
    let outcome = |at: &'static str, meant: &'static [Meant]| {
        let mut differences = Differences::default();
        differences.unless_equal(at.to_owned(), 1, 2);
        std::panic::catch_unwind(|| differences.are(meant))
    };
    assert!(outcome("a", MEANT).is_ok());
    assert!(outcome("a", &[]).is_err());
    assert!(outcome("b", MEANT).is_err());
}
