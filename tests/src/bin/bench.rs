//! `make bench`: what the release build of the plugin costs, and whether it stays within its floors.

#![allow(clippy::print_stdout, reason = "its numbers are what it is run for")]

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use pulumi_rs_sdk::testing::Client;
use serde_json::{Value, json};
use tests::{Load, MICROSECONDS_OF_PUBLISHED, Stack, Tenant, memory, root};

/// How often the plugin is started to find how long that takes.
const STARTS: usize = 40;
/// Clients, and as many grants, in the large stack.
const LARGE: usize = 200;

fn main() -> Result<ExitCode> {
    let plugin = plugin()?;
    println!("{}", plugin.display());

    let mut within = true;
    let mut row = |what: &str, measured: f64, floor: f64, unit: &str| {
        let verdict = if measured <= floor { "ok" } else { "over" };
        within &= measured <= floor;
        println!("{what:<34}{measured:>9.2} {unit:<3} at most {floor} {unit}: {verdict}");
    };
    row("spawn to port printed, median", start_ms(&plugin)?, 3.0, "ms");
    row("resident memory, idle", idle_mb(&plugin)?, 8.0, "MB");
    let load = load(&plugin)?;
    row("memory, 1,000 Checks at once", megabytes(load.peak_memory), 40.0, "MB");
    let published = MICROSECONDS_OF_PUBLISHED;
    row("CPU of a Check and a Diff", 2.0 * load.microseconds, published, "µs");
    row("binary", megabytes(fs::metadata(&plugin)?.len()), 8.0, "MB");

    println!("\nrequests of examples/python (tokens apart)");
    seed_requests();
    println!("\n{LARGE} clients and {LARGE} grants");
    large_requests();
    Ok(if within { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The binary that the stacks use too.
fn plugin() -> Result<PathBuf> {
    let named = env::var_os("AUTH0_PLUGIN").context("AUTH0_PLUGIN is not set: run `make bench`")?;
    fs::canonicalize(root().join(named)).context("the plugin is not built: run `make bench`")
}

/// Milliseconds from spawn to the port on stdout.
fn start_ms(plugin: &Path) -> Result<f64> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let began = Instant::now();
        let running = Running::start(plugin)?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
        drop(running);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}

/// Megabytes resident two seconds after the plugin told its version.
fn idle_mb(plugin: &Path) -> Result<f64> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let engine = Client::spawn(Command::new(plugin)).await?;
        let version = engine.plugin_info().await?;
        ensure!(!version.is_empty(), "the plugin tells no version");
        tokio::time::sleep(Duration::from_secs(2)).await;
        let process = engine.pid().context("the client has started it")?;
        Ok(megabytes(memory(process, "VmRSS:")?))
    })
}

/// What Checks and Diffs of applications with every property set cost.
fn load(plugin: &Path) -> Result<Load> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(Load::check_and_diff(Command::new(plugin), 1000, 1))
}

/// What each step in the life of the seed program sends.
fn seed_requests() {
    let tenant = Tenant::with_api();
    tenant.make_api("https://other.example.com/");
    let mut stack = Stack::seed(&tenant);
    count(&tenant, "preview", || stack.preview());
    count(&tenant, "up", || stack.up());
    count(&tenant, "up again", || stack.up());
    count(&tenant, "refresh", || stack.refresh());
    stack.edit("\"read:data\", \"write:data\"", "\"read:data\"");
    count(&tenant, "up with other scopes", || stack.up());
    stack.edit("My AI Client App", "My Renamed App");
    count(&tenant, "up with another name", || stack.up());
    stack.edit("https://myapi.example.com/", "https://other.example.com/");
    count(&tenant, "up with another audience", || stack.up());
    count(&tenant, "destroy", || stack.destroy());
}

/// What a large stack sends.
fn large_requests() {
    let tenant = Tenant::with_api();
    let pairs = (0..LARGE).flat_map(|n| {
        let client = json!({
            "type": "auth0:index/client:Client",
            "name": format!("client-{n}"),
            "props": { "name": format!("client {n}"), "clientId": null },
        });
        let grant = json!({
            "type": "auth0:index/clientGrant:ClientGrant",
            "name": format!("grant-{n}"),
            "props": {
                "clientId": { "of": format!("client-{n}"), "property": "clientId" },
                "audience": Tenant::API,
                "scopes": ["read:data"],
            },
        });
        [client, grant]
    });
    let mut stack = Stack::unchecked(&tenant, &pairs.collect::<Value>());
    stack.set_env("PULUMI_SKIP_CHECKPOINTS", Some("true"));
    stack.set_env("PULUMI_EXPERIMENTAL", Some("true"));
    count(&tenant, "up", || stack.up());
    count(&tenant, "up again", || stack.up());
    count(&tenant, "refresh", || stack.refresh());
    count(&tenant, "destroy", || stack.destroy());
}

fn count(tenant: &Tenant, step: &str, operation: impl FnOnce() -> tests::Report) {
    let began = Instant::now();
    let (_, requests) = tenant.during(|| operation().succeeded());
    let took = began.elapsed().as_secs_f64();
    println!("{step:<34}{:>6}    {took:>6.2} s", tenant.without_tokens(requests).len());
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

/// A plugin that has printed its port; it ends when dropped.
struct Running(Child);

impl Running {
    fn start(plugin: &Path) -> Result<Self> {
        let mut command = Command::new(plugin);
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        let stdout = process.stdout.take().context("stdout is piped")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let _: u16 = line.trim().parse().with_context(|| format!("no port but {line:?}"))?;
        Ok(Self(process))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Failing means that it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
