//! The vocabulary of resources that live in a REST API: the words of [`table`](super), and what only an interpreter of
//! REST tables reads.
//!
//! A resource names its [`Class`] beside its name. The names of rows stand in paths and ids in braces:
//!
//! ```
//! use pulumi_rs_sdk::table::rest::*;
//!
//! const ROOM: Resource = resource("Room", collection("houses/{houseId}/rooms").id_form("{houseId}::{id}"))
//!     .doc("A room of a house.")
//!     .fields(&[
//!         required("houseId", STRING).replaces().doc("ID of the house."),
//!         optional("doors", STRINGS).wire("exits").unordered().doc("Where its doors lead."),
//!         optional("note", STRING).local().doc("What the API knows nothing of."),
//!     ]);
//!
//! assert!(ROOM.class.names("houseId"));
//! assert_eq!(ROOM.field("doors").map(|field| field.wire_name()), Some("exits"));
//! ```
//!
//! A word that the class has no use for does not compile, and neither does a path that names no row:
//!
//! ```compile_fail
//! use pulumi_rs_sdk::table::rest::*;
//!
//! const ROOM: Resource = resource("Room", collection("houses/{houseId}/rooms")).fields(&[]);
//! ```

//! So is it with functions, which give what the rows of a resource hold:
//!
//! ```
//! use pulumi_rs_sdk::table::rest::*;
//!
//! const ROOM: Resource = resource("Room", collection("rooms"))
//!     .fields(&[required("name", STRING), optional("doors", STRINGS)]);
//!
//! const GET_ROOM: Function = function("getRoom")
//!     .doc("Looks a room up by its ID or its name.")
//!     .inputs(&[
//!         optional("name", STRING).doc("Name of the room."),
//!         optional("roomId", STRING).doc("ID of the room."),
//!     ])
//!     .gives(by_id(&ROOM, "roomId").or_first("name"));
//!
//! let gives: Vec<&str> = GET_ROOM.output_fields().iter().map(|row| row.name).collect();
//! assert_eq!(gives, ["doors", "id", "name", "roomId"]);
//! ```
//!
//! An argument that the words name and the function does not take, a row that the resource does not have, a list that the API
//! does not have: none of it compiles.
//!
//! ```compile_fail
//! # use pulumi_rs_sdk::table::rest::*;
//! # const ROOM: Resource = resource("Room", collection("rooms")).fields(&[required("name", STRING)]);
//! const GET_ROOM: Function = function("getRoom").gives(by_id(&ROOM, "roomId"));
//! ```
//!
//! ```compile_fail
//! # use pulumi_rs_sdk::table::rest::*;
//! # const ROOM: Resource = resource("Room", collection("rooms")).fields(&[required("name", STRING)]);
//! const GET_ROOMS: Function = function("getRooms").lists(all(&ROOM, "rooms", "rooms").only(&["size"]));
//! ```
//!
//! ```compile_fail
//! # use pulumi_rs_sdk::table::rest::*;
//! # const ROOM: Resource = resource("Room", collection("rooms").not_listed()).fields(&[required("name", STRING)]);
//! const GET_ROOMS: Function = function("getRooms").lists(all(&ROOM, "rooms", "rooms"));
//! ```

mod class;
mod collection;
mod dialects;
mod entries;
mod held;
mod lookup;
mod parts;
mod single;
mod sought;
mod template;
mod wait;
mod wire_name;
mod words;

#[doc(no_inline)]
pub use super::{
    ANY, Absent, BOOL, By, Codec, Constraint, Field, Follows, Function, Guard, INT, KeyPart, Kind,
    Literal, NUMBER, ObjectType, Package, Presence, Rare, Reset, Resource, Rule, STRING,
    STRING_MAP, STRINGS, Sent, WireObject, computed, function, guard, key, list, map, object,
    object_type, optional, output, package, required, without_code,
};
pub use class::Class;
pub use collection::{Collection, Listing, Paging, Registration, collection};
pub use dialects::{Dialect, Dialects, Theirs, dialect, sorted_rows};
pub use entries::{Entries, Member, Members, Others, Parent, Writing, entries, member, members};
pub use held::{Held, held};
pub use lookup::{All, Beside, Lookup, One, Or, all, beside, beside_all, by_id, row_of, the};
pub use parts::{Part, Parts, Reading, part, parts};
pub use single::{Made, Removed, Single, document, one, singleton};
pub use sought::{Sought, sought};
pub use template::{Piece, Template};
pub use wait::{Act, Until, act, until};
pub use wire_name::WireName;

/// The method of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// It changes what is sent.
    Patch,
    /// It sets the whole.
    Put,
}

/// A resource that lives in a REST API as its class says; without fields.
///
/// One that is in a collection of the API's root can be listed.
pub const fn resource(name: &'static str, class: Class) -> Resource {
    let mut resource = super::resource(name);
    resource.class = class;
    match class {
        Class::Collection(of) if of.path.is_fixed() && of.listing.is_there() => {
            resource.listed_by(&[])
        }
        _ => resource,
    }
}
