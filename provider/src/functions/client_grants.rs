//! `auth0.getClientGrants`: the grants of a tenant, or some of them.

use pulumi_rs_sdk::table::rest::*;

use crate::resources::CLIENT_GRANT;

/// The function.
pub const GET_CLIENT_GRANTS: Function = function("getClientGrants")
    .doc("Lists the grants of the tenant, all of them or those that pass the filters.")
    .inputs(&[
        optional("audience", STRING).doc("Identifier of the API that the grants are for."),
        optional("clientId", STRING).doc("ID of the application that has the grants."),
        optional("defaultFor", STRING)
            .doc("Group of applications that has the grants, `third_party_clients` for instance."),
    ])
    .lists(all(&CLIENT_GRANT, "clientGrants", "client_grants_list").called("grant").only(&[
        "allowAllScopes",
        "audience",
        "clientId",
        "defaultFor",
        "scopes",
        "subjectType",
    ]));
