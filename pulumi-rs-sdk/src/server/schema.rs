//! GetSchema: the package, for those who generate code.

use tonic::Status;

use super::proto::{GetSchemaRequest, GetSchemaResponse};
use super::session::Session;
use crate::provider::Provider;
use crate::schema::schema_text;

/// The schema as JSON, made when asked for: of all programs those in YAML do so, where it is not stored yet.
pub fn get_schema<P: Provider>(
    session: &Session<P>,
    request: GetSchemaRequest,
) -> Result<GetSchemaResponse, Status> {
    if !request.subpackage_name.is_empty() || !request.subpackage_version.is_empty() {
        return Err(Status::invalid_argument(format!(
            "the {name} provider has no package {:?} {:?}: it is one package, without parameters",
            request.subpackage_name,
            request.subpackage_version,
            name = session.package().name,
        )));
    }
    Ok(GetSchemaResponse { schema: schema_text(session.package()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{Demo, TOKEN};
    use crate::server::testing::Client;

    #[tokio::test]
    async fn the_schema_is_json_with_the_resources() {
        let client = Client::start(Demo::default()).await.unwrap();
        let schema: serde_json::Value =
            serde_json::from_str(&client.schema().await.unwrap()).unwrap();
        assert_eq!(schema, crate::schema::schema(Demo::default().package()));
        assert_eq!(schema["name"], "demo");
        assert!(schema["resources"][TOKEN].is_object());
    }

    #[tokio::test]
    async fn there_are_no_other_packages() {
        let request =
            GetSchemaRequest { subpackage_name: "other".to_owned(), ..GetSchemaRequest::default() };
        let error = get_schema(&Session::new(Demo::default()), request).unwrap_err();
        assert_eq!(error.code(), tonic::Code::InvalidArgument);
    }
}
