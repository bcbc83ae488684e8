//! The options of the command, and what they say about the tenant.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use auth0_local_tenant::{FAULT_KINDS, FaultKind, FaultRule, Options, RateLimit, Seed, duration};
use clap::{Args, Parser, Subcommand};

use super::{around, standalone};

/// The environment variable with a token that may do everything.
pub const TOKEN_VARIABLE: &str = "AUTH0_LOCAL_TENANT_TOKEN";

/// A stateful Auth0 tenant on loopback, for development and tests.
#[derive(Debug, Parser)]
#[command(name = "auth0-local-tenant", version, args_conflicts_with_subcommands = true)]
#[command(after_help = faults_help())]
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
#[command(after_help = faults_help())]
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
    #[arg(long, value_name = "DURATION", value_parser = duration::read, default_value = "0ms")]
    latency: Duration,
    /// Append one line of JSON per request to this file, without secrets
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Answer untruly, such as 'POST /api/v2/clients => status:500 x1'; rules are told below, --fault may be repeated
    #[arg(long, value_name = "RULE")]
    fault: Vec<FaultRule>,
    /// Another seed for rules with a chance, which lie to other requests then
    #[arg(long, value_name = "N", default_value_t = 0)]
    fault_seed: u64,
    /// Refuse what a token bucket has no token for: BURST/PER_SECOND, BURST/N/min, or 'METHOD /route=BURST/PER_SECOND'
    #[arg(long, value_name = "LIMIT")]
    rate_limit: Vec<RateLimit>,
    /// Let another client of the tenant take this share of what the buckets are filled with; 100 leaves nothing
    #[arg(long, value_name = "PERCENT", requires = "rate_limit", default_value_t = 0,
          value_parser = clap::value_parser!(u32).range(..=1000))]
    foreign_load: u32,
    /// Speak HTTPS, with a certificate authority made at start; its key is never written
    #[arg(long)]
    tls: bool,
    /// A name of a host that the certificate is for as well, where a proxy leads from there to here; may be repeated
    #[arg(long, value_name = "HOST", requires = "tls")]
    tls_name: Vec<String>,
    /// The file to write the authority's certificate to, for SSL_CERT_FILE; without it a temporary one
    #[arg(long, value_name = "FILE", requires = "tls")]
    tls_ca: Option<PathBuf>,
    /// A file with a token that may do everything; without it AUTH0_LOCAL_TENANT_TOKEN is looked at
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

impl TenantArguments {
    /// What the library is to start.
    fn options(&self) -> anyhow::Result<Options> {
        if self.rate_limit.iter().filter(|limit| limit.is_global()).count() > 1 {
            bail!("--rate-limit is given twice for the Management API as a whole");
        }
        Ok(Options {
            listen: self.listen,
            token: token(self.token_file.as_deref())?,
            seed: self.seed.as_deref().map(read_seed).transpose()?.unwrap_or_default(),
            data: self.data.clone(),
            latency: self.latency,
            log: self.log.clone(),
            faults: self.fault.clone(),
            fault_seed: self.fault_seed,
            rate_limits: self.rate_limit.clone(),
            foreign_load: self.foreign_load,
            tls: self.tls,
            tls_names: self.tls_name.clone(),
        })
    }
}

/// How rules of `--fault` are written, and every answer.
fn faults_help() -> String {
    let mut help = String::from(
        "Faults:\n  \
         METHOD /route => ANSWER [xN] [P%] [skip:N] [seed:N]\n\n  \
         METHOD is GET, ... or *; /route is /api/v2/clients/{id}, /oauth/token, /api/v2/*, ... or *.\n  \
         xN lies to N requests, P% to that share of them, skip:N tells N the truth first.\n  \
         The first rule that fits is taken. ANSWER is one of:\n",
    );
    for kind in FAULT_KINDS {
        let FaultKind { form, answer, effect, .. } = kind;
        help += &format!("\n  {form}\n      {answer} (takes effect: {effect})");
    }
    help
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
        Some(Command::Run(run)) => {
            let (log, authority) = (run.tenant.log.as_deref(), run.tenant.tls_ca.as_deref());
            around::run(options, log, authority, &run.command)
        }
        None => standalone::run(options, cli.credentials.as_deref(), cli.tenant.tls_ca.as_deref()),
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

#[cfg(test)]
mod tests {
    use super::*;

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
