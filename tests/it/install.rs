//! The ways in which a user's Pulumi gets this plugin, under the real command line with a home of its own.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, thread};

use tempfile::TempDir;
use tests::{Report, Stack, Tenant, pulumi, python, root};

const PROGRAM: &str = "resources:
  app:
    type: auth0:Client
    properties:
      name: app
    options:
      version: 3.55.1
";

/// A user: a home of Pulumi, a stack, and a tenant.
struct User {
    tenant: Tenant,
    stack: Stack,
    folder: TempDir,
}

impl User {
    fn new() -> Self {
        let tenant = Tenant::start();
        let folder = TempDir::new().expect("a temporary folder");
        let mut stack = Stack::yaml(&tenant, PROGRAM);
        let home = folder.path().join("home");
        stack.set_env("PULUMI_HOME", home.to_str());
        Self { tenant, stack, folder }
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("home/plugins")
    }

    /// What the engine would start as 3.55.1.
    fn cached(&self) -> Vec<u8> {
        let path = self.cache().join("resource-auth0-v3.55.1/pulumi-resource-auth0");
        fs::read(path).unwrap_or_default()
    }

    /// Another plugin, which is in the cache as 3.55.1 from now on.
    fn has_another(&self) -> PathBuf {
        let other = self.folder.path().join("other");
        fs::write(&other, "#!/bin/sh\necho 3.55.1\n").expect("to write");
        fs::set_permissions(&other, fs::Permissions::from_mode(0o755)).expect("to be its owner");
        self.plugin_install("v3.55.1", &["--file", text(&other)]);
        other
    }

    fn plugin_install(&self, version: &str, arguments: &[&str]) {
        let command = ["plugin", "install", "resource", "auth0", version];
        self.stack.pulumi(&[&command[..], arguments].concat());
    }

    /// `make install` and `make uninstall`, but for the build.
    fn script(&self, arguments: &[&str]) -> Output {
        self.script_with(arguments, |_| {})
    }

    fn script_with(&self, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Output {
        let mut command = Command::new(python());
        command
            .arg(root().join("release/install.py"))
            .args(arguments)
            .env("PULUMI_HOME", self.folder.path().join("home"))
            .env("PULUMI_SKIP_UPDATE_CHECK", "true")
            .env("PATH", path_with(pulumi().parent().expect("a file lies in a folder")));
        change(&mut command);
        command.output().expect("Python to start")
    }

    /// Runs the program, which must be by this plugin.
    #[track_caller]
    fn runs_ours(&self) -> Report {
        let (up, requests) = self.tenant.during(|| self.stack.up().succeeded());
        assert!(!requests.is_empty());
        for request in requests {
            let agent = request.user_agent;
            assert!(agent.starts_with("pulumi-resource-auth0/3.55.1 (build "), "{agent}");
        }
        up
    }
}

fn ours() -> Vec<u8> {
    fs::read(tests::plugin()).expect("the plugin")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of ASCII")
}

fn path_with(folder: &Path) -> OsString {
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&inherited)))
        .expect("PATH was split at the same colons")
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The plugin as an archive, served for any path on loopback; its address.
pub fn served(folder: &Path) -> String {
    let archive = folder.join("plugin.tar.gz");
    let plugin = tests::plugin();
    let packed = Command::new("tar")
        .arg("-czf")
        .args([archive.as_path(), Path::new("-C"), plugin.parent().expect("a folder")])
        .arg("pulumi-resource-auth0")
        .status();
    assert!(packed.expect("tar to start").success());
    let body = fs::read(archive).expect("the archive");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(stream.try_clone().expect("a socket")).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            let length = body.len();
            let head =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
            // Failing means that the engine has gone, which the test sees by itself.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
        }
    });
    format!("http://{address}")
}

