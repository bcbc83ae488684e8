//! `auth0.NetworkAcl`: which requests reach the tenant.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::state::is_zero;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

/// The list; the API takes it as a whole.
pub const NETWORK_ACL: Resource =
    resource("NetworkAcl", collection("network-acls").put().paged(Paging::Offset))
        .doc("A rule of the network: which requests reach the tenant, and which do not.")
        .fields(&[
            required("active", BOOL).doc("Whether the rule holds."),
            required("description", STRING)
                .stated(&[Constraint::Length(0, 255)])
                .doc("What the rule is for."),
            required("priority", INT)
                .stated(&[Constraint::Range(1, 100)])
                .doc("Which of several rules comes first: the one with the smallest number."),
            required("rule", object(&RULE)).doc("What is done with which requests."),
        ])
        .rules(&[
            Rule::AtLeastOneOf(&["rule.match", "rule.notMatch", "rule.matchAll"]),
            Rule::Excludes("rule.matchAll", &["rule.match", "rule.notMatch"]),
            Rule::AtLeastOneOf(&[
                "rule.action.allow",
                "rule.action.block",
                "rule.action.log",
                "rule.action.redirect",
            ]),
            Rule::Stated(one_action),
        ]);

const RULE: ObjectType = object_type(
    "NetworkAclRule",
    &[
        required("action", object(&ACTION)).doc("What is done: one of the four."),
        optional("match", object(&MATCH)).switch().doc("Requests of which all of this is true."),
        optional("matchAll", BOOL).only_true().doc("Says that the rule is for all requests."),
        optional("notMatch", object(&NOT_MATCH))
            .switch()
            .doc("Requests of which not all of this is true."),
        required("scope", STRING)
            .one_of(&["management", "authentication", "tenant", "dynamic_client_registration"])
            .doc("Which requests the rule is about."),
    ],
);

const ACTION: ObjectType = object_type(
    "NetworkAclRuleAction",
    &[
        optional("allow", BOOL).only_true().doc("They reach the tenant."),
        optional("block", BOOL).only_true().doc("They do not."),
        optional("log", BOOL).only_true().doc("They do, and are noted in the log."),
        optional("redirect", BOOL).only_true().doc("They are sent to `redirectUri`."),
        optional("redirectUri", STRING)
            .stated(&[Constraint::Length(1, 2000)])
            .doc("Address that they are sent to."),
    ],
);

const MATCH: ObjectType = object_type("NetworkAclRuleMatch", &conditions(&MATCH_SIGNATURE));

const NOT_MATCH: ObjectType =
    object_type("NetworkAclRuleNotMatch", &conditions(&NOT_MATCH_SIGNATURE));

const fn conditions(signature: &'static ObjectType) -> [Field; 13] {
    [
        optional("asns", list(&INT)).doc("Numbers of the networks that they come from."),
        optional("auth0Manageds", STRINGS)
            .wire("auth0_managed")
            .name_in("auth0.")
            .doc("Lists that Auth0 keeps, `auth0.icloud_relay_proxy` for instance."),
        optional("connectingIpv4Cidrs", STRINGS)
            .stated(&[Constraint::Network])
            .doc("Ranges of IPv4 addresses that connect, proxies included."),
        optional("connectingIpv6Cidrs", STRINGS)
            .stated(&[Constraint::Network])
            .doc("Ranges of IPv6 addresses that connect, proxies included."),
        optional("geoCountryCodes", STRINGS).doc("Countries that they come from."),
        optional("geoSubdivisionCodes", STRINGS).doc("Parts of countries that they come from."),
        optional("hostnames", STRINGS)
            .stated(&[Constraint::Without(" /")])
            .doc("Names of the host that they ask."),
        optional("httpMessageSignature", object(signature)).doc("Keys that they are signed with."),
        optional("ipv4Cidrs", STRINGS)
            .stated(&[Constraint::Network])
            .doc("Ranges of IPv4 addresses that they come from."),
        optional("ipv6Cidrs", STRINGS)
            .stated(&[Constraint::Network])
            .doc("Ranges of IPv6 addresses that they come from."),
        optional("ja3Fingerprints", STRINGS).doc("JA3 fingerprints of their TLS."),
        optional("ja4Fingerprints", STRINGS).doc("JA4 fingerprints of their TLS."),
        optional("userAgents", STRINGS).doc("What they call themselves."),
    ]
}

const MATCH_SIGNATURE: ObjectType =
    object_type("NetworkAclRuleMatchHttpMessageSignature", &[keys(&object(&MATCH_KEY))]);

