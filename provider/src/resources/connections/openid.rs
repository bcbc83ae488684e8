//! Options of OpenID Connect.

use pulumi_rs_sdk::table::rest::*;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    computed("attributeMap", object(&ATTRIBUTE_MAP))
        .when("strategy", OPENID)
        .doc("How claims become attributes of the user."),
    computed("authorizationEndpoint", STRING)
        .when("strategy", ENDPOINTS)
        .follows(&["discoveryUrl", "domain"])
        .doc("Address at which users are asked to log in."),
    computed("connectionSettings", object(&CONNECTION_SETTINGS))
        .when("strategy", OPENID)
        .doc("Whether codes are protected by PKCE."),
    optional("discoveryUrl", STRING)
        .when("strategy", OIDC)
        .doc("Address of the OpenID Connect discovery document."),
    optional("dpopSigningAlg", STRING)
        .when("strategy", OPENID)
        .one_of(&["ES256", "ES384", "ES512", "Ed25519"])
        .doc("Algorithm of the proofs that tokens are bound to."),
    computed("federatedConnectionsAccessTokens", object(&FEDERATED_CONNECTIONS_ACCESS_TOKENS))
        .when("strategy", FEDERATED)
        .doc("Whether tokens of the other side are kept for later."),
    optional("idTokenSessionExpirySupported", BOOL)
        .when("strategy", OPENID)
        .doc("Whether ID tokens tell when the session ends."),
    optional("idTokenSignedResponseAlgs", STRINGS)
        .when("strategy", OPENID)
        .absent_is_null()
        .one_of(&["RS256", "RS384", "RS512", "PS256", "PS384", "ES256", "ES384"])
        .doc("Algorithms that ID tokens may be signed with."),
    computed("issuer", STRING)
        .when("strategy", OPENID)
        .follows(&["discoveryUrl", "domain"])
        .doc("Issuer of the ID tokens."),
    computed("jwksUri", STRING)
        .when("strategy", OPENID)
        .follows(&["discoveryUrl", "domain"])
        .doc("Address of the keys that ID tokens are signed with."),
    computed("oidcMetadata", STRING)
        .json_of_which_false_says_nothing(&[
            "claims_parameter_supported",
            "request_parameter_supported",
            "request_uri_parameter_supported",
            "require_request_uri_registration",
        ])
        .when("strategy", METADATA)
        .follows(&["discoveryUrl", "domain"])
        .doc("What the discovery document says, as JSON."),
    optional("sendBackChannelNonce", BOOL)
        .when("strategy", OPENID)
        .doc("Whether a nonce is sent by the back channel too."),
    computed("tokenEndpoint", STRING)
        .when("strategy", ENDPOINTS)
        .follows(&["discoveryUrl", "domain"])
        .doc("Address at which tokens are got."),
    optional("tokenEndpointAuthMethod", STRING)
        .stated(&[Constraint::OneOf(&["client_secret_post", "private_key_jwt"])])
        .when("strategy", OPENID)
        .doc("How Auth0 proves there who it is."),
    optional("tokenEndpointAuthSigningAlg", STRING)
        .when("strategy", OPENID)
        .one_of(&["RS256", "RS384", "RS512", "PS256", "PS384", "ES256", "ES384"])
        .doc("Algorithm with which what it proves that with is signed."),
    optional("tokenEndpointJwtcaAudFormat", STRING)
        .when("strategy", OPENID)
        .one_of(&["issuer", "token_endpoint"])
        .doc("What the audience of that is."),
    computed("type", STRING)
        .when("strategy", OPENID)
        .doc("Whether tokens come by the `front_channel` or the `back_channel`."),
    computed("userinfoEndpoint", STRING)
        .when("strategy", OPENID)
        .follows(&["discoveryUrl", "domain"])
        .doc("Address at which the profile is asked for."),
];

const ATTRIBUTE_MAP: ObjectType = object_type(
    "ConnectionOptionsAttributeMap",
    &[
        optional("attributes", STRING).json().doc("How claims become attributes, as JSON."),
        required("mappingMode", STRING)
            .one_of(&["use_map", "bind_all", "basic_profile"])
            .doc("Which claims become attributes."),
        optional("userinfoScope", STRING).doc("Scopes with which the profile is asked for."),
    ],
);

const CONNECTION_SETTINGS: ObjectType = object_type(
    "ConnectionOptionsConnectionSettings",
    &[required("pkce", STRING)
        .one_of(&["auto", "S256", "plain", "disabled"])
        .doc("How codes are protected.")],
);

const FEDERATED_CONNECTIONS_ACCESS_TOKENS: ObjectType = object_type(
    "ConnectionOptionsFederatedConnectionsAccessTokens",
    &[computed("active", BOOL).doc("Whether they are.")],
);
