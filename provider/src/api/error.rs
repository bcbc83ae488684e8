//! What can go wrong between us and the API, and what the user reads about it.

mod text;

use std::time::Duration;

use pulumi_rs_sdk::error::{Error, ErrorKind};
use secrecy::SecretString;

use super::request::{Asked, Outgoing};
use crate::config::Unsigned;
pub(super) use text::quote;

/// Why a request did not bring what was asked for.
///
/// # Guarantees
/// Texts are lower case, without a full stop at the end, and hold no secret. What the API said is
/// quoted without control characters and up to a length.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", text::whole(self))]
pub enum ApiError {
    /// The access token was refused.
    Unauthorized {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
        /// Where the token came from.
        source_of_token: TokenSource,
    },
    /// The access token lacks a scope.
    InsufficientScope {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
        /// The scopes of which any one would do.
        scopes: Vec<String>,
        /// Where the token came from.
        source_of_token: TokenSource,
    },
    /// The tenant has as many as it may have.
    LimitReached {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
    },
    /// The tenant's plan does not include it.
    NotEntitled {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
    },
    /// The tenant does not allow it.
    Forbidden {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
    },
    /// The object, or one it refers to, does not exist. Only ever said by the API itself.
    NotFound {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
        /// The tenant.
        domain: String,
    },
    /// There is one already, or it was changed at the same time.
    Conflict {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
    },
    /// The API does not accept what was sent.
    Invalid {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
    },
    /// A rate limit lasted longer than the call may take.
    RateLimited {
        /// The request.
        asked: Asked,
        /// The time that the call was given.
        within: Duration,
    },
    /// The rate that the user wants lets it through only after the time that the call may take.
    Capped {
        /// The request.
        asked: Asked,
        /// The time that the call was given.
        within: Duration,
    },
    /// The API failed.
    Server {
        /// The request.
        asked: Asked,
        /// The answer.
        said: Box<Said>,
    },
    /// The answer sends us elsewhere, which is not followed.
    Redirected {
        /// The request.
        asked: Asked,
        /// The status of the answer.
        status: u16,
        /// The host it leads to.
        to: Option<String>,
        /// The tenant.
        domain: String,
    },
    /// The answer is not one of the API.
    Unreadable {
        /// The request.
        asked: Asked,
        /// The status of the answer.
        status: u16,
        /// What it is instead.
        what: Unreadable,
        /// The tenant.
        domain: String,
    },
    /// The answer is a success, but does not show the object that it is about.
    Incomplete {
        /// The request.
        asked: Asked,
    },
    /// The API has carried it out, and it is not so a moment later: somebody else changes the same.
    Undone {
        /// The request that has shown so.
        asked: Asked,
    },
    /// What was made or changed does not come to the state that it is wanted in.
    Failed {
        /// The request that has shown so.
        asked: Asked,
        /// The member that tells the state.
        member: &'static str,
        /// The state that it has come to.
        state: String,
    },
    /// What was made or changed has not come to the state that it is wanted in for so long.
    NotYet {
        /// The request that has shown so.
        asked: Asked,
        /// The member that tells the state.
        member: &'static str,
        /// The state that it is in.
        state: String,
        /// How long it was waited for.
        within: Duration,
    },
    /// A list that was to be the program's alone holds what the program does not name.
    NotEmpty {
        /// The request that has shown so.
        asked: Asked,
        /// What it holds beside.
        others: Vec<String>,
    },
    /// There was no answer.
    NoAnswer {
        /// The request.
        asked: Asked,
        /// Why.
        failure: Failure,
        /// The tenant.
        domain: String,
    },
    /// The call took longer than it may.
    Deadline {
        /// The request.
        asked: Asked,
        /// The time that the call was given.
        within: Duration,
    },
    /// The user stopped the update.
    Cancelled {
        /// The request.
        asked: Asked,
        /// How far it had come.
        progress: Progress,
    },
    /// A request that makes something was sent, and it is not known whether it did.
    ///
    /// It is never repeated. Find out, or tell the user what to look at.
    UnknownOutcome {
        /// What happened instead of an answer.
        cause: Box<ApiError>,
    },
    /// No access token was given to the application.
    TokenRefused {
        /// The answer.
        said: Box<Said>,
        /// What to do.
        advice: String,
    },
    /// There are no credentials, which was allowed until now.
    NoCredentials {
        /// The request.
        asked: Asked,
    },
    /// The Auth0 CLI has no login that could be used.
    NotLoggedIn {
        /// The request.
        asked: Asked,
        /// Why, and what to do.
        reason: String,
    },
    /// An id or name that cannot stand in an address.
    BadPath {
        /// The id or name.
        segment: String,
    },
}

