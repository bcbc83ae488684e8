//! Create: what the class does to make one; its answer is the state.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created, Known};
use pulumi_rs_sdk::state::{Moment, keep_meta, timeout_meta};
use pulumi_rs_sdk::table::rest::{Class, WireObject};

use super::body::{self, Changes};
use super::class;
use super::ownership::{Key, key_of};
use super::run::Stopped;
use super::site::{Home, Site};
use super::tenant::{Tenant, header};
use super::wait::timeout_of;
use super::wire;
use crate::api::ApiError;

impl Tenant {
    /// Makes the resource.
    ///
    /// # Guarantees
    /// Nothing that was made is lost: once an answer names an id, the id is returned; where it is not
    /// known whether something was made, that is found out, or the error says what to look at.
    ///
    /// # Errors
    /// What the API refused; where it holds the resource unique and has one already, that one is
    /// adopted instead. That another resource of the program has it.
    pub async fn create(
        &self,
        context: &Context,
        request: CreateRequest,
    ) -> Result<Created, Error> {
        let home = Home::of(request.resource, &request.inputs)?;
        let key = self.claimed(context, &request)?;
        let made = self.make(context, &request, &home).await;
        // A resource that was made in part is the program's all the same.
        let id = match &made {
            Ok(made) => Some(made.id.as_str()),
            Err(error) => error.created.as_ref().map(|created| created.id.as_str()),
        };
        if let Some(id) = id {
            let site = Site::of_id(request.resource, id, Some(&request.inputs))?;
            self.shelves.of(&home).forget(&site.own);
            self.recent.note(&site);
        }
        match (&key, id) {
            // It was made, and stays; but the program must change.
            (Some(key), Some(_)) => {
                if let Err(two) = self.ownership.settle(key, &request.urn) {
                    context.log.warning(two.message);
                }
            }
            (Some(key), None) => self.ownership.release(key, &request.urn),
            (None, _) => {}
        }
        made
    }

    /// The natural key of the resource, which it has now.
    ///
    /// # Errors
    /// Another resource of the program has it. Where what is unique is a place whose content both may write, that is
    /// only warned of: the published provider lets them.
    fn claimed(&self, context: &Context, request: &CreateRequest) -> Result<Option<Key>, Error> {
        let Some(key) = key_of(request.resource, &request.inputs) else {
            return Ok(None);
        };
        match self.ownership.claim(&key, &request.urn) {
            Ok(()) => Ok(Some(key)),
            Err(two) if is_written(request) => {
                context.log.warning(format!("{}: what is written last counts", two.message));
                Ok(None)
            }
            Err(two) => Err(two),
        }
    }

    async fn make(
        &self,
        context: &Context,
        request: &CreateRequest,
        home: &Home,
    ) -> Result<Created, Error> {
        if request.resource.class.adopts_first()
            && let Some(found) = self.find_by_key(context, request).await?
        {
            return self.adopt(context, request, found).await;
        }
        let Stopped { error, has_written, shown, others } =
            match self.post(context, request, home).await {
                Ok(made) => return Ok(made),
                Err(stopped) => stopped,
            };
        match error {
            // What came after it failed: it is there, and the program's.
            error if has_written => {
                let site = class::site_of(home, &request.inputs, &shown);
                let mut error = refused(error, request);
                for other in others {
                    error.message.push_str(&format!("; {other}"));
                }
                Err(match site {
                    Some(site) => {
                        let made = created(request, &site, &shown);
                        error.created(made.id, request.inputs.clone(), made.outputs)
                    }
                    None => error,
                })
            }
            refusal @ ApiError::Conflict { .. } if request.resource.unique_by().is_some() => {
                match self.find_by_key(context, request).await? {
                    Some(found) => self.adopt(context, request, found).await,
                    None => Err(refusal.into()),
                }
            }
            error @ ApiError::UnknownOutcome { .. } => {
                self.recover(context, request, home, error).await
            }
            error => Err(refused(error, request)),
        }
    }

