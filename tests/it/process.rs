//! The plugin as a process, without an engine: what it prints, and how it ends.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulumi_rs_sdk::testing::Client;
use pulumi_rs_sdk::value::{Object, Value};

fn plugin() -> Command {
    Command::new(tests::plugin())
}

#[tokio::test(flavor = "multi_thread")]
async fn its_port_is_all_that_it_prints_and_an_interrupt_ends_it_in_time() {
    let mut command = plugin();
    // As chatty as it can be.
    command.args(["--logtostderr", "-v=9", "--tracing", "nowhere"]).env("RUST_LOG", "trace");
    command.stderr(Stdio::null());
    let engine = Client::spawn(command).await.expect("its first line is its port");
    assert_eq!(engine.plugin_info().await.expect("it answers"), "3.55.1");
    let config = [("domain", "tenant.example.com"), ("apiToken", "t"), ("debug", "true")];
    let config = config.map(|(name, value)| (name.to_owned(), Value::from(value)));
    engine.configure(Object::from(config)).await.expect("it does not ask the tenant");

    let began = Instant::now();
    let (status, printed) = engine.shut_down().await.expect("it can be interrupted");
    assert!(status.success(), "{status}");
    assert_eq!(printed, "");
    assert!(began.elapsed() < Duration::from_secs(5), "the engine kills what takes longer");
}

#[test]
fn its_version_is_that_of_the_sdk_it_stands_in_for_and_names_the_build() {
    let output = plugin().arg("--version").output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("it is text");
    let build = printed.strip_prefix("3.55.1 (build ").and_then(|rest| rest.strip_suffix(")\n"));
    assert!(build.is_some_and(|build| !build.is_empty()), "{printed}");
    assert!(output.status.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_can_attach_to_one_that_was_started_by_hand() {
    let mut child = plugin().stdout(Stdio::piped()).spawn().expect("it starts");
    let mut port = String::new();
    BufReader::new(child.stdout.as_mut().expect("it has one"))
        .read_line(&mut port)
        .expect("a line");
    let engine = Client::attach(&format!("127.0.0.1:{}", port.trim())).await.expect("it is there");
    assert_eq!(engine.plugin_info().await.expect("it answers"), "3.55.1");
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}
