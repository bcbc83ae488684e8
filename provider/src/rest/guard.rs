//! What nobody can read back is not taken away unseen: lists whose entries are the program's own, and others' beside.

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::{Field, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::class;
use super::run::Stopped;
use super::site::Site;
use super::tenant::Tenant;
use super::wire;
use crate::api::{ApiError, Asked, Call, Request};

impl Tenant {
    /// Looks, before `body` is sent, whether it would take away what somebody else has put into a guarded list.
    ///
    /// # Errors
    /// It would: [`ApiError::NotEmpty`] names what. The read fails.
    pub(super) async fn guard(
        &self,
        call: &Call<'_>,
        site: &Site,
        old: &Known,
        inputs: &Object,
        body: &WireObject,
    ) -> Result<(), Stopped> {
        let rows = site.home.resource.fields.iter();
        let sent = |row: &&Field| wire::get(body, row.wire_name()).is_some();
        let guarded: Vec<(&Field, &str)> =
            rows.filter(sent).filter_map(|row| Some((row, row.guarded_by()?))).collect();
        if guarded.is_empty() {
            return Ok(());
        }
        let live = self.run(call, &class::read(site, None)).await?;
        let mut others = Vec::new();
        for (row, key) in &guarded {
            let Some(Json::Array(entries)) = wire::get(&live, row.wire_name()) else { continue };
            // Rows of one wire name are forms of one list.
            let is_known = |name: &str| {
                [&old.inputs, &old.outputs, inputs].into_iter().any(|values| {
                    guarded.iter().any(|(row, key)| has(values.get(row.name), key, name))
                })
            };
            let names = entries.iter().filter_map(|entry| entry.get(key)?.as_str());
            others.extend(names.filter(|name| !is_known(name)).map(str::to_owned));
        }
        others.sort_unstable();
        others.dedup();
        match others.is_empty() {
            true => Ok(()),
            false => {
                let asked = Asked::of(&Request::get(site.at.clone()));
                Err(Stopped::by(
                    asked.map_or_else(|error| error, |asked| ApiError::NotEmpty { asked, others }),
                ))
            }
        }
    }
}

/// Whether a list has an entry of that name.
fn has(list: Option<&Value>, key: &str, name: &str) -> bool {
    let entries = list.and_then(Value::as_array).unwrap_or_default();
    let mut names = entries.iter().filter_map(|entry| entry.as_object()?.get(key)?.as_str());
    names.any(|other| other == name)
}
