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
    Constraint, Field, Function, Kind, Literal, ObjectType, Package, Presence, Resource,
};

/// The schema of the package.
pub fn schema(package: &Package) -> Json {
    serde_json::to_value(PackageSpec::of(package)).expect(ALWAYS_JSON)
}

/// The same as JSON text, under this version.
pub(crate) fn schema_text(package: &Package, version: &str) -> String {
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
    variables: Properties<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceSpec<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    description: Cow<'a, str>,
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'a str>,
    #[serde(skip_serializing_if = "Properties::is_empty")]
    input_properties: Properties<'a>,
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
    properties: Properties<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    required: Vec<&'a str>,
    #[serde(skip_serializing_if = "Json::is_null")]
    language: Json,
}

/// Rows by name.
struct Properties<'a> {
    package: &'a Package,
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
    type_spec: TypeSpec<'a>,
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

struct TypeSpec<'a> {
    package: &'a Package,
    kind: Kind,
}

impl<'a> PackageSpec<'a> {
    fn of(package: &'a Package) -> Self {
        let resources = package.resources.iter();
        let functions = package.functions.iter();
        let methods = package.methods.iter();
        Self {
            name: package.name,
            display_name: package.display_name,
            version: package.version,
            description: package.description,
            keywords: package.keywords,
            homepage: package.repository,
            repository: package.repository,
            publisher: package.publisher,
            license: package.license,
            meta: MetadataSpec { module_format: "(.*)(?:/[^/]*)" },
            // What is no object says nothing.
            language: serde_json::from_str(package.languages).unwrap_or_default(),
            config: ConfigSpec { variables: Properties::of(package, package.config, Role::Input) },
            provider: provider_spec(package),
            types: types(package),
            resources: resources
                .map(|of| (package.resource_token(of), resource_spec(package, of)))
                .collect(),
            functions: functions
                .map(|of| (package.function_token(of), function_spec(package, of)))
                .chain(methods.map(|of| (package.method_token(of), method_spec(package, of))))
                .collect(),
        }
    }
}

fn provider_spec(package: &Package) -> ResourceSpec<'_> {
    let methods = package.methods.iter();
    ResourceSpec {
        description: format!("The provider of the package {}.", package.name).into(),
        properties: Properties::of(package, package.config, Role::Output),
        required: Vec::new(),
        input_properties: Properties::of(package, package.config, Role::Input),
        required_inputs: Vec::new(),
        state_inputs: None,
        list_inputs: None,
        methods: methods.map(|of| (of.name, package.method_token(of))).collect(),
    }
}

fn resource_spec<'a>(package: &'a Package, of: &'static Resource) -> ResourceSpec<'a> {
    let object = |properties| ObjectTypeSpec::of(properties, Vec::new());
    let state = object(Properties::of(package, of.fields, Role::Input));
    let description = format!("The state of a {}, for looking one up.", of.name);
    let listed = of.listed_by.map(|_| Properties::of(package, of.list_inputs(), Role::Output));
    ResourceSpec {
        description: of.doc.into(),
        properties: Properties::of(package, of.fields, Role::Output),
        required: names(of.fields, always_there),
        input_properties: Properties::of(package, of.inputs(), Role::Input),
        required_inputs: names(of.fields, is_required),
        state_inputs: Some(ObjectTypeSpec { description, ..state }),
        list_inputs: listed.map(object),
        methods: BTreeMap::new(),
    }
}

fn function_spec<'a>(package: &'a Package, of: &'static Function) -> FunctionSpec<'a> {
    let inputs = Properties::of(package, of.inputs, Role::Input);
    FunctionSpec {
        description: of.doc,
        inputs: ObjectTypeSpec::of(inputs, names(of.inputs, is_required)),
        outputs: answer_spec(package, of.output_fields()),
    }
}

/// A method is a function whose first argument is what it is a method of.
fn method_spec<'a>(package: &'a Package, of: &'static Function) -> FunctionSpec<'a> {
    let mut spec = function_spec(package, of);
    spec.inputs.properties.of_method = true;
    spec.inputs.required.insert(0, SELF);
    spec
}

/// The argument that says what a method is one of.
pub(crate) const SELF: &str = "__self__";

/// An object that only comes out, so that every row that is an output is always there.
fn answer_spec<'a>(package: &'a Package, fields: &'static [Field]) -> ObjectTypeSpec<'a> {
    let there = names(fields, |field| field.presence == Presence::Output);
    ObjectTypeSpec::of(Properties::of(package, fields, Role::Output), there)
}

/// A type of such objects. Node asks whether one that goes in needs any of it.
fn answer_type_spec<'a>(package: &'a Package, of: &'static ObjectType) -> ObjectTypeSpec<'a> {
    let language = match of.fields {
        [] => Json::Null,
        _ => json!({"nodejs": {"requiredInputs": []}}),
    };
    ObjectTypeSpec { language, ..answer_spec(package, of.fields) }
}

fn object_type_spec<'a>(package: &'a Package, of: &'static ObjectType) -> ObjectTypeSpec<'a> {
    // Node tells apart what a program must give from what it can rely on to get.
    let language = match of.fields.iter().any(Field::is_computed) {
        true => {
            let outputs = names(of.fields, |field| field.is_computed() || is_required(field));
            json!({"nodejs": {"requiredOutputs": outputs}})
        }
        false => Json::Null,
    };
    let properties = Properties::of(package, of.fields, Role::Nested);
    let spec = ObjectTypeSpec::of(properties, names(of.fields, is_required));
    ObjectTypeSpec { language, ..spec }
}

