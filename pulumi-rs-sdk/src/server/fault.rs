//! Panics: each becomes a failure of the call in which it happened, without the values it may have shown.

use std::cell::RefCell;
use std::env;
use std::future::{Future, poll_fn};
use std::io::{self, Write};
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

/// Set, it has the texts of panics printed in release builds too.
const TEXTS: &str = "PULUMI_RS_PANICS";

/// Has panics reported to stderr by their place in the source. Their texts may hold secrets, and the engine shows stderr
/// to the user: they are for the author, in debug builds, or where the variable `PULUMI_RS_PANICS` is set.
pub fn report_panics() {
    let with_texts = cfg!(debug_assertions) || env::var_os(TEXTS).is_some();
    std::panic::set_hook(Box::new(move |panic| {
        let location = panic.location().map(ToString::to_string);
        let text = panic.payload_as_str().filter(|_| with_texts);
        // A closed stderr must not make a panic of this.
        let _ = writeln!(io::stderr(), "{}", line(location.as_deref(), text));
        LOCATION.set(location);
    }));
}

fn line(location: Option<&str>, text: Option<&str>) -> String {
    let place = location.unwrap_or("an unknown place");
    match text {
        Some(text) => format!("panic at {place}: {text}"),
        None => format!("panic at {place} (with {TEXTS}=1 its text is shown too)"),
    }
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
    pub fn status<P>(&self, package: &Package<P>, doing: &str) -> Status {
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
        let package: Package = package("demo", "1.2.3").repository("https://example.com/demo");
        let status = panicked.status(&package, "creating demo:index:Box");
        assert_eq!(status.code(), Code::Aborted);
        assert_eq!(
            status.message(),
            "creating demo:index:Box failed by a fault of the demo provider 1.2.3 itself, not of your \
             program; please report it at https://example.com/demo (this text holds no values of yours)"
        );
    }

    #[test]
    fn the_text_of_a_panic_is_for_those_who_ask_for_it() {
        assert_eq!(line(Some("a.rs:1:2"), Some("hunter2")), "panic at a.rs:1:2: hunter2");
        let place = "panic at a.rs:1:2 (with PULUMI_RS_PANICS=1 its text is shown too)";
        assert_eq!(line(Some("a.rs:1:2"), None), place);
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
