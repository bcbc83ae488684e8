//! docs/move-a-stack-over.md. What it says of the published provider's stacks is held by `switch`.

use std::fs;

use tests::{Shell, Stack, Tenant, root};

use super::Run;
use super::page::Section;

pub const RUNS: &[(&str, Run)] = &[
    ("1. Look at what the stack has", look),
    ("2. Put the plugin in its place", put),
    ("3. Preview", preview),
    ("Undo", undo),
];

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: App
";

fn look(section: &Section) {
    let tenant = Tenant::start();
    let stack = Stack::yaml(&tenant, PROGRAM);
    stack.up().succeeded();
    let said = stack.shell().run(section.only("sh"), stack.path()).succeeded();
    assert_eq!(said.out.trim(), "1 auth0:index/client:Client");
}

fn put(section: &Section) {
    let tenant = Tenant::start();
    let mut shell = Shell::with(&tenant);
    shell.builds_nothing();
    shell.set("CARGO_TARGET_DIR", shell.path("built").to_str());
    shell.run(section.only("sh"), root()).succeeded();
    let built = shell.path("built/release").display().to_string();
    let plugins = section.only("yaml").replace("/where/it/is/target/release", &built);
    shell.write("project/Pulumi.yaml", &format!("name: p\nruntime: yaml\n{plugins}{PROGRAM}"));
    let commands = "pulumi stack init dev\npulumi up\n";
    shell.run(commands, &shell.path("project")).succeeded();
    let agents = tenant.requests().into_iter().map(|request| request.user_agent);
    let agents: Vec<String> = agents.collect();
    assert!(!agents.is_empty());
    assert!(agents.iter().all(|agent| agent.starts_with("pulumi-resource-auth0/")), "{agents:?}");
}

fn preview(section: &Section) {
    let tenant = Tenant::start();
    let stack = Stack::yaml(&tenant, PROGRAM);
    stack.up().succeeded();
    let shell = stack.shell();
    let said = shell.run(section.only("sh"), stack.path()).succeeded();
    let last = said.out.lines().last().unwrap_or_default();
    assert!(last.starts_with("pulumi-resource-auth0 3.55.1 (build "), "{}", said.out);

    stack.write_yaml(&PROGRAM.replace("name: App", "name: Another"));
    shell.run(section.only("sh"), stack.path()).failed();
}

fn undo(section: &Section) {
    let shell = Shell::new();
    shell.write("my-project/requirements.txt", "pulumi-auth0==3.54.0\n");
    let folder = shell.path("my-project").display().to_string();
    let uninstall = section.only("sh").replace("../my-project", &folder);
    shell.builds_nothing();
    shell.run(&uninstall.replace("uninstall", "install"), root()).succeeded();
    assert!(shell.cached("3.54.0") == fs::read(tests::plugin()).expect("the plugin"));
    shell.run(&uninstall, root()).succeeded();
    assert!(shell.cached("3.54.0").is_empty());
}
