//! An operation of the engine under way.

use std::{
    fs::{self, File},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::Report;

/// How often to look for what is waited for.
const GLANCE: Duration = Duration::from_millis(20);
/// After how many looks a test gives up: two minutes.
const GLANCES: usize = 6000;

/// An engine at work; killed when dropped before its end.
#[derive(Debug)]
pub struct Operation {
    process: Child,
    /// Holds the events, the calls of the plugins and what the engine prints.
    folder: TempDir,
}

impl Operation {
    /// Starts the engine with its output and its logs in files of their own in `folder`.
    pub(crate) fn start(mut command: Command, folder: &Path) -> Self {
        let folder = TempDir::new_in(folder).expect("a temporary folder");
        let file = |name| File::create(folder.path().join(name)).expect("a file to write");
        command.arg("--event-log").arg(folder.path().join("events"));
        command.env("PULUMI_DEBUG_GRPC", folder.path().join("calls"));
        command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr"));
        let process = command.spawn().expect("the engine to start");
        Self { process, folder }
    }

    /// What a user's ^C sends.
    pub fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    /// The end of the engine without a word, and of its language host, which would stay; its plugins are left.
    pub fn kill(&self) {
        let hosts = self.language_hosts();
        self.signal(Signal::KILL);
        for host in hosts {
            // Failing means that it has ended with the engine.
            let _ = kill_process(host, Signal::KILL);
        }
    }

    /// The engine's children that are language hosts, by the names of their commands.
    fn language_hosts(&self) -> Vec<Pid> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.process.id()));
        let threads = threads.expect("the engine to run").flatten();
        let children = threads.filter_map(|t| fs::read_to_string(t.path().join("children")).ok());
        let ids: Vec<i32> = children.flat_map(|ids| numbers(&ids)).collect();
        let is_host = |id: &i32| {
            let name = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
            name.starts_with("pulumi-language")
        };
        ids.into_iter().filter(is_host).filter_map(Pid::from_raw).collect()
    }

    /// Waits until a call like `/pulumirpc.ResourceProvider/Cancel` of a plugin has ended, well or not.
    #[track_caller]
    pub fn wait_for_call(&self, method: &str) {
        let called = format!("\"method\":\"{method}\"");
        let ended = |line: &str| line.contains(&called) && line.contains("\"response_completed\"");
        wait_until(|| self.calls().lines().any(ended).then_some(()), || self.text());
    }

    /// The calls between the engine and its plugins so far, as the engine logs them.
    pub fn calls(&self) -> String {
        self.read("calls")
    }

    /// The calls of an operation that ends well.
    #[track_caller]
    pub fn ended(mut self) -> String {
        let status = self.process.wait().expect("the engine to be a child of this process");
        assert!(status.success(), "{}", self.text());
        self.calls()
    }

    /// The end of the operation.
    pub fn wait(mut self) -> Report {
        let status = self.process.wait().expect("the engine to be a child of this process");
        self.report(status)
    }

    fn report(&self, status: ExitStatus) -> Report {
        let lines = self.read("events");
        // The last line of an engine that was killed may be cut.
        let events = lines.lines().filter_map(|line| serde_json::from_str(line).ok());
        Report::read(status.success(), &events.collect::<Vec<_>>(), self.text())
    }

    fn text(&self) -> String {
        [self.read("stdout"), self.read("stderr")].concat()
    }

    fn read(&self, name: &str) -> String {
        fs::read(self.folder.path().join(name))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    fn signal(&self, signal: Signal) {
        let id = self.process.id().try_into().ok().and_then(Pid::from_raw);
        kill_process(id.expect("a process has an id"), signal).expect("the engine to run");
    }
}

impl Drop for Operation {
    fn drop(&mut self) {
        // Failing means that it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn numbers(text: &str) -> Vec<i32> {
    text.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// Looks again and again until there is something; `told` is what is shown where nothing ever comes.
#[track_caller]
pub fn wait_until<T>(mut look: impl FnMut() -> Option<T>, told: impl Fn() -> String) -> T {
    for _ in 0..GLANCES {
        if let Some(found) = look() {
            return found;
        }
        thread::sleep(GLANCE);
    }
    panic!("waited in vain:\n{}", told())
}
