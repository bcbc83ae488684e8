//! `auth0.getTenant`: the settings of the tenant, and where it is.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::rest::*;
use pulumi_rs_sdk::value::Object;

use crate::auth0::Auth0;
use crate::resources::TENANT;

/// The settings of the tenant.
pub const GET_TENANT: Function = function("getTenant")
    .doc("Tells the settings of the tenant, its domain and the identifier of its Management API.")
    .gives(
        the(&TENANT).more(&[
            output("domain", STRING).doc("Domain of the tenant."),
            output("managementApiIdentifier", STRING)
                .doc("Identifier of the Management API: the audience of tokens for it."),
        ]),
    );

/// The code of the function: where the tenant is stands in no answer.
pub(super) struct GetTenant;

impl Answer<Auth0> for GetTenant {
    async fn answer(
        &self,
        auth0: &Auth0,
        context: &Context,
        request: InvokeRequest,
    ) -> Result<Object, Error> {
        let tenant = auth0.tenant()?;
        let mut settings = tenant.answer(context, &request).await?;
        let domain = tenant.domain();
        let identifier = format!("https://{domain}/api/v2/");
        settings.insert("domain".to_owned(), domain.into());
        settings.insert("managementApiIdentifier".to_owned(), identifier.into());
        Ok(settings)
    }
}
