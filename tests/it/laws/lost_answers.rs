//! Creates whose answer is lost, grants that exist already, and tenants that answer with something else:
//! nothing is made twice, lost, or taken on a guess.

use pulumi_resource_auth0::resources::{CLIENT, CLIENT_GRANT};
use pulumi_rs_sdk::provider::Known;
use pulumi_rs_sdk::testing::{Check, Create, Delete, Diff, Failure, Read, Update};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::json;

use super::subject::{Stored, Subject};

const API: &str = "https://api.example.com/";

impl Subject {
    fn fault(&self, rule: &str) {
        self.tenant.add_fault(rule.parse().expect("a rule"));
    }

    async fn make(&self, urn: &str, inputs: &Object) -> Result<Stored, Failure> {
        let create = Create { urn: urn.into(), inputs: inputs.clone(), ..Create::default() };
        let created = self.engine.create(create).await?;
        Ok(Stored {
            id: created.id,
            state: Known { inputs: inputs.clone(), outputs: created.outputs },
        })
    }

    async fn messages(&self) -> Vec<String> {
        self.engine.cancel().await.expect("Cancel answers");
        self.engine.messages().await.into_iter().map(|message| message.text).collect()
    }

    /// A grant that somebody else made.
    fn foreign_grant(&self, body: serde_json::Value) -> String {
        self.post("client-grants", body)["id"].as_str().expect("an id").to_owned()
    }
}

fn grant_urn(name: &str) -> String {
    format!("urn:pulumi:test::tests::auth0:index/clientGrant:ClientGrant::{name}")
}

fn grant(scopes: &[&str]) -> Object {
    Object::from([
        ("__defaults".to_owned(), Value::Array(vec![])),
        ("clientId".to_owned(), "owner-of-audience".into()),
        ("audience".to_owned(), API.into()),
        ("scopes".to_owned(), scopes.to_vec().into()),
    ])
}

fn client(name: &str, defaults: &[&str]) -> Object {
    Object::from([
        ("__defaults".to_owned(), defaults.to_vec().into()),
        ("name".to_owned(), name.into()),
    ])
}

#[tokio::test]
async fn a_client_is_taken_over_only_by_a_name_with_digits_of_its_own() {
    struct Case {
        name: &'static str,
        made_up: bool,
        /// How many clients of that name there were before.
        before: usize,
        taken_over: bool,
    }
    let cases = [
        Case { name: "subject-5a5a5a5", made_up: true, before: 0, taken_over: true },
        Case { name: "subject-5a5a5a5", made_up: true, before: 1, taken_over: false },
        Case { name: "subject-5a5a5a5", made_up: false, before: 0, taken_over: false },
        // The engine can be told to propose the plain name.
        Case { name: "subject", made_up: true, before: 0, taken_over: false },
    ];
    for case in cases {
        let subject = Subject::start().await;
        for _ in 0..case.before {
            subject.post("clients", json!({"name": case.name}));
        }
        subject.fault("POST /api/v2/clients => reset-after x1");
        let defaults: &[&str] = if case.made_up { &["name"] } else { &[] };
        let made = subject.make(&subject.urn(&CLIENT), &client(case.name, defaults)).await;
        let there = subject.ids("clients", "client_id", case.name);
        assert_eq!(there.len(), case.before + 1, "{}: made once", case.name);
        match (made, case.taken_over) {
            (Ok(stored), true) => assert_eq!([stored.id], there[..]),
            (Err(failure), false) => {
                for id in &there {
                    let line = format!("pulumi import auth0:index/client:Client subject {id}");
                    assert!(failure.message.contains(&line), "{}", failure.message);
                }
            }
            (made, _) => panic!("{} {}: {made:?}", case.name, case.made_up),
        }
    }
}

#[tokio::test]
async fn a_client_that_was_not_made_is_not_found_by_name() {
    let subject = Subject::start().await;
    subject.fault("POST /api/v2/clients => reset x1");
    let urn = subject.urn(&CLIENT);
    let failure = subject.make(&urn, &client("subject-5a5a5a5", &["name"])).await.unwrap_err();
    assert!(failure.message.contains("no Client with the name \"subject-5a5a5a5\""), "{failure}");
    assert_eq!(subject.requests().iter().filter(|r| r.method == "POST").count(), 1);
}

