//! A tenant by itself: it runs until it is told to stop.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use auth0_local_tenant::{Options, Tenant};
use tokio::signal::unix::{SignalKind, signal};

use super::arguments::TOKEN_VARIABLE;
use super::authority::AuthorityFile;
use super::{banner, credentials};

/// Starts a tenant, says where it is, and waits for SIGINT or SIGTERM.
///
/// # Errors
/// Where the tenant does not start or the credentials cannot be written.
pub fn run(
    options: Options,
    file: Option<&Path>,
    authority: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let given_token = options.token.is_some();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let inside = runtime.enter();
    // Before anyone is told that the tenant is there, and may want it to stop.
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    drop(inside);
    let data = options.data.clone();
    let tenant = Tenant::start(options)?;
    let authority = AuthorityFile::write(&tenant, authority)?;
    if let Some(file) = file {
        credentials::write(file, &tenant, authority.as_ref())
            .with_context(|| format!("cannot write the credentials {}", file.display()))?;
    }
    say_where(tenant.base_url());
    banner::say_what_for(data.as_deref());
    if let Some(authority) = &authority {
        let file = authority.path().display();
        eprintln!("certificate: SSL_CERT_FILE={file} lets programs trust this tenant");
    }
    match file {
        Some(file) => {
            eprintln!("credentials: `. {}` sets AUTH0_DOMAIN and the client", file.display())
        }
        None if given_token => eprintln!("credentials: the token you gave may do everything"),
        None => eprintln!(
            "credentials: none were asked for; start it with --credentials FILE for a file to source, \
             with --token-file FILE or {TOKEN_VARIABLE} for a token of yours, \
             or as `auth0-local-tenant run -- COMMAND`"
        ),
    }
    runtime.block_on(async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    });
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the line that programs wait for and read the port from")]
fn say_where(base: &str) {
    println!("listening on {base}");
}
