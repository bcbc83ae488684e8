//! Lists of the API, page by page, and the list of the resources of a type.

use std::time::Duration;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Found as Listed, ListRequest, Page};
use pulumi_rs_sdk::state::{Moment, is_absent};
use pulumi_rs_sdk::table::rest::{Entries, Listing, Paging, Resource, WireObject, Writing};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};

use super::find::Found;
use super::site::{Home, Site};
use super::tenant::Tenant;
use super::wire::{self, Occasion, encode};
use crate::api::{ApiError, Asked, Call, Path, Request};

/// What a list is filtered by on the server: names of the query and their values.
pub(crate) type Filters = Vec<(String, String)>;

/// The pages of a list, one after another.
pub(crate) struct Pages<'a> {
    call: Call<'a>,
    home: Home,
    listing: Option<Listing>,
    filters: Filters,
    from: Option<String>,
    ended: bool,
}

impl Pages<'_> {
    /// The same, with that as a header of its requests.
    pub(super) fn through(self, header: Option<String>) -> Self {
        Pages { call: self.call.through(header), ..self }
    }

    /// The same, where the API pages it otherwise than the list that the resource lives in.
    pub(super) fn paged(self, paging: Paging) -> Self {
        let listing = self.listing.map(|listing| Listing { paging, ..listing });
        Pages { listing, ..self }
    }

    /// The objects of the next page with where they live; `None` after the last.
    ///
    /// # Errors
    /// An answer that shows no page: taken for an empty one, it would make everything look gone.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Found>>, ApiError> {
        if self.ended {
            return Ok(None);
        }
        let before = self.from.take();
        let (objects, next) = self.page(usize::MAX, before.as_deref()).await?;
        // A server that says the same again would have us read for ever.
        self.ended = next.is_none() || next == before;
        self.from = next;
        Ok(Some(objects))
    }

    async fn page(
        &self,
        take: usize,
        from: Option<&str>,
    ) -> Result<(Vec<Found>, Option<String>), ApiError> {
        let Some(listing) = self.listing else {
            return Err(ApiError::incomplete(Asked::of(&Request::get(self.home.path.clone()))?));
        };
        let path = &self.home.path;
        let (items, next) = items(&self.call, path, &listing, &self.filters, take, from).await?;
        Ok((items.into_iter().filter_map(|item| self.home.object(item)).collect(), next))
    }
}

/// All entries of a list at that path, but for those that are switched off.
///
/// # Errors
/// What the API refused. An answer that shows no page.
pub(super) async fn all_entries(
    call: &Call<'_>,
    path: &Path,
    of: &Entries,
    filters: &[(String, String)],
) -> Result<Vec<Json>, ApiError> {
    let mut entries = all_items(call, path, &of.listing, filters).await?;
    if let Writing::Switched { member } = of.writing {
        entries.retain(|entry| entry.get(member) != Some(&Json::Bool(false)));
    }
    Ok(entries)
}

/// All items of the list at that path, from page to page.
async fn all_items(
    call: &Call<'_>,
    path: &Path,
    listing: &Listing,
    filters: &[(String, String)],
) -> Result<Vec<Json>, ApiError> {
    let (mut all, mut from) = (Vec::new(), None);
    loop {
        let (page, next) = items(call, path, listing, filters, usize::MAX, from.as_deref()).await?;
        all.extend(page);
        // A server that says the same again would have us read for ever.
        if next.is_none() || next == from {
            return Ok(all);
        }
        from = next;
    }
}

/// The items of one page of the list at that path, as many as are wanted and the API puts on it, and where the next page begins.
///
/// # Errors
/// What the API refused. An answer that shows no page.
async fn items(
    call: &Call<'_>,
    path: &Path,
    listing: &Listing,
    filters: &[(String, String)],
    take: usize,
    from: Option<&str>,
) -> Result<(Vec<Json>, Option<String>), ApiError> {
    let mut request = Request::get(path.clone());
    request.query = filters.to_vec();
    let take = take.clamp(1, listing.page);
    let page_number = from.and_then(|from| from.parse::<usize>().ok()).unwrap_or_default();
    let request = match listing.paging {
        Paging::Checkpoint => {
            let request = request.with("take", take.to_string());
            match from {
                Some(from) => request.with("from", from),
                None => request,
            }
        }
        Paging::Offset => {
            request.with("page", page_number.to_string()).with("per_page", take.to_string())
        }
        Paging::Whole | Paging::None => request,
    };
    let page = call.send(&request).await?.into_json();
    let next = page.as_ref().and_then(|page| page.get("next")?.as_str());
    let next = next.filter(|next| !next.is_empty()).map(str::to_owned);
    let items = match page {
        Some(Json::Array(items)) => Some(items),
        Some(Json::Object(page)) if let Some((key, member)) = listing.keyed => {
            let item = |(name, json)| json!({ (key): name, (member): json });
            Some(page.into_iter().map(item).collect())
        }
        Some(Json::Object(mut page)) => match page.remove(&member(listing, path)) {
            Some(Json::Array(items)) => Some(items),
            None if listing.inside.is_some_and(|beside| page.contains_key(beside)) => {
                Some(Vec::new())
            }
            _ => None,
        },
        _ => None,
    };
    let Some(items) = items else {
        return Err(ApiError::incomplete(Asked::of(&request)?));
    };
    let next = match listing.paging {
        Paging::Checkpoint => next,
        Paging::Offset => (items.len() >= take).then(|| (page_number + 1).to_string()),
        Paging::Whole | Paging::None => None,
    };
    Ok((items, next))
}