const NOT_MATCH_SIGNATURE: ObjectType =
    object_type("NetworkAclRuleNotMatchHttpMessageSignature", &[keys(&object(&NOT_MATCH_KEY))]);

const MATCH_KEY: ObjectType = object_type("NetworkAclRuleMatchHttpMessageSignatureKey", &[KEY_ID]);

const NOT_MATCH_KEY: ObjectType =
    object_type("NetworkAclRuleNotMatchHttpMessageSignatureKey", &[KEY_ID]);

const fn keys(of: &'static Kind) -> Field {
    required("keys", list(of)).doc("The keys, one of which has to fit.")
}

const KEY_ID: Field = required("id", STRING).doc("ID of the key.");

/// One action is asked for, and an address to send requests to only where they are sent there.
fn one_action(inputs: &Object) -> Vec<CheckFailure> {
    const ACTIONS: [&str; 4] = ["allow", "block", "log", "redirect"];
    let action = inputs.get("rule").and_then(|rule| rule.as_object()?.get("action")?.as_object());
    let Some(action) = action else {
        return Vec::new();
    };
    let is = |name: &str| action.get(name).is_some_and(|flag| *flag == Value::Bool(true));
    if ACTIONS.iter().any(|name| action.get(*name) == Some(&Value::Unknown)) {
        return Vec::new();
    }
    let gives_address = action.get("redirectUri").is_some_and(|address| !is_zero(address));
    let at = PropertyPath::of("rule").name("action");
    let fail = |property, reason: &str| vec![CheckFailure { property, reason: reason.to_owned() }];
    match ACTIONS.iter().filter(|name| is(name)).count() {
        0 => fail(at, "one of `allow`, `block`, `log`, `redirect` must be true"),
        1 if gives_address && !is("redirect") => {
            fail(at.name("redirectUri"), "leave it out unless `redirect` is true")
        }
        1 => Vec::new(),
        _ => fail(at, "only one of `allow`, `block`, `log`, `redirect` may be true"),
    }
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::check::beyond_what_is_stated;

    use super::*;
    use crate::resources::testing::{failures, inputs};

    #[test]
    fn a_rule_does_one_thing_with_some_requests() {
        struct Case {
            rule: &'static str,
            refused: &'static [&'static str],
            told: &'static [&'static str],
        }
        let cases = [
            Case {
                rule: r#"{"action": {"block": true}, "matchAll": true}"#,
                refused: &[],
                told: &[],
            },
            Case { rule: r#"{"action": {"log": true}, "match": {}}"#, refused: &[], told: &[] },
            Case {
                rule: r#"{"action": {"block": true}}"#,
                refused: &[
                    "rule.match: one of `rule.match`, `rule.notMatch`, `rule.matchAll` is required",
                ],
                told: &[],
            },
            Case {
                rule: r#"{"action": {"block": true}, "matchAll": true, "match": {}}"#,
                refused: &["rule.match: leave it out where `rule.matchAll` is given"],
                told: &[],
            },
            Case {
                rule: r#"{"action": {"redirectUri": "https://x"}, "matchAll": true}"#,
                refused: &["rule.action.allow: one of `rule.action.allow`, `rule.action.block`, \
                     `rule.action.log`, `rule.action.redirect` is required"],
                told: &["rule.action: one of `allow`, `block`, `log`, `redirect` must be true"],
            },
            Case {
                rule: r#"{"action": {"block": false}, "matchAll": true}"#,
                refused: &[],
                told: &["rule.action: one of `allow`, `block`, `log`, `redirect` must be true"],
            },
            Case {
                rule: r#"{"action": {"block": true, "allow": true}, "matchAll": true}"#,
                refused: &[],
                told: &["rule.action: only one of `allow`, `block`, `log`, `redirect` may be true"],
            },
            Case {
                rule: r#"{"action": {"block": true, "redirectUri": "https://x"}, "matchAll": true}"#,
                refused: &[],
                told: &["rule.action.redirectUri: leave it out unless `redirect` is true"],
            },
        ];
        for Case { rule, refused, told } in cases {
            let rule = rule.replacen('{', r#"{"scope": "tenant", "#, 1);
            let given =
                format!(r#"{{"active": true, "description": "d", "priority": 1, "rule": {rule}}}"#);
            let given = inputs(&given);
            assert_eq!(failures(&NETWORK_ACL, &given), refused, "{rule}");
            let found = beyond_what_is_stated(&NETWORK_ACL, &given);
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(found, told, "{rule}");
        }
    }
}
