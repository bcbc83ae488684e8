//! What must be built before a test can run, and the engine's home with our plugin in it.
//!
//! `make test` builds all of it. Without make, what is missing is named together with the target that makes it.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The versions of the published SDKs in use, under each of which the engine's plugin cache must hold our plugin.
const SDK_VERSIONS: [&str; 2] = ["v3.55.1", "v3.49.0"];

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace")
}

/// Where Cargo builds: the folder that it has marked, around this very program.
pub fn target() -> &'static Path {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    TARGET.get_or_init(|| {
        let program = env::current_exe().expect("a running program is a file");
        let marked = program.ancestors().skip(1).find(|at| at.join("CACHEDIR.TAG").is_file());
        marked.map_or_else(|| root().join("target"), Path::to_path_buf)
    })
}

/// The plugin: `AUTH0_PLUGIN`, or the thin build.
pub fn plugin() -> PathBuf {
    thin("AUTH0_PLUGIN", "pulumi-resource-auth0")
}

/// The local tenant: `AUTH0_LOCAL_TENANT`, or the thin build.
pub(crate) fn local_tenant() -> PathBuf {
    thin("AUTH0_LOCAL_TENANT", "auth0-local-tenant")
}

/// The Python with Pulumi's SDKs in it: `AUTH0_PYTHON`, or that of `.venv`.
pub fn python() -> PathBuf {
    find("AUTH0_PYTHON", &root().join(".venv/bin/python"), "make venv")
}

/// The command that makes SDKs: `AUTH0_SDK_GEN`, or the thin build.
pub fn sdk_gen() -> PathBuf {
    thin("AUTH0_SDK_GEN", "sdk-gen")
}

/// The plugin of the framework's example: `FILESTORE_PLUGIN`, or the thin build.
pub fn filestore() -> PathBuf {
    thin("FILESTORE_PLUGIN", "pulumi-resource-filestore")
}

/// Node, for programs that find their packages in [`node_modules`].
pub(crate) fn node() -> PathBuf {
    node_modules();
    PathBuf::from("node")
}

/// The packages of the examples in TypeScript.
pub fn node_modules() -> PathBuf {
    there(root().join("examples/node_modules"), "run `make node`")
}

/// Where the SDK lies that `make sdk` makes of the schema for a language.
pub(crate) fn sdk(language: &str) -> PathBuf {
    there(root().join(".sdk").join(language), "run `make sdk`")
}

/// The engine that `tests/engine/select.sh` selects.
pub fn pulumi() -> &'static Path {
    static PULUMI: OnceLock<PathBuf> = OnceLock::new();
    PULUMI.get_or_init(|| {
        let script = root().join("tests/engine/select.sh");
        let selected = Command::new(&script).output().expect("a shell to run select.sh");
        assert!(selected.status.success(), "{}", String::from_utf8_lossy(&selected.stderr));
        let path = PathBuf::from(String::from_utf8_lossy(&selected.stdout).trim());
        assert!(path.exists(), "there is no Pulumi engine yet: run `make engine`");
        path
    })
}

/// A command with the engine on its PATH and nothing of the user's own Pulumi or Auth0 in its environment.
pub(crate) fn command(program: &Path, home: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if ["PULUMI_", "AUTH0_"].iter().any(|own| name.to_string_lossy().starts_with(own)) {
            command.env_remove(name);
        }
    }
    command
        .env("PATH", path())
        .env("PULUMI_HOME", home)
        .env("PULUMI_CONFIG_PASSPHRASE", "test")
        .env("PULUMI_DEBUG_COMMANDS", "true")
        .env("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true")
        .env("PULUMI_IGNORE_AMBIENT_PLUGINS", "true")
        .env("PULUMI_SKIP_UPDATE_CHECK", "true");
    command
}

/// A `PULUMI_HOME` of the tests', into which this process has installed the plugin as a user would.
pub(crate) fn home() -> &'static Path {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = target().join("tmp/pulumi-home");
        for version in SDK_VERSIONS {
            let installed = command(pulumi(), &home)
                .args(["plugin", "install", "resource", "auth0", version, "--reinstall", "--file"])
                .arg(plugin())
                .output()
                .expect("the engine to start");
            assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
        }
        home
    })
}

/// The selected engine's folder first; the built one's last, for language hosts that the selected one lacks.
pub(crate) fn path() -> OsString {
    let selected = pulumi().parent().expect("a file lies in a folder").to_path_buf();
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = [selected].into_iter().chain(env::split_paths(&inherited));
    env::join_paths(folders.chain([root().join(".engine/bin")]))
        .expect("PATH was split at the same colons")
}

fn thin(variable: &str, program: &str) -> PathBuf {
    find(variable, &target().join("thin").join(program), "make thin")
}

fn find(variable: &str, default: &Path, made_by: &str) -> PathBuf {
    let path = env::var_os(variable).map_or_else(|| default.to_owned(), |path| root().join(path));
    there(path, &format!("run `{made_by}`, or set {variable}"))
}

fn there(path: PathBuf, to_do: &str) -> PathBuf {
    assert!(path.exists(), "{} is not there: {to_do}", path.display());
    path
}
