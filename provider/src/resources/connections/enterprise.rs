//! Options of enterprises: Active Directory, ADFS, Microsoft, Google.

use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Value;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    optional("adfsServer", STRING)
        .when("strategy", ADFS)
        .doc("Address of the ADFS server or of its metadata."),
    optional("apiEnableGroups", BOOL)
        .when("strategy", GOOGLE_APPS)
        .doc("Whether groups can be looked up at the other side."),
    optional("apiEnableUsers", BOOL)
        .server_default(Literal::Bool(true))
        .zero_is_a_value()
        .when("strategy", WITH_USERS_API)
        .doc("Whether users can be looked up at the other side."),
    optional("appId", STRING)
        .when("strategy", WAAD)
        .doc("Audience of the API of the application at Microsoft."),
    optional("disableCache", BOOL)
        .when("strategy", AD)
        .doc("Whether credentials are not kept by the connector."),
    optional("domain", STRING).when("strategy", WITH_DOMAIN).doc("Domain of the other side."),
    computed("domainAliases", STRINGS)
        .when("strategy", ENTERPRISE)
        .unordered()
        .doc("Domains of email addresses whose users log in here."),
    optional("fedMetadataXml", STRING)
        .when("strategy", ADFS)
        .camel_case()
        .doc("Metadata of the ADFS server, as XML."),
    optional("iconUrl", STRING)
        .when("strategy", WITH_ICON)
        .doc("Address of an icon for the login button."),
    optional("identityApi", STRING)
        .server_default(Literal::String("microsoft-identity-platform-v2.0"))
        .when("strategy", WAAD)
        .one_of(&["microsoft-identity-platform-v2.0", "azure-active-directory-v1.0"])
        .doc("Which API of Microsoft is asked."),
    computed("ips", STRINGS)
        .when("strategy", AD)
        .unordered()
        .doc("Addresses from which users log in by Kerberos."),
    computed("mapUserIdToId", BOOL)
        .when("strategy", GOOGLE_APPS)
        .doc("Whether users are known by the ID that Google has for them."),
    optional("maxGroupsToRetrieve", STRING)
        .when("strategy", WAAD)
        .doc("How many groups of a user are read."),
    optional("shouldTrustEmailVerifiedConnection", STRING)
        .usual(is_trust_of_a_strategy)
        .when("strategy", MICROSOFT)
        .one_of(&["never_set_emails_as_verified", "always_set_emails_as_verified"])
        .doc("Whether email addresses are taken for verified."),
    optional("tenantDomain", STRING)
        .when("strategy", ENTERPRISE)
        .doc("Domain of the organization whose users log in."),
    optional("useCertAuth", BOOL)
        .when("strategy", AD)
        .wire("certAuth")
        .doc("Whether users can log in by a certificate."),
    optional("useKerberos", BOOL)
        .when("strategy", AD)
        .wire("kerberos")
        .doc("Whether users can log in by Kerberos."),
    optional("useWsfed", BOOL).when("strategy", WAAD).doc("Whether WS-Federation is used."),
    optional("userIdAttribute", STRING)
        .when("strategy", WITH_USER_ID)
        .doc("Attribute that users are known by."),
    optional("waadCommonEndpoint", BOOL)
        .when("strategy", WAAD)
        .wire("useCommonEndpoint")
        .doc("Whether users of all Microsoft tenants can log in."),
    optional("waadProtocol", STRING)
        .server_default(Literal::String("openid-connect"))
        .when("strategy", WAAD)
        .doc("Protocol to Microsoft: `openid-connect` or `ws-federation`."),
];

/// Recordings show `always_set_emails_as_verified` of ADFS and `never_set_emails_as_verified` of Microsoft where nobody has
/// said so.
fn is_trust_of_a_strategy(value: &Value) -> bool {
    let texts = ["always_set_emails_as_verified", "never_set_emails_as_verified"];
    value.as_str().is_some_and(|text| texts.contains(&text))
}
