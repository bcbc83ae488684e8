//! A create whose outcome is unknown: it is found out whether something was made.

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created};

use super::adopt::ADOPTED;
use super::create::{created, key_given, refused};
use super::find::{Found, LOOKS, Trace, is_as_given, trace};
use super::ownership::spot;
use super::site::Home;
use super::tenant::Tenant;
use crate::api::ApiError;

impl Tenant {
    /// Finds out whether the create that failed with `error` has made something.
    ///
    /// # Guarantees
    /// The request is sent again only where the API holds what it makes unique. An object is taken over only if it has
    /// the natural key of the request, or alone has a name that Check made up for this resource. Nothing is taken on a
    /// guess.
    pub(super) async fn recover(
        &self,
        context: &Context,
        request: &CreateRequest,
        home: &Home,
        error: ApiError,
    ) -> Result<Created, Error> {
        let error = Error::from(error);
        let trace = trace(request);
        let mut found = self.search(context, request, &trace, &error).await?;
        // Sent once more, the request cannot make a second one.
        let is_unique = matches!(trace, Trace::Key | Trace::Sought(..));
        if found.is_empty() && is_unique && !context.cancel.is_cancelled() {
            match self.post(context, request, home).await.map_err(|stopped| stopped.error) {
                Ok(made) => return Ok(made),
                // It may be there now.
                Err(ApiError::UnknownOutcome { .. }) => {
                    found = self.search(context, request, &trace, &error).await?;
                }
                // It is there after all, although a list may not show it yet.
                Err(refusal @ ApiError::Conflict { .. }) => {
                    found = self.search(context, request, &trace, &error).await?;
                    if found.is_empty() {
                        return Err(refused(refusal, request));
                    }
                }
                // What became of the first is as unknown as before.
                Err(refusal) => return Err(unsure(error, request, &trace, &refusal.into())),
            }
        }
        match (found.len(), &trace) {
            (0, _) => Err(nothing_found(error, request, &trace)),
            (1, Trace::Key | Trace::MadeUpName(_)) => {
                self.take_over(context, request, &trace, found.swap_remove(0)).await
            }
            (1, Trace::Sought(..)) if is_as_given(request, &found[0]) => {
                self.take_over(context, request, &trace, found.swap_remove(0)).await
            }
            _ => Err(candidates(error, request, &trace, &found)),
        }
    }

    /// Looks for what the create that failed with `error` may have made, until something is found.
    async fn search(
        &self,
        context: &Context,
        request: &CreateRequest,
        trace: &Trace<'_>,
        error: &Error,
    ) -> Result<Vec<Found>, Error> {
        context.log.status("looking whether it was made, since no answer could be read");
        let mut failure = None;
        for wait in LOOKS {
            if pause(context, wait).await.is_none() {
                break;
            }
            // What kept the answer of the create may keep that of a look too, and pass before the next.
            match self.look(context, request, trace).await {
                Ok(found) if found.is_empty() => failure = None,
                Ok(found) => return Ok(found),
                Err(refusal) if refusal.kind == ErrorKind::PermissionDenied => {
                    return Err(unsure(error.clone(), request, trace, &refusal));
                }
                Err(passing) => failure = Some(passing),
            }
        }
        match failure {
            Some(failure) => Err(unsure(error.clone(), request, trace, &failure)),
            None => Ok(Vec::new()),
        }
    }

