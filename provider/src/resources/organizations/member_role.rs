//! `auth0.OrganizationMemberRole` and `auth0.OrganizationMemberRoles`: what a user is in an organization.

use pulumi_rs_sdk::table::rest::*;

const ROLES: Entries = entries("organizations/{organizationId}/members/{userId}/roles", &["id"])
    .paged(Paging::Offset)
    .keys_added_under("roles");

/// One role of a user in an organization.
pub const ORGANIZATION_MEMBER_ROLE: Resource = resource(
    "OrganizationMemberRole",
    member(&ROLES).id_form("{organizationId}::{userId}::{roleId}"),
)
.doc("A role that a user has in an organization.")
.fields(&[
    required("organizationId", STRING).replaces().doc("ID of the organization."),
    output("roleDescription", STRING).wire("description").doc("What the role is for."),
    required("roleId", STRING)
        .wire("id")
        .replaces()
        .stated(&[Constraint::Prefix("rol_")])
        .doc("ID of the role."),
    output("roleName", STRING).wire("name").doc("Name of the role."),
    required("userId", STRING).replaces().doc("ID of the user, who belongs to the organization."),
]);

/// All roles of a user in an organization.
pub const ORGANIZATION_MEMBER_ROLES: Resource = resource(
    "OrganizationMemberRoles",
    members(&ROLES, "roles").id_form("{organizationId}::{userId}"),
)
.doc("The roles that a user has in an organization, all of them.")
.fields(&[
    required("organizationId", STRING).replaces().doc("ID of the organization."),
    required("roles", STRINGS)
        .unordered()
        .stated(&[Constraint::Prefix("rol_")])
        .doc("IDs of the roles."),
    required("userId", STRING).replaces().doc("ID of the user, who belongs to the organization."),
]);
