//! Options of a connection, which the API replaces as a whole: what an update leaves alone, and what of it is secret.

use pulumi_resource_auth0::resources::CONNECTION;
use pulumi_rs_sdk::testing::{Changes, Create};
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::{Value as Json, json};

use super::subject::{Stored, Subject};

fn object<const N: usize>(properties: [(&str, Value); N]) -> Object {
    properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn connection(strategy: &str, options: Object) -> Object {
    object([
        ("name", "corporate".into()),
        ("strategy", strategy.into()),
        ("options", options.into()),
    ])
}

impl Subject {
    async fn made(&self, program: &Object) -> Stored {
        let inputs = self.check(&CONNECTION, program, &Object::new()).await;
        self.create(&CONNECTION, &inputs).await.expect("it is made")
    }

    async fn changed(&self, stored: &Stored, program: &Object) -> Stored {
        let inputs = self.check(&CONNECTION, program, &stored.state.inputs).await;
        self.requests();
        self.update(&CONNECTION, stored, &inputs).await.expect("it is changed")
    }

    fn shown(&self, stored: &Stored) -> Json {
        self.get(&format!("connections/{}", stored.id))
    }

    /// The bodies of the writes since the last look.
    fn written(&self) -> Vec<Json> {
        let requests = self.requests().into_iter().filter(|request| request.method != "GET");
        requests.map(|request| request.request_body).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_leaves_options_that_no_row_knows_and_the_applications_of_a_connection_alone() {
    let subject = Subject::start().await;
    let program = |debug: bool, name: &str| {
        let mut program = connection("samlp", object([("debug", debug.into())]));
        program.insert("displayName".to_owned(), name.into());
        program
    };
    let stored = subject.made(&program(true, "one")).await;
    let all = subject.tenant.everything().into_iter();
    let (path, mut held) =
        { all }.find(|(path, _)| path.ends_with(&stored.id)).expect("it is there");
    held["options"]["assertion_decryption_settings"] = json!({"algorithm_profile": "v2026-1"});
    held["options"]["cert"] = "made by the server".into();
    held["enabled_clients"] = json!(["owner-of-name"]);
    assert!(subject.tenant.hold(&path, held));

    let stored = subject.changed(&stored, &program(true, "two")).await;
    assert_eq!(subject.written(), [json!({"display_name": "two"})], "options stay out of it");
    let stored = subject.changed(&stored, &program(false, "two")).await;
    let written = subject.written();
    assert_eq!(
        written[0].as_object().map(|body| body.keys().collect::<Vec<_>>()),
        Some(vec![&"options".to_owned()])
    );
    let shown = subject.shown(&stored);
    assert_eq!(shown["options"]["debug"], false);
    assert_eq!(shown["options"]["assertion_decryption_settings"]["algorithm_profile"], "v2026-1");
    assert_eq!(shown["options"]["cert"], "made by the server");
    assert_eq!(
        subject.get(&format!("connections/{}/clients", stored.id))["clients"][0]["client_id"],
        "owner-of-name"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_is_never_stored_is_sent_with_its_version_and_stays_where_other_options_change()
 {
    let subject = Subject::start().await;
    let program = |secret: &str, version: i32, client: &str| {
        let options =
            object([("clientId", client.into()), ("issuer", "https://idp.example.com".into())]);
        let mut program = connection("oidc", options);
        program.insert("optionsClientSecretWo".to_owned(), secret.into());
        program.insert("optionsClientSecretWoVersion".to_owned(), version.into());
        program
    };
    let hidden = |stored: &Stored| {
        let text = format!("{:?}", stored.state.outputs);
        assert!(!text.contains("canary"), "{text}");
    };
    let stored = subject.made(&program("canary-1", 1, "a")).await;
    hidden(&stored);
    assert_eq!(subject.shown(&stored)["options"]["client_secret"], "canary-1");

    // Without another version it is the same, as far as anybody knows.
    let other =
        subject.check(&CONNECTION, &program("canary-2", 1, "a"), &stored.state.inputs).await;
    assert_eq!(subject.diff(&CONNECTION, &stored, &other).await.changes, Changes::None);

    let stored = subject.changed(&stored, &program("canary-2", 2, "a")).await;
    hidden(&stored);
    assert_eq!(subject.shown(&stored)["options"]["client_secret"], "canary-2");
    let stored = subject.changed(&stored, &program("canary-2", 2, "b")).await;
    hidden(&stored);
    let options = &subject.shown(&stored)["options"];
    assert_eq!(
        (&options["client_secret"], &options["client_id"]),
        (&"canary-2".into(), &"b".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn another_strategy_makes_a_new_connection() {
    let subject = Subject::start().await;
    let stored = subject.made(&connection("samlp", Object::new())).await;
    let program = connection("oidc", Object::new());
    let inputs = subject.check(&CONNECTION, &program, &stored.state.inputs).await;
    assert_eq!(subject.diff(&CONNECTION, &stored, &inputs).await.replaces, ["strategy"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_option_that_the_strategy_does_not_know_is_told_by_name_and_not_sent() {
    let subject = Subject::start().await;
    let options = object([("apiEnableUsers", true.into()), ("clientId", "c".into())]);
    let program = connection("google-oauth2", options);
    let inputs = subject.check(&CONNECTION, &program, &Object::new()).await;
    let create = Create {
        urn: subject.urn(&CONNECTION),
        inputs: inputs.clone(),
        preview: true,
        timeout: None,
    };
    subject.engine.create(create).await.expect("a preview never fails");
    subject.engine.cancel().await.expect("Cancel answers");
    let told: Vec<String> = subject.engine.messages().await.into_iter().map(|m| m.text).collect();
    assert!(told.iter().any(|text| text.contains("options.apiEnableUsers")), "{told:?}");

    let engine = subject.another_engine().await;
    let subject = Subject { engine, ..subject };
    let stored = subject.made(&program).await;
    assert_eq!(subject.written()[0]["options"], json!({"client_id": "c"}));
    subject.settled(&CONNECTION, &stored, &inputs, "made").await;
}