#[test]
fn install_takes_the_place_of_another_plugin_of_the_version_and_uninstall_gives_it_up() {
    let user = User::new();
    let other = fs::read(user.has_another()).expect("it was written");
    user.plugin_install("v3.55.1", &["--file", text(&tests::plugin())]);
    assert!(user.cached() == other, "without --reinstall, Pulumi keeps what it has");

    let installed = user.script(&["install", text(&tests::plugin())]);
    assert!(installed.status.success(), "{}", said(&installed));
    assert!(said(&installed).contains("v3.55.1: pulumi-resource-auth0 3.55.1 (build "));
    assert!(user.cached() == ours());
    user.runs_ours();

    let removed = user.script(&["uninstall"]);
    assert!(removed.status.success(), "{}", said(&removed));
    assert!(said(&removed).contains("downloads the published plugin"), "{}", said(&removed));
    assert!(user.cached().is_empty());
}

#[test]
fn each_version_that_a_project_uses_is_found() {
    struct Case {
        file: &'static str,
        text: &'static str,
        found: &'static str,
    }
    let cases = [
        Case {
            file: "requirements.txt",
            text: "pulumi>=3\npulumi_auth0==3.54.0 ; x\n",
            found: "3.54.0",
        },
        Case { file: "requirements.txt", text: "pulumi-auth0>=3,<4\n", found: "" },
        Case { file: "requirements.txt", text: "pulumi-auth0-other==3.1.0\n", found: "" },
        Case {
            file: "poetry.lock",
            text: "[[package]]\nname = \"pulumi-auth0\"\nversion = \"3.53.0\"\n",
            found: "3.53.0",
        },
        Case {
            file: ".venv/lib/python3.11/site-packages/pulumi_auth0-3.55.1.dist-info/METADATA",
            text: "",
            found: "3.55.1",
        },
        Case {
            file: "package.json",
            text: r#"{"dependencies":{"@pulumi/auth0":"^3.0.0"}}"#,
            found: "",
        },
        Case {
            file: "package.json",
            text: r#"{"dependencies":{"@pulumi/auth0":"3.52.0"}}"#,
            found: "3.52.0",
        },
        Case {
            file: "package-lock.json",
            text: r#"{"packages":{"node_modules/@pulumi/auth0":{"version":"3.51.0"}}}"#,
            found: "3.51.0",
        },
        Case {
            file: "node_modules/@pulumi/auth0/package.json",
            text: r#"{"version":"3.50.0"}"#,
            found: "3.50.0",
        },
        Case {
            file: "go.mod",
            text: "module m\nrequire (\n\tgithub.com/pulumi/pulumi-auth0/sdk/v3 v3.49.0 // x\n)\n",
            found: "3.49.0",
        },
        Case {
            file: "Pulumi.yaml",
            text: "runtime: yaml\npackages:\n  auth0: 3.48.0\n",
            found: "3.48.0",
        },
    ];
    let user = User::new();
    for Case { file, text: content, found } in cases {
        let project = TempDir::new().expect("a temporary folder");
        let path = project.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("to write");
        fs::write(path, content).expect("to write");
        let output = user.script(&["versions", "--project", text(project.path())]);
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), found, "{file}: {content}");
        assert_eq!(output.status.success(), !found.is_empty(), "{}", said(&output));
    }
}

#[test]
fn the_virtual_environment_that_pulumi_yaml_names_counts_and_no_other() {
    struct Case {
        yaml: &'static str,
        found: &'static str,
    }
    let cases = [
        Case {
            yaml: "runtime:\n  name: python\n  options:\n    virtualenv: ../named # here\n",
            found: "3.54.0",
        },
        Case {
            yaml: "runtime: {name: python, options: {virtualenv: \"../named\"}}\n",
            found: "3.54.0",
        },
        Case { yaml: "runtime:\n  options:\n    'virtualenv': '../named'\n", found: "3.54.0" },
        Case { yaml: "runtime: python\n# virtualenv: ../named\n", found: "3.50.0" },
        Case { yaml: "runtime: {options: {virtualenv: ../not-there}}\n", found: "" },
    ];
    let user = User::new();
    let folder = TempDir::new().expect("a temporary folder");
    let project = folder.path().join("project");
    for (environment, version) in [("named", "3.54.0"), ("project/.venv", "3.50.0")] {
        let info = format!("lib/python3.11/site-packages/pulumi_auth0-{version}.dist-info");
        fs::create_dir_all(folder.path().join(environment).join(info)).expect("to write");
    }
    for Case { yaml, found } in cases {
        fs::write(project.join("Pulumi.yaml"), yaml).expect("to write");
        let output = user.script(&["versions", "--project", text(&project)]);
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), found, "{yaml}");
    }
}

