//! `auth0.EmailProvider`: who delivers the tenant's e-mail.

use pulumi_rs_sdk::table::rest::*;

/// The provider; without one, Auth0 delivers a few e-mails itself. Its secrets are never shown.
pub const EMAIL_PROVIDER: Resource = resource(
    "EmailProvider",
    one("emails/provider").adopts().asked_with(&[
        ("fields", "name,enabled,default_from_address,credentials,settings"),
        ("include_fields", "true"),
    ]),
)
.doc("Who delivers the e-mail of the tenant.")
.fields(&[
    required("credentials", object(&CREDENTIALS))
        .switch()
        .whole()
        .goes_with("name")
        .doc("How the tenant signs in there, by the provider."),
    required("defaultFromAddress", STRING).doc("Address that e-mail comes from."),
    // The answer to a POST without it, in the API's document.
    optional("enabled", BOOL).doc("Whether it is used."),
    optional("name", STRING)
        .autonamed()
        .kept()
        .one_of(&[
            "azure_cs",
            "custom",
            "mailgun",
            "mandrill",
            "ms365",
            "sendgrid",
            "ses",
            "smtp",
            "sparkpost",
        ])
        .doc("Which provider it is; `custom` leaves the delivery to an action."),
    computed("settings", object(&SETTINGS))
        .nullable()
        .goes_with("name")
        .doc("Settings of the provider: of `mandrill`, `ses` and `smtp`."),
]);

const CREDENTIALS: ObjectType = object_type(
    "EmailProviderCredentials",
    &[
        secret("accessKeyId", &["ses"]).camel_case().doc("ID of the AWS key."),
        secret("apiKey", &["mandrill", "mailgun", "sendgrid", "sparkpost"]).doc("Key of the API."),
        secret("azureCsConnectionString", &["azure_cs"])
            .wire("connectionString")
            .doc("Connection string of Azure Communication Services."),
        of("domain", STRING, &["mailgun"])
            .length(4, usize::MAX)
            .doc("Domain that Mailgun sends for."),
        secret("ms365ClientId", &["ms365"]).wire("clientId").doc("Client ID at Microsoft 365."),
        secret("ms365ClientSecret", &["ms365"])
            .wire("clientSecret")
            .doc("Client secret at Microsoft 365."),
        secret("ms365TenantId", &["ms365"])
            .wire("tenantId")
            .doc("ID of the tenant at Microsoft 365."),
        of("region", STRING, &["ses", "mailgun", "sparkpost"])
            .not_empty()
            .doc("Region of the provider: of AWS, or `eu` of the others."),
        secret("secretAccessKey", &["ses"]).camel_case().doc("The AWS key."),
        of("smtpHost", STRING, &["smtp"])
            .not_empty()
            .stated(&[Constraint::Characters("a-zA-Z0-9._:-")])
            .doc("Host of the server."),
        secret("smtpPass", &["smtp"]).doc("Password at the server."),
        of("smtpPort", INT, &["smtp"]).doc("Port of the server."),
        of("smtpUser", STRING, &["smtp"]).not_empty().doc("Name of the user at the server."),
    ],
);

/// What providers of these names know.
const fn of(name: &'static str, kind: Kind, names: &'static [&'static str]) -> Field {
    optional(name, kind).when("name", names)
}

/// The same of what they keep to themselves.
const fn secret(name: &'static str, names: &'static [&'static str]) -> Field {
    of(name, STRING, names).secret().write_only().not_empty()
}

const SETTINGS: ObjectType = object_type(
    "EmailProviderSettings",
    &[
        optional("headers", object(&HEADERS))
            .when("name", &["smtp"])
            .doc("Headers that each e-mail has."),
        optional("message", object(&MESSAGE))
            .when("name", &["mandrill", "ses"])
            .doc("Settings of each e-mail."),
    ],
);

const HEADERS: ObjectType = object_type(
    "EmailProviderSettingsHeaders",
    &[
        optional("xMcViewContentLink", STRING)
            .wire("X-MC-ViewContentLink")
            .one_of(&["true", "false"])
            .doc("Whether Mandrill shows the content of the e-mail."),
        optional("xSesConfigurationSet", STRING)
            .wire("X-SES-Configuration-Set")
            .doc("Name of the configuration set of SES."),
    ],
);

const MESSAGE: ObjectType = object_type(
    "EmailProviderSettingsMessage",
    &[
        optional("configurationSetName", STRING)
            .when("name", &["ses"])
            .doc("Name of the configuration set."),
        optional("viewContentLink", BOOL)
            .when("name", &["mandrill"])
            .doc("Whether Mandrill shows the content of the e-mail."),
    ],
);
