//! `auth0.ConnectionClient` and `auth0.ConnectionClients`: which applications use a connection, one of them or all.

use pulumi_rs_sdk::table::rest::*;

const CLIENTS: Entries = entries("connections/{connectionId}/clients", &["client_id"])
    .switched_by("status")
    .tells_of("connections/{connectionId}", &["name", "strategy"]);

/// One application that uses a connection.
pub const CONNECTION_CLIENT: Resource =
    resource("ConnectionClient", member(&CLIENTS).id_form("{connectionId}::{clientId}"))
        .doc("An application whose users sign in through a connection.")
        .fields(&[
            required("clientId", STRING).replaces().doc("ID of the application."),
            required("connectionId", STRING).replaces().doc("ID of the connection."),
            output("name", STRING).doc(NAME),
            output("strategy", STRING).doc(STRATEGY),
        ]);

/// All applications that use a connection.
pub const CONNECTION_CLIENTS: Resource = resource(
    "ConnectionClients",
    members(&CLIENTS, "enabled_clients").id_form("{connectionId}").others(Others::Refused),
)
.doc("The applications whose users sign in through a connection, all of them.")
.fields(&[
    required("connectionId", STRING).replaces().doc("ID of the connection."),
    required("enabledClients", STRINGS).unordered().doc("IDs of the applications."),
    output("name", STRING).doc(NAME),
    output("strategy", STRING).doc(STRATEGY),
]);

const NAME: &str = "Name of the connection.";
const STRATEGY: &str = "Kind of the connection.";
