//! Values as they travel: `google.protobuf.Struct`, in which strings and signed objects stand for
//! what JSON has no form for.
//!
//! # Guarantees
//! Decoding what was encoded gives the same value back, and no input panics or overflows the stack.

mod decode;
mod encode;
mod message;
mod signature;

pub(crate) use decode::{Malformed, decode};
pub(crate) use encode::encode;
pub(crate) use message::Struct;

#[cfg(test)]
mod tests;
