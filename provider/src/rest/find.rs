//! Looks for an object that a create may have made, or that is in its way.

use std::time::Duration;

use pulumi_rs_sdk::diff::unchanged;
use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::path::PropertyPath;
use pulumi_rs_sdk::provider::{Context, CreateRequest};
use pulumi_rs_sdk::state::{Moment, is_absent};
use pulumi_rs_sdk::table::rest::{Class, Field, Sent, Sought, WireObject};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use super::list::Filters;
use super::ownership::key_of;
use super::site::{Home, Site};
use super::tenant::{Tenant, header};
use super::wire::{self, Occasion, encode};
use crate::api::{ApiError, Asked, Path, Request};

/// An object with where it lives.
pub(crate) type Found = (Site, WireObject);

/// How an object that a create made can be told from others.
pub(super) enum Trace<'a> {
    /// The API holds only one with its natural key.
    Key,
    /// Its name, which Check made up with digits of its own for this resource.
    MadeUpName(&'a str),
    /// Its name, which others may have too.
    Name(&'a str),
    /// By the value of a row of which the API has no two.
    Sought(Sought, &'a str),
    /// Not at all.
    None,
}

/// How an object that this create made can be told from others.
pub(super) fn trace(request: &CreateRequest) -> Trace<'_> {
    if request.resource.unique_by().is_some() {
        return Trace::Key;
    }
    let mut sought = request.resource.sought.iter().filter_map(|sought| {
        let text = request.inputs.get(sought.row)?.as_str().filter(|text| !text.is_empty())?;
        Some(Trace::Sought(*sought, text))
    });
    if let Some(trace) = sought.next() {
        return trace;
    }
    let Some(field) = request.resource.autonamed() else {
        return Trace::None;
    };
    match request.inputs.get(field.name).and_then(|name| name.as_str()) {
        Some(name) if request.is_default(field.name) && has_digits(name, &request.name) => {
            Trace::MadeUpName(name)
        }
        Some(name) => Trace::Name(name),
        None => Trace::None,
    }
}

/// Whether the name is that of the resource and seven hex digits: the engine can be told to propose
/// names without digits, which anybody may have given.
fn has_digits(name: &str, resource: &str) -> bool {
    let digits = name.strip_prefix(resource).and_then(|rest| rest.strip_prefix('-'));
    digits.is_some_and(|digits| digits.len() == 7 && digits.chars().all(|c| c.is_ascii_hexdigit()))
}

impl Tenant {
    /// The object with the natural key of the request, if the API has one.
    pub(super) async fn find_by_key(
        &self,
        context: &Context,
        request: &CreateRequest,
    ) -> Result<Option<Found>, Error> {
        let home = Home::of(request.resource, &request.inputs)?;
        if !matches!(request.resource.class, Class::Collection(_)) {
            let site = match request.resource.class {
                Class::Member(_) => home.entry(&request.inputs),
                _ => home.alone(),
            };
            return self.found_at(&self.call(context, None), site, None).await;
        }
        let wanted = key_of(request.resource, &request.inputs);
        let parts = request.resource.natural_key.iter().filter_map(|part| {
            let field = request.resource.field(part.name)?;
            let value = request.inputs.get(part.name).filter(|value| !is_absent(field, value))?;
            // A part that may be absent is compared here: a filter would miss the absent ones.
            let text = encode(field, value, Occasion::Create).as_str()?.to_owned();
            part.absent.is_none().then(|| (field.wire_name().to_owned(), text))
        });
        let found = self.matching(context, &home, parts.collect(), |site, candidate| {
            let outputs =
                wire::outputs(request.resource, site, candidate, Moment::Read, &Object::new());
            key_of(request.resource, &outputs) == wanted
        });
        Ok(found.await?.into_iter().next())
    }

    /// The object with that value of a row, in the place where the program wants one.
    pub(super) async fn find_sought(
        &self,
        context: &Context,
        request: &CreateRequest,
        sought: Sought,
        value: &str,
    ) -> Result<Vec<Found>, Error> {
        let home = Home::of(request.resource, &request.inputs)?;
        let get = Request::get(Path::of(sought.path)).with(sought.filter, sought.asked(value));
        let header = header(request.resource.fields, &request.inputs);
        let answer = self.call(context, None).through(header).send(&get).await?.into_json();
        let items = match answer {
            Some(Json::Array(items)) => items,
            Some(Json::Object(mut page)) => match page.remove(sought.path) {
                Some(Json::Array(items)) => items,
                _ => return Err(ApiError::incomplete(Asked::of(&get)?).into()),
            },
            _ => return Err(ApiError::incomplete(Asked::of(&get)?).into()),
        };
        let found = items.into_iter().filter_map(|item| home.object(item));
        let is_it = |row: &&Field| row.name == sought.row || row.is_replacing();
        Ok(found.filter(|found| is_given(request, found, is_it)).collect())
    }

    /// The objects with that name.
    pub(super) async fn find_by_name(
        &self,
        context: &Context,
        request: &CreateRequest,
        name: &str,
    ) -> Result<Vec<Found>, Error> {
        let wire_name = request.resource.autonamed().map(|field| field.wire_name());
        let home = Home::of(request.resource, &request.inputs)?;
        self.matching(context, &home, Filters::new(), |_, candidate| {
            let found = wire_name.and_then(|wire| candidate.get(wire)?.as_str());
            found == Some(name)
        })
        .await
    }

    /// The objects of a collection that pass `test`.
    async fn matching(
        &self,
        context: &Context,
        home: &Home,
        filters: Filters,
        test: impl Fn(&Site, &WireObject) -> bool,
    ) -> Result<Vec<Found>, Error> {
        // A search of its own, also where the time of the create is used up.
        let mut pages = self.pages(context, home, filters);
        let mut found = Vec::new();
        while let Some(page) = pages.next().await? {
            found.extend(page.into_iter().filter(|(site, members)| test(site, members)));
        }
        Ok(found)
    }
}

/// Whether an object is as the program says in all that answers show of it.
pub(super) fn is_as_given(request: &CreateRequest, found: &Found) -> bool {
    is_given(request, found, |_| true)
}

/// Whether an object is as the program says, in these rows.
fn is_given(
    request: &CreateRequest,
    (site, answer): &Found,
    compared: impl Fn(&&Field) -> bool,
) -> bool {
    let outputs = wire::outputs(request.resource, site, answer, Moment::Read, &Object::new());
    let shown = request.resource.inputs().filter(|row| !row.write_only && row.sent != Sent::Never);
    shown.filter(compared).all(|row| match request.inputs.get(row.name) {
        Some(given) if !is_absent(row, given) => outputs
            .get(row.name)
            .is_some_and(|found| unchanged(row, found, given, &PropertyPath::default())),
        _ => true,
    })
}

/// How long to wait before looking again: a server that broke off may still be at work.
pub(super) const LOOKS: [Duration; 3] =
    [Duration::ZERO, Duration::from_secs(2), Duration::from_secs(4)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_digits_of_its_own_is_a_trace() {
        struct Case {
            name: &'static str,
            has: bool,
        }
        let cases = [
            Case { name: "app-0a1b2c3", has: true },
            Case { name: "app", has: false },
            Case { name: "app-production", has: false },
            Case { name: "other-0a1b2c3", has: false },
            Case { name: "app-0a1b2c34", has: false },
            Case { name: "app0a1b2c3", has: false },
        ];
        for case in cases {
            assert_eq!(has_digits(case.name, "app"), case.has, "{}", case.name);
        }
    }
}
