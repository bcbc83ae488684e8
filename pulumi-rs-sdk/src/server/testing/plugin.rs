//! A plugin in a process of its own, started as the engine starts it.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// A running plugin; killed when dropped.
pub struct Plugin {
    child: Child,
    /// Held open: a plugin that printed more would fail otherwise.
    stdout: BufReader<ChildStdout>,
    pub port: u16,
}

impl Plugin {
    /// Starts the plugin and reads the port it prints.
    ///
    /// # Errors
    /// Where it does not start, or its first line is no port.
    pub fn start(mut command: Command, engine: &str) -> io::Result<Self> {
        let mut child = command.arg(engine).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().ok_or_else(|| io::Error::other("it has no stdout"))?;
        let mut plugin = Plugin { child, stdout: BufReader::new(stdout), port: 0 };
        let mut line = String::new();
        plugin.stdout.read_line(&mut line)?;
        plugin.port = line.trim_end_matches('\n').parse().map_err(|_| {
            io::Error::other(format!("the first line of a plugin is its port, got {line:?}"))
        })?;
        Ok(plugin)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Interrupts the plugin as the engine does and waits for its end; returns what it still printed.
    pub fn interrupt(mut self) -> io::Result<(ExitStatus, String)> {
        let killed = Command::new("kill").args(["-INT", &self.pid().to_string()]).status()?;
        if !killed.success() {
            return Err(io::Error::other("the plugin could not be interrupted"));
        }
        let printed = io::read_to_string(&mut self.stdout)?;
        Ok((self.child.wait()?, printed))
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
