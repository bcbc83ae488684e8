//! The vocabulary in which a provider's tables are written.
//!
//! A table is a `const`: a [`Package`] with its [`Resource`]s, their [`Field`]s and [`Kind`]s. Check,
//! diff, previews and the schema all follow from it, so that each fact is said once. The words of a resource that lives
//! in a REST API are in [`rest`].
//!
//! ```
//! use pulumi_rs_sdk::table::*;
//!
//! const GRANT: Resource = resource("Grant")
//!     .doc("Authorizes an application to request access tokens for an API.")
//!     .fields(&[
//!         required("audience", STRING).replaces().doc("Identifier of the API."),
//!         optional("scopes", STRINGS).wire("scope").unordered().doc("Scopes of the API."),
//!         output("isSystem", BOOL).doc("Whether the platform made the grant."),
//!     ]);
//!
//! assert_eq!(GRANT.field("scopes").map(|field| field.wire_name()), Some("scope"));
//! ```

mod by;
mod field;
mod function;
mod kind;
mod package;
mod resource;
pub mod rest;

pub use by::{Bare, By, without_code};
pub use field::{
    Absent, Codec, Constraint, Field, Follows, Literal, Presence, Reset, Sent, Usual, When,
    computed, optional, output, required,
};
pub use function::{Function, Outputs, function};
pub use kind::{
    ANY, BOOL, INT, Kind, NUMBER, ObjectType, STRING, STRING_MAP, STRINGS, list, map, object,
    object_type,
};
pub use package::{Package, Tokens, package};
pub use resource::{KeyPart, Resource, Rule, WireObject, key, resource};
