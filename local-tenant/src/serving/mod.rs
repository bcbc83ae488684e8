//! How kinds are served: a row of a family's table, together with what the document says, is enough.

mod collection;
mod kind;
mod relation;
mod served;
mod setting;

pub use kind::{Kind, Serves, collection, document, optional, relation, setting};
pub use served::{Effect, Served};
pub use setting::WHOLE;
