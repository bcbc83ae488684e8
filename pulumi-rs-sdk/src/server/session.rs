//! What the calls on one plugin process share.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::engine::EngineLog;
use super::urn::Urn;
use super::write::Writes;
use crate::log::{Log, LogMessage, LogSink};
use crate::provider::{Context, Provider};
use crate::secrets::Redactor;
use crate::table::{Package, Resource};

/// A provider at work.
pub struct Session<P> {
    pub provider: P,
    /// Where messages to the user go.
    pub engine: EngineLog,
    /// Cancelled when the engine, or a signal, ends it all.
    pub cancel: CancellationToken,
    /// The creates, updates and deletes that are under way.
    pub writes: Writes,
    /// The secrets of the configuration, once there is one.
    configured: OnceLock<Redactor>,
}

/// The resource that a call is about.
#[derive(Clone)]
pub struct Target {
    pub urn: String,
    pub resource: &'static Resource,
}

impl<P: Provider> Session<P> {
    /// A session that nothing has been asked of yet.
    pub fn new(provider: P) -> Arc<Self> {
        Arc::new(Session {
            provider,
            engine: EngineLog::start(),
            cancel: CancellationToken::new(),
            writes: Writes::default(),
            configured: OnceLock::new(),
        })
    }

    pub fn package(&self) -> &'static Package {
        self.provider.package()
    }

    /// Remembers that the provider is configured, and which secrets no text may show.
    pub fn set_configured(&self, secrets: Redactor) {
        // The engine configures once; another time would bring the same secrets.
        let _ = self.configured.set(secrets);
    }

    /// Fails where a call needs a configuration and there is none.
    pub fn require_configured(&self) -> Result<(), Status> {
        match self.configured.get() {
            Some(_) => Ok(()),
            None => Err(Status::failed_precondition(format!(
                "the {} provider is not configured yet; in a preview, a value of its configuration may be \
                 unknown until the update has run",
                self.package().name
            ))),
        }
    }

    /// The secrets of the configuration, which no text may show.
    pub fn secrets(&self) -> Redactor {
        self.configured.get().cloned().unwrap_or_default()
    }

    /// What goes with a call on the provider; its messages are about the resource `urn`.
    pub fn context(&self, urn: &str, secrets: &Redactor) -> Context {
        Context { log: self.log(urn, secrets), cancel: self.cancel.clone() }
    }

    /// Messages about the resource `urn`, without those secrets.
    pub fn log(&self, urn: &str, secrets: &Redactor) -> Log {
        let sink = Redacting { engine: self.engine.clone(), secrets: secrets.clone() };
        Log::new(Arc::new(sink), urn)
    }

    /// The resource that a URN is about.
    ///
    /// # Errors
    /// Says what to do where the package does not have its type.
    pub fn target(&self, text: String) -> Result<(Target, String), Status> {
        let Some(urn) = Urn::parse(&text) else {
            return Err(Status::invalid_argument(format!("{text:?} is not a URN of a resource")));
        };
        let Some(resource) = self.package().resource(urn.token) else {
            let Package { name, version, .. } = self.package();
            return Err(Status::invalid_argument(format!(
                "{token} is not in this native {name} provider ({version}) yet; keep the published {name} \
                 plugin for the stacks that use it",
                token = urn.token,
            )));
        };
        let name = urn.name.to_owned();
        Ok((Target { urn: text, resource }, name))
    }

    /// Answers when a cancelled call has had its time to end by itself.
    pub async fn out_of_time(&self, grace: Duration) {
        self.cancel.cancelled().await;
        tokio::time::sleep(grace).await;
    }
}

struct Redacting {
    engine: EngineLog,
    secrets: Redactor,
}

impl LogSink for Redacting {
    fn log(&self, mut message: LogMessage) {
        message.text = self.secrets.redacted(message.text);
        self.engine.log(message);
    }
}

/// How long the user lets a call take: the engine says it in seconds, and 0 where nobody said.
pub fn timeout(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok().filter(|timeout| !timeout.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_timeout_is_none() {
        for none in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(timeout(none), None, "{none}");
        }
        assert_eq!(timeout(1.5), Some(Duration::from_millis(1500)));
    }
}
