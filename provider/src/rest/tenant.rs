//! A tenant: its API, and what this process owns there.

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::table::{Resource, Rest, WireObject};
use serde_json::Value as Json;
use std::time::Duration;

use super::look_ahead::Apis;
use super::ownership::Ownership;
use crate::api::{Answer, Api, Call};

/// The tenant that the provider is configured for.
pub struct Tenant {
    pub(super) api: Api,
    pub(super) ownership: Ownership,
    pub(super) apis: Apis,
    pub(super) looks_ahead: bool,
}

impl Tenant {
    /// The tenant behind `api`; previews ask it something only if it `looks_ahead`.
    pub fn new(api: Api, looks_ahead: bool) -> Self {
        Tenant { api, ownership: Ownership::default(), apis: Apis::default(), looks_ahead }
    }

    pub(super) fn call<'a>(&'a self, context: &'a Context, timeout: Option<Duration>) -> Call<'a> {
        self.api.call(context, timeout)
    }
}

/// Where a resource lives.
///
/// # Errors
/// A fault of the table: it names no REST API.
pub(super) fn rest_of(resource: &Resource) -> Result<Rest, Error> {
    resource.rest.ok_or_else(|| {
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
pub(super) fn path<'a>(rest: &Rest, below: &'a [&'a str]) -> Vec<&'a str> {
    rest.collection.split('/').chain(below.iter().copied()).collect()
}

/// The members of an answer that is an object.
pub(super) fn members(answer: Answer) -> Option<WireObject> {
    match answer.into_json() {
        Some(Json::Object(members)) => Some(members),
        _ => None,
    }
}

/// The id that an answer names; `None` where it names none.
pub(super) fn id_of(rest: &Rest, members: &WireObject) -> Option<String> {
    members.get(rest.id)?.as_str().filter(|id| !id.is_empty()).map(str::to_owned)
}
