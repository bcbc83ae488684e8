//! Typed values: properties into a struct of the author's own, and out of one, by serde.
//!
//! Fields of the struct have the names of the properties: `#[serde(rename_all = "camelCase")]` makes them so. A property
//! that may be absent or null is an `Option`; one of any kind is a `serde_json::Value`.
//!
//! ```
//! use pulumi_rs_sdk::object;
//! use pulumi_rs_sdk::table::*;
//! use pulumi_rs_sdk::typed::{from_object, to_object};
//! use serde::{Deserialize, Serialize};
//!
//! const FILE: Resource = resource("File").fields(&[
//!     required("content", STRING),
//!     output("sizeInBytes", INT),
//! ]);
//!
//! #[derive(Deserialize, Serialize)]
//! #[serde(rename_all = "camelCase")]
//! struct File {
//!     content: String,
//!     size_in_bytes: Option<u64>,
//! }
//!
//! let file: File = from_object(FILE.fields, &object! { "content": "hello" }).unwrap();
//! let file = File { size_in_bytes: Some(5), ..file };
//! assert_eq!(to_object(&file).unwrap(), object! { "content": "hello", "sizeInBytes": 5 });
//!
//! // A name that the table does not have is a mistake that shows, though the field be optional.
//! #[derive(Debug, Deserialize)]
//! struct Misspelt {
//!     contnet: Option<String>,
//! }
//! let mistake = from_object::<Misspelt>(FILE.fields, &object! {}).unwrap_err();
//! assert!(mistake.to_string().contains("did you mean `content`?"));
//! ```
//!
//! # Caveats
//! A struct with `#[serde(flatten)]` does not tell the names of its fields, so that these are not held against the table.

mod error;
mod read;
mod write;

pub use error::Mismatch;
pub use read::from_object;
pub use write::to_object;
