//! The client: one method for each call of the engine.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, ExitStatus};
use std::time::Duration;

use tokio_util::sync::{CancellationToken, DropGuard};
use tonic::transport::{Channel, Endpoint};
use tonic::{Response, Status};

use super::answers::{checked, properties};
use super::listener::Listener;
use super::plugin::Plugin;
use super::{Check, Create, Delete, Diff, Diffed, Failure, Features, Read, Update};
use crate::check::{Autonaming, Checked};
use crate::log::LogMessage;
use crate::provider::{Created, Known, Provider, ReadState};
use crate::server::process::host;
use crate::server::proto::check_request::AutonamingOptions;
use crate::server::proto::check_request::autonaming_options::Mode;
use crate::server::proto::resource_provider_client::ResourceProviderClient;
use crate::server::proto::{self, *};
use crate::server::session::Session;
use crate::server::wire::encode;
use crate::value::Object;

/// As much as the engine takes of one message, and of the trailers of a failure.
const MESSAGE_LIMIT: usize = 400 * 1024 * 1024;
const TRAILER_LIMIT: u32 = 16 * 1024 * 1024;

/// A client of one provider, and the engine that the provider sends its messages to.
///
/// Calls may run at the same time. A provider that it started ends with it.
pub struct Client {
    pub(super) provider: ResourceProviderClient<Channel>,
    listener: Listener,
    plugin: Option<Plugin>,
    _stop: DropGuard,
}

impl Client {
    /// Starts the provider in this process and makes its handshake.
    ///
    /// # Errors
    /// Where no port of loopback can be had.
    pub async fn start(provider: impl Provider) -> io::Result<Self> {
        let stop = CancellationToken::new();
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = socket.local_addr()?.to_string();
        tokio::spawn(host(Session::strict(provider), socket, stop.clone()));
        let listener = Listener::start(stop.clone()).await?;
        Self::begin(&address, listener, None, stop).await
    }

    /// Starts a plugin as the engine does, the address of an engine as its last argument, and makes its
    /// handshake.
    ///
    /// # Errors
    /// Where it does not start, or does not print its port first.
    pub async fn spawn(command: Command) -> io::Result<Self> {
        let stop = CancellationToken::new();
        let listener = Listener::start(stop.clone()).await?;
        let engine = listener.address.clone();
        let plugin = tokio::task::spawn_blocking(move || Plugin::start(command, &engine))
            .await
            .map_err(io::Error::other)??;
        let address = format!("127.0.0.1:{}", plugin.port);
        Self::begin(&address, listener, Some(plugin), stop).await
    }

    /// Attaches to a provider that runs already, as the engine does by `PULUMI_DEBUG_PROVIDERS`.
    ///
    /// # Errors
    /// Where it cannot be reached.
    pub async fn attach(address: &str) -> io::Result<Self> {
        let stop = CancellationToken::new();
        let listener = Listener::start(stop.clone()).await?;
        let engine = listener.address.clone();
        let client = Self::begin(address, listener, None, stop).await?;
        let attached = client.provider.clone().attach(PluginAttach { address: engine }).await;
        attached.map_err(io::Error::other)?;
        Ok(client)
    }

    async fn begin(
        address: &str,
        listener: Listener,
        plugin: Option<Plugin>,
        stop: CancellationToken,
    ) -> io::Result<Self> {
        let channel = Endpoint::from_shared(format!("http://{address}"))
            .map_err(io::Error::other)?
            .http2_max_header_list_size(TRAILER_LIMIT)
            .connect()
            .await
            .map_err(io::Error::other)?;
        let provider =
            ResourceProviderClient::new(channel).max_decoding_message_size(MESSAGE_LIMIT);
        let client = Client { provider, listener, plugin, _stop: stop.drop_guard() };
        client.handshake().await.map_err(io::Error::other)?;
        Ok(client)
    }

