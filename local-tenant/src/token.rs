//! `POST /oauth/token`: access tokens for clients, by client credentials.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::Algorithm;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::answer::{Object, with_json};
use crate::assertion::{self, Taken};
use crate::client_secret;
use crate::ids;
use crate::keys;
use crate::store::{Store, is_true, text};
use crate::tenant::Shared;

/// Seconds a token lives where the API says nothing.
const DEFAULT_LIFETIME: i64 = 86_400;

/// An error of the token endpoint, answered as `{error, error_description}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenError {
    status: StatusCode,
    error: &'static str,
    description: String,
    uri: Option<&'static str>,
}

impl TokenError {
    fn new(status: StatusCode, error: &'static str, description: impl Into<String>) -> Self {
        Self { status, error, description: description.into(), uri: None }
    }

    fn denied(description: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "access_denied", description)
    }
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let mut body = json!({"error": self.error, "error_description": self.description});
        if let Some(uri) = self.uri {
            body["error_uri"] = uri.into();
        }
        with_json(self.status, &body)
    }
}

/// Answers a token request.
///
/// # Errors
/// Those of auth0's token endpoint: wrong credentials, a grant that is missing, a scope outside it.
pub async fn issue(
    State(tenant): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, TokenError> {
    let request = TokenRequest::read(&headers, &body)?;
    let taken = tenant.taken_assertions();
    let token = tenant.with_store(|store| grant(store, &request, taken))?;
    let signed = match &token.secret {
        Some(secret) => keys::sign_with_secret(secret, token.kind, &token.claims),
        None => keys::signing_key().sign(token.algorithm, token.kind, &token.claims),
    };
    let signed = signed.map_err(|error| {
        TokenError::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", error.to_string())
    })?;
    tenant.issued_tokens().issued(&signed);
    let mut body = json!({"access_token": signed});
    if !token.scope.is_empty() {
        body["scope"] = token.scope.into();
    }
    body["expires_in"] = token.lifetime.into();
    body["token_type"] = "Bearer".into();
    Ok(with_json(StatusCode::OK, &body))
}

/// What a client asks for, from whichever of the four places it said so.
struct TokenRequest {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    client_assertion: Option<String>,
    client_assertion_type: Option<String>,
    audience: Option<String>,
    scope: Vec<String>,
}

impl TokenRequest {
    /// Reads a form or JSON body and, where there is one, HTTP Basic.
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, TokenError> {
        let invalid = |reason: &str| {
            TokenError::new(StatusCode::BAD_REQUEST, "invalid_request", reason.to_owned())
        };
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let fields: Object = match kind.and_then(|kind| kind.split(';').next()).map(str::trim) {
            Some("application/x-www-form-urlencoded") => form_urlencoded::parse(body)
                .map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())))
                .collect(),
            Some("application/json") => {
                serde_json::from_slice(body).map_err(|_| invalid("Invalid JSON body"))?
            }
            _ => return Err(invalid("Missing required parameter: grant_type")),
        };
        let field = |name: &str| text(&fields, name).map(str::to_owned);
        let scope = field("scope").unwrap_or_default();
        let mut request = Self {
            grant_type: field("grant_type"),
            client_id: field("client_id"),
            client_secret: field("client_secret"),
            client_assertion: field("client_assertion"),
            client_assertion_type: field("client_assertion_type"),
            audience: field("audience"),
            scope: scope.split_whitespace().map(str::to_owned).collect(),
        };
        if let Some((id, secret)) = basic(headers) {
            request.client_id = Some(id);
            request.client_secret = Some(secret);
        }
        Ok(request)
    }
}

/// Id and secret of an `Authorization: Basic` header, both form-encoded as RFC 6749 asks.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |part: &str| {
        percent_decode_str(&part.replace('+', " ")).decode_utf8().ok().map(|text| text.into_owned())
    };
    Some((plain(id)?, plain(secret)?))
}

/// A token that may be issued, before it is signed.
#[derive(Debug)]
struct Granted {
    algorithm: Algorithm,
    secret: Option<String>,
    kind: &'static str,
    claims: Object,
    scope: String,
    lifetime: i64,
}

fn grant(store: &Store, request: &TokenRequest, taken: &Taken) -> Result<Granted, TokenError> {
    let wanted = request.grant_type.as_deref().ok_or_else(|| {
        let description = "Missing required parameter: grant_type";
        TokenError::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    })?;
    if wanted != "client_credentials" {
        let description = format!("Unsupported grant type: {wanted}");
        return Err(TokenError::new(StatusCode::FORBIDDEN, "unsupported_grant_type", description));
    }
    let client = authenticate(store, request, taken)?;
    let client_id = text(client, "client_id").unwrap_or_default();
    let allowed = client.get("grant_types").and_then(Value::as_array);
    if !allowed.is_some_and(|types| types.iter().any(|grant| grant == wanted)) {
        let description = format!("Grant type '{wanted}' not allowed for the client.");
        return Err(TokenError {
            uri: Some("https://auth0.com/docs/clients/client-grant-types"),
            ..TokenError::new(StatusCode::FORBIDDEN, "unauthorized_client", description)
        });
    }
    let audience =
        request.audience.as_deref().filter(|audience| !audience.is_empty()).ok_or_else(|| {
            TokenError::denied("Non-global clients are not allowed access to APIv1")
        })?;
    let server = store.resource_server(audience).ok_or_else(|| {
        TokenError::denied(format!("Service not enabled within domain: {audience}"))
    })?;
    let granted = granted_scopes(store, client_id, audience, server).ok_or_else(|| {
        TokenError::denied(format!(
            "Client \"{client_id}\" is not authorized to access resource server \"{audience}\". \
             You need to create a \"client-grant\" associated to this API. See: \
             https://auth0.com/docs/api/management/v2/client-grants/post-client-grants"
        ))
    })?;
    let outside: Vec<&str> =
        request.scope.iter().filter(|s| !granted.contains(s)).map(String::as_str).collect();
    if !outside.is_empty() {
        let outside = outside.join(", ");
        return Err(TokenError::denied(format!("Client has not been granted scopes: {outside}")));
    }
    let scopes = if request.scope.is_empty() { granted } else { request.scope.clone() };
    Ok(compose(store, client_id, server, &scopes))
}