/// The member of a page that holds the items: said, else the last segment of the path in snake case.
fn member(listing: &Listing, path: &Path) -> String {
    let last = || path.segments().last().unwrap_or_default().replace('-', "_");
    listing.items.map_or_else(last, str::to_owned)
}

impl Tenant {
    /// The list of those that live in that home, from its beginning.
    pub(super) fn pages<'a>(
        &'a self,
        context: &'a Context,
        home: &Home,
        filters: Filters,
    ) -> Pages<'a> {
        let (call, home, listing) = (self.call(context, None), home.clone(), home.listing());
        Pages { call, home, listing, filters, from: None, ended: false }
    }

    /// The list of all of a type, which has no parent.
    ///
    /// # Errors
    /// A fault of the table: the type has a parent, or no place in the API.
    pub(crate) fn all<'a>(
        &'a self,
        context: &'a Context,
        resource: &'static Resource,
        filters: Filters,
    ) -> Result<Pages<'a>, Error> {
        Ok(self.pages(context, &Home::of(resource, &Object::new())?, filters))
    }

    /// The objects of one page of a list by what the API knows them by, and where the next page begins.
    ///
    /// # Errors
    /// An answer that shows no page, or none within that time; it is asked for twice at most.
    pub(super) async fn page(
        &self,
        context: &Context,
        home: &Home,
        from: Option<&str>,
        within: Duration,
    ) -> Result<(Vec<(String, WireObject)>, Option<String>), Error> {
        let call = self.call(context, Some(within)).repeated_once();
        let pages = Pages { call, ..self.pages(context, home, Filters::new()) };
        let (objects, next) = pages.page(usize::MAX, from).await?;
        Ok((objects.into_iter().map(|(site, object)| (site.own, object)).collect(), next))
    }

    /// Lists one page of the resources of a type.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn list(&self, context: &Context, request: ListRequest) -> Result<Page, Error> {
        let home = Home::of(request.resource, &request.query)?;
        let filters = request.resource.list_inputs().filter_map(|field| {
            let value = request.query.get(field.name).filter(|value| !is_absent(field, value))?;
            if request.resource.class.names(field.name) {
                return None;
            }
            let text = match encode(field, value, Occasion::Create) {
                Json::String(text) => text,
                json => json.to_string(),
            };
            Some((field.wire_name().to_owned(), text))
        });
        let pages = self.pages(context, &home, filters.collect());
        let take = request.at_most.unwrap_or(usize::MAX);
        let (objects, next) = pages.page(take, request.from.as_deref()).await?;
        let found = objects.into_iter().map(|(site, members)| {
            let name = name_of(request.resource, &site, &members);
            Listed { id: site.id, name }
        });
        Ok(Page {
            found: found.collect(),
            next: next.filter(|next| Some(next) != request.from.as_ref()),
        })
    }
}

/// What people know an object by: its name, else what the API holds it unique by, else its id.
fn name_of(resource: &Resource, site: &Site, members: &WireObject) -> String {
    let outputs = wire::outputs(resource, site, members, Moment::Read, &Object::new());
    let text = |name: &str| {
        let text = outputs.get(name).and_then(Value::as_str);
        text.filter(|text| !text.is_empty())
    };
    if let Some(name) = resource.autonamed().and_then(|field| text(field.name)) {
        return name.to_owned();
    }
    // A part that is as the API takes an absent one tells nothing.
    let parts = resource.natural_key.iter();
    let parts: Vec<&str> =
        parts.filter_map(|part| text(part.name).filter(|text| part.absent != Some(text))).collect();
    match parts.is_empty() {
        true => site.id.clone(),
        false => parts.join(" -> "),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::resources::{CLIENT, CLIENT_GRANT};
    use crate::rest::testing::members;

    #[test]
    fn an_object_is_known_by_its_name_else_by_what_makes_it_unique() {
        struct Case {
            resource: &'static Resource,
            answer: Json,
            name: &'static str,
        }
        let cases = [
            Case { resource: &CLIENT, answer: json!({"name": "App"}), name: "App" },
            Case { resource: &CLIENT, answer: json!({"name": ""}), name: "the-id" },
            Case {
                resource: &CLIENT_GRANT,
                answer: json!({"client_id": "c", "audience": "a", "subject_type": "client"}),
                name: "c -> a",
            },
            Case {
                resource: &CLIENT_GRANT,
                answer: json!({"client_id": "c", "audience": "a", "subject_type": "user"}),
                name: "c -> a -> user",
            },
            Case {
                resource: &CLIENT_GRANT,
                answer: json!({"default_for": "third_party_clients", "audience": "a"}),
                name: "third_party_clients -> a",
            },
        ];
        for case in cases {
            let site = Site::of_id(case.resource, "the-id", None).unwrap();
            assert_eq!(name_of(case.resource, &site, &members(case.answer)), case.name);
        }
    }
}
