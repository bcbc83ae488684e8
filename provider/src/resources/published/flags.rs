//! Our rows against those of the published provider: presence, kind, flags and allowed values.

use std::collections::BTreeMap;

use pulumi_rs_sdk::table::{Codec, Constraint, Field, Kind, Literal, Presence};
use serde_json::Value as Json;

use super::{Differences, Meant, PACKAGE, facts, object_in};

const MEANT: &[Meant] = &[
    Meant {
        why: "the published plugin fills in no default that is a zero value",
        at: &["Connection.options.idpInitiated.enabled default"],
    },
    Meant {
        why: "a preview tells that it is no address, and the API refuses it",
        at: &["Connection.options.pingFederateBaseUrl values"],
    },
    Meant {
        why: "Auth0 keeps them as sets: another order is no change",
        at: &[
            "Action.secretsWos order",
            "Client.addons.sharepoint.externalUrls order",
            "Client.allowedClients order",
            "Client.allowedOrigins order",
            "Client.asyncApprovalNotificationChannels order",
            "Client.clientAliases order",
            "Client.defaultOrganization.flows order",
            "Client.expressConfiguration.linkedClients order",
            "Client.grantTypes order",
            "Client.mobile.android.sha256CertFingerprints order",
            "Client.myOrganizationConfiguration.allowedStrategies order",
            "Client.myOrganizationConfiguration.thirdPartyClientAccess.allowedValues order",
            "Client.organizationDiscoveryMethods order",
            "Client.refreshToken.policies.scopes order",
            "Client.tokenExchange.allowAnyProfileOfTypes order",
            "Client.webOrigins order",
            "ClientCimd.allowedOrigins order",
            "ClientCimd.defaultOrganization.flows order",
            "ClientCimd.grantTypes order",
            "ClientCimd.organizationDiscoveryMethods order",
            "ClientCimd.webOrigins order",
            "ClientGrant.authorizationDetailsTypes order",
            "ClientGrant.scopes order",
            "ResourceServer.authorizationDetails order",
        ],
    },
    Meant {
        why: "the API takes more values than the published provider lets through",
        at: &[
            "Client.appType values",
            "Client.complianceLevel values",
            "Client.jwtConfiguration.alg values",
            "ResourceServer.signingAlg values",
        ],
    },
    Meant {
        why: "both refuse the one value that such an application cannot have, here by a rule",
        at: &[
            "ClientCimd.oidcConformant values",
            "ClientCimd.refreshToken.infiniteIdleTokenLifetime values",
        ],
    },
    Meant {
        why: "the facts are older here than the published SDK, whose documentation has the values",
        at: &[
            "ClientGrant.subjectType values",
            "ResourceServer.subjectTypeAuthorization.anonymousUser.policy values",
            "ResourceServer.tokenLifetimeForAnonymousAccessTokens values",
        ],
    },
    Meant {
        why: "the published package puts names and descriptions on top of its rows",
        at: &[
            "Action.name presence",
            "ActionModule.name presence",
            "Connection.name presence",
            "Client.description default",
            "Client.name presence",
            "ConnectionProfile.name presence",
            "EmailProvider.name presence",
            "Flow.name presence",
            "EventStream.name presence",
            "FlowVaultConnection.name presence",
            "Form.name presence",
            "LogStream.name presence",
            "NetworkAclKey.name presence",
            "Organization.name presence",
            "Role.description default",
            "Role.name presence",
            "Rule.name presence",
            "SelfServiceProfile.name presence",
            "TokenExchangeProfile.name presence",
            "UserAttributeProfile.name presence",
        ],
    },
    Meant {
        why: "a rule of the resource refuses what is shorter, since a row has whole numbers for bounds",
        at: &[
            "Tenant.ephemeralSessionLifetime values",
            "Tenant.idleEphemeralSessionLifetime values",
            "Tenant.idleSessionLifetime values",
            "Tenant.sessionLifetime values",
        ],
    },
    Meant {
        why: "theirs is filled in by code, of which the facts say nothing",
        at: &["Form.ending default", "Form.languages.primary default"],
    },
    Meant {
        why: "a rule of the resource refuses what is no such key",
        at: &["NetworkAclKey.value values"],
    },
    Meant {
        why: "both refuse what is no code of two letters; of small letters a preview warns",
        at: &["Tenant.countryCodes.lists values"],
    },
    Meant {
        why: "newer than the facts: the range is that of the published SDK",
        at: &["Tenant.sessions.anonymous.lifetimeInMinutes values"],
    },
    Meant {
        why: "both refuse what is no name of a curated list, each in words of its own",
        at: &[
            "NetworkAcl.rule.match.auth0Manageds values",
            "NetworkAcl.rule.notMatch.auth0Manageds values",
        ],
    },
    Meant {
        why: "false is left out, as if it had not been given",
        at: &["NetworkAcl.rule.matchAll values"],
    },
    Meant {
        why: "the API says what names it takes, which a preview tells",
        at: &["Rule.name values"],
    },
    Meant {
        why: "false is as good as nothing, and the published provider does not fill it in either",
        at: &[
            "Action.deploy default",
            "ActionModule.publish default",
            "Guardian.email default",
            "Guardian.otp default",
            "Guardian.recoveryCode default",
            "LogStream.isPriority default",
            "OrganizationClient.useForMemberAccess default",
            "OrganizationClients.clients.useForMemberAccess default",
            "OrganizationConnections.enabledConnections.assignMembershipOnLogin default",
            "OrganizationConnections.enabledConnections.isSignupEnabled default",
            "PromptScreenRenderer.defaultHeadTagsDisabled default",
            "PromptScreenRenderer.usePageTemplate default",
        ],
    },
    Meant {
        why: "the server's own, and the published plugin does not fill it in either",
        at: &["PromptScreenRenderer.renderingMode default"],
    },
    Meant {
        why: "the id of a resource is no property of it in the published package",
        at: &["OrganizationDiscoveryDomain.id"],
    },
    Meant {
        why: "the API keeps them by name, not in order",
        at: &[
            "PromptScreenPartials.screenPartials order",
            "UserAttributeProfile.userAttributes order",
            "UserAttributeProfile.userAttributes.strategyOverrides order",
            "UserAttributeProfile.userId.strategyOverrides order",
        ],
    },
    Meant {
        why: "a secret that tokens are signed with is a secret",
        at: &["ResourceServer.signingSecret secret"],
    },
];

