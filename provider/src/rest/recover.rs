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
        let mut found = Vec::new();
        for wait in LOOKS {
            if pause(context, wait).await.is_none() {
                break;
            }
            found = match self.look(context, request, &trace).await {
                Ok(found) => found,
                Err(search) => return Err(unsure(error, request, &search)),
            };
            if !found.is_empty() {
                break;
            }
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
        Trace::MadeUpName(name) | Trace::Name(name) => {
            format!("{} with the name {name:?}", request.resource.name)
        }
        Trace::Key | Trace::None => format!("{} like this one", request.resource.name),
    };
    error.message.push_str(&format!(
        "; no {what} was on the tenant a moment later: look for one before you run `pulumi up` again"
    ));
    error
}

fn unsure(mut error: Error, request: &CreateRequest, search: &Error) -> Error {
    let why = match search.kind {
        ErrorKind::Cancelled => "the update was cancelled".to_owned(),
        _ => search.to_string(),
    };
    error.message.push_str(&format!(
        "; whether the {} was made could not be found out ({why}): look for it on the tenant, and \
         import or delete it before you run again",
        request.resource.name
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
