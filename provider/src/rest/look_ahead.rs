//! What a preview looks at: whether the API that a grant is for is there, and has its scopes.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pulumi_rs_sdk::provider::{Context, LookAheadRequest};
use pulumi_rs_sdk::value::Value;
use serde_json::Value as Json;
use tokio::sync::OnceCell;

use super::ownership::key_of;
use super::tenant::Tenant;
use crate::api::{ApiError, Path};
use crate::resources::CLIENT_GRANT;

/// How long a preview waits for the tenant: a little less than the framework lets it, so that what was
/// not answered in time is remembered too.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_700);

/// The APIs that this process has looked at, each once.
#[derive(Default)]
pub(super) struct Apis {
    by_identifier: Mutex<HashMap<String, Arc<OnceCell<Found>>>>,
    /// Whether it was said that one could not be looked at: what is in the way of one is in the way of all.
    told: AtomicBool,
}

/// What a look at an API has found.
enum Found {
    /// It has these scopes.
    Scopes(BTreeSet<String>),
    /// It is not there.
    Nothing,
    /// It could not be told, for this reason: the tenant did not answer, or the token does not suffice.
    Unsure(String),
    /// The user stopped the preview.
    Stopped,
}

impl Tenant {
    /// Warns of two resources for one object, of an API that is not on the tenant, and of scopes that it
    /// does not have.
    ///
    /// Where that cannot be told within two seconds, that is one warning of the process, with the reason.
    pub async fn look_ahead(&self, context: &Context, request: LookAheadRequest) {
        if let Some(key) = key_of(request.resource, &request.inputs)
            && let Err(two) = self.ownership.foresee(&key, &request.urn)
        {
            context.log.warning(two.message);
        }
        if self.looks_ahead && request.is_new {
            self.tell_what_goes(context, &request).await;
        }
        // Only grants name an API, so far.
        if !self.looks_ahead || request.resource.name != CLIENT_GRANT.name {
            return;
        }
        // An empty one is told by the framework already.
        let identifier = request.inputs.get("audience").and_then(Value::as_str);
        let Some(identifier) = identifier.filter(|identifier| !identifier.is_empty()) else {
            return;
        };
        let cell = {
            let mut apis = self.apis.by_identifier.lock().unwrap_or_else(PoisonError::into_inner);
            apis.entry(identifier.to_owned()).or_default().clone()
        };
        match cell.get_or_init(|| self.look_at(context, identifier)).await {
            Found::Stopped => {}
            Found::Unsure(reason) => {
                if !self.apis.told.swap(true, Ordering::Relaxed) {
                    context.log.warning(format!(
                        "this preview could not look whether the API `{identifier}` is on the tenant {}, and \
                         does not tell what the update will meet there: {reason}. \
                         AUTH0_PREVIEW_CHECKS=false keeps previews from asking",
                        self.api.domain()
                    ));
                }
            }
            Found::Nothing => context.log.warning(format!(
                "no API with the identifier `{identifier}` is on the tenant {}: make it before the \
                 update, or correct `audience`",
                self.api.domain()
            )),
            Found::Scopes(there) => {
                let wanted =
                    request.inputs.get("scopes").and_then(Value::as_array).unwrap_or_default();
                let missing = wanted.iter().filter_map(Value::as_str);
                let missing: Vec<&str> = missing.filter(|scope| !there.contains(*scope)).collect();
                if !missing.is_empty() {
                    context.log.warning(format!(
                        "the API `{identifier}` does not define `{}`: tokens will not hold what it \
                         does not define",
                        missing.join("`, `")
                    ));
                }
            }
        }
    }

    async fn look_at(&self, context: &Context, identifier: &str) -> Found {
        let call = self.call(context, Some(PATIENCE));
        match call.get(Path::of("resource-servers").named(identifier)).await {
            Ok(api) => match api.get("scopes") {
                Some(Json::Array(scopes)) => {
                    let names = scopes.iter().filter_map(|scope| scope.get("value")?.as_str());
                    Found::Scopes(names.map(str::to_owned).collect())
                }
                _ => Found::Scopes(BTreeSet::new()),
            },
            Err(ApiError::NotFound { .. }) => Found::Nothing,
            Err(ApiError::Cancelled { .. }) => Found::Stopped,
            Err(error) => Found::Unsure(error.to_string()),
        }
    }
}
