//! What a preview says of what goes with an object that it replaces, and what it asks for that.

use pulumi_resource_auth0::resources::{CLIENT, CONNECTION, ORGANIZATION};
use pulumi_rs_sdk::log::Severity;
use pulumi_rs_sdk::table::Resource;
use pulumi_rs_sdk::testing::{Check, Create, Diff, Update};
use pulumi_rs_sdk::value::Object;
use serde_json::json;

use super::subject::{Stored, Subject};

fn named(name: &str) -> Object {
    Object::from([("name".to_owned(), name.into())])
}

impl Subject {
    /// The preview of a replacement: the Diff that the engine makes one of, and the create.
    async fn preview_replacement(&self, urn: &str, old: &Stored, news: &Object) {
        let diff = Diff {
            urn: urn.to_owned(),
            id: old.id.clone(),
            old: old.state.clone(),
            news: news.clone(),
            ..Diff::default()
        };
        self.engine.diff(diff).await.expect("Diff answers");
        self.preview_create(urn, news).await;
    }

    /// The preview of a create.
    async fn preview_create(&self, urn: &str, news: &Object) {
        let inputs = news.clone();
        let create = Create { urn: urn.to_owned(), inputs, preview: true, timeout: None };
        self.engine.create(create).await.expect("a preview never fails");
    }

    /// What the previews have warned of; ends the operation.
    async fn warned(&self) -> Vec<String> {
        // A cancel is answered when all messages have been delivered.
        self.engine.cancel().await.expect("Cancel answers");
        let messages = self.engine.messages().await.into_iter();
        let warnings = messages.filter(|message| message.severity == Severity::Warning);
        warnings.map(|message| message.text).collect()
    }

    async fn stored(&self, resource: &Resource, name: &str) -> (Object, Stored) {
        let mut given = named(name);
        if resource.field("strategy").is_some() {
            given.insert("strategy".to_owned(), "auth0".into());
        }
        let inputs = self.check(resource, &given, &Object::new()).await;
        let stored = self.create(resource, &inputs).await.expect("it is made");
        self.requests();
        (inputs, stored)
    }

    fn asked(&self) -> Vec<String> {
        let asked = self.requests().into_iter();
        let mut asked: Vec<_> =
            asked.map(|r| format!("{} {} {}", r.method, r.path, r.query)).collect();
        asked.sort_unstable();
        asked
    }
}

#[tokio::test]
async fn the_preview_of_a_replacement_says_what_goes_with_a_client() {
    let subject = Subject::start().await;
    let (inputs, stored) = subject.stored(&CLIENT, "app").await;
    let id = &stored.id;
    let grant = json!({"client_id": id, "audience": "https://api.example.com/", "scope": []});
    subject.post("client-grants", grant);
    subject.requests();

    let urn = subject.urn(&CLIENT);
    subject.preview_replacement(&urn, &stored, &inputs).await;
    subject.preview_create(&urn, &inputs).await;
    let expected = format!(
        "this makes another Client and deletes `{id}`, and with it no credentials and 1 grant: what is deleted \
         so does not come back. AUTH0_PREVIEW_CHECKS=false keeps previews from asking"
    );
    assert_eq!(subject.warned().await, [expected], "once");
    let asked = [
        format!("GET /api/v2/client-grants client_id={id}&per_page=1&include_totals=true"),
        format!("GET /api/v2/clients/{id}/credentials "),
    ];
    assert_eq!(subject.asked(), asked);
}

#[tokio::test]
async fn the_preview_of_a_replacement_says_how_many_members_an_organization_has() {
    let subject = Subject::start().await;
    let (inputs, stored) = subject.stored(&ORGANIZATION, "acme").await;
    let id = &stored.id;
    subject.post(
        &format!("organizations/{id}/members"),
        json!({"members": ["auth0|one", "auth0|two"]}),
    );
    subject.preview_replacement(&subject.urn(&ORGANIZATION), &stored, &inputs).await;
    let told = subject.warned().await;
    let [told] = told.as_slice() else { panic!("{told:?}") };
    let begin =
        format!("this makes another Organization and deletes `{id}`, and with it 2 members: ");
    assert!(told.starts_with(&begin), "{told}");
}

