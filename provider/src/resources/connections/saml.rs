//! Options of SAML.

use pulumi_rs_sdk::table::rest::*;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    optional("debug", BOOL).when("strategy", SAML).doc("Whether the log tells more."),
    optional("decryptionKey", object(&DECRYPTION_KEY))
        .when("strategy", SAML)
        .camel_case()
        .doc("Key with which answers are decrypted."),
    optional("destinationUrl", STRING)
        .when("strategy", SAML)
        .camel_case()
        .doc("Address that answers must be meant for."),
    optional("digestAlgorithm", STRING)
        .when("strategy", SAML)
        .camel_case()
        .doc("Digest of what is signed."),
    optional("disableSignOut", BOOL)
        .when("strategy", SAML)
        .wire("disableSignout")
        .doc("Whether users are not logged out there."),
    optional("entityId", STRING)
        .when("strategy", SAML)
        .camel_case()
        .doc("Name by which Auth0 is known there."),
    optional("fieldsMap", STRING)
        .when("strategy", FIELDS)
        .camel_case()
        .json()
        .doc("How attributes of the other side become those of the user, as JSON."),
    optional("globalTokenRevocationJwtIss", STRING)
        .when("strategy", SAMLP)
        .doc("Issuer of the tokens with which the other side ends all sessions."),
    optional("globalTokenRevocationJwtSub", STRING)
        .when("strategy", SAMLP)
        .doc("Subject of the tokens with which the other side ends all sessions."),
    optional("idpInitiated", object(&IDP_INITIATED))
        .when("strategy", SAML)
        .wire("idpinitiated")
        .doc("Logins that begin at the other side."),
    optional("metadataUrl", STRING)
        .when("strategy", SAMLP)
        .camel_case()
        .doc("Address of the metadata of the other side."),
    optional("metadataXml", STRING)
        .when("strategy", SAMLP)
        .camel_case()
        .write_only()
        .doc("Metadata of the other side, as XML."),
    optional("pingFederateBaseUrl", STRING)
        .when("strategy", PING)
        .camel_case()
        .stated(&[Constraint::Address(&[])])
        .doc("Address of the PingFederate server."),
    optional("protocolBinding", STRING)
        .when("strategy", SAML)
        .camel_case()
        .one_of_ignoring_case(&[
            "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
            "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        ])
        .doc("How requests are sent."),
    optional("recipientUrl", STRING)
        .when("strategy", SAML)
        .camel_case()
        .doc("Recipient that answers must be meant for."),
    optional("requestTemplate", STRING)
        .when("strategy", SAML)
        .camel_case()
        .doc("Template of requests."),
    computed("signInEndpoint", STRING)
        .when("strategy", SIGNED_IN_AT)
        .camel_case()
        .follows(&["fedMetadataXml", "adfsServer", "metadataXml", "metadataUrl"])
        .doc("Address at which users log in."),
    computed("signOutEndpoint", STRING)
        .when("strategy", SAML)
        .camel_case()
        .follows(&["metadataXml", "metadataUrl"])
        .doc("Address at which users log out."),
    optional("signSamlRequest", BOOL)
        .when("strategy", SAML)
        .wire("signSAMLRequest")
        .doc("Whether requests are signed."),
    optional("signatureAlgorithm", STRING)
        .when("strategy", SAML)
        .camel_case()
        .doc("Algorithm with which requests are signed."),
    computed("signingCert", STRING)
        .when("strategy", SAML)
        .camel_case()
        .follows(&["metadataXml", "metadataUrl"])
        .doc("Certificate by which what comes from there is verified."),
    optional("signingKey", object(&SIGNING_KEY))
        .when("strategy", SAML)
        .doc("Key with which requests are signed."),
];

const DECRYPTION_KEY: ObjectType = object_type(
    "ConnectionOptionsDecryptionKey",
    &[
        required("cert", STRING).doc("Certificate, in PEM."),
        required("key", STRING).doc("Private key, in PEM."),
    ],
);

const IDP_INITIATED: ObjectType = object_type(
    "ConnectionOptionsIdpInitiated",
    &[
        optional("clientAuthorizeQuery", STRING)
            .wire("client_authorizequery")
            .doc("Query with which the application is asked for."),
        optional("clientId", STRING).doc("ID of the application that users come to."),
        optional("clientProtocol", STRING).doc("Protocol of that application."),
        optional("enabled", BOOL).doc("Whether it is on."),
    ],
);

const SIGNING_KEY: ObjectType = object_type(
    "ConnectionOptionsSigningKey",
    &[
        required("cert", STRING).doc("Certificate, in PEM."),
        required("key", STRING).doc("Private key, in PEM."),
    ],
);
