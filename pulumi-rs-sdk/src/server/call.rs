//! Call: a method of the provider itself is answered.

use tonic::Status;

use super::answer::Marks;
use super::check::failures;
use super::proto::{CallRequest, CallResponse};
use super::receive::receive;
use super::session::Session;
use super::wire::Struct;
use crate::check::check_arguments;
use crate::conform::output_faults;
use crate::provider::{self, Provider};
use crate::schema::SELF;
use crate::value::{Object, Value, reveal};

/// Answers the method, or says what is wrong with its arguments.
///
/// Where an argument is not known yet, neither is the answer.
pub async fn call<P: Provider>(
    session: &Session<P>,
    request: CallRequest,
) -> Result<CallResponse, Status> {
    let (method, code) = session.method(&request.tok)?;
    let mut arguments = receive("args", request.args)?;
    arguments.remove(SELF);
    let checked = check_arguments(method, &reveal(arguments.clone()));
    let secrets = session.secrets().and(method.inputs, &arguments);
    if !checked.failures.is_empty() {
        let failures = failures(checked.failures, || secrets);
        return Ok(CallResponse { failures, ..CallResponse::default() });
    }
    let fields = method.output_fields();
    let marks = Marks { fields, like: vec![arguments] };
    if checked.inputs.values().any(Value::contains_unknown) {
        let unknown: Object =
            fields.iter().map(|field| (field.name.to_owned(), Value::Unknown)).collect();
        return Ok(answer(marks.put_on(unknown)));
    }
    session.require_configured()?;
    let context = session.context("", &secrets);
    let call = provider::InvokeRequest { function: method, arguments: checked.inputs };
    let operation = session.operation();
    let outputs = tokio::select! {
        biased;
        outputs = code.answer(&session.provider, &context, call) => outputs,
        // It changes nothing, so that it can be dropped where it stands.
        () = operation.cancelled() => {
            return Err(Status::cancelled(format!("{} was cancelled", request.tok)));
        }
    };
    match outputs {
        Err(error) => Err(marks.failure(error, &secrets, &context.log)),
        Ok(outputs) => match session.hold(&request.tok, output_faults(fields, &outputs)) {
            Err(fault) => Err(marks.failure(fault, &secrets, &context.log)),
            Ok(()) => Ok(answer(marks.outputs(outputs, &secrets, &context.log))),
        },
    }
}

fn answer(outputs: Struct) -> CallResponse {
    CallResponse { r#return: Some(outputs), ..CallResponse::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{properties, secret};
    use crate::server::finder::{Finder, configured};
    use crate::server::testing::Client;
    use crate::value::ResourceReference;

    const ADDRESS: &str = "pulumi:providers:finder/address";

    fn itself() -> (&'static str, Value) {
        let urn = "urn:pulumi:s::p::pulumi:providers:finder::f".to_owned();
        (SELF, ResourceReference { urn, ..ResourceReference::default() }.into())
    }

    #[tokio::test]
    async fn a_method_is_answered_with_the_marks_that_the_provider_sets() {
        let (finder, client) = configured().await;
        let given = properties([itself(), ("full", true.into())]);
        let answer = client.call(ADDRESS, given).await.unwrap().inputs;
        let parts = properties([("door", secret("canary")), ("street", "High Street".into())]);
        assert_eq!(answer, properties([("result", parts.into())]));
        assert_eq!(*finder.seen(), [properties([("full", true.into())])]);
    }

    #[tokio::test]
    async fn what_is_not_known_makes_the_answer_unknown() {
        let (finder, client) = configured().await;
        let given = properties([itself(), ("full", Value::Unknown)]);
        let answer = client.call(ADDRESS, given).await.unwrap().inputs;
        assert_eq!(answer, properties([("result", Value::Unknown)]));
        assert!(finder.seen().is_empty());
    }

    #[tokio::test]
    async fn mistakes_are_answers() {
        let (_, client) = configured().await;
        let given = properties([itself(), ("full", "maybe".into())]);
        let failures = client.call(ADDRESS, given).await.unwrap().failures;
        assert_eq!(failures.len(), 1);
        assert_eq!(failures[0].reason, "expected a boolean, got a string");
    }

    #[tokio::test]
    async fn a_function_is_not_a_method() {
        let (_, client) = configured().await;
        let failure = client.call("finder:index:findBox", Object::new()).await.unwrap_err();
        assert_eq!(failure.code, "InvalidArgument");
        assert!(failure.message.starts_with("finder:index:findBox is not in this"), "{failure}");
    }

    #[tokio::test]
    async fn it_needs_a_configuration() {
        let client = Client::start(Finder::default()).await.unwrap();
        let failure = client.call(ADDRESS, properties([itself()])).await.unwrap_err();
        assert_eq!(failure.code, "FailedPrecondition");
    }
}
