//! `auth0.RolePermission` and `auth0.RolePermissions`: what a role may do, one permission or all of them.

use pulumi_rs_sdk::table::rest::*;

use super::permission::{LISTED, permission_of, permissions_at};

const PERMISSIONS: Entries = permissions_at("roles/{roleId}/permissions");

const ROLE_ID: Field = required("roleId", STRING).replaces().doc("ID of the role.");

/// One permission of a role.
pub const ROLE_PERMISSION: Resource = resource(
    "RolePermission",
    member(&PERMISSIONS).id_form("{roleId}::{resourceServerIdentifier}::{permission}"),
)
.doc("A permission that a role holds.")
.fields(&permission_of(ROLE_ID));

/// All permissions of a role.
pub const ROLE_PERMISSIONS: Resource =
    resource("RolePermissions", members(&PERMISSIONS, "permissions").id_form("{roleId}"))
        .doc("The permissions that a role holds, all of them.")
        .fields(&[
            required("permissions", list(&object(&PERMISSION))).unordered().doc("The permissions."),
            ROLE_ID,
        ]);

const PERMISSION: ObjectType = object_type("RolePermissionsPermission", LISTED);
