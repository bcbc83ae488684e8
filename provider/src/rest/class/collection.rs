//! One of many of a kind: POST to the collection, then GET, PATCH or PUT, and DELETE below it.

use pulumi_rs_sdk::table::rest::{Collection, Resource, WireObject};
use pulumi_rs_sdk::value::Object;

use crate::api::Request;
use crate::rest::body::{self, Changes};
use crate::rest::plan::{Plan, Shows, Step};
use crate::rest::site::{Home, Site};

pub(super) fn make(of: &Collection, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let post = Request::post(home.path.clone(), body::create(resource, inputs).into());
    Plan::of_object(of.id_member, [Step::shows(Shows::Members, post)])
}

pub(super) fn read(of: &Collection, site: &Site) -> Plan {
    let get = Request::get(site.at.clone());
    Plan::of_object(of.id_member, [Step::shows(Shows::Members, get)])
}

pub(super) fn change(of: &Collection, site: &Site, changes: Changes) -> Plan {
    let write = |body: WireObject| Request::write(of.change.into(), site.at.clone(), body.into());
    let first = changes.first.into_iter().map(|body| Step::silent(write(body)));
    let last = Step::shows(Shows::Members, write(changes.body));
    Plan::of_object(of.id_member, first.chain([last]))
}

pub(super) fn remove(site: &Site) -> Plan {
    Plan::of([Step::silent(Request::delete(site.at.clone())).or_gone()])
}
