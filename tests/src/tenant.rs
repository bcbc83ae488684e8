//! A local tenant of the test's own, what it was asked, and changes made behind the stack's back.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::built;

/// What the harness calls itself in its requests, so that they can be told from the provider's.
const HARNESS: &str = "tests";
/// The tenant's log of requests, in its folder.
const LOG: &str = "requests.jsonl";

/// A running local tenant; it ends when dropped.
#[derive(Debug)]
pub struct Tenant {
    process: Child,
    folder: TempDir,
    url: String,
    environment: Vec<(String, String)>,
}

/// A request that the tenant was asked, and its answer's status.
#[derive(Debug, Clone)]
pub struct Request {
    /// When it came.
    pub at: Timestamp,
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path, with the query if there was one.
    pub path: String,
    /// Who asked.
    pub user_agent: String,
    /// The JSON that was sent, or null.
    pub body: Value,
    /// The status of the answer; zero where there was none.
    pub status: u64,
}

impl Tenant {
    /// The token with which one may do everything at the tenant, as the harness does.
    pub const OWNER: &'static str = "token-of-the-harness";

    /// The API that the program of examples/python asks for.
    pub const API: &'static str = "https://myapi.example.com/";

    /// A tenant with nothing in it.
    pub fn start() -> Self {
        Self::with_faults(&[])
    }

    /// A tenant with the API [`Tenant::API`] and its scopes.
    pub fn with_api() -> Self {
        let tenant = Self::start();
        tenant.make_api(Self::API);
        tenant
    }

    /// A tenant that answers some requests as it should not: `POST /api/v2/clients => html`.
    pub fn with_faults(faults: &[&str]) -> Self {
        Self::seeded(&json!({}), faults)
    }

    /// A tenant with what the seed says, that answers some requests as it should not.
    pub fn seeded(seed: &Value, faults: &[&str]) -> Self {
        let options = faults.iter().flat_map(|fault| ["--fault", fault]);
        Self::with_options(seed, &options.collect::<Vec<_>>())
    }

    /// A tenant with what the seed says, started with more options of its command.
    pub fn with_options(seed: &Value, options: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let seeds = folder.path().join("seed.json");
        fs::write(&seeds, seed.to_string()).expect("to write");
        let credentials = folder.path().join("credentials.sh");
        let stderr = fs::File::create(folder.path().join("stderr")).expect("a file to write");
        let mut command = Command::new(built::local_tenant());
        command.arg("--log").arg(folder.path().join(LOG)).arg("--credentials").arg(&credentials);
        command.arg("--seed").arg(seeds).args(options);
        command.env("AUTH0_LOCAL_TENANT_TOKEN", Self::OWNER).stdout(Stdio::piped()).stderr(stderr);
        let mut process = command.spawn().expect("the tenant to start");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("piped above");
        BufReader::new(stdout).read_line(&mut line).expect("a line to read");
        let Some(url) = line.trim().strip_prefix("listening on ") else {
            let stderr = fs::read_to_string(folder.path().join("stderr")).unwrap_or_default();
            panic!("the tenant does not listen: {line}{stderr}");
        };
        let exports = fs::read_to_string(&credentials).expect("the credentials");
        Self { process, url: url.to_owned(), environment: variables(&exports), folder }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The environment in which a provider finds the tenant.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// Makes an API with the scopes `read:data` and `write:data`.
    pub fn make_api(&self, identifier: &str) {
        let scopes = json!([{ "value": "read:data" }, { "value": "write:data" }]);
        let api = json!({ "identifier": identifier, "name": identifier, "scopes": scopes });
        self.post("resource-servers", &api);
    }

    /// Makes a client that may do only this at the Management API; its id and secret.
    pub fn make_credentials(&self, scopes: &[&str]) -> (String, String) {
        let (id, client) = self.make_application(&json!({}), scopes);
        (id, client["client_secret"].as_str().expect("a secret").to_owned())
    }

    fn make_application(&self, more: &Value, scopes: &[&str]) -> (String, Value) {
        let mut client = json!({
            "name": "limited", "app_type": "non_interactive", "grant_types": ["client_credentials"],
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            client[name] = value.clone();
        }
        let client = self.post("clients", &client);
        let audience = format!("{}/api/v2/", self.url);
        let id = client["client_id"].as_str().expect("an id").to_owned();
        self.post(
            "client-grants",
            &json!({ "client_id": id, "audience": audience, "scope": scopes }),
        );
        (id, client)
    }

    /// Makes a client that may do only this at the Management API, and proves itself with the private half of a
    /// key; its id.
    pub fn make_keyed(&self, public_pem: &str, algorithm: &str, scopes: &[&str]) -> String {
        let credential = json!({
            "credential_type": "public_key", "pem": public_pem, "alg": algorithm,
        });
        let methods = json!({ "private_key_jwt": { "credentials": [credential] } });
        self.make_application(&json!({ "client_authentication_methods": methods }), scopes).0
    }

    /// `GET /api/v2/...`, which must be there.
    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        self.find(path).unwrap_or_else(|| panic!("{path} is not there"))
    }

    /// `GET /api/v2/...`, or `None` where the answer is 404.
    #[track_caller]
    pub fn find(&self, path: &str) -> Option<Value> {
        let (status, answer) = self.ask("GET", path, None);
        assert!(status == 200 || status == 404, "GET {path}: {status} {answer}");
        (status == 200).then_some(answer)
    }

    /// `POST /api/v2/...`.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Value {
        self.write("POST", path, Some(body))
    }