    /// Makes what was found the resource's.
    async fn take_over(
        &self,
        context: &Context,
        request: &CreateRequest,
        trace: &Trace<'_>,
        (site, answer): Found,
    ) -> Result<Created, Error> {
        let id = site.id.clone();
        self.settle(request)?;
        self.ownership.find(spot(request.resource, &site));
        let known = created(request, &site, &answer);
        if let Trace::MadeUpName(_) | Trace::Sought(..) = trace {
            let text = format!("{id} had been made although no answer came: taken over");
            context.log.info(text);
            return Ok(known);
        }
        // Nothing tells whether it is from this create or was there before.
        self.ownership.keep(spot(request.resource, &site), &request.urn);
        context.log.warning(format!(
            "{id} was on the tenant when the answer to its create was lost, {ADOPTED}"
        ));
        let brought = self.bring_to_program(context, request, &site, answer).await;
        // It is there, and the program's, whatever has become of its settings.
        brought.map_err(|error| error.created(id, request.inputs.clone(), known.outputs))
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
            Trace::Sought(sought, value) => {
                self.find_sought(context, request, *sought, value).await
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
    error.message.push_str(&format!(
        "; no {} was on the tenant a moment later: look for one before you run `pulumi up` again",
        sought(request, trace)
    ));
    error
}

fn unsure(mut error: Error, request: &CreateRequest, trace: &Trace<'_>, search: &Error) -> Error {
    let why = match search.kind {
        ErrorKind::Cancelled => "the update was cancelled".to_owned(),
        _ => search.to_string(),
    };
    error.message.push_str(&format!(
        "; whether the {} was made could not be found out ({why}): look for it on the tenant, and import or \
         delete it before you run again",
        sought(request, trace)
    ));
    error
}

/// What is looked for, with all that tells it from others.
fn sought(request: &CreateRequest, trace: &Trace<'_>) -> String {
    let name = request.resource.name;
    match trace {
        Trace::MadeUpName(given) | Trace::Name(given) => format!("{name} with the name {given:?}"),
        Trace::Key => format!("{name} with {}", key_given(request).join(", ")),
        Trace::Sought(sought, value) => format!("{name} with `{}` ({value})", sought.row),
        Trace::None => format!("{name} like this one"),
    }
}

fn candidates(
    mut error: Error,
    request: &CreateRequest,
    trace: &Trace<'_>,
    found: &[Found],
) -> Error {
    let what = match trace {
        Trace::Sought(sought, _) => format!("`{}`", sought.row),
        _ => "name".to_owned(),
    };
    let lines: Vec<String> =
        found.iter().map(|(site, _)| format!("\n  {}", request.import_line(&site.id))).collect();
    error.message.push_str(&format!(
        "; it may have been made: these have its {what} on the tenant. If one of them is it, import it; \
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
    use pulumi_rs_sdk::state::{defaults, stripped};
    use pulumi_rs_sdk::table::Resource;
    use serde_json::{Value as Json, json};
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::api::in_process::api;
    use crate::resources::{CLIENT, CLIENT_GRANT};
    use crate::rest::testing::object;

    const LOST: &str = "POST /api/v2/clients => reset-after x1";

    /// A client whose create these faults meet, and the tenant.
    async fn create(faults: [&str; 2]) -> (Result<Created, Error>, Arc<Running>) {
        create_of(&CLIENT, json!({"name": "app-0a1b2c3", "__defaults": ["name"]}), faults).await
    }

    async fn create_of(
        resource: &'static Resource,
        inputs: Json,
        faults: [&str; 2],
    ) -> (Result<Created, Error>, Arc<Running>) {
        let seed = serde_json::from_value(json!({
            "resource_servers": [{"identifier": "https://api/", "scopes": []}],
            "clients": [{"name": "owner", "client_id": "owner"}],
        }));
        let faults = faults.map(|fault| fault.parse().unwrap()).into();
        let options = Options { faults, seed: seed.unwrap(), ..Options::default() };
        let local = Arc::new(LocalTenant::start(options).unwrap());
        let inputs = object(inputs);
        let request = CreateRequest {
            resource,
            token: "auth0:index/client:Client".into(),
            urn: "urn".into(),
            name: "app".into(),
            defaults: defaults(&inputs),
            inputs: stripped(&inputs),
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
        let (made, local) = create([LOST, "GET /api/v2/clients => status:401 x2"]).await;
        let made = made.unwrap();
        assert!(local.clients().iter().any(|client| client["client_id"] == *made.id));
        assert_eq!(looks(&local), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn where_every_look_fails_the_error_says_what_to_look_for() {
        let (made, local) = create([LOST, "GET /api/v2/clients => status:401"]).await;
        let message = made.unwrap_err().message;
        let text =
            "whether the Client with the name \"app-0a1b2c3\" was made could not be found out";
        assert!(message.contains(text), "{message}");
        assert_eq!(looks(&local), LOOKS.len());
    }

    #[tokio::test(start_paused = true)]
    async fn a_grant_whose_second_request_has_no_answer_either_is_looked_for_again() {
        let lost = ["reset x1", "reset-after x1"]
            .map(|how| format!("POST /api/v2/client-grants => {how}"));
        let grant = json!({"clientId": "owner", "audience": "https://api/", "scopes": []});
        let (made, local) = create_of(&CLIENT_GRANT, grant, [&lost[0], &lost[1]]).await;
        let ids: Vec<_> = local.client_grants().iter().map(|grant| grant["id"].clone()).collect();
        assert!(ids.contains(&made.unwrap().id.into()), "{ids:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn where_the_second_request_is_refused_the_first_is_not_forgotten() {
        let faults =
            ["reset x1", "status:403"].map(|how| format!("POST /api/v2/client-grants => {how}"));
        let grant = json!({"clientId": "owner", "audience": "https://api/", "scopes": []});
        let (made, _) = create_of(&CLIENT_GRANT, grant, [&faults[0], &faults[1]]).await;
        let message = made.unwrap_err().message;
        for part in
            ["closed the connection", "could not be found out (POST", "403", "`clientId` (owner)"]
        {
            assert!(message.contains(part), "{part}: {message}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_look_that_is_not_allowed_is_the_last() {
        let (made, local) = create([LOST, "GET /api/v2/clients => status:403"]).await;
        assert!(made.unwrap_err().message.contains("could not be found out"));
        assert_eq!(looks(&local), 1);
    }
}
