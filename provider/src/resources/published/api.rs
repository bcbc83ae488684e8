//! Our rows against Auth0's description of its API: wire names, and how a value is cleared.

use pulumi_rs_sdk::table::rest::{Class, Field, Kind, Method, Presence, Reset, Resource, Sent};
use serde_json::Value as Json;

use super::{Differences, Meant, PACKAGE, facts, object_in};

const MEANT: &[Meant] = &[
    Meant { why: "recorded: the API takes null 24 times", at: &["Client.addons clearing"] },
    Meant {
        why: "the document leaves the block open; the names are those of the published provider",
        at: &[
            "Client.addons.samlp.binding wire",
            "Client.addons.samlp.includeAttributeNameFormat wire",
            "Client.addons.samlp.logout wire",
            "Client.addons.samlp.logout.callback wire",
            "Client.addons.samlp.logout.sloEnabled wire",
            "Client.addons.samlp.signingCert wire",
            "Client.addons.samlp.typedAttributes wire",
            "ResourceServer.authorizationDetails.type wire",
        ],
    },
    Meant {
        why: "recorded: the API takes it, though the document does not know it",
        at: &["ResourceServer.tokenLifetimeForWeb wire"],
    },
    Meant {
        why: "of older tenants; the document does not know it any more",
        at: &["ResourceServer.verificationLocation wire"],
    },
];

#[test]
fn the_api_knows_every_row_and_takes_what_clears_it() {
    let Some(document) = facts("auth0-management-api.openapi.json") else { return };
    let api = Api { document: &document };
    let mut differences = Differences::default();
    for resource in PACKAGE.resources {
        let (create, update) = (api.body(resource, "post"), api.body(resource, "patch"));
        let level =
            Level { at: resource.name, create: Some(create), update: Some(update), whole: false };
        api.compare(level, resource.fields, &mut differences);
    }
    differences.are(MEANT);
}

struct Api<'a> {
    document: &'a Json,
}

fn name(method: Method) -> &'static str {
    match method {
        Method::Patch => "patch",
        Method::Put => "put",
    }
}

/// An object of the API: what it is in the body of a create and of an update.
struct Level<'a> {
    at: &'a str,
    create: Option<&'a Json>,
    update: Option<&'a Json>,
    /// Whether a change replaces it, so that nothing in it need be cleared.
    whole: bool,
}

/// A property of the API without its null.
struct Property<'a> {
    schema: &'a Json,
    takes_null: bool,
}

