//! docs/install.md. `crate::install` has what goes wrong on these ways.

use std::fs;

use tests::{Shell, Tenant, plugin, root};

use super::Run;
use super::page::Section;
use crate::install::served;

pub const RUNS: &[(&str, Run)] = &[
    ("In Pulumi.yaml", project),
    ("For a fleet", fleet),
    ("Into your own Pulumi", own),
    ("From an archive", archive),
    ("From a server", server),
    ("An SDK of this version", sdk),
];

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: App
    options:
      version: 3.55.1
";
const ADDRESS: &str = "https://plugins.example.com/auth0/v3.55.1+rust.1";

fn ours() -> Vec<u8> {
    fs::read(plugin()).expect("the plugin")
}

/// Runs the program in a project with more settings, by this plugin.
fn runs(shell: &Shell, settings: &str, before: &str) {
    shell.write("project/Pulumi.yaml", &format!("name: p\nruntime: yaml\n{settings}{PROGRAM}"));
    let commands = format!("{before}pulumi stack init dev\npulumi preview --debug\n");
    let said = shell.run(&commands, &shell.path("project")).succeeded();
    assert!(said.out.contains("pulumi-resource-auth0 3.55.1 (build "), "{}", said.out);
}

fn project(section: &Section) {
    let tenant = Tenant::start();
    let shell = Shell::with(&tenant);
    fs::create_dir_all(shell.path("project/plugins/auth0")).expect("to write");
    let copy = shell.path("project/plugins/auth0/pulumi-resource-auth0");
    fs::copy(plugin(), copy).expect("to write");
    runs(&shell, section.only("yaml"), "");
}

fn fleet(section: &Section) {
    let tenant = Tenant::start();
    let mut shell = Shell::with(&tenant);
    shell.set("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", None);
    let overrides = section.only("sh").replace(ADDRESS, &served(&shell.path("")));
    let remove = "pulumi plugin rm resource auth0 3.55.1 --yes";
    assert!(section.mentioned().iter().any(|command| command == remove));
    shell.command("other", "#!/bin/sh\necho 3.55.1\n");
    let install = "pulumi plugin install resource auth0 v3.55.1 --file ../bin/other";
    runs(&shell, "", &format!("{install}\n{remove}\n{overrides}"));
    assert!(shell.cached("3.55.1") == ours());
}

fn own(section: &Section) {
    let shell = Shell::new();
    shell.builds_nothing();
    shell.write("my-project/requirements.txt", "pulumi-auth0==3.53.0\n");
    let folder = shell.path("my-project").display().to_string();
    shell.run(&section.only("sh").replace("../my-project", &folder), root()).succeeded();
    for version in ["3.53.0", "3.54.0", "3.55.1"] {
        assert!(shell.cached(version) == ours(), "{version}");
    }
}

/// An archive of the plugin, and its sum.
fn archived(shell: &Shell, name: &str) {
    let folder = plugin().parent().expect("a folder").display().to_string();
    let pack = format!(
        "tar -czf {name} -C {folder} pulumi-resource-auth0\n\
         echo \"$(printf '%064d' 0)  not-downloaded.tar.gz\" >SHA256SUMS\n\
         sha256sum {name} >>SHA256SUMS"
    );
    shell.run(&pack, &shell.path("")).succeeded();
}

fn archive(section: &Section) {
    const NAME: &str = "pulumi-resource-auth0-v3.55.1-linux-amd64.tar.gz";
    let shell = Shell::new();
    archived(&shell, NAME);
    shell.run(section.only("sh"), &shell.path("")).succeeded();
    assert!(shell.cached("3.55.1") == ours());

    let shell = Shell::new();
    archived(&shell, NAME);
    shell.write(NAME, "cut");
    shell.run(section.only("sh"), &shell.path("")).failed();
    assert!(shell.cached("3.55.1").is_empty(), "the sum is looked at first");
}

fn server(section: &Section) {
    let shell = Shell::new();
    let command = section.only("sh").replace(ADDRESS, &served(&shell.path("")));
    let wrong = command.replace("SUM", &"0".repeat(64));
    let said = shell.run(&wrong, &shell.path("")).failed();
    assert!(said.err.contains("invalid checksum"), "{}", said.err);
    // The right sum is refused too, by Pulumi 3.255 over HTTP/1.1, as the page says.
    let unchecked = command.replace(" --checksum SUM", "");
    shell.run(&unchecked, &shell.path("")).succeeded();
    assert!(shell.cached("3.55.1") == ours());
}

fn sdk(section: &Section) {
    let shell = Shell::new();
    shell.write("project/Pulumi.yaml", "name: p\nruntime: yaml\n");
    let folder = plugin().parent().expect("a folder").display().to_string();
    let add = section.only("sh").replace("/where/it/is", &folder);
    let said = shell.run(&add, &shell.path("project")).succeeded();
    let told = format!("{}{}", said.out, said.err).to_lowercase();
    assert!(told.contains("added package auth0") && !told.contains("warning"), "{told}");
    let project = fs::read_to_string(shell.path("project/Pulumi.yaml")).expect("the project");
    assert!(project.contains("auth0"), "{project}");
}
