//! `auth0.getConnectionProfile`, `auth0.getSelfServiceProfile`, `auth0.getTokenExchangeProfile` and
//! `auth0.getUserAttributeProfile`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{
    CONNECTION_PROFILE, SELF_SERVICE_PROFILE, TOKEN_EXCHANGE_PROFILE, USER_ATTRIBUTE_PROFILE,
};

/// One profile of connections.
pub const GET_CONNECTION_PROFILE: Function = function("getConnectionProfile")
    .doc("Looks a profile of connections up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the profile.")])
    .gives(by_id(&CONNECTION_PROFILE, "id"));

/// One profile of self-service.
pub const GET_SELF_SERVICE_PROFILE: Function = function("getSelfServiceProfile")
    .doc("Looks a profile of self-service up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the profile.")])
    .gives(by_id(&SELF_SERVICE_PROFILE, "id"));

/// One profile of token exchanges.
pub const GET_TOKEN_EXCHANGE_PROFILE: Function = function("getTokenExchangeProfile")
    .doc("Looks a profile of token exchanges up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the profile.")])
    .gives(by_id(&TOKEN_EXCHANGE_PROFILE, "id"));

/// One profile of attributes.
pub const GET_USER_ATTRIBUTE_PROFILE: Function = function("getUserAttributeProfile")
    .doc("Looks a profile of attributes up by its ID or its name.")
    .inputs(&[
        optional("name", STRING)
            .local()
            .doc("Name of the profile; it is compared letter for letter."),
        optional("userAttributeProfileId", STRING)
            .doc("ID of the profile. It goes before the name."),
    ])
    .rules(&[Rule::AtLeastOneOf(&["userAttributeProfileId", "name"])])
    .gives(by_id(&USER_ATTRIBUTE_PROFILE, "userAttributeProfileId").or_first("name"));
