//! Applications that a document describes: what it says, what the program says beside it, and when it is read.

use pulumi_resource_auth0::resources::CLIENT_CIMD;
use pulumi_rs_sdk::value::Object;
use serde_json::{Value as Json, json};

use super::subject::Subject;
use crate::published::values::{json as json_of, properties};

const ADDRESS: &str = "https://app.example.com/client.json";

fn publish(subject: &Subject, name: &str) {
    let document = json!({"client_name": name, "grant_types": ["authorization_code"],
        "redirect_uris": ["https://app.example.com/"], "token_endpoint_auth_method": "none",
        "client_uri": "https://app.example.com"});
    subject.tenant.publish(ADDRESS, document);
}

fn program(more: Json) -> Object {
    let mut program = json!({"externalClientId": ADDRESS});
    for (name, value) in more.as_object().expect("properties") {
        program[name] = value.clone();
    }
    properties(&program)
}

#[tokio::test]
async fn a_document_is_read_when_the_program_wants_it_and_at_an_import() {
    let subject = Subject::start().await;
    publish(&subject, "App");
    let grants = json!({"grantTypes": ["authorization_code", "refresh_token"]});
    let inputs = subject.check(&CLIENT_CIMD, &program(grants.clone()), &Object::new()).await;
    let made = subject.create(&CLIENT_CIMD, &inputs).await.expect("the tenant takes it");
    let told = |outputs: &Object, name: &str| json_of(&outputs[name]);
    assert_eq!(told(&made.state.outputs, "name"), "App");
    assert_eq!(told(&made.state.outputs, "validations")[0]["valid"], true);
    subject.settled(&CLIENT_CIMD, &made, &inputs, "made").await;

    publish(&subject, "Newer");
    let reads = |subject: &Subject| {
        let asked = subject.requests().into_iter().filter(|r| r.path.contains("/cimd/"));
        asked.map(|request| request.path).collect::<Vec<String>>()
    };
    subject.requests();
    subject.read(&CLIENT_CIMD, &made.id, Some(made.state.clone())).await.expect("it is there");
    assert_eq!(reads(&subject), [""; 0], "a refresh leaves the document alone");

    let again = json!({"grantTypes": grants["grantTypes"], "externalClientIdVersion": 1});
    let news = subject.check(&CLIENT_CIMD, &program(again), &made.state.inputs).await;
    let newer = subject.update(&CLIENT_CIMD, &made, &news).await.expect("the tenant takes it");
    assert_eq!(reads(&subject), ["/api/v2/clients/cimd/register"]);
    assert_eq!(told(&newer.state.outputs, "name"), "Newer");
    assert_eq!(told(&newer.state.outputs, "grantTypes"), grants["grantTypes"], "the program's");
    subject.settled(&CLIENT_CIMD, &newer, &news, "read again").await;

    subject.requests();
    let imported = subject.read(&CLIENT_CIMD, &made.id, None).await.expect("it is there");
    assert_eq!(reads(&subject), ["/api/v2/clients/cimd/preview"]);
    let told = told(&imported.state.outputs, "validations");
    assert_eq!(told[0]["warnings"].as_array().map(Vec::len), Some(1));
}