#[test]
fn install_serves_every_version_of_the_project() {
    let user = User::new();
    let project = TempDir::new().expect("a temporary folder");
    fs::write(project.path().join("requirements.txt"), "pulumi-auth0==3.54.0\n").expect("to write");
    let go = "require github.com/pulumi/pulumi-auth0/sdk/v3 v3.55.1\n";
    fs::write(project.path().join("go.mod"), go).expect("to write");
    let installed =
        user.script(&["install", "--project", text(project.path()), text(&tests::plugin())]);
    assert!(installed.status.success(), "{}", said(&installed));
    for version in ["3.54.0", "3.55.1"] {
        let path = user.cache().join(format!("resource-auth0-v{version}/pulumi-resource-auth0"));
        assert!(fs::read(path).expect(version) == ours(), "{version}");
    }
}

#[test]
fn what_cannot_be_installed_is_told_and_the_cache_is_left_as_it_was() {
    let user = User::new();
    let other = user.has_another();
    let before = user.cached();
    let plugin = tests::plugin();
    let empty = TempDir::new().expect("a temporary folder");
    struct Case<'a> {
        arguments: Vec<&'a str>,
        environment: &'a [(&'a str, &'a str)],
        says: &'a str,
    }
    let inside_a_file = format!("{}/home", other.display());
    let plain = |says, arguments| Case { arguments, environment: &[], says };
    let cases = [
        plain("PROJECT=/not/there is not a folder", vec!["--project", "/not/there", text(&plugin)]),
        plain("names no exact version", vec!["--project", text(empty.path()), text(&plugin)]),
        plain("VERSION=^3 is not the version", vec!["--version", "^3", text(&plugin)]),
        plain("its --version names no build", vec![text(&other)]),
        plain("/not/there is not there", vec!["/not/there"]),
        Case {
            arguments: vec![text(&plugin)],
            environment: &[("PATH", "/not/there")],
            says: "there is no `pulumi` on your PATH",
        },
        Case {
            arguments: vec![text(&plugin)],
            environment: &[("PULUMI_HOME", &inside_a_file)],
            says: "cannot be written (Not a directory)",
        },
    ];
    for Case { arguments, environment, says } in cases {
        let arguments: Vec<_> = ["install"].into_iter().chain(arguments).collect();
        let refused = user.script_with(&arguments, |command| {
            command.envs(environment.iter().copied());
        });
        assert!(!refused.status.success(), "{arguments:?}");
        assert!(said(&refused).starts_with("error: "), "{}", said(&refused));
        assert!(said(&refused).contains(says), "{arguments:?}: {}", said(&refused));
        assert!(user.cached() == before, "{arguments:?}");
    }
}

#[test]
fn install_does_not_believe_a_pulumi_that_keeps_the_other_plugin() {
    let user = User::new();
    user.has_another();
    let bin = user.folder.path().join("bin");
    fs::create_dir(&bin).expect("to write");
    let keeps = bin.join("pulumi");
    fs::write(&keeps, "#!/bin/sh\nexit 0\n").expect("to write");
    fs::set_permissions(&keeps, fs::Permissions::from_mode(0o755)).expect("to be its owner");
    let refused = user.script_with(&["install", text(&tests::plugin())], |command| {
        command.env("PATH", path_with(&bin));
    });
    assert!(!refused.status.success());
    let said = said(&refused);
    assert!(said.contains("is another plugin than"), "{said}");
}

