//! Invoke: a function of the package is answered.

use tonic::Status;

use super::answer::Marks;
use super::check::failures;
use super::proto::{InvokeRequest, InvokeResponse};
use super::receive::receive;
use super::session::Session;
use crate::check::check_arguments;
use crate::conform::output_faults;
use crate::provider::{self, Provider};
use crate::value::reveal;

/// Answers the function, or says what is wrong with its arguments.
///
/// What is secret among the arguments is secret where the answer repeats it.
pub async fn invoke<P: Provider>(
    session: &Session<P>,
    request: InvokeRequest,
) -> Result<InvokeResponse, Status> {
    let (function, code) = session.function(&request.tok)?;
    let arguments = receive("args", request.args)?;
    let checked = check_arguments(function, &reveal(arguments.clone()));
    let secrets = session.secrets().and(function.inputs, &arguments);
    if !checked.failures.is_empty() {
        let failures = failures(checked.failures, || secrets);
        return Ok(InvokeResponse { failures, ..InvokeResponse::default() });
    }
    session.require_configured()?;
    let context = session.context("", &secrets);
    let call = provider::InvokeRequest { function, arguments: checked.inputs };
    let marks = Marks { fields: function.output_fields(), like: vec![arguments] };
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
        Ok(outputs) => {
            if let Err(fault) = session.hold(&request.tok, output_faults(marks.fields, &outputs)) {
                return Err(marks.failure(fault, &secrets, &context.log));
            }
            let outputs = marks.put_on_answer(outputs, &secrets, &context.log);
            Ok(InvokeResponse { r#return: Some(outputs), failures: Vec::new() })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::server::demo::{properties, secret};
    use crate::server::finder::{Finder, configured};
    use crate::server::testing::Client;
    use crate::value::{Object, Value};

    const FIND: &str = "finder:index:findBox";

    #[tokio::test]
    async fn arguments_come_plain_and_of_their_kind_and_answers_go_marked() {
        let (finder, client) = configured().await;
        let given = [("act", Value::Null), ("content", secret("x")), ("limit", "3".into())];
        let found = client.invoke(FIND, properties(given)).await.unwrap().inputs;
        let plain = properties([("content", "x".into()), ("limit", 3.into())]);
        assert_eq!(*finder.seen(), [plain]);
        assert_eq!(found["content"], secret("x"), "it repeats a secret");
        assert_eq!(found["password"], secret("canary-found"), "its row says so");
        assert_eq!(found["serial"], "42".into());
    }

    #[tokio::test]
    async fn mistakes_are_answers_and_hold_no_secret() {
        let (finder, client) = configured().await;
        let given = [("contnet", "x".into()), ("elsewhere", 1.into()), ("limit", secret("canary"))];
        let failures = client.invoke(FIND, properties(given)).await.unwrap().failures;
        let told: Vec<String> =
            failures.iter().map(|f| format!("{}: {}", f.property, f.reason)).collect();
        assert_eq!(
            told,
            [
                "contnet: unknown property: did you mean `content`?",
                "elsewhere: unknown property: this function does not take it",
                "limit: expected a whole number, got a string",
                "content: missing: this property is required",
            ]
        );
        assert!(finder.seen().is_empty());
    }

    #[tokio::test]
    async fn a_failure_shows_no_secret() {
        let (_, client) = configured().await;
        let given = properties([("act", "fail".into()), ("content", secret("canary"))]);
        let failure = client.invoke(FIND, given).await.unwrap_err();
        assert_eq!(failure.to_string(), "NotFound: no box holds [secret]");
    }

    #[tokio::test]
    async fn what_the_provider_does_not_know_is_null_and_a_warning() {
        let (_, client) = configured().await;
        let given = properties([("act", "unknown".into()), ("content", "x".into())]);
        let found = client.invoke(FIND, given).await.unwrap().inputs;
        assert_eq!(found["serial"], Value::Null);
        let message = client.next_message().await.unwrap();
        assert!(message.text.contains("no value for serial"), "{}", message.text);
    }

    #[tokio::test]
    async fn a_function_ends_when_cancelled() {
        let (finder, client) = configured().await;
        let given = properties([("act", "hang".into()), ("content", "x".into())]);
        let (failure, ()) = tokio::join!(client.invoke(FIND, given), async {
            finder.hanging.notified().await;
            client.cancel().await.unwrap();
        });
        assert_eq!(failure.unwrap_err().to_string(), format!("Cancelled: {FIND} was cancelled"));
    }

    #[tokio::test]
    async fn a_function_that_is_not_here_is_named_with_what_to_do() {
        let (_, client) = configured().await;
        let failure = client.invoke("finder:index:findNail", Object::new()).await.unwrap_err();
        assert_eq!(
            failure.to_string(),
            "InvalidArgument: finder:index:findNail is not in this native finder provider (1.2.3) yet; keep \
             the published finder plugin for the stacks that use it"
        );
    }

    #[tokio::test]
    async fn it_needs_a_configuration() {
        let client = Client::start(Finder::default()).await.unwrap();
        let given = properties([("content", "x".into())]);
        let failure = client.invoke(FIND, given).await.unwrap_err();
        assert_eq!(failure.code, "FailedPrecondition");
    }
}
