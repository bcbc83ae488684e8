//! `Provider.terraformConfig`: the provider's configuration in the words of the Terraform provider.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Answer, Context, InvokeRequest};
use pulumi_rs_sdk::table::*;
use pulumi_rs_sdk::value::{Object, Value};

use crate::auth0::{Auth0, PACKAGE};

/// The method; Terraform modules that run in a Pulumi program are configured by what it gives.
pub const TERRAFORM_CONFIG: Function = function("terraformConfig")
    .doc("Gives the provider's configuration in the form that a Terraform module takes.")
    .outputs(&[output("result", map(&ANY))
        .doc("The configuration by Terraform's names; what is not set is null.")]);

/// What Terraform's provider does not know, and would refuse.
const OURS: &str = "maxRequestsPerSecond";

/// The code of the method.
pub(super) struct TerraformConfig;

impl Answer<Auth0> for TerraformConfig {
    async fn answer(&self, auth0: &Auth0, _: &Context, _: InvokeRequest) -> Result<Object, Error> {
        Ok(terraform_config((*auth0.given()).as_ref()))
    }
}

/// The configuration that was given, under Terraform's names; secrets are marked.
///
/// What came from the environment is not in it: it reaches a Terraform provider by itself.
fn terraform_config(given: &Object) -> Object {
    let value = |field: &Field| match given.get(field.name) {
        Some(value) if field.secret => Value::Secret(Box::new(value.clone())),
        value => value.cloned().unwrap_or_default(),
    };
    let theirs = PACKAGE.config.iter().filter(|field| field.name != OURS);
    let result: Object = theirs.map(|field| (field.wire_name().to_owned(), value(field))).collect();
    Object::from([("result".to_owned(), result.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::testing::inputs;

    #[test]
    fn every_setting_is_there_by_terraforms_name_and_secrets_are_marked() {
        let given =
            inputs(r#"{"domain": "d", "clientId": "c", "clientSecret": "s", "debug": true}"#);
        let config = terraform_config(&given);
        let mut expected = inputs(
            r#"{"api_token": null, "audience": null, "cli_login": null, "client_id": "c",
                "client_assertion_private_key": null, "client_assertion_signing_alg": null,
                "custom_domain_header": null, "debug": true, "domain": "d",
                "dynamic_credentials": null}"#,
        );
        expected.insert("client_secret".into(), Value::Secret(Box::new("s".into())));
        assert_eq!(config["result"], expected.into());
    }
}
