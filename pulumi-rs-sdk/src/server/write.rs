//! Calls that change something: each runs in a task of its own, to its end.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tonic::Status;

use super::fault::contain;
use super::session::{Session, Target};
use crate::provider::Provider;
use crate::secrets::Redactor;

/// How long a write that was sent already may run on after a cancel, for its outcome to be known.
const GRACE: Duration = Duration::from_secs(20);

/// Counts the writes under way.
#[derive(Default)]
pub struct Writes {
    count: watch::Sender<usize>,
}

/// One write under way, until dropped.
struct UnderWay(watch::Sender<usize>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Writes {
    fn enter(&self) -> UnderWay {
        self.count.send_modify(|count| *count += 1);
        UnderWay(self.count.clone())
    }

    /// Waits until none is under way.
    pub async fn end(&self) {
        // The sender lives in `self`, so that the wait ends by the count alone.
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// What a write does, for the texts about it.
#[derive(Clone, Copy)]
pub enum Verb {
    Create,
    Update,
    Delete,
}

impl Verb {
    fn doing(self) -> &'static str {
        match self {
            Verb::Create => "creating",
            Verb::Update => "updating",
            Verb::Delete => "deleting",
        }
    }

    /// What nobody knows where it did not come to its end.
    fn unknown(self) -> &'static str {
        match self {
            Verb::Create => "whether it was made is not known: look for it before the next update",
            Verb::Update => "how much of it was changed is not known: run `pulumi refresh`",
            Verb::Delete => "whether it is gone is not known: run `pulumi refresh`",
        }
    }
}

/// Runs a write to its end, even where the engine stops listening: then `told` is what the user reads,
/// as a message, of an outcome that nobody takes.
///
/// # Errors
/// Those of the write; a panic in it; and 20 s after a cancel, that it did not end.
pub async fn write<P: Provider, T: Send + 'static>(
    session: &Arc<Session<P>>,
    target: &Target,
    verb: Verb,
    call: impl Future<Output = Result<T, Status>> + Send + 'static,
    told: impl FnOnce(&T) -> String + Send + 'static,
) -> Result<T, Status> {
    let (answer, outcome) = oneshot::channel();
    let token = session.package().resource_token(target.resource);
    let doing = format!("{} {token}", verb.doing());
    let under_way = session.writes.enter();
    tokio::spawn({
        let (session, target, doing) = (session.clone(), target.clone(), doing.clone());
        async move {
            let result = match contain(call).await {
                Ok(result) => result,
                Err(panicked) => {
                    let status = panicked.status(session.package(), &doing);
                    Err(Status::new(
                        status.code(),
                        format!("{}; {}", status.message(), verb.unknown()),
                    ))
                }
            };
            if let Err(Ok(unheard)) = answer.send(result) {
                let text = told(&unheard);
                tracing::warn!(urn = target.urn, "{text}");
                session.log(&target.urn, &Redactor::new()).warning(text);
            }
            drop(under_way);
        }
    });
    tokio::select! {
        biased;
        result = outcome => result.unwrap_or_else(|_| {
            Err(Status::aborted(format!("{doing} ended without an outcome; {}", verb.unknown())))
        }),
        () = session.out_of_time(GRACE) => Err(Status::cancelled(format!(
            "{doing} was cancelled and did not end within {} s; {}",
            GRACE.as_secs(),
            verb.unknown()
        ))),
    }
}
