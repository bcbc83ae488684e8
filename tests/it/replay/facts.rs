//! The published provider's own names and types, and from them a program out of a recorded body.
//!
//! Nothing here knows the provider's tables: a wrong name in them shows as a difference.

use pulumi_rs_sdk::value::{Object, Value};
use serde::Deserialize;
use serde_json::Value as Json;

use super::recording::Members;
use crate::data;

/// One field of a resource of the published provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Fact {
    #[serde(rename = "TF")]
    pub terraform: String,
    #[serde(rename = "Pulumi")]
    pub pulumi: String,
    #[serde(rename = "Type")]
    pub kind: String,
    #[serde(default)]
    pub max_items: u32,
    #[serde(default)]
    pub fields: Vec<Fact>,
    pub default: Option<Json>,
}

/// Members whose name on the wire is not Terraform's, beyond `_` and the case of letters.
const WIRE_NAMES: &[(&str, &str)] = &[
    ("cross_origin_authentication", "cross_origin_auth"),
    ("oidc_backchannel_logout", "oidc_backchannel_logout_urls"),
    ("scope", "scopes"),
];

/// What the published provider sets where a program says nothing, by member: a default of the Pulumi
/// schema, which the facts about Terraform do not have.
pub const PULUMI_DEFAULTS: &[(&str, &str)] = &[("description", "Managed by Pulumi")];

/// The object as it is where a Pulumi program without those members made it.
pub fn with_pulumi_defaults(fields: &[Fact], object: &Members) -> Members {
    let mut object = object.clone();
    for (member, value) in PULUMI_DEFAULTS {
        if field(fields, member).is_some() {
            object.entry(*member).or_insert_with(|| (*value).into());
        }
    }
    object
}

/// The fields of the resource with that token; nothing where the facts are not there.
pub fn of(token: &str) -> Option<Vec<Fact>> {
    let facts = data::json("published-resource-facts.json")?;
    let resources = facts["resources"].as_object().expect("resources are there by name");
    let resource = resources.values().find(|resource| resource["tok"] == token);
    let fields = &resource.unwrap_or_else(|| panic!("no facts about {token}"))["fields"];
    Some(serde_json::from_value(fields.clone()).expect("fields are as described"))
}

/// The field that a member of a body sets.
pub fn field<'a>(fields: &'a [Fact], member: &str) -> Option<&'a Fact> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    fields.iter().find(|field| plain(&field.terraform) == plain(member)).or_else(|| {
        let (_, terraform) = WIRE_NAMES.iter().find(|(wire, _)| *wire == member)?;
        fields.iter().find(|field| field.terraform == *terraform)
    })
}

/// The inputs of the program that has these members; what no field sets is left out.
pub fn inputs(fields: &[Fact], members: &Members) -> Object {
    let mut inputs = Object::new();
    for (member, json) in members {
        let Some(field) = field(fields, member) else { continue };
        let field = flexible(fields, field, json).unwrap_or(field);
        if let Some(value) = input(field, json) {
            inputs.insert(field.pulumi.clone(), value);
        }
    }
    inputs
}

/// The field that takes a map as JSON, where it holds other than texts and there is such a field.
fn flexible<'a>(fields: &'a [Fact], field: &Fact, json: &Json) -> Option<&'a Fact> {
    let texts = |members: &Members| members.values().all(|value| value.is_string());
    let is_plain = field.kind != "TypeMap" || json.as_object().is_none_or(texts);
    let name = format!("flexible_{}", field.terraform);
    fields.iter().find(|other| !is_plain && other.terraform == name)
}

fn input(field: &Fact, json: &Json) -> Option<Value> {
    Some(match (field.kind.as_str(), json) {
        // Null takes a value away. A block with a field for that says so, any other is left out.
        (_, Json::Null) => {
            let disable = field.fields.iter().find(|inner| inner.terraform == "disable")?;
            Object::from([(disable.pulumi.clone(), true.into())]).into()
        }
        ("TypeBool", Json::Bool(flag)) => (*flag).into(),
        ("TypeInt" | "TypeFloat", Json::Number(number)) => Value::Number(number.as_f64()?),
        ("TypeString", Json::String(text)) => text.as_str().into(),
        ("TypeString", other) => other.to_string().into(),
        ("TypeMap", Json::Object(members)) => {
            let given = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(given.map(|(name, value)| (name.clone(), text(value))).collect())
        }
        (_, Json::Object(members)) if field.max_items == 1 => inputs(&field.fields, members).into(),
        // A list that stands alone inside an object on the wire.
        (_, Json::Object(members)) => input(field, members.values().next()?)?,
        (_, Json::Array(items)) if field.fields.is_empty() => {
            Value::Array(items.iter().map(text).collect())
        }
        (_, Json::Array(items)) => {
            let blocks = items.iter().filter_map(|item| item.as_object());
            Value::Array(blocks.map(|block| inputs(&field.fields, block).into()).collect())
        }
        // Nothing that a program could give; the comparison shows that it is not sent.
        _ => return None,
    })
}

fn text(json: &Json) -> Value {
    match json {
        Json::String(text) => text.as_str().into(),
        other => other.to_string().into(),
    }
}
