//! Auth0's document of the Management API, as far as the tenant validates by it.

mod exceptions;
mod format;
mod pattern;
mod schema;
mod table;
mod validation;

pub use schema::Schema;
pub use table::{Document, ListForm, OperationRow, document, is_placeholder};
pub use validation::{Violation, validate, validate_query};
