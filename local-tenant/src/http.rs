//! The tenant over HTTP: its routes, and what happens around every request.

use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, MatchedPath, RawPathParams, RawQuery, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use serde_json::{Value, json};

use crate::answer::{Answer, ApiError, with_json};
use crate::authorization::authorize;
use crate::document::{Schema, validate, validate_query};
use crate::fault::{Bare, Fault, Met, skew};
use crate::form;
use crate::keys;
use crate::log::Entry;
use crate::operations::{Operation, operations};
use crate::request::{Call, Query};
use crate::routes;
use crate::tenant::Shared;
use crate::token;

/// The largest body that Auth0 takes.
const BODY_LIMIT: usize = 1024 * 1024;

/// The tenant's routes.
pub fn router(tenant: Shared) -> Router {
    let mut router = Router::new()
        .route(routes::TOKEN, post(token::issue))
        .route(routes::JWKS, get(jwks))
        .route(routes::OPENID_CONFIGURATION, get(openid_configuration));
    for operation in operations() {
        router = router.route(
            &routes::of(operation.row),
            on(filter(operation), {
                move |State(tenant): State<Shared>,
                      headers: HeaderMap,
                      ids: RawPathParams,
                      RawQuery(query): RawQuery,
                      body: Bytes| async move {
                    let ids = ids.iter().map(|(_, id)| id.to_owned()).collect();
                    let query = Query::parse(query.as_deref().unwrap_or_default());
                    manage(&tenant, operation, &headers, ids, query, &body)
                }
            }),
        );
    }
    router
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(from_fn_with_state(tenant.clone(), attend))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(tenant)
}

fn filter(operation: &Operation) -> MethodFilter {
    let method = Method::from_bytes(operation.row.method.as_bytes()).ok();
    method
        .and_then(|method| MethodFilter::try_from(method).ok())
        .expect("the table names ordinary methods")
}

/// Authorizes, validates and carries out one Management API operation.
fn manage(
    tenant: &Shared,
    operation: &'static Operation,
    headers: &HeaderMap,
    ids: Vec<String>,
    query: Query,
    body: &[u8],
) -> Result<Answer, ApiError> {
    let row = operation.row;
    let caller = authorize(tenant, headers, &row.scopes)?;
    if !operation.is_served() {
        return Err(ApiError::unserved(&row.method, &row.path));
    }
    validate_query(row, &query).map_err(|violation| ApiError::invalid_query(&violation))?;
    let body = match &row.body {
        Some(schema) => read_body(schema, headers, body)?,
        None => form::read(headers, body).into(),
    };
    let call = Call::new(caller, row, ids, query, body);
    tenant.with_store(|store| {
        let answer = operation.carry_out(store, &call)?;
        if row.method != "GET" {
            tenant.keep(store).map_err(|error| {
                let message = format!("the data file cannot be written: {error}");
                ApiError::uncoded(StatusCode::INTERNAL_SERVER_ERROR, message)
            })?;
        }
        Ok(answer)
    })
}

/// The body as a value that fits the schema.
fn read_body(schema: &Schema, headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let value: Value = if kind.is_some_and(|kind| kind.starts_with("application/json")) {
        serde_json::from_slice(body).map_err(|error| {
            let message = format!("Invalid request payload JSON format: {error}");
            ApiError::uncoded(StatusCode::BAD_REQUEST, message)
        })?
    } else if body.is_empty() {
        json!({})
    } else {
        return Err(ApiError::uncoded(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Unsupported Media Type",
        ));
    };
    validate(schema, &value).map_err(|violation| ApiError::invalid_body(&violation))?;
    Ok(value)
}

async fn jwks() -> Response {
    with_json(StatusCode::OK, &keys::signing_key().jwks())
}

async fn openid_configuration(State(tenant): State<Shared>) -> Response {
    let issuer = tenant.issuer();
    let body = json!({
        "issuer": issuer,
        "token_endpoint": tenant.url(routes::TOKEN),
        "jwks_uri": tenant.url(routes::JWKS),
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "id_token_signing_alg_values_supported": ["HS256", "RS256", "PS256"],
        "subject_types_supported": ["public"],
    });
    with_json(StatusCode::OK, &body)
}

async fn nothing_here() -> ApiError {
    ApiError::uncoded(StatusCode::NOT_FOUND, "Not Found")
}

/// What happens around every request: latency, rate limits, faults, the log.
async fn attend(State(tenant): State<Shared>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return ApiError::uncoded(StatusCode::PAYLOAD_TOO_LARGE, "Payload too large")
            .into_response();
    };
    let mut entry = Entry::of(&parts, &body, tenant.token());
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    let standing = tenant.rate_limits().take(&parts.method, &route);
    // What the limit refuses is not counted by any rule: no fault is lost on it.
    let met = match standing.admitted {
        true => tenant.faults().next(&parts.method, &route),
        false => Met::default(),
    };
    entry.fault = met.written;
    if !tenant.latency().is_zero() {
        // Even a sleep of nothing takes until the timer's next tick, a millisecond.
        tokio::time::sleep(tenant.latency()).await;
    }
    match met.fault {
        Some(Fault::Hang(None)) => {
            tenant.log().add(entry);
            return std::future::pending().await;
        }
        Some(Fault::ExpiredToken) => expire_token(&tenant, &parts.headers),
        _ => {}
    }
    let request = Request::from_parts(parts, Body::from(body));
    let mut response = match met.fault {
        _ if !standing.admitted => refusal(&route),
        Some(fault) if fault.keeps_effect() => fault.answer(next.run(request).await).await,
        Some(fault) => fault.answer(StatusCode::NO_CONTENT.into_response()).await,
        None => next.run(request).await,
    };
    if response.extensions().get::<Bare>().is_none() {
        standing.tell(response.headers_mut());
    }
    if met.skew != 0 {
        skew(response.headers_mut(), met.skew);
    }
    entry.answered(&response, begun.elapsed());
    tenant.log().add(entry);
    response
}

/// The answer of a bucket that is empty; the token endpoint has an envelope of its own.
fn refusal(route: &str) -> Response {
    if route == routes::TOKEN {
        let body = json!({
            "error": "too_many_requests",
            "error_description": "Rate limit exceeded.",
        });
        return with_json(StatusCode::TOO_MANY_REQUESTS, &body);
    }
    ApiError::too_many_requests().into_response()
}

fn expire_token(tenant: &Shared, headers: &HeaderMap) {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if let Some((_, token)) = authorization.and_then(|value| value.split_once(' ')) {
        tenant.issued_tokens().expire(token);
    }
}
