//! `sdk-gen stats`: how much of the published package there is, and what a property costs in lines.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use pulumi_resource_auth0::auth0::PACKAGE;
use pulumi_rs_sdk::table::rest::Class;
use pulumi_rs_sdk::table::{Absent, Field, Kind, Package, Rare, Resource, Rule, Usual};
use serde_json::Value;

use crate::schema;

/// Counts what there is of the published package.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The published package's schema, `-` for standard input; the counts of it alone matter.
    #[arg(default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/published-schema-facts.json"))]
    published: PathBuf,
    /// Name what is missing.
    #[arg(long)]
    missing: bool,
}

pub(crate) fn run(Arguments { published, missing }: &Arguments) -> anyhow::Result<ExitCode> {
    let published = serde_json::from_str(&schema::read(published)?)
        .with_context(|| format!("{} is no JSON", published.display()))?;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../provider/src/resources");
    let lines = lines_below(&source)?;
    let stats = Stats::of(&PACKAGE, &published, lines);
    let missing = stats.missing.iter().filter(|_| *missing);
    let missing: String = missing.map(|token| format!("missing {token}\n")).collect();
    write!(io::stdout(), "{stats}\n{missing}").context("the counts cannot be printed")?;
    Ok(ExitCode::SUCCESS)
}

/// What is counted.
#[derive(Debug, PartialEq, Eq)]
struct Stats {
    resources: Part,
    functions: Part,
    /// Rows of resources, at every level.
    fields: usize,
    /// Lines of the files that hold these rows, without tests.
    lines: usize,
    /// Functions that tables name where rows cannot say it.
    named: usize,
    /// Resources by how they live.
    classes: Vec<(&'static str, usize)>,
    /// Resources by what more than words their tables need.
    tiers: Vec<(&'static str, usize)>,
    /// The tokens of what the published package has and this one has not.
    missing: Vec<String>,
}

/// How much there is of so much.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    done: usize,
    of: usize,
}

impl Stats {
    fn of<P>(package: &Package<P>, published: &Value, lines: usize) -> Self {
        let ours: Vec<String> =
            package.resource_tables().map(|r| package.resource_token(r)).collect();
        let functions: Vec<String> =
            package.function_tables().map(|f| package.function_token(f)).collect();
        // The provider's own method stands among the functions of a schema.
        let theirs = |section: &str| -> Vec<String> {
            let tokens = published[section].as_object().into_iter().flatten();
            let tokens = tokens.map(|(token, _)| token.clone());
            tokens.filter(|token| !token.starts_with("pulumi:providers:")).collect()
        };
        let (resources_there, functions_there) = (theirs("resources"), theirs("functions"));
        let part = |there: &[String], ours: &[String]| Part {
            done: there.iter().filter(|token| ours.contains(token)).count(),
            of: there.len(),
        };
        Stats {
            resources: part(&resources_there, &ours),
            functions: part(&functions_there, &functions),
            fields: package.resource_tables().map(|resource| rows(resource.fields).len()).sum(),
            lines,
            named: package.resource_tables().map(named).sum(),
            classes: counted(CLASSES, package.resource_tables().map(class)),
            tiers: counted(TIERS, package.resource_tables().map(tier)),
            missing: resources_there
                .into_iter()
                .filter(|token| !ours.contains(token))
                .chain(functions_there.into_iter().filter(|token| !functions.contains(token)))
                .collect(),
        }
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Stats { resources, functions, fields, lines, named, classes, tiers, .. } = self;
        let told = |counts: &[(&str, usize)]| -> String {
            let counts: Vec<String> =
                counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
            counts.join(", ")
        };
        let a_field = *lines as f64 / (*fields).max(1) as f64;
        writeln!(f, "resources        {} of {}", resources.done, resources.of)?;
        writeln!(f, "functions        {} of {}", functions.done, functions.of)?;
        writeln!(f, "fields           {fields}")?;
        writeln!(f, "lines            {lines}, {a_field:.1} a field")?;
        writeln!(f, "named functions  {named}")?;
        writeln!(f, "by class         {}", told(classes))?;
        write!(f, "by what they say {}", told(tiers))
    }
}

/// How resources live, in the order in which they are told.
const CLASSES: &[&str] = &["collection", "single", "parts", "member", "members", "by hand"];

/// What tables say their resources with, from the least on.
const TIERS: &[&str] = &["words", "functions of rows and rules", "functions of requests", "code"];

/// How many there are of each.
fn counted(
    of: &[&'static str],
    found: impl Iterator<Item = &'static str>,
) -> Vec<(&'static str, usize)> {
    let found: Vec<_> = found.collect();
    of.iter().map(|what| (*what, found.iter().filter(|found| *found == what).count())).collect()
}

fn class(resource: &Resource) -> &'static str {
    match resource.class {
        Class::Collection(_) => "collection",
        Class::Single(_) => "single",
        Class::Parts(_) => "parts",
        Class::Member(_) => "member",
        Class::Members(_) => "members",
        Class::Own => "by hand",
    }
}

fn tier(resource: &Resource) -> &'static str {
    match () {
        () if matches!(resource.class, Class::Own) => "code",
        () if of_requests(resource).contains(&true) => "functions of requests",
        () if named(resource) > 0 => "functions of rows and rules",
        () => "words",
    }
}

