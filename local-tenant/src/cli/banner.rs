//! What the user is told of a tenant before anything else.

use std::path::Path;

/// Says what the tenant is for, and what becomes of what it holds.
pub fn say_what_for(data: Option<&Path>) {
    let kept = match data {
        Some(file) => format!("what it holds is kept in {}, with its secrets", file.display()),
        None => "all it holds is gone when it stops".to_owned(),
    };
    eprintln!("auth0-local-tenant is for development only; {kept}");
}
