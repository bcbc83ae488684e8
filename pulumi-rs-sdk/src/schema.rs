//! The package schema: what Pulumi's SDK generators, documentation and YAML read.

use serde_json::{Map, Value as Json, json};

use crate::table::{
    Constraint, Field, Function, Kind, Literal, ObjectType, Package, Presence, Resource,
};

/// The schema of the package.
pub fn schema(package: &Package) -> Json {
    let mut types = Map::new();
    let mut resources = Map::new();
    for resource in package.resources {
        collect_types(package, resource.fields, object_schema, &mut types);
        resources.insert(package.resource_token(resource), resource_schema(package, resource));
    }
    collect_types(package, package.config, object_schema, &mut types);
    let mut functions = Map::new();
    for function in package.functions {
        collect_types(package, function.inputs, object_schema, &mut types);
        collect_types(package, function.output_fields(), answer_schema, &mut types);
        functions.insert(package.function_token(function), function_schema(package, function));
    }
    let mut methods = Map::new();
    for method in package.methods {
        let token = package.method_token(method);
        collect_types(package, method.output_fields(), answer_schema, &mut types);
        functions.insert(token.clone(), method_schema(package, method));
        methods.insert(method.name.to_owned(), token.into());
    }
    let config = properties(package, package.config.iter(), Role::Input);
    let config_outputs = properties(package, package.config.iter(), Role::Output);
    let mut schema = json!({
        "name": package.name,
        "displayName": package.display_name,
        "version": package.version,
        "description": package.description,
        "keywords": package.keywords,
        "homepage": package.repository,
        "repository": package.repository,
        "publisher": package.publisher,
        "license": package.license,
        "attribution": "",
        "meta": {"moduleFormat": "(.*)(?:/[^/]*)"},
        "language": languages(package),
        "config": {"variables": config},
        "provider": {
            "description": format!("The provider of the package {}.", package.name),
            "inputProperties": config,
            "properties": config_outputs,
            "methods": methods,
        },
        "types": types,
        "resources": resources,
        "functions": functions,
    });
    drop_empty(&mut schema);
    drop_empty(&mut schema["provider"]);
    schema
}

/// The part about languages; the law over the package's tables sees to it that it is JSON.
fn languages(package: &Package) -> Json {
    serde_json::from_str(package.languages).unwrap_or_else(|_| json!({}))
}

/// Whether a property is written as what goes in, what comes out, or as part of a type that does both.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Input,
    Output,
    Nested,
}

fn resource_schema(package: &Package, resource: &Resource) -> Json {
    let required: Vec<&str> = resource
        .fields
        .iter()
        .filter(|field| always_there(field))
        .map(|field| field.name)
        .collect();
    let required_inputs: Vec<&str> = resource
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .map(|field| field.name)
        .collect();
    let mut schema = json!({
        "description": resource.doc,
        "properties": properties(package, resource.fields.iter(), Role::Output),
        "required": sorted(required),
        "inputProperties": properties(package, resource.inputs(), Role::Input),
        "requiredInputs": sorted(required_inputs),
        "stateInputs": {
            "description": format!("The state of a {}, for looking one up.", resource.name),
            "properties": properties(package, resource.fields.iter(), Role::Input),
            "type": "object",
        },
    });
    if resource.listed_by.is_some() {
        let by = properties(package, resource.list_inputs(), Role::Output);
        schema["listInputs"] = json!({"type": "object", "properties": by});
    }
    drop_empty(&mut schema);
    schema
}

fn function_schema(package: &Package, function: &Function) -> Json {
    let required = function.inputs.iter().filter(|field| field.presence == Presence::Required);
    let mut inputs = json!({
        "type": "object",
        "properties": properties(package, function.inputs.iter(), Role::Input),
        "required": sorted(required.map(|field| field.name).collect()),
    });
    drop_empty(&mut inputs);
    json!({
        "description": function.doc,
        "inputs": inputs,
        "outputs": answer_fields(package, function.output_fields()),
    })
}

/// A method is a function whose first argument is what it is a method of.
fn method_schema(package: &Package, method: &Function) -> Json {
    let mut schema = function_schema(package, method);
    let inputs = &mut schema["inputs"];
    inputs["properties"]["__self__"] = json!({"type": "ref", "$ref": "#/provider"});
    match inputs["required"].as_array_mut() {
        Some(required) => required.insert(0, "__self__".into()),
        None => inputs["required"] = json!(["__self__"]),
    }
    schema
}

/// An object that only comes out, so that every row that is an output is always there.
fn answer_fields(package: &Package, fields: &'static [Field]) -> Json {
    let there = fields.iter().filter(|field| field.presence == Presence::Output);
    let mut schema = json!({
        "type": "object",
        "properties": properties(package, fields.iter(), Role::Output),
        "required": sorted(there.map(|field| field.name).collect()),
    });
    drop_empty(&mut schema);
    schema
}

/// A type of such objects. Node asks whether one that goes in needs any of it.
fn answer_schema(package: &Package, of: &'static ObjectType) -> Json {
    let mut schema = answer_fields(package, of.fields);
    if !of.fields.is_empty() {
        schema["language"] = json!({"nodejs": {"requiredInputs": []}});
    }
    schema
}

