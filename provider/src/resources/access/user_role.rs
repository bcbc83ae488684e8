//! `auth0.UserRole` and `auth0.UserRoles`: which roles a user has, one of them or all.

use pulumi_rs_sdk::table::rest::*;

const ROLES: Entries =
    entries("users/{userId}/roles", &["id"]).paged(Paging::Offset).keys_added_under("roles");

/// One role of a user.
pub const USER_ROLE: Resource = resource("UserRole", member(&ROLES).id_form("{userId}::{roleId}"))
    .doc("A role that a user has.")
    .fields(&[
        output("roleDescription", STRING).wire("description").doc("What the role is for."),
        required("roleId", STRING).wire("id").replaces().doc("ID of the role."),
        output("roleName", STRING).wire("name").doc("Name of the role."),
        required("userId", STRING).replaces().doc("ID of the user."),
    ]);

/// All roles of a user.
pub const USER_ROLES: Resource =
    resource("UserRoles", members(&ROLES, "roles").id_form("{userId}"))
        .doc("The roles that a user has, all of them.")
        .fields(&[
            required("roles", STRINGS).unordered().doc("IDs of the roles."),
            required("userId", STRING).replaces().doc("ID of the user."),
        ]);
