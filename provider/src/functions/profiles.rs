//! `auth0.getConnectionProfile` and `auth0.getTokenExchangeProfile`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{CONNECTION_PROFILE, TOKEN_EXCHANGE_PROFILE};

/// One profile of connections.
pub const GET_CONNECTION_PROFILE: Function = function("getConnectionProfile")
    .doc("Looks a profile of connections up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the profile.")])
    .gives(by_id(&CONNECTION_PROFILE, "id"));

/// One profile of token exchanges.
pub const GET_TOKEN_EXCHANGE_PROFILE: Function = function("getTokenExchangeProfile")
    .doc("Looks a profile of token exchanges up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the profile.")])
    .gives(by_id(&TOKEN_EXCHANGE_PROFILE, "id"));
