//! What keeps requests off, and where events go: `auth0.getAttackProtection`, `auth0.getEventStream`, `auth0.getNetworkAcl`,
//! `auth0.getNetworkAclKey`, `auth0.getRateLimitPolicies` and `auth0.getRateLimitPolicy`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{
    ATTACK_PROTECTION, EVENT_STREAM, NETWORK_ACL, NETWORK_ACL_KEY, RATE_LIMIT_POLICY,
};

/// What protects the logins of the tenant.
pub const GET_ATTACK_PROTECTION: Function = function("getAttackProtection")
    .doc("Tells what protects the logins of the tenant from attacks.")
    .gives(the(&ATTACK_PROTECTION));

/// One stream of events.
pub const GET_EVENT_STREAM: Function = function("getEventStream")
    .doc("Looks a stream of events up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the stream.")])
    .gives(by_id(&EVENT_STREAM, "id"));

/// One rule of the network.
pub const GET_NETWORK_ACL: Function = function("getNetworkAcl")
    .doc("Looks a rule of the network up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the rule.")])
    .gives(by_id(&NETWORK_ACL, "id"));

/// One key by which rules of the network know requests.
pub const GET_NETWORK_ACL_KEY: Function = function("getNetworkAclKey")
    .doc("Looks a key of rules of the network up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the key.")])
    .gives(by_id(&NETWORK_ACL_KEY, "id"));

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
