//! Where resources live: their paths and lists against Auth0's description of its API.

use pulumi_rs_sdk::table::Presence;
use pulumi_rs_sdk::table::rest::{Class, Listing, Paging, Removed, Resource, Template};
use serde_json::Value as Json;

use super::api::Api;
use super::{PACKAGE, facts};

/// The list of a resource, if it has one.
fn list(resource: &Resource) -> Option<(Template, Listing)> {
    match resource.class {
        Class::Collection(of) => Some((of.path, of.listing)),
        Class::Member(of) => Some((of.of.path, of.of.listing)),
        Class::Members(of) => Some((of.of.path, of.of.listing)),
        _ => None,
    }
}

#[test]
fn lists_are_paged_as_the_document_says() {
    let Some(document) = facts("auth0-management-api.openapi.json") else { return };
    let api = Api { document: &document };
    for resource in PACKAGE.resource_tables() {
        let Some((path, listing)) = list(resource) else { continue };
        let path = path.as_str();
        let operation = api.operation(path);
        if operation.is_null() {
            continue;
        }
        let get = &operation["get"];
        let has = |name: &str| {
            let parameters = get["parameters"].as_array().into_iter().flatten();
            let mut parameters = parameters.map(|parameter| api.resolved(parameter));
            parameters.any(|parameter| parameter["name"] == name)
        };
        let expected = match () {
            () if get.is_null() => Paging::None,
            () if has("take") => Paging::Checkpoint,
            () if has("page") => Paging::Offset,
            () => Paging::Whole,
        };
        assert_eq!(listing.paging, expected, "{} at {path}", resource.name);
        if listing.is_there() && listing.keyed.is_none() {
            let last = path.rsplit('/').next().unwrap().replace('-', "_");
            let member = listing.items.unwrap_or(&last);
            let schema = &get["responses"]["200"]["content"]["application/json"]["schema"];
            assert!(holds_list(&api, schema, member), "{} at {path}: no {member}", resource.name);
        }
    }
}

/// Whether an answer of that schema is a list, or has one under that name.
fn holds_list(api: &Api<'_>, schema: &Json, member: &str) -> bool {
    let schema = api.resolved(schema);
    let alternatives = ["oneOf", "anyOf"].iter().flat_map(|key| schema[*key].as_array());
    let mut alternatives = alternatives.flatten();
    schema["type"] == "array"
        || api.resolved(&schema["properties"][member])["type"] == "array"
        || alternatives.any(|schema| holds_list(api, schema, member))
}

#[test]
fn what_stands_in_a_path_is_required_and_makes_a_new_resource() {
    for resource in PACKAGE.resource_tables() {
        let rows = resource.class.path().into_iter().flat_map(Template::rows);
        for row in rows {
            let row = resource.field(row).unwrap();
            let is_fixed = row.presence == Presence::Required && row.is_replacing();
            assert!(is_fixed, "{}.{}", resource.name, row.name);
        }
    }
}

#[test]
fn what_a_delete_writes_is_json() {
    for resource in PACKAGE.resource_tables() {
        let removed: Vec<Removed> = match resource.class {
            Class::Single(of) => vec![of.removed],
            Class::Parts(of) => of.parts.iter().map(|part| part.removed).collect(),
            _ => Vec::new(),
        };
        for removed in removed {
            match removed {
                Removed::Emptied(text) => {
                    let json: Result<Json, _> = serde_json::from_str(text);
                    assert!(json.is_ok(), "{}: {text}", resource.name);
                }
                Removed::Stays(words) if matches!(resource.class, Class::Single(_)) => {
                    assert!(!words.is_empty(), "{}: what becomes of it?", resource.name);
                }
                Removed::Stays(_) | Removed::Deleted => {}
            }
        }
    }
}
