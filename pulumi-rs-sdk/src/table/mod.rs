//! The vocabulary in which a provider's tables are written.
//!
//! A table is a `const`: a [`Package`] with its [`Resource`]s, their [`Field`]s and [`Kind`]s. Check,
//! diff, previews, the schema and the REST calls all follow from it, so that each fact is said once.
//!
//! ```
//! use pulumi_rs_sdk::table::*;
//!
//! const GRANT: Resource = resource("Grant")
//!     .rest("grants")
//!     .doc("Authorizes an application to request access tokens for an API.")
//!     .fields(&[
//!         required("audience", STRING).replaces().doc("Identifier of the API."),
//!         optional("scopes", STRINGS).wire("scope").unordered().doc("Scopes of the API."),
//!         output("isSystem", BOOL).doc("Whether the platform made the grant."),
//!     ]);
//!
//! assert_eq!(GRANT.field("scopes").map(|field| field.wire_name()), Some("scope"));
//! ```

mod field;
mod function;
mod kind;
mod package;
mod resource;

pub use field::{
    Absent, Codec, Constraint, Field, Literal, Presence, Reset, Sent, computed, optional, output,
    required,
};
pub use function::{Function, Outputs, function};
pub use kind::{
    ANY, BOOL, INT, Kind, NUMBER, ObjectType, STRING, STRING_MAP, STRINGS, list, map, object,
    object_type,
};
pub use package::{Package, package};
pub use resource::{KeyPart, Method, Resource, Rest, Rule, WireObject, key, resource};
