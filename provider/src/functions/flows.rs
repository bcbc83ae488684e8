//! `auth0.getFlow`, `auth0.getFlowVaultConnection` and `auth0.getForm`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{FLOW, FLOW_VAULT_CONNECTION, FORM};

/// One flow.
pub const GET_FLOW: Function = function("getFlow")
    .doc("Looks a flow up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the flow.")])
    .gives(by_id(&FLOW, "id"));

/// One connection of flows to another service.
pub const GET_FLOW_VAULT_CONNECTION: Function = function("getFlowVaultConnection")
    .doc("Looks a connection of flows to another service up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the connection.")])
    .gives(by_id(&FLOW_VAULT_CONNECTION, "id"));

/// One form.
pub const GET_FORM: Function = function("getForm")
    .doc("Looks a form up by its ID.")
    .inputs(&[required("id", STRING).doc("ID of the form.")])
    .gives(by_id(&FORM, "id"));