#[test]
fn install_tells_of_a_cached_build_that_the_engine_would_take_instead() {
    let user = User::new();
    let other = user.has_another();
    user.plugin_install("v3.55.1+other.1", &["--exact", "--file", text(&other)]);
    let refused = user.script(&["install", text(&tests::plugin())]);
    assert!(!refused.status.success());
    let said = said(&refused);
    assert!(said.contains("would take resource-auth0-v3.55.1+other.1 instead"), "{said}");
}

#[test]
fn a_folder_that_pulumi_yaml_names_goes_before_the_cache_and_needs_no_version() {
    let user = User::new();
    user.has_another();
    let plugin = tests::plugin();
    let folder = text(plugin.parent().expect("a folder"));
    let plugins = format!("plugins:\n  providers:\n    - name: auth0\n      path: {folder}\n");
    user.stack.write_yaml(&format!("{plugins}{PROGRAM}"));
    user.runs_ours();
}

#[test]
fn a_plugin_on_the_path_goes_before_the_cache_with_a_warning() {
    let mut user = User::new();
    user.has_another();
    let bin = user.folder.path().join("bin");
    fs::create_dir(&bin).expect("to write");
    fs::copy(tests::plugin(), bin.join("pulumi-resource-auth0")).expect("to write");
    let path = env::join_paths(
        [bin, pulumi().parent().expect("a folder").to_owned(), root().join(".engine/bin")]
            .into_iter()
            .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
    );
    user.stack.set_env("PATH", path.expect("no colons").to_str());
    user.stack.set_env("PULUMI_IGNORE_AMBIENT_PLUGINS", None);
    let up = user.runs_ours();
    assert!(up.text.contains("using pulumi-resource-auth0 from $PATH"), "{}", up.text);
}

#[test]
fn a_fleet_that_overrides_the_address_of_downloads_gets_this_plugin() {
    let mut user = User::new();
    let address = served(user.folder.path());
    let overrides = format!("^github://api.github.com/pulumi/pulumi-auth0={address}");
    user.stack.set_env("PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES", Some(&overrides));
    user.stack.set_env("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", None);
    user.runs_ours();
    assert!(user.cached() == ours());
}

#[test]
fn a_wrong_checksum_stops_a_download_but_not_a_file() {
    let user = User::new();
    let address = served(user.folder.path());
    let wrong = "0".repeat(64);
    // The right one is not tried: over HTTP/1.1, Pulumi 3.255 leaves the last piece out of its sum.
    let refused = Command::new(pulumi())
        .args(["plugin", "install", "resource", "auth0", "v3.55.1", "--server", &address])
        .args(["--checksum", &wrong])
        .env("PULUMI_HOME", user.folder.path().join("home"))
        .env("PULUMI_SKIP_UPDATE_CHECK", "true")
        .output()
        .expect("the engine to start");
    assert!(!refused.status.success());
    assert!(said(&refused).contains("invalid checksum"), "{}", said(&refused));
    assert!(user.cached().is_empty());

    user.plugin_install("v3.55.1", &["--server", &address]);
    assert!(user.cached() == ours());

    // docs/install.md warns of it; once Pulumi looks at files too, it need not.
    let other = user.folder.path().join("other");
    fs::write(&other, "another").expect("to write");
    fs::set_permissions(&other, fs::Permissions::from_mode(0o755)).expect("to be its owner");
    let ignored = ["--file", text(&other), "--reinstall", "--checksum", &wrong];
    user.plugin_install("v3.55.1", &ignored);
    assert!(user.cached() == b"another");
}

#[test]
fn a_message_for_debugging_names_the_build_that_runs() {
    let user = User::new();
    let installed = user.script(&["install", text(&tests::plugin())]);
    assert!(installed.status.success(), "{}", said(&installed));
    let line = "pulumi-resource-auth0 3.55.1 (build ";
    let preview = |flags: &[&str]| user.stack.operate(&[&["preview"], flags].concat()).succeeded();
    assert!(!preview(&[]).text.contains(line));
    let debugged = preview(&["--debug"]).text;
    assert!(debugged.contains(line), "{debugged}");
}
