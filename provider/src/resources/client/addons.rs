//! The addons of an application: services that Auth0 signs users in to, or gets tokens of.

use super::samlp::SAMLP;
use pulumi_rs_sdk::table::*;

/// `addons`; a service is switched on by its block, though the block be empty.
pub(super) const ADDONS: ObjectType = object_type(
    "ClientAddons",
    &[
        service("aws", &AWS).doc("Temporary credentials of Amazon Web Services."),
        service("azureBlob", &AZURE_BLOB).doc("Access to Azure blob storage."),
        service("azureSb", &AZURE_SB).doc("Access to Azure Service Bus."),
        service("box", &BOX).doc("Login to Box."),
        service("cloudbees", &CLOUDBEES).doc("Login to CloudBees."),
        service("concur", &CONCUR).doc("Login to Concur."),
        service("dropbox", &DROPBOX).doc("Login to Dropbox."),
        service("echosign", &ECHOSIGN).doc("Login to Adobe EchoSign."),
        service("egnyte", &EGNYTE).doc("Login to Egnyte."),
        service("firebase", &FIREBASE).doc("Tokens for Firebase."),
        service("layer", &LAYER).doc("Tokens for Layer."),
        service("mscrm", &MSCRM).doc("Login to Microsoft Dynamics CRM."),
        service("newrelic", &NEWRELIC).doc("Login to New Relic."),
        service("office365", &OFFICE365).doc("Login to Office 365."),
        service("rms", &RMS).doc("Login to Active Directory Rights Management."),
        service("salesforce", &SALESFORCE).doc("Login to Salesforce."),
        service("salesforceApi", &SALESFORCE_API).doc("Tokens for the API of Salesforce."),
        service("salesforceSandboxApi", &SALESFORCE_SANDBOX_API)
            .doc("Tokens for the API of a Salesforce sandbox."),
        service("samlp", &SAMLP).doc("Login by SAML to any service that takes it."),
        service("sapApi", &SAP_API).doc("Tokens for the API of SAP."),
        service("sentry", &SENTRY).doc("Login to Sentry."),
        service("sharepoint", &SHAREPOINT).doc("Login to SharePoint."),
        service("slack", &SLACK).doc("Login to Slack."),
        service("springcm", &SPRINGCM).doc("Login to SpringCM."),
        service("ssoIntegration", &SSO_INTEGRATION)
            .doc("Login to a service from Auth0's catalogue of integrations."),
        service("wams", &WAMS).doc("Tokens for Azure Media Services."),
        service("wsfed", &WSFED).doc("Login by WS-Federation to any service that takes it."),
        service("zendesk", &ZENDESK).doc("Login to Zendesk."),
        service("zoom", &ZOOM).doc("Login to Zoom."),
    ],
);

const fn service(name: &'static str, settings: &'static ObjectType) -> Field {
    optional(name, object(settings)).switch()
}

const AWS: ObjectType = object_type(
    "ClientAddonsAws",
    &[
        optional("lifetimeInSeconds", INT)
            .range(900, 43_200)
            .doc("Seconds for which the credentials are valid."),
        optional("principal", STRING).doc("ARN of the SAML provider in IAM."),
        optional("role", STRING).doc("ARN of the role that is taken on."),
    ],
);

const AZURE_BLOB: ObjectType = object_type(
    "ClientAddonsAzureBlob",
    &[
        optional("accountName", STRING)
            .camel_case()
            .stated(&[Constraint::Length(3, 24), Constraint::Characters("a-z0-9")])
            .doc("Name of the storage account."),
        optional("blobDelete", BOOL).doc("Whether blobs may be deleted."),
        optional("blobName", STRING)
            .camel_case()
            .stated(&[Constraint::Length(1, 1024)])
            .doc("Blob that the signature is for."),
        optional("blobRead", BOOL).doc("Whether blobs may be read."),
        optional("blobWrite", BOOL).doc("Whether blobs may be written."),
        optional("containerDelete", BOOL).doc("Whether blobs of the container may be deleted."),
        optional("containerList", BOOL).doc("Whether blobs of the container may be listed."),
        optional("containerName", STRING)
            .camel_case()
            .stated(&[Constraint::Length(3, 63), Constraint::Characters("a-z0-9-")])
            .doc("Container that the signature is for."),
        optional("containerRead", BOOL).doc("Whether blobs of the container may be read."),
        optional("containerWrite", BOOL).doc("Whether blobs of the container may be written."),
        optional("expiration", INT).at_least(0).doc("Minutes for which the signature is valid."),
        optional("signedIdentifier", STRING)
            .camel_case()
            .doc("Stored access policy that the signature refers to."),
        optional("storageAccessKey", STRING)
            .camel_case()
            .secret()
            .stated(&[Constraint::Length(88, 88), Constraint::Characters("A-Za-z0-9+/=")])
            .doc("Access key of the storage account."),
    ],
);

const AZURE_SB: ObjectType = object_type(
    "ClientAddonsAzureSb",
    &[
        optional("entityPath", STRING).camel_case().doc("Queue or topic that the token is for."),
        optional("expiration", INT).at_least(0).doc("Minutes for which the token is valid."),
        optional("namespace", STRING).doc("Namespace of the bus."),
        optional("sasKey", STRING).camel_case().secret().doc("Primary key of the access policy."),
        optional("sasKeyName", STRING).camel_case().doc("Name of the shared access policy."),
    ],
);

const BOX: ObjectType = object_type("ClientAddonsBox", &[]);
const CLOUDBEES: ObjectType = object_type("ClientAddonsCloudbees", &[]);
const CONCUR: ObjectType = object_type("ClientAddonsConcur", &[]);
const DROPBOX: ObjectType = object_type("ClientAddonsDropbox", &[]);

