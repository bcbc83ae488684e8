//! The command line: its options, and the two ways of running a tenant.

mod arguments;
mod around;
mod credentials;
mod standalone;

pub use arguments::main;
