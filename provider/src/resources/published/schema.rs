//! Our schema against that of the published package: an SDK made from the one fits the other.

use std::collections::{BTreeMap, BTreeSet};

use pulumi_rs_sdk::schema::schema;
use serde_json::Value as Json;

use super::{Differences, Meant, PACKAGE, facts, texts};

const MEANT: &[Meant] = &[
    Meant {
        why: "generators leave it out, and Pulumi warns of the published type to whoever adds the package",
        at: &["auth0/terraformConfig inputs.__self__"],
    },
    Meant {
        why: "a secret that tokens are signed with is a secret",
        at: &[
            "ResourceServer inputProperties.signingSecret",
            "ResourceServer properties.signingSecret",
            "ResourceServer stateInputs.signingSecret",
        ],
    },
    Meant {
        why: "what is secret in a resource is secret where a function gives it",
        at: &[
            "auth0:index/getClientAddonAzureBlob:getClientAddonAzureBlob.storageAccessKey",
            "auth0:index/getClientAddonAzureSb:getClientAddonAzureSb.sasKey",
            "auth0:index/getClientAddonFirebase:getClientAddonFirebase.privateKey",
            "auth0:index/getClientAddonFirebase:getClientAddonFirebase.privateKeyId",
            "auth0:index/getClientAddonFirebase:getClientAddonFirebase.secret",
            "auth0:index/getClientAddonLayer:getClientAddonLayer.keyId",
            "auth0:index/getClientAddonLayer:getClientAddonLayer.privateKey",
            "auth0:index/getClientAddonSalesforceApi:getClientAddonSalesforceApi.clientId",
            "auth0:index/getClientAddonSalesforceApi:getClientAddonSalesforceApi.principal",
            "auth0:index/getClientAddonSalesforceSandboxApi:getClientAddonSalesforceSandboxApi.clientId",
            "auth0:index/getClientAddonSalesforceSandboxApi:getClientAddonSalesforceSandboxApi.principal",
            "auth0:index/getClientAddonSapApi:getClientAddonSapApi.servicePassword",
            "auth0:index/getClientAddonWam:getClientAddonWam.masterKey",
            "getResourceServer outputs.signingSecret",
            "auth0:index/getConnectionOption:getConnectionOption.clientSecret",
            "auth0:index/getConnectionOption:getConnectionOption.twilioToken",
            "auth0:index/getConnectionOptionGatewayAuthentication:getConnectionOptionGatewayAuthentication.secret",
        ],
    },
    Meant {
        why: "the function has an argument of that name and type, which says nothing; what it gives is always there",
        at: &[
            "auth0:index/getPromptScreenPartialsScreenPartial:getPromptScreenPartialsScreenPartial requiredInputs",
            "auth0:index/getPromptScreenPartialsScreenPartialInsertionPoint:getPromptScreenPartialsScreenPartialInsertionPoint requiredInputs",
            "getPromptScreenPartials outputs required screenPartials",
        ],
    },
];

#[test]
fn the_schema_is_that_of_the_published_package() {
    let Some(published) = facts("published-schema-facts.json") else { return };
    let ours = schema(&PACKAGE);
    let mut differences = Differences::default();
    let resources = PACKAGE.resource_tables().map(|resource| PACKAGE.resource_token(resource));
    let functions = PACKAGE.function_tables().map(|function| PACKAGE.function_token(function));
    let methods = PACKAGE.method_tables().map(|method| PACKAGE.method_token(method));
    assert_eq!(published["provider"]["methods"], ours["provider"]["methods"]);
    for token in resources.chain(functions).chain(methods) {
        let (theirs, ours) = (said(&published, &token), said(&ours, &token));
        for at in theirs.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
            let say =
                |side: &BTreeMap<String, String>| side.get(at).cloned().unwrap_or("none".into());
            differences.unless_equal(at.clone(), say(&theirs), say(&ours));
        }
    }
    differences.are(MEANT);
}

/// What a schema says of a resource or function and of the types that it needs, one by one.
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
    for section in ["inputs", "outputs"] {
        let part = &schema["functions"][token][section];
        properties(&format!("{name} {section}"), &part["properties"], &mut said, &mut types);
        members(&format!("{name} {section} required"), &part["required"], &mut said);
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
        let node = &of["language"]["nodejs"];
        members(&format!("{reference} requiredOutputs"), &node["requiredOutputs"], &mut said);
        said.insert(format!("{reference} requiredInputs"), node["requiredInputs"].to_string());
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
