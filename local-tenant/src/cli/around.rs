//! A tenant around a command: the command finds its credentials in the environment.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitCode, ExitStatus};

use anyhow::Context;
use auth0_local_tenant::{Options, Tenant};
use rustix::process::{self, Pid, Signal};
use rustix::termios;
use tokio::process::{Child, Command};
use tokio::signal::unix::{self, SignalKind, signal};

use super::authority::AuthorityFile;
use super::{banner, credentials};

/// What the command must not find: credentials of a real tenant, or other ways to say which one.
const REMOVED: &[&str] = &[
    "AUTH0_API_TOKEN",
    "AUTH0_AUDIENCE",
    "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
    "AUTH0_CLIENT_ASSERTION_SIGNING_ALG",
    "AUTH0_CLI_LOGIN",
    "AUTH0_CUSTOM_DOMAIN_HEADER",
    "AUTH0_DYNAMIC_CREDENTIALS",
    "AUTH0_LOCAL_TENANT_TOKEN",
];

/// The exit codes of a shell for a command that is not there, and for one that cannot be run.
const NOT_FOUND: u8 = 127;
const NOT_RUN: u8 = 126;

/// Runs a command with a tenant and gives the command's exit code, 128 + n where signal n ended it, and
/// that of a shell where it does not start.
///
/// # Errors
/// Where the tenant does not start.
pub fn run(
    options: Options,
    log: Option<&Path>,
    authority: Option<&Path>,
    command: &[OsString],
) -> anyhow::Result<ExitCode> {
    let (program, arguments) = command.split_first().context("no command is given")?;
    let data = options.data.clone();
    let tenant = Tenant::start(options)?;
    let authority = AuthorityFile::write(&tenant, authority)?;
    eprintln!("listening on {}", tenant.base_url());
    banner::say_what_for(data.as_deref());
    let mut command = Command::new(program);
    command.args(arguments).envs(credentials::variables(&tenant, authority.as_ref()));
    for name in REMOVED {
        command.env_remove(name);
    }
    if let Some(log) = log {
        let log = std::path::absolute(log).context("the log's path cannot be made absolute")?;
        command.env("AUTH0_LOCAL_TENANT_LOG", log);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ended = runtime.block_on(async {
        // Before the command is there, so that no signal is lost between the two.
        let mut signals = Signals::listen()?;
        match command.spawn() {
            Ok(child) => signals.forward_until_end(child).await.map(code),
            Err(error) => {
                eprintln!("error: cannot run {}: {error}", program.to_string_lossy());
                Ok(if error.kind() == io::ErrorKind::NotFound { NOT_FOUND } else { NOT_RUN })
            }
        }
    })?;
    Ok(ExitCode::from(ended))
}

/// The signals that are passed on to the command.
struct Signals {
    interrupt: unix::Signal,
    terminate: unix::Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn forward_until_end(&mut self, mut child: Child) -> anyhow::Result<ExitStatus> {
        loop {
            let signal = tokio::select! {
                status = child.wait() => return Ok(status?),
                _ = self.interrupt.recv() => Signal::INT,
                _ = self.terminate.recv() => Signal::TERM,
            };
            if signal == Signal::INT && is_in_foreground() {
                // The terminal has sent it to the command as well, and a second one ends many
                // commands at once.
                continue;
            }
            if let Some(id) = child.id().and_then(|id| Pid::from_raw(id.cast_signed())) {
                // It may have ended since; its status comes with the next turn.
                let _ = process::kill_process(id, signal);
            }
        }
    }
}

/// Whether what is typed at a terminal reaches this process and with it the command.
fn is_in_foreground() -> bool {
    let foreground = |terminal: File| termios::tcgetpgrp(terminal).ok();
    File::open("/dev/tty").ok().and_then(foreground) == Some(process::getpgrp())
}

fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
