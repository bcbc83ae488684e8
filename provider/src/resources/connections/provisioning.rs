//! `auth0.ConnectionScimConfiguration` and `auth0.ConnectionDirectory`: users of a connection that are kept elsewhere, and sent
//! by SCIM or looked up in a directory.

use pulumi_rs_sdk::table::rest::*;

/// How users are sent by SCIM.
pub const CONNECTION_SCIM_CONFIGURATION: Resource = resource(
    "ConnectionScimConfiguration",
    one("connections/{connectionId}/scim-configuration").id_form("{connectionId}").sends_all(),
)
.doc("How users of a connection are sent from elsewhere by SCIM.")
.fields(&[
    required("connectionId", STRING).replaces().doc("ID of the connection."),
    output("connectionName", STRING).doc("Name of the connection."),
    computed("mappings", list(&object(&SCIM_MAPPING)))
        .wire("mapping")
        .unordered()
        .kept()
        .doc("Which attribute becomes which of Auth0; without it, those that the kind of the connection has."),
    output("strategy", STRING).doc("Kind of the connection."),
    output("tenantName", STRING).doc("Name of the tenant."),
    computed("userIdAttribute", STRING)
        .kept()
        .doc("Attribute that tells users apart."),
])
.rules(&[Rule::Together(&["mappings", "userIdAttribute"])]);

const SCIM_MAPPING: ObjectType = object_type(
    "ConnectionScimConfigurationMapping",
    &[AUTH0, required("scim", STRING).not_empty().doc("Attribute of SCIM.")],
);

/// How users are looked up in a directory.
pub const CONNECTION_DIRECTORY: Resource = resource(
    "ConnectionDirectory",
    one("connections/{connectionId}/directory-provisioning").id_form("{connectionId}"),
)
.doc("How users of a connection are looked up in a directory.")
.fields(&[
    required("connectionId", STRING).replaces().doc("ID of the connection."),
    output("connectionName", STRING).doc("Name of the connection."),
    output("createdAt", STRING).go_time().doc("When that was set up."),
    output("lastSynchronizationAt", STRING)
        .go_time()
        .changes_with_updates()
        .doc("When the directory was looked through last."),
    output("lastSynchronizationError", STRING)
        .changes_with_updates()
        .doc("What went wrong then."),
    output("lastSynchronizationStatus", STRING)
        .changes_with_updates()
        .doc("How that ended."),
    computed("mappings", list(&object(&DIRECTORY_MAPPING)))
        .wire("mapping")
        .unordered()
        .kept()
        .doc("Which attribute becomes which of Auth0; without it, those that Auth0 has for the directory."),
    output("strategy", STRING).doc("Kind of the connection."),
    // All recorded answers to requests that do not send it.
    computed("synchronizeAutomatically", BOOL)
        .emptied()
        .doc("Whether the directory is looked through now and then."),
    // All recorded answers to requests that do not send it.
    computed("synchronizeGroups", STRING)
        .server_default(Literal::String("off"))
        .one_of(&["off", "all", "selected"])
        .doc("Which groups of the directory are looked up too."),
    output("updatedAt", STRING)
        .go_time()
        .changes_with_updates()
        .doc("When that was changed last."),
]);

const DIRECTORY_MAPPING: ObjectType = object_type(
    "ConnectionDirectoryMapping",
    &[AUTH0, required("idp", STRING).not_empty().doc("Attribute of the directory.")],
);

const AUTH0: Field = required("auth0", STRING).not_empty().doc("Attribute of Auth0.");
