//! The SAML addon of an application: Auth0 as the identity provider of a service.

use super::stated;
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::{Object, Value};

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
            .emptied()
            .assumed(yes)
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
            .emptied()
            .assumed(yes)
            .doc("Whether attributes say the format of their names."),
        optional("issuer", STRING).doc("Issuer that the assertion names."),
        computed("lifetimeInSeconds", INT)
            .camel_case()
            .emptied()
            .assumed(an_hour)
            .doc("Seconds for which the assertion is valid."),
        optional("logout", object(&SAMLP_LOGOUT)).doc("How the service hears of a logout."),
        computed("mapIdentities", BOOL)
            .camel_case()
            .emptied()
            .assumed(yes)
            .doc("Whether the assertion tells with which provider the user signed in."),
        optional("mapUnknownClaimsAsIs", BOOL)
            .camel_case()
            .doc("Whether attributes that have no mapping keep their names without a prefix."),
        computed("mappings", STRING_MAP)
            .emptied()
            .assumed(usual_mappings)
            .doc("Names that attributes of the user's profile get in the assertion."),
        optional("nameIdentifierFormat", STRING).camel_case().doc("Format of the name identifier."),
        computed("nameIdentifierProbes", STRINGS)
            .camel_case()
            .emptied()
            .stated(stated::NOT_EMPTY)
            .assumed(usual_probes)
            .doc("Attributes to take the name identifier from; the first that exists counts."),
        computed("passthroughClaimsWithNoMapping", BOOL)
            .camel_case()
            .emptied()
            .assumed(yes)
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
            .emptied()
            .assumed(yes)
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

/// What Auth0 takes where the addon says nothing. Its answers leave it out, and the published provider stores it.
fn yes() -> Value {
    true.into()
}

fn an_hour() -> Value {
    3600.into()
}

fn usual_mappings() -> Value {
    let names = [
        ("user_id", "nameidentifier"),
        ("email", "emailaddress"),
        ("name", "name"),
        ("given_name", "givenname"),
        ("family_name", "surname"),
        ("upn", "upn"),
    ];
    let claims = names.map(|(attribute, name)| (attribute.to_owned(), claim(name)));
    let mut mappings = Object::from(claims);
    mappings.insert("groups".to_owned(), "http://schemas.xmlsoap.org/claims/Group".into());
    mappings.into()
}

fn usual_probes() -> Value {
    vec![claim("nameidentifier"), claim("emailaddress"), claim("name")].into()
}

fn claim(name: &str) -> Value {
    format!("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/{name}").into()
}