#[tokio::test]
async fn the_preview_of_a_replacement_says_how_many_users_a_database_holds() {
    let subject = Subject::start().await;
    let (inputs, stored) = subject.stored(&CONNECTION, "customers").await;
    for name in ["ann", "bob", "eve"] {
        let email = format!("{name}@example.com");
        let user =
            json!({"connection": "customers", "email": email, "password": "A-long-1-password"});
        subject.post("users", user);
    }
    subject.requests();
    let others = Object::from([
        ("name".to_owned(), "clients".into()),
        ("strategy".to_owned(), inputs["strategy"].clone()),
    ]);
    subject.preview_replacement(&subject.urn(&CONNECTION), &stored, &others).await;
    let id = &stored.id;
    let told = subject.warned().await;
    let begin = format!("this makes another Connection and deletes `{id}`, and with it 3 users: ");
    assert!(told.iter().any(|told| told.starts_with(&begin)), "{told:?}");
    assert_eq!(subject.asked().len(), 1);
}

#[tokio::test]
async fn what_goes_is_said_too_where_nobody_can_tell_how_many_there_are() {
    for (fault, reason) in [("status:403", "403"), ("hang", "2 s")] {
        let subject = Subject::start().await;
        let (inputs, stored) = subject.stored(&CLIENT, "app").await;
        let rule = format!("GET /api/v2/client-grants => {fault}");
        subject.tenant.add_fault(rule.parse().expect("a rule"));
        subject.preview_replacement(&subject.urn(&CLIENT), &stored, &inputs).await;
        let told = subject.warned().await;
        let [told] = told.as_slice() else { panic!("{fault}: {told:?}") };
        let what = "and with it no credentials and all of its grants (how many there are could not be told: ";
        assert!(told.contains(what) && told.contains(reason), "{fault}: {told}");
    }
}

#[tokio::test]
async fn of_what_is_new_changed_or_gone_already_nothing_is_said() {
    let subject = Subject::start().await;
    let (inputs, stored) = subject.stored(&CLIENT, "app").await;
    let urn = subject.urn(&CLIENT);
    let other = format!("{urn}-other");
    subject.preview_create(&other, &inputs).await;

    subject.diff(&CLIENT, &stored, &named("other")).await;
    let update = Update {
        urn: urn.clone(),
        id: stored.id.clone(),
        old: stored.state.clone(),
        news: named("other"),
        preview: true,
        ..Update::default()
    };
    subject.engine.update(update).await.expect("a preview never fails");
    assert!(subject.asked().is_empty(), "of a new one and of a change");

    subject.delete(&CLIENT, &stored).await;
    subject.check(&CLIENT, &inputs, &Object::new()).await;
    subject.requests();
    subject.preview_replacement(&urn, &stored, &inputs).await;
    assert_eq!(subject.asked().len(), 2);
    assert_eq!(subject.warned().await, [""; 0]);
}

#[tokio::test]
async fn a_preview_that_replaces_many_asks_about_ten_of_them() {
    let subject = Subject::start().await;
    let (inputs, stored) = subject.stored(&ORGANIZATION, "acme").await;
    for number in 0..12 {
        let urn = format!("{}-{number}", subject.urn(&ORGANIZATION));
        let check = Check { urn: urn.clone(), news: inputs.clone(), ..Check::default() };
        subject.engine.check(check).await.expect("Check answers");
        subject.preview_replacement(&urn, &stored, &inputs).await;
    }
    assert_eq!(subject.asked().len(), 10);
    let told = subject.warned().await;
    assert_eq!(told.len(), 12);
    let (looked, not_looked) = told.split_at(10);
    assert!(looked.iter().all(|told| told.contains("with it no members: ")), "{looked:?}");
    let reason = "could not be told: this preview has looked at 10 others)";
    assert!(not_looked.iter().all(|told| told.contains(reason)), "{not_looked:?}");
}
