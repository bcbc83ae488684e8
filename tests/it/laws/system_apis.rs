//! APIs of Auth0 itself: a program that takes one over changes little of it, and its end does not end them.

use pulumi_resource_auth0::resources::RESOURCE_SERVER;
use pulumi_rs_sdk::testing::Changes;
use pulumi_rs_sdk::value::Object;
use serde_json::json;

use super::resources;
use super::subject::Subject;

#[tokio::test(flavor = "multi_thread")]
async fn the_management_api_keeps_its_name_and_outlives_the_program() {
    let subject = Subject::start().await;
    if !resources().any(|tried| tried.name == RESOURCE_SERVER.name) {
        return;
    }
    let ids = subject.ids("resource-servers", "id", "Auth0 Management API");
    let id = ids.first().expect("every tenant has it");
    let imported = subject.read(&RESOURCE_SERVER, id, None).await.expect("it is there");
    let mut program = imported.state.inputs.clone();
    program.insert("name".into(), "mine now".into());
    program.insert("enforcePolicies".into(), true.into());
    let program = subject.check(&RESOURCE_SERVER, &program, &Object::new()).await;
    subject.engine.messages().await;
    let diff = subject.diff(&RESOURCE_SERVER, &imported, &program).await;
    assert_eq!(diff.changes, Changes::None, "{diff:?}");
    let told = subject.engine.next_message().await.expect("it is told").text;
    assert!(told.ends_with("is not sent: `enforcePolicies`, `name`"), "{told}");

    subject.requests();
    subject.delete(&RESOURCE_SERVER, &imported).await;
    assert!(subject.requests().iter().all(|request| request.method != "DELETE"));
    assert_eq!(subject.ids("resource-servers", "id", "Auth0 Management API"), ids);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_that_auth0_names_is_no_difference_and_goes_with_the_program_that_made_it() {
    let subject = Subject::start().await;
    if !resources().any(|tried| tried.name == RESOURCE_SERVER.name) {
        return;
    }
    let given = Object::from([
        ("identifier".to_owned(), "urn:auth0:express-configure".into()),
        ("name".to_owned(), "mine".into()),
    ]);
    let inputs = subject.check(&RESOURCE_SERVER, &given, &Object::new()).await;
    let stored = subject.create(&RESOURCE_SERVER, &inputs).await.expect("it is made");
    assert_eq!(stored.state.outputs["name"], "Okta OIN Express Configuration API".into());
    let diff = subject.diff(&RESOURCE_SERVER, &stored, &inputs).await;
    assert_eq!(diff.changes, Changes::None, "{diff:?}");
    subject.delete(&RESOURCE_SERVER, &stored).await;
    let left = subject.get("resource-servers");
    let left = left.as_array().into_iter().flatten();
    assert!(left.into_iter().all(|api| api["identifier"] != json!("urn:auth0:express-configure")));
}
