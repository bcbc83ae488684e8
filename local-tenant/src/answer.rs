//! What an operation answers: a body with its status, or an error in Auth0's envelope.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::document::Violation;
use crate::request::Call;

/// A JSON object, the shape of every entity and of every request body.
pub type Object = Map<String, Value>;

/// The successful answer to a Management API operation.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// 200 with a body.
    Ok(Value),
    /// 201 with the entity that was made.
    Created(Value),
    /// A status of success of the operation's own.
    Of(StatusCode, Value),
    /// 204: done, or nothing was there to be done.
    NoContent,
}

impl Answer {
    /// A body with the status that the operation succeeds with.
    pub fn to(call: &Call, body: impl Into<Value>) -> Self {
        match StatusCode::from_u16(call.row.status) {
            Ok(StatusCode::NO_CONTENT) | Err(_) => Self::NoContent,
            Ok(status) => Self::Of(status, body.into()),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        match self {
            Self::Ok(body) => with_json(StatusCode::OK, &body),
            Self::Created(body) => with_json(StatusCode::CREATED, &body),
            Self::Of(status, body) => with_json(status, &body),
            Self::NoContent => StatusCode::NO_CONTENT.into_response(),
        }
    }
}

/// An error of the Management API, answered as `{statusCode, error, message, errorCode?}`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {}: {message}", status.as_u16(), reason(*status))]
pub struct ApiError {
    status: StatusCode,
    message: String,
    code: Option<&'static str>,
}

impl ApiError {
    /// An error with an `errorCode`.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), code: Some(code) }
    }

    /// An error without an `errorCode`; several of Auth0's have none.
    pub fn uncoded(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), code: None }
    }

    /// 400 `invalid_body`: the body does not fit the document's schema.
    pub fn invalid_body(violation: &Violation) -> Self {
        let message = format!("Payload validation error: {violation}.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_body", message)
    }

    /// 400 `invalid_query_string`: the query does not fit the document's parameters.
    pub fn invalid_query(violation: &Violation) -> Self {
        let message = format!("Query validation error: {violation}.");
        Self::new(StatusCode::BAD_REQUEST, "invalid_query_string", message)
    }

    /// 403: the token has none of these scopes.
    pub fn insufficient_scope(wanted: &[&str]) -> Self {
        let message = format!("Insufficient scope, expected any of: {}", wanted.join(","));
        Self::new(StatusCode::FORBIDDEN, "insufficient_scope", message)
    }

    /// 400 with a code of its own: the entity does not allow what was asked.
    pub fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 401: the access token has run out.
    pub fn expired_token() -> Self {
        let message = "Expired token received for JSON Web Token validation";
        Self::uncoded(StatusCode::UNAUTHORIZED, message)
    }

    /// 501: the tenant has no such operation, whatever the real API does.
    pub fn unserved(method: &str, path: &str) -> Self {
        let message = format!("the local tenant does not serve {method} {path}");
        Self::uncoded(StatusCode::NOT_IMPLEMENTED, message)
    }

    /// 404 with a code, where there is one.
    pub fn absent(code: Option<&'static str>, message: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: message.into(), code }
    }

    /// 409, with a code where there is one.
    pub fn conflict(code: Option<&'static str>, message: impl Into<String>) -> Self {
        Self { status: StatusCode::CONFLICT, message: message.into(), code }
    }

    /// 429: the tenant's rate limit is used up.
    pub fn too_many_requests() -> Self {
        let message = "Global limit has been reached";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = json!({
            "statusCode": self.status.as_u16(),
            "error": reason(self.status),
            "message": self.message,
        });
        if let Some(code) = self.code {
            body["errorCode"] = code.into();
        }
        let mut response = with_json(self.status, &body);
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer realm=\"Users\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// A JSON answer with the content type that Auth0 writes.
pub fn with_json(status: StatusCode, body: &Value) -> Response {
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}
