use secrecy::ExposeSecret;
use serde_json::json;

use super::*;
use crate::api::assertion;
use crate::api::client::Wire;
use crate::api::error::Failure;
use crate::api::path::Path;
use crate::api::request::Request;
use crate::api::testing::{
    Script, Seen, Step, Watched, config, configured, json, limited, private_key, reply, with_key,
};

const WHOLE: Duration = Duration::from_secs(600);

fn tokens(script: &Arc<Script>) -> Tokens {
    tokens_for(config(), script)
}

fn tokens_for(config: Config, script: &Arc<Script>) -> Tokens {
    let wire: Arc<dyn Wire> = script.clone();
    Tokens::new(Arc::new(config), Sender::new(wire))
}

/// The configurations whose tokens the tenant gives: by secret and by private key.
fn applications() -> [Config; 2] {
    [config(), with_key()]
}

/// The claims of the assertions in the requests for tokens, each found to be signed by the key.
fn assertions(script: &Script) -> Vec<serde_json::Value> {
    let key = jsonwebtoken::DecodingKey::from_rsa_der(&private_key().public);
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::PS256);
    validation.set_audience(&["https://t.auth0.com/"]);
    let claims = |seen: Seen| {
        let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
        let assertion = body["client_assertion"].as_str().unwrap();
        jsonwebtoken::decode(assertion, &key, &validation).unwrap().claims
    };
    script.tokens_seen().into_iter().map(claims).collect()
}

fn asked() -> Asked {
    Asked::of(&Request::get(Path::of("clients"))).unwrap()
}

