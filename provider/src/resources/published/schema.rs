//! Our schema against that of the published package: an SDK made from the one fits the other.

use std::collections::{BTreeMap, BTreeSet};

use pulumi_rs_sdk::schema::schema;
use serde_json::Value as Json;

use super::{Differences, Meant, PACKAGE, facts, texts};

const MEANT: &[Meant] = &[Meant {
    why: "a secret that tokens are signed with is a secret",
    at: &[
        "ResourceServer inputProperties.signingSecret",
        "ResourceServer properties.signingSecret",
        "ResourceServer stateInputs.signingSecret",
    ],
}];

#[test]
fn the_schema_is_that_of_the_published_package() {
    let Some(published) = facts("published-schema-facts.json") else { return };
    let ours = schema(&PACKAGE);
    let mut differences = Differences::default();
    for resource in PACKAGE.resources {
        let token = PACKAGE.resource_token(resource);
        let (theirs, ours) = (said(&published, &token), said(&ours, &token));
        for at in theirs.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
            let say =
                |side: &BTreeMap<String, String>| side.get(at).cloned().unwrap_or("none".into());
            differences.unless_equal(at.clone(), say(&theirs), say(&ours));
        }
    }
    differences.are(MEANT);
}

/// What a schema says of a resource and of the types that it needs, one by one.
fn said(schema: &Json, token: &str) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    let name = token.rsplit(':').next().unwrap();
    let resource = &schema["resources"][token];
    let mut types = BTreeSet::new();
    for section in ["properties", "inputProperties"] {
        properties(&format!("{name} {section}"), &resource[section], &mut said, &mut types);
    }
    let state = &resource["stateInputs"]["properties"];
    properties(&format!("{name} stateInputs"), state, &mut said, &mut types);
    for section in ["required", "requiredInputs"] {
        members(&format!("{name} {section}"), &resource[section], &mut said);
    }
    let mut seen = BTreeSet::new();
    while let Some(reference) = types.pop_first() {
        if !seen.insert(reference.clone()) {
            continue;
        }
        let of = &schema["types"][&reference];
        said.insert(reference.clone(), of["type"].to_string());
        properties(&reference, &of["properties"], &mut said, &mut types);
        members(&format!("{reference} required"), &of["required"], &mut said);
        let outputs = &of["language"]["nodejs"]["requiredOutputs"];
        members(&format!("{reference} requiredOutputs"), outputs, &mut said);
    }
    said
}

/// The properties in a part of a schema, without prose, and the types that they refer to.
fn properties(
    at: &str,
    part: &Json,
    said: &mut BTreeMap<String, String>,
    types: &mut BTreeSet<String>,
) {
    for (name, property) in part.as_object().into_iter().flatten() {
        let mut property = property.clone();
        for prose in ["description", "deprecationMessage"] {
            property.as_object_mut().unwrap().remove(prose);
        }
        references(&property, types);
        said.insert(format!("{at}.{name}"), property.to_string());
    }
}

fn members(at: &str, list: &Json, said: &mut BTreeMap<String, String>) {
    for name in texts(list) {
        said.insert(format!("{at} {name}"), "listed".to_owned());
    }
}

fn references(json: &Json, types: &mut BTreeSet<String>) {
    for (name, value) in json.as_object().into_iter().flatten() {
        match value.as_str().and_then(|text| text.strip_prefix("#/types/")) {
            Some(reference) if name == "$ref" => {
                types.insert(reference.to_owned());
            }
            _ => references(value, types),
        }
    }
}