    /// Makes the handshake, once more: a client has made it already.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn handshake(&self) -> Result<Features, Failure> {
        let request = ProviderHandshakeRequest {
            engine_address: self.listener.address.clone(),
            configure_with_urn: true,
            supports_views: true,
            supports_refresh_before_update: true,
            invoke_with_preview: true,
            accepts_byte_string: true,
            ..ProviderHandshakeRequest::default()
        };
        answer(self.provider.clone().handshake(request).await).map(Features::of)
    }

    /// The provider's version.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn plugin_info(&self) -> Result<String, Failure> {
        Ok(answer(self.provider.clone().get_plugin_info(()).await)?.version)
    }

    /// The schema, as JSON.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn schema(&self) -> Result<String, Failure> {
        let request = GetSchemaRequest::default();
        Ok(answer(self.provider.clone().get_schema(request).await)?.schema)
    }

    /// Has a configuration checked. The engine sends it without secret marks.
    ///
    /// # Errors
    /// What the provider says; mistakes of the user are in the answer.
    pub async fn check_config(&self, news: Object) -> Result<Checked, Failure> {
        let request = CheckRequest {
            urn: urn_of_provider(),
            olds: Some(encode(Object::new())),
            news: Some(encode(news)),
            ..CheckRequest::default()
        };
        checked(answer(self.provider.clone().check_config(request).await)?)
    }

    /// Asks what a change of the configuration means.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn diff_config(&self, old: Object, news: Object) -> Result<Diffed, Failure> {
        let old = encode(old);
        let request = DiffRequest {
            urn: urn_of_provider(),
            olds: Some(old.clone()),
            old_inputs: Some(old),
            news: Some(encode(news)),
            ..DiffRequest::default()
        };
        answer(self.provider.clone().diff_config(request).await).map(Diffed::of)
    }

    /// Configures the provider. As with the engine, that comes after `check_config` and does not ask it: do so by
    /// `Client::check_config` where a test is about it.
    ///
    /// # Errors
    /// What the provider says, with the keys that are missing.
    pub async fn configure(&self, config: Object) -> Result<(), Failure> {
        let request = ConfigureRequest {
            args: Some(encode(config)),
            accept_secrets: true,
            accept_resources: true,
            sends_old_inputs: true,
            sends_old_inputs_to_delete: true,
            urn: Some(urn_of_provider()),
            ..ConfigureRequest::default()
        };
        answer(self.provider.clone().configure(request).await)?;
        Ok(())
    }

    /// Configures the provider by the old form: texts by key, without the name of the package.
    ///
    /// # Errors
    /// As [`Client::configure`].
    pub async fn configure_by_variables(
        &self,
        package: &str,
        variables: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let variables = variables
            .iter()
            .map(|(key, text)| (format!("{package}:config:{key}"), (*text).to_owned()))
            .collect();
        let request = ConfigureRequest { variables, ..ConfigureRequest::default() };
        answer(self.provider.clone().configure(request).await)?;
        Ok(())
    }

    /// Has inputs checked.
    ///
    /// # Errors
    /// What the provider says; mistakes of the user are in the answer.
    ///
    /// # Panics
    /// Where the path of a mistake is not one that Pulumi reads.
    pub async fn check(&self, check: Check) -> Result<Checked, Failure> {
        let request = CheckRequest {
            urn: check.urn,
            olds: Some(encode(check.olds)),
            news: Some(encode(check.news)),
            random_seed: check.seed,
            autonaming: check.autonaming.map(autonaming),
            ..CheckRequest::default()
        };
        checked(answer(self.provider.clone().check(request).await)?)
    }

    /// Asks what a change means.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn diff(&self, diff: Diff) -> Result<Diffed, Failure> {
        let request = DiffRequest {
            urn: diff.urn,
            id: diff.id,
            olds: Some(encode(diff.old.outputs)),
            old_inputs: Some(encode(diff.old.inputs)),
            news: Some(encode(diff.news)),
            ignore_changes: diff.ignore_changes,
            ..DiffRequest::default()
        };
        answer(self.provider.clone().diff(request).await).map(Diffed::of)
    }

    /// Has a resource made. In a preview, the id is empty.
    ///
    /// # Errors
    /// What the provider says, with what exists of the resource.
    pub async fn create(&self, create: Create) -> Result<Created, Failure> {
        let request = CreateRequest {
            urn: create.urn,
            properties: Some(encode(create.inputs)),
            timeout: seconds(create.timeout),
            preview: create.preview,
            ..CreateRequest::default()
        };
        let response = answer(self.provider.clone().create(request).await)?;
        Ok(Created { id: response.id, outputs: properties("properties", response.properties)? })
    }

    /// Has a resource read; `None` where it does not exist.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn read(&self, read: Read) -> Result<Option<ReadState>, Failure> {
        let (inputs, outputs) = match read.known {
            Some(Known { inputs, outputs }) => (Some(encode(inputs)), Some(encode(outputs))),
            None => (None, None),
        };
        let request = proto::ReadRequest {
            urn: read.urn,
            id: read.id,
            properties: outputs,
            inputs,
            timeout: seconds(read.timeout),
            ..proto::ReadRequest::default()
        };
        let response = answer(self.provider.clone().read(request).await)?;
        // What the engine looks at on import and on refresh.
        if response.id.is_empty() || response.properties.is_none() {
            return Ok(None);
        }
        Ok(Some(ReadState {
            id: response.id,
            inputs: properties("inputs", response.inputs)?,
            outputs: properties("properties", response.properties)?,
        }))
    }

    /// Has a resource changed; returns its outputs.
    ///
    /// # Errors
    /// What the provider says, with what exists of the resource.
    pub async fn update(&self, update: Update) -> Result<Object, Failure> {
        let request = UpdateRequest {
            urn: update.urn,
            id: update.id,
            olds: Some(encode(update.old.outputs)),
            old_inputs: Some(encode(update.old.inputs)),
            news: Some(encode(update.news)),
            ignore_changes: update.ignore_changes,
            preview: update.preview,
            timeout: seconds(update.timeout),
            ..UpdateRequest::default()
        };
        let response = answer(self.provider.clone().update(request).await)?;
        properties("properties", response.properties)
    }

    /// Has a resource removed.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn delete(&self, delete: Delete) -> Result<(), Failure> {
        let request = DeleteRequest {
            urn: delete.urn,
            id: delete.id,
            properties: Some(encode(delete.old.outputs)),
            old_inputs: Some(encode(delete.old.inputs)),
            timeout: seconds(delete.timeout),
            ..DeleteRequest::default()
        };
        answer(self.provider.clone().delete(request).await)?;
        Ok(())
    }

    /// Cancels all that is under way.
    ///
    /// # Errors
    /// What the provider says.
    pub async fn cancel(&self) -> Result<(), Failure> {
        answer(self.provider.clone().cancel(()).await)?;
        Ok(())
    }

    /// The next message to the user; `None` where none arrives within ten seconds.
    pub async fn next_message(&self) -> Option<LogMessage> {
        self.listener.next().await
    }

    /// The messages to the user that have arrived and were not taken yet.
    pub async fn messages(&self) -> Vec<LogMessage> {
        self.listener.arrived().await
    }

    /// The process id of the plugin; `None` where the provider is not in a process that this client
    /// started.
    pub fn pid(&self) -> Option<u32> {
        self.plugin.as_ref().map(Plugin::pid)
    }

    /// Ends the plugin as the engine does: Cancel, then an interrupt. Returns how it ended, and what it
    /// printed to stdout after its port.
    ///
    /// # Errors
    /// Where this client did not start a plugin, or cannot interrupt it.
    pub async fn shut_down(mut self) -> io::Result<(ExitStatus, String)> {
        let plugin =
            self.plugin.take().ok_or_else(|| io::Error::other("there is no plugin to end"))?;
        self.cancel().await.map_err(io::Error::other)?;
        // The engine closes its connection before it interrupts.
        drop(self.provider);
        tokio::task::spawn_blocking(move || plugin.interrupt()).await.map_err(io::Error::other)?
    }
}

pub(super) fn answer<T>(answer: Result<Response<T>, Status>) -> Result<T, Failure> {
    answer.map(Response::into_inner).map_err(Failure::of)
}

fn urn_of_provider() -> String {
    super::urn("pulumi:providers:test", "default")
}

fn seconds(timeout: Option<Duration>) -> f64 {
    timeout.map_or(0.0, |timeout| timeout.as_secs_f64())
}

fn autonaming(autonaming: Autonaming) -> AutonamingOptions {
    let (mode, proposed_name) = match autonaming {
        Autonaming::Propose(name) => (Mode::Propose, name),
        Autonaming::Enforce(name) => (Mode::Enforce, name),
        Autonaming::Disable => (Mode::Disable, String::new()),
    };
    AutonamingOptions { proposed_name, mode: mode.into() }
}
