//! Create: a resource is made, or a preview says what it would be.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::answer::Marks;
use super::fault::contain;
use super::look_ahead::look_ahead;
use super::proto::{CreateRequest, CreateResponse};
use super::receive::receive;
use super::session::{Session, Target, timeout};
use super::write::{Verb, write};
use crate::conform::output_faults;
use crate::preview::preview_create;
use crate::provider::{self, Context, Created, Known, Provider, import_line};
use crate::secrets::Redactor;
use crate::state::{defaults, said, strip};
use crate::value::{Object, reveal};

/// Makes the resource; in a preview, the provider only looks ahead.
pub async fn create<P: Provider>(
    session: &Arc<Session<P>>,
    request: CreateRequest,
) -> Result<CreateResponse, Status> {
    let (target, name) = session.target(request.urn)?;
    let marked = receive("properties", request.properties)?;
    let mut inputs = reveal(marked.clone());
    let defaults = defaults(&inputs);
    strip(&mut inputs);
    let marks = Marks { fields: target.resource.fields, like: vec![marked] };
    let secrets = marks.secrets(session.secrets());
    if request.preview {
        look_ahead(session, &target, &inputs, None, &secrets).await;
        let outputs = marks.put_on(preview_create(target.resource, &inputs));
        return Ok(CreateResponse { properties: Some(outputs), ..CreateResponse::default() });
    }
    session.require_configured()?;
    let inputs = said(target.resource.fields, inputs);
    let known = inputs.clone();
    let request = provider::CreateRequest {
        resource: target.resource,
        token: session.package().resource_token(target.resource),
        urn: target.urn.clone(),
        name: name.clone(),
        inputs,
        defaults,
        timeout: timeout(request.timeout),
    };
    let call = made(session.clone(), target.clone(), request, marks);
    let unheard = {
        let (session, target) = (session.clone(), target.clone());
        async move |made| undo(&session, &target, &name, &secrets, known, made).await
    };
    write(session, &target, Verb::Create, call, unheard).await
}

/// What the user is told of a resource whose id the engine does not take any more.
///
/// Without its id the engine will have it made anew, so that it is removed again where that can be done.
async fn undo<P: Provider>(
    session: &Session<P>,
    target: &Target<P>,
    name: &str,
    secrets: &Redactor,
    inputs: Object,
    made: CreateResponse,
) -> String {
    let id = made.id;
    let outputs = receive("properties", made.properties).map(reveal).unwrap_or_default();
    let request = provider::DeleteRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        id: id.clone(),
        old: Known { inputs, outputs },
        timeout: None,
    };
    // The operation is cancelled by now as a rule, and this has to be done nevertheless.
    let log = session.log(&target.urn, secrets);
    let context = Context { log, cancel: CancellationToken::new() };
    let undone = contain(target.code.undo_create(&session.provider, &context, request)).await;
    let token = session.package().resource_token(target.resource);
    match undone {
        Ok(Ok(true)) => format!(
            "{token} {name:?} was made after the engine had stopped waiting for it, and was therefore \
             deleted again: run `pulumi up` again"
        ),
        _ => format!(
            "{token} {name:?} was made with the id {id:?} after the engine had stopped waiting for it: \
             `{}` takes it into the stack",
            import_line(&token, name, &id)
        ),
    }
}

