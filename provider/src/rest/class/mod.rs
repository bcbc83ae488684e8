//! What each class of resources does: plans, and no request.

mod collection;
mod single;

use pulumi_rs_sdk::table::rest::{Class, Removed, Resource, Single, WireObject};
use pulumi_rs_sdk::value::Object;

use super::body::Changes;
use super::plan::Plan;
use super::site::{Home, Site};

/// Makes what a program gives, in this home.
pub(super) fn make(resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    match resource.class {
        Class::Collection(of) => collection::make(of, resource, home, inputs),
        Class::Single(of) => single::make(of, resource, home, inputs),
        Class::Own => Plan::default(),
    }
}

/// Reads an object.
pub(super) fn read(site: &Site) -> Plan {
    match site.home.class() {
        Class::Collection(of) => collection::read(of, site),
        Class::Single(of) => single::read(of, site),
        Class::Own => Plan::default(),
    }
}

/// Changes an object, which is then shown as it is.
pub(super) fn change(site: &Site, changes: Changes) -> Plan {
    match site.home.class() {
        Class::Collection(of) => collection::change(of, site, changes),
        Class::Single(of) => single::change(of, site, changes),
        Class::Own => Plan::default(),
    }
}

/// Removes an object, or what of it can be removed.
pub(super) fn remove(site: &Site) -> Plan {
    match site.home.class() {
        Class::Collection(_) => collection::remove(site),
        Class::Single(of) => single::remove(of, site),
        Class::Own => Plan::default(),
    }
}

/// What the user is to be told of an object that stays although it leaves the program.
pub(super) fn stays(site: &Site) -> Option<&'static str> {
    match site.home.class() {
        Class::Single(Single { removed: Removed::Stays(words), .. }) => Some(words),
        _ => None,
    }
}

/// Where the object lives that was shown in this home; `None` where its id was not shown.
pub(super) fn site_of(home: &Home, shown: &WireObject) -> Option<Site> {
    match home.class() {
        Class::Collection(_) => Some(home.site(&home.own_id(shown)?)),
        _ => Some(home.alone()),
    }
}

#[cfg(test)]
mod tests;
