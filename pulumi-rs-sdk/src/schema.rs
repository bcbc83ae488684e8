//! The package schema: what Pulumi's SDK generators, documentation and YAML read.

use serde_json::{Map, Value as Json, json};

use crate::table::{Constraint, Field, Kind, Literal, ObjectType, Package, Presence, Resource};

/// The schema of the package.
pub fn schema(package: &Package) -> Json {
    let mut types = Map::new();
    let mut resources = Map::new();
    for resource in package.resources {
        collect_types(package, resource.fields, &mut types);
        resources.insert(package.resource_token(resource), resource_schema(package, resource));
    }
    collect_types(package, package.config, &mut types);
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
        },
        "types": types,
        "resources": resources,
        "functions": {},
    });
    drop_empty(&mut schema);
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
    drop_empty(&mut schema);
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
    };
    match schema {
        Json::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn collect_types(package: &Package, fields: &'static [Field], types: &mut Map<String, Json>) {
    for field in fields {
        let mut kind = field.kind;
        while let Kind::List(of) | Kind::Map(of) = kind {
            kind = *of;
        }
        if let Kind::Object(of) = kind {
            types.insert(package.type_token(of.name), object_schema(package, of));
            collect_types(package, of.fields, types);
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
