//! What the state has and the tenant does not: deleted elsewhere, or the tenant is another than the stack's.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use pulumi_rs_sdk::error::{Error, ErrorKind};
use pulumi_rs_sdk::log::Log;
use pulumi_rs_sdk::provider::Context;
use pulumi_rs_sdk::table::Resource;

use super::tenant::Tenant;

/// What this process has found of the state, and what not.
#[derive(Default)]
pub(super) struct Absences {
    /// The tenant that the stack was on when it was last updated, where that was another.
    pub(super) moved_from: Option<String>,
    counts: Mutex<BTreeMap<&'static str, Count>>,
}

#[derive(Default)]
struct Count {
    found: usize,
    absent: usize,
    /// Deleted without a look: the API answers to the delete of what is not there as to any other.
    unseen: usize,
}

impl Absences {
    fn count(&self, resource: &Resource, change: impl FnOnce(&mut Count)) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        change(counts.entry(resource.name).or_default());
    }
}

impl Tenant {
    /// Notes that an object of the state is on the tenant.
    pub(super) fn found(&self, resource: &Resource) {
        self.absences.count(resource, |count| count.found += 1);
    }

    /// Notes that an object of the state was deleted without a look.
    pub(super) fn deleted_unseen(&self, resource: &Resource) {
        self.absences.count(resource, |count| count.unseen += 1);
    }

    /// Whether to look for an object before its delete: that of another tenant looks like any other. One that was
    /// found tells for all of its kind.
    pub(super) fn is_doubtful(&self, resource: &Resource) -> bool {
        let mut doubtful = self.absences.moved_from.is_some();
        self.absences.count(resource, |count| {
            doubtful |= count.found == 0 && count.absent + count.unseen > 0;
        });
        doubtful
    }

    /// Notes that an object of the state is not on the tenant.
    ///
    /// # Errors
    /// The stack was on another tenant when it was last updated, where the object may well be: it has to stay in the
    /// state.
    pub(super) fn absent(&self, resource: &Resource, id: &str) -> Result<(), Error> {
        self.absences.count(resource, |count| count.absent += 1);
        let Some(before) = &self.absences.moved_from else { return Ok(()) };
        let now = self.api.domain();
        Err(Error::new(
            ErrorKind::NotFound,
            format!(
                "{} {id} is not on the tenant {now}, and this stack was last on {before}: it stays in the \
                 state. Correct `auth0:domain` or AUTH0_DOMAIN; if the stack is really to be on {now} from \
                 now on, run `pulumi up` first, or take this out by `pulumi state delete`",
                resource.name
            ),
        ))
    }

    /// Warns of an object of the state that is not on the tenant.
    pub(super) fn tell_absent(&self, context: &Context, resource: &Resource, id: &str) {
        context.log.warning(format!(
            "{} {id} is not on the tenant {}: it was deleted elsewhere, or never was there",
            resource.name,
            self.api.domain()
        ));
    }

    /// Warns, at the end of an operation, where nothing was found of a kind that the state has several of.
    pub fn operation_ends(&self, context: &Context) {
        let mut counts = self.absences.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for (kind, count) in std::mem::take(&mut *counts) {
            let all = count.absent + count.unseen;
            if count.found == 0 && count.absent > 0 && all > 1 {
                self.doubt(&context.log, kind, all);
            }
        }
    }

    fn doubt(&self, log: &Log, kind: &str, all: usize) {
        log.warning(format!(
            "{all} resources of the type {kind} were to be read or deleted, and none was found on the tenant \
             {}: this may be another tenant than the stack's; check `auth0:domain` and AUTH0_DOMAIN",
            self.api.domain()
        ));
    }
}