#[tokio::test]
async fn a_grant_whose_answer_was_lost_is_found_by_its_key() {
    let subject = Subject::start().await;
    subject.fault("POST /api/v2/client-grants => truncate x1");
    let stored = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap();
    assert!(stored.id.starts_with("cgr_"));
    subject.settled(&CLIENT_GRANT, &stored, &grant(&["one"]), "found").await;
}

#[tokio::test]
async fn a_grant_that_was_not_made_is_asked_for_once_more() {
    let subject = Subject::start().await;
    subject.fault("POST /api/v2/client-grants => reset x1");
    let stored = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap();
    let posts = subject.requests().into_iter().filter(|request| request.method == "POST").count();
    assert_eq!((posts, subject.ids("client-grants", "id", API)), (2, vec![stored.id]));
    let messages = subject.messages().await;
    assert!(!messages.iter().any(|text| text.contains("adopted")), "{messages:?}");
}

#[tokio::test]
async fn what_was_just_made_is_looked_for_again_before_it_counts_as_gone() {
    let subject = Subject::start().await;
    let urn = subject.urn(&CLIENT);
    let made = subject.make(&urn, &client("a", &[])).await.unwrap();

    subject.fault("GET /api/v2/clients/{id} => status:404 x3");
    let read = subject.read(&CLIENT, &made.id, Some(made.state.clone())).await;
    assert!(read.is_some(), "a read");
    subject.fault("PATCH /api/v2/clients/{id} => status:404 x3");
    subject.update(&CLIENT, &made, &client("b", &[])).await.expect("an update");
    subject.fault("POST /api/v2/client-grants => status:404 x3");
    let mut inputs = grant(&["one"]);
    inputs.insert("clientId".to_owned(), made.id.as_str().into());
    subject.make(&grant_urn("a"), &inputs).await.expect("a grant that names it");

    // Of what an earlier update has made, a 404 is the truth.
    subject.fault("GET /api/v2/clients/{id} => status:404 x1");
    let read = Read { urn, id: made.id, known: Some(made.state), ..Read::default() };
    assert!(subject.another_engine().await.read(read).await.unwrap().is_none());
}

#[tokio::test]
async fn an_update_whose_answer_is_spoilt_is_sent_again() {
    for answer in ["empty x1", "html:200:after x1", "html x1", "truncate x1", "500-after x1"] {
        let subject = Subject::start().await;
        let made = subject.make(&subject.urn(&CLIENT), &client("a", &[])).await.unwrap();
        subject.fault(&format!("PATCH /api/v2/clients/{{id}} => {answer}"));
        let updated = subject.update(&CLIENT, &made, &client("b", &[])).await;
        let updated = updated.unwrap_or_else(|error| panic!("{answer}: {error}"));
        assert_eq!(updated.state.outputs["name"].as_str(), Some("b"), "{answer}");
        subject.settled(&CLIENT, &updated, &client("b", &[]), answer).await;
    }
}

#[tokio::test]
async fn a_grant_that_was_found_is_kept_although_its_settings_could_not_be_set() {
    let subject = Subject::start().await;
    let id = subject.foreign_grant(json!({
        "client_id": "owner-of-audience", "audience": API, "scope": ["two"]
    }));
    subject.fault("POST /api/v2/client-grants => reset x1");
    subject.fault("PATCH /api/v2/client-grants/{id} => status:403 x1");
    let failure = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap_err();
    assert_eq!(failure.created.expect("it is there").id, id);
}

#[tokio::test]
async fn an_adopted_grant_has_the_settings_of_the_program_and_no_others() {
    let subject = Subject::start().await;
    let id = subject.foreign_grant(json!({
        "client_id": "owner-of-audience", "audience": API, "allow_all_scopes": true,
        "allow_any_organization": true, "organization_usage": "allow"
    }));
    let stored = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap();
    assert_eq!(stored.id, id);
    let found = subject.get(&format!("client-grants/{id}"));
    assert_eq!(
        found,
        json!({
            "id": id, "client_id": "owner-of-audience", "audience": API, "scope": ["one"],
            "subject_type": "client", "allow_all_scopes": false
        })
    );
    let messages = subject.messages().await;
    assert!(messages.iter().any(|text| text.contains("retainOnDelete")), "{messages:?}");
}

