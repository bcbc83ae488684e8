//! The limits and formats that Auth0's document states of values, against what a preview tells.

use pulumi_rs_sdk::check::{CheckContext, beyond_what_is_stated, check};
use pulumi_rs_sdk::table::rest::Class;
use pulumi_rs_sdk::table::{Field, Kind, Resource, Sent};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use super::api::Api;
use super::{Differences, Meant, PACKAGE, facts};
use crate::rest::testing::outputs;

const MEANT: &[Meant] = &[
    Meant {
        why: "the document names the format and does not say it",
        at: &[
            "Tenant.acrValuesSupporteds acr",
            "Tenant.supportEmail email-or-empty",
            "User.email email",
        ],
    },
    Meant {
        why: "the document names the format and does not say it, and ids of clients have had several",
        at: &[
            "Client.expressConfiguration.linkedClients.clientId client-id",
            "Client.expressConfiguration.oktaOinClientId client-id",
            "ConnectionClient.clientId client-id",
            "Client.myOrganizationConfiguration.invitationLandingClientId client-id",
        ],
    },
    Meant {
        why: "the document names the format and does not say it",
        at: &["Connection.realms connection-realm", "Guardian.duo.secretKey non-empty-string"],
    },
    Meant {
        why: "the pattern is one of the regions that AWS had once",
        at: &["Guardian.push.amazonSns.awsRegion pattern"],
    },
    Meant {
        why: "the document names the format and does not say it; ids of users are what connections make them",
        at: &["OrganizationMember.userId user-id-with-max-length"],
    },
    Meant {
        why: "the pattern is one of all characters but a colon, of which a preview tells",
        at: &[
            "LogStream.sink.mixpanelServiceAccountPassword pattern",
            "LogStream.sink.mixpanelServiceAccountUsername pattern",
        ],
    },
    Meant {
        why: "the pattern is one of all characters but white space, of which a preview tells",
        at: &["User.userId pattern"],
    },
    Meant {
        why: "the pattern is one of any characters: it limits the length alone, which the row has",
        at: &[
            "ActionModule.code pattern",
            "ActionModule.dependencies.name pattern",
            "ActionModule.dependencies.version pattern",
            "ActionModule.name pattern",
            "ActionModule.secrets.name pattern",
            "ActionModule.secrets.value pattern",
            "Client.addons.azureBlob.blobName pattern",
            "OrganizationConnections.enabledConnections.organizationConnectionName pattern",
        ],
    },
    Meant {
        why: "the document has patterns beside the words, such as that of metadata, whose names are the user's",
        at: &["PromptScreenRenderer.contextConfigurations enum"],
    },
    Meant {
        why: "it is a limit of some providers, and others take any region",
        at: &["EmailProvider.credentials.region enum"],
    },
];

/// Limits of a value, as the document has them, each with a value that goes beyond it and, where one can be made from
/// the limit alone, one that just does not.
struct Limit {
    name: String,
    beyond: Value,
    within: Option<Value>,
}

#[test]
fn a_preview_tells_of_every_limit_that_the_document_states() {
    let Some(document) = facts("auth0-management-api.openapi.json") else { return };
    let api = Api { document: &document };
    let mut differences = Differences::default();
    for resource in PACKAGE.resource_tables() {
        let (create, _) = api.bodies(resource);
        let nothing = |value: Value| value;
        let level =
            Level { resource, schema: &create, at: resource.name.to_owned(), wrap: &nothing };
        level.compare(&api, resource.fields, &mut differences);
    }
    differences.are(MEANT);
}

/// An object of the API and the same object of the table.
struct Level<'a> {
    resource: &'static Resource,
    schema: &'a Json,
    at: String,
    /// Puts an object of this level where it is among the inputs.
    wrap: &'a dyn Fn(Value) -> Value,
}

impl Level<'_> {
    fn compare(&self, api: &Api<'_>, fields: &'static [Field], differences: &mut Differences) {
        let sent =
            |field: &&Field| field.is_input() && !matches!(field.sent, Sent::Never | Sent::Ignored);
        for field in fields.iter().filter(sent) {
            let Some(property) = api.member(Some(self.schema), field.wire_name()) else { continue };
            let at = format!("{}.{}", self.at, field.name);
            let put =
                |value: Value| (self.wrap)(Object::from([(field.name.to_owned(), value)]).into());
            for limit in limits(property.schema, field.kind) {
                self.hold(&at, &limit, &put, differences);
            }
            let (kind, schema, element): (Kind, &Json, &dyn Fn(Value) -> Value) = match field.kind {
                Kind::List(of) => {
                    (*of, &property.schema["items"], &|value| Value::Array(vec![value]))
                }
                kind => (kind, property.schema, &|value| value),
            };
            if schema.is_null() {
                continue;
            }
            let schema = api.property(schema).schema;
            let put = |value: Value| put(element(value));
            if matches!(field.kind, Kind::List(_)) {
                for limit in limits(schema, kind) {
                    self.hold(&at, &limit, &put, differences);
                }
            }
            if let Kind::Object(of) = kind {
                let level = Level { resource: self.resource, schema, at, wrap: &put };
                level.compare(api, of.fields, differences);
            }
        }
    }

    fn hold(
        &self,
        at: &str,
        limit: &Limit,
        put: &dyn Fn(Value) -> Value,
        differences: &mut Differences,
    ) {
        let name = format!("{at} {}", limit.name);
        if !self.is_told(at, put(limit.beyond.clone())) {
            let beyond: String = format!("{:?}", limit.beyond).chars().take(40).collect();
            differences.add(name, format!("nothing is told of {beyond}"));
        } else if let Some(within) = &limit.within
            && self.is_told(at, put(within.clone()))
        {
            differences.add(name, "more is told of than goes beyond it");
        }
    }

    /// Whether a preview of these inputs tells anything of the row at that place: as a failure or as a warning.
    fn is_told(&self, at: &str, inputs: Value) -> bool {
        let inputs = inputs.as_object().expect("inputs are an object");
        let olds = Object::new();
        let context = CheckContext { name: "a", olds: &olds, seed: &[7; 32], autonaming: None };
        let checked = check(self.resource, inputs, &context);
        let beyond = beyond_what_is_stated(self.resource, &checked.inputs);
        let row = at.split_once('.').expect("a row of a resource").1;
        let about = |path: String| {
            let without_elements: String = path
                .split('[')
                .map(|part| part.split_once(']').map_or(part, |(_, rest)| rest))
                .collect();
            without_elements == row
        };
        checked.failures.iter().chain(&beyond).any(|told| about(told.property.to_string()))
    }
}

