//! Calls a tenant over HTTP.

use std::collections::BTreeMap;

use auth0_local_tenant::{Options, Running, Tenant};
use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    /// The body as JSON; null where there is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// Status and body for a golden file, the keys in the order of the alphabet.
    pub fn golden(&self) -> String {
        let body: BTreeMap<String, Value> = serde_json::from_str(&self.text).unwrap();
        format!("{} {}", self.status, serde_json::to_string(&body).unwrap())
    }
}

/// A tenant, and one who calls it with a token.
pub struct Caller {
    pub tenant: Running,
    agent: Agent,
    authorization: Option<String>,
}

impl Default for Caller {
    fn default() -> Self {
        Self::start(Options::default())
    }
}

impl Caller {
    /// Starts a tenant and calls it with its own token.
    pub fn start(options: Options) -> Self {
        let tenant = Tenant::start(options).unwrap();
        let authorization = Some(format!("Bearer {}", tenant.token()));
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent("tests/1")
            .build();
        Self { tenant, agent: config.into(), authorization }
    }

    /// Sends another Authorization header from now on, or none.
    pub fn authorize(&mut self, header: Option<&str>) {
        self.authorization = header.map(str::to_owned);
    }

    /// Sends a Management API request; the path is what follows `/api/v2`.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        self.try_send(method, path, body).unwrap()
    }

    /// As `send`, where the connection may break.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Reply, ureq::Error> {
        let body = body.map(|body| ("application/json", body.to_string()));
        let body = body.as_ref().map(|(kind, text)| (*kind, text.as_str()));
        self.try_raw(method, &format!("/api/v2{path}"), body)
    }

    /// Sends any request with a body of any kind.
    pub fn raw(&self, method: &str, path: &str, body: Option<(&str, &str)>) -> Reply {
        self.try_raw(method, path, body).unwrap()
    }

    fn try_raw(
        &self,
        method: &str,
        path: &str,
        body: Option<(&str, &str)>,
    ) -> Result<Reply, ureq::Error> {
        let url = format!("{}{path}", self.tenant.base_url());
        let mut request = Request::builder().method(method).uri(url);
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some((kind, _)) = body {
            request = request.header("content-type", kind);
        }
        let text = body.map(|(_, text)| text.to_owned()).unwrap_or_default();
        let mut response = self.agent.run(request.body(text).unwrap())?;
        Ok(Reply {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.body_mut().read_to_string()?,
        })
    }

    /// Creates an entity and gives the answer's body.
    pub fn create(&self, path: &str, body: &Value) -> Value {
        let reply = self.send("POST", path, Some(body));
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json()
    }
}
