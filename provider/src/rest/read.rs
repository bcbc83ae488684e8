//! Read: what the class does to read one, for a refresh or an import; many that come together are served by pages.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use pulumi_rs_sdk::error::Error;
use pulumi_rs_sdk::provider::{Context, Known, ReadRequest, ReadState};
use pulumi_rs_sdk::state::{Moment, import_inputs, refresh_inputs, same};
use pulumi_rs_sdk::table::rest::{Class, Collection};
use pulumi_rs_sdk::table::{Resource, WireObject};
use pulumi_rs_sdk::value::{Object, Value};
use tokio::time::Instant;

use super::pages::{FRESH, Next, Shelf};
use super::site::Site;
use super::tenant::Tenant;
use super::{unknown_id, wire};

/// How long a read waits for pages before it goes alone.
const PATIENCE: Duration = Duration::from_secs(20);

impl Tenant {
    /// Reads the resource; `None` where the API says that it does not exist.
    ///
    /// # Guarantees
    /// What differs from the state was answered to a GET of its own: a page only ever confirms.
    ///
    /// # Errors
    /// Anything but a 404 of the API: an answer that cannot be read does not mean that it is gone.
    pub async fn read(
        &self,
        context: &Context,
        request: ReadRequest,
    ) -> Result<Option<ReadState>, Error> {
        let begun = Instant::now();
        let known = request.known.as_ref();
        let site = Site::of_id(request.resource, &request.id, known.map(|known| &known.outputs))?;
        if let Some(known) = &request.known
            && let Some(answer) = self.shown_by_a_page(context, &request, &site).await
        {
            let state = state(&request, &site, &answer);
            if is_as_known(&request, known, &state) {
                self.found(request.resource);
                return Ok(Some(state));
            }
        }
        let left = request.timeout.map(|timeout| timeout.saturating_sub(begun.elapsed()));
        let nothing = Object::new();
        let values = known.map_or(&nothing, |known| &known.outputs);
        let call = self.call_about(context, left, &site, values);
        let found = self.found_at(&call, site, known).await?;
        match &found {
            Some(_) => self.found(request.resource),
            None if known.is_some() => {
                self.absent(request.resource, &request.id)?;
                self.tell_absent(context, request.resource, &request.id);
            }
            None => {
                let (domain, plugin) = (self.domain(), env::current_exe().ok());
                let (resource, id) = (request.resource, &request.id);
                context.log.warning(unknown_id::text(&domain, resource, id, plugin.as_deref()));
            }
        }
        Ok(found.map(|(site, answer)| {
            // The API may know it by another id than the one that was given.
            let site = site.home.own_id(&answer).map_or(site.clone(), |own| site.home.site(&own));
            state(&request, &site, &answer)
        }))
    }

    /// The object as a page shows it; `None` where it is better asked for alone.
    async fn shown_by_a_page(
        &self,
        context: &Context,
        request: &ReadRequest,
        site: &Site,
    ) -> Option<WireObject> {
        if !site.home.is_listed() {
            return None;
        }
        let (id, shelf) = (&site.own, self.shelves.of(&site.home));
        match shelf.begin(id) {
            Next::Shown(object) => return Some(object),
            Next::Alone => return None,
            Next::Page => {}
        }
        // Of the time that the user gives, half is left for the read alone.
        let timeout = request.timeout.filter(|timeout| !timeout.is_zero());
        let patience = timeout.map_or(PATIENCE, |timeout| PATIENCE.min(timeout / 2));
        tokio::select! {
            biased;
            () = context.cancel.cancelled() => None,
            shown = self.wait_for_pages(context, site, &shelf) => shown,
            () = tokio::time::sleep(patience) => {
                // A list that hangs would cost every burst that time.
                shelf.discourage();
                None
            }
        }
    }

    /// Waits until a page shows the object, and asks for one when none is under way.
    async fn wait_for_pages(
        &self,
        context: &Context,
        site: &Site,
        shelf: &Arc<Shelf>,
    ) -> Option<WireObject> {
        let id = &site.own;
        let _waiting = shelf.wait(id);
        let _turn = loop {
            let arrived = shelf.arrived.notified();
            if let Some(object) = shelf.shown(id) {
                return Some(object);
            }
            tokio::select! {
                turn = shelf.turn.lock() => break turn,
                () = arrived => {}
            }
        };
        loop {
            let (next, wanted) = shelf.go_on(id);
            match next {
                Next::Shown(object) => return Some(object),
                Next::Alone => return None,
                Next::Page => {}
            }
            let from = wanted.from.as_deref();
            match self.page(context, &site.home, from, PATIENCE).await {
                Ok((objects, next)) => {
                    shelf.put(wanted, objects, next);
                    give_back_later(shelf.clone());
                }
                // That this read was stopped says nothing of the page.
                Err(_) if context.cancel.is_cancelled() => return None,
                Err(error) => {
                    tracing::debug!("reads go alone for a while: {error}");
                    shelf.discourage();
                    return None;
                }
            }
        }
    }
}

/// Has what pages showed given back when it is too old to serve a read.
fn give_back_later(shelf: Arc<Shelf>) {
    tokio::spawn(async move {
        tokio::time::sleep(FRESH + Duration::from_secs(1)).await;
        shelf.give_back();
    });
}

/// What the engine is told of an object.
fn state(request: &ReadRequest, site: &Site, answer: &WireObject) -> ReadState {
    let nothing = Object::new();
    let kept = request.known.as_ref().map_or(&nothing, |known| &known.outputs);
    let outputs = wire::outputs(request.resource, site, answer, Moment::Read, kept);
    let inputs = match &request.known {
        Some(known) if !known.inputs.is_empty() => {
            refresh_inputs(request.resource, &known.inputs, &outputs)
        }
        _ => {
            let mut inputs = import_inputs(request.resource, &outputs);
            inputs.retain(|name, _| !is_id(request.resource, name));
            inputs
        }
    };
    ReadState { id: site.id.clone(), inputs, outputs }
}

/// Whether the property holds the id: a program that had it would ask for the same id in a replacement.
fn is_id(resource: &Resource, name: &str) -> bool {
    let Class::Collection(Collection { id_member, .. }) = resource.class else { return false };
    resource.field(name).is_some_and(|row| row.wire_name() == id_member)
}

/// Whether the object is as the state has it: what a list leaves out, or has not heard of yet, must not be taken for a
/// change.
fn is_as_known(request: &ReadRequest, known: &Known, found: &ReadState) -> bool {
    request.resource.fields.iter().all(|row| {
        let value = |outputs: &Object| outputs.get(row.name).cloned().unwrap_or(Value::Null);
        same(row, &value(&known.outputs), &value(&found.outputs))
    })
}
