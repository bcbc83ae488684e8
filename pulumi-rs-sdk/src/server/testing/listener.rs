//! The engine's side of messages: a server that keeps what a provider tells the user.

use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

use crate::log::{LogMessage, Severity};
use crate::server::proto::engine_server::{Engine, EngineServer};
use crate::server::proto::*;

/// How long a message may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);

/// The messages that a provider sent to the user.
pub struct Listener {
    pub address: String,
    messages: Mutex<mpsc::UnboundedReceiver<LogMessage>>,
}

impl Listener {
    /// Listens until `stop`.
    pub async fn start(stop: CancellationToken) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = socket.local_addr()?.to_string();
        let (sent, messages) = mpsc::unbounded_channel();
        let server = Server::builder()
            .add_service(EngineServer::new(Ears { sent }))
            .serve_with_incoming_shutdown(TcpIncoming::from(socket), stop.cancelled_owned());
        tokio::spawn(server);
        Ok(Listener { address, messages: Mutex::new(messages) })
    }

    /// The next message; `None` where none arrives in time.
    pub async fn next(&self) -> Option<LogMessage> {
        let mut messages = self.messages.lock().await;
        tokio::time::timeout(ARRIVAL, messages.recv()).await.ok().flatten()
    }

    /// The messages that have arrived and were not taken yet.
    pub async fn arrived(&self) -> Vec<LogMessage> {
        let mut messages = self.messages.lock().await;
        std::iter::from_fn(|| messages.try_recv().ok()).collect()
    }
}

struct Ears {
    sent: mpsc::UnboundedSender<LogMessage>,
}

fn not_here<T>() -> Result<Response<T>, Status> {
    Err(Status::unimplemented("this engine only listens"))
}

#[tonic::async_trait]
impl Engine for Ears {
    async fn log(&self, request: Request<LogRequest>) -> Result<Response<()>, Status> {
        let request = request.into_inner();
        let severity = match request.severity() {
            LogSeverity::Debug => Severity::Debug,
            LogSeverity::Info => Severity::Info,
            LogSeverity::Warning => Severity::Warning,
            LogSeverity::Error => {
                return Err(Status::invalid_argument("an error message ends the whole update"));
            }
        };
        let _ = self.sent.send(LogMessage {
            severity,
            text: request.message,
            urn: request.urn,
            ephemeral: request.ephemeral,
        });
        Ok(Response::new(()))
    }

    async fn get_root_resource(
        &self,
        _: Request<GetRootResourceRequest>,
    ) -> Result<Response<GetRootResourceResponse>, Status> {
        not_here()
    }

    async fn set_root_resource(
        &self,
        _: Request<SetRootResourceRequest>,
    ) -> Result<Response<SetRootResourceResponse>, Status> {
        not_here()
    }

    async fn start_debugging(
        &self,
        _: Request<StartDebuggingRequest>,
    ) -> Result<Response<()>, Status> {
        not_here()
    }

    async fn require_pulumi_version(
        &self,
        _: Request<RequirePulumiVersionRequest>,
    ) -> Result<Response<RequirePulumiVersionResponse>, Status> {
        not_here()
    }
}
