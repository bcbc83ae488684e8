//! What of a package schema its users depend on.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;

use crate::schema;

pub(crate) type Properties = BTreeMap<String, Property>;

#[derive(Default, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) meta: Value,
    #[serde(default)]
    pub(crate) language: Value,
    #[serde(default)]
    pub(crate) config: Config,
    #[serde(default)]
    pub(crate) provider: Resource,
    #[serde(default)]
    pub(crate) resources: BTreeMap<String, Resource>,
    #[serde(default)]
    pub(crate) functions: BTreeMap<String, Function>,
    #[serde(default)]
    pub(crate) types: BTreeMap<String, Type>,
}

impl Package {
    /// That of a file, or of standard input, which is `-`.
    pub(crate) fn read(file: &Path) -> anyhow::Result<Self> {
        serde_json::from_str(&schema::read(file)?)
            .with_context(|| format!("{} is no schema of a Pulumi package", file.display()))
    }

    /// That of the tables.
    pub(crate) fn of_tables() -> anyhow::Result<Self> {
        serde_json::from_str(&schema::of_tables()?).context("the schema of the tables is none")
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Config {
    pub(crate) variables: Properties,
    pub(crate) required: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Resource {
    pub(crate) input_properties: Properties,
    pub(crate) required_inputs: Vec<String>,
    pub(crate) properties: Properties,
    pub(crate) required: Vec<String>,
    pub(crate) methods: BTreeMap<String, String>,
    pub(crate) aliases: Vec<Alias>,
    pub(crate) is_component: bool,
    pub(crate) deprecation_message: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Alias {
    #[serde(rename = "type", default)]
    pub(crate) token: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Function {
    pub(crate) inputs: Object,
    pub(crate) outputs: Outputs,
    pub(crate) deprecation_message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Object {
    pub(crate) properties: Properties,
    pub(crate) required: Vec<String>,
}

/// What a function gives: an object, or something else.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Outputs {
    pub(crate) properties: Properties,
    pub(crate) required: Vec<String>,
    #[serde(flatten)]
    pub(crate) kind: Kind,
}

/// A type with a name: an object, or the values that a string or number may have.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Type {
    pub(crate) properties: Properties,
    pub(crate) required: Vec<String>,
    #[serde(rename = "enum")]
    pub(crate) values: Vec<EnumValue>,
    pub(crate) language: Value,
    #[serde(flatten)]
    pub(crate) kind: Kind,
}

#[derive(Deserialize)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
    #[serde(default)]
    pub(crate) name: Option<String>,
}

impl EnumValue {
    pub(crate) fn text(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Property {
    #[serde(flatten)]
    pub(crate) kind: Kind,
    pub(crate) default: Option<Value>,
    pub(crate) default_info: DefaultInfo,
    #[serde(rename = "const")]
    pub(crate) constant: Option<Value>,
    pub(crate) secret: bool,
    pub(crate) replace_on_changes: bool,
    pub(crate) will_replace_on_changes: bool,
    pub(crate) deprecation_message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct DefaultInfo {
    pub(crate) environment: Vec<String>,
}

/// Properties, and which of them are always there.
#[derive(Clone, Copy)]
pub(crate) struct Members<'a> {
    pub(crate) properties: &'a Properties,
    pub(crate) required: &'a [String],
}

impl Resource {
    pub(crate) fn inputs(&self) -> Members<'_> {
        Members { properties: &self.input_properties, required: &self.required_inputs }
    }

    pub(crate) fn outputs(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }
}

impl Config {
    pub(crate) fn members(&self) -> Members<'_> {
        Members { properties: &self.variables, required: &self.required }
    }
}

impl Object {
    pub(crate) fn members(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }
}

impl Outputs {
    pub(crate) fn members(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }
}

impl Type {
    pub(crate) fn members(&self) -> Members<'_> {
        Members { properties: &self.properties, required: &self.required }
    }

    /// What Node's SDK relies on to get, beyond what is required.
    pub(crate) fn required_in_node(&self) -> Vec<&str> {
        let names = self.language["nodejs"]["requiredOutputs"].as_array();
        names.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// The type of a value.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Kind {
    #[serde(rename = "type")]
    pub(crate) name: Option<String>,
    #[serde(rename = "$ref")]
    pub(crate) reference: Option<String>,
    pub(crate) items: Option<Box<Kind>>,
    pub(crate) additional_properties: Option<Box<Kind>>,
    pub(crate) one_of: Vec<Kind>,
    pub(crate) plain: bool,
}

impl Kind {
    /// As Pulumi's schema-tools writes it: `array<string>`, `map<#/types/auth0:index/Key:Key>`.
    pub(crate) fn text(&self) -> String {
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
    pub(crate) fn references(&self) -> Vec<&str> {
        let parts = self.items.iter().chain(&self.additional_properties).map(Box::as_ref);
        let mut found: Vec<_> = parts.chain(&self.one_of).flat_map(Kind::references).collect();
        let own = self.reference.as_deref();
        found.extend(own.and_then(|reference| reference.strip_prefix("#/types/")));
        found
    }
}
