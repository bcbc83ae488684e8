//! The process: its arguments, the port that it prints, and its end.

use std::future::pending;
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::runtime;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;

use super::fault;
use super::proto::resource_provider_server::ResourceProviderServer;
use super::refusal::Refusal;
use super::service::Service;
use super::session::Session;
use crate::provider::Provider;

/// As much as the engine itself takes; the 4 MB that are usual are too little for a large stack.
const MESSAGE_LIMIT: usize = 400 * 1024 * 1024;
/// How long calls may take to end after a signal; a second later the engine kills.
const FAREWELL: Duration = Duration::from_secs(4);
/// How often to look whether the engine is still there.
const WATCH: Duration = Duration::from_secs(5);
/// How often in a row it has to be gone.
const GONE: u32 = 3;

/// Serves the provider to the engine that started this process, until a signal or the engine's end.
///
/// It is all that the `main` of a plugin has to call. It reads the arguments itself: the last one is the
/// address of the engine, without which the plugin waits for an engine to attach to it; `--version` and
/// `--help` are answered; all others are let pass.
///
/// To stderr go the places of panics, with their texts in debug builds or where `PULUMI_RS_PANICS` is set: the engine shows
/// stderr to the user.
///
/// On Linux all calls run on one thread: while one blocks it, everything else waits, a Cancel too.
///
/// ```no_run
/// # use pulumi_rs_sdk::provider::Provider;
/// # fn demo(provider: impl Provider) -> std::process::ExitCode {
/// pulumi_rs_sdk::server::serve(provider)
/// # }
/// ```
pub fn serve(provider: impl Provider) -> ExitCode {
    let package = provider.package();
    let done = match Arguments::read(std::env::args().skip(1)) {
        // Whoever asks for these is no engine, so that stdout is free.
        Arguments::Version => writeln!(io::stdout(), "{}", package.release()),
        Arguments::Help => writeln!(
            io::stdout(),
            "pulumi-resource-{name} {version}: the {name} provider of Pulumi.\n\nPulumi starts it. Started by \
             hand, it prints its port, and\nPULUMI_DEBUG_PROVIDERS={name}:<port> has Pulumi use it.",
            name = package.name,
            version = package.release(),
        ),
        Arguments::Serve { engine } => run(provider, engine),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "pulumi-resource-{}: {error}", package.name);
            ExitCode::FAILURE
        }
    }
}

fn run(provider: impl Provider, engine: Option<String>) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    announce(&listener)?;
    fault::report_panics();
    let runtime = threads().enable_all().build()?;
    let served = runtime.block_on(plugin(provider, listener, engine));
    // What still runs on a thread of its own, a name lookup for instance, is not waited for.
    runtime.shutdown_background();
    served
}

/// One thread: what there is to do is little, and far apart where a rate limit has to be kept, so that several would for
/// the most part wake each other.
#[cfg(target_os = "linux")]
fn threads() -> runtime::Builder {
    runtime::Builder::new_current_thread()
}

/// Two, since these systems may go online themselves to verify a certificate, and block a thread meanwhile.
#[cfg(not(target_os = "linux"))]
fn threads() -> runtime::Builder {
    let mut builder = runtime::Builder::new_multi_thread();
    builder.worker_threads(2);
    builder
}

/// Prints the port: the engine reads the first line of stdout, and waits for it without end.
fn announce(listener: &TcpListener) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", listener.local_addr()?.port())?;
    stdout.flush()
}

async fn plugin(
    provider: impl Provider,
    listener: TcpListener,
    engine: Option<String>,
) -> io::Result<()> {
    let session = Session::new(provider);
    if let Some(address) = &engine {
        session.engine.attach(address).await;
    }
    let end = async {
        tokio::select! {
            () = signalled() => {}
            () = gone(engine) => tracing::warn!("the engine is gone: the plugin ends"),
        }
    };
    serve_until(end, session, listener, FAREWELL).await
}

