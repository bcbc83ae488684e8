//! The options of the command, and what they say about the tenant.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use auth0_local_tenant::{FaultRule, Options, Seed};
use clap::{Args, Parser, Subcommand};

use super::{around, standalone};

/// The environment variable with a token that may do everything.
pub const TOKEN_VARIABLE: &str = "AUTH0_LOCAL_TENANT_TOKEN";

/// A stateful Auth0 tenant on loopback, for development and tests.
#[derive(Debug, Parser)]
#[command(name = "auth0-local-tenant", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    tenant: TenantArguments,
    /// Write AUTH0_DOMAIN, AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET to this file, for the shell to source
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a tenant, run a command with its credentials, and end with the command's exit code
    Run(RunArguments),
}

#[derive(Debug, Args)]
struct RunArguments {
    #[command(flatten)]
    tenant: TenantArguments,
    /// The command and its arguments, after `--`
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Debug, Args)]
struct TenantArguments {
    /// The loopback address to listen on; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// A JSON file with what the tenant holds from the start: resource_servers, clients, client_grants
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// A file in which the tenant keeps what it holds from one start to the next; it holds secrets
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// How long every answer waits, such as 50ms or 1s
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "0ms")]
    latency: Duration,
    /// Append one line of JSON per request to this file, without secrets
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Answer untruly: 'METHOD /route => ANSWER [xN]', such as 'POST /api/v2/clients => status:500 x1'
    #[arg(long, value_name = "RULE")]
    fault: Vec<FaultRule>,
    /// A file with a token that may do everything; without it AUTH0_LOCAL_TENANT_TOKEN is looked at
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

impl TenantArguments {
    /// What the library is to start.
    fn options(&self) -> anyhow::Result<Options> {
        Ok(Options {
            listen: self.listen,
            token: token(self.token_file.as_deref())?,
            seed: self.seed.as_deref().map(read_seed).transpose()?.unwrap_or_default(),
            data: self.data.clone(),
            latency: self.latency,
            log: self.log.clone(),
            faults: self.fault.clone(),
        })
    }
}

/// Runs the command and gives its exit code: 2 for a mistake in the arguments, 1 for what fails later.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let tenant = match &cli.command {
        Some(Command::Run(run)) => &run.tenant,
        None => &cli.tenant,
    };
    if !tenant.listen.ip().is_loopback() {
        let listen = tenant.listen;
        eprintln!(
            "error: --listen {listen}: not a loopback address; the tenant is for development \
             and listens on loopback only, such as 127.0.0.1:0"
        );
        return ExitCode::from(2);
    }
    let ended = tenant.options().and_then(|options| match cli.command {
        Some(Command::Run(run)) => around::run(options, run.tenant.log.as_deref(), &run.command),
        None => standalone::run(options, cli.credentials.as_deref()),
    });
    ended.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn token(file: Option<&Path>) -> anyhow::Result<Option<String>> {
    let given = match file {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("cannot read the token file {}", file.display()))?;
            Some(text.trim().to_owned())
        }
        None => std::env::var(TOKEN_VARIABLE).ok(),
    };
    match given {
        Some(token) if token.is_empty() || token.contains(char::is_whitespace) => {
            bail!("the token is empty or has spaces in it")
        }
        given => Ok(given),
    }
}

fn read_seed(file: &Path) -> anyhow::Result<Seed> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the seed {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("the seed {} is not one", file.display()))
}

/// A duration such as `50ms` or `1.5s`.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix("ms") {
        Some(number) => (number, 1e-3),
        None => (text.strip_suffix('s').unwrap_or_default(), 1.0),
    };
    number
        .parse::<f64>()
        .ok()
        .and_then(|number| Duration::try_from_secs_f64(number * unit).ok())
        .ok_or_else(|| "not a duration such as 50ms or 1s".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_unit() {
        assert_eq!(duration("50ms"), Ok(Duration::from_millis(50)));
        assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
        for bad in ["", "50", "ms", "-1s", "fast"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_option_takes_a_token_or_a_secret_on_the_command_line() {
        use clap::CommandFactory;
        let command = Cli::command();
        let run = command.find_subcommand("run").unwrap();
        for argument in command.get_arguments().chain(run.get_arguments()) {
            let name = argument.get_id().as_str();
            assert!(!["token", "secret", "client_secret"].contains(&name), "{name}");
        }
    }
}
