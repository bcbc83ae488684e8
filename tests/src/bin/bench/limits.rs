//! How stacks get along with Auth0's rate limits: the time that they take, held against what the limit allows, and what
//! the plugin costs meanwhile.
//!
//! A stack is so many clients and as many grants, in Pulumi's YAML, under the real engine as users have it: without
//! `--parallel`, which is four for each processor. Checkpoints are left out, since in a file they would cost more than
//! all else. The span is from the first request that the tenant saw to the last. What the limit allows is
//!
//! ```text
//! bound = (requests - 429s - burst) / (rate * (1 - foreign load))
//! ```
//!
//! where what is refused counts for nothing, since it takes nothing of the limit.

use std::{fmt::Write as _, thread, time::Duration};

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{Report, Request, Stack, Tenant, Usage, Watch};

use crate::megabytes;

/// Auth0's limit of an Enterprise tenant in production.
pub const LARGE: Setting = Setting { pairs: 1000, burst: 50, per_second: 16 };
/// Auth0's limit of an Enterprise tenant that is none of production.
pub const SMALL: Setting = Setting { pairs: 100, burst: 10, per_second: 2 };

/// How long every answer waits, in milliseconds.
const LATENCY: u32 = 50;
/// The share of the limit, in percent, that another client of the tenant takes where there is one.
const FOREIGN: u32 = 50;

/// The longest that requests may take, as a multiple of the bound; of bounds of less than [`TOLD_FROM`] nothing is asked.
const RATIO: f64 = 1.15;
const TOLD_FROM: f64 = 10.0;
/// Milliseconds of the plugin's CPU for one resource.
const CPU: f64 = 1.0;
/// Megabytes that the plugin may have resident.
const MEMORY: f64 = 30.0;

/// A stack and a limit.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Clients, and as many grants.
    pairs: usize,
    /// How many requests the limit allows at once.
    burst: u32,
    /// How many come back in a second.
    per_second: u32,
}

/// Runs each setting with and without another client, all at the same time; whether they stay within their floors.
pub fn measure(settings: &[Setting]) -> Result<bool> {
    if settings.is_empty() {
        return Ok(true);
    }
    println!("\nbound = (requests - 429s - burst) / (rate * (1 - foreign load))");
    println!(
        "{:<33}{:>8}{:>6}{:>9}{:>9}{:>9}{:>16}{:>15}",
        "", "requests", "429s", "span", "bound", "ratio", "CPU a resource", "memory"
    );
    let runs =
        settings.iter().flat_map(|setting| [0, FOREIGN].map(|foreign| Run { setting, foreign }));
    thread::scope(|scope| {
        let runs: Vec<_> = runs.map(|run| scope.spawn(move || run.measure())).collect();
        let mut within = true;
        for run in runs {
            // What a panic was about is told already.
            within &= run.join().unwrap_or(Ok(false))?;
        }
        Ok(within)
    })
}

/// A setting under which a stack lives, with the share that another client takes of what is filled in.
struct Run<'a> {
    setting: &'a Setting,
    foreign: u32,
}

impl Run<'_> {
    fn measure(&self) -> Result<bool> {
        let Setting { pairs, burst, .. } = *self.setting;
        let tenant = self.tenant();
        let mut stack = Stack::yaml(&tenant, &program(pairs, "first", "[read:data]"));
        stack.skip_checkpoints();

        let mut within = true;
        let mut step = |what: &str, did: &str, operation: &dyn Fn() -> Report| -> Result<()> {
            // Each begins with a full bucket.
            thread::sleep(Duration::from_secs_f64(f64::from(burst) / self.share()));
            let watch = Watch::over(&tenant);
            let (report, requests) = tenant.during(operation);
            let usage = watch.end();
            let done = report.succeeded().changes.get(did).copied().unwrap_or_default();
            ensure!(done >= 2 * pairs as u64, "{what}: {did} of {done} resources only");
            within &= self.tell(what, &tenant.without_tokens(requests), usage);
            Ok(())
        };
        step("up", "create", &|| stack.up())?;
        step("up, no change", "same", &|| stack.up())?;
        step("refresh", "same", &|| stack.refresh())?;
        stack.write_yaml(&program(pairs, "second", "[read:data, write:data]"));
        step("update of all", "update", &|| stack.up())?;
        step("destroy", "delete", &|| stack.destroy())?;
        Ok(within)
    }

    fn tenant(&self) -> Tenant {
        let limit = format!("{}/{}", self.setting.burst, self.setting.per_second);
        let (latency, foreign) = (format!("{LATENCY}ms"), self.foreign.to_string());
        let api = json!({
            "identifier": Tenant::API,
            "scopes": [{ "value": "read:data" }, { "value": "write:data" }],
        });
        Tenant::with_options(
            &json!({ "resource_servers": [api] }),
            &["--latency", &latency, "--rate-limit", &limit, "--foreign-load", &foreign],
        )
    }

    /// How many requests come back in a second for the provider.
    fn share(&self) -> f64 {
        f64::from(self.setting.per_second) * f64::from(100 - self.foreign) / 100.0
    }

    /// Prints what was measured; whether it is within the floors.
    fn tell(&self, what: &str, requests: &[Request], usage: Usage) -> bool {
        let Setting { pairs, burst, per_second } = *self.setting;
        let refused = requests.iter().filter(|request| request.status == 429).count();
        let answered = requests.len() - refused;
        let times = || requests.iter().map(|request| request.at);
        let span = times()
            .max()
            .zip(times().min())
            .map_or(0.0, |(last, first)| last.duration_since(first).as_secs_f64());
        let bound = (answered as f64 - f64::from(burst)).max(0.0) / self.share();
        let milliseconds = usage.cpu.as_secs_f64() * 1000.0 / (2 * pairs) as f64;
        let memory = megabytes(usage.peak_memory);

        let mut within = true;
        let mut verdict = |is_within: bool| {
            within &= is_within;
            if is_within { "ok" } else { "over" }
        };
        let foreign =
            if self.foreign > 0 { format!(" - {} %", self.foreign) } else { String::new() };
        let name = format!("{burst}/{per_second}{foreign}");
        let mut row = format!(
            "{name:<15}{what:<18}{:>8}{refused:>6}{span:>7.1} s{bound:>7.1} s",
            requests.len()
        );
        // Failing means that there is no memory left.
        let _ = match bound {
            bound if bound > TOLD_FROM => {
                let ratio = span / bound;
                write!(row, "{:>9}", format!("{ratio:.2} {}", verdict(ratio <= RATIO)))
            }
            _ => write!(row, "{:>9}", "-"),
        };
        let _ =
            write!(row, "{:>16}", format!("{milliseconds:.2} ms {}", verdict(milliseconds < CPU)));
        let _ = write!(row, "{:>15}", format!("{memory:.1} MB {}", verdict(memory < MEMORY)));
        println!("{row}");
        within
    }
}

/// So many clients, each with a grant.
fn program(pairs: usize, description: &str, scopes: &str) -> String {
    (0..pairs).fold("resources:\n".to_owned(), |mut program, number| {
        // Failing means that there is no memory left.
        let _ = write!(
            program,
            "  client-{number}:
    type: auth0:Client
    properties: {{ name: client {number}, description: {description} }}
  grant-{number}:
    type: auth0:ClientGrant
    properties:
      clientId: ${{client-{number}.clientId}}
      audience: {}
      scopes: {scopes}
",
            Tenant::API
        );
        program
    })
}
