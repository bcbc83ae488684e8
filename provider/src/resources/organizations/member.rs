//! `auth0.OrganizationMember` and `auth0.OrganizationMembers`: who belongs to an organization, one user or all of them.

use pulumi_rs_sdk::table::rest::*;

const MEMBERS: Entries =
    entries("organizations/{organizationId}/members", &["user_id"]).keys_added_under("members");

/// One user of an organization.
pub const ORGANIZATION_MEMBER: Resource =
    resource("OrganizationMember", member(&MEMBERS).id_form("{organizationId}::{userId}"))
        .doc("A user who belongs to an organization.")
        .fields(&[
            required("organizationId", STRING).replaces().doc("ID of the organization."),
            required("userId", STRING).replaces().doc("ID of the user."),
        ]);

/// All users of an organization.
pub const ORGANIZATION_MEMBERS: Resource = resource(
    "OrganizationMembers",
    members(&MEMBERS, "members").id_form("{organizationId}").others(Others::Refused),
)
.doc("The users who belong to an organization, all of them.")
.fields(&[
    required("members", STRINGS).unordered().doc("IDs of the users."),
    required("organizationId", STRING).replaces().doc("ID of the organization."),
]);
