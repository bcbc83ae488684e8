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
    session.cancel.cancel();
    session.engine.flush(LAST_MESSAGES).await;
}
