//! `auth0.getClients`: the applications of a tenant, or some of them.

use std::sync::LazyLock;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::listed::Listed;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::state::zero;
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::{Object, Value};
use sha2::{Digest, Sha256};

use super::client::{HIDE_CLIENT_SECRET, client_rows, client_values};
use super::client_names::NAMES;
use crate::auth0::Auth0;
use crate::resources::{APP_TYPES, CLIENT};
use crate::rest::{Filters, Tenant};

/// The function.
pub const GET_CLIENTS: Function = function("getClients")
    .doc("Lists the applications of the tenant, all of them or those that pass the filters.")
    .inputs(INPUTS)
    .outputs_from(rows);

const INPUTS: &[Field] = &[
    optional("appTypes", STRINGS).one_of(APP_TYPES).doc("Kinds of application to list."),
    optional("externalClientId", STRING)
        .doc("Address of the metadata document that the application registered by."),
    HIDE_CLIENT_SECRET,
    optional("isFirstParty", BOOL)
        .doc("List your own applications only; false lists those of third parties too."),
    optional("nameFilter", STRING)
        .doc("Part of the name, letter for letter, that the applications have."),
];

/// What is told of each application.
const TOLD: &[&str] = &[
    "allowedClients",
    "allowedLogoutUrls",
    "allowedOrigins",
    "anonymousSessions",
    "appType",
    "asyncApprovalNotificationChannels",
    "b2bIntegrationConfigurations",
    "callbacks",
    "clientId",
    "clientMetadata",
    "clientSecret",
    "description",
    "expressConfigurations",
    "externalClientId",
    "externalMetadataCreatedBy",
    "externalMetadataType",
    "fedcmLogins",
    "grantTypes",
    "identityAssertionAuthorizationGrants",
    "isFirstParty",
    "isTokenEndpointIpHeaderTrusted",
    "jwksUri",
    "myOrganizationConfigurations",
    "name",
    "oidcLogouts",
    "organizationDiscoveryMethods",
    "redirectionPolicy",
    "resourceServerIdentifier",
    "sessionTransfers",
    "skipNonVerifiableCallbackUriConfirmationPrompt",
    "thirdPartySecurityMode",
    "tokenExchanges",
    "tokenQuotas",
    "webOrigins",
];

const LISTED: Listed = Listed { prefix: "getClientsClient", names: NAMES };

fn rows() -> &'static [Field] {
    static ROWS: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let clients = LISTED.list("", client_rows(&LISTED, TOLD, []));
        let mut rows = INPUTS.to_vec();
        rows.push(output("clients", clients).doc("The applications."));
        rows.push(output("id", STRING).doc("What the filters make; it says nothing by itself."));
        rows.sort_unstable_by_key(|row| row.name);
        rows
    });
    &ROWS
}

/// The code of the function.
pub(super) struct GetClients;

impl Answer<Auth0> for GetClients {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        get_clients(&*auth0.tenant()?, context, &request.arguments).await
    }
}

/// Lists the applications.
///
/// # Errors
/// What the API refused.
async fn get_clients(
    tenant: &Tenant,
    context: &Context,
    arguments: &Object,
) -> Result<Object, Error> {
    let arguments = with_zeros(arguments);
    let asked = Asked::read(&arguments);
    let mut pages = tenant.all(context, &CLIENT, asked.filters())?;
    let mut clients = Vec::new();
    while let Some(page) = pages.next().await? {
        for (site, answer) in page {
            let mut client = client_values(&LISTED, &arguments, &site, &answer);
            if client["name"].as_str().unwrap_or_default().contains(asked.name) {
                client.retain(|name, _| TOLD.contains(&name.as_str()));
                clients.push(Value::from(client));
            }
        }
    }
    let id = asked.id();
    let mut values = arguments;
    values.insert("clients".to_owned(), clients.into());
    values.insert("id".to_owned(), id.into());
    Ok(values)
}

fn with_zeros(arguments: &Object) -> Object {
    let value = |row: &Field| arguments.get(row.name).cloned().unwrap_or_else(|| zero(row));
    INPUTS.iter().map(|row| (row.name.to_owned(), value(row))).collect()
}

/// What is asked for; empty where it does not matter.
struct Asked<'a> {
    app_types: Vec<&'a str>,
    external_id: &'a str,
    first_party: bool,
    name: &'a str,
}

impl<'a> Asked<'a> {
    fn read(arguments: &'a Object) -> Self {
        let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
        let types = arguments.get("appTypes").and_then(Value::as_array).unwrap_or_default();
        let mut app_types: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
        app_types.sort_unstable();
        app_types.dedup();
        Asked {
            app_types,
            external_id: text("externalClientId"),
            first_party: arguments.get("isFirstParty") == Some(&Value::Bool(true)),
            name: text("nameFilter"),
        }
    }

    fn filters(&self) -> Filters {
        let mut filters = Filters::new();
        let mut add = |name: &str, value: String| filters.push((name.to_owned(), value));
        if !self.app_types.is_empty() {
            add("app_type", self.app_types.join(","));
        }
        if !self.external_id.is_empty() {
            add("external_client_id", self.external_id.to_owned());
        }
        if self.first_party {
            add("is_first_party", "true".to_owned());
        }
        filters
    }

    /// The ID that the published provider makes of the same filters.
    fn id(&self) -> String {
        let Asked { app_types, external_id, first_party, name } = self;
        let external =
            if external_id.is_empty() { String::new() } else { format!("-{external_id}") };
        let text = format!("{name}-[{}]-{first_party}{external}", app_types.join(" "));
        let digest = Sha256::digest(text.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("clients-{hex}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::inputs;

    #[test]
    fn the_server_filters_what_it_can() {
        struct Case {
            arguments: &'static str,
            filters: &'static [(&'static str, &'static str)],
        }
        let cases = [
            Case { arguments: "{}", filters: &[] },
            Case { arguments: r#"{"nameFilter": "a", "isFirstParty": false}"#, filters: &[] },
            Case {
                arguments: r#"{"appTypes": ["spa", "native", "spa"], "isFirstParty": true,
                    "externalClientId": "https://e/"}"#,
                filters: &[
                    ("app_type", "native,spa"),
                    ("external_client_id", "https://e/"),
                    ("is_first_party", "true"),
                ],
            },
        ];
        for case in cases {
            let arguments = inputs(case.arguments);
            let filters = Asked::read(&arguments).filters();
            let filters: Vec<(&str, &str)> =
                filters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(filters, case.filters, "{}", case.arguments);
        }
    }

    #[test]
    fn the_id_is_the_published_one() {
        // Computed with another tool: SHA-256 of `App-[spa]-false`.
        let arguments = inputs(r#"{"nameFilter": "App", "appTypes": ["spa"]}"#);
        assert_eq!(
            Asked::read(&arguments).id(),
            "clients-07d4d6e4545f9e7834842ff18aa9fc834a333b692a4f36fe6af488d50e706916"
        );
    }
}
