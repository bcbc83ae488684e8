//! `auth0.getUser` and `auth0.getUserConnectedAccounts`.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::{USER, USER_PERMISSIONS, USER_ROLES};

/// One user, by the ID or by a query.
pub const GET_USER: Function = function("getUser")
    .doc("Looks a user up by the ID, or the only one that a query finds, with roles and permissions.")
    .inputs(&[
        optional("customDomainHeader", STRING)
            .in_header()
            .doc("Domain of your own that the tenant is asked for."),
        optional("query", STRING)
            .wire("q")
            .doc("What the user is like, in the syntax of Lucene: `email:\"ann@example.com\"` for instance."),
        optional("skipPermissions", BOOL).doc("Leave the permissions out."),
        optional("skipRoles", BOOL).doc("Leave the roles out."),
        optional("userId", STRING).doc("ID of the user; it decides where a query is given too."),
    ])
    .rules(&[Rule::AtLeastOneOf(&["query", "userId"])])
    .gives(by_id(&USER, "userId").or_only().plain(&["password"]).beside(&[
        beside_all(&USER_PERMISSIONS).unless("skipPermissions"),
        beside_all(&USER_ROLES).unless("skipRoles"),
    ]));

/// The accounts elsewhere of a user.
pub const GET_USER_CONNECTED_ACCOUNTS: Function = function("getUserConnectedAccounts")
    .doc("Lists the accounts elsewhere that a user has connected.")
    .inputs(&[required("userId", STRING).doc("ID of the user.")])
    .lists(
        all(&CONNECTED_ACCOUNT, "connectedAccounts", "{userId}")
            .at("users/{userId}/connected-accounts", Paging::Checkpoint),
    );

const CONNECTED_ACCOUNT: Resource = resource("ConnectedAccount", collection("connected-accounts"))
    .fields(&[
        output("accessType", STRING)
            .doc("How long the account can be used: `offline` for instance."),
        output("connection", STRING).doc("Name of the connection that the account is of."),
        output("connectionId", STRING).doc("ID of that connection."),
        output("createdAt", STRING).whole_seconds().doc("When the account was connected."),
        output("expiresAt", STRING).whole_seconds().doc("Until when the account can be used."),
        output("organizationId", STRING).doc("ID of the organization in which it was connected."),
        output("scopes", STRINGS).doc("What may be done with the account."),
        output("strategy", STRING).doc("Kind of that connection."),
    ]);
