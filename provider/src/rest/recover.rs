//! A create whose outcome is unknown: it is found out whether something was made.

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created};

use super::adopt::ADOPTED;
use super::create::{created, refused};
use super::find::{Found, LOOKS, Trace, trace};
use super::tenant::{Place, Tenant};
use crate::api::ApiError;

impl Tenant {
    /// Finds out whether the create that failed with `error` has made something.
    ///
    /// # Guarantees
    /// The request is not sent again. An object is taken over only if it has the natural key of the
    /// request, or alone has a name that Check made up for this resource. Nothing is taken on a guess.
    pub(super) async fn recover(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Place,
        error: ApiError,
    ) -> Result<Created, Error> {
        let error = Error::from(error);
        let trace = trace(request);
        context.log.status("looking whether it was made, since no answer could be read");
        let (mut found, mut failure) = (Vec::new(), None);
        for wait in LOOKS {
            if pause(context, wait).await.is_none() {
                break;
            }
            // What kept the answer of the create may keep that of a look too, and pass before the next.
            match self.look(context, request, &trace).await {
                Ok(seen) => (found, failure) = (seen, None),
                Err(search) => failure = Some(search),
            }
            let is_refused =
                failure.as_ref().is_some_and(|f| f.kind == ErrorKind::PermissionDenied);
            if is_refused || !found.is_empty() {
                break;
            }
        }
        if let Some(search) = failure {
            return Err(unsure(error, request, &trace, &search));
        }
        match (found.len(), &trace) {
            // The API holds it unique: sent once more, the request cannot make a second one.
            (0, Trace::Key) if !context.cancel.is_cancelled() => {
                match self.post(context, request, rest).await {
                    Ok(made) => Ok(made),
                    Err(refusal @ ApiError::Conflict { .. }) => {
                        self.adopt_existing(context, request, rest, refusal).await
                    }
                    Err(ApiError::UnknownOutcome { .. }) => {
                        Err(nothing_found(error, request, &trace))
                    }
                    Err(refusal) => Err(refused(refusal, request)),
                }
            }
            (0, _) => Err(nothing_found(error, request, &trace)),
            (1, Trace::Key | Trace::MadeUpName(_)) => {
                let (id, answer) = found.swap_remove(0);
                self.settle(request)?;
                self.ownership.find(&id);
                let known = created(request, id.clone(), &answer);
                if let Trace::MadeUpName(_) = trace {
                    let text = format!("{id} had been made although no answer came: taken over");
                    context.log.info(text);
                    return Ok(known);
                }
                // Nothing tells whether it is from this create or was there before.
                self.ownership.keep(&id, &request.urn);
                context.log.warning(format!(
                    "{id} was on the tenant when the answer to its create was lost, {ADOPTED}"
                ));
                let brought =
                    self.bring_to_program(context, request, rest, id.clone(), answer).await;
                // It is there, and the program's, whatever has become of its settings.
                brought.map_err(|error| error.created(id, request.inputs.clone(), known.outputs))
            }
            _ => Err(candidates(error, request, &found)),
        }
    }

    async fn look(
        &self,
        context: &Context,
        request: &CreateRequest,
        trace: &Trace<'_>,
    ) -> Result<Vec<Found>, Error> {
        match trace {
            Trace::Key => {
                let found = self.find_by_key(context, request).await?;
                Ok(found.into_iter().collect())
            }
            Trace::MadeUpName(name) | Trace::Name(name) => {
                self.find_by_name(context, request, name).await
            }
            Trace::None => Ok(Vec::new()),
        }
    }
}

/// Waits; `None` where the user stopped the update meanwhile.
async fn pause(context: &Context, wait: std::time::Duration) -> Option<()> {
    tokio::select! {
        biased;
        () = context.cancel.cancelled(), if !wait.is_zero() => None,
        () = tokio::time::sleep(wait) => Some(()),
    }
}

fn nothing_found(mut error: Error, request: &CreateRequest, trace: &Trace<'_>) -> Error {
    let what = match trace {
        Trace::MadeUpName(name) | Trace::Name(name) => with_name(request, name),
        Trace::Key | Trace::None => format!("{} like this one", request.resource.name),
    };
    error.message.push_str(&format!(
        "; no {what} was on the tenant a moment later: look for one before you run `pulumi up` again"
    ));
    error
}

fn with_name(request: &CreateRequest, name: &str) -> String {
    format!("{} with the name {name:?}", request.resource.name)
}

fn unsure(mut error: Error, request: &CreateRequest, trace: &Trace<'_>, search: &Error) -> Error {
    let why = match search.kind {
        ErrorKind::Cancelled => "the update was cancelled".to_owned(),
        _ => search.to_string(),
    };
    let what = match trace {
        Trace::MadeUpName(name) | Trace::Name(name) => with_name(request, name),
        Trace::Key | Trace::None => request.resource.name.to_owned(),
    };
    error.message.push_str(&format!(
        "; whether the {what} was made could not be found out ({why}): look for it on the tenant, and \
         import or delete it before you run again"
    ));
    error
}

fn candidates(mut error: Error, request: &CreateRequest, found: &[Found]) -> Error {
    let lines: Vec<String> =
        found.iter().map(|(id, _)| format!("\n  {}", request.import_line(id))).collect();
    error.message.push_str(&format!(
        "; it may have been made: these have its name on the tenant. If one of them is it, import it; \
         otherwise run `pulumi up` again:{}",
        lines.concat()
    ));
    error
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use auth0_local_tenant::{Options, Running, Tenant as LocalTenant};
    use pulumi_rs_sdk::log::Log;
    use serde_json::json;
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::api::in_process::api;
    use crate::resources::CLIENT;
    use crate::rest::testing::object;

    const LOST: &str = "POST /api/v2/clients => reset-after x1";

    /// A client whose create these faults meet, and the tenant.
    async fn create(faults: [&str; 2]) -> (Result<Created, Error>, Arc<Running>) {
        let faults = faults.map(|fault| fault.parse().unwrap()).into();
        let local = LocalTenant::start(Options { faults, ..Options::default() });
        let local = Arc::new(local.unwrap());
        let request = CreateRequest {
            resource: &CLIENT,
            token: "auth0:index/client:Client".into(),
            urn: "urn".into(),
            name: "app".into(),
            inputs: object(json!({"name": "app-0a1b2c3", "__defaults": ["name"]})),
            timeout: None,
        };
        let context = Context { log: Log::discard(), cancel: CancellationToken::new() };
        let made = Tenant::new(api(&local, true), false).create(&context, request).await;
        (made, local)
    }

    fn looks(local: &Running) -> usize {
        let requests = local.requests();
        requests.iter().filter(|request| request.method == "GET").count()
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_that_fails_is_not_the_last() {
        let (made, local) = create([LOST, "GET /api/v2/clients => html x2"]).await;
        let made = made.unwrap();
        assert!(local.clients().iter().any(|client| client["client_id"] == *made.id));
        assert_eq!(looks(&local), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn where_every_look_fails_the_error_says_what_to_look_for() {
        let (made, local) = create([LOST, "GET /api/v2/clients => html"]).await;
        let message = made.unwrap_err().message;
        let text =
            "whether the Client with the name \"app-0a1b2c3\" was made could not be found out";
        assert!(message.contains(text), "{message}");
        assert_eq!(looks(&local), LOOKS.len());
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_that_is_not_allowed_is_the_last() {
        let (made, local) = create([LOST, "GET /api/v2/clients => status:403"]).await;
        assert!(made.unwrap_err().message.contains("could not be found out"));
        assert_eq!(looks(&local), 1);
    }
}
