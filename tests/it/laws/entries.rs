//! Whole lists of a parent: an entry that changes stays where it is, and what others put there stays at the end.

use pulumi_resource_auth0::resources::{ORGANIZATION_CONNECTIONS, ORGANIZATION_DISCOVERY_DOMAINS};
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};

use super::resources;
use super::subject::Subject;

/// A list of an organization, and what becomes of one entry of it.
struct Case {
    resource: &'static Resource,
    row: &'static str,
    list: &'static str,
    before: Json,
    after: Json,
    /// What somebody else puts there.
    theirs: Json,
    /// The member that names an entry.
    named_by: &'static str,
}

fn cases(subject: &Subject) -> [Case; 2] {
    let connection = |name: &str| {
        let made = subject.post("connections", json!({"name": name, "strategy": "auth0"}));
        made["id"].as_str().expect("a connection has an ID").to_owned()
    };
    let (ours, theirs) = (connection("ours"), connection("theirs"));
    let domain = "ours.example.com";
    [
        Case {
            resource: &ORGANIZATION_CONNECTIONS,
            row: "enabledConnections",
            list: "connections",
            before: json!({"connectionId": ours, "organizationAccessLevel": "none"}),
            after: json!({"connectionId": ours, "isEnabled": false,
                "organizationAccessLevel": "full", "organizationConnectionName": "ours"}),
            theirs: json!({"connection_id": theirs}),
            named_by: "connection_id",
        },
        Case {
            resource: &ORGANIZATION_DISCOVERY_DOMAINS,
            row: "discoveryDomains",
            list: "discovery-domains",
            before: json!({"domain": domain, "status": "pending",
                "useForOrganizationDiscovery": true}),
            after: json!({"domain": domain, "status": "verified"}),
            theirs: json!({"domain": "theirs.example.com", "status": "pending"}),
            named_by: "domain",
        },
    ]
}

impl Case {
    fn program(&self, organization: &str, entry: &Json) -> Object {
        Object::from([
            ("organizationId".to_owned(), organization.into()),
            (self.row.to_owned(), Value::Array(vec![value(entry)])),
        ])
    }

    /// The entries that the tenant has.
    fn shown(&self, subject: &Subject, path: &str) -> Vec<Json> {
        let shown = subject.get(path);
        let entries = shown.as_array().or_else(|| shown["domains"].as_array());
        entries.into_iter().flatten().cloned().collect()
    }
}

/// An entry of texts and flags as a program has it.
fn value(entry: &Json) -> Value {
    let members = entry.as_object().into_iter().flatten().map(|(name, json)| {
        let value = match json {
            Json::Bool(flag) => (*flag).into(),
            other => other.as_str().unwrap_or_default().into(),
        };
        (name.clone(), value)
    });
    members.collect::<Object>().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_changes_is_not_made_anew_and_others_stay_at_the_end() {
    let subject = Subject::start().await;
    for case in cases(&subject) {
        let Case { resource, list, .. } = case;
        if !resources().any(|tried| tried.name == resource.name) {
            continue;
        }
        let organization = subject.post("organizations", json!({"name": format!("has-{list}")}));
        let organization = organization["id"].as_str().expect("an organization has an ID");
        let path = format!("organizations/{organization}/{list}");

        let before = case.program(organization, &case.before);
        let before = subject.check(resource, &before, &Object::new()).await;
        let stored = subject.create(resource, &before).await.expect("it is made");
        let after = case.program(organization, &case.after);
        let after = subject.check(resource, &after, &before).await;
        subject.requests();
        let stored = subject.update(resource, &stored, &after).await.expect("it is changed");
        let mut sent = subject.requests();
        sent.retain(|request| request.method != "GET");
        let methods: Vec<&str> = sent.iter().map(|request| request.method.as_str()).collect();
        assert_eq!(methods, ["PATCH"], "{}: {sent:#?}", resource.name);
        // Not even an entry that is switched off looks gone.
        subject.settled(resource, &stored, &after, resource.name).await;
        let entries = case.shown(&subject, &path);
        assert_ne!(entries[0]["use_for_organization_discovery"], false, "{}", resource.name);

        subject.post(&path, case.theirs.clone());
        subject.delete(resource, &stored).await;
        let left = case.shown(&subject, &path);
        let named = |entry: &Json| entry[case.named_by].clone();
        let left: Vec<Json> = left.iter().map(named).collect();
        assert_eq!(left, [named(&case.theirs)], "{}", resource.name);
    }
}
