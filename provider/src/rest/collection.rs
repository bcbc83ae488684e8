//! A collection of the API, page by page, and the list of its resources.

use std::time::Duration;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Found, ListRequest, Page};
use pulumi_rs_sdk::state::{Moment, is_absent};
use pulumi_rs_sdk::table::{Resource, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::tenant::{Place, Tenant, path, rest_of};
use super::wire::{self, Occasion, encode};
use crate::api::{ApiError, Asked, Call, Method};

/// As much as the API puts on one page.
const WHOLE_PAGE: usize = 100;

/// What a collection is filtered by on the server: names of the query and their values.
pub(crate) type Filters = Vec<(String, String)>;

/// The pages of a collection, by checkpoint.
pub(crate) struct Pages<'a> {
    call: Call<'a>,
    place: Place,
    filters: Filters,
    from: Option<String>,
    ended: bool,
}

impl<'a> Pages<'a> {
    fn of(call: Call<'a>, resource: &Resource, filters: Filters) -> Result<Self, Error> {
        Ok(Pages { call, place: rest_of(resource)?, filters, from: None, ended: false })
    }

    /// The objects of the next page with their ids; `None` after the last.
    ///
    /// # Errors
    /// An answer that shows no page: taken for an empty one, it would make everything look gone.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<(String, WireObject)>>, ApiError> {
        if self.ended {
            return Ok(None);
        }
        let before = self.from.take();
        let (objects, next) = self.page(WHOLE_PAGE, before.as_deref()).await?;
        // A server that says the same again would have us read for ever.
        self.ended = next.is_none() || next == before;
        self.from = next;
        Ok(Some(objects))
    }

    async fn page(
        &self,
        take: usize,
        from: Option<&str>,
    ) -> Result<(Vec<(String, WireObject)>, Option<String>), ApiError> {
        let take = take.clamp(1, WHOLE_PAGE).to_string();
        let mut query: Vec<(&str, &str)> =
            self.filters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        query.push(("take", &take));
        query.extend(from.map(|from| ("from", from)));
        let at = path(&self.place, &[]);
        let page = self.call.get(&at, &query).await?;
        let next = page.get("next").and_then(Json::as_str).filter(|next| !next.is_empty());
        let next = next.map(str::to_owned);
        let items = match page {
            Json::Array(items) => Some(items),
            Json::Object(page) => page.into_values().find_map(|member| match member {
                Json::Array(items) => Some(items),
                _ => None,
            }),
            _ => None,
        };
        let Some(items) = items else {
            return Err(ApiError::incomplete(Asked::new(Method::Get, &at)?));
        };
        Ok((items.into_iter().filter_map(|item| self.place.object(item)).collect(), next))
    }
}

impl Tenant {
    /// The collection of a resource, from its beginning.
    ///
    /// # Errors
    /// A fault of the table: the resource lives in no collection.
    pub(crate) fn pages<'a>(
        &'a self,
        context: &'a Context,
        resource: &Resource,
        filters: Filters,
    ) -> Result<Pages<'a>, Error> {
        Pages::of(self.call(context, None), resource, filters)
    }

    /// The objects of one page of a collection with their ids, and where the next page begins.
    ///
    /// # Errors
    /// An answer that shows no page, or none within that time; it is asked for twice at most.
    pub(super) async fn page(
        &self,
        context: &Context,
        resource: &Resource,
        from: Option<&str>,
        within: Duration,
    ) -> Result<(Vec<(String, WireObject)>, Option<String>), Error> {
        let call = self.call(context, Some(within)).repeated_once();
        Ok(Pages::of(call, resource, Filters::new())?.page(WHOLE_PAGE, from).await?)
    }

    /// Lists one page of the resources of a type.
    ///
    /// # Errors
    /// What the API refused.
    pub async fn list(&self, context: &Context, request: ListRequest) -> Result<Page, Error> {
        let filters = request.resource.list_inputs().filter_map(|field| {
            let value = request.query.get(field.name).filter(|value| !is_absent(field, value))?;
            let text = match encode(field, value, Occasion::Create) {
                Json::String(text) => text,
                json => json.to_string(),
            };
            Some((field.wire_name().to_owned(), text))
        });
        let pages = self.pages(context, request.resource, filters.collect())?;
        let take = request.at_most.unwrap_or(WHOLE_PAGE);
        let (objects, next) = pages.page(take, request.from.as_deref()).await?;
        let found = objects.into_iter().map(|(id, members)| {
            let name = name_of(request.resource, &id, &members);
            Found { id, name }
        });
        Ok(Page {
            found: found.collect(),
            next: next.filter(|next| Some(next) != request.from.as_ref()),
        })
    }
}

/// What people know an object by: its name, else what the API holds it unique by, else its id.
fn name_of(resource: &Resource, id: &str, members: &WireObject) -> String {
    let outputs = wire::outputs(resource, id, members, Moment::Read, &Object::new());
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
        true => id.to_owned(),
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
            assert_eq!(name_of(case.resource, "the-id", &members(case.answer)), case.name);
        }
    }
}