#[test]
fn rows_have_the_flags_of_the_published_provider() {
    let Some(published) = facts("published-resource-facts.json") else { return };
    let mut differences = Differences::default();
    for resource in PACKAGE.resource_tables() {
        let token = PACKAGE.resource_token(resource);
        let theirs = published["resources"]
            .as_object()
            .unwrap()
            .values()
            .find(|theirs| theirs["tok"] == token.as_str())
            .unwrap();
        level(resource.name, &theirs["fields"], resource.fields, &mut differences);
    }
    differences.are(MEANT);
}

fn level(at: &str, theirs: &Json, ours: &[Field], differences: &mut Differences) {
    let mut left: BTreeMap<&str, &Json> = theirs
        .as_array()
        .into_iter()
        .flatten()
        .map(|field| (field["Pulumi"].as_str().unwrap(), field))
        .collect();
    for ours in ours {
        let at = format!("{at}.{}", ours.name);
        let Some(theirs) = left.remove(ours.name) else {
            differences.add(at, "only ours");
            continue;
        };
        let mut compare = |what: &str, theirs: String, ours: String| {
            differences.unless_equal(format!("{at} {what}"), theirs, ours);
        };
        compare("presence", their_presence(theirs), format!("{:?}", ours.presence));
        compare("kind", their_kind(theirs), our_kind(ours));
        compare("order", their_order(theirs), our_order(ours));
        compare("replaces", flag(theirs, "ForceNew"), ours.replaces.to_string());
        compare("secret", flag(theirs, "Sensitive"), ours.secret.to_string());
        compare("deprecated", flag(theirs, "Deprecated"), ours.deprecated.is_some().to_string());
        compare("default", theirs["Default"].to_string(), our_default(ours));
        compare("values", their_values(theirs), our_values(ours));
        if let Some(of) = object_in(ours.kind) {
            level(&at, &theirs["Fields"], of.fields, differences);
        }
    }
    for name in left.keys() {
        differences.add(format!("{at}.{name}"), "only theirs");
    }
}

