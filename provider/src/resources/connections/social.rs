//! Options of social connections, and of OAuth.

use pulumi_rs_sdk::table::rest::*;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    optional("accessTokenUrl", STRING)
        .when("strategy", OAUTH1)
        .wire("accessTokenURL")
        .doc("Address of access tokens."),
    computed("allowedAudiences", STRINGS)
        .when("strategy", GOOGLE)
        .unordered()
        .doc("Client IDs of Google for which tokens may be."),
    optional("clientId", STRING)
        .when("strategy", WITH_CLIENT)
        .doc("ID by which Auth0 is known at the other side."),
    optional("clientSecret", STRING)
        .when("strategy", WITH_CLIENT)
        .secret()
        .doc("Secret with which Auth0 proves who it is there."),
    optional("communityBaseUrl", STRING)
        .when("strategy", SALESFORCE)
        .doc("Address of the Salesforce community."),
    optional("consumerKey", STRING)
        .when("strategy", OAUTH1)
        .wire("consumerKey")
        .doc("Key by which Auth0 is known at the other side."),
    optional("consumerSecret", STRING)
        .when("strategy", OAUTH1)
        .wire("consumerSecret")
        .doc("Secret with which Auth0 proves who it is there."),
    optional("customHeaders", list(&object(&CUSTOM_HEADER)))
        .when("strategy", OAUTH)
        .camel_case()
        .unordered()
        .doc("Headers of requests to the other side."),
    computed("email", BOOL).when("strategy", OAUTH2).doc("Whether the email address is asked for."),
    optional("keyId", STRING).when("strategy", APPLE).wire("kid").doc("ID of the key at Apple."),
    optional("pkceEnabled", BOOL)
        .when("strategy", OAUTH2)
        .doc("Whether codes are protected by PKCE."),
    optional("requestTokenUrl", STRING)
        .when("strategy", OAUTH1)
        .wire("requestTokenURL")
        .doc("Address of request tokens."),
    computed("scopes", STRINGS)
        .when("strategy", WITH_SCOPES)
        .wire("scope")
        .unordered()
        .doc("What is asked for at the other side."),
    optional("scripts", STRING_MAP)
        .when("strategy", OAUTH)
        .absent_is_null()
        .doc("Scripts, by name: `fetchUserProfile` gets the profile of a user."),
    optional("sessionKey", STRING).when("strategy", OAUTH1).camel_case().doc("Key of the session."),
    optional("signatureMethod", STRING)
        .when("strategy", OAUTH1)
        .camel_case()
        .doc("How requests are signed."),
    optional("teamId", STRING).when("strategy", APPLE).doc("ID of the team at Apple."),
    optional("useOauthSpecScope", BOOL)
        .when("strategy", OAUTH2)
        .wire("useOauthSpecScope")
        .doc("Whether scopes are separated by spaces, as the standard has it."),
    optional("userAuthorizationUrl", STRING)
        .when("strategy", OAUTH1)
        .wire("userAuthorizationURL")
        .doc("Address at which users are asked to log in."),
];

const CUSTOM_HEADER: ObjectType = object_type(
    "ConnectionOptionsCustomHeader",
    &[
        required("header", STRING).doc("Name of the header."),
        required("value", STRING).doc("Value of the header."),
    ],
);
