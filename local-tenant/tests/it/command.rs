//! The command `auth0-local-tenant`, by itself and around another command.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn tenant() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auth0-local-tenant"));
    command.env_remove("AUTH0_LOCAL_TENANT_TOKEN");
    command
}

fn run(options: &[&str], script: &str) -> Output {
    tenant().arg("run").args(options).args(["--", "sh", "-c", script]).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_exit_code_of_the_command_is_that_of_run() {
    assert_eq!(run(&[], "exit 7").status.code(), Some(7));
    assert_eq!(run(&[], "true").status.code(), Some(0));
    assert_eq!(run(&[], "kill -9 $$").status.code(), Some(128 + 9));
    let missing = tenant().args(["run", "--", "no-such-command"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(127), "{}", text(&missing.stderr));
}

#[test]
fn the_command_finds_credentials_of_the_tenant_and_none_of_the_parent() {
    let script = "env | grep ^AUTH0_ | sort | sed -e 's/:[0-9]*$/:PORT/' -e '/CLIENT/s/=.*/=.../'";
    let output = tenant()
        .args(["run", "--", "sh", "-c", script])
        .env("AUTH0_DOMAIN", "real.auth0.com")
        .env("AUTH0_API_TOKEN", "real")
        .env("AUTH0_CLI_LOGIN", "true")
        .env("AUTH0_CLIENT_SECRET", "real")
        .env("AUTH0_AUDIENCE", "https://real.auth0.com/api/v2/")
        .output()
        .unwrap();
    insta::assert_snapshot!(text(&output.stdout));
    let said = text(&output.stderr);
    assert!(said.starts_with("listening on http://127.0.0.1:"), "{said}");
}

#[test]
fn the_command_is_told_where_the_log_is_wherever_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let output = tenant()
        .args(["run", "--log", "requests.jsonl", "--", "sh", "-c", "echo $AUTH0_LOCAL_TENANT_LOG"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let told = text(&output.stdout);
    assert!(
        Path::new(told.trim_end()).is_absolute() && Path::new(told.trim_end()).exists(),
        "{told}"
    );
}

#[test]
fn a_signal_is_passed_on_to_the_command() {
    let script = "trap 'echo got it; exit 3' TERM; echo ready; while :; do sleep 0.01; done";
    let mut child = tenant()
        .args(["run", "--", "sh", "-c", script])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "ready");
    terminate(&child);
    assert_eq!(lines.next().unwrap().unwrap(), "got it");
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

fn terminate(child: &Child) {
    let status = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(status.success());
}

#[test]
fn an_address_that_others_reach_is_refused() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:80"] {
        let output = tenant().args(["--listen", listen]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{listen}");
        assert!(text(&output.stderr).contains("loopback only"), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "");
    }
}

#[test]
fn by_itself_it_says_where_it_is_and_leaves_credentials_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (file, log) = (folder.path().join("credentials"), folder.path().join("log"));
    std::fs::write(&file, "old").unwrap();
    let mut child = tenant()
        .arg("--credentials")
        .arg(&file)
        .arg("--log")
        .arg(&log)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let base = said.trim_end().strip_prefix("listening on ").unwrap();
    let credentials = std::fs::read_to_string(&file).unwrap();
    assert!(credentials.starts_with(&format!("export AUTH0_DOMAIN='{base}'\n")), "{credentials}");
    assert_eq!((mode(&file), mode(&log)), (0o600, 0o600));
    terminate(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("for development only") && said.contains("credentials: "), "{said}");
}

fn mode(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_first_lines_say_what_becomes_of_what_the_tenant_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let option = ["--data", file.to_str().unwrap()];
    let by_itself = |options: &[&str]| {
        let mut child =
            tenant().args(options).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // What it says comes before it may be stopped.
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
        terminate(&child);
        text(&child.wait_with_output().unwrap().stderr)
    };
    for said in [text(&run(&[], "true").stderr), by_itself(&[])] {
        assert!(
            said.contains("for development only; all it holds is gone when it stops"),
            "{said}"
        );
    }
    let kept = format!("for development only; what it holds is kept in {}", file.display());
    for said in [text(&run(&option, "true").stderr), by_itself(&option)] {
        assert!(said.contains(&kept) && !said.contains("gone"), "{said}");
    }
}

#[test]
fn a_seed_is_there_when_the_command_starts_and_a_bad_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let seed = |text: &str| {
        let file = folder.path().join("seed.json");
        std::fs::write(&file, text).unwrap();
        run(&["--seed", file.to_str().unwrap()], "true")
    };
    let good = seed(r#"{"resource_servers":[{"identifier":"https://myapi.example.com/"}]}"#);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stderr));
    let mut refusals = String::new();
    for bad in [
        r#"{"clients":[{"name":"a"},{"nmae":"b"}]}"#,
        r#"{"client_grants":[{"client_id":"nobody","audience":"x"}]}"#,
        r#"{"resource_servers":[{"identifier":"x"},{"identifier":"x"}]}"#,
    ] {
        let output = seed(bad);
        assert_eq!(output.status.code(), Some(1));
        refusals += &text(&output.stderr);
    }
    insta::assert_snapshot!(refusals);
}

#[test]
fn a_fault_that_cannot_be_read_is_explained() {
    let output = tenant().args(["--fault", "POST /x"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("METHOD /route => ANSWER"), "{}", text(&output.stderr));
}

#[test]
fn a_limit_that_says_nothing_is_refused() {
    let refused = |arguments: &[&str]| {
        let output = run(arguments, "true");
        assert_ne!(output.status.code(), Some(0), "{arguments:?}");
        text(&output.stderr)
    };
    let said = [
        refused(&["--rate-limit", "5"]),
        refused(&["--foreign-load", "50"]),
        refused(&["--rate-limit", "5/1", "--rate-limit", "10/2"]),
    ];
    insta::assert_snapshot!(said.join("---\n"));
}

#[test]
fn the_help_tells_every_option() {
    let help = |arguments: &[&str]| text(&tenant().args(arguments).output().unwrap().stdout);
    insta::assert_snapshot!("help", help(&["--help"]));
    insta::assert_snapshot!("help_run", help(&["run", "--help"]));
}

#[test]
fn a_token_comes_from_the_environment_or_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "from-file\n").unwrap();
    for (token, arguments) in [("from-environment", vec![]), ("from-file", vec!["--token-file"])] {
        let mut command = tenant();
        if arguments.is_empty() {
            command.env("AUTH0_LOCAL_TENANT_TOKEN", token);
        } else {
            command.args(arguments).arg(&file);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let base = said.trim_end().strip_prefix("listening on ").unwrap();
        let status = |token: &str| {
            let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
            let agent: ureq::Agent = config.build().into();
            let request = agent.get(format!("{base}/api/v2/clients"));
            request.header("authorization", format!("Bearer {token}")).call().unwrap().status()
        };
        assert_eq!((status(token).as_u16(), status("another").as_u16()), (200, 401), "{token}");
        terminate(&child);
        child.wait().unwrap();
    }
}
