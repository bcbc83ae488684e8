//! The paths that the tenant answers.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::Method;

use crate::document::{OperationRow, is_placeholder};
use crate::operations::operations;

/// Tokens.
pub const TOKEN: &str = "/oauth/token";

/// The keys that tokens are signed with.
pub const JWKS: &str = "/.well-known/jwks.json";

/// Where the others are.
pub const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";

/// The route of an operation. One place in a path has one name, whatever the document calls it there.
pub fn of(row: &OperationRow) -> String {
    with_one_name(&format!("/api/v2{}", row.path))
}

/// A route as the tenant writes it: placeholders have the names that the document gave them first.
pub fn with_one_name(path: &str) -> String {
    static NAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let mut rows: Vec<_> = operations().iter().map(|operation| operation.row).collect();
        rows.sort_by_key(|row| row.segments().count());
        let mut names = HashMap::new();
        for row in rows {
            let mut before = String::new();
            for segment in row.segments() {
                if is_placeholder(segment) {
                    names.entry(before.clone()).or_insert_with(|| segment.to_owned());
                }
                before = next(&before, segment);
            }
        }
        names
    });
    let Some(below) = path.strip_prefix("/api/v2/") else { return path.to_owned() };
    let (mut before, mut written) = (String::new(), "/api/v2".to_owned());
    for segment in below.split('/') {
        let name = NAMES.get(&before).filter(|_| is_placeholder(segment));
        written = format!("{written}/{}", name.map_or(segment, String::as_str));
        before = next(&before, segment);
    }
    written
}

/// A path without the names of its placeholders, one segment further.
fn next(before: &str, segment: &str) -> String {
    format!("{before}/{}", if is_placeholder(segment) { "{}" } else { segment })
}

/// Every method and route that the tenant answers.
pub fn all() -> impl Iterator<Item = (Method, String)> {
    let authentication =
        [(Method::POST, TOKEN), (Method::GET, JWKS), (Method::GET, OPENID_CONFIGURATION)];
    let authentication =
        authentication.into_iter().map(|(method, route)| (method, route.to_owned()));
    let management = operations().iter().filter_map(|operation| {
        Some((Method::from_bytes(operation.row.method.as_bytes()).ok()?, of(operation.row)))
    });
    authentication.chain(management)
}
