//! The command line: its options, and the two ways of running a tenant.

mod arguments;
mod around;
mod authority;
mod banner;
mod credentials;
mod private_file;
mod standalone;

pub use arguments::main;
