//! Blocks about the organizations that an application serves.

use super::stated;
use pulumi_rs_sdk::table::*;

/// `b2bIntegrationConfiguration`.
pub(super) const B2B_INTEGRATION: ObjectType = object_type(
    "ClientB2bIntegrationConfiguration",
    &[
        optional("integrationType", STRING)
            .kept()
            .one_of(&["custom_auth_server", "third_party", "application"])
            .doc("Who signs business customers in: your own server, a third party's, or an app."),
        optional("ssoProfiles", STRING)
            .one_in_list()
            .doc("ID of the self-service profile by which customers set up their single sign-on."),
    ],
);

/// `defaultOrganization`.
pub(super) const DEFAULT_ORGANIZATION: ObjectType = object_type(
    "ClientDefaultOrganization",
    &[
        computed("disable", BOOL)
            .emptied()
            .local()
            .doc("Says that there is none; then nothing else may be given."),
        computed("flows", STRINGS)
            .emptied()
            .unordered()
            .stated(&[Constraint::OneOf(&["client_credentials"])])
            .doc("Grants that use the organization: `client_credentials`."),
        computed("organizationId", STRING)
            .emptied()
            .stated(&[Constraint::Prefix("org_")])
            .doc("ID of the organization."),
    ],
);

/// `expressConfiguration`.
pub(super) const EXPRESS_CONFIGURATION: ObjectType = object_type(
    "ClientExpressConfiguration",
    &[
        optional("adminLoginDomain", STRING)
            .doc("Domain at which administrators of the customer sign in."),
        optional("connectionProfileId", STRING)
            .stated(stated::CONNECTION_PROFILE)
            .doc("ID of the profile that new connections are made from."),
        optional("enableClient", BOOL)
            .doc("Whether a new connection is switched on for the application at once."),
        optional("enableOrganization", BOOL)
            .doc("Whether a new connection is added to the customer's organization at once."),
        optional("initiateLoginUriTemplate", STRING)
            .stated(stated::ADDRESS)
            .doc("Address that starts a login, with placeholders for organization and connection."),
        computed("linkedClients", list(&object(&EXPRESS_CONFIGURATION_LINKED_CLIENT)))
            .emptied()
            .unordered()
            .doc("Applications that a new connection is switched on for as well."),
        output("oinSubmissionId", STRING)
            .doc("ID of the application's submission to the Okta integration network."),
        computed("oktaOinClientId", STRING)
            .doc("ID of the application by which the Okta integration network calls Auth0."),
        optional("userAttributeProfileId", STRING)
            .stated(stated::USER_ATTRIBUTE_PROFILE)
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
            .stated(&[Constraint::OneOf(&[
                "adfs",
                "google-apps",
                "oidc",
                "okta",
                "pingfederate",
                "samlp",
                "waad",
            ])])
            .doc("Kinds of connection that members may add, `oidc` or `samlp` for instance."),
        optional("connectionDeletionBehavior", STRING)
            .one_of(&["allow", "allow_if_empty"])
            .doc("Whether members may delete a connection that has users."),
        optional("connectionProfileId", STRING)
            .stated(stated::CONNECTION_PROFILE)
            .doc("ID of the profile that new connections are made from."),
        optional("enforcePermissionCeiling", BOOL)
            .doc("Whether members may only give others what they may do themselves."),
        optional("enforceSelfAssignmentRestriction", BOOL)
            .doc("Whether members are kept from giving roles to themselves."),
        optional("invitationLandingClientId", STRING)
            .doc("ID of the application to which a member who was invited comes first."),
        optional("thirdPartyClientAccess", object(&THIRD_PARTY_CLIENT_ACCESS))
            .doc("What applications of third parties may do with an organization."),
        optional("userAttributeProfileId", STRING)
            .stated(stated::USER_ATTRIBUTE_PROFILE)
            .doc("ID of the profile that says how users of new connections are mapped."),
    ],
);

const THIRD_PARTY_CLIENT_ACCESS: ObjectType = object_type(
    "ClientMyOrganizationConfigurationThirdPartyClientAccess",
    &[
        required("allowedValues", STRINGS)
            .unordered()
            .doc("Settings that members may choose from: `allow`, `block`."),
        // The API takes nothing else.
        output("defaultValue", STRING)
            .sent_anyway(Literal::String("block"))
            .doc("Setting of an organization whose members have not chosen: `block`."),
    ],
);
