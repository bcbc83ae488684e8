//! What the calls on one plugin process share.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::engine::EngineLog;
use super::urn::Urn;
use super::write::Writes;
use crate::check::{CheckFailure, closest};
use crate::error::{Error, ErrorKind};
use crate::log::{Log, LogMessage, LogSink};
use crate::provider::erased::{AnyAnswer, AnyHandler};
use crate::provider::{Context, Provider};
use crate::secrets::Redactor;
use crate::table::{Function, Package, Resource};

/// A provider at work.
pub struct Session<P> {
    pub provider: P,
    /// Where messages to the user go.
    pub engine: EngineLog,
    /// Cancelled when the process ends.
    pub ending: CancellationToken,
    /// Cancelled when the engine ends its operation: a child of `ending`.
    operation: RwLock<CancellationToken>,
    /// The creates, updates and deletes that are under way.
    pub writes: Writes,
    /// The version that the engine has this plugin installed as, where that can be told.
    installed_as: OnceLock<String>,
    /// The secrets of the configuration, once there is one.
    configured: RwLock<Option<Redactor>>,
    /// The URNs of the resources that the program has. A refresh asks for a Diff of others too, which may
    /// have left the program, but for no Check.
    checked: Mutex<HashSet<String>>,
    /// Whether an answer that is not what the table says is a failure.
    strict: bool,
    /// What was already logged about such answers.
    told: Mutex<HashSet<String>>,
}

/// The resource that a call is about.
pub struct Target<P: 'static> {
    pub urn: String,
    pub resource: &'static Resource,
    /// The code of its type.
    pub code: &'static dyn AnyHandler<P>,
}

impl<P> Clone for Target<P> {
    fn clone(&self) -> Self {
        Target { urn: self.urn.clone(), ..*self }
    }
}

impl<P: Provider> Session<P> {
    /// A session that nothing has been asked of yet. Debug builds hold the provider strictly to its tables.
    pub fn new(provider: P) -> Arc<Self> {
        Self::of(provider, cfg!(debug_assertions))
    }

    /// A session for a test, which is strict in every build.
    pub fn strict(provider: P) -> Arc<Self> {
        Self::of(provider, true)
    }

    fn of(provider: P, strict: bool) -> Arc<Self> {
        let ending = CancellationToken::new();
        Arc::new(Session {
            provider,
            engine: EngineLog::start(),
            operation: RwLock::new(ending.child_token()),
            ending,
            writes: Writes::default(),
            installed_as: OnceLock::new(),
            configured: RwLock::new(None),
            checked: Mutex::default(),
            strict,
            told: Mutex::default(),
        })
    }

