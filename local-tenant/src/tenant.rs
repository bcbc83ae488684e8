//! A tenant in this process: started, asked about, and stopped when dropped.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use std::{fmt, io};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use serde_json::Value;
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

use crate::assertion::Taken;
use crate::authorization::IssuedTokens;
use crate::connection;
use crate::data::DataFile;
use crate::document::document;
use crate::fault::{FaultId, FaultRule, Faults};
use crate::http;
use crate::ids;
use crate::keys;
use crate::log::{Entry, RequestLog};
use crate::operations;
use crate::rate_limit::{RateLimit, RateLimits};
use crate::seed::{self, Seed, SeedError};
use crate::store::{Collection, Place, Store, text};
use crate::system_api;
use crate::tls::{Tls, TlsError};

/// How a tenant is started.
#[derive(Clone)]
pub struct Options {
    /// Where it listens: a loopback address, port 0 for any that is free.
    pub listen: SocketAddr,
    /// The token that may do everything; one is made where none is given.
    pub token: Option<String>,
    /// What it holds from the start; not applied where the data file is there already.
    pub seed: Seed,
    /// A file in which it keeps what it holds from one start to the next.
    pub data: Option<PathBuf>,
    /// How long every answer waits.
    pub latency: Duration,
    /// A file to which every request is appended as a line of JSON.
    pub log: Option<PathBuf>,
    /// Answers that are not true.
    pub faults: Vec<FaultRule>,
    /// What faults of chance depend on where they have no seed of their own.
    pub fault_seed: u64,
    /// Limits of requests; none is refused where there are none.
    pub rate_limits: Vec<RateLimit>,
    /// Another client of the tenant, that takes this many percent of what each bucket is filled with.
    pub foreign_load: u32,
    /// Whether it speaks HTTPS, with a certificate of an authority made at start.
    pub tls: bool,
    /// Names of hosts that its certificate is for beside those of loopback: a proxy may lead from there to here.
    pub tls_names: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            token: None,
            seed: Seed::default(),
            data: None,
            latency: Duration::ZERO,
            log: None,
            faults: Vec::new(),
            fault_seed: 0,
            rate_limits: Vec::new(),
            foreign_load: 0,
            tls: false,
            tls_names: Vec::new(),
        }
    }
}

/// Why a tenant did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is not of this machine alone.
    #[error(
        "{0} is not a loopback address: the tenant is for development and listens on loopback only"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The log cannot be written.
    #[error("cannot write the log {}: {}", .0.display(), .1)]
    Log(PathBuf, io::Error),
    /// The data file cannot be read or written, or is not one.
    #[error("cannot use the data file {}: {}", .0.display(), .1)]
    Data(PathBuf, io::Error),
    /// The seed holds what the API would refuse.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// No certificate can be made.
    #[error("cannot make a certificate: {0}")]
    Tls(#[from] TlsError),
    /// The machine gives no thread or event loop.
    #[error("cannot start the server: {0}")]
    Server(io::Error),
}

/// The tenant as every request sees it.
pub type Shared = Arc<Tenant>;

/// A tenant: what it holds, its key and its log.
pub struct Tenant {
    base: String,
    token: String,
    store: Mutex<Store>,
    data: Option<DataFile>,
    first_client: String,
    issued_tokens: IssuedTokens,
    taken_assertions: Taken,
    log: RequestLog,
    faults: Faults,
    rate_limits: RateLimits,
    foreign_load: u32,
    latency: Duration,
}