const ECHOSIGN: ObjectType = object_type(
    "ClientAddonsEchosign",
    &[optional("domain", STRING).doc("Subdomain at EchoSign.")],
);

const EGNYTE: ObjectType =
    object_type("ClientAddonsEgnyte", &[optional("domain", STRING).doc("Domain at Egnyte.")]);

const FIREBASE: ObjectType = object_type(
    "ClientAddonsFirebase",
    &[
        optional("clientEmail", STRING).doc("Address of the service account."),
        optional("lifetimeInSeconds", INT).doc("Seconds for which a token is valid."),
        optional("privateKey", STRING).secret().doc("Private key of the service account."),
        optional("privateKeyId", STRING).secret().doc("ID of the private key."),
        optional("secret", STRING).secret().doc("Database secret, for older versions of Firebase."),
    ],
);

const LAYER: ObjectType = object_type(
    "ClientAddonsLayer",
    &[
        optional("expiration", INT).at_least(0).doc("Minutes for which a token is valid."),
        required("keyId", STRING).camel_case().secret().doc("ID of the key."),
        optional("principal", STRING).doc("Attribute of the profile that names the user."),
        required("privateKey", STRING)
            .camel_case()
            .secret()
            .doc("Private key that tokens are signed with."),
        required("providerId", STRING).camel_case().doc("ID of the provider at Layer."),
    ],
);

const MSCRM: ObjectType = object_type(
    "ClientAddonsMscrm",
    &[optional("url", STRING).https_url().doc("Address of the CRM.")],
);

const NEWRELIC: ObjectType = object_type(
    "ClientAddonsNewrelic",
    &[optional("account", STRING).doc("Account at New Relic.")],
);

const OFFICE365: ObjectType = object_type(
    "ClientAddonsOffice365",
    &[
        optional("connection", STRING).doc("Connection that checks the users."),
        optional("domain", STRING).doc("Domain at Office 365."),
    ],
);

const RMS: ObjectType = object_type(
    "ClientAddonsRms",
    &[optional("url", STRING).https_url().doc("Address of the service.")],
);

const SALESFORCE: ObjectType = object_type(
    "ClientAddonsSalesforce",
    &[optional("entityId", STRING).https_url().doc("Entity ID of the organization at Salesforce.")],
);

const SALESFORCE_API: ObjectType = object_type("ClientAddonsSalesforceApi", SALESFORCE_API_FIELDS);

const SALESFORCE_SANDBOX_API: ObjectType =
    object_type("ClientAddonsSalesforceSandboxApi", SALESFORCE_API_FIELDS);

const SALESFORCE_API_FIELDS: &[Field] = &[
    optional("clientId", STRING)
        .wire("clientid")
        .secret()
        .doc("Consumer key of the connected app at Salesforce."),
    optional("communityName", STRING).camel_case().doc("Name of the community."),
    optional("communityUrlSection", STRING).doc("Part of the community's address that names it."),
    optional("principal", STRING)
        .secret()
        .doc("Attribute of the profile that names the user at Salesforce."),
];

const SAP_API: ObjectType = object_type(
    "ClientAddonsSapApi",
    &[
        optional("clientId", STRING).wire("clientid").doc("ID of the OAuth client at SAP."),
        optional("nameIdentifierFormat", STRING).camel_case().doc("Format of the name identifier."),
        optional("scope", STRING).doc("Scope that is asked for."),
        optional("servicePassword", STRING)
            .camel_case()
            .secret()
            .doc("Password of the OAuth client at SAP."),
        optional("tokenEndpointUrl", STRING)
            .camel_case()
            .https_url()
            .doc("Address at which SAP issues tokens."),
        optional("usernameAttribute", STRING)
            .camel_case()
            .doc("Attribute of the profile that names the user at SAP."),
    ],
);

const SENTRY: ObjectType = object_type(
    "ClientAddonsSentry",
    &[
        optional("baseUrl", STRING).https_url().doc("Address of a Sentry of your own."),
        optional("orgSlug", STRING).doc("Short name of the organization at Sentry."),
    ],
);

const SHAREPOINT: ObjectType = object_type(
    "ClientAddonsSharepoint",
    &[
        optional("externalUrls", STRINGS)
            .wire("external_url")
            .unordered()
            .doc("Addresses at which the site is seen from outside."),
        optional("url", STRING).doc("Address of the site inside."),
    ],
);

const SLACK: ObjectType =
    object_type("ClientAddonsSlack", &[optional("team", STRING).doc("Name of the workspace.")]);

const SPRINGCM: ObjectType = object_type(
    "ClientAddonsSpringcm",
    &[optional("acsUrl", STRING).wire("acsurl").doc("Address that takes the assertion.")],
);

const SSO_INTEGRATION: ObjectType = object_type(
    "ClientAddonsSsoIntegration",
    &[
        optional("name", STRING).doc("Name of the integration."),
        optional("version", STRING).doc("Version of the integration."),
    ],
);

const WAMS: ObjectType = object_type(
    "ClientAddonsWams",
    &[optional("masterKey", STRING)
        .wire("masterkey")
        .secret()
        .doc("Master key of the media account.")],
);

const WSFED: ObjectType = object_type("ClientAddonsWsfed", &[]);

const ZENDESK: ObjectType = object_type(
    "ClientAddonsZendesk",
    &[optional("accountName", STRING).camel_case().doc("Account at Zendesk.")],
);

const ZOOM: ObjectType =
    object_type("ClientAddonsZoom", &[optional("account", STRING).doc("Account at Zoom.")]);