impl<'a> Api<'a> {
    fn body(&self, resource: &Resource, method: &str) -> &'a Json {
        let path = resource.class.path().unwrap();
        let (path, method) = match resource.class {
            Class::Collection(_) if method == "post" => (path.as_str().to_owned(), "post"),
            Class::Collection(of) => (format!("{}/{{id}}", path.as_str()), name(of.change)),
            Class::Single(of) => (path.as_str().to_owned(), name(of.change)),
            Class::Own => panic!("{} is in no REST API", resource.name),
        };
        let body = &self.operation(&path)[method]["requestBody"];
        self.resolved(&body["content"]["application/json"]["schema"])
    }

    /// The document's entry of a path, whatever the names in its braces are.
    fn operation(&self, path: &str) -> &'a Json {
        let paths = self.document["paths"].as_object().unwrap();
        let shape = |path: &str| -> Vec<String> {
            let segments = path.trim_matches('/').split('/');
            segments.map(|s| if s.starts_with('{') { "{}" } else { s }.to_owned()).collect()
        };
        let found = paths.iter().find(|(known, _)| shape(known) == shape(path));
        found.unwrap_or_else(|| panic!("the API has no path {path}")).1
    }

    fn resolved(&self, mut schema: &'a Json) -> &'a Json {
        while let Some(pointer) = schema["$ref"].as_str() {
            schema = self.document.pointer(pointer.trim_start_matches('#')).unwrap();
        }
        schema
    }

    /// The schema without its alternative null, and whether there is one.
    fn property(&self, schema: &'a Json) -> Property<'a> {
        let schema = self.resolved(schema);
        for key in ["oneOf", "anyOf"] {
            let alternatives: Vec<&Json> = schema[key]
                .as_array()
                .into_iter()
                .flatten()
                .map(|any| self.resolved(any))
                .collect();
            let (nulls, others): (Vec<&Json>, Vec<&Json>) =
                alternatives.into_iter().partition(|any| any["type"] == "null");
            if let Some(first) = others.first() {
                let inner = self.property(first);
                return Property { takes_null: inner.takes_null || !nulls.is_empty(), ..inner };
            }
        }
        let has_null = |list: &Json, null: &Json| list.as_array().is_some_and(|l| l.contains(null));
        let takes_null = schema["nullable"] == true
            || has_null(&schema["type"], &"null".into())
            || has_null(&schema["enum"], &Json::Null);
        Property { schema, takes_null }
    }

    fn member(&self, level: Option<&'a Json>, path: &str) -> Option<Property<'a>> {
        path.split('.').try_fold(Property { schema: level?, takes_null: false }, |at, name| {
            at.schema["properties"].get(name).map(|schema| self.property(schema))
        })
    }

    fn compare(&self, level: Level<'a>, fields: &[Field], differences: &mut Differences) {
        for field in fields.iter().filter(|field| field.is_input() && field.sent != Sent::Never) {
            let at = format!("{}.{}", level.at, field.name);
            let path = field.wire_name();
            let create = self.member(level.create, path);
            let update = self.member(level.update, path);
            let only_on_create = field.sent == Sent::Create || field.replaces;
            match (&create, &update, only_on_create) {
                (None, None, _) => differences.add(format!("{at} wire"), format!("no {path}")),
                (None, Some(_), true) => differences.add(format!("{at} wire"), "update only"),
                (Some(_), None, false) => differences.add(format!("{at} wire"), "create only"),
                _ => {}
            }
            if let Some(update) = update.as_ref().filter(|_| !only_on_create)
                && let Some(complaint) = clearing(field, update, level.whole)
            {
                differences.add(format!("{at} clearing"), complaint);
            }
            if let Some(of) = object_in(field.kind) {
                let inner = |property: Option<Property<'a>>| {
                    let schema = property?.schema;
                    match schema.get("items") {
                        Some(items) => Some(self.property(items).schema),
                        None => Some(schema),
                    }
                };
                let is_list = matches!(field.kind, Kind::List(_));
                let whole = level.whole || field.whole || is_list;
                let level = Level { at: &at, create: inner(create), update: inner(update), whole };
                self.compare(level, of.fields, differences);
            }
        }
    }
}

/// What is wrong with how the row says that it is cleared.
fn clearing(field: &Field, api: &Property<'_>, whole: bool) -> Option<&'static str> {
    let takes_zero = match field.kind {
        Kind::Bool => true,
        Kind::String => {
            let refuses_empty = ["enum", "pattern"].iter().any(|key| !api.schema[key].is_null());
            !refuses_empty && api.schema["minLength"].as_u64().unwrap_or(0) == 0
        }
        Kind::List(_) => api.schema["minItems"].as_u64().unwrap_or(0) == 0,
        Kind::Map(_) => true,
        Kind::Int | Kind::Number | Kind::Object(_) | Kind::Any => false,
    };
    let refuses_empty = matches!(field.kind, Kind::List(_)) && !takes_zero;
    match field.reset {
        _ if field.presence == Presence::Required => None,
        Reset::Null if !api.takes_null => Some("the API takes no null"),
        Reset::Zero if !whole && !takes_zero && !api.takes_null => {
            Some("the API takes no zero value")
        }
        Reset::Zero if !whole && !takes_zero => Some("the API takes null only"),
        Reset::Keep if api.takes_null => Some("kept, though the API takes null"),
        Reset::Keep if field.presence == Presence::Optional && takes_zero => {
            Some("kept, though the API takes the zero value")
        }
        Reset::Null if refuses_empty && !field.empty_is_null => {
            Some("the API refuses an empty list")
        }
        _ => None,
    }
}
