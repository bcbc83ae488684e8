//! Messages for the user, on the resource that they are about.

use std::sync::Arc;

/// Where the messages of one call go. Never blocks, never fails.
#[derive(Clone)]
pub struct Log {
    sink: Arc<dyn LogSink>,
    urn: String,
}

/// Something that takes messages for the user.
pub trait LogSink: Send + Sync {
    /// Takes one message; returns at once.
    fn log(&self, message: LogMessage);
}

/// A message for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogMessage {
    /// How much it matters.
    pub severity: Severity,
    /// What it says; never a secret.
    pub text: String,
    /// The URN of the resource it is about; empty where it is about none.
    pub urn: String,
    /// Whether it is only the status of the moment, shown beside the resource and then forgotten.
    pub ephemeral: bool,
}

/// How much a message matters. There is no `Error`: a failure is returned, not logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// For those who look for a fault.
    Debug,
    /// Good to know.
    Info,
    /// To be acted upon.
    Warning,
}

impl Log {
    /// Messages about the resource `urn`, to `sink`.
    pub fn new(sink: Arc<dyn LogSink>, urn: impl Into<String>) -> Self {
        Log { sink, urn: urn.into() }
    }

    /// Messages that nobody reads, for tests.
    pub fn discard() -> Self {
        struct Discard;
        impl LogSink for Discard {
            fn log(&self, _: LogMessage) {}
        }
        Log::new(Arc::new(Discard), "")
    }

    /// Something to act upon.
    pub fn warning(&self, text: impl Into<String>) {
        self.send(Severity::Warning, text.into(), false);
    }

    /// Something good to know.
    pub fn info(&self, text: impl Into<String>) {
        self.send(Severity::Info, text.into(), false);
    }

    /// Something for those who look for a fault.
    pub fn debug(&self, text: impl Into<String>) {
        self.send(Severity::Debug, text.into(), false);
    }

    /// The status of the moment.
    pub fn status(&self, text: impl Into<String>) {
        self.send(Severity::Info, text.into(), true);
    }

    fn send(&self, severity: Severity, text: String, ephemeral: bool) {
        self.sink.log(LogMessage { severity, text, urn: self.urn.clone(), ephemeral });
    }
}