impl Tenant {
    /// Starts a tenant on a thread of its own, so that it serves blocking and async callers alike.
    ///
    /// # Errors
    /// Where the address is not loopback or taken, the log cannot be written, or the seed is refused.
    pub fn start(options: Options) -> Result<Running, StartError> {
        let listen = options.listen;
        if !listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(listen));
        }
        let at = |error| StartError::Listen(listen, error);
        let listener = TcpListener::bind(listen).map_err(at)?;
        listener.set_nonblocking(true).map_err(at)?;
        let tls = match options.tls {
            true => Some(Tls::new(listen.ip(), &options.tls_names)?),
            false => None,
        };
        let scheme = if options.tls { "https" } else { "http" };
        let base = format!("{scheme}://{}", listener.local_addr().map_err(at)?);
        let log = RequestLog::new(options.log.as_deref())
            .map_err(|error| StartError::Log(options.log.clone().unwrap_or_default(), error))?;
        let mut store = Store::new(base.clone());
        let data = options.data.map(DataFile::new);
        let unusable = |error| {
            let path = data.as_ref().map(|data| data.path().to_owned());
            StartError::Data(path.unwrap_or_default(), error)
        };
        let kept = data.as_ref().map(|data| data.load(&mut store)).transpose().map_err(unusable)?;
        let client_id = match kept.flatten() {
            Some(client_id) => client_id,
            None => {
                let client_id = furnish(&mut store);
                seed::apply(&mut store, &options.seed)?;
                client_id
            }
        };
        if let Some(data) = &data {
            data.save(&store, &client_id).map_err(unusable)?;
        }
        let first = store.clients().get(&client_id);
        let secret = first.and_then(|client| text(client, "client_secret"));
        let client_secret = secret.unwrap_or_default().to_owned();
        let tenant = Arc::new(Self {
            base,
            token: options.token.unwrap_or_else(ids::opaque_token),
            store: Mutex::new(store),
            data,
            first_client: client_id.clone(),
            issued_tokens: IssuedTokens::default(),
            taken_assertions: Taken::default(),
            log,
            faults: Faults::new(options.faults, options.fault_seed),
            rate_limits: RateLimits::new(options.rate_limits),
            foreign_load: options.foreign_load,
            latency: options.latency,
        });
        let (stop, stopped) = oneshot::channel();
        let (authority, acceptor) = tls.map(|tls| (tls.authority, tls.acceptor)).unzip();
        let router = http::router(tenant.clone());
        let thread = serve(tenant.clone(), router.clone(), listener, acceptor, stopped)
            .map_err(StartError::Server)?;
        let (stop, thread) = (Some(stop), Some(thread));
        Ok(Running { tenant, router, client_id, client_secret, authority, stop, thread })
    }

    /// The token that may do everything.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// The issuer of the tenant's tokens, with a trailing slash.
    pub(crate) fn issuer(&self) -> String {
        format!("{}/", self.base)
    }

    /// The URL of one of the tenant's routes.
    pub(crate) fn url(&self, route: &str) -> String {
        format!("{}{route}", self.base)
    }

    /// The identifier of the tenant's Management API.
    pub(crate) fn management_audience(&self) -> String {
        self.with_store(|store| store.management_audience())
    }

    /// Looks at or changes what the tenant holds, alone.
    pub(crate) fn with_store<T>(&self, look: impl FnOnce(&mut Store) -> T) -> T {
        look(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps what the tenant holds, where it has a data file.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(crate) fn keep(&self, store: &Store) -> io::Result<()> {
        self.data.as_ref().map_or(Ok(()), |data| data.save(store, &self.first_client))
    }

    pub(crate) fn issued_tokens(&self) -> &IssuedTokens {
        &self.issued_tokens
    }

    pub(crate) fn taken_assertions(&self) -> &Taken {
        &self.taken_assertions
    }

    pub(crate) fn log(&self) -> &RequestLog {
        &self.log
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.faults
    }

    pub(crate) fn rate_limits(&self) -> &RateLimits {
        &self.rate_limits
    }

    pub(crate) fn latency(&self) -> Duration {
        self.latency
    }
}

/// Gives a tenant what every tenant has: the Management API and a client that may use all of it, whose id
/// is returned.
fn furnish(store: &mut Store) -> String {
    let api = system_api::management(&store.management_audience());
    let id = text(&api, "id").unwrap_or_default().to_owned();
    store.shelf_mut(["resource-servers"]).insert(id, api);
    let (client_id, _) = seed::first_client(store, &document().scopes);
    client_id
}

fn serve(
    tenant: Shared,
    router: Router,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    stopped: oneshot::Receiver<()>,
) -> io::Result<JoinHandle<()>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    // Making a key takes a moment; the first who needs it waits for what is left of that.
    std::thread::Builder::new().name("signing-key".to_owned()).spawn(keys::signing_key)?;
    std::thread::Builder::new().name("local-tenant".to_owned()).spawn(move || {
        runtime.block_on(async {
            let foreign = tenant.clone();
            if foreign.foreign_load > 0 {
                tokio::spawn(async move { foreign.rate_limits.load(foreign.foreign_load).await });
            }
            tokio::select! {
                () = connection::accept(listener, tls, router) => {}
                _ = stopped => {}
            }
        });
        // A request that hangs by a fault must not keep the tenant from stopping.
        runtime.shutdown_background();
    })
}

