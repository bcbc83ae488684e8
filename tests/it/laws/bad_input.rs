//! Whatever the constraint of a row, breaking it names the property and what is allowed.

use pulumi_resource_auth0::auth0::{Auth0, PACKAGE};
use pulumi_rs_sdk::check::CheckFailure;
use pulumi_rs_sdk::table::{Constraint, Field, Kind, Presence, Resource};
use pulumi_rs_sdk::testing::{Check, Client, urn};
use pulumi_rs_sdk::value::{Object, Value};

use super::resources;
use super::rows::{Row, rows};

/// A program with one mistake, and what Check has to say of it.
struct Mistake {
    program: Object,
    path: String,
    /// Texts that the reason has to hold.
    says: Vec<String>,
}

/// The mistakes that can be made at a row.
fn mistakes(row: &Row) -> Vec<Mistake> {
    let field = row.field();
    let mut mistakes: Vec<Mistake> = bad_values(field)
        .into_iter()
        .map(|bad| {
            let mut program = Object::new();
            row.set(&mut program, bad.value);
            Mistake { program, path: format!("{}{}", row.path(), bad.inside), says: bad.says }
        })
        .collect();
    let misspelt = format!("{}Q", field.name);
    let unknown = [
        (misspelt.as_str(), format!("did you mean `{}`?", field.name)),
        ("zzzzzzzz", "unknown property: this resource does not have it".to_owned()),
    ];
    for (name, says) in unknown {
        let mut program = Object::new();
        row.edit(&mut program, |holder| _ = holder.insert(name.to_owned(), "x".into()));
        mistakes.push(Mistake { program, path: row.beside(name), says: vec![says] });
    }
    if field.presence == Presence::Required && field.default.is_none() {
        let mut program = Object::new();
        row.edit(&mut program, |holder| _ = holder.remove(field.name));
        let says = vec!["missing: this property is required".to_owned()];
        mistakes.push(Mistake { program, path: row.path(), says });
    }
    mistakes
}

/// A value that a row does not take.
struct Bad {
    value: Value,
    /// Where inside the value the mistake is.
    inside: &'static str,
    says: Vec<String>,
}

fn bad_values(field: &Field) -> Vec<Bad> {
    let mut bad = vec![wrong_type(field.kind, "")];
    let wrap = |value: Value| match field.kind {
        Kind::List(_) => Value::Array(vec![value]),
        Kind::Map(_) => Object::from([("key".to_owned(), value)]).into(),
        _ => value,
    };
    let inside = match field.kind {
        Kind::List(_) => "[0]",
        Kind::Map(_) => ".key",
        _ => "",
    };
    if let Kind::List(of) | Kind::Map(of) = field.kind {
        let element = wrong_type(*of, inside);
        bad.push(Bad { value: wrap(element.value), ..element });
    }
    let outside =
        |value: Value, says: &[String]| Bad { value: wrap(value), inside, says: says.to_vec() };
    let long = |characters: usize| "x".repeat(characters);
    match field.constraint {
        Constraint::Any => {}
        Constraint::OneOf(texts) | Constraint::OneOfIgnoringCase(texts) => {
            let allowed: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
            bad.push(outside("something else".into(), &allowed));
        }
        Constraint::Range(least, most) => {
            bad.push(outside(Value::Number(least as f64 - 1.0), &[least.to_string()]));
            if most < i64::MAX {
                bad.push(outside(Value::Number(most as f64 + 1.0), &[most.to_string()]));
            }
        }
        Constraint::Length(least, most) => {
            if least > 0 {
                bad.push(outside("".into(), &["must not be empty".to_owned()]));
            }
            if least > 1 {
                bad.push(outside(long(least - 1).into(), &[format!("at least {least}")]));
            }
            if most < usize::MAX {
                bad.push(outside(long(most + 1).into(), &[format!("at most {most}")]));
            }
        }
        Constraint::HttpsUrlOrEmpty => {
            bad.push(outside("http://example.com".into(), &["https://".to_owned()]));
        }
        Constraint::Address(_) => bad.push(outside("here".into(), &["address".to_owned()])),
        Constraint::Known(_) => bad.push(outside("nothing".into(), &["not known".to_owned()])),
        Constraint::Without(characters) => {
            bad.push(outside(characters.into(), &["must not hold".to_owned()]));
        }
        Constraint::Characters(class) => {
            bad.push(outside("\u{1f980}".into(), &[format!("{class:?}")]));
        }
        Constraint::Network => {
            bad.push(outside("192.0.2.0/33".into(), &["192.0.2.0/24".to_owned()]))
        }
        Constraint::Prefix(prefix) | Constraint::NameIn(prefix) => {
            bad.push(outside("\u{1f980}".into(), &[prefix.to_owned()]))
        }
        // Of the whole, which no row is held to.
        Constraint::Entries(..) | Constraint::KeyLength(_) | Constraint::KeyCharacters(_) => {}
    }
    if field.is_json() {
        bad.push(outside("{".into(), &["expected JSON".to_owned()]));
    }
    bad
}

/// No block. Where a row is secret it is left out of what is told, and so it must stand in no name of a property.
const NO_BLOCK: &str = "no block";

fn wrong_type(kind: Kind, inside: &'static str) -> Bad {
    let value = match kind {
        Kind::Bool => "perhaps".into(),
        Kind::Int | Kind::Number => "many".into(),
        // One object makes a list of objects.
        Kind::List(Kind::Object(_) | Kind::Map(_)) => NO_BLOCK.into(),
        Kind::String | Kind::List(_) => Object::new().into(),
        Kind::Map(_) | Kind::Object(_) => NO_BLOCK.into(),
        Kind::Any => panic!("there is no wrong type for a row that takes any"),
    };
    Bad { value, inside, says: vec![format!("expected {}", kind.noun())] }
}

async fn failures(engine: &Client, resource: &Resource, program: Object) -> Vec<CheckFailure> {
    let urn = urn(&PACKAGE.resource_token(resource), "subject");
    let check = Check { urn, news: program, seed: vec![7; 32], ..Check::default() };
    engine.check(check).await.expect("Check answers").failures
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mistake_names_its_property_and_what_is_allowed() {
    let engine = Client::start(Auth0::default()).await.expect("the server starts");
    let mut unsaid = Vec::new();
    for resource in resources() {
        for mistake in rows(resource).iter().flat_map(mistakes) {
            let Mistake { program, path, says } = mistake;
            let failures = failures(&engine, resource, program).await;
            let is_said = failures.iter().any(|failure| {
                let reason = &failure.reason;
                failure.property.to_string() == path && says.iter().all(|s| reason.contains(s))
            });
            if !is_said {
                unsaid.push(format!("{} {path} {says:?}: {failures:?}", resource.name));
            }
        }
    }
    assert!(unsaid.is_empty(), "{} mistakes:\n{}", unsaid.len(), unsaid.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_mistakes_are_reported_together() {
    let engine = Client::start(Auth0::default()).await.expect("the server starts");
    for resource in resources() {
        let mut program = Object::new();
        let leaves: Vec<Row> = rows(resource).into_iter().filter(|row| !row.is_block()).collect();
        for row in &leaves {
            row.set(&mut program, wrong_type(row.field().kind, "").value);
        }
        let failures = failures(&engine, resource, program).await;
        let named: Vec<String> = failures.iter().map(|f| f.property.to_string()).collect();
        let unnamed: Vec<String> =
            leaves.iter().map(Row::path).filter(|path| !named.contains(path)).collect();
        assert!(!leaves.is_empty() && unnamed.is_empty(), "{}: {unnamed:?}", resource.name);
    }
}
