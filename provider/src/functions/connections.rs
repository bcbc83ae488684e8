//! `auth0.getConnectionDirectory`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::CONNECTION_DIRECTORY;

const CONNECTION_ID: Field = required("connectionId", STRING).doc("ID of the connection.");

/// How users of a connection are looked up in a directory.
pub const GET_CONNECTION_DIRECTORY: Function = function("getConnectionDirectory")
    .doc("Looks up how users of a connection are looked up in a directory.")
    .inputs(&[CONNECTION_ID])
    .gives(the(&CONNECTION_DIRECTORY));
