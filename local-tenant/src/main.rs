//! The command `auth0-local-tenant`: a tenant on loopback, by itself or around another command.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