    pub fn package(&self) -> &'static Package<P> {
        self.provider.package()
    }

    /// Remembers the version that the engine has this plugin installed as.
    pub fn set_installed_as(&self, version: String) {
        self.installed_as.get_or_init(|| version);
    }

    /// The version that the engine has this plugin installed as; `None` where it found it elsewhere.
    pub fn installed_as(&self) -> Option<&str> {
        self.installed_as.get().map(String::as_str)
    }

    /// Begins an operation of an engine. A process to which engines attach serves many, one after the
    /// other, and each ends its own with a Cancel.
    pub fn begin_operation(&self) {
        let mut operation = self.operation.write().unwrap_or_else(PoisonError::into_inner);
        if operation.is_cancelled() {
            *operation = self.ending.child_token();
        }
    }

    /// Cancelled when the operation that is going on ends.
    pub fn operation(&self) -> CancellationToken {
        self.operation.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers that the provider is configured, and which secrets no text may show.
    pub fn set_configured(&self, secrets: Redactor) {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.configured.write().unwrap_or_else(PoisonError::into_inner) = Some(secrets);
    }

    /// Remembers that the program has the resource `urn`.
    pub fn set_checked(&self, urn: &str) {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner).insert(urn.to_owned());
    }

    /// Whether the program has the resource `urn`, as far as it has told.
    pub fn is_checked(&self, urn: &str) -> bool {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner).contains(urn)
    }

    fn configured(&self) -> Option<Redactor> {
        self.configured.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Fails where a call needs a configuration and there is none.
    pub fn require_configured(&self) -> Result<(), Status> {
        match self.configured() {
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
        self.configured().unwrap_or_default()
    }

    /// What goes with a call on the provider; its messages are about the resource `urn`.
    pub fn context(&self, urn: &str, secrets: &Redactor) -> Context {
        Context { log: self.log(urn, secrets), cancel: self.operation() }
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
    pub fn target(&self, text: String) -> Result<(Target<P>, String), Status> {
        let Some(urn) = Urn::parse(&text) else {
            return Err(Status::invalid_argument(format!("{text:?} is not a URN of a resource")));
        };
        let (resource, code) = self.resource(urn.token)?;
        let name = urn.name.to_owned();
        Ok((Target { urn: text, resource, code }, name))
    }

    /// The resource of that token, with its code.
    ///
    /// # Errors
    /// Says what to do where the package does not have it.
    pub fn resource(
        &self,
        token: &str,
    ) -> Result<(&'static Resource, &'static dyn AnyHandler<P>), Status> {
        let package = self.package();
        let there = || package.resource_tables().map(|resource| package.resource_token(resource));
        package.resource(token).ok_or_else(|| self.absent("resource", token, there()))
    }

    /// The function of that token, with its code.
    ///
    /// # Errors
    /// Says what to do where the package does not have it.
    pub fn function(
        &self,
        token: &str,
    ) -> Result<(&'static Function, &'static dyn AnyAnswer<P>), Status> {
        let package = self.package();
        let there = || package.function_tables().map(|function| package.function_token(function));
        package.function(token).ok_or_else(|| self.absent("function", token, there()))
    }

    /// The method of the provider of that token, with its code.
    ///
    /// # Errors
    /// Says what to do where the package does not have it.
    pub fn method(
        &self,
        token: &str,
    ) -> Result<(&'static Function, &'static dyn AnyAnswer<P>), Status> {
        let package = self.package();
        let there = || package.method_tables().map(|method| package.method_token(method));
        package.method(token).ok_or_else(|| self.absent("method", token, there()))
    }

    /// Takes what differs between an answer about `token` and its table: a fault of the provider's.
    ///
    /// # Errors
    /// The fault, where the session is strict; else it is logged, once.
    pub fn hold(&self, token: &str, faults: Vec<CheckFailure>) -> Result<(), Error> {
        if faults.is_empty() {
            return Ok(());
        }
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let text = format!(
            "the {} provider returned for {token} what its table does not say, a fault of the provider: {}",
            self.package().name,
            faults.join("; ")
        );
        match self.strict {
            true => return Err(Error::new(ErrorKind::Other, text)),
            false => {
                let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
                if !told.contains(&text) {
                    tracing::error!("{text}");
                    told.insert(text);
                }
            }
        }
        Ok(())
    }

    /// What the user is told of a type or function that the package does not have; `there` are those that it has.
    fn absent(&self, what: &str, token: &str, there: impl Iterator<Item = String>) -> Status {
        let Package { name, version, .. } = self.package();
        let guess = match token.split_once(':') {
            Some((package, _)) if package == *name => closest_token(there, token),
            _ => None,
        };
        Status::invalid_argument(match guess {
            Some(close) => {
                format!(
                    "the {name} provider {version} has no {what} {token}: did you mean {close}?"
                )
            }
            None if self.package().stands_in => format!(
                "{token} is not in this native {name} provider ({version}) yet; keep the published {name} \
                 plugin for the stacks that use it"
            ),
            None => format!("the {name} provider {version} has no {what} {token}"),
        })
    }
}

/// The token that was probably meant: by its last part, since all that comes before is much the same for each.
fn closest_token(there: impl Iterator<Item = String>, token: &str) -> Option<String> {
    fn last(token: &str) -> &str {
        token.rsplit([':', '/']).next().unwrap_or_default()
    }
    let there: Vec<String> = there.collect();
    let close = closest(there.iter().map(|token| last(token)), last(token))?;
    there.iter().find(|token| last(token) == close).cloned()
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
    use crate::server::demo::Demo;

    #[tokio::test]
    async fn a_fault_of_the_provider_fails_nothing_in_a_release_and_is_logged_once() {
        let session = Session::of(Demo::default(), false);
        for _ in 0..2 {
            session.hold("demo:index:Box", vec![CheckFailure::at("serial", "missing")]).unwrap();
        }
        assert_eq!(session.told.lock().unwrap().len(), 1);
    }

    #[test]
    fn no_timeout_is_none() {
        for none in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(timeout(none), None, "{none}");
        }
        assert_eq!(timeout(1.5), Some(Duration::from_millis(1500)));
    }
}