/// Serves until `end`; then cancels, and lets calls come to their end for as long as `farewell`.
async fn serve_until<P: Provider>(
    end: impl Future<Output = ()>,
    session: Arc<Session<P>>,
    listener: TcpListener,
    farewell: Duration,
) -> io::Result<()> {
    let stop = CancellationToken::new();
    let mut server = tokio::spawn(host(session.clone(), listener, stop.clone()));
    tokio::select! {
        () = end => {}
        // It ends by itself only where the socket fails.
        served = &mut server => return served.map_err(io::Error::other)?,
    }
    session.ending.cancel();
    stop.cancel();
    let last_calls = async {
        session.writes.end().await;
        let _ = server.await;
        session.engine.flush(farewell).await;
    };
    let _ = tokio::time::timeout(farewell, last_calls).await;
    Ok(())
}

/// Serves on the socket until `stop`, and then until the calls under way have ended.
pub async fn host<P: Provider>(
    session: Arc<Session<P>>,
    listener: TcpListener,
    stop: CancellationToken,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let service =
        ResourceProviderServer::new(Service(session)).max_decoding_message_size(MESSAGE_LIMIT);
    Server::builder()
        .add_service(Refusal(service))
        .serve_with_incoming_shutdown(
            TcpIncoming::from(listener).with_nodelay(Some(true)),
            stop.cancelled_owned(),
        )
        .await
        .map_err(io::Error::other)
}

#[cfg(unix)]
async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    match (interrupt, terminate) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        // The default action of the signals ends the process.
        _ => pending().await,
    }
}

#[cfg(not(unix))]
async fn signalled() {
    if tokio::signal::ctrl_c().await.is_err() {
        pending().await
    }
}

/// Waits until the engine does not answer any more: an engine that is killed sends no signal.
async fn gone(engine: Option<String>) {
    let Some(address) = engine else { return pending().await };
    let mut missed = 0;
    while missed < GONE {
        tokio::time::sleep(WATCH).await;
        let reached = tokio::time::timeout(WATCH, TcpStream::connect(&address)).await;
        match reached {
            Ok(Ok(_)) => missed = 0,
            _ => missed += 1,
        }
    }
}

/// What the process was started with.
#[derive(Debug, PartialEq, Eq)]
enum Arguments {
    Serve { engine: Option<String> },
    Version,
    Help,
}

impl Arguments {
    fn read(arguments: impl Iterator<Item = String>) -> Self {
        let mut engine = None;
        let mut value_of_flag = false;
        for argument in arguments {
            match argument.as_str() {
                "--version" | "-version" | "version" => return Arguments::Version,
                "--help" | "-help" | "-h" => return Arguments::Help,
                // The only flag of the engine whose value is an argument of its own.
                "--tracing" | "-tracing" => value_of_flag = true,
                _ if std::mem::take(&mut value_of_flag) => {}
                _ if is_address(&argument) => engine = Some(argument),
                _ => {}
            }
        }
        Arguments::Serve { engine }
    }
}

