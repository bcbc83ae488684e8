//! Update: what has changed is sent, in the way of the class.

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Known, UpdateRequest};
use pulumi_rs_sdk::state::{Moment, same};
use pulumi_rs_sdk::table::rest::{Class, Field, Kind, Rare, Sent, WireObject};
use pulumi_rs_sdk::value::{Object, Value};

use super::body;
use super::class;
use super::ownership::spot;
use super::run::Stopped;
use super::site::Site;
use super::tenant::{Tenant, header};
use super::wait::timeout_of;
use super::wire;
use crate::api::{ApiError, Call};

impl Tenant {
    /// Changes the resource and returns its outputs.
    ///
    /// Where nothing differs from the state, what differs from the server is sent: the engine asks for
    /// such an update after a create that did not come to its end.
    ///
    /// # Errors
    /// What the API refused; that the resource is gone.
    pub async fn update(&self, context: &Context, request: UpdateRequest) -> Result<Object, Error> {
        let resource = request.resource;
        let site = Site::of_id(resource, &request.id, Some(&request.old.outputs))?;
        if resource.unique_by().is_some() {
            self.ownership.keep(spot(resource, &site), &request.urn);
        }
        let _writing = self.shelves.of(&site.home).writing(&site.own);
        let names_another = self.recent.has_any_of(&request.inputs);
        let call = self.call(context, request.timeout.or(timeout_of(resource)));
        let call = call.just_made(names_another || self.recent.has(&site));
        let call = call.through(header(resource.fields, &request.inputs));
        let mut old = request.old;
        let changes =
            |old: &Known| body::update(resource, old, &request.inputs, &request.ignore_changes);
        let registered = self.register_again(&call, &site, &old, &request.inputs).await?;
        let told = |mut shown: WireObject| {
            for (name, json) in registered.iter().flatten() {
                shown.entry(name.clone()).or_insert_with(|| json.clone());
            }
            shown
        };
        let mut changed = changes(&old);
        let mut gone_on = None;
        if changed.is_empty() || registered.is_some() {
            let live = told(self.run(&call, &class::read(&site, Some(&old))).await?);
            old.outputs = wire::outputs(resource, &site, &live, Moment::Write, &request.inputs);
            changed = changes(&old);
            if changed.is_empty() {
                gone_on = self.go_on(&call, &site, &request.inputs, live).await.transpose();
                if gone_on.is_none() {
                    return Ok(old.outputs);
                }
            }
        }
        let is_by_parts = matches!(resource.class, Class::Parts(_));
        let sent = if is_by_parts { changed.body.clone() } else { WireObject::new() };
        let changed = match gone_on {
            Some(shown) => shown,
            None => {
                self.guard(&call, &site, &old, &request.inputs, &changed.body).await?;
                self.merge(&call, &site, &old, &request.inputs, &mut changed.body).await?;
                match self.run(&call, &class::change(&site, changed)).await.map(told) {
                    Ok(shown) => self.then(&call, &site, &request.inputs, shown).await,
                    Err(stopped) => Err(stopped),
                }
            }
        };
        let outputs = |shown: &WireObject| {
            // The values from before the answer: what the program gives, else what is stored.
            let mut kept = old.outputs.clone();
            // What is the program's alone goes with it, and one form of a value where it gives another.
            let inputs = &request.inputs;
            let goes = |row: &&Field| {
                row.sent == Sent::Never || body::is_given_elsewhere(resource, row, inputs)
            };
            let going = resource.fields.iter().filter(goes);
            going.for_each(|row| _ = kept.remove(row.name));
            let merged = resource.fields.iter().filter(|row| row.rare == Rare::Merged);
            for row in merged.filter(|row| !inputs.contains_key(row.name)) {
                leave(row, old.inputs.get(row.name), kept.get_mut(row.name));
            }
            kept.extend(request.inputs.clone());
            let mut outputs = wire::outputs(resource, &site, shown, Moment::Write, &kept);
            if is_by_parts {
                let is_known = |wire| wire::get(shown, wire).or(wire::get(&sent, wire)).is_some();
                // What was neither written nor read is as it was.
                for row in resource.fields.iter().filter(|row| !is_known(row.wire_name())) {
                    if let Some(stored) = old.outputs.get(row.name) {
                        outputs.insert(row.name.to_owned(), stored.clone());
                    }
                }
            }
            outputs
        };
        match changed {
            Ok(shown) => Ok(outputs(&shown)),
            Err(stopped) if stopped.has_written && !stopped.shown.is_empty() => {
                // The next update finds out what is left to do.
                let outputs = outputs(&stopped.shown);
                Err(Error::from(stopped).created(request.id, request.inputs, outputs))
            }
            Err(stopped) => Err(stopped.into()),
        }
    }
}

impl Tenant {
    /// Brings one that is made of what somebody else says to what is said now, where the program wants that; what is told of
    /// it.
    async fn register_again(
        &self,
        call: &Call<'_>,
        site: &Site,
        old: &Known,
        inputs: &Object,
    ) -> Result<Option<WireObject>, Stopped> {
        let resource = site.home.resource;
        let again = resource.class.registration().and_then(|at| resource.field(at.again));
        let value =
            |values: &Object, row: &Field| values.get(row.name).cloned().unwrap_or_default();
        match again {
            Some(row) if !same(row, &value(&old.outputs, row), &value(inputs, row)) => {
                Ok(Some(self.run(call, &class::make(&site.home, inputs)).await?))
            }
            _ => Ok(None),
        }
    }
}

/// Takes out of an object what only the program knows of it, and gives no more.
fn leave(row: &Field, before: Option<&Value>, kept: Option<&mut Value>) {
    if let (Kind::Object(of), Some(Value::Object(before)), Some(Value::Object(kept))) =
        (row.kind, before, kept)
    {
        let left = of.fields.iter().filter(|inner| inner.write_only);
        left.filter(|inner| before.contains_key(inner.name)).for_each(|inner| {
            kept.remove(inner.name);
        });
    }
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Error {
        let mut error = failed(stopped.error);
        for other in stopped.others {
            error.message.push_str(&format!("; {}", failed(other).message));
        }
        error
    }
}

/// The error for a change that failed, with what it leaves to be found out.
pub(super) fn failed(error: ApiError) -> Error {
    let hint = match &error {
        ApiError::NotFound { .. } => {
            "; if that is the stack's tenant, and it was deleted elsewhere, run `pulumi refresh`"
        }
        // The state does not show it, and so does no preview of a program that goes back.
        error if error.may_be_done() => {
            "; it may have been carried out all the same: unless you run the same program again, run \
             `pulumi refresh`"
        }
        _ => "",
    };
    let mut error = Error::from(error);
    error.message.push_str(hint);
    error
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::leave;
    use crate::resources::CONNECTION;
    use crate::rest::testing::object;

    #[test]
    fn what_only_the_program_knows_of_an_object_goes_with_it() {
        let row = CONNECTION.field("options").unwrap();
        let before = object(json!({"configuration": {"k": "v"}, "importMode": true})).into();
        let stored = json!({"configuration": {"k": "v"}, "importMode": true, "metadataXml": "m"});
        let mut kept = object(stored).into();
        leave(row, Some(&before), Some(&mut kept));
        assert_eq!(kept, object(json!({"importMode": true, "metadataXml": "m"})).into());
    }
}
