//! Failures as gRPC says them.
//!
//! The engine takes `Unknown`, `Internal` and `DataLoss` for signs of a corrupt state; no failure here
//! has one of these codes.

use prost::Message;
use prost_types::Any;
use tonic::{Code, Status};

use super::proto::google::rpc;
use super::proto::{ConfigureErrorMissingKeys, configure_error_missing_keys};
use super::wire::Malformed;
use crate::error::{ErrorKind, MissingKey};

impl From<Malformed> for Status {
    fn from(malformed: Malformed) -> Self {
        Status::invalid_argument(malformed.to_string())
    }
}

/// The code of a kind of failure.
pub fn code(kind: ErrorKind) -> Code {
    match kind {
        ErrorKind::InvalidArgument => Code::InvalidArgument,
        ErrorKind::Unauthenticated => Code::Unauthenticated,
        ErrorKind::PermissionDenied => Code::PermissionDenied,
        ErrorKind::NotFound => Code::NotFound,
        ErrorKind::AlreadyExists => Code::AlreadyExists,
        ErrorKind::ResourceExhausted => Code::ResourceExhausted,
        ErrorKind::DeadlineExceeded => Code::DeadlineExceeded,
        ErrorKind::Unavailable => Code::Unavailable,
        ErrorKind::Cancelled => Code::Cancelled,
        ErrorKind::FailedPrecondition => Code::FailedPrecondition,
        ErrorKind::Unimplemented => Code::Unimplemented,
        ErrorKind::Other => Code::Aborted,
    }
}

/// A failure with a detail that the engine reads: a message of that name.
pub fn detailed(code: Code, message: String, name: &str, detail: &impl Message) -> Status {
    let detail = Any {
        type_url: format!("type.googleapis.com/pulumirpc.{name}"),
        value: detail.encode_to_vec(),
    };
    let details =
        rpc::Status { code: code.into(), message: message.clone(), details: vec![detail] };
    Status::with_details(code, message, details.encode_to_vec().into())
}

/// The failure of a configuration in which keys are missing.
///
/// The engine prints a `pulumi config set` line for each, so that the names carry the package.
pub fn missing_keys(package: &str, keys: &[MissingKey]) -> Status {
    let named = |key: &MissingKey| format!("{package}:{}", key.name);
    let message = keys
        .iter()
        .map(|key| format!("missing required configuration {}: {}", named(key), key.description))
        .collect::<Vec<_>>()
        .join("\n");
    let missing_keys = keys
        .iter()
        .map(|key| configure_error_missing_keys::MissingKey {
            name: named(key),
            description: key.description.clone(),
        })
        .collect();
    let detail = ConfigureErrorMissingKeys { missing_keys };
    detailed(Code::InvalidArgument, message, "ConfigureErrorMissingKeys", &detail)
}
