//! Blocks about the organizations that an application serves.

use pulumi_rs_sdk::table::*;

/// `defaultOrganization`.
pub(super) const DEFAULT_ORGANIZATION: ObjectType = object_type(
    "ClientDefaultOrganization",
    &[
        computed("disable", BOOL)
            .local()
            .doc("Says that there is none; then nothing else may be given."),
        computed("flows", STRINGS)
            .unordered()
            .doc("Grants that use the organization: `client_credentials`."),
        computed("organizationId", STRING).doc("ID of the organization."),
    ],
);

/// `expressConfiguration`.
pub(super) const EXPRESS_CONFIGURATION: ObjectType = object_type(
    "ClientExpressConfiguration",
    &[
        optional("adminLoginDomain", STRING)
            .doc("Domain at which administrators of the customer sign in."),
        optional("connectionProfileId", STRING)
            .doc("ID of the profile that new connections are made from."),
        optional("enableClient", BOOL)
            .doc("Whether a new connection is switched on for the application at once."),
        optional("enableOrganization", BOOL)
            .doc("Whether a new connection is added to the customer's organization at once."),
        optional("initiateLoginUriTemplate", STRING)
            .doc("Address that starts a login, with placeholders for organization and connection."),
        computed("linkedClients", list(&object(&EXPRESS_CONFIGURATION_LINKED_CLIENT)))
            .unordered()
            .doc("Applications that a new connection is switched on for as well."),
        output("oinSubmissionId", STRING)
            .doc("ID of the application's submission to the Okta integration network."),
        computed("oktaOinClientId", STRING)
            .doc("ID of the application by which the Okta integration network calls Auth0."),
        optional("userAttributeProfileId", STRING)
            .doc("ID of the profile that says how the customer's users are mapped."),
    ],
);

const EXPRESS_CONFIGURATION_LINKED_CLIENT: ObjectType = object_type(
    "ClientExpressConfigurationLinkedClient",
    &[optional("clientId", STRING).doc("ID of the application.")],
);

/// `myOrganizationConfiguration`.
pub(super) const MY_ORGANIZATION: ObjectType = object_type(
    "ClientMyOrganizationConfiguration",
    &[
        optional("allowedStrategies", STRINGS)
            .unordered()
            .doc("Kinds of connection that members may add, `oidc` or `samlp` for instance."),
        optional("connectionDeletionBehavior", STRING)
            .one_of(&["allow", "allow_if_empty"])
            .doc("Whether members may delete a connection that has users."),
        optional("connectionProfileId", STRING)
            .doc("ID of the profile that new connections are made from."),
        optional("invitationLandingClientId", STRING)
            .doc("ID of the application to which a member who was invited comes first."),
        optional("userAttributeProfileId", STRING)
            .doc("ID of the profile that says how users of new connections are mapped."),
    ],
);
