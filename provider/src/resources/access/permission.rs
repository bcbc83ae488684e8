//! A permission, as roles and users hold it, one by one or in a list.

use pulumi_rs_sdk::table::rest::*;

/// The permissions of what this path leads to.
pub(super) const fn permissions_at(path: &'static str) -> Entries {
    entries(path, &["resource_server_identifier", "permission_name"])
        .paged(Paging::Offset)
        .added_under("permissions")
}

/// The rows of one permission of that holder.
pub(super) const fn permission_of(holder: Field) -> [Field; 5] {
    [
        output("description", STRING).doc("What the permission is for."),
        required("permission", STRING)
            .wire("permission_name")
            .replaces()
            .doc("Name of the permission: a scope of the API."),
        required("resourceServerIdentifier", STRING)
            .replaces()
            .doc("Identifier of the API that defines the permission."),
        output("resourceServerName", STRING).doc("Name of the API."),
        holder,
    ]
}

/// The rows of one permission in a list.
pub(super) const LISTED: &[Field] = &[
    output("description", STRING).doc("What the permission is for."),
    required("name", STRING)
        .wire("permission_name")
        .doc("Name of the permission: a scope of the API."),
    required("resourceServerIdentifier", STRING)
        .doc("Identifier of the API that defines the permission."),
    output("resourceServerName", STRING).doc("Name of the API."),
];
