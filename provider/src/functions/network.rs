//! `auth0.getNetworkAcl`, `auth0.getRateLimitPolicies`, `auth0.getRateLimitPolicy` and `auth0.getAttackProtection`: what keeps
//! requests off.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{ATTACK_PROTECTION, NETWORK_ACL, RATE_LIMIT_POLICY};

/// What protects the logins of the tenant.
pub const GET_ATTACK_PROTECTION: Function = function("getAttackProtection")
    .doc("Tells what protects the logins of the tenant from attacks.")
    .gives(the(&ATTACK_PROTECTION));

/// One rule of the network.
pub const GET_NETWORK_ACL: Function = function("getNetworkAcl")
    .doc("Looks a rule of the network up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the rule.")])
    .gives(by_id(&NETWORK_ACL, "id"));

/// The policies of rate limits.
pub const GET_RATE_LIMIT_POLICIES: Function = function("getRateLimitPolicies")
    .doc("Lists the policies of rate limits, all of them or those that pass the filters.")
    .inputs(&[
        optional("consumer", STRING).doc("Whom the policies are for, `client` for instance."),
        optional("consumerSelector", STRING)
            .doc("Which of them: `default`, or the ID of a client for instance."),
        optional("resource", STRING)
            .doc("What the policies limit, `oauth_authentication_api` for instance."),
    ])
    .lists(all(&RATE_LIMIT_POLICY, "rateLimitPolicies", "rate-limit-policies"));

/// One policy of rate limits.
pub const GET_RATE_LIMIT_POLICY: Function = function("getRateLimitPolicy")
    .doc("Looks a policy of rate limits up by its ID.")
    .inputs(&[required("policyId", STRING).doc("ID of the policy.")])
    .gives(by_id(&RATE_LIMIT_POLICY, "policyId"));
