//! The package schema: what Pulumi's SDK generators, documentation and YAML read.
//!
//! Its parts are named like Pulumi's own; its text is written straight from the tables.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Not;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value as Json, json};

use crate::table::{
    Constraint, Field, Function, Kind, Literal, ObjectType, Package, Presence, Resource, Tokens,
};

/// The schema of the package.
pub fn schema<P>(package: &Package<P>) -> Json {
    serde_json::to_value(PackageSpec::of(package)).expect(ALWAYS_JSON)
}

/// The same as JSON text, under this version.
pub(crate) fn schema_text<P>(package: &Package<P>, version: &str) -> String {
    let spec = PackageSpec { version, ..PackageSpec::of(package) };
    serde_json::to_string(&spec).expect(ALWAYS_JSON)
}

const ALWAYS_JSON: &str = "all keys of a schema are texts";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PackageSpec<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    display_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    keywords: &'a [&'a str],
    #[serde(skip_serializing_if = "str::is_empty")]
    homepage: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    repository: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    publisher: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    license: &'a str,
    meta: MetadataSpec,
    #[serde(skip_serializing_if = "Map::is_empty")]
    language: Map<String, Json>,
    config: ConfigSpec<'a>,
    provider: ResourceSpec<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    types: BTreeMap<String, ObjectTypeSpec<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    resources: BTreeMap<String, ResourceSpec<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    functions: BTreeMap<String, FunctionSpec<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MetadataSpec {
    module_format: &'static str,
}

#[derive(Serialize)]
struct ConfigSpec<'a> {
    variables: Properties,
    /// Those that are required, under the name that Pulumi's schema has for them.
    #[serde(rename = "defaults", skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceSpec<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    description: Cow<'a, str>,
    properties: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'a str>,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    input_properties: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required_inputs: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state_inputs: Option<ObjectTypeSpec<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_inputs: Option<ObjectTypeSpec<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    methods: BTreeMap<&'a str, String>,
}

#[derive(Serialize)]
struct FunctionSpec<'a> {
    description: &'a str,
    inputs: ObjectTypeSpec<'a>,
    outputs: ObjectTypeSpec<'a>,
}

#[derive(Serialize)]
#[serde(tag = "type", rename = "object")]
struct ObjectTypeSpec<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    description: String,
    properties: Properties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'a str>,
    #[serde(skip_serializing_if = "Json::is_null")]
    language: Json,
}

/// Rows by name.
struct Properties {
    tokens: Tokens,
    /// Whether they are the arguments of a method, of which the first is what it is a method of.
    of_method: bool,
    rows: Vec<&'static Field>,
    role: Role,
}

/// Whether a property is written as what goes in, what comes out, or as part of a type that does both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Input,
    Output,
    Nested,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PropertySpec<'a> {
    #[serde(flatten)]
    type_spec: TypeSpec,
    description: Cow<'a, str>,
    #[serde(skip_serializing_if = "Not::not")]
    secret: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation_message: Option<&'a str>,
    #[serde(skip_serializing_if = "Not::not")]
    will_replace_on_changes: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_info: Option<DefaultSpec<'a>>,
}

#[derive(Serialize)]
struct DefaultSpec<'a> {
    environment: &'a [&'a str],
}

struct TypeSpec {
    tokens: Tokens,
    kind: Kind,
}

impl<'a> PackageSpec<'a> {
    fn of<P>(package: &'a Package<P>) -> Self {
        let tokens = package.tokens();
        let (resources, functions, methods) =
            (package.resource_tables(), package.function_tables(), package.method_tables());
        Self {
            name: package.name,
            display_name: package.display_name,
            version: package.version,
            description: package.description,
            keywords: package.keywords,
            homepage: match package.homepage {
                "" => package.repository,
                homepage => homepage,
            },
            repository: package.repository,
            publisher: package.publisher,
            license: package.license,
            meta: MetadataSpec { module_format: "(.*)(?:/[^/]*)" },
            // What is no object says nothing.
            language: serde_json::from_str(package.languages).unwrap_or_default(),
            config: ConfigSpec {
                variables: Properties::of(tokens, package.config, Role::Input),
                required: names(package.config, must_be_given),
            },
            provider: provider_spec(package),
            types: types(package),
            resources: resources
                .map(|of| (package.resource_token(of), resource_spec(tokens, of)))
                .collect(),
            functions: functions
                .map(|of| (package.function_token(of), function_spec(tokens, of)))
                .chain(methods.map(|of| (package.method_token(of), method_spec(tokens, of))))
                .collect(),
        }
    }
}

