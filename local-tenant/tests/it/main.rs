//! The tenant as its users meet it: over HTTP and as a command.

mod caller;
mod replay;
