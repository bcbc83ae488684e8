//! Auth0's document of the Management API, as far as the tenant validates by it.

mod exceptions;
mod format;
mod schema;
mod table;
mod validation;

pub use table::{OperationRow, document};
pub use validation::{Violation, validate, validate_query};
