//! What of a package schema its users depend on.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

pub(super) type Properties = BTreeMap<String, Property>;

#[derive(Default, Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    #[serde(default)]
    pub(super) meta: Value,
    #[serde(default)]
    pub(super) language: Value,
    #[serde(default)]
    pub(super) config: Config,
    #[serde(default)]
    pub(super) provider: Resource,
    #[serde(default)]
    pub(super) resources: BTreeMap<String, Resource>,
    #[serde(default)]
    pub(super) functions: BTreeMap<String, Function>,
    #[serde(default)]
    pub(super) types: BTreeMap<String, Type>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Config {
    pub(super) variables: Properties,
    pub(super) required: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Resource {
    pub(super) input_properties: Properties,
    pub(super) required_inputs: Vec<String>,
    pub(super) properties: Properties,
    pub(super) required: Vec<String>,
    pub(super) methods: BTreeMap<String, String>,
    pub(super) aliases: Vec<Alias>,
    pub(super) is_component: bool,
    pub(super) deprecation_message: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Alias {
    #[serde(rename = "type", default)]
    pub(super) token: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Function {
    pub(super) inputs: Object,
    pub(super) outputs: Outputs,
    pub(super) deprecation_message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Object {
    pub(super) properties: Properties,
    pub(super) required: Vec<String>,
}

/// What a function gives: an object, or something else.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Outputs {
    pub(super) properties: Properties,
    pub(super) required: Vec<String>,
    #[serde(flatten)]
    pub(super) kind: Kind,
}

/// A type with a name: an object, or the values that a string or number may have.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Type {
    pub(super) properties: Properties,
    pub(super) required: Vec<String>,
    #[serde(rename = "enum")]
    pub(super) values: Vec<EnumValue>,
    pub(super) language: Value,
    #[serde(flatten)]
    pub(super) kind: Kind,
}

#[derive(Deserialize)]
pub(super) struct EnumValue {
    pub(super) value: Value,
    #[serde(default)]
    pub(super) name: Option<String>,
}

impl EnumValue {
    pub(super) fn text(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Property {
    #[serde(flatten)]
    pub(super) kind: Kind,
    pub(super) default: Option<Value>,
    pub(super) default_info: DefaultInfo,
    #[serde(rename = "const")]
    pub(super) constant: Option<Value>,
    pub(super) secret: bool,
    pub(super) replace_on_changes: bool,
    pub(super) will_replace_on_changes: bool,
    pub(super) deprecation_message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DefaultInfo {
    pub(super) environment: Vec<String>,
}

/// Properties, and which of them are always there.
#[derive(Clone, Copy)]
pub(super) struct Members<'a> {
    pub(super) properties: &'a Properties,
    pub(super) required: &'a [String],
}

impl Resource {
    pub(super) fn inputs(&self) -> Members<'_> {
        Members { properties: &self.input_properties, required: &self.required_inputs }
    }

    pub(super) fn outputs(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }
}

impl Config {
    pub(super) fn members(&self) -> Members<'_> {
        Members { properties: &self.variables, required: &self.required }
    }
}

impl Object {
    pub(super) fn members(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }
}

impl Outputs {
    pub(super) fn members(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }
}

impl Type {
    pub(super) fn members(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }

    /// What Node's SDK relies on to get, beyond what is required.
    pub(super) fn required_in_node(&self) -> Vec<&str> {
        let names = self.language["nodejs"]["requiredOutputs"].as_array();
        names.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// The type of a value.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Kind {
    #[serde(rename = "type")]
    pub(super) name: Option<String>,
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    pub(super) items: Option<Box<Kind>>,
    pub(super) additional_properties: Option<Box<Kind>>,
    pub(super) one_of: Vec<Kind>,
    pub(super) plain: bool,
}

impl Kind {
    /// As Pulumi's schema-tools writes it: `array<string>`, `map<#/types/auth0:index/Key:Key>`.
    pub(super) fn text(&self) -> String {
        let inner = |of: &Kind| of.text();
        let name = self.name.as_deref().unwrap_or("object");
        let text = match (&self.reference, &self.items, &self.additional_properties) {
            (Some(reference), _, _) => reference.clone(),
            (None, Some(of), _) => format!("array<{}>", inner(of)),
            (None, None, Some(of)) => format!("map<{}>", inner(of)),
            _ if !self.one_of.is_empty() => {
                self.one_of.iter().map(inner).collect::<Vec<_>>().join(" | ")
            }
            _ => name.to_owned(),
        };
        if self.plain { format!("plain {text}") } else { text }
    }

    /// The types of the package that it refers to.
    pub(super) fn references(&self) -> Vec<&str> {
        let parts = self.items.iter().chain(&self.additional_properties).map(Box::as_ref);
        let mut found: Vec<_> = parts.chain(&self.one_of).flat_map(Kind::references).collect();
        let own = self.reference.as_deref();
        found.extend(own.and_then(|reference| reference.strip_prefix("#/types/")));
        found
    }
}
