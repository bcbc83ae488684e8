//! Cancel: the end of all that is under way. The process stays until it is told by a signal.

use std::time::Duration;

use super::session::Session;
use crate::provider::Provider;

/// How long messages that wait may hold the answer up.
const LAST_MESSAGES: Duration = Duration::from_millis(200);

/// Ends waits and reads, and lets writes that were sent come to their end.
///
/// The engine sends it at the end of every operation, not only when the user stops one; messages that
/// wait are delivered first, since after this nobody listens to them.
pub async fn cancel<P: Provider>(session: &Session<P>) {
    end(session, LAST_MESSAGES).await;
}

async fn end<P: Provider>(session: &Session<P>, last_messages: Duration) {
    session.operation().cancel();
    session.provider.operation_ends(&session.context("", &session.secrets()));
    session.engine.flush(last_messages).await;
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::secrets::Redactor;
    use crate::server::demo::{Demo, SOON, configured, create};
    use crate::server::handshake::handshake;
    use crate::server::proto::ProviderHandshakeRequest;
    use crate::server::testing::listener::Listener;

    #[tokio::test]
    async fn cancel_ends_a_create_that_waits() {
        let (demo, client) = configured().await;
        let hanging = timeout(SOON, client.create(create([("act", "hang".into())])));
        let (failure, ()) = tokio::join!(hanging, async {
            demo.hanging.notified().await;
            timeout(SOON, client.cancel()).await.unwrap().unwrap();
        });
        assert_eq!(failure.unwrap().unwrap_err().to_string(), "Cancelled: the box was not touched");
    }

    #[tokio::test]
    async fn after_a_cancel_another_engine_may_come() {
        let session = Session::new(Demo::default());
        let handshake = || handshake(&session, ProviderHandshakeRequest::default());
        let first = session.operation();
        cancel(&session).await;
        assert!(first.is_cancelled() && session.operation().is_cancelled());
        handshake().await;
        assert!(!session.operation().is_cancelled());
        session.ending.cancel();
        handshake().await;
        assert!(session.operation().is_cancelled(), "the process ends, whoever comes");
    }

    #[tokio::test]
    async fn messages_that_wait_are_delivered_before_the_answer() {
        let session = Session::new(Demo::default());
        let listener = Listener::start(CancellationToken::new()).await.unwrap();
        session.engine.attach(&listener.address).await;
        let log = session.log("urn:x", &Redactor::new());
        (0..20).for_each(|number| log.info(format!("{number}")));
        // However busy the machine is: how long they may take is not what is tested here.
        end(&session, SOON).await;
        assert_eq!(listener.arrived().await.len(), 20);
    }

    #[tokio::test]
    async fn cancel_answers_although_a_create_does_not_heed_it() {
        let (demo, client) = configured().await;
        let hanging = client.create(create([("act", "wait".into())]));
        let (created, ()) = tokio::join!(hanging, async {
            demo.hanging.notified().await;
            timeout(SOON, client.cancel()).await.unwrap().unwrap();
            demo.go_on.notify_one();
        });
        assert_eq!(created.unwrap().id, "box-1", "a write that was sent comes to its end");
    }

    #[tokio::test]
    async fn cancel_is_not_kept_waiting_by_many_calls() {
        let (demo, client) = configured().await;
        let hanging: Vec<_> = (0..400).map(|_| create([("act", "hang".into())])).collect();
        let calls = async {
            let mut failures = 0;
            let mut calls = tokio::task::JoinSet::new();
            let client = std::sync::Arc::new(client);
            for call in hanging {
                let client = client.clone();
                calls.spawn(async move { client.create(call).await.is_err() });
            }
            while demo.seen().len() < 400 {
                tokio::task::yield_now().await;
            }
            timeout(SOON, client.cancel()).await.unwrap().unwrap();
            while let Some(failed) = calls.join_next().await {
                failures += usize::from(failed.unwrap());
            }
            failures
        };
        assert_eq!(timeout(SOON * 4, calls).await.unwrap(), 400);
    }
}