fn authenticate<'a>(
    store: &'a Store,
    request: &TokenRequest,
    taken: &Taken,
) -> Result<&'a Object, TokenError> {
    if let Some(assertion) = &request.client_assertion {
        return authenticate_by_key(store, request, assertion, taken);
    }
    let unauthorized =
        || TokenError::new(StatusCode::UNAUTHORIZED, "access_denied", "Unauthorized");
    let client = request.client_id.as_deref().and_then(|id| store.clients().get(id));
    let client = client.ok_or_else(unauthorized)?;
    let secret = client_secret::usable(client).ok_or_else(unauthorized)?;
    if request.client_secret.as_deref() == Some(secret) { Ok(client) } else { Err(unauthorized()) }
}

/// The client, by what its private key has signed. No recording has a refusal: the error is that of
/// Auth0's knowledge base, by which the reason stands in the tenant's log alone.
fn authenticate_by_key<'a>(
    store: &'a Store,
    request: &TokenRequest,
    assertion: &str,
    taken: &Taken,
) -> Result<&'a Object, TokenError> {
    let failed = || {
        let description = "Failed client authentication";
        TokenError::new(StatusCode::UNAUTHORIZED, "invalid_client", description)
    };
    if request.client_assertion_type.as_deref() != Some(assertion::TYPE) {
        return Err(failed());
    }
    let id = request.client_id.clone().or_else(|| assertion::subject(assertion));
    let client = id.and_then(|id| store.clients().get(&id)).ok_or_else(failed)?;
    if assertion::is_proof(store, client, assertion, taken) { Ok(client) } else { Err(failed()) }
}

/// The scopes that a grant gives the client for the API; nothing where it has no grant.
fn granted_scopes(
    store: &Store,
    client_id: &str,
    audience: &str,
    server: &Object,
) -> Option<Vec<String>> {
    let grant = store.grants().find(|grant| {
        text(grant, "client_id") == Some(client_id)
            && text(grant, "audience") == Some(audience)
            && text(grant, "subject_type") == Some("client")
    })?;
    if is_true(grant, "allow_all_scopes") {
        let scopes = server.get("scopes").and_then(Value::as_array);
        let values = scopes.into_iter().flatten().filter_map(|scope| scope["value"].as_str());
        return Some(values.map(str::to_owned).collect());
    }
    let scopes = grant.get("scope").and_then(Value::as_array);
    Some(scopes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The claims of a token for the API, in the dialect that the API has chosen.
fn compose(store: &Store, client_id: &str, server: &Object, scopes: &[String]) -> Granted {
    let dialect = text(server, "token_dialect").unwrap_or("access_token");
    let rfc9068 = dialect.starts_with("rfc9068");
    let lifetime = server.get("token_lifetime").and_then(Value::as_i64).unwrap_or(DEFAULT_LIFETIME);
    let now = jiff::Timestamp::now().as_second();
    let scope = scopes.join(" ");
    let mut claims = Object::new();
    claims.insert("iss".into(), format!("{}/", store.base).into());
    claims.insert("sub".into(), format!("{client_id}@clients").into());
    claims.insert("aud".into(), text(server, "identifier").unwrap_or_default().into());
    claims.insert("iat".into(), now.into());
    claims.insert("exp".into(), (now + lifetime).into());
    if !scope.is_empty() {
        claims.insert("scope".into(), scope.clone().into());
    }
    if rfc9068 {
        claims.insert("client_id".into(), client_id.into());
        claims.insert("jti".into(), ids::token_id().into());
    } else {
        claims.insert("gty".into(), "client-credentials".into());
        claims.insert("azp".into(), client_id.into());
    }
    if dialect.ends_with("_authz") {
        claims.insert("permissions".into(), scopes.into());
    }
    let (algorithm, secret) = match text(server, "signing_alg") {
        Some("HS256") => (Algorithm::HS256, text(server, "signing_secret").map(str::to_owned)),
        Some("RS512") => (Algorithm::RS512, None),
        Some("PS256") => (Algorithm::PS256, None),
        _ => (Algorithm::RS256, None),
    };
    let kind = if rfc9068 { "at+jwt" } else { "JWT" };
    Granted { algorithm, secret, kind, claims, scope, lifetime }
}
