//! `auth0.getConnection`: one connection, by its ID or its name.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::looked_up::given;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::{Object, Value};

use super::client::HIDE_CLIENT_SECRET;
use crate::auth0::Auth0;
use crate::resources::{CONNECTION, CONNECTION_CLIENTS};

/// The function; its rows are those of the resource, and the applications that may use it.
pub const GET_CONNECTION: Function = function("getConnection")
    .doc("Looks a connection up by its ID or its name, with the applications that may use it.")
    .inputs(&[
        optional("connectionId", STRING)
            .doc("ID of the connection; it decides where a name is given too."),
        HIDE_CLIENT_SECRET,
        optional("name", STRING).doc("Name of the connection, letter for letter."),
        optional("skipEnabledClients", BOOL).doc("Leave the applications out."),
    ])
    .gives(LOOKUP);

const LOOKUP: One = by_id(&CONNECTION, "connectionId")
    .or_first("name")
    .without(&["optionsClientSecretWo", "optionsClientSecretWoVersion"])
    .beside(&[beside_all(&CONNECTION_CLIENTS).unless("skipEnabledClients")]);

/// The code of the function.
pub(super) struct GetConnection;

impl Answer<Auth0> for GetConnection {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        let mut connection = auth0.tenant()?.answer(context, &request).await?;
        if given(&request.arguments, HIDE_CLIENT_SECRET.name).is_some()
            && let Some(Value::Array(options)) = connection.get_mut("options")
        {
            for options in options {
                if let Value::Object(options) = options {
                    options.insert("clientSecret".to_owned(), "".into());
                }
            }
        }
        Ok(connection)
    }
}
