//! A tenant: its API, and what this process owns there.

use std::time::Duration;

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::table::{Resource, Rest, WireObject};
use serde_json::Value as Json;

use super::look_ahead::Apis;
use super::ownership::Ownership;
use super::pages::Shelves;
use super::recent::Recent;
use crate::api::{Api, ApiError, Asked, Call, Method};

/// The tenant that the provider is configured for.
pub struct Tenant {
    pub(super) api: Api,
    pub(super) ownership: Ownership,
    pub(super) apis: Apis,
    pub(super) shelves: Shelves,
    pub(super) recent: Recent,
    pub(super) looks_ahead: bool,
}

impl Tenant {
    /// The tenant behind `api`; previews ask it something only if it `looks_ahead`.
    pub fn new(api: Api, looks_ahead: bool) -> Self {
        Tenant {
            api,
            ownership: Ownership::default(),
            apis: Apis::default(),
            shelves: Shelves::default(),
            recent: Recent::default(),
            looks_ahead,
        }
    }

    pub(super) fn call<'a>(&'a self, context: &'a Context, timeout: Option<Duration>) -> Call<'a> {
        self.api.call(context, timeout)
    }

    /// A call about the object `id`.
    pub(super) fn call_about<'a>(
        &'a self,
        context: &'a Context,
        timeout: Option<Duration>,
        id: &str,
    ) -> Call<'a> {
        self.call(context, timeout).just_made(self.recent.has(id))
    }
}

/// Where a resource lives, and how to read answers about it.
pub(super) struct Place(Rest);

/// The place of a resource.
///
/// # Errors
/// A fault of the table: it names no REST API.
pub(super) fn rest_of(resource: &Resource) -> Result<Place, Error> {
    resource.rest.map(Place).ok_or_else(|| {
        Error::new(
            ErrorKind::Unimplemented,
            format!(
                "{} has no place in the API: report this to the provider's authors",
                resource.name
            ),
        )
    })
}

/// The path of a collection, or of what follows below it.
pub(super) fn path<'a>(place: &Place, below: &'a [&'a str]) -> Vec<&'a str> {
    place.0.collection.split('/').chain(below.iter().copied()).collect()
}

impl Place {
    /// The method of an update.
    pub(super) fn update(&self) -> Method {
        match self.0.update {
            pulumi_rs_sdk::table::Method::Patch => Method::Patch,
            pulumi_rs_sdk::table::Method::Put => Method::Put,
        }
    }

    /// The id and the members of an object of the collection; `None` where it has no id.
    pub(super) fn object(&self, json: Json) -> Option<(String, WireObject)> {
        let Json::Object(members) = json else {
            return None;
        };
        let id = members.get(self.0.id)?.as_str().filter(|id| !id.is_empty())?.to_owned();
        Some((id, members))
    }

    /// The object of that id, as the API answers it.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] where the API says that there is none.
    pub(super) async fn get(
        &self,
        call: &Call<'_>,
        id: &str,
    ) -> Result<(String, WireObject), ApiError> {
        let below = [id];
        let answer = call.get(&path(self, &below), &[]).await?;
        self.made(Method::Get, &below, Some(answer))
    }

    /// The object that the answer to a request is about.
    ///
    /// # Errors
    /// [`ApiError::Incomplete`] where the success shows something else: taken for the object, it would
    /// wipe what the state knows. Of a POST it is an unknown outcome.
    pub(super) fn made(
        &self,
        method: Method,
        below: &[&str],
        answer: Option<Json>,
    ) -> Result<(String, WireObject), ApiError> {
        match answer.and_then(|json| self.object(json)) {
            Some(object) => Ok(object),
            None => Err(ApiError::incomplete(Asked::new(method, &path(self, below))?)),
        }
    }
}
