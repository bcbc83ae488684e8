//! `auth0.getTokenExchangeProfile`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::TOKEN_EXCHANGE_PROFILE;

/// One profile of token exchanges.
pub const GET_TOKEN_EXCHANGE_PROFILE: Function = function("getTokenExchangeProfile")
    .doc("Looks a profile of token exchanges up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the profile.")])
    .gives(by_id(&TOKEN_EXCHANGE_PROFILE, "id"));
