//! `auth0.getCustomDomain` and `auth0.getCustomDomains`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::CUSTOM_DOMAIN;

/// One domain.
pub const GET_CUSTOM_DOMAIN: Function = function("getCustomDomain")
    .doc("Looks a domain of your own up by its ID, or the only one that there is.")
    .inputs(&[optional("customDomainId", STRING)
        .doc("ID of the domain. It can be left out where there is only one.")])
    .gives(by_id(&CUSTOM_DOMAIN, "customDomainId").or_only());

/// The domains.
pub const GET_CUSTOM_DOMAINS: Function = function("getCustomDomains")
    .doc("Lists the domains of your own, all of them or those that a query finds.")
    .inputs(&[optional("query", STRING)
        .wire("q")
        .doc("What they are like, in the syntax of Lucene: `status:ready` for instance.")])
    .lists(all(&CUSTOM_DOMAIN, "customDomains", "custom-domains").without_ids());
