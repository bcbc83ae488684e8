//! The client of Auth0's Management API.
//!
//! One module, one concern: [`Call`] is what the rest of the provider sees; `client` sends one
//! request, `retry` sends it until it is answered, `cap` keeps the distance that the user wants,
//! `path` and `request` are what is asked, `pace` slows down before a rate limit refuses, `gate` holds all requests back after it has,
//! `token` gets and keeps the access token, `proof` is what it is asked for with and `assertion` what a
//! private key signs for that, `cli_login` finds that of the Auth0 CLI, `answer` reads, `error` tells what
//! went wrong.

mod answer;
#[cfg(test)]
pub(crate) mod answered;
mod assertion;
mod call;
mod cap;
mod cli_login;
mod client;
mod error;
mod gate;
#[cfg(test)]
pub(crate) mod in_process;
mod pace;
mod path;
mod patience;
mod proof;
mod request;
mod retry;
#[cfg(test)]
mod testing;
mod token;

pub use answer::Answer;
pub use call::{Api, Call};
pub use error::{ApiError, Failure, Progress, ProxyFault, Said, TokenSource, Unreadable};
pub use path::Path;
pub use request::{Asked, Means, Method, Request};