/// What the API said in an answer that is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The status of the answer.
    pub status: u16,
    /// The name of the error, such as `Bad Request`.
    pub error: String,
    /// What is wrong, in the words of the API; empty where it did not say.
    pub message: String,
    /// The code of the error, such as `invalid_body`; empty where there is none.
    pub code: String,
}

/// How far a request had come when the user stopped the update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// It was not sent.
    Unsent,
    /// It was sent and refused, so that it did nothing.
    Refused,
    /// It was sent, and it is not known what it did.
    Sent,
}

/// Where an access token came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// The configuration holds it.
    ApiToken,
    /// It was asked for with the credentials of an application.
    Client,
    /// The Auth0 CLI holds it.
    CliLogin,
}

/// What an answer is, if not one of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A page for people.
    Html,
    /// JSON that breaks off.
    Truncated,
    /// Something else than JSON, or other JSON than the API sends.
    Foreign,
    /// Nothing.
    Empty,
}

/// Why there was no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Nothing can be sent from this machine.
    SetUp(String),
    /// The private key could not sign.
    Unsigned,
    /// The host has no address.
    NoSuchHost,
    /// Whom we reached could not prove to be the host.
    Insecure(String),
    /// The proxy on the way did not lead to the host.
    Proxy {
        /// The environment variable that names the proxy.
        variable: &'static str,
        /// What it did instead.
        fault: ProxyFault,
    },
    /// The host cannot be reached.
    Unreachable(String),
    /// The connection ended before the answer did.
    BrokenOff,
    /// The answer did not come in time.
    TimedOut(Duration),
    /// The answer is larger than any of the API's.
    TooLarge,
}

/// What a proxy does that does not lead to a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyFault {
    /// It asks for a password, or another one.
    Password,
    /// It answered that it does not connect to the host.
    Refused,
    /// It cannot be reached, or hung up.
    Gone(String),
}

impl ApiError {
    /// A success of the request `asked` that does not show the object it is about; of a request that
    /// may have made one, an unknown outcome.
    pub fn incomplete(asked: Asked) -> ApiError {
        let makes = asked.makes();
        let error = ApiError::Incomplete { asked };
        if makes { error.unknown() } else { error }
    }

    /// The list that `asked` reads on the tenant `domain` does not hold an entry.
    pub fn not_in_list(asked: Asked, domain: String) -> ApiError {
        let (error, message) = ("Not Found".to_owned(), "the list does not hold it".to_owned());
        let said = Said { status: 404, error, message, code: String::new() };
        ApiError::NotFound { asked, said: Box::new(said), domain }
    }

    /// The same as the cause of an unknown outcome.
    pub(super) fn unknown(self) -> ApiError {
        ApiError::UnknownOutcome { cause: Box::new(self) }
    }

    /// The same of a request that had come so far before it was sent anew.
    pub(super) fn after(self, before: Progress) -> ApiError {
        match self {
            ApiError::Cancelled { asked, progress } => {
                ApiError::Cancelled { asked, progress: progress.max(before) }
            }
            error => error,
        }
    }

    /// Whether the request may have been carried out although it failed.
    pub fn may_be_done(&self) -> bool {
        match self {
            ApiError::Server { asked, .. } | ApiError::Incomplete { asked } => asked.is_write(),
            ApiError::Unreadable { asked, status, .. } => {
                asked.is_write() && (200..300).contains(status)
            }
            ApiError::NoAnswer { asked, failure, .. } => {
                asked.is_write() && !failure.is_before_sending()
            }
            ApiError::Cancelled { asked, progress: Progress::Sent } => asked.is_write(),
            ApiError::UnknownOutcome { .. } => true,
            _ => false,
        }
    }

