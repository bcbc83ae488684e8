//! Many calls at once on one plugin, and what they cost it.

use std::{fs, io, process::Command, sync::Arc};

use anyhow::{Context, Result, ensure};
use pulumi_resource_auth0::{auth0::PACKAGE, resources::CLIENT};
use pulumi_rs_sdk::{
    provider::Known,
    table::Field,
    testing::{Changes, Check, Client, Diff, urn},
    value::Object,
};
use tokio::task::JoinSet;

use crate::samples::{Pick, sample};

/// What a Check and a Diff of one resource that does not change cost the published provider 3.55.1, in microseconds of
/// CPU, as it was measured on such a machine.
pub const MICROSECONDS_OF_PUBLISHED: f64 = 12_000.0;

/// What [`Load::check_and_diff`] cost the plugin.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// CPU time of one call, in microseconds: the mean over all of them.
    pub microseconds: f64,
    /// The most memory that the process had resident, in bytes.
    pub peak_memory: u64,
}

impl Load {
    /// Has `calls` Checks and then as many Diffs answered at the same time, each of an application with every property
    /// set. The values are drawn by `seed`.
    ///
    /// # Errors
    /// Where the plugin does not start, or one of the calls is not answered as it must be.
    pub async fn check_and_diff(plugin: Command, calls: u64, seed: u64) -> Result<Self> {
        let engine = Arc::new(Client::spawn(plugin).await?);
        let process = engine.pid().context("the client has started it")?;
        let resources: Vec<_> = (0..calls).map(|call| Application::draw(seed + call)).collect();
        let before = cpu_microseconds(process)?;
        let mut checks = JoinSet::new();
        for application in resources.clone() {
            let engine = engine.clone();
            checks.spawn(async move { application.check(&engine).await });
        }
        all(checks).await?;
        let mut diffs = JoinSet::new();
        for application in resources {
            let engine = engine.clone();
            diffs.spawn(async move { application.diff(&engine).await });
        }
        all(diffs).await?;
        let spent = cpu_microseconds(process)? - before;
        Ok(Self {
            microseconds: spent / (2 * calls) as f64,
            peak_memory: memory(process, "VmHWM:")?,
        })
    }
}

async fn all(mut calls: JoinSet<Result<()>>) -> Result<()> {
    while let Some(call) = calls.join_next().await {
        call??;
    }
    Ok(())
}

/// An application with every property set, as it was and as it is to be.
#[derive(Clone)]
struct Application {
    urn: String,
    old: Object,
    new: Object,
}

impl Application {
    fn draw(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut values = || {
            let mut pick = |row: &Field| {
                // Anonymous sessions need an application that conforms.
                let stays = row.replaces || [FIXED, "oidcConformant"].contains(&row.name);
                if stays || random.bool() { Pick::First } else { Pick::Second }
            };
            CLIENT.inputs().map(|row| (row.name.to_owned(), sample(row, pick(row)))).collect()
        };
        let urn = urn(&PACKAGE.resource_token(&CLIENT), &format!("app-{seed}"));
        Self { urn, old: values(), new: values() }
    }

    async fn check(&self, engine: &Client) -> Result<()> {
        let (urn, olds, news) = (self.urn.clone(), self.old.clone(), self.new.clone());
        let checked = engine.check(Check { urn, olds, news, ..Check::default() }).await?;
        ensure!(checked.failures.is_empty(), "{:#?}", checked.failures);
        ensure!(self.new.keys().all(|name| checked.inputs.contains_key(name)), "an input is lost");
        Ok(())
    }

    async fn diff(&self, engine: &Client) -> Result<()> {
        let old = Known { inputs: self.old.clone(), outputs: self.old.clone() };
        let (urn, news) = (self.urn.clone(), self.new.clone());
        let diff = Diff { urn, id: "app".to_owned(), old, news, ..Diff::default() };
        let diffed = engine.diff(diff).await?;
        ensure!(diffed.changes == Changes::Some, "nothing differs in {:#?}", self.new);
        Ok(())
    }
}

/// What cannot change once the application is there.
const FIXED: &str = "resourceServerIdentifier";

/// The CPU time that a process has had.
fn cpu_microseconds(process: u32) -> Result<f64> {
    let tasks = fs::read_dir(format!("/proc/{process}/task"))?;
    let nanoseconds = tasks.map(|task| -> Result<u64> {
        let ran = fs::read_to_string(task?.path().join("schedstat"))?;
        Ok(ran.split_whitespace().next().context("no time")?.parse()?)
    });
    Ok(nanoseconds.sum::<Result<u64>>()? as f64 / 1000.0)
}

/// A row of a process's status that is a size, `VmRSS:` for instance; in bytes.
///
/// # Errors
/// Where there is no such process or row.
pub fn memory(process: u32, row: &str) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(row));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    let kilobytes = kilobytes
        .ok_or_else(|| io::Error::other(format!("no {row} in the status of a process")))?;
    Ok(kilobytes * 1024)
}
