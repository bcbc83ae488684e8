//! A provider that is configured for a tenant of its own.

use auth0_local_tenant::{Options, Running, Tenant};
use pulumi_rs_sdk::log::Severity;
use pulumi_rs_sdk::testing::Client;
use pulumi_rs_sdk::value::{Object, Value};
use serde_json::Value as Json;

use crate::engine;

/// The plugin's server, and the tenant.
pub struct Subject {
    pub tenant: Running,
    pub engine: Client,
}

impl Subject {
    pub async fn start(seed: Json) -> Self {
        let seed = serde_json::from_value(seed).expect("the seed is one");
        let tenant =
            Tenant::start(Options { seed, ..Options::default() }).expect("the tenant starts");
        let engine = engine::configured(engine::of(&tenant)).await;
        Subject { tenant, engine }
    }

    /// What a function gives for arguments that are right.
    pub async fn invoke<const N: usize>(
        &self,
        function: &str,
        arguments: [(&str, Value); N],
    ) -> Object {
        let answer = self.engine.invoke(&token(function), object(arguments)).await;
        let answer = answer.unwrap_or_else(|failure| panic!("{function}: {failure}"));
        assert_eq!(answer.failures, [], "{function}");
        answer.inputs
    }

    /// The requests since the last call, but for those to the token endpoint: path and query.
    pub fn requests(&self) -> Vec<String> {
        let requests = self.tenant.requests();
        self.tenant.clear_requests();
        let requests = requests.into_iter().filter(|request| request.path != "/oauth/token");
        let told = requests.map(|request| match request.query.as_str() {
            "" => request.path,
            query => format!("{}?{query}", request.path),
        });
        told.collect()
    }

    /// The warnings so far, the tenant's host in them as `TENANT`.
    pub async fn warnings(&self) -> Vec<String> {
        // A cancel is answered when all messages have been delivered.
        self.engine.cancel().await.expect("Cancel answers");
        let messages = self.engine.messages().await.into_iter();
        let warnings = messages.filter(|message| message.severity == Severity::Warning);
        warnings.map(|message| self.without_host(&message.text)).collect()
    }

    pub fn without_host(&self, text: &str) -> String {
        let host = self.tenant.base_url().trim_start_matches("http://").trim_end_matches('/');
        text.replace(host, "TENANT")
    }
}

pub fn token(function: &str) -> String {
    format!("auth0:index/{function}:{function}")
}

pub fn object<const N: usize>(properties: [(&str, Value); N]) -> Object {
    properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub fn secret(value: impl Into<Value>) -> Value {
    Value::Secret(Box::new(value.into()))
}

/// The values as JSON, for comparison; a secret is `{"secret": ...}`.
pub fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => items.iter().map(json).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), json(value))).collect()
        }
        Value::Secret(inner) => serde_json::json!({"secret": json(inner)}),
        other => panic!("no answer holds {other:?}"),
    }
}
