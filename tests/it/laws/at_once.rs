//! Lists of one parent that many resources change at once: no entry gets lost, whatever the API takes.

use futures_util::future::{join_all, try_join_all};
use pulumi_resource_auth0::resources::{RESOURCE_SERVER_SCOPE, ROLE_PERMISSION};
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::testing::Delete;
use pulumi_rs_sdk::value::Object;
use serde_json::{Value as Json, json};

use super::resources;
use super::subject::Subject;
use crate::engine;

/// As many as a large program has.
const MANY: usize = 50;
/// Far fewer than one a resource: those that wait together go together, and how many that are is a matter of the moment.
const A_FEW: usize = MANY / 2;

/// A list, and programs that each put one entry into it.
struct List {
    resource: &'static Resource,
    programs: Vec<Object>,
    /// Where the tenant shows it, as the member of what is there that names an entry.
    shown_at: String,
    named_by: &'static str,
}

impl List {
    fn scopes(subject: &Subject) -> List {
        let (id, identifier) = api(subject, "filled", &[]);
        let scope = |n| {
            object(&[
                ("resourceServerIdentifier", &identifier),
                ("scope", &format!("do:{n}")),
                ("description", &format!("To do {n}")),
            ])
        };
        List {
            resource: &RESOURCE_SERVER_SCOPE,
            programs: (0..MANY).map(scope).collect(),
            shown_at: format!("resource-servers/{id}"),
            named_by: "value",
        }
    }

    fn permissions(subject: &Subject) -> List {
        let scopes: Vec<Json> = (0..MANY).map(|n| json!({"value": format!("do:{n}")})).collect();
        let (_, identifier) = api(subject, "permitted", &scopes);
        let role = subject.post("roles", json!({"name": "many"}));
        let role = role["id"].as_str().expect("a role has an ID");
        let permission = |n| {
            object(&[
                ("roleId", role),
                ("resourceServerIdentifier", &identifier),
                ("permission", &format!("do:{n}")),
            ])
        };
        List {
            resource: &ROLE_PERMISSION,
            programs: (0..MANY).map(permission).collect(),
            shown_at: format!("roles/{role}/permissions?per_page=100"),
            named_by: "permission_name",
        }
    }

    /// The names of the entries that the tenant has.
    fn shown(&self, subject: &Subject) -> Vec<String> {
        let shown = subject.get(&self.shown_at);
        let entries = shown.as_array().or_else(|| shown["scopes"].as_array());
        let names = entries.into_iter().flatten().filter_map(|entry| entry[self.named_by].as_str());
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names
    }
}

/// The ID and the identifier of a new API.
fn api(subject: &Subject, name: &str, scopes: &[Json]) -> (String, String) {
    let identifier = format!("https://{name}.example.com/");
    let made =
        subject.post("resource-servers", json!({"identifier": identifier, "scopes": scopes}));
    (made["id"].as_str().expect("an API has an ID").to_owned(), identifier)
}

fn object(properties: &[(&str, &str)]) -> Object {
    properties.iter().map(|(name, text)| ((*name).to_owned(), (*text).into())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_resources_that_change_one_list_at_once_lose_no_entry() {
    let subject = Subject::start().await;
    for list in [List::scopes(&subject), List::permissions(&subject)] {
        let resource = list.resource;
        if !resources().any(|tried| tried.name == resource.name) {
            continue;
        }
        let checked = list
            .programs
            .iter()
            .map(|given| async { subject.check(resource, given, &Object::new()).await });
        let checked = join_all(checked).await;
        subject.requests();

        let created = checked.iter().map(|inputs| subject.create(resource, inputs));
        let stored = try_join_all(created).await.expect("each is made");
        let mut expected: Vec<String> = (0..MANY).map(|n| format!("do:{n}")).collect();
        expected.sort();
        let asked = subject.requests().len();
        assert_eq!(list.shown(&subject), expected, "{}", resource.name);
        assert!(asked <= A_FEW, "{}: {asked} requests", resource.name);
        for (stored, inputs) in stored.iter().zip(&checked) {
            subject.settled(resource, stored, inputs, resource.name).await;
        }

        // Every other one goes, and takes no neighbour along.
        let (go, stay): (Vec<_>, Vec<_>) =
            stored.iter().enumerate().partition(|(index, _)| index % 2 == 0);
        // One operation deletes them all: each that begins has a provider, and so a writer, of its own.
        engine::configure(&subject.engine, engine::of(&subject.tenant)).await;
        let deleted = go.iter().map(|(_, stored)| {
            subject.engine.delete(Delete {
                urn: subject.urn(resource),
                id: stored.id.clone(),
                old: stored.state.clone(),
                ..Delete::default()
            })
        });
        try_join_all(deleted).await.expect("each is deleted");
        let mut expected: Vec<String> = stay.iter().map(|(n, _)| format!("do:{n}")).collect();
        expected.sort();
        assert_eq!(list.shown(&subject), expected, "{}", resource.name);
    }
}
