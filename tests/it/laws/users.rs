//! Users: what is changed one at a time, what others know of a user, and who is found again.

use pulumi_resource_auth0::resources::USER;
use pulumi_rs_sdk::testing::Changes;
use pulumi_rs_sdk::value::Object;
use serde_json::{Value as Json, json};

use super::subject::{Stored, Subject};
use crate::published::values::properties;

const CONNECTION: &str = "Username-Password-Authentication";

fn program(more: Json) -> Object {
    let mut program =
        json!({"connectionName": CONNECTION, "name": "Ann", "email": "ann@example.com"});
    for (name, value) in more.as_object().expect("properties") {
        program[name] = value.clone();
    }
    properties(&program)
}

async fn made(subject: &Subject, more: Json) -> (Stored, Object) {
    let inputs = subject.check(&USER, &program(more), &Object::new()).await;
    let made = subject.create(&USER, &inputs).await.expect("the tenant takes it");
    subject.requests();
    (made, inputs)
}

async fn changed(subject: &Subject, old: &Stored, more: Json) -> Stored {
    let news = subject.check(&USER, &program(more), &old.state.inputs).await;
    let changed = subject.update(&USER, old, &news).await.expect("the tenant takes it");
    let diff = subject.diff(&USER, &changed, &news).await;
    assert_eq!(diff.changes, Changes::None, "{diff:?}");
    changed
}

fn sent(subject: &Subject) -> Vec<Json> {
    let requests = subject.requests().into_iter().filter(|request| request.method != "GET");
    requests.map(|request| request.request_body).collect()
}

#[tokio::test]
async fn what_the_api_changes_one_at_a_time_goes_in_requests_of_its_own() {
    let subject = Subject::start().await;
    let before = json!({"username": "ann", "password": "A-first-1", "emailVerified": false});
    let (user, _) = made(&subject, before).await;
    let after = json!({"username": "anna", "password": "A-second-2", "emailVerified": true,
        "email": "anna@example.com"});
    let news = subject.check(&USER, &program(after), &user.state.inputs).await;
    subject.update(&USER, &user, &news).await.expect("the tenant takes it");
    assert_eq!(
        sent(&subject),
        [
            json!({"username": "anna"}),
            json!({"password": "[redacted]"}),
            json!({"email": "anna@example.com", "email_verified": true}),
        ]
    );
}

#[tokio::test]
async fn what_others_know_of_a_user_stays() {
    let subject = Subject::start().await;
    let (user, _) = made(&subject, json!({"appMetadata": r#"{"plan": "a", "seats": 1}"#})).await;
    subject.patch(&format!("users/{}", user.id), json!({"app_metadata": {"visits": 7}}));
    let user = changed(&subject, &user, json!({"appMetadata": r#"{"plan": "b"}"#})).await;
    let held = || subject.get(&format!("users/{}", user.id))["app_metadata"].clone();
    assert_eq!(held(), json!({"plan": "b", "visits": 7}));
    changed(&subject, &user, json!({})).await;
    assert_eq!(held(), json!({"visits": 7}));
}

#[tokio::test]
async fn a_user_whose_answer_was_lost_is_found_by_what_nobody_else_has() {
    for by in ["email", "userId", "username", "phoneNumber"] {
        let subject = Subject::start().await;
        let value = match by {
            "email" => "ann@example.com",
            "phoneNumber" => "+4930123456",
            _ => "ann",
        };
        let mut program = program(json!({by: value, "password": "A-first-1"}));
        if by != "email" {
            program.remove("email");
        }
        let inputs = subject.check(&USER, &program, &Object::new()).await;
        subject.tenant.add_fault("POST /api/v2/users => reset-after x1".parse().expect("a rule"));
        let made = subject.create(&USER, &inputs).await.expect(by);
        let posts = subject.requests().into_iter().filter(|r| r.method == "POST").count();
        assert_eq!(posts, 1, "{by}");
        subject.settled(&USER, &made, &inputs, by).await;
    }
}

#[tokio::test]
async fn a_user_of_somebody_else_is_never_taken() {
    let subject = Subject::start().await;
    let theirs = json!({"connection": CONNECTION, "email": "ann@example.com", "name": "Other"});
    let theirs = subject.post("users", theirs)["user_id"].as_str().expect("an id").to_owned();
    let inputs = subject.check(&USER, &program(json!({})), &Object::new()).await;
    let refused = subject.create(&USER, &inputs).await.expect_err("it is there");
    assert!(refused.contains("already exists"), "{refused}");
    subject.tenant.add_fault("POST /api/v2/users => reset x1".parse().expect("a rule"));
    let unsure = subject.create(&USER, &inputs).await.expect_err("it is another");
    assert!(unsure.contains("these have its `email`") && unsure.contains(&theirs), "{unsure}");
    assert_eq!(subject.get(&format!("users/{theirs}"))["name"], "Other");
}

#[tokio::test]
async fn another_id_or_connection_is_another_user() {
    let subject = Subject::start().await;
    let (user, _) = made(&subject, json!({"userId": "ann"})).await;
    let same = subject.check(&USER, &program(json!({"userId": "ann"})), &user.state.inputs).await;
    subject.settled(&USER, &user, &same, "the same").await;
    for other in [json!({"userId": "bob"}), json!({"userId": "ann", "connectionName": "others"})] {
        let news = subject.check(&USER, &program(other.clone()), &user.state.inputs).await;
        let diff = subject.diff(&USER, &user, &news).await;
        assert!(!diff.replaces.is_empty() && diff.delete_before_replace, "{other}: {diff:?}");
    }
}
