//! Why a call on a resource failed, by who can mend it.

use crate::value::Object;

/// A failed call, with the text that the user reads.
///
/// Texts are lower case, without a full stop at the end, and never hold a secret.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What happened, what was asked, and what to do.
    pub message: String,
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// The resource that exists although the call failed, if one does.
    pub created: Option<Box<PartialState>>,
}

/// The kinds of failure that the engine tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// What was asked is wrong: the user's mistake.
    InvalidArgument,
    /// The credentials were refused.
    Unauthenticated,
    /// The credentials do not suffice.
    PermissionDenied,
    /// It does not exist.
    NotFound,
    /// It exists already.
    AlreadyExists,
    /// A limit or quota is reached.
    ResourceExhausted,
    /// It took longer than allowed.
    DeadlineExceeded,
    /// The other side did not answer, or not in a form that can be read.
    Unavailable,
    /// The user stopped it.
    Cancelled,
    /// The state of things does not allow it.
    FailedPrecondition,
    /// This provider does not do that.
    Unimplemented,
}

/// A resource that was made, but not to the end.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialState {
    /// Its id.
    pub id: String,
    /// Its outputs, as far as they are known.
    pub outputs: Object,
    /// The inputs it has, as far as they are known.
    pub inputs: Object,
}

impl Error {
    /// A failure of the given kind.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { message: message.into(), kind, created: None }
    }

    /// Says that the resource exists although the call failed: the engine keeps it.
    pub fn created(mut self, id: impl Into<String>, inputs: Object, outputs: Object) -> Self {
        self.created = Some(Box::new(PartialState { id: id.into(), outputs, inputs }));
        self
    }
}

/// Why the provider could not be configured.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConfigureError {
    /// Required keys are missing: the engine says which, and how to set them.
    #[error("missing required configuration")]
    MissingKeys(Vec<MissingKey>),
    /// Anything else.
    #[error(transparent)]
    Invalid(#[from] Error),
}

/// A configuration key that has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingKey {
    /// Its name, as in `pulumi config set <package>:<name>`.
    pub name: String,
    /// What it is and where else it may be set.
    pub description: String,
}