#[tokio::test]
async fn a_failed_adoption_leaves_the_grant_to_whoever_has_it() {
    let subject = Subject::start().await;
    let id = subject.foreign_grant(json!({
        "client_id": "owner-of-audience", "audience": API, "scope": ["two"]
    }));
    subject.fault("PATCH /api/v2/client-grants/{id} => status:403 x1");
    let failure = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap_err();
    assert!(failure.created.is_none(), "{failure:?}");

    // A delete by its rightful resource is a delete.
    let old = Known { inputs: grant(&["two"]), outputs: grant(&["two"]) };
    let delete = Delete { urn: grant_urn("b"), id: id.clone(), old, ..Delete::default() };
    subject.engine.delete(delete).await.unwrap();
    assert_eq!(subject.ids("client-grants", "id", API), [""; 0]);
}

#[tokio::test]
async fn a_grant_of_one_resource_is_never_taken_by_another() {
    let subject = Subject::start().await;
    let a = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap();

    // In a later update, `a` is unchanged and `b` is new.
    let later = subject.another_engine().await;
    let (olds, news) = (a.state.inputs.clone(), grant(&["one"]));
    later.check(Check { urn: grant_urn("a"), olds, news, ..Check::default() }).await.unwrap();
    let diff = Diff {
        urn: grant_urn("a"),
        id: a.id.clone(),
        old: a.state.clone(),
        news: grant(&["one"]),
        ..Diff::default()
    };
    later.diff(diff).await.unwrap();
    let create = Create { urn: grant_urn("b"), inputs: grant(&["two"]), ..Create::default() };
    let failure = later.create(create).await.unwrap_err();
    assert_eq!(failure.code, "AlreadyExists");
    for urn in [grant_urn("a"), grant_urn("b")] {
        assert!(failure.message.contains(&urn), "{}", failure.message);
    }

    // A stack can have two resources of one grant already; one that goes does not take it along.
    let old = a.state.clone();
    let delete = Delete { urn: grant_urn("b"), id: a.id.clone(), old, ..Delete::default() };
    later.delete(delete).await.unwrap();
    assert_eq!(subject.ids("client-grants", "id", API), [a.id]);
}

#[tokio::test]
async fn a_grant_that_moves_to_another_resource_stays() {
    let subject = Subject::start().await;
    let a = subject.make(&grant_urn("a"), &grant(&["one"])).await.unwrap();

    // Renamed without an alias: `b` is made, then `a` goes; the program does not have `a` any more.
    let later = subject.another_engine().await;
    let create = Create { urn: grant_urn("b"), inputs: grant(&["one"]), ..Create::default() };
    assert_eq!(later.create(create).await.unwrap().id, a.id);
    let old = a.state.clone();
    let delete = Delete { urn: grant_urn("a"), id: a.id.clone(), old, ..Delete::default() };
    later.delete(delete).await.unwrap();
    assert_eq!(subject.ids("client-grants", "id", API), [a.id]);
}

#[tokio::test]
async fn a_success_that_shows_something_else_changes_nothing_in_the_state() {
    for answer in ["[]", "{}", r#"{"status":"ok"}"#] {
        let lies = super::liar::Liar::start(answer);
        let engine = lies.engine().await;
        let state = Known { inputs: client("a", &[]), outputs: client("a", &[]) };
        let urn = "urn:pulumi:test::tests::auth0:index/client:Client::a".to_owned();
        let read = Read {
            urn: urn.clone(),
            id: "c1".into(),
            known: Some(state.clone()),
            ..Read::default()
        };
        let failure = engine.read(read).await.unwrap_err();
        assert!(failure.message.contains("does not show the object"), "{answer}: {failure}");
        let update = Update {
            urn,
            id: "c1".into(),
            old: state,
            news: client("b", &[]),
            ..Update::default()
        };
        let failure = engine.update(update).await.unwrap_err();
        assert!(failure.message.contains("does not show the object"), "{answer}: {failure}");
    }
}
