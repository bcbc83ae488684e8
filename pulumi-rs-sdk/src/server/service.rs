//! The service: each RPC goes to its own module, and a panic in it goes no further than here.

use std::sync::Arc;

use tonic::{Request, Response, Status};

use super::fault::contain;
use super::proto::resource_provider_server::ResourceProvider;
use super::proto::*;
use super::session::Session;
use super::{
    call, cancel, check, config, create, delete, diff, handshake, invoke, list, read, schema,
    update,
};
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
        let request = request.into_inner();
        let about = request.tok.clone();
        self.answer("Invoke", &about, invoke::invoke(&self.0, request)).await
    }

    async fn call(&self, request: Request<CallRequest>) -> Answer<CallResponse> {
        let request = request.into_inner();
        let about = request.tok.clone();
        self.answer("Call", &about, call::call(&self.0, request)).await
    }

    async fn construct(&self, request: Request<ConstructRequest>) -> Answer<ConstructResponse> {
        let rpc = format!("Construct of {}", request.into_inner().r#type);
        self.unimplemented(&rpc, "has no components: make them in a program of your own")
    }

    type ListStream = tokio_stream::Iter<std::vec::IntoIter<Result<ListResponse, Status>>>;

    async fn list(&self, request: Request<ListRequest>) -> Answer<Self::ListStream> {
        let request = request.into_inner();
        let about = request.token.clone();
        let page = async {
            let page: Vec<_> = list::list(&self.0, request).await?.into_iter().map(Ok).collect();
            Ok(tokio_stream::iter(page))
        };
        self.answer("List", &about, page).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::task::JoinSet;

    use super::*;
    use crate::provider::Known;
    use crate::server::demo::{Demo, TOKEN, check, configured, properties, secret};
    use crate::server::testing::{self, Client, Failure, urn};
    use crate::value::{Object, Value};

    const CANARY: &str = "canary-in-the-mine";

    #[tokio::test]
    async fn what_is_not_here_is_said_with_what_to_do() {
        let service = Service(Session::new(Demo::default()));
        let failures = [
            service.construct(Request::new(Default::default())).await.map(|_| ()).unwrap_err(),
            service.parameterize(Request::new(Default::default())).await.map(|_| ()).unwrap_err(),
        ];
        for failure in failures {
            assert_eq!(failure.code(), tonic::Code::Unimplemented);
            assert!(failure.message().contains(": the demo provider "), "{failure}");
        }
        let mapping =
            service.get_mapping(Request::new(Default::default())).await.unwrap().into_inner();
        assert_eq!(mapping, GetMappingResponse::default());
        let mappings =
            service.get_mappings(Request::new(Default::default())).await.unwrap().into_inner();
        assert_eq!(mappings, GetMappingsResponse::default());
    }

    #[tokio::test]
    async fn a_thousand_calls_at_once_are_answered() {
        let (demo, client) = configured().await;
        let client = Arc::new(client);
        let mut calls = JoinSet::new();
        for number in 0..1000 {
            let client = client.clone();
            calls.spawn(async move {
                let content = format!("{number}");
                let checked =
                    client.check(check([("content", content.as_str().into())])).await.unwrap();
                let inputs = checked.inputs;
                let urn = urn(TOKEN, &content);
                let call = testing::Create { urn, inputs, ..testing::Create::default() };
                let created = client.create(call).await.unwrap();
                assert_eq!(created.outputs["content"].as_str(), Some(content.as_str()));
            });
        }
        while let Some(call) = calls.join_next().await {
            call.unwrap();
        }
        assert_eq!(demo.seen().len(), 1000);
    }

    /// Fails where the canary is to be seen outside a secret.
    fn assert_unseen(rpc: &str, text: &str) {
        assert!(!text.contains("canary"), "{rpc} shows a secret: {text}");
    }

    fn assert_marked(rpc: &str, values: &Object) {
        // Values print without what is secret.
        assert_unseen(rpc, &format!("{values:?}"));
        let revealed = crate::value::reveal(values.clone());
        assert!(format!("{revealed:?}").contains("canary"), "{rpc} lost the secret");
    }

    fn assert_failure(rpc: &str, failure: Failure) {
        assert_unseen(rpc, &failure.to_string());
        assert_unseen(rpc, &format!("{failure:?}"));
    }

    /// Inputs with the canary in every place: where the table says, where only a mark says, and inside.
    fn canaries(act: &str) -> Object {
        properties([
            ("act", act.into()),
            ("content", secret(CANARY)),
            ("key", properties([("name", secret(CANARY)), ("secret", CANARY.into())]).into()),
            ("keys", vec![Value::from(properties([("name", secret(CANARY))]))].into()),
            ("labels", properties([("a", secret(CANARY))]).into()),
            ("password", CANARY.into()),
        ])
    }

    #[tokio::test]
    async fn no_call_shows_a_secret() {
        let demo = Demo::default();
        let client = Client::start(demo.clone()).await.unwrap();
        let config = properties([("token", CANARY.into()), ("endpoint", "e".into())]);
        let checked = client.check_config(config.clone()).await.unwrap();
        assert_marked("CheckConfig", &checked.inputs);
        client.diff_config(config.clone(), checked.inputs.clone()).await.unwrap();
        client.configure(checked.inputs).await.unwrap();

        let urn = urn(TOKEN, "b");
        for act in ["", "warn", "fail", "partial", "panic", "unknown"] {
            let news = canaries(act);
            let checked = client
                .check(testing::Check { urn: urn.clone(), news, ..testing::Check::default() })
                .await
                .unwrap();
            assert_marked("Check", &checked.inputs);
            let inputs = checked.inputs;
            let old = Known { inputs: inputs.clone(), outputs: inputs.clone() };

            for preview in [true, false] {
                let (urn, inputs) = (urn.clone(), inputs.clone());
                let call = testing::Create { urn, inputs, preview, ..testing::Create::default() };
                match client.create(call).await {
                    Ok(created) => assert_marked("Create", &created.outputs),
                    Err(failure) => assert_failure("Create", failure),
                }
                let call = testing::Update {
                    urn: self::urn(TOKEN, "b"),
                    id: "box-1".into(),
                    old: old.clone(),
                    news: canaries(act),
                    preview,
                    ..testing::Update::default()
                };
                match client.update(call).await {
                    Ok(outputs) => assert_marked("Update", &outputs),
                    Err(failure) => assert_failure("Update", failure),
                }
            }
            let (id, known) = ("box-1".to_owned(), Some(old.clone()));
            let call = testing::Read { urn: urn.clone(), id, known, ..testing::Read::default() };
            match client.read(call).await {
                Ok(state) => {
                    let state = state.unwrap();
                    assert_marked("Read", &state.inputs);
                    assert_marked("Read", &state.outputs);
                }
                Err(failure) => assert_failure("Read", failure),
            }
            let id = "box-1".to_owned();
            let call = testing::Delete { urn: urn.clone(), id, old, ..testing::Delete::default() };
            if let Err(failure) = client.delete(call).await {
                assert_failure("Delete", failure);
            }
        }
        let seen = format!("{:?}", demo.seen());
        assert!(seen.contains(CANARY) && !seen.contains("[secret]"), "the provider sees it plain");
        client.cancel().await.unwrap();
        let messages = client.messages().await;
        assert!(messages.iter().any(|message| message.text.contains("it holds [secret]")));
        for message in messages {
            assert_unseen("Log", &message.text);
        }
    }
}