fn lasting(token: &str, seconds: u64) -> Step {
    json(200, &format!(r#"{{"access_token":"{token}","expires_in":{seconds}}}"#))
}

async fn get(tokens: &Tokens, watched: &Watched) -> Result<String, ApiError> {
    let patience = Patience::new(&watched.context, WHOLE);
    let token = tokens.get(&asked(), &patience).await?;
    Ok(token.bearer.token().expose_secret().to_owned())
}

#[tokio::test(start_paused = true)]
async fn asks_with_the_credentials_in_the_body() {
    let (script, watched) = (Script::new([]), Watched::new());
    assert_eq!(get(&tokens(&script), &watched).await.unwrap(), "token-1");
    let seen = script.tokens_seen().remove(0);
    assert_eq!((seen.what.as_str(), seen.bearer.as_str()), ("POST /oauth/token", ""));
    let body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    assert_eq!(
        body,
        json!({
            "grant_type": "client_credentials",
            "client_id": "id",
            "client_secret": "hunter2",
            "audience": "https://t.auth0.com/api/v2/",
        })
    );
}

#[tokio::test(start_paused = true)]
async fn asks_with_an_assertion_where_there_is_a_key() {
    let (script, watched) = (Script::new([]), Watched::new());
    assert_eq!(get(&tokens_for(with_key(), &script), &watched).await.unwrap(), "token-1");
    let claims = assertions(&script).remove(0);
    assert_eq!((&claims["iss"], &claims["sub"]), (&"id".into(), &"id".into()));
    let seen = script.tokens_seen().remove(0);
    let mut body: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    body["client_assertion"].take();
    assert_eq!(
        body,
        json!({
            "grant_type": "client_credentials",
            "client_id": "id",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": null,
            "audience": "https://t.auth0.com/api/v2/",
        })
    );
}

#[tokio::test(start_paused = true)]
async fn no_assertion_is_sent_twice() {
    let steps = [Step::Fail(Failure::BrokenOff), json(503, ""), limited(Some(2))];
    let (script, watched) = (Script::with_tokens(steps, []), Watched::new());
    assert_eq!(get(&tokens_for(with_key(), &script), &watched).await.unwrap(), "token-4");
    let assertions = assertions(&script);
    let numbers = assertions.iter().map(|claims| claims["jti"].as_str().unwrap());
    assert_eq!(numbers.collect::<std::collections::BTreeSet<_>>().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_told_by_what_the_application_proves_itself_with() {
    let refused =
        r#"{"error":"invalid_client","error_description":"eyJhbGciOi.eyJpc3Mi.c2ln bad"}"#;
    let mut texts = String::new();
    for config in applications() {
        let (script, watched) = (Script::with_tokens([json(401, refused)], []), Watched::new());
        let error = get(&tokens_for(config, &script), &watched).await.unwrap_err();
        texts.push_str(&format!("{error}\n"));
    }
    insta::assert_snapshot!(texts);
}

#[tokio::test(start_paused = true)]
async fn one_request_serves_all_who_wait_and_who_come_later() {
    for config in applications() {
        let late = Step::Late(Duration::from_secs(3), reply(200, r#"{"access_token":"t"}"#));
        let (script, watched) = (Script::with_tokens([late], []), Watched::new());
        let tokens = tokens_for(config, &script);
        let get = || get(&tokens, &watched);
        let (one, two, three) = tokio::join!(get(), get(), get());
        assert_eq!([one, two, three, get().await].map(Result::unwrap), ["t"; 4]);
        assert_eq!(script.tokens_seen().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_by_all_who_wait_and_not_by_who_comes_later() {
    let refused = r#"{"error":"access_denied","error_description":"Unauthorized"}"#;
    let late = Step::Late(Duration::from_secs(3), reply(401, refused));
    let (script, watched) = (Script::with_tokens([late], []), Watched::new());
    let tokens = tokens(&script);
    let get = || get(&tokens, &watched);
    let (one, two, three) = tokio::join!(get(), get(), get());
    for result in [one, two, three] {
        assert!(matches!(result, Err(ApiError::TokenRefused { .. })), "{result:?}");
    }
    assert_eq!(script.tokens_seen().len(), 1);
    assert_eq!(get().await.unwrap(), "token-2");
}

#[tokio::test(start_paused = true)]
async fn who_is_gone_does_not_take_the_token_with_him() {
    let late = Step::Late(Duration::from_secs(3), reply(200, r#"{"access_token":"lost"}"#));
    let (script, watched) = (Script::with_tokens([late], []), Watched::new());
    let tokens = tokens(&script);
    let gone = tokio::time::timeout(Duration::from_secs(1), get(&tokens, &watched));
    let (gone, other) = tokio::join!(gone, get(&tokens, &watched));
    assert!(gone.is_err());
    assert_eq!(other.unwrap(), "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_ends() {
    #[derive(Clone, Copy)]
    struct Case {
        life: u64,
        fresh_until: u64,
    }
    let lives = [Case { life: 86400, fresh_until: 86340 }, Case { life: 100, fresh_until: 90 }];
    for (config, case) in applications().into_iter().flat_map(|c| lives.map(|l| (c.clone(), l))) {
        let (script, watched) =
            (Script::with_tokens([lasting("first", case.life)], []), Watched::new());
        let tokens = tokens_for(config, &script);
        assert_eq!(get(&tokens, &watched).await.unwrap(), "first");
        tokio::time::advance(Duration::from_secs(case.fresh_until - 1)).await;
        assert_eq!(get(&tokens, &watched).await.unwrap(), "first", "life {}", case.life);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(get(&tokens, &watched).await.unwrap(), "token-2", "life {}", case.life);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_renewed_is_used_while_it_lasts() {
    let steps = [lasting("first", 86400)].into_iter().chain(vec![json(501, "{}"); 2]);
    let (script, watched) = (Script::with_tokens(steps, []), Watched::new());
    let tokens = tokens(&script);
    get(&tokens, &watched).await.unwrap();
    tokio::time::advance(Duration::from_secs(86350)).await;
    for _ in 0..3 {
        assert_eq!(get(&tokens, &watched).await.unwrap(), "first");
    }
    assert_eq!(script.tokens_seen().len(), 2, "asked for once more, and not for each request");
    tokio::time::advance(Duration::from_secs(50)).await;
    assert!(get(&tokens, &watched).await.is_err(), "it has ended");
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_given_up_once() {
    for config in applications() {
        let (script, watched) = (Script::new([]), Watched::new());
        let tokens = tokens_for(config, &script);
        let patience = Patience::new(&watched.context, WHOLE);
        let first = tokens.get(&asked(), &patience).await.unwrap();
        assert!(tokens.refused(&first).await);
        assert_eq!(get(&tokens, &watched).await.unwrap(), "token-2");
        assert!(tokens.refused(&first).await, "somebody who still had the first one");
        assert_eq!(get(&tokens, &watched).await.unwrap(), "token-2");
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_for_a_token_is_repeated_as_it_makes_nothing() {
    let steps = [Step::Fail(Failure::BrokenOff), json(503, ""), limited(Some(2))];
    let (script, watched) = (Script::with_tokens(steps, []), Watched::new());
    assert_eq!(get(&tokens(&script), &watched).await.unwrap(), "token-4");
}

#[tokio::test(start_paused = true)]
async fn a_given_token_is_used_as_it_is() {
    let (script, watched) = (Script::new([]), Watched::new());
    let config = Arc::new(configured(&[("apiToken", "given")]));
    let wire: Arc<dyn Wire> = script.clone();
    let tokens = Tokens::new(config, Sender::new(wire));
    let patience = Patience::new(&watched.context, WHOLE);
    let token = tokens.get(&asked(), &patience).await.unwrap();
    assert_eq!(token.bearer.token().expose_secret(), "given");
    assert!(!tokens.refused(&token).await);
    assert_eq!(script.tokens_seen().len(), 0);
}

/// Whether this compiles is the test: what holds a token, or what it was asked for with, wipes it.
#[tokio::test(start_paused = true)]
async fn tokens_and_the_answers_that_brought_them_are_wiped_when_they_are_dropped() {
    fn is_wiped(_: &impl secrecy::zeroize::ZeroizeOnDrop) {}
    let (script, watched) = (Script::new([]), Watched::new());
    let tokens = tokens(&script);
    let patience = Patience::new(&watched.context, WHOLE);
    let token = tokens.get(&asked(), &patience).await.unwrap();
    is_wiped(token.bearer.token());
    is_wiped(&Bearer::text(token.bearer.token()));
    is_wiped(&reply(200, "{}").body);
    is_wiped(
        &assertion::make("id", "aud", &private_key().with("RS256"), SystemTime::now()).unwrap(),
    );
}

/// The login of the Auth0 CLI, as its file says it.
struct CliFile(tempfile::TempDir);

impl CliFile {
    fn new() -> CliFile {
        CliFile(tempfile::TempDir::new().unwrap())
    }

    fn config(&self) -> Config {
        let home = self.0.path().display().to_string();
        let given = [("domain", "t.auth0.com"), ("cliLogin", "true")];
        let object = given.map(|(name, value)| (name.into(), value.into())).into();
        Config::resolve(&object, &|name| (name == "HOME").then(|| home.clone())).unwrap()
    }

    fn write(&self, token: &str) {
        let folder = self.0.path().join(".config/auth0");
        std::fs::create_dir_all(&folder).unwrap();
        let file = json!({"tenants": {"t.auth0.com": {
            "access_token": token,
            "expires_at": "2999-01-01T00:00:00Z",
        }}});
        std::fs::write(folder.join("config.json"), file.to_string()).unwrap();
    }
}

#[tokio::test]
async fn the_token_of_the_cli_is_read_when_it_is_first_needed_and_asked_of_nobody() {
    let (script, watched, file) = (Script::new([]), Watched::new(), CliFile::new());
    let tokens = tokens_for(file.config(), &script);
    let error = get(&tokens, &watched).await.unwrap_err();
    assert!(matches!(error, ApiError::NotLoggedIn { .. }), "{error:?}");
    file.write("first");
    assert_eq!(get(&tokens, &watched).await.unwrap(), "first");
    file.write("second");
    assert_eq!(get(&tokens, &watched).await.unwrap(), "first", "it lasts for a while");
    assert_eq!(script.tokens_seen().len(), 0);
}

#[tokio::test]
async fn a_refused_token_of_the_cli_is_given_up_for_that_of_another_login() {
    let (script, watched, file) = (Script::new([]), Watched::new(), CliFile::new());
    let tokens = tokens_for(file.config(), &script);
    file.write("first");
    let patience = Patience::new(&watched.context, WHOLE);
    let first = tokens.get(&asked(), &patience).await.unwrap();
    assert!(!tokens.refused(&first).await, "there is no other yet");
    file.write("second");
    assert!(tokens.refused(&first).await);
    assert_eq!(get(&tokens, &watched).await.unwrap(), "second");
}
