//! `auth0.OrganizationClient` and `auth0.OrganizationClients`: the applications of an organization, one or all of them.

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

const CLIENTS: Entries = entries("organizations/{organizationId}/clients", &["client_id"])
    .associated_under("clients")
    .at_most(10)
    .written(|client| {
        let mut client = client.clone();
        client.entry("use_for_member_access").or_insert(false.into());
        client
    });

/// One application of an organization.
pub const ORGANIZATION_CLIENT: Resource =
    resource("OrganizationClient", member(&CLIENTS).id_form("{organizationId}::{clientId}"))
        .doc("An application of an organization.")
        .fields(&[
            APP_TYPE,
            required("clientId", STRING).replaces().doc("ID of the application."),
            GRANT_TYPES,
            IS_FIRST_PARTY,
            LOGO_URI,
            NAME,
            required("organizationId", STRING).replaces().doc("ID of the organization."),
            ORGANIZATION_USAGE,
            optional("useForMemberAccess", BOOL).doc(ACCESS),
        ]);

/// All applications of an organization.
pub const ORGANIZATION_CLIENTS: Resource = resource(
    "OrganizationClients",
    members(&CLIENTS, "clients").id_form("{organizationId}").others(Others::Refused),
)
.doc("The applications of an organization, all of them.")
.fields(&[
    required("clients", list(&object(&CLIENT)))
        .unordered()
        .stated(&[Constraint::Entries(0, 100)])
        .doc("The applications."),
    required("organizationId", STRING).replaces().doc("ID of the organization."),
])
.rules(&[Rule::Custom(twice)]);

const CLIENT: ObjectType = object_type(
    "OrganizationClientsClient",
    &[
        required("clientId", STRING).doc("ID of the application."),
        optional("useForMemberAccess", BOOL).doc(ACCESS),
    ],
);

/// What functions give of an application of an organization.
pub(crate) const LISTED_CLIENT: Resource =
    resource("OrganizationClient", collection("clients").id_from("client_id")).fields(&[
        APP_TYPE,
        output("clientId", STRING).doc("ID of the application."),
        GRANT_TYPES,
        IS_FIRST_PARTY,
        LOGO_URI,
        NAME,
        ORGANIZATION_USAGE,
        output("useForMemberAccess", BOOL).doc(ACCESS),
    ]);

const APP_TYPE: Field =
    output("appType", STRING).wire("client.app_type").doc("Kind of the application.");
const GRANT_TYPES: Field = output("grantTypes", STRINGS)
    .wire("client.grant_types")
    .doc("Ways in which the application may get tokens.");
const IS_FIRST_PARTY: Field = output("isFirstParty", BOOL)
    .wire("client.is_first_party")
    .doc("Whether the application is of the tenant's own.");
const LOGO_URI: Field =
    output("logoUri", STRING).wire("client.logo_uri").doc("Address of the application's logo.");
const NAME: Field = output("name", STRING).wire("client.name").doc("Name of the application.");
const ORGANIZATION_USAGE: Field = output("organizationUsage", STRING)
    .wire("client.organization_usage")
    .doc("Whether users of the application sign in to an organization.");

const ACCESS: &str = "Whether members of the organization can use the application.";

/// An application that is named twice, and not in the same way.
fn twice(inputs: &Object) -> Vec<CheckFailure> {
    let clients = inputs.get("clients").and_then(Value::as_array).unwrap_or_default();
    let id = |client: &Value| {
        let id = client.as_object()?.get("clientId")?.as_str()?;
        Some(id.to_owned())
    };
    let access = |client: &Value| {
        let access = client.as_object().and_then(|client| client.get("useForMemberAccess"));
        access.and_then(Value::as_bool).unwrap_or_default()
    };
    let differs = |client: &Value, other: &Value| {
        id(client).is_some() && id(client) == id(other) && access(client) != access(other)
    };
    let at = |index| PropertyPath::of("clients").index(index).name("clientId");
    let named = clients
        .iter()
        .enumerate()
        .filter(|(index, client)| clients[..*index].iter().any(|other| differs(client, other)));
    named
        .map(|(index, _)| CheckFailure {
            property: at(index),
            reason: "is named before with another `useForMemberAccess`".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rest::testing::object;

    #[test]
    fn an_application_is_named_once_or_in_the_same_way() {
        let client = |id: &str, access: bool| json!({"clientId": id, "useForMemberAccess": access});
        let cases = [
            (json!([client("a", true), client("b", false)]), 0),
            (json!([client("a", true), client("a", true)]), 0),
            (json!([client("a", true), client("a", false)]), 1),
            (json!([client("a", false), {"clientId": "a"}]), 0),
        ];
        for (clients, count) in cases {
            let failures = twice(&object(json!({ "clients": clients })));
            assert_eq!(failures.len(), count, "{clients}");
        }
    }
}
