//! `auth0.OrganizationDiscoveryDomain` and `auth0.OrganizationDiscoveryDomains`: domains by whose addresses users are led to
//! an organization, one or all of them.

use pulumi_rs_sdk::table::rest::*;

/// The domain.
pub const ORGANIZATION_DISCOVERY_DOMAIN: Resource = resource(
    "OrganizationDiscoveryDomain",
    collection("organizations/{organizationId}/discovery-domains")
        .items("domains")
        .id_form("{organizationId}::{id}"),
)
.doc("A domain by whose addresses users are led to an organization.")
.fields(&[
    required("domain", STRING).replaces().stated(&[Constraint::Length(3, 255)]).doc("The domain."),
    required("organizationId", STRING).replaces().doc("ID of the organization."),
    required("status", STRING)
        .one_of(&["pending", "verified"])
        .doc("Whether the organization has shown that the domain is its own."),
    // All recorded creates that do not send it.
    computed("useForOrganizationDiscovery", BOOL)
        .reset(Literal::Bool(true))
        .server_default(Literal::Bool(true))
        .doc("Whether a login finds the organization by the domain."),
    output("verificationHost", STRING)
        .doc("Name of the DNS record that shows whose the domain is."),
    output("verificationTxt", STRING).doc("Text of that record."),
]);

const DOMAINS: Entries = entries("organizations/{organizationId}/discovery-domains", &["domain"])
    .items("domains")
    .addressed_by("id");

/// All domains of an organization.
pub const ORGANIZATION_DISCOVERY_DOMAINS: Resource = resource(
    "OrganizationDiscoveryDomains",
    members(&DOMAINS, "discovery_domains").id_form("{organizationId}").others(Others::Refused),
)
.doc("The domains by whose addresses users are led to an organization, all of them.")
.fields(&[
    required("discoveryDomains", list(&object(&DOMAIN))).unordered().doc("The domains."),
    required("organizationId", STRING).replaces().doc("ID of the organization."),
]);

const DOMAIN: ObjectType = object_type(
    "OrganizationDiscoveryDomainsDiscoveryDomain",
    &[
        required("domain", STRING).stated(&[Constraint::Length(3, 255)]).doc("The domain."),
        output("id", STRING).doc("ID of the domain."),
        required("status", STRING)
            .one_of(&["pending", "verified"])
            .doc("Whether the organization has shown that the domain is its own."),
        // All recorded answers to requests that do not send it.
        computed("useForOrganizationDiscovery", BOOL)
            .server_default(Literal::Bool(true))
            .doc("Whether a login finds the organization by the domain."),
        output("verificationHost", STRING)
            .doc("Name of the DNS record that shows whose the domain is."),
        output("verificationTxt", STRING).doc("Text of that record."),
    ],
);
