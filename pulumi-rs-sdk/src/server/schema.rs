//! GetSchema: the package, for those who generate code.

use std::path::Path;

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
    let version = session.installed_as().unwrap_or(session.package().version);
    Ok(GetSchemaResponse { schema: schema_text(session.package(), version) })
}

/// The version that the engine has a plugin of this name installed as, by the folder that it started it from.
///
/// One build can stand in for several versions of a package, and `pulumi import` stops where the schema is of another
/// version than the SDK asks for.
pub fn version_of(folder: &str, name: &str) -> Option<String> {
    let folder = Path::new(folder).file_name()?.to_str()?;
    let version = folder.strip_prefix("resource-")?.strip_prefix(name)?.strip_prefix("-v")?;
    let core = version.split(['-', '+']).next()?;
    let is_number = |part: &str| part.parse::<u64>().is_ok();
    let parts: Vec<&str> = core.split('.').collect();
    (parts.len() == 3 && parts.into_iter().all(is_number)).then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{Demo, TOKEN};
    use crate::server::handshake::handshake;
    use crate::server::proto::ProviderHandshakeRequest;
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
    async fn the_schema_has_the_version_that_the_plugin_is_installed_as() {
        let shown_from = async |folder: Option<&str>| {
            let session = Session::new(Demo::default());
            let folder = folder.map(str::to_owned);
            let request =
                ProviderHandshakeRequest { program_directory: folder, ..Default::default() };
            handshake(&session, request).await;
            let answer = get_schema(&session, GetSchemaRequest::default()).unwrap();
            let schema: serde_json::Value = serde_json::from_str(&answer.schema).unwrap();
            schema["version"].as_str().unwrap().to_owned()
        };
        assert_eq!(shown_from(Some("/home/u/.pulumi/plugins/resource-demo-v1.0.3")).await, "1.0.3");
        assert_eq!(shown_from(Some("/usr/local/bin")).await, "1.2.3");
        assert_eq!(shown_from(None).await, "1.2.3", "the engine attached");
    }

    #[test]
    fn only_a_folder_of_the_engines_own_naming_tells_a_version() {
        struct Case {
            folder: &'static str,
            version: Option<&'static str>,
        }
        let cases = [
            Case { folder: "/p/resource-demo-v1.0.3", version: Some("1.0.3") },
            Case { folder: "/p/resource-demo-v1.0.3/", version: Some("1.0.3") },
            Case { folder: "resource-demo-v1.0.3-alpha.1+b", version: Some("1.0.3-alpha.1+b") },
            Case { folder: "/p/resource-other-v1.0.3", version: None },
            Case { folder: "/p/resource-demo-more-v1.0.3", version: None },
            Case { folder: "/p/resource-demo-v1.0", version: None },
            Case { folder: "/p/resource-demo-vnext", version: None },
            Case { folder: "/p/resource-demo-v1.0.3/bin", version: None },
            Case { folder: "", version: None },
        ];
        for Case { folder, version } in cases {
            assert_eq!(version_of(folder, "demo").as_deref(), version, "{folder}");
        }
    }

    #[tokio::test]
    async fn there_are_no_other_packages() {
        let request =
            GetSchemaRequest { subpackage_name: "other".to_owned(), ..GetSchemaRequest::default() };
        let error = get_schema(&Session::new(Demo::default()), request).unwrap_err();
        assert_eq!(error.code(), tonic::Code::InvalidArgument);
    }
}
