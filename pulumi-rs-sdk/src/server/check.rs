//! Check: the inputs of a resource, completed, or the user's mistakes.

use tonic::Status;

use super::answer::Marks;
use super::proto::check_request::AutonamingOptions;
use super::proto::check_request::autonaming_options::Mode;
use super::proto::{CheckFailure, CheckRequest, CheckResponse};
use super::session::Session;
use super::wire::decode;
use crate::check::{self, Autonaming, CheckContext};
use crate::provider::Provider;
use crate::secrets::Redactor;
use crate::value::reveal;

/// Checks by the table, on plain values, and marks what comes back.
pub fn check<P: Provider>(
    session: &Session<P>,
    request: CheckRequest,
) -> Result<CheckResponse, Status> {
    let (target, name) = session.target(request.urn)?;
    let fields = target.resource.fields;
    let news = decode("news", request.news)?;
    let mut olds = decode("olds", request.olds)?;
    let checked = check::check(
        target.resource,
        &reveal(news.clone()),
        &CheckContext {
            name: &name,
            olds: &reveal(olds.clone()),
            seed: &request.random_seed,
            autonaming: request.autonaming.and_then(autonaming),
        },
    );
    let failures =
        failures(checked.failures, || session.secrets().and(fields, &news).and(fields, &olds));
    // What the program does not give may have been taken from the old inputs, with its mark.
    olds.retain(|name, _| !news.contains_key(name));
    let inputs = Marks { fields, like: vec![news, olds] }.put_on(checked.inputs);
    Ok(CheckResponse { inputs: Some(inputs), failures })
}

/// The failures as they travel, without secrets.
pub fn failures(
    failures: Vec<check::CheckFailure>,
    secrets: impl FnOnce() -> Redactor,
) -> Vec<CheckFailure> {
    if failures.is_empty() {
        return Vec::new();
    }
    let secrets = secrets();
    failures
        .into_iter()
        .map(|failure| CheckFailure {
            property: failure.property.to_string(),
            reason: secrets.redacted(failure.reason),
        })
        .collect()
}

fn autonaming(options: AutonamingOptions) -> Option<Autonaming> {
    let mode = options.mode();
    let name = options.proposed_name;
    match mode {
        Mode::Disable => Some(Autonaming::Disable),
        _ if name.is_empty() => None,
        Mode::Propose => Some(Autonaming::Propose(name)),
        Mode::Enforce => Some(Autonaming::Enforce(name)),
    }
}
