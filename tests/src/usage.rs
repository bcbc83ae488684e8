//! What plugins cost while the engine runs them, seen from outside so that nothing is changed.

use std::{
    collections::HashMap,
    fs,
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{Tenant, memory};

/// How often to look at a plugin that runs. What it does after the last look, before it ends, is not seen.
const GLANCE: Duration = Duration::from_millis(20);
/// How often to look for plugins that have been started.
const SEARCH: Duration = Duration::from_millis(200);
/// How the kernel names the plugin's process: the first fifteen bytes.
const NAME: &str = "pulumi-resource";

/// What the plugins cost that the engine started in the meantime.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usage {
    /// How many there were.
    pub processes: usize,
    /// The CPU time of all, start included.
    pub cpu: Duration,
    /// The most memory that one of them had resident, in bytes.
    pub peak_memory: u64,
}

/// Looks at the plugins of one tenant.
#[derive(Debug)]
pub struct Watch {
    stop: Sender<()>,
    thread: JoinHandle<Usage>,
}

impl Watch {
    /// Begins to look at plugins that are configured, by their environment, for this tenant.
    pub fn over(tenant: &Tenant) -> Self {
        let (stop, stopped) = mpsc::channel();
        let configured = format!("AUTH0_DOMAIN={}", tenant.url());
        let thread = thread::spawn(move || {
            let mut seen: HashMap<u32, (Duration, u64)> = HashMap::new();
            let mut searched: Option<Instant> = None;
            loop {
                if searched.is_none_or(|searched| searched.elapsed() >= SEARCH) {
                    searched = Some(Instant::now());
                    for process in plugins(&configured) {
                        seen.entry(process).or_default();
                    }
                }
                for (process, usage) in &mut seen {
                    // One that has ended keeps what was seen last.
                    usage.0 = usage.0.max(cpu(*process).unwrap_or_default());
                    usage.1 = usage.1.max(memory(*process, "VmHWM:").unwrap_or_default());
                }
                if !matches!(stopped.recv_timeout(GLANCE), Err(RecvTimeoutError::Timeout)) {
                    return Usage {
                        processes: seen.len(),
                        cpu: seen.values().map(|usage| usage.0).sum(),
                        peak_memory: seen.values().map(|usage| usage.1).max().unwrap_or_default(),
                    };
                }
            }
        });
        Self { stop, thread }
    }

    /// What was seen.
    pub fn end(self) -> Usage {
        // Failing means that it has ended already.
        let _ = self.stop.send(());
        self.thread.join().expect("the thread that looks to end well")
    }
}

/// The plugins whose environment has this variable.
fn plugins(variable: &str) -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_ours = |process: &u32| {
        let name = fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
        let environment = || fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
        name.trim_end() == NAME
            && environment().split(|byte| *byte == 0).any(|set| set == variable.as_bytes())
    };
    processes.filter(is_ours).collect()
}

/// The CPU time that a process has had, that of threads which have ended included.
fn cpu(process: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in parentheses, may hold anything.
    let (_, rows) = stat.rsplit_once(')').context("no name")?;
    let ticks = rows.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks = ticks.sum::<Result<u64, _>>()?;
    Ok(Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64))
}
