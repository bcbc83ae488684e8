//! `auth0.getClient`: one application, by its ID or its name.

use std::sync::LazyLock;

use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::listed::Listed;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::{Object, Value};

use super::client_names::NAMES;
use super::credentials::{self, ANSWERED};
use crate::auth0::Auth0;
use crate::resources::CLIENT;
use crate::rest::{Filters, Found, Site, Tenant, outputs};

/// The function; its rows are those of the resource, and what only answers hold.
pub const GET_CLIENT: Function = function("getClient")
    .doc("Looks an application up by its ID or its name.")
    .inputs(&[
        optional("clientId", STRING)
            .doc("ID of the application; it decides where a name is given too."),
        HIDE_CLIENT_SECRET,
        optional("name", STRING)
            .doc("Name of the application, letter for letter; the first one counts."),
    ])
    .rules(&[Rule::Custom(id_or_name)])
    .outputs_from(rows);

/// What asks for an answer without the secret.
pub(super) const HIDE_CLIENT_SECRET: Field = optional("hideClientSecret", BOOL)
    .doc("Leave the secret out of the answer, so that nothing of it has to be kept secret.");

const LISTED: Listed = Listed { prefix: "getClient", names: NAMES };

fn rows() -> &'static [Field] {
    static ROWS: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let id = output("id", STRING).doc("ID of the application.");
        client_rows(&LISTED, &["*"], [HIDE_CLIENT_SECRET, id])
    });
    &ROWS
}

/// The rows of a client under those names, `*` for all, and some more.
///
/// Those that a program may ask by need not be there.
pub(super) fn client_rows<const N: usize>(
    listed: &Listed,
    names: &[&str],
    more: [Field; N],
) -> Vec<Field> {
    let fields = CLIENT.fields.iter().chain(ANSWERED.fields);
    let mut rows: Vec<Field> = listed.rows(fields);
    rows.retain(|row| names.contains(&"*") || names.contains(&row.name));
    for row in &mut rows {
        match row.name {
            "clientId" | "name" => row.presence = Presence::Optional,
            // Certificates that anybody can read, though the resource has to have them as secrets.
            "signingKeys" => row.secret = false,
            _ => {}
        }
    }
    rows.extend(more);
    rows.sort_unstable_by_key(|row| row.name);
    rows
}

/// What the rows of a client hold, from an answer of the API to these arguments.
pub(super) fn client_values(
    listed: &Listed,
    arguments: &Object,
    site: &Site,
    answer: &WireObject,
) -> Object {
    let mut values = listed.values(CLIENT.fields, &outputs(&CLIENT, site, answer));
    values.extend(listed.values(ANSWERED.fields, &outputs(&ANSWERED, site, answer)));
    if hides_secret(arguments) {
        values.insert("clientSecret".to_owned(), "".into());
    }
    values
}

fn hides_secret(arguments: &Object) -> bool {
    arguments.get(HIDE_CLIENT_SECRET.name) == Some(&Value::Bool(true))
}

fn id_or_name(arguments: &Object) -> Vec<CheckFailure> {
    match (given(arguments, "clientId"), given(arguments, "name")) {
        (None, None) => {
            vec![CheckFailure::at("clientId", "missing: give `clientId` or `name`")]
        }
        _ => Vec::new(),
    }
}

fn given<'a>(arguments: &'a Object, name: &str) -> Option<&'a str> {
    arguments.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// The code of the function.
pub(super) struct GetClient;

impl Answer<Auth0> for GetClient {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        get_client(&*auth0.tenant()?, context, &request.arguments).await
    }
}

/// Looks the application up.
///
/// # Errors
/// There is none, or the API refused.
async fn get_client(
    tenant: &Tenant,
    context: &Context,
    arguments: &Object,
) -> Result<Object, Error> {
    let found = match (given(arguments, "clientId"), given(arguments, "name")) {
        (Some(id), _) => {
            let found = tenant.look_up(context, &CLIENT, id).await?;
            found.ok_or_else(|| none(tenant, &format!("ID {id:?}")))?
        }
        (None, name) => {
            let name = name.unwrap_or_default();
            let found = by_name(tenant, context, name).await?;
            found.ok_or_else(|| {
                none(tenant, &format!("name {name:?}, which is compared letter for letter"))
            })?
        }
    };
    let (site, mut answer) = found;
    credentials::complete(tenant, context, &site.id, &mut answer).await?;
    let mut values = client_values(&LISTED, arguments, &site, &answer);
    values.insert("id".to_owned(), site.id.into());
    values.insert(HIDE_CLIENT_SECRET.name.to_owned(), hides_secret(arguments).into());
    Ok(values)
}

/// The first application of that name; the pages after it are not read.
async fn by_name(tenant: &Tenant, context: &Context, name: &str) -> Result<Option<Found>, Error> {
    let mut pages = tenant.all(context, &CLIENT, Filters::new())?;
    while let Some(page) = pages.next().await? {
        let is_it = |client: &WireObject| client.get("name").and_then(|n| n.as_str()) == Some(name);
        let mut found = page.into_iter().filter(|(_, client)| is_it(client));
        let Some(first) = found.next() else { continue };
        let others: Vec<String> = found.map(|(site, _)| site.id).collect();
        if !others.is_empty() {
            context.log.warning(format!(
                "several applications have the name {name:?}: {} was taken, and not {}; give \
                 `clientId` to say which one is meant",
                first.0.id,
                others.join(", ")
            ));
        }
        return Ok(Some(first));
    }
    Ok(None)
}

fn none(tenant: &Tenant, what: &str) -> Error {
    let domain = tenant.domain();
    Error::new(ErrorKind::NotFound, format!("no application on {domain} has the {what}"))
}
