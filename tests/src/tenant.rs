//! A local tenant of the test's own, what it was asked, and changes made behind the stack's back.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::built;

/// What the harness calls itself in its requests, so that they can be told from the provider's.
const HARNESS: &str = "tests";

/// A running local tenant; it ends when dropped.
#[derive(Debug)]
pub struct Tenant {
    process: Child,
    folder: TempDir,
    url: String,
    client_id: String,
    client_secret: String,
}

/// A request that the tenant was asked, and its answer's status.
#[derive(Debug, Clone)]
pub struct Request {
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
        let folder = TempDir::new().expect("a temporary folder");
        let mut command = Command::new(built::local_tenant());
        command.arg("serve").arg("--log").arg(folder.path().join("requests.jsonl"));
        command.arg("--credentials").arg(folder.path().join("credentials.json"));
        for fault in faults {
            command.args(["--fault", fault]);
        }
        let mut process = command.stdout(Stdio::piped()).spawn().expect("the tenant to start");
        let mut lines = BufReader::new(process.stdout.take().expect("piped above")).lines();
        let url = lines.next().expect("a line").expect("UTF-8");
        let credentials = fs::read(folder.path().join("credentials.json")).expect("credentials");
        let credentials: Value = serde_json::from_slice(&credentials).expect("JSON");
        let text = |name: &str| credentials[name].as_str().expect("a string").to_owned();
        Self {
            process,
            folder,
            url,
            client_id: text("client_id"),
            client_secret: text("client_secret"),
        }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The environment in which a provider finds the tenant.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        vec![
            of("AUTH0_DOMAIN", &self.url),
            of("AUTH0_CLIENT_ID", &self.client_id),
            of("AUTH0_CLIENT_SECRET", &self.client_secret),
        ]
    }

    /// Makes an API with the scopes `read:data` and `write:data`.
    pub fn make_api(&self, identifier: &str) {
        let scopes = json!([{ "value": "read:data" }, { "value": "write:data" }]);
        let api = json!({ "identifier": identifier, "name": identifier, "scopes": scopes });
        self.post("resource-servers", &api);
    }

    /// Makes a client that may do only this at the Management API; its id and secret.
    pub fn make_credentials(&self, scopes: &[&str]) -> (String, String) {
        let client = json!({
            "name": "limited", "app_type": "non_interactive", "grant_types": ["client_credentials"],
        });
        let client = self.post("clients", &client);
        let audience = format!("{}/api/v2/", self.url);
        let id = client["client_id"].as_str().expect("an id").to_owned();
        self.post(
            "client-grants",
            &json!({ "client_id": id, "audience": audience, "scope": scopes }),
        );
        (id, client["client_secret"].as_str().expect("a secret").to_owned())
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
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let requests = log.lines().map(Request::read);
        requests.filter(|request| request.user_agent != HARNESS).collect()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("requests.jsonl")
    }

    #[track_caller]
    fn write(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, answer) = self.ask(method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        answer
    }

    #[track_caller]
    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let (status, token) = self.send(
            "POST",
            "/oauth/token",
            None,
            Some(&json!({
                "grant_type": "client_credentials",
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "audience": format!("{}/api/v2/", self.url),
            })),
        );
        let token = token["access_token"].as_str().unwrap_or_else(|| panic!("{status} {token}"));
        self.send(method, &format!("/api/v2/{path}"), Some(token), body)
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .new_agent();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("User-Agent", HARNESS);
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
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
