//! `auth0.getClients`: the applications of a tenant, or some of them.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::looked_up;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};
use sha2::{Digest, Sha256};

use super::client::{HIDE_CLIENT_SECRET, hide_secret};
use super::credentials::CLIENT_SECRET;
use crate::auth0::Auth0;
use crate::resources::{APP_TYPES, CLIENT};

/// The function.
pub const GET_CLIENTS: Function = function("getClients")
    .doc("Lists the applications of the tenant, all of them or those that pass the filters.")
    .inputs(&[
        optional("appTypes", STRINGS)
            .wire("app_type")
            .one_of(APP_TYPES)
            .doc("Kinds of application to list."),
        optional("externalClientId", STRING)
            .doc("Address of the metadata document that the application registered by."),
        HIDE_CLIENT_SECRET,
        optional("isFirstParty", BOOL)
            .doc("List your own applications only; false lists those of third parties too."),
        optional("nameFilter", STRING)
            .local()
            .doc("Part of the name, letter for letter, that the applications have."),
    ])
    .lists(LOOKUP);

/// The ID is made of the filters: see [`id`].
const LOOKUP: All = all(&CLIENT, "clients", "")
    .called("application")
    .only(TOLD)
    .unsure(&["clientId", "name"])
    .more(&[CLIENT_SECRET]);

/// What is told of each application, beside its secret.
const TOLD: &[&str] = &[
    "allowedClients",
    "allowedLogoutUrls",
    "allowedOrigins",
    "anonymousSessions",
    "appType",
    "asyncApprovalNotificationChannels",
    "b2bIntegrationConfiguration",
    "callbacks",
    "clientId",
    "clientMetadata",
    "description",
    "expressConfiguration",
    "externalClientId",
    "externalMetadataCreatedBy",
    "externalMetadataType",
    "fedcmLogin",
    "grantTypes",
    "identityAssertionAuthorizationGrant",
    "isFirstParty",
    "isTokenEndpointIpHeaderTrusted",
    "jwksUri",
    "myOrganizationConfiguration",
    "name",
    "oidcLogout",
    "organizationDiscoveryMethods",
    "redirectionPolicy",
    "resourceServerIdentifier",
    "sessionTransfer",
    "skipNonVerifiableCallbackUriConfirmationPrompt",
    "thirdPartySecurityMode",
    "tokenExchange",
    "tokenQuota",
    "webOrigins",
];

/// The code of the function.
pub(super) struct GetClients;

impl Answer<Auth0> for GetClients {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        InvokeRequest { function, arguments }: InvokeRequest,
    ) -> Result<Object, Error> {
        let mut clients = auth0.tenant()?.listed(context, function, &LOOKUP, &arguments).await?;
        let part = text(&arguments, "nameFilter");
        clients.retain(|client| text(client, "name").contains(part));
        clients.iter_mut().for_each(|client| hide_secret(&arguments, client));
        let mut values = looked_up::lists(function, &LOOKUP, &arguments, clients);
        values.insert("id".to_owned(), id(&arguments).into());
        Ok(values)
    }
}

fn text<'a>(values: &'a Object, name: &str) -> &'a str {
    values.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The ID that the published provider makes of the same filters.
fn id(arguments: &Object) -> String {
    let types = arguments.get("appTypes").and_then(Value::as_array).unwrap_or_default();
    let mut types: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
    types.sort_unstable();
    types.dedup();
    let (name, external) = (text(arguments, "nameFilter"), text(arguments, "externalClientId"));
    let first_party = arguments.get("isFirstParty") == Some(&Value::Bool(true));
    let external = if external.is_empty() { String::new() } else { format!("-{external}") };
    let text = format!("{name}-[{}]-{first_party}{external}", types.join(" "));
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("clients-{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::inputs;

    #[test]
    fn the_id_is_the_published_one() {
        // Computed with another tool: SHA-256 of `App-[spa]-false`.
        let arguments = inputs(r#"{"nameFilter": "App", "appTypes": ["spa"]}"#);
        assert_eq!(
            id(&arguments),
            "clients-07d4d6e4545f9e7834842ff18aa9fc834a333b692a4f36fe6af488d50e706916"
        );
    }
}
