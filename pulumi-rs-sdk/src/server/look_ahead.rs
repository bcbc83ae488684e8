//! What a preview warns of: nothing that it finds fails.

use std::time::Duration;

use super::fault;
use super::session::{Session, Target};
use crate::check::{CheckFailure, beyond_what_is_stated};
use crate::provider::{LookAheadRequest, Provider};
use crate::secrets::Redactor;
use crate::state::not_sent;
use crate::value::Object;

/// A preview without a connection must not be slow.
const PATIENCE: Duration = Duration::from_secs(2);

/// Warns of what the inputs hold beyond what the API states, all at once, and lets the provider warn of what the
/// update will meet.
///
/// What `old` inputs held was sent before, and is not told again. A create has none.
pub async fn look_ahead<P: Provider>(
    session: &Session<P>,
    target: &Target<P>,
    inputs: &Object,
    old: Option<&Object>,
    secrets: &Redactor,
) {
    let (is_new, none) = (old.is_none(), Object::new());
    let old = old.unwrap_or(&none);
    let before = beyond_what_is_stated(target.resource, old);
    let mut beyond = beyond_what_is_stated(target.resource, inputs);
    beyond.retain(|new| !before.contains(new));
    if !beyond.is_empty() {
        session.log(&target.urn, secrets).warning(stated(&beyond));
    }
    let mut idle = not_sent(target.resource.fields, inputs);
    let before = not_sent(target.resource.fields, old);
    idle.retain(|new| !before.contains(new));
    if !idle.is_empty() {
        session.log(&target.urn, secrets).warning(unsent(&idle));
    }
    if session.require_configured().is_err() {
        return;
    }
    let context = session.context(&target.urn, secrets);
    let request = LookAheadRequest {
        resource: target.resource,
        urn: target.urn.clone(),
        inputs: inputs.clone(),
        is_new,
    };
    // A panic has been reported by its place; the preview goes on without what it would have said.
    let look = fault::contain(target.code.look_ahead(&session.provider, &context, request));
    let _ = tokio::time::timeout(PATIENCE, look).await;
}

fn stated(beyond: &[CheckFailure]) -> String {
    listed("the API will probably refuse this, by what its document says:", beyond)
}

fn unsent(idle: &[CheckFailure]) -> String {
    listed("this is not sent to the API, and changes nothing there:", idle)
}

fn listed(what: &str, all: &[CheckFailure]) -> String {
    let lines = all.iter().map(|one| format!("\n  {one}"));
    what.to_owned() + &lines.collect::<String>()
}

#[cfg(test)]
mod tests {
    use crate::provider::Known;
    use crate::server::demo::{TOKEN, configured, create, properties, secret};
    use crate::server::testing::{Create, Update, urn};
    use crate::value::Value;

    const TOLD: &str = "the API will probably refuse this, by what its document says:";

    #[tokio::test]
    async fn a_preview_tells_at_once_all_that_is_beyond_what_the_api_states() {
        let (_, client) = configured().await;
        let labels =
            properties([("a", "x".into()), ("b", "much too long".into()), ("c", "y".into())]);
        let inputs = [("content", secret("canary <")), ("labels", labels.into())];
        client.create(Create { preview: true, ..create(inputs) }).await.unwrap();
        assert_eq!(
            client.next_message().await.unwrap().text,
            format!(
                "{TOLD}\n  content: must not hold '<'\n  labels: expected at most 2 entries, got 3\n  \
                 labels.b: expected at most 10 characters, got 13"
            )
        );
    }

    #[tokio::test]
    async fn an_update_tells_only_what_is_new() {
        let (_, client) = configured().await;
        let inputs = |content: &str, label: &str| {
            let labels = properties([("a", label.into())]);
            properties([("content", Value::from(content)), ("labels", labels.into())])
        };
        let old = inputs("<", "x");
        let update = |news| Update {
            urn: urn(TOKEN, "b"),
            id: "box-1".into(),
            old: Known { inputs: old.clone(), outputs: old.clone() },
            news,
            preview: true,
            ..Update::default()
        };
        client.update(update(inputs("<", "much too long"))).await.unwrap();
        assert_eq!(
            client.next_message().await.unwrap().text,
            format!("{TOLD}\n  labels.a: expected at most 10 characters, got 13")
        );
    }
}
