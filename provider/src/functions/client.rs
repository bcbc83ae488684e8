//! `auth0.getClient`: one application, by its ID or its name.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::looked_up::given;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Object;

use super::credentials::{self, ANSWERED};
use crate::auth0::Auth0;
use crate::resources::CLIENT;

/// The function; its rows are those of the resource, and what only answers hold.
pub const GET_CLIENT: Function = function("getClient")
    .doc("Looks an application up by its ID or its name.")
    .inputs(&[
        optional("clientId", STRING)
            .doc("ID of the application; it decides where a name is given too."),
        HIDE_CLIENT_SECRET,
        optional("name", STRING)
            .local()
            .doc("Name of the application, letter for letter; the first one counts."),
    ])
    .gives(LOOKUP);

const LOOKUP: One = by_id(&CLIENT, "clientId")
    .called("application")
    .or_first("name")
    .more(ANSWERED)
    // Certificates that anybody can read.
    .plain(&["signingKeys"]);

/// What asks for an answer without the secret.
pub(super) const HIDE_CLIENT_SECRET: Field = optional("hideClientSecret", BOOL)
    .local()
    .doc("Leave the secret out of the answer, so that nothing of it has to be kept secret.");

/// Takes the secret out of what is given, where the arguments ask for that.
pub(super) fn hide_secret(arguments: &Object, client: &mut Object) {
    if given(arguments, HIDE_CLIENT_SECRET.name).is_some() {
        client.insert("clientSecret".to_owned(), "".into());
    }
}

/// The code of the function.
pub(super) struct GetClient;

impl Answer<Auth0> for GetClient {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        InvokeRequest { function, arguments }: InvokeRequest,
    ) -> Result<Object, Error> {
        let tenant = auth0.tenant()?;
        let mut found = tenant.found_by(context, function, &LOOKUP, &arguments).await?;
        credentials::complete(&tenant, context, &mut found).await?;
        let mut client = tenant.gives(context, function, &LOOKUP, &arguments, found).await?;
        hide_secret(&arguments, &mut client);
        Ok(client)
    }
}
