//! `auth0.getClientGrants`: the grants of a tenant, or some of them.

use std::sync::LazyLock;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::listed::Listed;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::state::{is_zero, zero};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::{Object, Value};

use crate::auth0::Auth0;
use crate::resources::CLIENT_GRANT;
use crate::rest::{Tenant, outputs};

/// The function.
pub const GET_CLIENT_GRANTS: Function = function("getClientGrants")
    .doc("Lists the grants of the tenant, all of them or those that pass the filters.")
    .inputs(INPUTS)
    .outputs_from(rows);

const INPUTS: &[Field] = &[
    optional("audience", STRING).doc("Identifier of the API that the grants are for."),
    optional("clientId", STRING).doc("ID of the application that has the grants."),
    optional("defaultFor", STRING)
        .doc("Group of applications that has the grants, `third_party_clients` for instance."),
];

/// What is told of each grant, beside its ID.
const TOLD: &[&str] =
    &["allowAllScopes", "audience", "clientId", "defaultFor", "scopes", "subjectType"];

const LISTED: Listed = Listed { prefix: "getClientGrantsClientGrant", names: &[] };

fn told() -> impl Iterator<Item = &'static Field> {
    CLIENT_GRANT.fields.iter().filter(|field| TOLD.contains(&field.name))
}

fn rows() -> &'static [Field] {
    static ROWS: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let mut grant = LISTED.rows(told());
        grant.push(output("id", STRING).doc("ID of the grant."));
        grant.sort_unstable_by_key(|row| row.name);
        let mut rows = INPUTS.to_vec();
        rows.push(output("clientGrants", LISTED.list("", grant)).doc("The grants."));
        rows.push(output("id", STRING).doc("Always the same; it says nothing by itself."));
        rows.sort_unstable_by_key(|row| row.name);
        rows
    });
    &ROWS
}

/// The code of the function.
pub(super) struct GetClientGrants;

impl Answer<Auth0> for GetClientGrants {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        get_client_grants(&*auth0.tenant()?, context, &request.arguments).await
    }
}

/// Lists the grants.
///
/// # Errors
/// What the API refused.
async fn get_client_grants(
    tenant: &Tenant,
    context: &Context,
    arguments: &Object,
) -> Result<Object, Error> {
    let filters = INPUTS.iter().filter_map(|row| {
        let text = arguments.get(row.name).filter(|value| !is_zero(value))?.as_str()?;
        Some((row.wire_name().to_owned(), text.to_owned()))
    });
    let mut pages = tenant.all(context, &CLIENT_GRANT, filters.collect())?;
    let mut grants = Vec::new();
    while let Some(page) = pages.next().await? {
        grants.extend(page.into_iter().map(|(site, answer)| {
            let outputs = outputs(&CLIENT_GRANT, &site, &answer);
            let values = told().flat_map(|field| LISTED.values(&[*field], &outputs));
            let mut grant: Object = values.collect();
            grant.insert("id".to_owned(), site.id.into());
            Value::from(grant)
        }));
    }
    let value = |row: &Field| arguments.get(row.name).cloned().unwrap_or_else(|| zero(row));
    let mut values: Object = INPUTS.iter().map(|row| (row.name.to_owned(), value(row))).collect();
    values.insert("clientGrants".to_owned(), grants.into());
    values.insert("id".to_owned(), "client_grants_list".into());
    Ok(values)
}
