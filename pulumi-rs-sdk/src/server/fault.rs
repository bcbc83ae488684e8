//! Panics: each becomes a failure of the call in which it happened, without the values it may have shown.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use tonic::{Code, Status};

use crate::table::Package;

thread_local! {
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A panic, and where it happened if that is known.
#[derive(Debug, PartialEq, Eq)]
pub struct Panicked {
    location: Option<String>,
}

/// Has panics reported by their place in the source only: their messages may hold secrets.
pub fn report_places_only() {
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        let place = location.as_deref().unwrap_or("an unknown place");
        // A closed stderr must not make a panic of this.
        let _ = writeln!(std::io::stderr(), "panic at {place}");
        LOCATION.set(location);
    }));
}

/// Runs the call, and stops a panic in it.
pub async fn contain<T>(call: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut call = Box::pin(call);
    // After a panic the call is not polled again, so that nobody sees what it left broken.
    poll_fn(move |context| match catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(answer)) => Poll::Ready(Ok(answer)),
        Err(_) => Poll::Ready(Err(Panicked { location: LOCATION.take() })),
    })
    .await
}

impl Panicked {
    /// What the user is told: whose fault it is, what it was about, and where to report it.
    ///
    /// `Aborted` is among the codes that the engine takes for an ordinary failure.
    pub fn status(&self, package: &Package, doing: &str) -> Status {
        let Package { name, version, repository, .. } = package;
        let place = match &self.location {
            Some(location) => format!(" at {location}"),
            None => String::new(),
        };
        let report = match *repository {
            "" => "report it to its authors".to_owned(),
            repository => format!("report it at {repository}"),
        };
        Status::new(
            Code::Aborted,
            format!(
                "{doing} failed by a fault of the {name} provider {version} itself{place}, not of your \
                 program; please {report} (this text holds no values of yours)"
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::package;

    #[tokio::test]
    async fn a_panic_is_an_error_that_shows_no_values() {
        let panicked = contain(async { panic!("hunter2") }).await.map(|(): ()| ()).unwrap_err();
        let package = package("demo", "1.2.3").repository("https://example.com/demo");
        let status = panicked.status(&package, "creating demo:index:Box");
        assert_eq!(status.code(), Code::Aborted);
        assert_eq!(
            status.message(),
            "creating demo:index:Box failed by a fault of the demo provider 1.2.3 itself, not of your \
             program; please report it at https://example.com/demo (this text holds no values of yours)"
        );
    }

    #[tokio::test]
    async fn what_does_not_panic_is_left_alone() {
        let answer = contain(async {
            tokio::task::yield_now().await;
            7
        });
        assert_eq!(answer.await, Ok(7));
    }
}
