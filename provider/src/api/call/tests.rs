use std::fmt::Write;

use pulumi_rs_sdk::error::{Error, ErrorKind};
use serde_json::json as value;

use super::*;
use crate::api::client::Reply;
use crate::api::error::Failure;
use crate::api::request::Method;
use crate::api::testing::{
    Script, Server, Step, Watched, config, configured, http, json, limited, reply, request,
};

const LIMIT_OF_PLAN: &str = "You reached the limit of entities of this type for this tenant.";
const MAXIMUM: &str = "You have reached the maximum number of log streams for your account.";
const PAID: &str = "A paid subscription is required for this feature.";
const UPGRADE: &str = "Please upgrade your subscription to use bot detection";
const NOT_ENTITLED: &str = "Tenant not entitled to this feature.";
const VALIDATION: &str =
    "Payload validation error: 'Additional properties not allowed: token_dialect'.";
const GRANT_MISSING: &str = "Client \"id\" is not authorized to access resource server \
    \"https://t.auth0.com/api/v2/\". You need to create a \"client-grant\" associated to this API. \
    See: https://auth0.com/docs/api/management/v2/client-grants/post-client-grants";
const NO_SUCH_API: &str = "Service not enabled within domain: https://t.auth0.com/api/v2/";
const GRANT_TYPE_OFF: &str = "Grant type 'client_credentials' not allowed for the client.";

fn refusal(status: u16, error: &str, message: &str, code: &str) -> Step {
    let body =
        value!({"statusCode": status, "error": error, "message": message, "errorCode": code});
    json(status, &body.to_string())
}

fn denied(status: u16, error: &str, description: &str) -> Step {
    json(status, &value!({"error": error, "error_description": description}).to_string())
}

async fn ask(script: &Arc<Script>, config: Config, method: Method) -> Result<Answer, ApiError> {
    let watched = Watched::new();
    let api = Api::over(script.clone(), config);
    let call = api.call(&watched.context, None);
    let request = request(method, Path::of("clients")).with("secret", "hunter2");
    let result = call.send(&request).await;
    for message in watched.messages() {
        assert!(!message.text.contains("hunter2"), "{message:?}");
    }
    result
}

