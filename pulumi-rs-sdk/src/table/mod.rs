//! The vocabulary in which a provider's tables are written.
//!
//! A table is a `const`: a [`Package`] with its [`Resource`]s, their [`Field`]s and [`Kind`]s. Check,
//! diff, previews and the schema all follow from it, so that each fact is said once.
//!
//! ```
//! use pulumi_rs_sdk::table::*;
//!
//! const ROOM: Resource = resource("Room")
//!     .doc("A room of a house.")
//!     .fields(&[
//!         required("house", STRING).replaces().doc("Whose room it is."),
//!         optional("doors", STRINGS).unordered().doc("Where its doors lead."),
//!         optional("heated", BOOL).default(Literal::Bool(true)).doc("Whether it is warm."),
//!         output("area", NUMBER).follows(&["doors"]).doc("How large it is."),
//!     ])
//!     .natural_key(&[key("house")]);
//!
//! let given: Vec<&str> = ROOM.inputs().map(|field| field.name).collect();
//! assert_eq!(given, ["house", "doors", "heated"]);
//! ```
//!
//! # Whose word is it?
//! The words here are the framework's: it acts by them, whatever the author's code does. How a resource lives in a REST API,
//! and how its properties are written there, is said with the words of [`rest`], which are for an interpreter of such tables;
//! [`Field`] and [`Resource`] have them under a heading of their own. A provider of anything else needs none of them, and a
//! law tells where one of its tables has one.

mod by;
mod field;
mod function;
mod kind;
mod package;
mod resource;
pub mod rest;

pub use by::{Bare, By, without_code};
pub use field::{
    Absent, Codec, Constraint, Field, Follows, Guard, Literal, Presence, Rare, Reset, Sent, Usual,
    When, computed, guard, optional, output, required,
};
pub use function::{Function, function};
pub use kind::{
    ANY, BOOL, INT, Kind, NUMBER, ObjectType, STRING, STRING_MAP, STRINGS, list, map, object,
    object_type,
};
pub use package::{Package, Tokens, package};
pub use resource::{KeyPart, Resource, Rule, WireObject, key, resource};