fn is_address(argument: &str) -> bool {
    let parts = argument.rsplit_once(':');
    !argument.starts_with('-')
        && parts.is_some_and(|(host, port)| !host.contains('/') && port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;
    use crate::server::demo::{Demo, SOON, configure, create};
    use crate::server::testing::Client;

    /// A provider in its process, as far as that can be had within a test.
    struct Process {
        demo: Demo,
        client: Client,
        end: oneshot::Sender<()>,
        ended: tokio::task::JoinHandle<io::Result<()>>,
    }

    async fn process(farewell: Duration) -> Process {
        let demo = Demo::default();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (end, ending) = oneshot::channel();
        let end_of_process = async { ending.await.unwrap() };
        let session = Session::new(demo.clone());
        let ended = tokio::spawn(serve_until(end_of_process, session, listener, farewell));
        let client = Client::attach(&address).await.unwrap();
        configure(&demo, &client).await;
        Process { demo, client, end, ended }
    }

    #[tokio::test]
    async fn a_write_under_way_is_answered_before_the_end() {
        let Process { demo, client, end, mut ended } = process(SOON).await;
        let (created, ()) = tokio::join!(client.create(create([("act", "wait".into())])), async {
            demo.hanging.notified().await;
            end.send(()).unwrap();
            let early = tokio::time::timeout(Duration::from_millis(50), &mut ended).await;
            assert!(early.is_err(), "a write is under way");
            demo.go_on.notify_one();
        });
        assert_eq!(created.unwrap().id, "box-1");
        tokio::time::timeout(SOON, ended).await.unwrap().unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_write_that_nobody_waits_for_any_more_comes_to_its_end_too() {
        let Process { demo, client, end, mut ended } = process(SOON * 10).await;
        tokio::select! {
            _ = client.create(create([("act", "wait".into())])) => panic!("it waits"),
            () = demo.hanging.notified() => {}
        }
        drop(client);
        end.send(()).unwrap();
        let early = tokio::time::timeout(Duration::from_millis(50), &mut ended).await;
        assert!(early.is_err(), "a write is under way");
        demo.go_on.notify_one();
        tokio::time::timeout(SOON, ended).await.unwrap().unwrap().unwrap();
    }

    #[tokio::test]
    async fn waits_end_with_the_process() {
        let Process { demo, client, end, ended } = process(SOON * 10).await;
        let (created, ()) = tokio::join!(client.create(create([("act", "hang".into())])), async {
            demo.hanging.notified().await;
            end.send(()).unwrap();
            tokio::time::timeout(SOON, ended).await.unwrap().unwrap().unwrap();
        });
        assert_eq!(created.unwrap_err().to_string(), "Cancelled: the box was not touched");
    }

    #[tokio::test]
    async fn a_write_that_does_not_end_does_not_keep_the_process() {
        let Process { demo, client, end, ended } = process(Duration::from_millis(50)).await;
        tokio::select! {
            _ = client.create(create([("act", "hang for ever".into())])) => panic!("it hangs"),
            () = async {
                demo.hanging.notified().await;
                end.send(()).unwrap();
                tokio::time::timeout(SOON, ended).await.unwrap().unwrap().unwrap();
            } => {}
        }
    }

    #[tokio::test]
    async fn an_idle_process_ends_at_once_although_the_engine_is_connected() {
        let Process { end, ended, client: _client, .. } = process(SOON * 10).await;
        end.send(()).unwrap();
        tokio::time::timeout(SOON, ended).await.unwrap().unwrap().unwrap();
    }

    #[test]
    fn the_engine_is_the_last_argument_that_is_an_address() {
        struct Case {
            arguments: &'static [&'static str],
            engine: Option<&'static str>,
        }
        let cases = [
            Case { arguments: &[], engine: None },
            Case { arguments: &["127.0.0.1:4321"], engine: Some("127.0.0.1:4321") },
            Case { arguments: &["--logtostderr", "-v=9"], engine: None },
            Case {
                arguments: &["--logtostderr", "-v=9", "--tracing", "localhost:1", "127.0.0.1:4321"],
                engine: Some("127.0.0.1:4321"),
            },
            Case { arguments: &["--tracing", "127.0.0.1:1"], engine: None },
            Case { arguments: &["--flag", "word", "[::1]:4321"], engine: Some("[::1]:4321") },
            Case { arguments: &["http://127.0.0.1:1"], engine: None },
            Case { arguments: &["127.0.0.1:66666"], engine: None },
        ];
        for case in cases {
            let read = Arguments::read(case.arguments.iter().map(|&text| text.to_owned()));
            let engine = case.engine.map(str::to_owned);
            assert_eq!(read, Arguments::Serve { engine }, "{:?}", case.arguments);
        }
    }

    #[test]
    fn version_and_help_are_answered() {
        let read = |text: &str| Arguments::read([text.to_owned()].into_iter());
        assert_eq!(read("--version"), Arguments::Version);
        assert_eq!(read("--help"), Arguments::Help);
    }
}
