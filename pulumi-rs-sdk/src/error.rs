//! Why a call on a resource failed, by who can mend it.

use std::io;

use crate::table::Field;
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
    /// What there is of the resource although the call failed, where the call says so.
    pub created: Option<Box<PartialState>>,
}

/// The kinds of failure, by what is to be done.
///
/// The engine shows the text of each alike and stops the operation; the kind travels as a gRPC code, for logs and tests.
/// None of them makes the engine take its state for corrupt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// What was asked is wrong, whatever the state of things: the user's mistake in the program.
    InvalidArgument,
    /// The credentials were refused.
    Unauthenticated,
    /// The credentials do not suffice.
    PermissionDenied,
    /// What has to be there does not exist. A Read says `None` instead, and a Delete succeeds.
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
    /// The state of things does not allow it: something else has to happen first.
    FailedPrecondition,
    /// This provider does not do that.
    Unimplemented,
    /// None of the others: a fault of the provider or of what it stands on.
    Other,
}

/// A resource that was made or changed, but not to the end.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialState {
    /// Its id; empty where an update says it, which keeps the one it has.
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

    /// Says before the text what was being done: `writing the file: permission denied`.
    pub fn while_doing(mut self, doing: &str) -> Self {
        self.message = format!("{doing}: {}", self.message);
        self
    }

    /// Says of a create, or of a read, that the resource exists although the call failed: the engine keeps it.
    ///
    /// It is marked as not finished, and the next `up` sends an update, also where the program has not changed. The inputs
    /// are those that hold by now, without what failed; outputs may be incomplete; the id must not be empty. Secret marks
    /// and [`DEFAULTS`](crate::state::DEFAULTS) are put back by the framework.
    pub fn created(mut self, id: impl Into<String>, inputs: Object, outputs: Object) -> Self {
        self.created = Some(Box::new(PartialState { id: id.into(), outputs, inputs }));
        self
    }

    /// Says of an update how far it came before it failed: the engine keeps these inputs and outputs in place of the old ones,
    /// and the next `up` sends another update, also where the program has not changed.
    pub fn updated(self, inputs: Object, outputs: Object) -> Self {
        // The server knows which resource it is.
        self.created("", inputs, outputs)
    }
}

/// By the kind that is nearest; what has none is [`ErrorKind::Other`].
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind as Io;
        let kind = match error.kind() {
            Io::NotFound => ErrorKind::NotFound,
            Io::PermissionDenied | Io::ReadOnlyFilesystem => ErrorKind::PermissionDenied,
            Io::AlreadyExists => ErrorKind::AlreadyExists,
            Io::InvalidInput | Io::InvalidFilename => ErrorKind::InvalidArgument,
            Io::TimedOut => ErrorKind::DeadlineExceeded,
            Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge | Io::OutOfMemory => {
                ErrorKind::ResourceExhausted
            }
            Io::ConnectionRefused
            | Io::ConnectionReset
            | Io::ConnectionAborted
            | Io::NotConnected
            | Io::BrokenPipe
            | Io::HostUnreachable
            | Io::NetworkUnreachable
            | Io::NetworkDown
            | Io::UnexpectedEof
            | Io::InvalidData => ErrorKind::Unavailable,
            Io::NotADirectory | Io::IsADirectory | Io::DirectoryNotEmpty | Io::ResourceBusy => {
                ErrorKind::FailedPrecondition
            }
            Io::Unsupported => ErrorKind::Unimplemented,
            _ => ErrorKind::Other,
        };
        Error::new(kind, error.to_string())
    }
}

/// Why the provider could not be configured.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConfigureError {
    /// Keys are missing: the engine says which, and how to set them. Rows that are `required` are looked after by the
    /// framework; this is for what only code can tell.
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

impl MissingKey {
    /// The key of a row of the configuration.
    pub fn of(field: &Field) -> Self {
        MissingKey { name: field.name.to_owned(), description: field.doc.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_system_has_a_kind_and_says_what_was_being_done() {
        struct Case {
            io: io::ErrorKind,
            kind: ErrorKind,
        }
        let cases = [
            Case { io: io::ErrorKind::NotFound, kind: ErrorKind::NotFound },
            Case { io: io::ErrorKind::PermissionDenied, kind: ErrorKind::PermissionDenied },
            Case { io: io::ErrorKind::StorageFull, kind: ErrorKind::ResourceExhausted },
            Case { io: io::ErrorKind::ConnectionRefused, kind: ErrorKind::Unavailable },
            Case { io: io::ErrorKind::Other, kind: ErrorKind::Other },
        ];
        for Case { io, kind } in cases {
            let error = Error::from(io::Error::new(io, "no luck")).while_doing("writing the file");
            assert_eq!((error.kind, error.to_string()), (kind, "writing the file: no luck".into()));
        }
    }
}
