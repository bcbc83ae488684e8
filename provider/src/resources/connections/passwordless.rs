//! Options of codes by email and by phone.

use pulumi_rs_sdk::table::rest::*;

use super::strategies::*;

/// The rows.
pub(super) const ROWS: &[Field] = &[
    optional("authParams", STRING_MAP)
        .when("strategy", EMAIL)
        .camel_case()
        .absent_is_null()
        .doc("Parameters that links for logging in have."),
    optional("forwardRequestInfo", BOOL)
        .when("strategy", SMS)
        .wire("forward_req_info")
        .doc("Whether the gateway is told of the request."),
    optional("from", STRING)
        .when("strategy", CODES)
        .doc("Sender of codes: a phone number or an address."),
    optional("gatewayAuthentication", object(&GATEWAY_AUTHENTICATION))
        .when("strategy", SMS)
        .doc("How Auth0 proves who it is at the gateway."),
    optional("gatewayUrl", STRING).when("strategy", SMS).doc("Address of the gateway."),
    optional("messagingServiceSid", STRING)
        .when("strategy", SMS)
        .doc("ID of the messaging service at Twilio."),
    optional("name", STRING)
        .when("strategy", CODES)
        .doc("Name of the connection, as a message shows it."),
    optional("provider", STRING)
        .when("strategy", SMS)
        .one_of(&["sms_gateway"])
        .doc("Who sends messages: a gateway of your own."),
    optional("subject", STRING).when("strategy", SUBJECTED).doc("Subject of a message."),
    optional("syntax", STRING).when("strategy", CODES).doc("Syntax of the template."),
    optional("template", STRING).when("strategy", CODES).doc("Text of a message."),
    optional("totp", object(&TOTP)).when("strategy", CODES).doc("Length and life of codes."),
    optional("twilioSid", STRING).when("strategy", SMS).doc("ID of the account at Twilio."),
    optional("twilioToken", STRING)
        .when("strategy", SMS)
        .secret()
        .doc("Token of the account at Twilio."),
];

const GATEWAY_AUTHENTICATION: ObjectType = object_type(
    "ConnectionOptionsGatewayAuthentication",
    &[
        optional("audience", STRING).doc("Audience of the token."),
        optional("method", STRING).doc("How: `bearer`."),
        optional("secret", STRING).secret().doc("Secret that the token is signed with."),
        optional("secretBase64Encoded", BOOL).doc("Whether the secret is base64."),
        optional("subject", STRING).doc("Subject of the token."),
    ],
);

const TOTP: ObjectType = object_type(
    "ConnectionOptionsTotp",
    &[
        optional("length", INT).doc("Digits of a code."),
        optional("timeStep", INT).doc("Seconds that a code is good for."),
    ],
);
