//! Update: a resource is changed, or a preview says what it would become.

use std::sync::Arc;

use tonic::Status;

use super::answer::Marks;
use super::look_ahead::look_ahead;
use super::proto::{UpdateRequest, UpdateResponse};
use super::receive::receive;
use super::session::{Session, Target, timeout};
use super::write::{Verb, write};
use crate::conform::output_faults;
use crate::error::Error;
use crate::preview::preview_update;
use crate::provider::{self, Known, Provider};
use crate::secrets::left;
use crate::state::{keep_meta, meta, said, strip};
use crate::value::reveal;

/// Changes the resource; in a preview, the provider only looks ahead.
pub async fn update<P: Provider>(
    session: &Arc<Session<P>>,
    request: UpdateRequest,
) -> Result<UpdateResponse, Status> {
    let (target, name) = session.target(request.urn)?;
    let old_inputs = receive("old_inputs", request.old_inputs)?;
    let old_outputs = receive("olds", request.olds)?;
    let marked = receive("news", request.news)?;
    let fields = target.resource.fields;
    let mut inputs = said(fields, reveal(marked.clone()));
    strip(&mut inputs);
    let secrets = session.secrets();
    let secrets = secrets.and(fields, &marked).and(fields, &old_inputs).and(fields, &old_outputs);
    // What left the program may stay on the server, and in the outputs, as secret as it was.
    let left = left(&old_outputs, &marked);
    let marks = Marks { fields, like: vec![marked, left] };
    let old = Known { inputs: said(fields, reveal(old_inputs)), outputs: reveal(old_outputs) };
    if request.preview {
        look_ahead(session, &target, &inputs, Some(&old.inputs), &secrets).await;
        let outputs = marks.put_on(preview_update(target.resource, &old, &inputs));
        return Ok(UpdateResponse { properties: Some(outputs), refresh_before_update: false });
    }
    session.require_configured()?;
    let request = provider::UpdateRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        id: request.id,
        old,
        inputs,
        ignore_changes: request.ignore_changes,
        timeout: timeout(request.timeout),
    };
    let call = {
        let (session, Target { urn, code, .. }) = (session.clone(), target.clone());
        async move {
            let context = session.context(&urn, &secrets);
            let meta = meta(&request.old.outputs);
            let (id, token) =
                (request.id.clone(), session.package().resource_token(request.resource));
            let failed = |mut error: Error| {
                if let Some(partial) = error.created.as_mut().filter(|it| it.id.is_empty()) {
                    partial.id = id;
                }
                Err(marks.failure(error, &secrets, &context.log))
            };
            match code.update(&session.provider, &context, request).await {
                Err(error) => failed(error),
                Ok(mut outputs) => {
                    if let Err(fault) = session.hold(&token, output_faults(fields, &outputs)) {
                        let inputs = marks.like.first().cloned().unwrap_or_default();
                        return failed(fault.updated(inputs, outputs));
                    }
                    keep_meta(meta, &mut outputs);
                    Ok(UpdateResponse {
                        properties: Some(marks.outputs(outputs, &secrets, &context.log)),
                        refresh_before_update: false,
                    })
                }
            }
        }
    };
    write(session, &target, Verb::Update, call, async move |_| {
        format!(
            "{name:?} was changed after the engine had stopped waiting for it: `pulumi refresh` brings the \
             stack up to date"
        )
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{Demo, TOKEN, configured, properties, secret};
    use crate::server::testing::{Client, Update, urn};
    use crate::value::{Object, Value};

    fn asked(old: Object, news: Object) -> Update {
        let old = Known { inputs: old.clone(), outputs: old };
        Update { urn: urn(TOKEN, "b"), id: "box-1".into(), old, news, ..Update::default() }
    }

    #[tokio::test]
    async fn values_come_plain_and_go_back_marked_like_the_new_inputs() {
        let (demo, client) = configured().await;
        let old = properties([("content", secret("x")), ("password", secret(Value::Null))]);
        let news = properties([("content", "y".into()), ("labels", secret(properties([])))]);
        let outputs = client.update(asked(old, news)).await.unwrap();
        let plain_old = properties([("content", "x".into()), ("password", Value::Null)]);
        let plain_new = properties([("content", "y".into()), ("labels", properties([]).into())]);
        assert_eq!(*demo.seen(), [plain_old.clone(), plain_old, plain_new]);
        assert_eq!(outputs["content"], "y".into());
        assert_eq!(outputs["labels"], secret(properties([])));
    }

    #[tokio::test]
    async fn what_a_bridged_provider_stored_stays_but_for_what_is_stale() {
        let (_, client) = configured().await;
        let old = properties([
            ("content", "x".into()),
            ("__meta", "{}".into()),
            ("__pulumi_raw_state_delta", properties([]).into()),
        ]);
        let outputs =
            client.update(asked(old, properties([("content", "y".into())]))).await.unwrap();
        assert_eq!(outputs["__meta"], "{}".into());
        assert_eq!(outputs.get("__pulumi_raw_state_delta"), None);
    }

    #[tokio::test]
    async fn a_preview_changes_nothing() {
        let demo = Demo::default();
        let client = Client::start(demo.clone()).await.unwrap();
        let old = properties([("content", "x".into()), ("serial", "42".into())]);
        let news = properties([("content", Value::Unknown), ("password", secret("z"))]);
        let request = Update { preview: true, ..asked(old, news) };
        let outputs = client.update(request).await.unwrap();
        assert_eq!(outputs["content"], Value::Unknown);
        assert_eq!(outputs["password"], secret("z"));
        assert_eq!(outputs["serial"], "42".into());
        assert!(demo.seen().is_empty());
    }

    #[tokio::test]
    async fn what_left_the_program_stays_as_secret_as_it_was() {
        let (_, client) = configured().await;
        let old = properties([("content", secret("x")), ("serial", secret("42"))]);
        let request = Update { preview: true, ..asked(old, properties([])) };
        let outputs = client.update(request).await.unwrap();
        assert_eq!(outputs["serial"], secret("42"));
    }

    #[tokio::test]
    async fn what_left_a_block_stays_as_secret_as_it_was() {
        let (_, client) = configured().await;
        let block = |name: Value| properties([("name", name), ("secret", "s".into())]);
        let news = properties([
            ("key", properties([("secret", "t".into())]).into()),
            ("labels", properties([("b", "y".into())]).into()),
        ]);
        // Marked alone, and with the whole block around it.
        for key in [block(secret("canary")).into(), secret(block("canary".into()))] {
            let outputs = properties([
                ("key", key),
                ("labels", properties([("a", secret("x")), ("b", secret("z"))]).into()),
            ]);
            let old = Known { inputs: properties([]), outputs };
            let request = Update { preview: true, old, ..asked(properties([]), news.clone()) };
            let outputs = client.update(request).await.unwrap();
            let key = properties([("name", secret("canary")), ("secret", secret("t"))]);
            assert_eq!(outputs["key"], key.into());
            let labels = properties([("a", secret("x")), ("b", "y".into())]);
            assert_eq!(outputs["labels"], labels.into(), "what is given plainly is plain");
        }
    }

    #[tokio::test]
    async fn a_failure_shows_neither_old_nor_new_secrets() {
        let (_, client) = configured().await;
        let old = properties([("content", secret("canary"))]);
        let news = properties([("act", "fail".into()), ("content", "canary".into())]);
        let failure = client.update(asked(old, news)).await.unwrap_err();
        assert_eq!(failure.to_string(), "AlreadyExists: there is [secret] in it");
    }

    #[tokio::test]
    async fn an_update_that_failed_in_part_says_what_is_there() {
        let (_, client) = configured().await;
        let news = properties([("act", "partial".into()), ("content", "y".into())]);
        let failure = client.update(asked(properties([]), news)).await.unwrap_err();
        let there = failure.created.unwrap();
        assert_eq!((there.id.as_str(), &there.outputs["content"]), ("box-1", &"y".into()));
    }

    #[tokio::test]
    async fn outputs_that_are_not_what_the_table_says_are_a_failure_that_keeps_them() {
        let (_, client) = configured().await;
        let news = properties([("act", "lie".into()), ("content", "y".into())]);
        let failure = client.update(asked(properties([]), news)).await.unwrap_err();
        assert!(failure.message.contains("serial: missing"), "{failure}");
        let there = failure.created.unwrap();
        assert_eq!((there.id.as_str(), &there.outputs["content"]), ("box-1", &"y".into()));
    }
}
