//! Adoption: the API has one already, and holds it unique.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, CreateRequest, Created, Known};
use pulumi_rs_sdk::state::{Moment, is_absent};
use pulumi_rs_sdk::table::{Rest, WireObject};
use pulumi_rs_sdk::value::{Object, Value};

use super::body;
use super::create::created;
use super::ownership::key_of;
use super::tenant::{Tenant, id_of, path};
use super::update::send;
use super::wire::{self, Occasion, encode};
use crate::api::ApiError;

impl Tenant {
    /// Takes over the object that is in the way of a create, and brings it to the program's settings.
    pub(super) async fn adopt_existing(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Rest,
        refused: Option<ApiError>,
    ) -> Result<Created, Error> {
        match self.find_by_key(context, request, rest).await? {
            Some((id, found)) => {
                let adopted = self.adopt(context, request, rest, id, found).await?;
                context.log.warning(format!(
                    "{} existed already on the tenant and was adopted with the settings of this \
                     program; `pulumi destroy` will delete it: set the resource option \
                     `retainOnDelete` to keep it",
                    adopted.id
                ));
                Ok(adopted)
            }
            None => Err(refused.map(Error::from).unwrap_or_else(|| not_found(request))),
        }
    }

    /// Brings an object that was found to the program's settings.
    pub(super) async fn adopt(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Rest,
        id: String,
        found: WireObject,
    ) -> Result<Created, Error> {
        self.ownership.adopt(&id);
        let outputs = wire::outputs(request.resource, &id, &found, Moment::Write, &request.inputs);
        let old = Known { inputs: Object::new(), outputs };
        let changes = body::update(request.resource, &old, &request.inputs, &[]);
        if changes.is_empty() {
            return Ok(Created { id, outputs: old.outputs });
        }
        let call = self.call(context, request.timeout);
        if let Some(members) = body::first(request.resource, &old, &request.inputs) {
            send(&call, rest, &id, members).await?;
        }
        let answer = send(&call, rest, &id, changes).await?;
        Ok(created(request, id, &answer))
    }

    /// The object with the natural key of the request, if the API has one.
    pub(super) async fn find_by_key(
        &self,
        context: &Context,
        request: &CreateRequest,
        rest: &Rest,
    ) -> Result<Option<(String, WireObject)>, Error> {
        let wanted = key_of(request.resource, &request.inputs);
        let parts = request.resource.natural_key.iter().filter_map(|part| {
            let field = request.resource.field(part.name)?;
            let value = request.inputs.get(part.name).filter(|value| !is_absent(field, value))?;
            // A part that may be absent is compared here: a filter would miss the absent ones.
            let text = encode(field, value, Occasion::Create).as_str()?.to_owned();
            part.absent.is_none().then(|| (field.wire_name(), text))
        });
        let filters: Vec<(String, String)> = parts.collect();
        let found = self.list(context, rest, &filters, |candidate| {
            let outputs =
                wire::outputs(request.resource, "", candidate, Moment::Read, &Object::new());
            key_of(request.resource, &outputs) == wanted
        });
        Ok(found.await?.into_iter().next())
    }

    /// The objects of a collection that pass `test`, with their ids.
    pub(super) async fn list(
        &self,
        context: &Context,
        rest: &Rest,
        filters: &[(String, String)],
        test: impl Fn(&WireObject) -> bool,
    ) -> Result<Vec<(String, WireObject)>, Error> {
        // A search of its own, also where the time of the create is used up.
        let call = self.call(context, None);
        let mut found = Vec::new();
        let mut from: Option<String> = None;
        loop {
            let mut query: Vec<(&str, &str)> =
                filters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            query.push(("take", "100"));
            if let Some(from) = &from {
                query.push(("from", from));
            }
            let page = call.get(&path(rest, &[]), &query).await?;
            let items = match &page {
                serde_json::Value::Array(items) => Some(items),
                page => page.as_object().and_then(|page| page.values().find_map(|v| v.as_array())),
            };
            let candidates = items.into_iter().flatten().filter_map(|item| item.as_object());
            for candidate in candidates.filter(|candidate| test(candidate)) {
                if let Some(id) = id_of(rest, candidate) {
                    found.push((id, candidate.clone()));
                }
            }
            let next = page.get("next").and_then(|next| next.as_str());
            match next.filter(|next| !next.is_empty() && Some(*next) != from.as_deref()) {
                Some(next) => from = Some(next.to_owned()),
                None => return Ok(found),
            }
        }
    }
}

fn not_found(request: &CreateRequest) -> Error {
    Error::new(
        pulumi_rs_sdk::error::ErrorKind::AlreadyExists,
        format!(
            "Auth0 holds a {} like this one already, but does not list it",
            request.resource.name
        ),
    )
}

/// The name that the inputs give, and whether Check made it up.
pub(super) fn name_of(request: &CreateRequest) -> Option<(&str, bool)> {
    let field = request.resource.autonamed()?;
    let name = request.inputs.get(field.name)?.as_str()?;
    let generated = match request.inputs.get(pulumi_rs_sdk::state::DEFAULTS) {
        Some(Value::Array(defaults)) => {
            defaults.iter().any(|default| default.as_str() == Some(field.name))
        }
        _ => false,
    };
    Some((name, generated))
}
