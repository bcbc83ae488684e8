//! `auth0.FlowVaultConnection`: what the steps of flows sign in to another service with.

use pulumi_rs_sdk::table::rest::*;

/// The connection; what it signs in with is never shown.
pub const FLOW_VAULT_CONNECTION: Resource =
    resource("FlowVaultConnection", collection("flows/vault/connections").paged(Paging::Offset))
        .doc("What the steps of flows sign in to another service with.")
        .fields(&[
            optional("accountName", STRING)
                .ignored()
                .doc("Name of the account with the service; only the service says what it is."),
            // A change of it asks for another setup, so that a new connection is what is meant.
            required("appId", STRING).moves().one_of(APPS).doc("The service."),
            optional("environment", STRING)
                .ignored()
                .doc("Environment of the service; only the service says what it is."),
            computed("fingerprint", STRING)
                .ignored()
                .changes_with_updates()
                .doc("Fingerprint of the setup, which Auth0 makes; every change makes another."),
            optional("name", STRING)
                .autonamed()
                .kept()
                .stated(&[Constraint::Length(1, 150)])
                .doc("Name of the connection."),
            output("ready", BOOL).doc("Whether it is set up."),
            optional("setup", STRING_MAP).secret().write_only().whole().kept().doc(
                "What it signs in with: `type`, and what that type asks for. It is never shown.",
            ),
        ]);

const APPS: &[&str] = &[
    "ACTIVECAMPAIGN",
    "AIRTABLE",
    "AUTH0",
    "BIGQUERY",
    "CLEARBIT",
    "DOCUSIGN",
    "GOOGLE_SHEETS",
    "HTTP",
    "HUBSPOT",
    "JWT",
    "MAILCHIMP",
    "MAILJET",
    "PIPEDRIVE",
    "SALESFORCE",
    "SENDGRID",
    "SLACK",
    "STRIPE",
    "TELEGRAM",
    "TWILIO",
    "WHATSAPP",
    "ZAPIER",
];
