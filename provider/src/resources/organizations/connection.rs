//! `auth0.OrganizationConnection` and `auth0.OrganizationConnections`: where people of an organization sign in, one
//! connection or all of them.

use pulumi_rs_sdk::table::rest::*;

const CONNECTIONS: Entries =
    entries("organizations/{organizationId}/connections", &["connection_id"]).paged(Paging::Offset);

/// One connection of an organization.
pub const ORGANIZATION_CONNECTION: Resource = resource(
    "OrganizationConnection",
    member(&CONNECTIONS).id_form("{organizationId}::{connectionId}"),
)
.doc("A connection through which people of an organization sign in.")
.fields(&[
    computed("assignMembershipOnLogin", BOOL).emptied().doc(ASSIGN),
    required("connectionId", STRING)
        .replaces()
        .stated(&[Constraint::Prefix("con_"), Constraint::Length(1, 50)])
        .doc("ID of the connection."),
    optional("isEnabled", BOOL).default(Literal::Bool(true)).untold().doc(ENABLED),
    computed("isSignupEnabled", BOOL).emptied().doc(SIGNUP),
    output("name", STRING).wire("connection.name").doc("Name of the connection."),
    computed("organizationAccessLevel", STRING).nullable().one_of(LEVELS).doc(LEVEL),
    output("organizationConnectionName", STRING)
        .doc("Name that the connection has in the organization."),
    required("organizationId", STRING).replaces().doc("ID of the organization."),
    computed("showAsButton", BOOL).server_default(Literal::Bool(true)).doc(BUTTON),
    output("strategy", STRING).wire("connection.strategy").doc("Kind of the connection."),
]);

/// All connections of an organization.
pub const ORGANIZATION_CONNECTIONS: Resource = resource(
    "OrganizationConnections",
    members(&CONNECTIONS, "enabled_connections")
        .id_form("{organizationId}")
        .others(Others::Refused),
)
.doc("The connections through which people of an organization sign in, all of them.")
.fields(&[
    required("enabledConnections", list(&object(&CONNECTION))).unordered().doc("The connections."),
    required("organizationId", STRING).replaces().doc("ID of the organization."),
]);

const CONNECTION: ObjectType = object_type(
    "OrganizationConnectionsEnabledConnection",
    &[
        optional("assignMembershipOnLogin", BOOL).doc(ASSIGN),
        required("connectionId", STRING)
            .stated(&[Constraint::Prefix("con_"), Constraint::Length(1, 50)])
            .doc("ID of the connection."),
        optional("isEnabled", BOOL).default(Literal::Bool(true)).doc(ENABLED),
        optional("isSignupEnabled", BOOL).doc(SIGNUP),
        computed("organizationAccessLevel", STRING).nullable().one_of(LEVELS).doc(LEVEL),
        optional("organizationConnectionName", STRING)
            .nullable()
            .stated(&[Constraint::Length(1, 50)])
            .doc("Name that the connection has in the organization."),
        optional("showAsButton", BOOL).default(Literal::Bool(true)).doc(BUTTON),
    ],
);

const LEVELS: &[&str] = &["none", "readonly", "limited", "full"];

const ASSIGN: &str = "Whether who signs in through it becomes a member of the organization.";
const BUTTON: &str = "Whether the login shows a button for it; of connections of enterprises only.";
const ENABLED: &str = "Whether people of the organization can sign in through it.";
const LEVEL: &str = "What the organization itself may do with the connection.";
const SIGNUP: &str = "Whether people can sign up through it; of databases only.";