/// Which of the functions that see whole requests and answers the resource names.
fn of_requests(resource: &Resource) -> [bool; 3] {
    [resource.create_with.is_some(), resource.adjust.is_some(), resource.update_first.is_some()]
}

/// Every row, inside blocks too.
fn rows(fields: &'static [Field]) -> Vec<&'static Field> {
    let inside = |field: &'static Field| block(field.kind).map(rows).unwrap_or_default();
    fields.iter().flat_map(|field| [vec![field], inside(field)].concat()).collect()
}

fn block(kind: Kind) -> Option<&'static [Field]> {
    match kind {
        Kind::Object(of) => Some(of.fields),
        Kind::List(of) | Kind::Map(of) => block(*of),
        _ => None,
    }
}

/// The functions that a resource names, for itself, for its rules and for its rows.
fn named(resource: &Resource) -> usize {
    let rules = resource.rules.iter().map(|rule| matches!(rule, Rule::Custom(_)));
    let rows = rows(resource.fields).into_iter().flat_map(|field| {
        [
            matches!(field.usual, Usual::Is(_)),
            matches!(field.rare, Rare::SentAnyway(_)),
            matches!(field.absent, Absent::Assumed(_)),
        ]
    });
    of_requests(resource).into_iter().chain(rules).chain(rows).filter(|is| *is).count()
}

/// The lines of Rust below a folder: no tests, and nothing that only tests use.
fn lines_below(folder: &Path) -> anyhow::Result<usize> {
    let entries = fs::read_dir(folder).with_context(|| format!("no {}", folder.display()))?;
    let mut lines = 0;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        match () {
            () if matches!(name, "published" | "testing" | "tests") => {}
            () if path.is_dir() => lines += lines_below(&path)?,
            () => {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("{} cannot be read", path.display()))?;
                let module = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                lines += module.lines().count();
            }
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use pulumi_rs_sdk::table::ObjectType;
    use pulumi_rs_sdk::table::{
        BOOL, Function, STRING, function, list, object, object_type, optional, package, resource,
        without_code,
    };
    use pulumi_rs_sdk::value;
    use serde_json::json;

    use super::*;

    const LID: ObjectType = object_type("Lid", &[optional("open", BOOL), optional("text", STRING)]);
    const BOX: Resource = resource("Box")
        .fields(&[
            optional("lid", object(&LID)),
            optional("lids", list(&object(&LID))),
            optional("name", STRING).usual(is_usual).assumed(assumed),
        ])
        .rules(&[Rule::ExactlyOneOf(&["lid", "lids"]), Rule::Custom(|_| Vec::new())])
        .adjust(|_, _| {});
    const FIND: Function = function("find");
    const SMALL: Package = package("demo", "1.0.0")
        .resources(&[without_code(&[&BOX])])
        .functions(&[without_code(&[&FIND])]);

    fn is_usual(_: &value::Value) -> bool {
        false
    }

    fn assumed() -> value::Value {
        value::Value::Null
    }

    #[test]
    fn what_there_is_is_counted_against_what_is_published() {
        let published = json!({
            "resources": {"demo:index:Box": {}, "demo:index:Shelf": {}},
            "functions": {"demo:index:lose": {}, "pulumi:providers:demo/address": {}}
        });
        let stats = Stats::of(&SMALL, &published, 14);
        let expected = Stats {
            resources: Part { done: 1, of: 2 },
            functions: Part { done: 0, of: 1 },
            fields: 7,
            lines: 14,
            named: 4,
            classes: vec![
                ("collection", 0),
                ("single", 0),
                ("parts", 0),
                ("member", 0),
                ("members", 0),
                ("by hand", 1),
            ],
            tiers: vec![
                ("words", 0),
                ("functions of rows and rules", 0),
                ("functions of requests", 0),
                ("code", 1),
            ],
            missing: vec!["demo:index:Shelf".into(), "demo:index:lose".into()],
        };
        assert_eq!(stats, expected);
        assert_eq!(
            stats.to_string(),
            "resources        1 of 2\nfunctions        0 of 1\nfields           7\n\
             lines            14, 2.0 a field\nnamed functions  4\n\
             by class         0 collection, 0 single, 0 parts, 0 member, 0 members, 1 by hand\n\
             by what they say 0 words, 0 functions of rows and rules, 0 functions of requests, 1 code"
        );
    }

    #[test]
    fn lines_of_tests_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("a.rs", "one\ntwo\n#[cfg(test)]\nmod tests {\nthree\n}\n");
        write("block/b.rs", "#[cfg(test)]\nmod published;\nthree\n");
        write("published/c.rs", "no\n");
        write("testing.rs", "no\n");
        assert_eq!(lines_below(folder.path()).unwrap(), 5);
    }
}