fn provider_spec<P>(package: &Package<P>) -> ResourceSpec<'_> {
    let (tokens, methods) = (package.tokens(), package.method_tables());
    ResourceSpec {
        description: format!("The provider of the package {}.", package.name).into(),
        properties: Properties::of(tokens, package.config, Role::Output),
        required: Vec::new(),
        input_properties: Properties::of(tokens, package.config, Role::Input),
        required_inputs: names(package.config, must_be_given),
        state_inputs: None,
        list_inputs: None,
        methods: methods.map(|of| (of.name, tokens.method(of))).collect(),
    }
}

fn resource_spec(tokens: Tokens, of: &'static Resource) -> ResourceSpec<'static> {
    let object = |properties| ObjectTypeSpec::of(properties, Vec::new());
    let state = object(Properties::of(tokens, of.fields, Role::Input));
    let description = format!("The state of a {}, for looking one up.", of.name);
    let listed = of.listed_by.map(|_| Properties::of(tokens, of.list_inputs(), Role::Output));
    ResourceSpec {
        description: of.doc.into(),
        properties: Properties::of(tokens, of.fields, Role::Output),
        required: names(of.fields, Field::is_always_there),
        input_properties: Properties::of(tokens, of.inputs(), Role::Input),
        required_inputs: names(of.fields, is_required),
        state_inputs: Some(ObjectTypeSpec { description, ..state }),
        list_inputs: listed.map(object),
        methods: BTreeMap::new(),
    }
}

fn function_spec(tokens: Tokens, of: &'static Function) -> FunctionSpec<'static> {
    let inputs = Properties::of(tokens, of.inputs, Role::Input);
    FunctionSpec {
        description: of.doc,
        inputs: ObjectTypeSpec::of(inputs, names(of.inputs, is_required)),
        outputs: answer_spec(tokens, of.output_fields()),
    }
}

/// A method is a function whose first argument is what it is a method of.
fn method_spec(tokens: Tokens, of: &'static Function) -> FunctionSpec<'static> {
    let mut spec = function_spec(tokens, of);
    spec.inputs.properties.of_method = true;
    spec.inputs.required.insert(0, SELF);
    spec
}

/// The argument that says what a method is one of.
pub(crate) const SELF: &str = "__self__";

/// An object that only comes out, so that every row that is an output is always there.
fn answer_spec(tokens: Tokens, fields: &'static [Field]) -> ObjectTypeSpec<'static> {
    let there = names(fields, |field| field.presence == Presence::Output);
    ObjectTypeSpec::of(Properties::of(tokens, fields, Role::Output), there)
}

/// A type of such objects. Node asks whether one that goes in needs any of it.
fn answer_type_spec(tokens: Tokens, of: &'static ObjectType) -> ObjectTypeSpec<'static> {
    let language = match of.fields {
        [] => Json::Null,
        _ => json!({"nodejs": {"requiredInputs": []}}),
    };
    ObjectTypeSpec { language, ..answer_spec(tokens, of.fields) }
}

fn object_type_spec(tokens: Tokens, of: &'static ObjectType) -> ObjectTypeSpec<'static> {
    // Node tells apart what a program must give from what it can rely on to get.
    let language = match of.fields.iter().any(Field::is_computed) {
        true => {
            let outputs = names(of.fields, |field| field.is_computed() || is_required(field));
            json!({"nodejs": {"requiredOutputs": outputs}})
        }
        false => Json::Null,
    };
    let properties = Properties::of(tokens, of.fields, Role::Nested);
    let spec = ObjectTypeSpec::of(properties, names(of.fields, is_required));
    ObjectTypeSpec { language, ..spec }
}

/// The types that the rows of all resources and functions need. One that goes in somewhere is written as such, also where
/// it comes out.
fn types<P>(package: &Package<P>) -> BTreeMap<String, ObjectTypeSpec<'static>> {
    let mut types = BTreeMap::new();
    let tokens = package.tokens();
    let functions = package.function_tables().chain(package.method_tables());
    let resources = package.resource_tables().map(|resource| resource.fields);
    let inputs = functions.clone().map(|function| function.inputs);
    for fields in resources.chain([package.config]).chain(inputs) {
        collect_types(tokens, fields, object_type_spec, &mut types);
    }
    for function in functions {
        collect_types(tokens, function.output_fields(), answer_type_spec, &mut types);
    }
    types
}

/// The types that the rows need, each as `spec` writes it.
fn collect_types(
    tokens: Tokens,
    fields: &'static [Field],
    spec: fn(Tokens, &'static ObjectType) -> ObjectTypeSpec<'static>,
    types: &mut BTreeMap<String, ObjectTypeSpec<'static>>,
) {
    for field in fields {
        let mut kind = field.kind;
        while let Kind::List(of) | Kind::Map(of) = kind {
            kind = *of;
        }
        if let Kind::Object(of) = kind {
            types.entry(tokens.of_type(of.name)).or_insert_with(|| spec(tokens, of));
            collect_types(tokens, of.fields, spec, types);
        }
    }
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}

/// Whether a setting has to be given: neither the provider nor an SDK has a value for it.
fn must_be_given(field: &Field) -> bool {
    is_required(field) && field.default.is_none() && field.environment().is_empty()
}

/// The names of the rows that pass, sorted.
fn names(fields: &'static [Field], test: impl Fn(&Field) -> bool) -> Vec<&'static str> {
    let passing = fields.iter().filter(|field| test(field));
    let mut names: Vec<_> = passing.map(|field| field.name).collect();
    names.sort_unstable();
    names
}

impl<'a> ObjectTypeSpec<'a> {
    fn of(properties: Properties, required: Vec<&'a str>) -> Self {
        Self { description: String::new(), properties, required, language: Json::Null }
    }
}

impl Properties {
    fn of(tokens: Tokens, rows: impl IntoIterator<Item = &'static Field>, role: Role) -> Self {
        Self { tokens, of_method: false, rows: rows.into_iter().collect(), role }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.of_method
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut properties = serializer.serialize_map(None)?;
        if self.of_method {
            // Generators leave it out, whatever its type. Pulumi 3.255 writes a reference to the provider anew, in a
            // form that it then warns of to whoever adds the package.
            properties.serialize_entry(SELF, &json!({"$ref": "pulumi.json#/Any"}))?;
        }
        for field in &self.rows {
            let property = PropertySpec::of(self.tokens, field, self.role);
            properties.serialize_entry(field.name, &property)?;
        }
        properties.end()
    }
}

impl<'a> PropertySpec<'a> {
    fn of(tokens: Tokens, field: &'static Field, role: Role) -> Self {
        // SDKs would fill nested defaults in as if the program gave them; Check does it, and says so.
        let told = field.default.filter(|_| role != Role::Nested && !field.is_untold);
        let default = told.map(|default| match default {
            Literal::Bool(flag) => flag.into(),
            Literal::Int(number) => number.into(),
            Literal::String(text) => text.into(),
        });
        let from_environment = role == Role::Input && !field.environment().is_empty();
        Self {
            type_spec: TypeSpec { tokens, kind: field.kind },
            description: describe(field),
            secret: field.secret,
            deprecation_message: field.deprecated,
            will_replace_on_changes: role != Role::Output && field.replaces,
            default,
            default_info: from_environment
                .then_some(DefaultSpec { environment: field.environment() }),
        }
    }
}

/// The row's own words, and what its constraint allows.
fn describe(field: &Field) -> Cow<'static, str> {
    let allowed = match field.constraint {
        Constraint::OneOf(texts) | Constraint::OneOfIgnoringCase(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
            format!(" One of {}.", texts.join(", "))
        }
        Constraint::Range(least, i64::MAX) => format!(" At least {least}."),
        Constraint::Range(least, most) => format!(" From {least} to {most}."),
        Constraint::Length(_, most) if most < usize::MAX => format!(" At most {most} characters."),
        _ => return field.doc.into(),
    };
    format!("{}{allowed}", field.doc).into()
}

impl Serialize for TypeSpec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { tokens, kind } = *self;
        let mut spec = serializer.serialize_map(None)?;
        match kind {
            Kind::Bool => spec.serialize_entry("type", "boolean")?,
            Kind::Int => spec.serialize_entry("type", "integer")?,
            Kind::Number => spec.serialize_entry("type", "number")?,
            Kind::String => spec.serialize_entry("type", "string")?,
            Kind::List(of) => {
                spec.serialize_entry("type", "array")?;
                spec.serialize_entry("items", &TypeSpec { tokens, kind: *of })?;
            }
            Kind::Map(of) => {
                spec.serialize_entry("type", "object")?;
                spec.serialize_entry("additionalProperties", &TypeSpec { tokens, kind: *of })?;
            }
            Kind::Object(of) => {
                let reference = format!("#/types/{}", tokens.of_type(of.name));
                spec.serialize_entry("$ref", &reference)?;
            }
            Kind::Any => spec.serialize_entry("$ref", "pulumi.json#/Any")?,
        }
        spec.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::*;

    const LID: ObjectType =
        object_type("getBoxLid", &[output("key", STRING).secret().doc("A key.")]);
    const BOX: Resource = resource("Box").doc("A box.").listed_by(&["room"]).fields(&[
        required("room", STRING).replaces().doc("Where it is."),
        optional("wood", STRING).doc("What it is made of."),
    ]);
    const NAIL: Resource = resource("Nail").doc("A nail.");
    const GET_BOX: Function = function("getBox")
        .doc("Finds a box.")
        .inputs(&[required("name", STRING).doc("Its name.")])
        .outputs(&[
            output("lids", list(&object(&LID))).doc("Its lid."),
            optional("name", STRING).doc("Its name."),
        ]);
    const ADDRESS: Function = function("address")
        .doc("Tells where the boxes are.")
        .outputs(&[output("result", map(&ANY)).doc("The address.")]);
    const BOXES: Package = package("boxes", "1.0.0")
        .config(&[
            required("house", STRING).doc("Where they are."),
            required("street", STRING).default(Literal::String("High Street")).doc("A street."),
        ])
        .resources(&[without_code(&[&BOX, &NAIL])])
        .functions(&[without_code(&[&GET_BOX])])
        .methods(&[without_code(&[&ADDRESS])]);

    #[test]
    fn a_function_always_gives_its_outputs_and_its_types_go_nowhere() {
        let schema = schema(&BOXES);
        assert_eq!(
            schema["functions"]["boxes:index:getBox"],
            json!({
                "description": "Finds a box.",
                "inputs": {
                    "type": "object",
                    "properties": {"name": {"type": "string", "description": "Its name."}},
                    "required": ["name"],
                },
                "outputs": {
                    "type": "object",
                    "properties": {
                        "lids": {
                            "type": "array",
                            "items": {"$ref": "#/types/boxes:index:getBoxLid"},
                            "description": "Its lid.",
                        },
                        "name": {"type": "string", "description": "Its name."},
                    },
                    "required": ["lids"],
                },
            })
        );
        let lid = &schema["types"]["boxes:index:getBoxLid"];
        assert_eq!(lid["required"], json!(["key"]));
        assert_eq!(lid["properties"]["key"]["secret"], true);
        assert_eq!(lid["language"], json!({"nodejs": {"requiredInputs": []}}));
    }

    #[test]
    fn a_type_that_goes_in_anywhere_is_written_as_such() {
        const LOCK: ObjectType = object_type(
            "Lock",
            &[
                required("key", STRING).default(Literal::String("none")).doc("A key."),
                output("id", STRING).doc("Its id."),
            ],
        );
        const FIND: Function = function("find")
            .inputs(&[optional("name", STRING)])
            .outputs(&[output("lock", object(&LOCK))]);
        const OPEN: Function = function("open").inputs(&[required("lock", object(&LOCK))]);
        const LOCKED: Function = function("locked").inputs(&[required("lock", object(&LOCK))]);
        const LOCKS: Package = package("locks", "1.0.0");
        const PACKAGES: &[Package] = &[
            LOCKS.functions(&[without_code(&[&OPEN, &FIND])]),
            LOCKS.functions(&[without_code(&[&FIND, &OPEN])]),
            LOCKS.functions(&[without_code(&[&FIND])]).methods(&[without_code(&[&LOCKED])]),
        ];
        for package in PACKAGES {
            assert_eq!(
                schema(package)["types"],
                json!({"locks:index:Lock": {
                    "type": "object",
                    "properties": {
                        "key": {"type": "string", "description": "A key."},
                        "id": {"type": "string", "description": "Its id."},
                    },
                    "required": ["key"],
                    "language": {"nodejs": {"requiredOutputs": ["id", "key"]}},
                }})
            );
        }
    }

    #[test]
    fn what_a_package_does_not_have_is_left_out() {
        const NOTHING: Resource = resource("Nothing");
        const EMPTY: Package = package("empty", "1.0.0");
        const ONE: Package = EMPTY.resources(&[without_code(&[&NOTHING])]);
        assert_eq!(
            schema(&EMPTY),
            json!({
                "name": "empty",
                "displayName": "empty",
                "version": "1.0.0",
                "license": "Apache-2.0",
                "meta": {"moduleFormat": "(.*)(?:/[^/]*)"},
                "config": {"variables": {}},
                "provider": {
                    "description": "The provider of the package empty.",
                    "properties": {},
                },
            })
        );
        assert_eq!(
            schema(&ONE)["resources"],
            json!({"empty:index:Nothing": {
                "properties": {},
                "stateInputs": {
                    "description": "The state of a Nothing, for looking one up.",
                    "properties": {},
                    "type": "object",
                },
            }})
        );
    }

    #[test]
    fn a_setting_that_must_be_given_is_required_of_stacks_and_providers() {
        let schema = schema(&BOXES);
        assert_eq!(schema["config"]["defaults"], json!(["house"]));
        assert_eq!(schema["provider"]["requiredInputs"], json!(["house"]));
    }

    #[test]
    fn licence_and_page_are_those_of_the_package() {
        let plain: Package = package("pages", "1.0.0").repository("https://example.com/source");
        assert_eq!(schema(&plain)["homepage"], "https://example.com/source");
        let said = schema(&plain.license("MIT").homepage("https://example.com"));
        assert_eq!(
            (&said["license"], &said["homepage"]),
            (&json!("MIT"), &json!("https://example.com"))
        );
    }

    #[test]
    fn a_method_takes_the_provider_first() {
        let schema = schema(&BOXES);
        let token = "pulumi:providers:boxes/address";
        assert_eq!(schema["provider"]["methods"], json!({"address": token}));
        let method = &schema["functions"][token];
        assert_eq!(method["inputs"]["required"], json!(["__self__"]));
        let itself = &method["inputs"]["properties"]["__self__"];
        assert_eq!(itself, &json!({"$ref": "pulumi.json#/Any"}));
        let result = &method["outputs"]["properties"]["result"];
        assert_eq!(result["additionalProperties"], json!({"$ref": "pulumi.json#/Any"}));
    }

    #[test]
    fn a_resource_that_can_be_listed_says_by_what() {
        let schema = schema(&BOXES);
        let room = json!({"type": "string", "description": "Where it is."});
        assert_eq!(
            schema["resources"]["boxes:index:Box"]["listInputs"],
            json!({"type": "object", "properties": {"room": room}})
        );
        assert!(schema["resources"]["boxes:index:Nail"].get("listInputs").is_none());
    }
}