/// The types that the rows of all resources and functions need. One that goes in somewhere is written as such, also where
/// it comes out.
fn types(package: &Package) -> BTreeMap<String, ObjectTypeSpec<'_>> {
    let mut types = BTreeMap::new();
    let functions = package.functions.iter().chain(package.methods);
    let resources = package.resources.iter().map(|resource| resource.fields);
    let inputs = functions.clone().map(|function| function.inputs);
    for fields in resources.chain([package.config]).chain(inputs) {
        collect_types(package, fields, object_type_spec, &mut types);
    }
    for function in functions {
        collect_types(package, function.output_fields(), answer_type_spec, &mut types);
    }
    types
}

/// The types that the rows need, each as `spec` writes it.
fn collect_types<'a>(
    package: &'a Package,
    fields: &'static [Field],
    spec: fn(&'a Package, &'static ObjectType) -> ObjectTypeSpec<'a>,
    types: &mut BTreeMap<String, ObjectTypeSpec<'a>>,
) {
    for field in fields {
        let mut kind = field.kind;
        while let Kind::List(of) | Kind::Map(of) = kind {
            kind = *of;
        }
        if let Kind::Object(of) = kind {
            types.entry(package.type_token(of.name)).or_insert_with(|| spec(package, of));
            collect_types(package, of.fields, spec, types);
        }
    }
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}

/// Whether outputs always hold a value of it that means something.
fn always_there(field: &Field) -> bool {
    field.presence != Presence::Optional || field.default.is_some() || field.autonamed
}

/// The names of the rows that pass, sorted.
fn names(fields: &'static [Field], test: impl Fn(&Field) -> bool) -> Vec<&'static str> {
    let passing = fields.iter().filter(|field| test(field));
    let mut names: Vec<_> = passing.map(|field| field.name).collect();
    names.sort_unstable();
    names
}

impl<'a> ObjectTypeSpec<'a> {
    fn of(properties: Properties<'a>, required: Vec<&'a str>) -> Self {
        Self { description: String::new(), properties, required, language: Json::Null }
    }
}

impl<'a> Properties<'a> {
    fn of(
        package: &'a Package,
        rows: impl IntoIterator<Item = &'static Field>,
        role: Role,
    ) -> Self {
        Self { package, of_method: false, rows: rows.into_iter().collect(), role }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.of_method
    }
}

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut properties = serializer.serialize_map(None)?;
        if self.of_method {
            // Generators leave it out, whatever its type. Pulumi 3.255 writes a reference to the provider anew, in a
            // form that it then warns of to whoever adds the package.
            properties.serialize_entry(SELF, &json!({"$ref": "pulumi.json#/Any"}))?;
        }
        for field in &self.rows {
            let property = PropertySpec::of(self.package, field, self.role);
            properties.serialize_entry(field.name, &property)?;
        }
        properties.end()
    }
}

impl<'a> PropertySpec<'a> {
    fn of(package: &'a Package, field: &'static Field, role: Role) -> Self {
        // SDKs would fill nested defaults in as if the program gave them; Check does it, and says so.
        let default = field.default.filter(|_| role != Role::Nested).map(|default| match default {
            Literal::Bool(flag) => flag.into(),
            Literal::Int(number) => number.into(),
            Literal::String(text) => text.into(),
        });
        let from_environment = role == Role::Input && !field.default_env.is_empty();
        Self {
            type_spec: TypeSpec { package, kind: field.kind },
            description: describe(field),
            secret: field.secret,
            deprecation_message: field.deprecated,
            will_replace_on_changes: role != Role::Output && field.replaces,
            default,
            default_info: from_environment
                .then_some(DefaultSpec { environment: field.default_env }),
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

impl Serialize for TypeSpec<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { package, kind } = *self;
        let mut spec = serializer.serialize_map(None)?;
        match kind {
            Kind::Bool => spec.serialize_entry("type", "boolean")?,
            Kind::Int => spec.serialize_entry("type", "integer")?,
            Kind::Number => spec.serialize_entry("type", "number")?,
            Kind::String => spec.serialize_entry("type", "string")?,
            Kind::List(of) => {
                spec.serialize_entry("type", "array")?;
                spec.serialize_entry("items", &TypeSpec { package, kind: *of })?;
            }
            Kind::Map(of) => {
                spec.serialize_entry("type", "object")?;
                spec.serialize_entry("additionalProperties", &TypeSpec { package, kind: *of })?;
            }
            Kind::Object(of) => {
                let reference = format!("#/types/{}", package.type_token(of.name));
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
        .resources(&[&BOX, &NAIL])
        .functions(&[&GET_BOX])
        .methods(&[&ADDRESS]);

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
        let packages = [
            package("locks", "1.0.0").functions(&[&OPEN, &FIND]),
            package("locks", "1.0.0").functions(&[&FIND, &OPEN]),
            package("locks", "1.0.0").functions(&[&FIND]).methods(&[&LOCKED]),
        ];
        for package in packages {
            assert_eq!(
                schema(&package)["types"],
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
        let empty = package("empty", "1.0.0");
        assert_eq!(
            schema(&empty),
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
            schema(&empty.resources(&[&NOTHING]))["resources"],
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
