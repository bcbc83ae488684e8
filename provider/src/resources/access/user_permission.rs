//! `auth0.UserPermission` and `auth0.UserPermissions`: what a user may do beside what roles give, one permission or all.

use pulumi_rs_sdk::table::rest::*;

const PERMISSIONS: Entries =
    entries("users/{userId}/permissions", &["resource_server_identifier", "permission_name"])
        .paged(Paging::Offset)
        .added_under("permissions");

/// One permission of a user.
pub const USER_PERMISSION: Resource = resource(
    "UserPermission",
    member(&PERMISSIONS).id_form("{userId}::{resourceServerIdentifier}::{permission}"),
)
.doc("A permission that a user holds, whatever roles the user has.")
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
    required("userId", STRING).replaces().doc("ID of the user."),
]);

/// All permissions of a user.
pub const USER_PERMISSIONS: Resource =
    resource("UserPermissions", members(&PERMISSIONS, "permissions").id_form("{userId}"))
        .doc("The permissions that a user holds whatever roles the user has, all of them.")
        .fields(&[
            required("permissions", list(&object(&PERMISSION))).unordered().doc("The permissions."),
            required("userId", STRING).replaces().doc("ID of the user."),
        ]);

const PERMISSION: ObjectType = object_type(
    "UserPermissionsPermission",
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
