//! What a provider answered, in the framework's own types.

use std::collections::BTreeMap;
use std::fmt;

use prost::Message;
use tonic::Status;

use crate::check::{CheckFailure, Checked};
use crate::error::{MissingKey, PartialState};
use crate::path::PropertyPath;
use crate::server::proto::diff_response::DiffChanges;
use crate::server::proto::google::rpc;
use crate::server::proto::{
    CheckResponse, ConfigureErrorMissingKeys, DiffResponse, ErrorResourceInitFailed,
    ProviderHandshakeResponse,
};
use crate::server::wire::{Struct, decode};
use crate::value::Object;

/// What a provider says it can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// It takes secret marks.
    pub secrets: bool,
    /// It takes references to resources.
    pub resources: bool,
    /// It takes values with dependencies.
    pub outputs: bool,
    /// It heeds what the engine says about names.
    pub autonaming: bool,
}

impl Features {
    pub(super) fn of(response: ProviderHandshakeResponse) -> Self {
        Features {
            secrets: response.accept_secrets,
            resources: response.accept_resources,
            outputs: response.accept_outputs,
            autonaming: response.supports_autonaming_configuration,
        }
    }
}

/// What a change means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diffed {
    /// Whether there is one.
    pub changes: Changes,
    /// The top-level properties that change.
    pub diffs: Vec<String>,
    /// The top-level properties that make a new resource.
    pub replaces: Vec<String>,
    /// The top-level properties that no update changes.
    pub stables: Vec<String>,
    /// Each change by its path; `None` where the provider gave no details.
    pub detailed: Option<BTreeMap<String, Detail>>,
    /// Whether the old resource has to go first.
    pub delete_before_replace: bool,
}

/// Whether there is a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// The provider does not know.
    Unknown,
    /// There is none.
    None,
    /// There is one.
    Some,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Its kind as the protocol names it, `UPDATE_REPLACE` for instance.
    pub kind: String,
    /// Whether it shows as old inputs against new inputs.
    pub input_diff: bool,
}

impl Diffed {
    pub(super) fn of(response: DiffResponse) -> Self {
        let changes = match response.changes() {
            DiffChanges::DiffUnknown => Changes::Unknown,
            DiffChanges::DiffNone => Changes::None,
            DiffChanges::DiffSome => Changes::Some,
        };
        let detailed = response.detailed_diff.into_iter().map(|(path, diff)| {
            let kind = diff.kind().as_str_name().to_owned();
            (path, Detail { kind, input_diff: diff.input_diff })
        });
        Diffed {
            changes,
            diffs: response.diffs,
            replaces: response.replaces,
            stables: response.stables,
            detailed: response.has_detailed_diff.then(|| detailed.collect()),
            delete_before_replace: response.delete_before_replace,
        }
    }
}

/// The inputs and mistakes of an answer; the path of a mistake stands before its reason.
pub(super) fn checked(response: CheckResponse) -> Result<Checked, Failure> {
    let failures = response.failures.into_iter().map(|failure| {
        let parts = failure.reason.split_once(": ");
        match parts.and_then(|(path, reason)| Some((PropertyPath::parse(path)?, reason))) {
            Some((property, reason)) => CheckFailure { property, reason: reason.to_owned() },
            None => CheckFailure { property: PropertyPath::default(), reason: failure.reason },
        }
    });
    Ok(Checked { failures: failures.collect(), inputs: properties("inputs", response.inputs)? })
}

pub(super) fn properties(field: &str, properties: Option<Struct>) -> Result<Object, Failure> {
    decode(field, properties).map_err(|malformed| Failure::of(malformed.into()))
}

/// A call that failed.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The gRPC code by its name, `InvalidArgument` for instance.
    pub code: String,
    /// What the user reads.
    pub message: String,
    /// What exists of the resource nevertheless.
    pub created: Option<Box<PartialState>>,
    /// Why the resource did not come to be as it should, where something of it exists.
    pub reasons: Vec<String>,
    /// What is missing of the configuration.
    pub missing_keys: Vec<MissingKey>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// The mistakes of a program, as one.
    pub(super) fn mistakes(texts: Vec<String>) -> Self {
        Failure {
            code: "InvalidArgument".to_owned(),
            message: texts.join("\n"),
            created: None,
            reasons: Vec::new(),
            missing_keys: Vec::new(),
        }
    }

    pub(super) fn of(status: Status) -> Self {
        let mut failure = Failure {
            code: format!("{:?}", status.code()),
            message: status.message().to_owned(),
            created: None,
            reasons: Vec::new(),
            missing_keys: Vec::new(),
        };
        let details = rpc::Status::decode(status.details()).unwrap_or_default().details;
        for detail in details {
            match detail.type_url.as_str() {
                "type.googleapis.com/pulumirpc.ErrorResourceInitFailed" => {
                    failure.partial(&detail.value);
                }
                "type.googleapis.com/pulumirpc.ConfigureErrorMissingKeys" => {
                    failure.missing(&detail.value);
                }
                _ => {}
            }
        }
        failure
    }

    fn partial(&mut self, detail: &[u8]) {
        let Ok(detail) = ErrorResourceInitFailed::decode(detail) else { return };
        let object = |properties| decode("detail", properties).unwrap_or_default();
        self.created = Some(Box::new(PartialState {
            id: detail.id,
            outputs: object(detail.properties),
            inputs: object(detail.inputs),
        }));
        self.reasons = detail.reasons;
    }

    fn missing(&mut self, detail: &[u8]) {
        let Ok(detail) = ConfigureErrorMissingKeys::decode(detail) else { return };
        let keys = detail.missing_keys.into_iter();
        self.missing_keys =
            keys.map(|key| MissingKey { name: key.name, description: key.description }).collect();
    }
}