async fn made<P: Provider>(
    session: Arc<Session<P>>,
    target: Target<P>,
    request: provider::CreateRequest,
    marks: Marks,
) -> Result<CreateResponse, Status> {
    let secrets = marks.secrets(session.secrets());
    let context = session.context(&target.urn, &secrets);
    match target.code.create(&session.provider, &context, request).await {
        Err(error) => Err(marks.failure(error, &secrets, &context.log)),
        Ok(created) if created.id.is_empty() => Err(Status::aborted(format!(
            "the {} provider made {} but gave it no id: a fault of the provider; look for the resource \
             before the next update",
            session.package().name,
            session.package().resource_token(target.resource),
        ))),
        Ok(Created { id, outputs }) => {
            let token = session.package().resource_token(target.resource);
            let held = session.hold(&token, output_faults(target.resource.fields, &outputs));
            if let Err(fault) = held {
                let inputs = marks.like.first().cloned().unwrap_or_default();
                let fault = fault.created(id, inputs, outputs);
                return Err(marks.failure(fault, &secrets, &context.log));
            }
            Ok(CreateResponse {
                id,
                properties: Some(marks.outputs(outputs, &secrets, &context.log)),
                refresh_before_update: false,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::log::Severity;
    use crate::server::demo::{Demo, configured, create, properties, secret};
    use crate::server::testing::{Client, Create};
    use crate::value::Value;

    #[tokio::test]
    async fn a_preview_changes_nothing() {
        let demo = Demo::default();
        let client = Client::start(demo.clone()).await.unwrap();
        let inputs =
            [("content", Value::Unknown), ("labels", properties([("a", secret("x"))]).into())];
        let created = client.create(Create { preview: true, ..create(inputs) }).await.unwrap();
        assert_eq!(created.id, "");
        assert_eq!(created.outputs["content"], Value::Unknown);
        assert_eq!(created.outputs["labels"], properties([("a", secret("x"))]).into());
        assert_eq!(created.outputs["serial"], Value::Unknown);
        assert_eq!(created.outputs["seal"], secret(Value::Unknown));
        assert!(demo.seen().is_empty());
    }

    #[tokio::test]
    async fn values_come_plain_and_go_back_marked() {
        let (demo, client) = configured().await;
        let inputs = [
            ("content", secret("x")),
            ("keys", vec![Value::from(properties([("secret", secret("y"))]))].into()),
            ("password", "z".into()),
        ];
        let created = client.create(create(inputs)).await.unwrap();
        let plain = properties([
            ("content", "x".into()),
            ("keys", vec![Value::from(properties([("secret", "y".into())]))].into()),
            ("password", "z".into()),
        ]);
        assert_eq!(*demo.seen(), [plain]);
        assert_eq!(created.id, "box-1");
        assert_eq!(created.outputs["content"], secret("x"));
        assert_eq!(created.outputs["password"], secret("z"));
        assert_eq!(created.outputs["seal"], secret("canary-seal"));
        assert_eq!(created.outputs["serial"], "42".into());
        let keys = secret(vec![Value::from(properties([("secret", "y".into())]))]);
        assert_eq!(created.outputs["keys"], keys);
    }

    #[tokio::test]
    async fn what_check_filled_in_is_said_apart_and_is_no_output() {
        let (demo, client) = configured().await;
        let key = properties([("name", "k".into()), ("__defaults", vec!["secret"].into())]);
        let inputs = [
            ("__defaults", vec!["name"].into()),
            ("act", "partial".into()),
            ("key", key.clone().into()),
            ("name", "b-1234567".into()),
        ];
        let failure = client.create(create(inputs.clone())).await.unwrap_err();
        let plain = properties([("name", "k".into())]);
        assert_eq!(demo.seen()[0]["key"], plain.clone().into());
        assert!(!demo.seen()[0].contains_key("__defaults"));
        let created = failure.created.unwrap();
        assert_eq!(created.inputs, properties(inputs), "as the program gave them");
        assert_eq!(created.outputs["key"], plain.into());
        assert!(!created.outputs.contains_key("__defaults"));
    }

    #[tokio::test]
    async fn a_secret_that_is_copied_to_another_output_is_secret_there() {
        let (_, client) = configured().await;
        let inputs = [("act", "copy".into()), ("content", secret("canary"))];
        let created = client.create(create(inputs)).await.unwrap();
        assert_eq!(created.outputs["serial"], secret("number of canary"));
        let inputs = [("act", "copy".into()), ("content", "canary-token".into())];
        let created = client.create(create(inputs)).await.unwrap();
        assert_eq!(created.outputs["serial"], secret("number of canary-token"), "it configures");
        assert_eq!(
            created.outputs["content"],
            "canary-token".into(),
            "the program shows it itself"
        );
    }

    #[tokio::test]
    async fn a_mark_of_the_providers_own_stays() {
        let (_, client) = configured().await;
        let created = client.create(create([("act", "mark".into())])).await.unwrap();
        assert_eq!(created.outputs["serial"], secret("canary-serial"));
        assert_eq!(created.outputs["content"], Value::Null);
    }

    #[tokio::test]
    async fn an_unknown_output_becomes_null_and_a_warning() {
        let (_, client) = configured().await;
        let created = client.create(create([("act", "unknown".into())])).await.unwrap();
        assert_eq!(created.id, "box-1");
        assert_eq!(created.outputs["serial"], Value::Null);
        assert_eq!(created.outputs["labels"], properties([("a", Value::Null)]).into());
        let message = client.next_message().await.unwrap();
        assert_eq!(message.severity, Severity::Warning);
        assert!(message.text.contains("no value for labels.a, serial"), "{}", message.text);
    }

    #[tokio::test]
    async fn a_resource_that_was_made_in_part_keeps_its_id() {
        let (_, client) = configured().await;
        let inputs = [("act", "partial".into()), ("content", secret("canary"))];
        let failure = client.create(create(inputs)).await.unwrap_err();
        assert_eq!(failure.code, "Unavailable");
        assert_eq!(failure.reasons, ["could not close over [secret]"]);
        let created = failure.created.unwrap();
        assert_eq!(created.id, "box-1");
        assert_eq!(created.inputs["content"], secret("canary"));
        assert_eq!(created.outputs["content"], secret("canary"));
        assert_eq!(created.outputs["seal"], secret("canary-seal"));
    }

    #[tokio::test]
    async fn a_failure_is_told_without_secrets() {
        let (_, client) = configured().await;
        let inputs = [("act", "fail".into()), ("content", secret("canary"))];
        let failure = client.create(create(inputs)).await.unwrap_err();
        assert_eq!(failure.to_string(), "AlreadyExists: there is [secret] in it");
        assert_eq!(failure.created, None);
    }

    #[tokio::test]
    async fn outputs_that_are_not_what_the_table_says_are_a_failure_that_keeps_the_id() {
        let (_, client) = configured().await;
        let inputs = [("act", "lie".into()), ("content", secret("canary"))];
        let failure = client.create(create(inputs)).await.unwrap_err();
        assert_eq!(
            failure.to_string(),
            "Aborted: the demo provider returned for demo:index:Box what its table does not say, a fault of \
             the provider: contnet: no such property in the table: did you mean `content`?; serial: missing: \
             null says that there is none"
        );
        let created = failure.created.unwrap();
        assert_eq!((created.id.as_str(), &created.inputs["content"]), ("box-1", &secret("canary")));
    }

    #[tokio::test]
    async fn a_resource_without_an_id_is_a_failure() {
        let (_, client) = configured().await;
        let failure = client.create(create([("act", "no id".into())])).await.unwrap_err();
        assert_eq!(failure.code, "Aborted");
        assert!(failure.message.contains("gave it no id"), "{failure}");
    }

    #[tokio::test]
    async fn an_unconfigured_provider_makes_nothing() {
        let demo = Demo::default();
        let client = Client::start(demo.clone()).await.unwrap();
        let failure = client.create(create([])).await.unwrap_err();
        assert_eq!(failure.code, "FailedPrecondition");
        assert!(demo.seen().is_empty());
    }

    #[tokio::test]
    async fn messages_larger_than_usual_are_taken() {
        let (_, client) = configured().await;
        let content = "x".repeat(5_000_000);
        let created = client.create(create([("content", content.as_str().into())])).await.unwrap();
        assert_eq!(created.outputs["content"].as_str(), Some(content.as_str()));
    }

    #[tokio::test]
    async fn a_large_resource_made_in_part_is_kept_whole() {
        let (_, client) = configured().await;
        let content = "x".repeat(100_000);
        let labels = properties([("a", content.as_str().into())]);
        let inputs = [("act", "partial".into()), ("labels", labels.clone().into())];
        let failure = client.create(create(inputs)).await.unwrap_err();
        assert_eq!(failure.created.unwrap().outputs["labels"], labels.into());
    }
}
