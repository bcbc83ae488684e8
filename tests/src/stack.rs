//! A stack in a folder of its own, with a program and a tenant.

use std::{
    fs,
    io::Write,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{Operation, Report, Shell, Tenant, built, go};

/// The project of the stacks that are none of an example.
const PROJECT: &str = "it";

/// The stack `dev` of a project, its backend, and the program that describes it.
#[derive(Debug)]
pub struct Stack {
    folder: TempDir,
    backend: PathBuf,
    project: String,
    program: Program,
    environment: Vec<(String, Option<String>)>,
}

#[derive(Debug)]
enum Program {
    Yaml,
    Python(PathBuf),
    TypeScript(PathBuf),
    Go(PathBuf),
}

impl Stack {
    /// The program of examples/python, exactly as it lies there.
    pub fn seed(tenant: &Tenant) -> Self {
        Self::example(tenant, "python")
    }

    /// The program of a folder of examples/, exactly as it lies there, in the project that it names.
    pub fn example(tenant: &Tenant, name: &str) -> Self {
        Self::of_example(environment(tenant), None, name)
    }

    /// The same on the tenant and in the backend of this stack, whose outputs it can refer to.
    pub fn beside(&self, name: &str) -> Self {
        Self::of_example(self.environment.clone(), Some(&self.backend), name)
    }

    fn of_example(
        environment: Vec<(String, Option<String>)>,
        backend: Option<&Path>,
        name: &str,
    ) -> Self {
        let folder = built::root().join("examples").join(name);
        let settings = fs::read_to_string(folder.join("Pulumi.yaml")).expect("a project to read");
        let project = settings.lines().find_map(|line| line.strip_prefix("name: "));
        let project = project.expect("the project has a name");
        let [python, typescript, go] =
            ["__main__.py", "index.ts", go::PROGRAM].map(|file| folder.join(file));
        if python.exists() {
            Self::open(environment, backend, project, Program::Python(python))
        } else if typescript.exists() {
            Self::open(environment, backend, project, Program::TypeScript(typescript))
        } else if go.exists() {
            Self::open(environment, backend, project, Program::Go(go))
        } else {
            let stack = Self::open(environment, backend, project, Program::Yaml);
            fs::write(stack.path().join("Pulumi.yaml"), settings).expect("to write");
            stack
        }
    }

    /// A program in Pulumi's YAML: its `resources`, `outputs` and so on.
    pub fn yaml(tenant: &Tenant, program: &str) -> Self {
        Self::yaml_in(environment(tenant), program)
    }

    /// The same with these variables, in which its provider finds a tenant of the test's own process.
    pub fn yaml_at(variables: &[(&str, &str)], program: &str) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
        Self::yaml_in(variables.iter().map(owned).collect(), program)
    }

    fn yaml_in(environment: Vec<(String, Option<String>)>, program: &str) -> Self {
        let stack = Self::open(environment, None, PROJECT, Program::Yaml);
        stack.write_yaml(program);
        stack
    }

    /// Resources as JSON (`type`, `name`, `props`), sent to the engine with no SDK in between that would object.
    pub fn unchecked(tenant: &Tenant, resources: &Value) -> Self {
        let source = built::root().join("tests/drivers/unchecked.py");
        let program = Program::Python(PathBuf::new());
        let stack = Self::open(environment(tenant), None, PROJECT, program);
        let program = stack.path().join("unchecked.py");
        fs::copy(source, &program).expect("the driver to be copied");
        fs::write(stack.path().join("resources.json"), resources.to_string()).expect("to write");
        Self { program: Program::Python(program), ..stack }
    }

    /// The project is a YAML one also around a program in another language, since `pulumi import` insists on the
    /// language host of the project, and there is none for these; their drivers do without.
    fn open(
        environment: Vec<(String, Option<String>)>,
        backend: Option<&Path>,
        project: &str,
        program: Program,
    ) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let backend = backend.map_or_else(|| folder.path().join("state"), Path::to_path_buf);
        fs::create_dir_all(&backend).expect("a folder for the backend");
        let stack = Self { folder, backend, project: project.to_owned(), program, environment };
        stack.write_yaml("");
        stack.pulumi(&["stack", "init", "dev", "--non-interactive"]);
        stack
    }

    /// Changes the program as its author would: `old`, which must be in it, becomes `new`.
    #[track_caller]
    pub fn edit(&mut self, old: &str, new: &str) {
        let path = match &self.program {
            Program::Yaml => self.path().join("Pulumi.yaml"),
            Program::Python(path) | Program::TypeScript(path) | Program::Go(path) => path.clone(),
        };
        let source = fs::read_to_string(&path).expect("a program to read");
        assert!(source.contains(old), "the program has no {old:?}:\n{source}");
        let edited = self.path().join(path.file_name().expect("a program is a file"));
        if matches!(self.program, Program::TypeScript(_)) && path != edited {
            let settings = path.with_file_name("tsconfig.json");
            for (there, name) in
                [(settings, "tsconfig.json"), (built::node_modules(), "node_modules")]
            {
                symlink(there, self.path().join(name)).expect("to link");
            }
        }
        fs::write(&edited, source.replace(old, new)).expect("to write");
        if let Program::Python(path) | Program::TypeScript(path) | Program::Go(path) =
            &mut self.program
        {
            *path = edited;
        }
    }

    /// Replaces a YAML program.
    pub fn write_yaml(&self, program: &str) {
        let project = format!("name: {}\nruntime: yaml\n{program}", self.project);
        fs::write(self.path().join("Pulumi.yaml"), project).expect("to write");
    }

    /// Sets a variable for the operations that follow, or with `None` takes it away.
    pub fn set_env(&mut self, name: &str, value: Option<&str>) {
        self.environment.push((name.to_owned(), value.map(str::to_owned)));
    }

    /// Has the engine save the state at the end of an operation alone: after each resource it writes the whole of it, which
    /// grows with the square of their number.
    pub fn skip_checkpoints(&mut self) {
        self.set_env("PULUMI_EXPERIMENTAL", Some("true"));
        self.set_env("PULUMI_SKIP_CHECKPOINTS", Some("true"));
    }

    /// Sets a key of the stack's configuration.
    pub fn set_config(&self, key: &str, value: &str) {
        self.pulumi(&["config", "set", key, value, "--stack", "dev", "--plaintext"]);
    }

    /// Sets a secret of the stack's configuration, as from a file: a value that begins with a dash cannot be an
    /// argument.
    pub fn set_secret(&self, key: &str, value: &str) {
        let mut command = self.command(built::pulumi());
        command.args(["config", "set", "--secret", key, "--stack", "dev"]);
        let mut running = command.stdin(Stdio::piped()).spawn().expect("the engine to start");
        let mut stdin = running.stdin.take().expect("piped above");
        stdin.write_all(value.as_bytes()).expect("it reads");
        drop(stdin);
        assert!(running.wait().expect("it ends").success(), "{key}");
    }

    /// `pulumi preview`.
    pub fn preview(&self) -> Report {
        self.run_program("preview", &[])
    }

    /// `pulumi up`, without the preview before it.
    pub fn up(&self) -> Report {
        self.run_program("up", &["--skip-preview", "--yes"])
    }

    /// `pulumi refresh`.
    pub fn refresh(&self) -> Report {
        self.operate(&["refresh", "--skip-preview", "--yes"])
    }

    /// `pulumi destroy`.
    pub fn destroy(&self) -> Report {
        self.operate(&["destroy", "--skip-preview", "--yes"])
    }

    /// `pulumi import` of one resource, without generated code, since there is no language host to write it.
    pub fn import(&self, token: &str, name: &str, id: &str) -> Report {
        let flags = ["--generate-code=false", "--protect=false", "--skip-preview", "--yes"];
        let mut arguments = vec!["import", token, name, id];
        arguments.extend(flags);
        self.operate(&arguments)
    }

    /// The resources of the stack's state.
    pub fn state(&self) -> Vec<Value> {
        let text = self.pulumi(&["stack", "export", "--stack", "dev", "--show-secrets"]);
        let mut state: Value = serde_json::from_str(&text).expect("the state to be JSON");
        serde_json::from_value(state["deployment"]["resources"].take()).unwrap_or_default()
    }

    /// What the engine has saved of the stack, secrets encrypted: its resources, and the operations that it has begun
    /// and not seen end. Costs no process.
    pub fn saved(&self) -> Value {
        let file = self.backend.join(".pulumi/stacks").join(&self.project).join("dev.json");
        let text = fs::read_to_string(file).expect("a stack that has been saved");
        let mut saved: Value = serde_json::from_str(&text).expect("the state to be JSON");
        saved["checkpoint"]["latest"].take()
    }

    /// The name of the project.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// The folder of the project.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A shell in which this stack is selected, with its tenant; commands belong into its folder.
    pub fn shell(&self) -> Shell {
        let mut shell = Shell::new();
        shell.has_the_plugin();
        for (name, value) in &self.environment {
            shell.set(name, value.as_deref());
        }
        shell.set("PULUMI_BACKEND_URL", Some(&format!("file://{}", self.backend.display())));
        shell.set("PULUMI_STACK", Some("dev"));
        shell
    }

    fn run_program(&self, operation: &str, flags: &[&str]) -> Report {
        let (interpreter, driver, program) = match &self.program {
            Program::Yaml => {
                let arguments: Vec<_> =
                    [operation].into_iter().chain(flags.iter().copied()).collect();
                return self.operate(&arguments);
            }
            Program::Python(program) => (built::python(), Some("run.py"), Some(program)),
            Program::TypeScript(program) => (built::node(), Some("run.js"), Some(program)),
            // The program is a part of it.
            Program::Go(program) => (go::driver(program, self.path()), None, None),
        };
        let mut command = self.command(&interpreter);
        command.args(driver.map(|driver| built::root().join("tests/drivers").join(driver)));
        command.args([operation, &self.project]).args(program);
        let ran = command.output().expect("the driver to start");
        let answer: Value = serde_json::from_slice(&ran.stdout).unwrap_or_else(|error| {
            panic!("the driver failed: {error}\n{}", String::from_utf8_lossy(&ran.stderr))
        });
        let events = answer["events"].as_array().cloned().unwrap_or_default();
        let text = answer["text"].as_str().unwrap_or_default().to_owned();
        Report::read(answer["ok"] == true, &events, text)
    }

    /// An operation of the engine with these arguments: `["up", "--skip-preview", "--yes", "--refresh"]`. The
    /// program, if the operation runs one, has to be in YAML.
    pub fn operate(&self, arguments: &[&str]) -> Report {
        self.start(arguments).wait()
    }

    /// Begins such an operation.
    pub fn start(&self, arguments: &[&str]) -> Operation {
        let mut command = self.command(built::pulumi());
        command.args(arguments).args(["--stack", "dev", "--non-interactive", "--color", "never"]);
        Operation::start(command, self.path())
    }

    /// What a command that must succeed prints.
    #[track_caller]
    pub fn pulumi(&self, arguments: &[&str]) -> String {
        let ran =
            self.command(built::pulumi()).args(arguments).output().expect("the engine to start");
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8_lossy(&ran.stdout).into_owned()
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = built::command(program, built::home());
        let backend = format!("file://{}", self.backend.display());
        command.current_dir(self.path()).env("PULUMI_BACKEND_URL", backend);
        for (name, value) in &self.environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }
}

/// The variables in which a program's provider finds the tenant.
fn environment(tenant: &Tenant) -> Vec<(String, Option<String>)> {
    let found = tenant.environment().iter().cloned();
    found.map(|(name, value)| (name, Some(value))).collect()
}
