//! What each class of resources does: plans, and no request.

mod collection;
mod list;
mod parts;
mod single;

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::{Class, Removed, Single, WireObject};
use pulumi_rs_sdk::value::Object;

use super::body::Changes;
use super::plan::Plan;
use super::site::{Home, Site};

/// Makes what a program gives, in this home.
pub(super) fn make(home: &Home, inputs: &Object) -> Plan {
    let resource = home.resource;
    match &resource.class {
        Class::Collection(of) => collection::make(of, resource, home, inputs),
        Class::Single(of) => single::make(of, resource, home, inputs),
        Class::Parts(of) => parts::make(of, resource, home, inputs),
        Class::Member(of) => list::make_one(of, resource, home, inputs),
        Class::Members(of) => list::make_all(of, resource, home, inputs),
        Class::Own => Plan::of([]),
    }
}

/// Reads an object, of which `known` is what the state knows, if there is one.
pub(super) fn read(site: &Site, known: Option<&Known>) -> Plan {
    let resource = site.home.resource;
    match &resource.class {
        Class::Collection(of) => collection::read(of, site, known),
        Class::Single(of) => single::read(of, site),
        Class::Parts(of) => parts::read(of, resource, site, known),
        Class::Member(of) => list::read_one(of, site),
        Class::Members(of) => list::read_all(of, resource, site),
        Class::Own => Plan::of([]),
    }
}

/// Changes an object, which is then shown as it is.
pub(super) fn change(site: &Site, changes: Changes) -> Plan {
    let resource = site.home.resource;
    match &resource.class {
        Class::Collection(of) => collection::change(of, site, changes),
        Class::Single(of) => single::change(of, site, changes),
        Class::Parts(of) => parts::change(of, site, &changes),
        Class::Member(of) => list::change_one(of, site, changes),
        Class::Members(of) => list::change_all(of, resource, site, &changes.was, &changes.now),
        Class::Own => Plan::of([]),
    }
}

/// Removes an object, or what of it can be removed.
pub(super) fn remove(site: &Site, known: &Known) -> Plan {
    let resource = site.home.resource;
    match &resource.class {
        Class::Collection(_) => collection::remove(site),
        Class::Single(of) => single::remove(of, site),
        Class::Parts(of) => parts::remove(of, site),
        Class::Member(of) => list::remove_one(of, site),
        Class::Members(of) => list::remove_all(of, resource, site, known),
        Class::Own => Plan::of([]),
    }
}

/// What the user is to be told of an object that stays although it leaves the program.
pub(super) fn stays(site: &Site) -> Option<&'static str> {
    let words = match &site.home.resource.class {
        Class::Single(Single { removed: Removed::Stays(words), .. }) => words,
        Class::Parts(of) => of.stays,
        _ => "",
    };
    (!words.is_empty()).then_some(words)
}

/// Where the object lives that was made in this home, and shown like this; `None` where its id was not shown.
pub(super) fn site_of(home: &Home, inputs: &Object, shown: &WireObject) -> Option<Site> {
    match home.resource.class {
        Class::Collection(_) => Some(home.site(&home.own_id(shown)?)),
        Class::Member(_) => Some(home.entry(inputs)),
        _ => Some(home.alone()),
    }
}

#[cfg(test)]
mod tests;
