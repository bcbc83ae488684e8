//! The tenant as its users meet it: over HTTP and as a command.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "clippy's leave for tests does not reach the functions that tests share"
)]

mod assertions;
mod caller;
mod clients;
mod command;
mod connections;
mod data;
mod document;
mod domains;
mod faults;
mod grants;
mod keys;
mod lists;
mod rate_limits;
mod replay;
mod requests;
mod resource_servers;
mod tls;
mod tokens;
mod users;
