//! `auth0.getOrganization`, and the lists of organizations and of what is theirs.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{
    LISTED_CLIENT, ORGANIZATION, ORGANIZATION_CLIENT, ORGANIZATION_CONNECTIONS,
    ORGANIZATION_MEMBERS,
};

/// The organizations that a grant holds for.
pub const GET_CLIENT_GRANT_ORGANIZATIONS: Function = function("getClientGrantOrganizations")
    .doc("Lists the organizations that a grant of an application holds for.")
    .inputs(&[required("clientGrantId", STRING).doc("ID of the grant.")])
    .lists(
        all(&ORGANIZATION, "organizations", "{clientGrantId}")
            .at("client-grants/{clientGrantId}/organizations", Paging::Checkpoint)
            .each_id("organizationId"),
    );

/// One organization, by its ID or its name.
pub const GET_ORGANIZATION: Function = function("getOrganization")
    .doc("Looks an organization up by its ID or its name, with what belongs to it.")
    .inputs(&[
        optional("name", STRING).doc("Name of the organization."),
        optional("organizationId", STRING)
            .doc("ID of the organization; it decides where a name is given too."),
        optional("skipClientGrants", BOOL).doc("Leave the grants of applications out."),
        optional("skipConnections", BOOL).doc("Leave the connections out."),
        optional("skipMembers", BOOL).doc("Leave the members out."),
    ])
    .gives(
        by_id(&ORGANIZATION, "organizationId").or_at("name", "organizations/name/{name}").beside(
            &[
                beside(CLIENT_GRANTS, &GRANTS).unless("skipClientGrants").may_be_hidden(),
                beside_all(&ORGANIZATION_CONNECTIONS)
                    .named("connections")
                    .with(&[("is_enabled", "true")])
                    .unless("skipConnections"),
                beside_all(&ORGANIZATION_MEMBERS).unless("skipMembers"),
            ],
        ),
    );

const CLIENT_GRANTS: Field = output("clientGrants", STRINGS)
    .doc("IDs of the grants of applications that hold for the organization.");

const GRANTS: Entries = entries("organizations/{organizationId}/client-grants", &["id"])
    .paged(Paging::Offset)
    .items("client_grants");

/// One application of an organization.
pub const GET_ORGANIZATION_CLIENT: Function = function("getOrganizationClient")
    .doc("Tells how an organization uses an application.")
    .inputs(&[
        required("clientId", STRING).doc("ID of the application."),
        required("organizationId", STRING).doc("ID of the organization."),
    ])
    .gives(the(&ORGANIZATION_CLIENT));

/// The applications of an organization.
pub const GET_ORGANIZATION_CLIENTS: Function = function("getOrganizationClients")
    .doc("Lists the applications of an organization.")
    .inputs(&[required("organizationId", STRING).doc("ID of the organization.")])
    .lists(
        all(&LISTED_CLIENT, "clients", "{organizationId}")
            .at("organizations/{organizationId}/clients", Paging::Checkpoint)
            .without_ids(),
    );

/// The groups to which an organization gives a role.
pub const GET_ORGANIZATION_ROLE_GROUPS: Function = function("getOrganizationRoleGroups")
    .doc("Lists the groups to which an organization gives a role.")
    .inputs(ROLE)
    .lists(
        all(&GROUP, "groups", "{organizationId}::{roleId}")
            .at("organizations/{organizationId}/roles/{roleId}/groups", Paging::Checkpoint),
    );

/// The members to whom an organization gives a role.
pub const GET_ORGANIZATION_ROLE_MEMBERS: Function = function("getOrganizationRoleMembers")
    .doc("Lists the members to whom an organization gives a role.")
    .inputs(ROLE)
    .lists(
        all(&MEMBER, "members", "{organizationId}::{roleId}")
            .at("organizations/{organizationId}/roles/{roleId}/members", Paging::Checkpoint),
    );

const ROLE: &[Field] = &[
    required("organizationId", STRING).doc("ID of the organization."),
    required("roleId", STRING).doc("ID of the role."),
];

const GROUP: Resource = resource("Group", collection("groups")).fields(&[
    output("connectionId", STRING).doc("ID of the connection that the group comes from."),
    output("createdAt", STRING).whole_seconds().doc("When the group was made."),
    output("description", STRING).doc("What the group is for."),
    output("externalId", STRING).doc("ID of the group where it comes from."),
    output("name", STRING).doc("Name of the group."),
    output("organizationId", STRING).doc("ID of the organization that has the group."),
    output("updatedAt", STRING).whole_seconds().doc("When the group was changed last."),
]);

const MEMBER: Resource =
    resource("Member", collection("users").id_from("user_id").items("members")).fields(&[
        output("email", STRING).doc("Address of the member's mailbox."),
        output("name", STRING).doc("Name of the member."),
        output("picture", STRING).doc("Address of a picture of the member."),
        output("userId", STRING).doc("ID of the user who is the member."),
    ]);

/// The organizations of the tenant.
pub const GET_ORGANIZATIONS: Function = function("getOrganizations")
    .doc("Lists the organizations of the tenant.")
    .inputs(&[optional("includeClientAssociationFor", STRING)
        .doc("ID of an application, of which is told how each organization uses it.")])
    .lists(
        all(&ORGANIZATION, "organizations", "organizations")
            .id_ends_with("includeClientAssociationFor")
            .each_id("organizationId")
            .more(&[output("client", object(&CLIENT))
                .doc("How the organization uses the application that was asked for, if it does.")]),
    );

const CLIENT: ObjectType = object_type(
    "OrganizationClient",
    &[output("useForMemberAccess", BOOL)
        .doc("Whether the members of the organization can use the application.")],
);

/// The organizations of a user.
pub const GET_USER_ORGANIZATIONS: Function = function("getUserOrganizations")
    .doc("Lists the organizations that a user is a member of.")
    .inputs(&[required("userId", STRING).doc("ID of the user.")])
    .lists(
        all(&ORGANIZATION, "organizations", "{userId}")
            .at("users/{userId}/organizations", Paging::Offset)
            .each_id("organizationId"),
    );
