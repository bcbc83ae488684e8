//! The paths that the tenant answers.

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

/// Whether the tenant answers this method on this route.
pub fn answers(method: &str, route: &str) -> bool {
    let authentication = match method {
        "POST" => route == TOKEN,
        "GET" => [JWKS, OPENID_CONFIGURATION].contains(&route),
        _ => false,
    };
    authentication || OPERATIONS.iter().any(|o| o.method == method && of(o) == route)
}
