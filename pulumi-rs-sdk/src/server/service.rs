//! The service: each RPC goes to its own module, and a panic in it goes no further than here.

use std::sync::Arc;

use tonic::{Request, Response, Status};

use super::fault::contain;
use super::proto::resource_provider_server::ResourceProvider;
use super::proto::*;
use super::session::Session;
use super::{cancel, check, config, create, delete, diff, handshake, read, schema, update};
use crate::provider::Provider;

/// Answers the engine's calls.
pub struct Service<P>(pub Arc<Session<P>>);

type Answer<T> = Result<Response<T>, Status>;

impl<P: Provider> Service<P> {
    async fn answer<T>(
        &self,
        doing: &str,
        about: &str,
        call: impl Future<Output = Result<T, Status>>,
    ) -> Answer<T> {
        match contain(call).await {
            Ok(answer) => answer.map(Response::new),
            Err(panicked) => Err(panicked.status(self.0.package(), &format!("{doing} of {about}"))),
        }
    }

    fn unimplemented<T>(&self, rpc: &str, what: &str) -> Answer<T> {
        let name = self.0.package().name;
        Err(Status::unimplemented(format!("{rpc}: the {name} provider {what}")))
    }
}

#[tonic::async_trait]
impl<P: Provider> ResourceProvider for Service<P> {
    async fn handshake(
        &self,
        request: Request<ProviderHandshakeRequest>,
    ) -> Answer<ProviderHandshakeResponse> {
        Ok(Response::new(handshake::handshake(&self.0, request.into_inner()).await))
    }

    async fn attach(&self, request: Request<PluginAttach>) -> Answer<()> {
        handshake::attach(&self.0, request.into_inner()).await.map(Response::new)
    }

    async fn get_plugin_info(&self, _: Request<()>) -> Answer<PluginInfo> {
        Ok(Response::new(handshake::plugin_info(&self.0)))
    }

    async fn get_schema(&self, request: Request<GetSchemaRequest>) -> Answer<GetSchemaResponse> {
        let request = request.into_inner();
        self.answer("GetSchema", "the package", async { schema::get_schema(&self.0, request) })
            .await
    }

    async fn check_config(&self, request: Request<CheckRequest>) -> Answer<CheckResponse> {
        let request = request.into_inner();
        let call = async { config::check_config(&self.0, request) };
        self.answer("CheckConfig", "the configuration", call).await
    }

    async fn diff_config(&self, request: Request<DiffRequest>) -> Answer<DiffResponse> {
        let request = request.into_inner();
        let call = async { config::diff_config(&self.0, request) };
        self.answer("DiffConfig", "the configuration", call).await
    }

    async fn configure(&self, request: Request<ConfigureRequest>) -> Answer<ConfigureResponse> {
        let call = config::configure(&self.0, request.into_inner());
        self.answer("Configure", "the configuration", call).await
    }

    async fn check(&self, request: Request<CheckRequest>) -> Answer<CheckResponse> {
        let request = request.into_inner();
        let about = request.urn.clone();
        self.answer("Check", &about, async { check::check(&self.0, request) }).await
    }

    async fn diff(&self, request: Request<DiffRequest>) -> Answer<DiffResponse> {
        let request = request.into_inner();
        let about = request.urn.clone();
        self.answer("Diff", &about, async { diff::diff(&self.0, request) }).await
    }

    async fn create(&self, request: Request<CreateRequest>) -> Answer<CreateResponse> {
        let request = request.into_inner();
        let about = request.urn.clone();
        self.answer("Create", &about, create::create(&self.0, request)).await
    }

    async fn read(&self, request: Request<ReadRequest>) -> Answer<ReadResponse> {
        let request = request.into_inner();
        let about = request.urn.clone();
        self.answer("Read", &about, read::read(&self.0, request)).await
    }

    async fn update(&self, request: Request<UpdateRequest>) -> Answer<UpdateResponse> {
        let request = request.into_inner();
        let about = request.urn.clone();
        self.answer("Update", &about, update::update(&self.0, request)).await
    }

    async fn delete(&self, request: Request<DeleteRequest>) -> Answer<()> {
        let request = request.into_inner();
        let about = request.urn.clone();
        self.answer("Delete", &about, delete::delete(&self.0, request)).await
    }

    async fn cancel(&self, _: Request<()>) -> Answer<()> {
        cancel::cancel(&self.0).await;
        Ok(Response::new(()))
    }

    /// There is none; that is an empty answer and no error.
    async fn get_mapping(&self, _: Request<GetMappingRequest>) -> Answer<GetMappingResponse> {
        Ok(Response::new(GetMappingResponse::default()))
    }

    /// There are none; that is an empty answer and no error.
    async fn get_mappings(&self, _: Request<GetMappingsRequest>) -> Answer<GetMappingsResponse> {
        Ok(Response::new(GetMappingsResponse::default()))
    }

    async fn parameterize(&self, _: Request<ParameterizeRequest>) -> Answer<ParameterizeResponse> {
        self.unimplemented("Parameterize", "is one package: use it without parameters")
    }

    async fn invoke(&self, request: Request<InvokeRequest>) -> Answer<InvokeResponse> {
        let rpc = format!("Invoke of {}", request.into_inner().tok);
        self.unimplemented(
            &rpc,
            "has no functions yet: keep the published plugin where one is used",
        )
    }

    async fn call(&self, request: Request<CallRequest>) -> Answer<CallResponse> {
        let rpc = format!("Call of {}", request.into_inner().tok);
        self.unimplemented(&rpc, "has no methods yet: keep the published plugin where one is used")
    }

    async fn construct(&self, request: Request<ConstructRequest>) -> Answer<ConstructResponse> {
        let rpc = format!("Construct of {}", request.into_inner().r#type);
        self.unimplemented(&rpc, "has no components: make them in a program of your own")
    }

    type ListStream = tokio_stream::Empty<Result<ListResponse, Status>>;

    async fn list(&self, request: Request<ListRequest>) -> Answer<Self::ListStream> {
        let rpc = format!("List of {}", request.into_inner().token);
        self.unimplemented(&rpc, "cannot list resources yet: import them by their ids")
    }
}
