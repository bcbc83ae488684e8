//! `auth0.getRole`, and `auth0.getResourceServer`: who may do what.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{RESOURCE_SERVER, RESOURCE_SERVER_SCOPES, ROLE, ROLE_PERMISSIONS};

/// One API, by its ID or its identifier.
pub const GET_RESOURCE_SERVER: Function = function("getResourceServer")
    .doc("Looks an API up by its ID or its identifier.")
    .inputs(&[
        optional("identifier", STRING).doc("Identifier of the API: the audience of its tokens."),
        optional("resourceServerId", STRING)
            .doc("ID of the API; it decides where an identifier is given too."),
    ])
    .gives(
        by_id(&RESOURCE_SERVER, "resourceServerId")
            .called("API")
            .or_at("identifier", "resource-servers/{identifier}")
            .more(&[row_of(&RESOURCE_SERVER_SCOPES, "scopes")]),
    );

/// One role, by its ID or its name.
pub const GET_ROLE: Function = function("getRole")
    .doc("Looks a role up by its ID or its name, with its permissions and its users.")
    .inputs(&[
        optional("name", STRING)
            .wire("name_filter")
            .doc("Name of the role, letter for letter; the first one counts."),
        optional("ownerId", STRING)
            .doc("ID of the organization that has the role, where several have one of that name."),
        optional("roleId", STRING).doc("ID of the role; it decides where a name is given too."),
        optional("skipPermissions", BOOL).doc("Leave the permissions out."),
        optional("skipUsers", BOOL).doc("Leave the users out."),
        optional("type", STRING)
            .one_of(&["tenant", "organization"])
            .doc("Whether the role is of the tenant or of one organization."),
    ])
    .rules(&[Rule::Needs("ownerId", &["type"])])
    .gives(
        by_id(&ROLE, "roleId").or_first("name").beside(&[
            beside_all(&ROLE_PERMISSIONS).unless("skipPermissions"),
            beside(output("users", STRINGS).doc("IDs of the users who have the role."), &USERS)
                .unless("skipUsers"),
        ]),
    );

const USERS: Entries = entries("roles/{roleId}/users", &["user_id"]);