fn limits(schema: &Json, kind: Kind) -> Vec<Limit> {
    let number = |key: &str| schema[key].as_u64().and_then(|limit| usize::try_from(limit).ok());
    let signed = |key: &str| schema[key].as_i64();
    let limit = |name: &str, beyond: Value, within: Option<Value>| Limit {
        name: name.to_owned(),
        beyond,
        within,
    };
    let text = |length: usize| Value::from("x".repeat(length));
    let entries = |count: usize| {
        let entries = (0..count).map(|n| (format!("k{n}"), "x".into()));
        Value::Object(entries.collect())
    };
    let is_free = ["enum", "format", "pattern"].iter().all(|key| schema[*key].is_null());
    let mut limits = Vec::new();
    match kind {
        Kind::String => {
            if let Some(most) = number("maxLength") {
                limits.push(limit("maxLength", text(most + 1), is_free.then(|| text(most))));
            }
            // An empty text is as good as none, but in a list.
            if let Some(least) = number("minLength").filter(|least| *least > 1) {
                limits.push(limit("minLength", text(least - 1), is_free.then(|| text(least))));
            }
            if schema["enum"].is_array() {
                limits.push(limit("enum", "no such word".into(), None));
            }
            if let Some(format) = schema["format"].as_str() {
                limits.push(limit(format, "of no format".into(), None));
            }
            if schema["pattern"].is_string() {
                limits.push(limit("pattern", "<\u{1f980}>".into(), None));
            }
        }
        Kind::Int | Kind::Number => {
            if let Some(most) = signed("maximum") {
                let number = |number: i64| Value::Number(number as f64);
                limits.push(limit("maximum", number(most + 1), Some(number(most))));
            }
            // Zero is as good as none.
            if let Some(least) = signed("minimum") {
                let beyond = if least == 1 { -1 } else { least - 1 };
                let number = |number: i64| Value::Number(number as f64);
                limits.push(limit("minimum", number(beyond), Some(number(least))));
            }
        }
        Kind::Map(_) => {
            if let Some(most) = number("maxProperties") {
                limits.push(limit("maxProperties", entries(most + 1), Some(entries(most))));
            }
        }
        Kind::List(of) => {
            let list = |count: usize| {
                let items = (0..count).map(|n| match of {
                    Kind::Object(_) => Value::Object(Object::new()),
                    _ => format!("x{n}").into(),
                });
                items.collect::<Vec<_>>().into()
            };
            if let Some(most) = number("maxItems") {
                limits.push(limit("maxItems", list(most + 1), Some(list(most))));
            }
        }
        Kind::Bool | Kind::Object(_) | Kind::Any => {}
    }
    limits
}

/// What clients of the real API were made and changed with is not told of.
#[test]
fn what_the_api_has_taken_is_not_told_of() {
    let collections = PACKAGE.resource_tables().filter_map(|resource| match resource.class {
        Class::Collection(_) => Some((resource, resource.class.path()?.as_str().to_owned())),
        _ => None,
    });
    for (resource, kind) in collections {
        let Some(recorded) = recordings(&kind) else { continue };
        let (create, change) = (format!("/{kind}"), format!("/{kind}/{{id}}"));
        let mut held = 0;
        for interaction in recorded {
            let at = interaction["pattern"].as_str().unwrap_or_default();
            let is_write =
                ["POST", "PATCH"].contains(&interaction["method"].as_str().unwrap_or_default());
            let taken = interaction["status"].as_u64().is_some_and(|status| status < 300);
            let Some(body) = interaction["request_body"].as_object() else { continue };
            if !is_write || !taken || (at != create && at != change) {
                continue;
            }
            let mut inputs = outputs(resource, "id", body);
            // What was not sent reads as zero.
            inputs.retain(|name, _| {
                let wire = resource.field(name).map(|field| field.wire_name());
                wire.is_some_and(|wire| body.contains_key(wire.split('.').next().unwrap_or(wire)))
            });
            let told = beyond_what_is_stated(resource, &inputs);
            assert!(told.is_empty(), "{}: {told:?}", resource.name);
            held += 1;
        }
        assert!(held > 0, "{}: no request was recorded", resource.name);
    }
}

/// The recorded interactions of a kind; none, and a word about it, where there are none.
fn recordings(kind: &str) -> Option<Vec<Json>> {
    let path = format!("{}/../../shared/data/recordings/{kind}.jsonl", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()),
        Err(error) => {
            eprintln!("skipped: {path}: {error}");
            None
        }
    }
}
