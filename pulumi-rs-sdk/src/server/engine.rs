//! The way of messages to the user: through the engine, one after the other.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tonic::transport::{Channel, Endpoint};

use super::proto::engine_client::EngineClient;
use super::proto::{LogRequest, LogSeverity};
use crate::log::{LogMessage, LogSink, Severity};

/// How many messages wait at most; what comes on top is dropped.
const WAITING: usize = 1024;
/// How long one message may take to be delivered.
const DELIVERY: Duration = Duration::from_secs(5);

/// Messages to the engine: handed over at once, delivered in order by a task of their own.
#[derive(Clone)]
pub struct EngineLog {
    queue: mpsc::Sender<Entry>,
}

enum Entry {
    Attach(String),
    Message(LogMessage),
    Flush(oneshot::Sender<()>),
}

impl EngineLog {
    /// Starts the task that delivers. Without an engine, messages go to the log of the process.
    pub fn start() -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(deliver(waiting));
        EngineLog { queue }
    }

    /// Messages go to the engine at this address from now on. It is not dialled before there is one.
    pub async fn attach(&self, address: &str) {
        let _ = self.queue.send(Entry::Attach(address.to_owned())).await;
    }

    /// Waits until the messages so far are delivered, at most so long.
    pub async fn flush(&self, at_most: Duration) {
        let (done, delivered) = oneshot::channel();
        let flushed = async {
            if self.queue.send(Entry::Flush(done)).await.is_ok() {
                let _ = delivered.await;
            }
        };
        let _ = tokio::time::timeout(at_most, flushed).await;
    }
}

impl LogSink for EngineLog {
    fn log(&self, message: LogMessage) {
        if self.queue.try_send(Entry::Message(message)).is_err() {
            tracing::warn!("a message to the engine was dropped: {WAITING} are waiting");
        }
    }
}

async fn deliver(mut waiting: mpsc::Receiver<Entry>) {
    let mut engine = None;
    while let Some(entry) = waiting.recv().await {
        match entry {
            Entry::Attach(address) => engine = dial(&address),
            Entry::Message(message) => match &mut engine {
                Some(engine) => send(engine, message).await,
                None => trace(&message),
            },
            Entry::Flush(done) => {
                let _ = done.send(());
            }
        }
    }
}

fn dial(address: &str) -> Option<EngineClient<Channel>> {
    match Endpoint::from_shared(format!("http://{address}")) {
        Ok(endpoint) => Some(EngineClient::new(endpoint.connect_lazy())),
        Err(error) => {
            tracing::warn!("the engine's address {address:?} cannot be read: {error}");
            None
        }
    }
}

async fn send(engine: &mut EngineClient<Channel>, message: LogMessage) {
    let severity = match message.severity {
        Severity::Debug => LogSeverity::Debug,
        Severity::Info => LogSeverity::Info,
        Severity::Warning => LogSeverity::Warning,
    };
    let request = LogRequest {
        severity: severity.into(),
        message: message.text,
        urn: message.urn,
        stream_id: 0,
        ephemeral: message.ephemeral,
    };
    match tokio::time::timeout(DELIVERY, engine.log(request)).await {
        Ok(Ok(_)) => {}
        Ok(Err(status)) => tracing::warn!("the engine did not take a message: {status}"),
        Err(_) => tracing::warn!("the engine did not take a message in time"),
    }
}

fn trace(message: &LogMessage) {
    let LogMessage { severity, text, urn, .. } = message;
    match severity {
        Severity::Debug => tracing::debug!(urn, "{text}"),
        Severity::Info => tracing::info!(urn, "{text}"),
        Severity::Warning => tracing::warn!(urn, "{text}"),
    }
}
