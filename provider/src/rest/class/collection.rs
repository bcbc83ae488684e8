//! One of many of a kind: POST to the collection, then GET, PATCH or PUT, and DELETE below it.

use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::{Collection, Resource, WireObject};
use pulumi_rs_sdk::value::Object;
use serde_json::Value as Json;

use crate::api::{Means, Request};
use crate::rest::body::{self, Changes};
use crate::rest::plan::{Plan, Shows, Step};
use crate::rest::site::{Home, Site};

pub(super) fn make(of: &Collection, resource: &Resource, home: &Home, inputs: &Object) -> Plan {
    let body = body::create(resource, inputs).into();
    let post = match of.registered {
        // To register what is registered makes no second one.
        Some(at) => Request { means: Means::Sets, ..Request::post(home.elsewhere(at.path), body) },
        None => Request::post(home.path.clone(), body),
    };
    Plan::of_object(of.id_member, [Step::shows(Shows::Members, post)])
}

/// Where nothing is known, what comes of what somebody else says of it is asked for too.
pub(super) fn read(of: &Collection, site: &Site, known: Option<&Known>) -> Plan {
    let get = Step::shows(Shows::Members, Request::get(site.at.clone()));
    let told = of.registered.filter(|_| known.is_none()).map(|at| {
        let ask = Request::post(site.home.elsewhere(at.told), Json::Null);
        let ask = Request { means: Means::Asks, ..ask };
        Step::shows(Shows::Members, ask).filled_by(at.member)
    });
    Plan::of_object(of.id_member, [get].into_iter().chain(told))
}

pub(super) fn change(of: &Collection, site: &Site, changes: Changes) -> Plan {
    let write = |body: WireObject| Request::write(of.change.into(), site.at.clone(), body.into());
    let first = changes.first.into_iter().map(|body| Step::silent(write(body)));
    let last = write(changes.body);
    let last = match of.registered {
        Some(_) => {
            vec![Step::silent(last), Step::shows(Shows::Members, Request::get(site.at.clone()))]
        }
        None => vec![Step::shows(Shows::Members, last)],
    };
    Plan::of_object(of.id_member, first.chain(last))
}

pub(super) fn remove(site: &Site) -> Plan {
    Plan::of([Step::silent(Request::delete(site.at.clone())).or_gone()])
}
