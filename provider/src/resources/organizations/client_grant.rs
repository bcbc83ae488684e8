//! `auth0.OrganizationClientGrant`: a grant that holds for an organization.

use pulumi_rs_sdk::table::rest::*;

/// A list shows the grants themselves, by their `id`.
const GRANTS: Entries = entries("organizations/{organizationId}/client-grants", &["id"])
    .paged(Paging::Offset)
    .items("client_grants")
    .written(|grant| grant.iter().map(|(_, id)| ("grant_id".to_owned(), id.clone())).collect());

/// The grant of an application, as it holds for an organization.
pub const ORGANIZATION_CLIENT_GRANT: Resource =
    resource("OrganizationClientGrant", member(&GRANTS).id_form("{organizationId}::{grantId}"))
        .doc("A grant of an application that holds for an organization.")
        .fields(&[
            required("grantId", STRING).wire("id").replaces().doc("ID of the grant."),
            required("organizationId", STRING).replaces().doc("ID of the organization."),
        ]);
