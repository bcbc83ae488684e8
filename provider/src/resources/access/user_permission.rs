//! `auth0.UserPermission` and `auth0.UserPermissions`: what a user may do beside what roles give, one permission or all.

use pulumi_rs_sdk::table::rest::*;

use super::permission::{LISTED, permission_of, permissions_at};

const PERMISSIONS: Entries = permissions_at("users/{userId}/permissions");

const USER_ID: Field = required("userId", STRING).replaces().doc("ID of the user.");

/// One permission of a user.
pub const USER_PERMISSION: Resource = resource(
    "UserPermission",
    member(&PERMISSIONS).id_form("{userId}::{resourceServerIdentifier}::{permission}"),
)
.doc("A permission that a user holds, whatever roles the user has.")
.fields(&permission_of(USER_ID));

/// All permissions of a user.
pub const USER_PERMISSIONS: Resource =
    resource("UserPermissions", members(&PERMISSIONS, "permissions").id_form("{userId}"))
        .doc("The permissions that a user holds whatever roles the user has, all of them.")
        .fields(&[
            required("permissions", list(&object(&PERMISSION))).unordered().doc("The permissions."),
            USER_ID,
        ]);

const PERMISSION: ObjectType = object_type("UserPermissionsPermission", LISTED);
