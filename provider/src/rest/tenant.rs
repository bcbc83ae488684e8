//! A tenant: its API, and what this process owns there.

use std::time::Duration;

use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::table::rest::{Field, Rare};
use pulumi_rs_sdk::value::{Object, Value};

use super::absences::Absences;
use super::held::Holders;
use super::lists::Lists;
use super::look_ahead::Apis;
use super::ownership::Ownership;
use super::pages::Shelves;
use super::recent::Recent;
use super::site::Site;
use crate::api::{Api, Call};

/// The tenant that the provider is configured for.
pub struct Tenant {
    pub(super) api: Api,
    pub(super) absences: Absences,
    pub(super) ownership: Ownership,
    pub(super) apis: Apis,
    pub(super) holders: Holders,
    pub(super) shelves: Shelves,
    pub(super) lists: Lists,
    pub(super) recent: Recent,
    pub(super) looks_ahead: bool,
}

impl Tenant {
    /// The tenant behind `api`; previews ask it something only if it `looks_ahead`.
    pub fn new(api: Api, looks_ahead: bool) -> Self {
        Tenant {
            api,
            absences: Absences::default(),
            ownership: Ownership::default(),
            apis: Apis::default(),
            holders: Holders::default(),
            shelves: Shelves::default(),
            lists: Lists::default(),
            recent: Recent::default(),
            looks_ahead,
        }
    }

    /// The same for a stack that was on another tenant when it was last updated.
    pub fn moved_from(mut self, before: Option<String>) -> Self {
        self.absences.moved_from = before;
        self
    }

    pub(super) fn call<'a>(&'a self, context: &'a Context, timeout: Option<Duration>) -> Call<'a> {
        self.api.call(context, timeout)
    }

    /// A call about the object of that site, of which `values` tell what requests have as a header.
    pub(super) fn call_about<'a>(
        &'a self,
        context: &'a Context,
        timeout: Option<Duration>,
        site: &Site,
        values: &Object,
    ) -> Call<'a> {
        let header = header(site.home.resource.fields, values);
        self.call(context, timeout).just_made(self.recent.has(site)).through(header)
    }
}

/// What these values say that requests have as a header.
pub(super) fn header(rows: &[Field], values: &Object) -> Option<String> {
    let row = rows.iter().find(|row| row.rare == Rare::InHeader)?;
    let text = values.get(row.name).and_then(Value::as_str);
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}
