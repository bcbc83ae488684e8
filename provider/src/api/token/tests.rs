use super::*;
use crate::api::client::Wire;
use crate::api::error::Failure;
use crate::api::testing::{Script, Step, Watched, config, configured, json, limited, reply};

const WHOLE: Duration = Duration::from_secs(600);

fn tokens(script: &Arc<Script>) -> Tokens {
    let wire: Arc<dyn Wire> = script.clone();
    Tokens::new(Arc::new(config()), Sender::new(wire))
}

fn asked() -> Asked {
    Asked::new(Method::Get, &["clients"]).unwrap()
}

fn lasting(token: &str, seconds: u64) -> Step {
    json(200, &format!(r#"{{"access_token":"{token}","expires_in":{seconds}}}"#))
}

async fn get(tokens: &Tokens, watched: &Watched) -> Result<String, ApiError> {
    let patience = Patience::new(&watched.context, WHOLE);
    let token = tokens.get(&asked(), &patience).await?;
    Ok(token.secret.expose_secret().to_owned())
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
async fn one_request_serves_all_who_wait_and_who_come_later() {
    let late = Step::Late(Duration::from_secs(3), reply(200, r#"{"access_token":"t"}"#));
    let (script, watched) = (Script::with_tokens([late], []), Watched::new());
    let tokens = tokens(&script);
    let get = || get(&tokens, &watched);
    let (one, two, three) = tokio::join!(get(), get(), get());
    assert_eq!([one, two, three, get().await].map(Result::unwrap), ["t"; 4]);
    assert_eq!(script.tokens_seen().len(), 1);
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
    struct Case {
        life: u64,
        fresh_until: u64,
    }
    for case in [Case { life: 86400, fresh_until: 86340 }, Case { life: 100, fresh_until: 90 }] {
        let (script, watched) =
            (Script::with_tokens([lasting("first", case.life)], []), Watched::new());
        let tokens = tokens(&script);
        assert_eq!(get(&tokens, &watched).await.unwrap(), "first");
        tokio::time::advance(Duration::from_secs(case.fresh_until - 1)).await;
        assert_eq!(get(&tokens, &watched).await.unwrap(), "first", "life {}", case.life);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(get(&tokens, &watched).await.unwrap(), "token-2", "life {}", case.life);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_given_up_once() {
    let (script, watched) = (Script::new([]), Watched::new());
    let tokens = tokens(&script);
    let patience = Patience::new(&watched.context, WHOLE);
    let first = tokens.get(&asked(), &patience).await.unwrap();
    assert!(tokens.refused(&first).await);
    assert_eq!(get(&tokens, &watched).await.unwrap(), "token-2");
    assert!(tokens.refused(&first).await, "somebody who still had the first one");
    assert_eq!(get(&tokens, &watched).await.unwrap(), "token-2");
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
    assert_eq!(token.secret.expose_secret(), "given");
    assert!(!tokens.refused(&token).await);
    assert_eq!(script.tokens_seen().len(), 0);
}
