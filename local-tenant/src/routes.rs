//! The paths that the tenant answers.

use axum::http::Method;

use crate::operations::{OPERATIONS, Operation};

/// Tokens.
pub const TOKEN: &str = "/oauth/token";

/// The keys that tokens are signed with.
pub const JWKS: &str = "/.well-known/jwks.json";

/// Where the others are.
pub const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";

/// The route of an operation. One place in a path has one name, whatever the document calls it there.
pub fn of(operation: &Operation) -> String {
    format!("/api/v2{}", operation.path.replace("{client_id}", "{id}"))
}

/// Every method and route that the tenant answers.
pub fn all() -> impl Iterator<Item = (Method, String)> {
    let authentication =
        [(Method::POST, TOKEN), (Method::GET, JWKS), (Method::GET, OPENID_CONFIGURATION)];
    let authentication =
        authentication.into_iter().map(|(method, route)| (method, route.to_owned()));
    let management = OPERATIONS.iter().filter_map(|operation| {
        Some((Method::from_bytes(operation.method.as_bytes()).ok()?, of(operation)))
    });
    authentication.chain(management)
}
