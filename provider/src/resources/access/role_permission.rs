//! `auth0.RolePermission` and `auth0.RolePermissions`: what a role may do, one permission or all of them.

use pulumi_rs_sdk::table::rest::*;

const PERMISSIONS: Entries =
    entries("roles/{roleId}/permissions", &["resource_server_identifier", "permission_name"])
        .paged(Paging::Offset)
        .added_under("permissions");

/// One permission of a role.
pub const ROLE_PERMISSION: Resource = resource(
    "RolePermission",
    member(&PERMISSIONS).id_form("{roleId}::{resourceServerIdentifier}::{permission}"),
)
.doc("A permission that a role holds.")
.fields(&[
    output("description", STRING).doc("What the permission is for."),
    required("permission", STRING)
        .wire("permission_name")
        .replaces()
        .doc("Name of the permission: a scope of the API."),
    required("resourceServerIdentifier", STRING)
        .replaces()
        .doc("Identifier of the API that defines the permission."),
    output("resourceServerName", STRING).doc("Name of the API."),
    required("roleId", STRING).replaces().doc("ID of the role."),
]);

/// All permissions of a role.
pub const ROLE_PERMISSIONS: Resource =
    resource("RolePermissions", members(&PERMISSIONS, "permissions").id_form("{roleId}"))
        .doc("The permissions that a role holds, all of them.")
        .fields(&[
            required("permissions", list(&object(&PERMISSION))).unordered().doc("The permissions."),
            required("roleId", STRING).replaces().doc("ID of the role."),
        ]);

const PERMISSION: ObjectType = object_type(
    "RolePermissionsPermission",
    &[
        output("description", STRING).doc("What the permission is for."),
        required("name", STRING)
            .wire("permission_name")
            .doc("Name of the permission: a scope of the API."),
        required("resourceServerIdentifier", STRING)
            .doc("Identifier of the API that defines the permission."),
        output("resourceServerName", STRING).doc("Name of the API."),
    ],
);