    /// Asks the API once to make it.
    pub(super) async fn post(
        &self,
        context: &Context,
        request: &CreateRequest,
        home: &Home,
    ) -> Result<Created, Stopped> {
        let call = self.call(context, request.timeout.or(timeout_of(request.resource)));
        let header = header(request.resource.fields, &request.inputs);
        let call = call.just_made(self.recent.has_any_of(&request.inputs)).through(header);
        let shown = self.run(&call, &class::make(home, &request.inputs)).await?;
        let Some(site) = class::site_of(home, &request.inputs, &shown) else {
            return Err(Stopped::without_id(home, shown));
        };
        let made = created(request, &site, &shown);
        let body = body::after_create(request.resource, &request.inputs, &made.outputs);
        let is_registered = request.resource.class.registration().is_some();
        let plan = match (body.is_empty(), is_registered) {
            (true, false) => None,
            (true, true) => Some(class::read(&site, Some(&Known::default()))),
            (false, _) => Some(class::change(&site, Changes::only(body))),
        };
        let shown = match plan {
            None => shown,
            Some(plan) => match self.run(&call, &plan).await {
                // What somebody else says of it is told once.
                Ok(more) if is_registered => shown.into_iter().chain(more).collect(),
                Ok(shown) => shown,
                // It is there, as the first answer shows it.
                Err(stopped) => return Err(Stopped { has_written: true, shown, ..stopped }),
            },
        };
        let shown = self.then(&call, &site, &request.inputs, shown).await?;
        Ok(created(request, &site, &shown))
    }
}

/// Whether to make the resource is to write what is there anyway.
pub(super) fn is_written(request: &CreateRequest) -> bool {
    !matches!(request.resource.class, Class::Own | Class::Collection(_))
}

/// The error for a create that the API refused, with what to look at where it says that something is
/// not there.
pub(super) fn refused(error: ApiError, request: &CreateRequest) -> Error {
    let is_missing = matches!(error, ApiError::NotFound { .. });
    let mut error = Error::from(error);
    let given = key_given(request);
    if is_missing && !given.is_empty() {
        error.message.push_str(&format!(
            "; check that each of these is on the tenant: {}",
            given.join(", ")
        ));
    }
    error
}

/// The parts of the natural key that the program gives: `` `clientId` (abc) ``.
pub(super) fn key_given(request: &CreateRequest) -> Vec<String> {
    let parts = request.resource.unique_by().unwrap_or_default();
    let given = parts.iter().filter_map(|part| {
        let text = request.inputs.get(part.name)?.as_str()?;
        Some(format!("`{}` ({text})", part.name))
    });
    given.collect()
}

/// What the engine is told of a resource that an answer describes.
pub(super) fn created(request: &CreateRequest, site: &Site, answer: &WireObject) -> Created {
    let (resource, mut kept) = (request.resource, request.inputs.clone());
    let given = request.timeout.filter(|_| resource.create_timeout.is_some());
    keep_meta(given.map(timeout_meta), &mut kept);
    let outputs = wire::outputs(resource, site, answer, Moment::Write, &kept);
    Created { id: site.id.clone(), outputs }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::body;
    use crate::resources::LOG_STREAM;
    use crate::rest::testing::object;

    #[test]
    fn what_counts_is_sent_and_what_the_api_takes_on_a_change_only_comes_after() {
        let inputs = object(json!({
            "type": "datadog", "status": "paused",
            "sink": {"datadogRegion": "eu", "datadogApiKeyWo": "key", "datadogApiKeyWoVersion": 1,
                "httpEndpoint": "https://of.another.type"}
        }));
        assert_eq!(
            Json::Object(body::create(&LOG_STREAM, &inputs)),
            json!({"type": "datadog", "sink": {"datadogRegion": "eu", "datadogApiKey": "key"}})
        );
        struct Case {
            made: Json,
            after: Json,
        }
        let cases = [
            Case { made: json!({"status": "active"}), after: json!({"status": "paused"}) },
            Case { made: json!({"status": "paused"}), after: json!({}) },
        ];
        for case in cases {
            let after = body::after_create(&LOG_STREAM, &inputs, &object(case.made));
            assert_eq!(Json::Object(after), case.after);
        }
    }
}