/// Whether outputs always hold a value of it that means something.
fn always_there(field: &Field) -> bool {
    field.presence != Presence::Optional || field.default.is_some() || field.autonamed
}

fn properties(
    package: &Package,
    fields: impl Iterator<Item = &'static Field>,
    role: Role,
) -> Map<String, Json> {
    fields.map(|field| (field.name.to_owned(), property(package, field, role))).collect()
}

fn property(package: &Package, field: &Field, role: Role) -> Json {
    let mut schema = type_of(package, field.kind);
    schema.insert("description".to_owned(), describe(field).into());
    if field.secret {
        schema.insert("secret".to_owned(), true.into());
    }
    if let Some(why) = field.deprecated {
        schema.insert("deprecationMessage".to_owned(), why.into());
    }
    if role != Role::Output && field.replaces {
        schema.insert("willReplaceOnChanges".to_owned(), true.into());
    }
    // SDKs would fill nested defaults in as if the program gave them; Check does it, and says so.
    if let Some(default) = field.default.filter(|_| role != Role::Nested) {
        let default: Json = match default {
            Literal::Bool(flag) => flag.into(),
            Literal::Int(number) => number.into(),
            Literal::String(text) => text.into(),
        };
        schema.insert("default".to_owned(), default);
    }
    if role == Role::Input && !field.default_env.is_empty() {
        schema.insert("defaultInfo".to_owned(), json!({"environment": field.default_env}));
    }
    schema.into()
}

/// The row's own words, and what its constraint allows.
fn describe(field: &Field) -> String {
    let allowed = match field.constraint {
        Constraint::OneOf(texts) | Constraint::OneOfIgnoringCase(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
            format!(" One of {}.", texts.join(", "))
        }
        Constraint::Range(least, i64::MAX) => format!(" At least {least}."),
        Constraint::Range(least, most) => format!(" From {least} to {most}."),
        Constraint::Length(_, most) if most < usize::MAX => format!(" At most {most} characters."),
        _ => String::new(),
    };
    format!("{}{allowed}", field.doc)
}

fn type_of(package: &Package, kind: Kind) -> Map<String, Json> {
    let schema = match kind {
        Kind::Bool => json!({"type": "boolean"}),
        Kind::Int => json!({"type": "integer"}),
        Kind::Number => json!({"type": "number"}),
        Kind::String => json!({"type": "string"}),
        Kind::List(of) => json!({"type": "array", "items": type_of(package, *of)}),
        Kind::Map(of) => json!({"type": "object", "additionalProperties": type_of(package, *of)}),
        Kind::Object(of) => {
            json!({"$ref": format!("#/types/{}", package.type_token(of.name))})
        }
        Kind::Any => json!({"$ref": "pulumi.json#/Any"}),
    };
    match schema {
        Json::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// The types that the rows need, each as `schema` writes it.
fn collect_types(
    package: &Package,
    fields: &'static [Field],
    schema: fn(&Package, &'static ObjectType) -> Json,
    types: &mut Map<String, Json>,
) {
    for field in fields {
        let mut kind = field.kind;
        while let Kind::List(of) | Kind::Map(of) = kind {
            kind = *of;
        }
        if let Kind::Object(of) = kind {
            types.insert(package.type_token(of.name), schema(package, of));
            collect_types(package, of.fields, schema, types);
        }
    }
}

fn object_schema(package: &Package, of: &'static ObjectType) -> Json {
    let names = |test: &dyn Fn(&Field) -> bool| {
        let names = of.fields.iter().filter(|field| test(field)).map(|field| field.name);
        sorted(names.collect())
    };
    let required = names(&|field| field.presence == Presence::Required);
    let mut schema = json!({
        "type": "object",
        "properties": properties(package, of.fields.iter(), Role::Nested),
        "required": required,
    });
    // Node tells apart what a program must give from what it can rely on to get.
    if of.fields.iter().any(Field::is_computed) {
        let outputs = names(&|field| field.is_computed() || field.presence == Presence::Required);
        schema["language"] = json!({"nodejs": {"requiredOutputs": outputs}});
    }
    drop_empty(&mut schema);
    schema
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

/// Leaves out what says nothing, but for the maps that every schema has.
fn drop_empty(schema: &mut Json) {
    if let Json::Object(schema) = schema {
        schema.retain(|name, value| match value {
            Json::String(text) => !text.is_empty(),
            Json::Array(items) => !items.is_empty(),
            Json::Object(members) => !members.is_empty() || name == "properties",
            _ => true,
        });
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
    fn a_method_takes_the_provider_first() {
        let schema = schema(&BOXES);
        let token = "pulumi:providers:boxes/address";
        assert_eq!(schema["provider"]["methods"], json!({"address": token}));
        let method = &schema["functions"][token];
        assert_eq!(method["inputs"]["required"], json!(["__self__"]));
        let itself = &method["inputs"]["properties"]["__self__"];
        assert_eq!(itself, &json!({"type": "ref", "$ref": "#/provider"}));
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
