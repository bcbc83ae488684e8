//! What a refresh of a hundred of each type that the API lists costs: pages, not reads.

use futures_util::future::join_all;
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::table::rest::{Class, Resource};
use pulumi_rs_sdk::testing::Read;
use pulumi_rs_sdk::value::{Object, Value};
use tests::{Pick, sample};

use super::field_life::beside;
use super::resources;
use super::subject::{Stored, Subject};

/// How many there are of each.
const MANY: usize = 100;
/// The read that comes first goes alone, and pages hold fifty at least.
const REQUESTS: usize = 6;

/// Whether there is a list whose pages are worth more than they cost: small ones are not.
fn is_listed(resource: &Resource) -> bool {
    matches!(resource.class, Class::Collection(of) if of.listing.is_there() && of.listing.page >= 50)
}

/// The same, of another id.
fn renamed(value: &Value, old: &str, new: &str) -> Value {
    match value {
        Value::String(text) => text.replace(old, new).into(),
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| renamed(item, old, new)).collect())
        }
        Value::Object(members) => all_renamed(members, old, new).into(),
        other => other.clone(),
    }
}

fn all_renamed(members: &Object, old: &str, new: &str) -> Object {
    members.iter().map(|(name, value)| (name.clone(), renamed(value, old, new))).collect()
}

/// Makes one, and puts as many on the tenant that differ from it by their id alone.
async fn many(subject: &Subject, resource: &'static Resource) -> Vec<Stored> {
    let field = resource.inputs().next().expect("it has inputs");
    let mut given = subject.least(resource, field);
    given.entry(field.name.to_owned()).or_insert_with(|| sample(field, Pick::First));
    beside(resource, field, &mut given);
    let inputs = subject.check(resource, &given, &Object::new()).await;
    let before = subject.tenant.everything();
    let made = subject.create(resource, &inputs).await;
    let made = made.unwrap_or_else(|error| panic!("{}: {error}", resource.name));
    let id = made.id.rsplit("::").next().unwrap_or_default();

    let mut there = vec![made.clone()];
    for number in 1..MANY {
        let other = format!("{}{number:03}", &id[..id.len() - 3]);
        for (path, held) in subject.tenant.everything() {
            let is_it = !before.contains_key(&path) && path.split('/').any(|part| part == id);
            if is_it {
                let held = held.to_string().replace(id, &other);
                let held = serde_json::from_str(&held).expect("still JSON");
                assert!(subject.tenant.hold(&path.replace(id, &other), held), "{path} is held");
            }
        }
        let Known { inputs, outputs } = &made.state;
        let state = Known {
            inputs: all_renamed(inputs, id, &other),
            outputs: all_renamed(outputs, id, &other),
        };
        there.push(Stored { id: made.id.replace(id, &other), state });
    }
    there
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_of_a_hundred_of_each_type_that_is_listed_costs_pages() {
    for resource in resources().filter(|resource| is_listed(resource)) {
        let subject = Subject::start().await;
        let there = many(&subject, resource).await;
        let engine = subject.another_engine().await;
        subject.tenant.clear_requests();
        let reads = there.iter().map(|stored| {
            let (urn, id) = (subject.urn(resource), stored.id.clone());
            engine.read(Read { urn, id, known: Some(stored.state.clone()), ..Read::default() })
        });
        for (read, stored) in join_all(reads).await.into_iter().zip(&there) {
            let read = read.expect("the tenant answers");
            let read = read.unwrap_or_else(|| panic!("{} {} is gone", resource.name, stored.id));
            assert_eq!(read.outputs, stored.state.outputs, "{}", resource.name);
        }
        let requests = subject.requests();
        let lines: Vec<_> = requests.iter().map(|r| format!("{} {}", r.method, r.path)).collect();
        assert!(requests.len() <= REQUESTS, "{}: {lines:#?}", resource.name);
        println!("{}: {} requests", resource.name, requests.len());
    }
}