/// A tenant that runs until this is dropped.
pub struct Running {
    tenant: Shared,
    router: Router,
    client_id: String,
    client_secret: String,
    authority: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// `http://127.0.0.1:PORT`, or `https://`.
    pub fn base_url(&self) -> &str {
        &self.tenant.base
    }

    /// What `AUTH0_DOMAIN` is set to: the base URL, or `127.0.0.1:PORT` where it is https, as a domain of
    /// Auth0 is.
    pub fn domain(&self) -> &str {
        self.tenant.base.strip_prefix("https://").unwrap_or(&self.tenant.base)
    }

    /// The certificate, in PEM, of the authority that clients have to trust; none without TLS.
    pub fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The id of the client that may use all of the Management API.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The secret of the client that may use all of the Management API.
    pub fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// A Management API token that may do everything.
    pub fn token(&self) -> &str {
        &self.tenant.token
    }

    /// The requests so far, oldest first, without secrets.
    pub fn requests(&self) -> Vec<Entry> {
        self.tenant.log.entries()
    }

    /// Forgets the requests so far; a log file keeps them.
    pub fn clear_requests(&self) {
        self.tenant.log.clear();
    }

    /// Answers a request in the task of the caller, without the network between: by the caller's clock, which may be
    /// one of a test.
    ///
    /// # Errors
    /// A fault breaks the connection before the answer is whole.
    pub async fn answer(&self, request: Request<Vec<u8>>) -> io::Result<Response<Vec<u8>>> {
        let response = connection::ask(self.router.clone(), request.map(Body::from)).await;
        if connection::breaks(&response) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(io::Error::other)?;
        Ok(Response::from_parts(head, body.into()))
    }

    /// The clients that the tenant holds, oldest first, whatever faults make of its answers.
    pub fn clients(&self) -> Vec<Value> {
        self.held(Store::clients)
    }

    /// The client grants that the tenant holds, oldest first, whatever faults make of its answers.
    pub fn client_grants(&self) -> Vec<Value> {
        self.held(Store::grants)
    }

    /// Everything that the tenant holds, by the path below `/api/v2` at which it stands, whatever faults make of its
    /// answers.
    pub fn everything(&self) -> BTreeMap<String, Value> {
        let of = |place: &Place, id: &str| place.child(id).segments().join("/");
        self.tenant.with_store(|store| {
            let shelves = store.shelves().flat_map(|(place, shelf)| {
                shelf.named().map(move |(id, entity)| (of(place, id), entity.clone().into()))
            });
            shelves.collect()
        })
    }

    /// Puts an object at a path below `/api/v2` as it is, whatever a request would make of it: what was there
    /// before a test. False where nothing can be held at the path.
    ///
    /// A list of what no request makes is held element by element.
    pub fn hold(&self, path: &str, value: Value) -> bool {
        self.tenant.with_store(|store| operations::hold(store, path, value))
    }

    /// Says what a server elsewhere publishes at an address, such as the discovery document of an OpenID provider:
    /// the tenant fetches nothing itself.
    pub fn publish(&self, address: &str, document: Value) {
        if let Value::Object(document) = document {
            let place = Place::from(["elsewhere", address]);
            self.tenant.with_store(|store| store.put(&place, document));
        }
    }

    fn held(&self, collection: impl FnOnce(&Store) -> &Collection) -> Vec<Value> {
        self.tenant
            .with_store(|store| collection(store).entities().cloned().map(Value::Object).collect())
    }

    /// Adds a fault to a tenant that runs, behind the others.
    pub fn add_fault(&self, rule: FaultRule) -> FaultId {
        self.tenant.faults.add(rule)
    }

    /// Takes a fault away from a tenant that runs; false where it is gone already.
    pub fn remove_fault(&self, fault: FaultId) -> bool {
        self.tenant.faults.remove(fault)
    }

    /// Takes all faults away: from now on the tenant tells the truth.
    pub fn clear_faults(&self) {
        self.tenant.faults.clear();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread has ended already where nobody listens any more.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running").field("base_url", &self.tenant.base).finish_non_exhaustive()
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("listen", &self.listen).finish_non_exhaustive()
    }
}