    /// Why `outgoing` has no answer; an unknown outcome where it may have made something.
    pub(super) fn no_answer(outgoing: &Outgoing, failure: Failure) -> ApiError {
        let unsent = failure.is_before_sending();
        let asked = outgoing.asked.clone();
        let error = ApiError::NoAnswer { asked, failure, domain: outgoing.domain() };
        if outgoing.asked.makes() && !unsent { error.unknown() } else { error }
    }

    /// What kind of failure this is to the engine.
    pub fn kind(&self) -> ErrorKind {
        match self {
            ApiError::Unauthorized { .. }
            | ApiError::NoCredentials { .. }
            | ApiError::NotLoggedIn { .. } => ErrorKind::Unauthenticated,
            ApiError::TokenRefused { said, .. } => match said.status {
                403 => ErrorKind::PermissionDenied,
                _ => ErrorKind::Unauthenticated,
            },
            ApiError::InsufficientScope { .. }
            | ApiError::NotEntitled { .. }
            | ApiError::Forbidden { .. } => ErrorKind::PermissionDenied,
            ApiError::NotFound { .. } => ErrorKind::NotFound,
            ApiError::Conflict { .. } | ApiError::NotEmpty { .. } => ErrorKind::AlreadyExists,
            ApiError::Undone { .. } | ApiError::Failed { .. } => ErrorKind::FailedPrecondition,
            ApiError::Invalid { .. } | ApiError::BadPath { .. } => ErrorKind::InvalidArgument,
            ApiError::RateLimited { .. }
            | ApiError::Capped { .. }
            | ApiError::LimitReached { .. } => ErrorKind::ResourceExhausted,
            ApiError::Server { .. }
            | ApiError::Redirected { .. }
            | ApiError::Unreadable { .. }
            | ApiError::Incomplete { .. } => ErrorKind::Unavailable,
            ApiError::NoAnswer { failure: Failure::TimedOut(_), .. }
            | ApiError::Deadline { .. }
            | ApiError::NotYet { .. } => ErrorKind::DeadlineExceeded,
            ApiError::NoAnswer { .. } => ErrorKind::Unavailable,
            ApiError::Cancelled { .. } => ErrorKind::Cancelled,
            ApiError::UnknownOutcome { cause } => cause.kind(),
        }
    }
}

impl From<Unsigned> for Failure {
    fn from(_: Unsigned) -> Failure {
        Failure::Unsigned
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Error {
        Error::new(error.kind(), error.to_string())
    }
}

impl Failure {
    /// Whether the request cannot have reached the API.
    pub(super) fn is_before_sending(&self) -> bool {
        use Failure::{Insecure, NoSuchHost, Proxy, SetUp, Unreachable, Unsigned};
        matches!(
            self,
            SetUp(_) | Unsigned | NoSuchHost | Insecure(_) | Proxy { .. } | Unreachable(_)
        )
    }

    /// Whether the next try may well go better.
    pub(super) fn is_passing(&self) -> bool {
        use Failure::{BrokenOff, NoSuchHost, Proxy, TimedOut, Unreachable};
        match self {
            Proxy { fault, .. } => *fault != ProxyFault::Password,
            _ => matches!(self, NoSuchHost | Unreachable(_) | BrokenOff | TimedOut(_)),
        }
    }
}

impl Said {
    /// Reads an error of the Management API or of the token endpoint; `None` where it is neither.
    pub(super) fn read(status: u16, body: &[u8], secrets: &[&SecretString]) -> Option<Box<Said>> {
        let body: serde_json::Value = serde_json::from_slice(body).ok()?;
        let text = |names: [&str; 2]| {
            let found = names.iter().find_map(|name| body.get(name)?.as_str());
            quote(found.unwrap_or_default(), secrets)
        };
        let said = Said {
            status,
            error: text(["error", "error"]),
            message: text(["message", "error_description"]),
            code: text(["errorCode", "error_code"]),
        };
        (!said.error.is_empty()).then(|| Box::new(said))
    }
}
