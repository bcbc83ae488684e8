//! What the plugin costs by itself: time, memory and size.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use pulumi_rs_sdk::testing::Client;
use tests::{Load, MICROSECONDS_OF_PUBLISHED, memory};

use crate::megabytes;

/// How often the plugin is started to find how long that takes.
const STARTS: usize = 40;

/// Measures; whether it stays within its floors.
pub fn measure(plugin: &Path) -> Result<bool> {
    let mut within = true;
    let mut row = |what: &str, measured: f64, floor: f64, unit: &str| {
        let verdict = if measured <= floor { "ok" } else { "over" };
        within &= measured <= floor;
        println!("{what:<34}{measured:>9.2} {unit:<3} at most {floor} {unit}: {verdict}");
    };
    row("spawn to port printed, median", start_ms(plugin)?, 3.0, "ms");
    row("resident memory, idle", idle_mb(plugin)?, 8.0, "MB");
    let load = load(plugin)?;
    row("memory, 1,000 Checks at once", megabytes(load.peak_memory), 40.0, "MB");
    let published = MICROSECONDS_OF_PUBLISHED;
    row("CPU of a Check and a Diff", 2.0 * load.microseconds, published, "µs");
    row("binary", megabytes(fs::metadata(plugin)?.len()), 8.0, "MB");
    Ok(within)
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
