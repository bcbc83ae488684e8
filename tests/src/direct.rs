//! `pulumi do`: the plugin under the real command line, without a program or a stack.

use std::process::Output;

use tempfile::TempDir;

use crate::{Tenant, built};

/// Runs `pulumi do` with these arguments on the plugin that is under test.
pub fn pulumi_do(tenant: &Tenant, arguments: &[&str]) -> Output {
    let folder = TempDir::new().expect("a temporary folder");
    let mut command = built::command(built::pulumi(), built::home());
    command
        .current_dir(folder.path())
        .env("PULUMI_BACKEND_URL", format!("file://{}", folder.path().display()))
        .envs(tenant.environment().iter().cloned())
        .args(["do", "--non-interactive", "--color", "never", "--package"])
        .arg(built::plugin())
        .args(arguments);
    command.output().expect("the engine to start")
}
