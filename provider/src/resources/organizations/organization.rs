//! `auth0.Organization`: a customer, or a partner, whose people sign in together.

use pulumi_rs_sdk::table::rest::*;

/// The organization; what belongs to it are resources of their own.
pub const ORGANIZATION: Resource = resource("Organization", collection("organizations"))
    .doc("A customer or partner whose people sign in together.")
    .fields(&[
        // Nothing recorded takes a part of it away; a new one takes the place of the old.
        computed("branding", object(&BRANDING))
            .whole()
            .kept()
            .doc("How the login looks for the organization."),
        // The API refuses an empty one and null.
        optional("displayName", STRING)
            .kept()
            .stated(&[Constraint::Length(1, 255)])
            .doc("Name that people see; Auth0 has no way to take it off again."),
        computed("isAppEntitlementActive", BOOL).emptied().doc(
            "Whether only applications that are named for the organization can be used in it.",
        ),
        optional("metadata", STRING_MAP)
            .whole()
            .stated(&[Constraint::Length(0, 255), Constraint::Entries(0, 25)])
            .doc("Texts of your own, at most 25."),
        optional("name", STRING)
            .autonamed()
            .kept()
            .stated(&[Constraint::Length(1, 50), Constraint::Characters("a-z0-9_-")])
            .doc("Name of the organization, in small letters, digits, dashes and underscores."),
        // All recorded answers to requests that do not send it.
        computed("thirdPartyClientAccess", STRING)
            .server_default(Literal::String("block"))
            .one_of(&["allow", "block"])
            .doc("Whether applications of third parties may be used in the organization."),
        optional("tokenQuota", object(&TOKEN_QUOTA))
            .nullable()
            .whole()
            .doc("How many tokens applications get for the organization."),
    ])
    .holds(&[held("member", "members", "organizations/{id}/members")]);

const BRANDING: ObjectType = object_type(
    "OrganizationBranding",
    &[
        optional("colors", STRING_MAP)
            .doc("Colors of the login: `primary` and `page_background`, as in `#0059d6`."),
        optional("logoUrl", STRING)
            .stated(&[Constraint::Address(&["https"])])
            .doc("Address of the logo."),
    ],
);

const TOKEN_QUOTA: ObjectType = object_type(
    "OrganizationTokenQuota",
    &[required("clientCredentials", object(&CLIENT_CREDENTIALS))
        .doc("Limits for tokens that applications get in their own name.")],
);

const CLIENT_CREDENTIALS: ObjectType = object_type(
    "OrganizationTokenQuotaClientCredentials",
    &[
        optional("enforce", BOOL)
            .default(Literal::Bool(true))
            .doc("Whether requests over the quota are refused, and not only logged."),
        optional("perDay", INT).range(1, 2_147_483_647).doc("Tokens that may be issued in a day."),
        optional("perHour", INT)
            .range(1, 2_147_483_647)
            .doc("Tokens that may be issued in an hour."),
    ],
);
