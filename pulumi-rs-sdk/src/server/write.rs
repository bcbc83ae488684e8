//! Calls that change something: each runs in a task of its own, to its end.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::fault::contain;
use super::session::{Session, Target};
use crate::provider::Provider;
use crate::secrets::Redactor;

/// How long a write may run on after a cancel, for its outcome to be known: what was sent already has 20 s
/// to be answered, and the provider some more to say what that means.
const GRACE: Duration = Duration::from_secs(25);

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

/// Runs a write to its end, even where the engine stops listening: an outcome that nobody takes goes to
/// `unheard`, which answers what the user reads of it.
///
/// # Errors
/// Those of the write; a panic in it; and 25 s after a cancel, that it did not end.
pub async fn write<P: Provider, T: Send + 'static, Told: Future<Output = String> + Send>(
    session: &Arc<Session<P>>,
    target: &Target<P>,
    verb: Verb,
    call: impl Future<Output = Result<T, Status>> + Send + 'static,
    unheard: impl FnOnce(T) -> Told + Send + 'static,
) -> Result<T, Status> {
    let (answer, outcome) = oneshot::channel();
    let token = session.package().resource_token(target.resource);
    let doing = format!("{} {token}", verb.doing());
    let operation = session.operation();
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
            if let Err(outcome) = answer.send(result) {
                let text = match outcome {
                    Ok(outcome) => unheard(outcome).await,
                    // It may name what was made in part, or what to look for.
                    Err(status) => format!(
                        "{doing} failed after the engine had stopped waiting for it: {}",
                        status.message()
                    ),
                };
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
        () = out_of_time(operation) => Err(Status::cancelled(format!(
            "{doing} was cancelled and did not end within {} s; {}",
            GRACE.as_secs(),
            verb.unknown()
        ))),
    }
}

async fn out_of_time(operation: CancellationToken) {
    operation.cancelled().await;
    tokio::time::sleep(GRACE).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::{Demo, SOON, TOKEN, configured, create, properties, secret};
    use crate::server::proto::CreateRequest;
    use crate::server::testing::listener::Listener;
    use crate::server::testing::urn;
    use crate::server::wire::encode;
    use crate::value::{Object, reveal};

    #[tokio::test]
    async fn a_create_whose_engine_stopped_listening_comes_to_its_end_and_is_undone_or_tells_its_id()
     {
        struct Case {
            content: &'static str,
            told: &'static str,
        }
        let import = "was made with the id \"box-1\" after the engine had stopped waiting for it: \
                      `pulumi import demo:index:Box b box-1` takes it into the stack";
        let cases = [
            Case {
                content: "x",
                told: "was made after the engine had stopped waiting for it, and was therefore deleted \
                       again: run `pulumi up` again",
            },
            Case { content: "nailed down", told: import },
            Case { content: "stuck", told: import },
        ];
        for Case { content, told } in cases {
            let demo = Demo::default();
            let session = Session::new(demo.clone());
            session.set_configured(Redactor::new());
            let listener = Listener::start(CancellationToken::new()).await.unwrap();
            session.engine.attach(&listener.address).await;
            let inputs: Object = properties([("act", "wait".into()), ("content", secret(content))]);
            let request = CreateRequest {
                urn: urn(TOKEN, "b"),
                properties: Some(encode(inputs.clone())),
                ..CreateRequest::default()
            };
            tokio::select! {
                _ = crate::server::create::create(&session, request) => panic!("it waits"),
                () = demo.hanging.notified() => {}
            }
            session.operation().cancel();
            demo.go_on.notify_one();
            let message = listener.next().await.unwrap();
            assert_eq!(message.urn, urn(TOKEN, "b"));
            assert_eq!(message.text, format!("demo:index:Box \"b\" {told}"));
            let seen = demo.seen();
            assert_eq!(seen[1], reveal(inputs));
            assert_eq!(seen[2]["serial"], "42".into());
            assert_eq!(seen[2]["content"], content.into());
        }
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_of_its_resource_alone() {
        let (_, client) = configured().await;
        let inputs = [("act", "panic".into()), ("content", secret("canary"))];
        let (broken, whole) =
            tokio::join!(client.create(create(inputs)), client.create(create([])));
        let failure = broken.unwrap_err();
        assert_eq!(failure.code, "Aborted");
        for part in ["creating demo:index:Box failed", "https://example.com/demo", "not known"] {
            assert!(failure.message.contains(part), "{failure}");
        }
        assert!(!failure.message.contains("canary"), "{failure}");
        assert_eq!(whole.unwrap().id, "box-1");
        assert_eq!(client.create(create([])).await.unwrap().id, "box-1");
    }

    #[tokio::test]
    async fn the_end_of_all_writes_is_waited_for() {
        let session = Session::new(Demo::default());
        tokio::time::timeout(SOON, session.writes.end()).await.unwrap();
        let first = session.writes.enter();
        let second = session.writes.enter();
        drop(first);
        let mut end = Box::pin(session.writes.end());
        let waiting = tokio::time::timeout(Duration::from_millis(20), &mut end).await;
        assert!(waiting.is_err(), "one is under way");
        drop(second);
        tokio::time::timeout(SOON, end).await.unwrap();
    }
}