    /// `PATCH /api/v2/...`, as somebody would in the dashboard.
    #[track_caller]
    pub fn patch(&self, path: &str, body: &Value) -> Value {
        self.write("PATCH", path, Some(body))
    }

    /// `DELETE /api/v2/...`, as somebody would in the dashboard.
    #[track_caller]
    pub fn delete(&self, path: &str) {
        self.write("DELETE", path, None);
    }

    /// What the provider asked while `operation` ran.
    pub fn during<T>(&self, operation: impl FnOnce() -> T) -> (T, Vec<Request>) {
        let before = self.requests().len();
        let done = operation();
        (done, self.requests().split_off(before))
    }

    /// The requests without those for tokens.
    pub fn without_tokens(&self, requests: Vec<Request>) -> Vec<Request> {
        requests.into_iter().filter(|request| request.path != "/oauth/token").collect()
    }

    /// What the tenant was asked so far, the harness's own requests left out.
    pub fn requests(&self) -> Vec<Request> {
        let log = fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default();
        let requests = log.lines().map(Request::read);
        requests.filter(|request| request.user_agent != HARNESS).collect()
    }

    #[track_caller]
    fn write(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, answer) = self.ask(method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    #[track_caller]
    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .new_agent();
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}/api/v2/{path}", self.url))
            .header("User-Agent", HARNESS)
            .header("Authorization", format!("Bearer {}", Self::OWNER));
        let sent = match body {
            Some(body) => {
                let request = request.header("Content-Type", "application/json");
                agent.run(request.body(body.to_string()).expect("valid parts"))
            }
            None => agent.run(request.body(()).expect("valid parts")),
        };
        let mut answer = sent.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let text = answer.body_mut().read_to_string().expect("a text");
        (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        // Failing means that it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Request {
    /// Whether it is one that changes something; asking for a token is not.
    pub fn writes(&self) -> bool {
        self.method != "GET" && self.path != "/oauth/token"
    }

    /// The method and the path.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn read(line: &str) -> Self {
        let row: Value = serde_json::from_str(line).expect("a row of the log is JSON");
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        Self {
            at: text("time").parse().expect("a time"),
            method: text("method"),
            path: with_query(text("path"), &text("query")),
            user_agent: text("user_agent"),
            body: row["request_body"].clone(),
            status: row["status"].as_u64().unwrap_or(0),
        }
    }
}

fn with_query(path: String, query: &str) -> String {
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// The names and values of a file of `export NAME='VALUE'`.
fn variables(exports: &str) -> Vec<(String, String)> {
    let pairs = exports.lines().filter_map(|line| line.strip_prefix("export ")?.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.trim_matches('\'').to_owned())).collect()
}