#[tokio::test(start_paused = true)]
async fn texts_of_failed_requests() {
    struct Case {
        name: &'static str,
        method: Method,
        steps: Vec<Step>,
        tokens: Vec<Step>,
        config: Config,
    }
    let case = |name, method, steps: Vec<Step>| Case {
        name,
        method,
        steps,
        tokens: Vec::new(),
        config: config(),
    };
    let token = |name, step: Step| Case {
        name,
        method: Method::Get,
        steps: Vec::new(),
        tokens: vec![step; 4],
        config: config(),
    };
    let given = || configured(&[("apiToken", "hunter2")]);
    let scope = |list: &str| {
        let message = format!("Insufficient scope, expected any of: {list}");
        refusal(403, "Forbidden", &message, "insufficient_scope")
    };
    let unauthorized =
        |token: &str| refusal(401, "Unauthorized", &format!("Invalid token {token}"), "");
    let server_error = || refusal(500, "Internal Server Error", "Something went wrong", "");
    let elsewhere = Reply { location: Some("www.example.com".into()), ..reply(301, "") };
    let html = |status| {
        Step::Answer(Reply { html: true, ..reply(status, "<!DOCTYPE html><p>hunter2</p>") })
    };
    let fail = |failure: Failure| vec![Step::Fail(failure); 4];
    let (get, post) = (Method::Get, Method::Post);
    let cases = vec![
        case(
            "401 with a token of ours",
            get,
            vec![unauthorized("token-1"), unauthorized("token-2")],
        ),
        Case {
            config: given(),
            ..case("401 with a given token", get, vec![unauthorized("hunter2")])
        },
        case("403, one scope", get, vec![scope("read:clients")]),
        case("403, several scopes", get, vec![scope("read:clients,read:client_keys")]),
        Case {
            config: given(),
            ..case("403, given token", Method::Delete, vec![scope("delete:clients")])
        },
        case("403, limit reached", post, vec![refusal(403, "Forbidden", LIMIT_OF_PLAN, "")]),
        case("409, limit reached", post, vec![refusal(409, "Conflict", MAXIMUM, "")]),
        case("402", get, vec![refusal(402, "Payment Required", PAID, "")]),
        case(
            "403, entitlement missing",
            get,
            vec![refusal(403, "Forbidden", UPGRADE, "insufficient_entitlement")],
        ),
        case("403, not entitled", get, vec![refusal(403, "Forbidden", NOT_ENTITLED, "")]),
        case("403, other", post, vec![refusal(403, "Forbidden", "Not allowed", "")]),
        case(
            "404",
            get,
            vec![refusal(404, "Not Found", "The client does not exist", "inexistent_client")],
        ),
        case("409", post, vec![refusal(409, "Conflict", "client_grant already exists", "")]),
        case("400", post, vec![refusal(400, "Bad Request", VALIDATION, "invalid_body")]),
        case("429 for long", get, vec![limited(Some(100)); 20]),
        Case {
            config: Config { max_requests_per_second: Some(0.001), ..config() },
            ..case("capped by the user", get, vec![refusal(401, "Unauthorized", "", ""); 2])
        },
        case("500 to a read", get, vec![server_error(); 4]),
        case("500 to a create", post, vec![server_error()]),
        case("503 in HTML", get, vec![html(503); 4]),
        case("HTML", get, vec![html(200); 4]),
        case("HTML to a create", post, vec![html(200)]),
        case("404 of another web server", get, vec![html(404)]),
        case("404 in other JSON", get, vec![json(404, r#"{"code":"NOT_FOUND"}"#)]),
        case("truncated JSON", get, vec![json(200, r#"{"name":"hun"#); 4]),
        case("truncated JSON to a create", post, vec![json(201, r#"{"name":"hun"#)]),
        case("something else", get, vec![json(200, "hello")]),
        case("an empty answer", get, vec![json(200, ""); 4]),
        case("redirect", get, vec![Step::Answer(elsewhere)]),
        case("nothing", get, fail(Failure::BrokenOff)),
        case("nothing to a create", post, fail(Failure::BrokenOff)),
        case("no such host", get, fail(Failure::NoSuchHost)),
        case("no such host, create", post, fail(Failure::NoSuchHost)),
        case(
            "refused",
            get,
            fail(Failure::Unreachable("Connection refused (os error 111)".into())),
        ),
        case("key", get, fail(Failure::Unsigned)),
        case("TLS", get, fail(Failure::Insecure("invalid peer certificate: UnknownIssuer".into()))),
        case("time-out", get, vec![Step::Hang; 4]),
        case("time-out of a create", post, vec![Step::Hang]),
        case("too large", get, fail(Failure::TooLarge)),
        case("no certificates", get, fail(Failure::SetUp("no native certificates found".into()))),
        Case {
            config: configured(&[("dynamicCredentials", "true")]),
            ..case("no credentials yet", get, vec![])
        },
        token("token: wrong secret", denied(401, "access_denied", "Unauthorized")),
        token("token: grant missing", denied(403, "access_denied", GRANT_MISSING)),
        token("token: unknown audience", denied(403, "access_denied", NO_SUCH_API)),
        token("token: grant type off", denied(403, "unauthorized_client", GRANT_TYPE_OFF)),
        token("token: other", denied(400, "invalid_request", "Bad hunter2")),
        token("token: HTML", html(404)),
        token("token: 500", json(500, "")),
        token("token: no token in it", json(200, "{}")),
        token("token: truncated", json(200, r#"{"access_token":"hunter2"#)),
        token("token: nothing", Step::Fail(Failure::BrokenOff)),
    ];
    let mut texts = String::new();
    for Case { name, method, steps, tokens, config } in cases {
        let script = Script::with_tokens(tokens, steps);
        let error = ask(&script, config, method).await.unwrap_err();
        let unknown = matches!(error, ApiError::UnknownOutcome { .. });
        let error = Error::from(error);
        writeln!(
            texts,
            "{name} [{:?}{}]",
            error.kind,
            if unknown { ", outcome unknown" } else { "" }
        )
        .unwrap();
        writeln!(texts, "{}\n", error.message).unwrap();
        assert!(!error.message.ends_with('.'), "{name}");
    }
    assert!(!texts.contains("hunter2") && !texts.contains("token-2"), "{texts}");
    insta::assert_snapshot!(texts);
}

#[tokio::test(start_paused = true)]
async fn the_path_and_query_are_encoded() {
    let (script, watched) = (Script::new([json(200, "{}")]), Watched::new());
    let api = Api::over(script.clone(), config());
    let call = api.call(&watched.context, None);
    let request = Request::get(Path::of("client-grants").named("a/b"));
    let request = request.with("audience", "https://x/?a&b").with("take", "1");
    call.send(&request).await.unwrap();
    assert_eq!(
        script.seen()[0].what,
        "GET /api/v2/client-grants/a%2Fb?audience=https%3A%2F%2Fx%2F%3Fa%26b&take=1"
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_just_made_is_asked_for_again_and_nothing_else() {
    struct Case {
        just_made: bool,
        answers: usize,
        found: bool,
    }
    let cases = [
        Case { just_made: true, answers: 3, found: true },
        Case { just_made: true, answers: 4, found: false },
        Case { just_made: false, answers: 1, found: false },
    ];
    for Case { just_made, answers, found } in cases {
        let unseen = refusal(404, "Not Found", "The client does not exist", "inexistent_client");
        let steps = vec![unseen; answers].into_iter().chain(found.then(|| json(200, "{}")));
        let (script, watched) = (Script::new(steps), Watched::new());
        let api = Api::over(script.clone(), config());
        let call = api.call(&watched.context, None).just_made(just_made);
        let result = call.send(&request(Method::Post, Path::of("client-grants"))).await;
        match result {
            Ok(_) => assert!(found),
            Err(error) => assert!(matches!(error, ApiError::NotFound { .. }) && !found, "{error}"),
        }
        assert_eq!(script.seen().len(), answers + usize::from(found));
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_just_made_is_not_said_to_be_gone_when_the_user_stops() {
    let unseen = refusal(404, "Not Found", "The client does not exist", "inexistent_client");
    let (script, watched) = (Script::new([unseen]), Watched::new());
    let api = Api::over(script.clone(), config());
    let call = api.call(&watched.context, None).just_made(true);
    let stop = async {
        tokio::time::sleep(UNSEEN[0] / 2).await;
        watched.context.cancel.cancel();
    };
    let request = Request::delete(Path::of("clients").named("abc"));
    let (result, ()) = tokio::join!(call.send(&request), stop);
    let Err(ApiError::Cancelled { progress, .. }) = result else { panic!("{result:?}") };
    assert_eq!(progress, Progress::Refused);
}

#[tokio::test(start_paused = true)]
async fn a_create_that_is_stopped_before_there_is_a_token_says_that_it_was_not_sent() {
    let (script, watched) = (Script::with_tokens([Step::Hang], []), Watched::new());
    let api = Api::over(script.clone(), config());
    let call = api.call(&watched.context, None);
    let stop = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        watched.context.cancel.cancel();
    };
    let request = Request::post(Path::of("clients"), value!({}));
    let (result, ()) = tokio::join!(call.send(&request), stop);
    assert_eq!(
        result.unwrap_err().to_string(),
        "POST /api/v2/clients: cancelled; nothing was sent"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_renewed_once_and_the_request_sent_again() {
    for method in [Method::Get, Method::Post, Method::Patch] {
        let refused = || refusal(401, "Unauthorized", "Expired token", "");
        let script = Script::new([refused(), json(200, "{}")]);
        ask(&script, config(), method).await.unwrap();
        let bearers: Vec<_> = script.seen().into_iter().map(|seen| seen.bearer).collect();
        assert_eq!(bearers, ["token-1", "token-2"], "{method}");

        let script = Script::new([refused(), refused()]);
        let error = ask(&script, config(), method).await.unwrap_err();
        assert_eq!(Error::from(error).kind, ErrorKind::Unauthenticated, "{method}");
        assert_eq!(script.tokens_seen().len(), 2, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_given_token_that_is_refused_is_not_tried_again() {
    let script = Script::new([refusal(401, "Unauthorized", "Expired token", "")]);
    let error = ask(&script, configured(&[("apiToken", "given")]), Method::Get).await.unwrap_err();
    assert!(matches!(error, ApiError::Unauthorized { .. }), "{error}");
    assert_eq!(script.seen()[0].bearer, "given");
}

#[tokio::test(start_paused = true)]
async fn writes_may_have_nothing_to_say() {
    for method in [Method::Post, Method::Patch, Method::Put, Method::Delete] {
        let script = Script::new([json(204, "")]);
        assert_eq!(ask(&script, config(), method).await.unwrap(), Answer::Empty, "{method}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_bad_id_is_refused_before_anything_is_sent() {
    let (script, watched) = (Script::new([]), Watched::new());
    let api = Api::over(script.clone(), config());
    let nothing = Request::delete(Path::of("clients").named(""));
    let error = api.call(&watched.context, None).send(&nothing).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(script.tokens_seen().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_limit_of_the_token_endpoint_is_another() {
    let script = Script::with_tokens([limited(Some(50))], [json(200, "{}"), json(200, "{}")]);
    let watched = Watched::new();
    let api = Api::over(script.clone(), config());
    let call = api.call(&watched.context, None);
    call.get(Path::of("clients")).await.unwrap();
    assert!(script.seen()[0].at >= Duration::from_secs(50));
    assert_eq!(watched.texts(), ["waiting 50 s for Auth0's rate limit"]);
}

#[tokio::test(start_paused = true)]
async fn the_time_that_the_user_gives_counts() {
    let script = Script::new(vec![limited(Some(20)); 3]);
    let watched = Watched::new();
    let api = Api::over(script.clone(), config());
    let call = api.call(&watched.context, Some(Duration::from_secs(45)));
    let error = call.get(Path::of("clients")).await.unwrap_err();
    let within = Duration::from_secs(45);
    assert!(matches!(error, ApiError::RateLimited { within: given, .. } if given == within));
    assert_eq!(script.seen().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn the_custom_domain_is_named_where_it_can_be_chosen() {
    let script = Script::new([json(200, "{}"), json(200, "{}")]);
    let watched = Watched::new();
    let config = configured(&[("apiToken", "given"), ("customDomainHeader", "login.example.com")]);
    let api = Api::over(script.clone(), config);
    let call = api.call(&watched.context, None);
    call.get(Path::of("users")).await.unwrap();
    call.get(Path::of("clients")).await.unwrap();
    let named: Vec<_> = script.seen().into_iter().map(|seen| seen.custom_domain).collect();
    assert_eq!(named, [Some("login.example.com".to_owned()), None]);
}

#[tokio::test]
async fn reaches_a_tenant_over_the_network() {
    let server = Server::start([
        http("200 OK", &[], r#"{"access_token":"a-token","expires_in":86400}"#),
        http("201 Created", &[], r#"{"client_id":"abc"}"#),
        http("204 No Content", &[], ""),
    ])
    .await;
    let given = [("domain", server.base.as_str()), ("clientId", "id"), ("clientSecret", "hunter2")];
    let object = given.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let api = Api::new(Config::resolve(&object, &|_| None).unwrap());
    let watched = Watched::new();
    let call = api.call(&watched.context, None);
    let made = call.send(&request(Method::Post, Path::of("clients"))).await.unwrap();
    assert_eq!(made, Answer::Json(value!({"client_id": "abc"})));
    assert_eq!(
        call.send(&Request::delete(Path::of("clients").named("abc"))).await.unwrap(),
        Answer::Empty
    );
    let heads = server.requests().into_iter().map(|request| {
        let bearer = request.contains("authorization: Bearer a-token\r\n");
        (request.lines().next().unwrap().to_owned(), bearer)
    });
    assert_eq!(
        heads.collect::<Vec<_>>(),
        [
            ("POST /oauth/token HTTP/1.1".to_owned(), false),
            ("POST /api/v2/clients HTTP/1.1".to_owned(), true),
            ("DELETE /api/v2/clients/abc HTTP/1.1".to_owned(), true),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn with_debug_each_try_is_told_without_what_it_carries() {
    let token = json(200, r#"{"access_token":"hunter2"}"#);
    let steps = [Step::Fail(Failure::BrokenOff), json(401, "{}"), json(200, r#"["hunter2"]"#)];
    for debug in ["true", "false"] {
        let tokens = [json(503, ""), token.clone(), token.clone()];
        let (script, watched) = (Script::with_tokens(tokens, steps.clone()), Watched::new());
        let given = [("clientId", "id"), ("clientSecret", "hunter2"), ("debug", debug)];
        let api = Api::over(script, configured(&given));
        let call = api.call(&watched.context, None);
        call.send(&Request::get(Path::of("clients")).with("q", "hunter2")).await.unwrap();
        let told = watched.texts();
        let told: Vec<_> = told.iter().filter(|text| !text.ends_with("trying again")).collect();
        let expected = [
            "POST /oauth/token: answered 503 after 0 ms",
            "POST /oauth/token: answered 200 after 0 ms",
            "GET /api/v2/clients: not answered, BrokenOff, after 0 ms",
            "GET /api/v2/clients: answered 401 after 0 ms",
            "POST /oauth/token: answered 200 after 0 ms",
            "GET /api/v2/clients: answered 200 after 0 ms",
        ];
        assert_eq!(told, if debug == "true" { expected.to_vec() } else { Vec::new() });
    }
}
