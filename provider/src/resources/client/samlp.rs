//! The SAML addon of an application: Auth0 as the identity provider of a service.

use pulumi_rs_sdk::table::*;

/// `addons.samlp`; on the wire most of its names are camelCase.
pub(super) const SAMLP: ObjectType = object_type(
    "ClientAddonsSamlp",
    &[
        optional("audience", STRING)
            .doc("Whom the assertion is for; the service's issuer if absent."),
        optional("authnContextClassRef", STRING)
            .camel_case()
            .doc("Authentication context that the assertion names."),
        optional("binding", STRING).doc("Binding by which the answer is sent."),
        computed("createUpnClaim", BOOL)
            .camel_case()
            .doc("Whether the assertion has the user principal name."),
        optional("destination", STRING).doc("Address that the answer is sent to."),
        optional("digestAlgorithm", STRING)
            .camel_case()
            .doc("Algorithm of digests: `sha1` or `sha256`."),
        optional("flexibleMappings", STRING)
            .wire("mappings")
            .json()
            .doc("The same as `mappings` as JSON, where one attribute may have several names."),
        computed("includeAttributeNameFormat", BOOL)
            .camel_case()
            .doc("Whether attributes say the format of their names."),
        optional("issuer", STRING).doc("Issuer that the assertion names."),
        computed("lifetimeInSeconds", INT)
            .camel_case()
            .doc("Seconds for which the assertion is valid."),
        optional("logout", object(&SAMLP_LOGOUT)).doc("How the service hears of a logout."),
        computed("mapIdentities", BOOL)
            .camel_case()
            .doc("Whether the assertion tells with which provider the user signed in."),
        optional("mapUnknownClaimsAsIs", BOOL)
            .camel_case()
            .doc("Whether attributes that have no mapping keep their names without a prefix."),
        computed("mappings", STRING_MAP)
            .doc("Names that attributes of the user's profile get in the assertion."),
        optional("nameIdentifierFormat", STRING).camel_case().doc("Format of the name identifier."),
        computed("nameIdentifierProbes", STRINGS)
            .camel_case()
            .doc("Attributes to take the name identifier from; the first that exists counts."),
        computed("passthroughClaimsWithNoMapping", BOOL)
            .camel_case()
            .doc("Whether attributes that have no mapping are sent too."),
        optional("recipient", STRING).doc("Recipient that the assertion names."),
        optional("signResponse", BOOL)
            .camel_case()
            .doc("Whether the whole answer is signed, not the assertion in it."),
        optional("signatureAlgorithm", STRING)
            .camel_case()
            .doc("Algorithm of signatures: `rsa-sha1` or `rsa-sha256`."),
        optional("signingCert", STRING)
            .camel_case()
            .doc("Certificate that the service signs its requests with."),
        computed("typedAttributes", BOOL)
            .camel_case()
            .doc("Whether attributes say the type of their values."),
    ],
);

const SAMLP_LOGOUT: ObjectType = object_type(
    "ClientAddonsSamlpLogout",
    &[
        optional("callback", STRING).doc("Address of the service that ends its session."),
        optional("sloEnabled", BOOL).doc("Whether the service is told when the user signs out."),
    ],
);
