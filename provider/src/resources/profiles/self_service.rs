//! `auth0.SelfServiceProfile`: what customers are led through who set their connection up by themselves.

use pulumi_rs_sdk::table::rest::*;

/// The profile; it names the attributes of users itself, or a profile of them.
pub const SELF_SERVICE_PROFILE: Resource =
    resource("SelfServiceProfile", collection("self-service-profiles").paged(Paging::Offset))
        .doc("What customers are led through who set their connection up by themselves.")
        .fields(&[
            optional("allowedStrategies", STRINGS)
                .kept()
                .unordered()
                .one_of(STRATEGIES)
                .doc("Strategies that they may choose from."),
            computed("branding", object(&BRANDING))
                .whole()
                .nullable()
                .doc("How the pages look that they are led through."),
            output("createdAt", STRING).go_time().doc("When the profile was made."),
            optional("description", STRING)
                .nullable()
                .length(1, 140)
                .doc("What the profile is for."),
            optional("name", STRING).autonamed().kept().length(1, 100).doc("Name of the profile."),
            output("updatedAt", STRING)
                .go_time()
                .changes_with_updates()
                .doc("When the profile was changed last."),
            optional("userAttributeProfileId", STRING)
                .nullable()
                .stated(&[Constraint::Prefix("uap_")])
                .doc("ID of the profile of attributes that connections give of users."),
            optional("userAttributes", list(&object(&USER_ATTRIBUTE)))
                .nullable()
                .stated(&[Constraint::Entries(0, 20)])
                .doc("Attributes that connections give of users, where no profile says them."),
        ])
        .rules(&[Rule::AtMostOneOf(&["userAttributeProfileId", "userAttributes"])]);

const STRATEGIES: &[&str] = &[
    "oidc",
    "samlp",
    "waad",
    "google-apps",
    "adfs",
    "okta",
    "keycloak-samlp",
    "pingfederate",
    "auth0-samlp",
    "okta-samlp",
];

const BRANDING: ObjectType = object_type(
    "SelfServiceProfileBranding",
    &[
        computed("colors", object(&COLORS)).doc("Colors of the pages."),
        optional("logoUrl", STRING)
            .stated(&[Constraint::Prefix("https://"), Constraint::Length(0, 1024)])
            .doc("Address of the logo."),
    ],
);

const COLORS: ObjectType = object_type(
    "SelfServiceProfileBrandingColors",
    &[computed("primary", STRING)
        .stated(&[Constraint::Prefix("#"), Constraint::Characters("#0-9a-fA-F")])
        .doc("Color of what stands out, `#0059d6` for instance.")],
);

const USER_ATTRIBUTE: ObjectType = object_type(
    "SelfServiceProfileUserAttribute",
    &[
        required("description", STRING).length(1, 255).doc("What it is, for the customer."),
        required("isOptional", BOOL).doc("Whether users may lack it."),
        required("name", STRING)
            .length(1, 255)
            .stated(&[Constraint::Length(1, 250)])
            .doc("Name of the attribute."),
    ],
);