fn flag(theirs: &Json, name: &str) -> String {
    theirs[name].as_bool().unwrap_or(false).to_string()
}

fn their_presence(theirs: &Json) -> String {
    let is = |name: &str| theirs[name] == true;
    let presence = match (is("Required"), is("Optional"), is("Computed")) {
        (true, _, _) => Presence::Required,
        (_, true, true) => Presence::Computed,
        (_, true, false) => Presence::Optional,
        (_, false, _) => Presence::Output,
    };
    format!("{presence:?}")
}

fn their_kind(theirs: &Json) -> String {
    let is_object = theirs["Elem"] == "Resource";
    match (theirs["Type"].as_str().unwrap(), theirs["MaxItems"].as_u64()) {
        ("TypeList" | "TypeSet", Some(1)) if is_object => "object",
        ("TypeList" | "TypeSet", _) => "list",
        ("TypeMap", _) => "map",
        ("TypeBool", _) => "bool",
        ("TypeInt", _) => "int",
        ("TypeFloat", _) => "number",
        ("TypeString", _) => "string",
        (other, _) => other,
    }
    .to_owned()
}

fn our_kind(ours: &Field) -> String {
    match ours.kind {
        Kind::Object(_) => "object",
        _ if ours.codec == Codec::OneInList => "list",
        Kind::Bool => "bool",
        Kind::Int => "int",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::List(_) => "list",
        Kind::Map(_) => "map",
        Kind::Any => "any",
    }
    .to_owned()
}

fn their_order(theirs: &Json) -> String {
    match theirs["Type"] == "TypeSet" {
        true => "means nothing",
        false => "counts",
    }
    .to_owned()
}

fn our_order(ours: &Field) -> String {
    match ours.unordered {
        true => "means nothing",
        false => "counts",
    }
    .to_owned()
}

fn our_default(ours: &Field) -> String {
    match ours.default {
        None => Json::Null,
        Some(Literal::Bool(flag)) => flag.into(),
        Some(Literal::Int(number)) => number.into(),
        Some(Literal::String(text)) => text.into(),
    }
    .to_string()
}

/// What values they allow, from what their validator says of bad ones.
fn their_values(theirs: &Json) -> String {
    let said = theirs["VErr"].as_str().unwrap_or_default();
    let between = |start: &str, end: &str| {
        let (_, rest) = said.split_once(start)?;
        rest.split_once(end).map(|(found, _)| found)
    };
    if let Some(list) = between("one of [", "]") {
        let mut texts: Vec<&str> =
            list.split_whitespace().map(|text| text.trim_matches('"')).collect();
        texts.sort_unstable();
        return texts.join(" ");
    }
    if let Some(range) = between("expected length of K to be in the range (", ")") {
        let range = range.replace(" - ", "..=").replace("=9223372036854775807", "");
        return format!("{range} characters");
    }
    if let Some(range) = between("in the range (", ")") {
        return range.replace(" - ", "..=");
    }
    if let Some(least) = between("to be at least (", ")") {
        return format!("{least}..");
    }
    if let Some(least) = between("expected length of K to be at least ", ",") {
        return format!("{least}.. characters");
    }
    match () {
        () if said.contains("a url with schema of: \"https\"") => "https".to_owned(),
        () if said.contains("invalid JSON") => "JSON".to_owned(),
        () if said.contains("to not be an empty string") => "1.. characters".to_owned(),
        () if said.is_empty() => "any".to_owned(),
        () => said.to_owned(),
    }
}

fn our_values(ours: &Field) -> String {
    match ours.constraint {
        Constraint::Any if ours.is_json() => "JSON".to_owned(),
        Constraint::Any => "any".to_owned(),
        Constraint::OneOf(texts) | Constraint::OneOfIgnoringCase(texts) => {
            let mut texts = texts.to_vec();
            texts.sort_unstable();
            texts.join(" ")
        }
        Constraint::Range(least, i64::MAX) => format!("{least}.."),
        Constraint::Range(least, most) => format!("{least}..={most}"),
        Constraint::Length(least, usize::MAX) => format!("{least}.. characters"),
        Constraint::Length(least, most) => format!("{least}..={most} characters"),
        Constraint::HttpsUrlOrEmpty => "https".to_owned(),
        // The published provider has no such check.
        ours => format!("{ours:?}"),
    }
}
