//! A stage: a server on loopback that answers what the real API answered, and notes what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

/// A write that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub method: String,
    pub path: String,
    pub body: Value,
}

#[derive(Default)]
struct Scene {
    /// What the next write is answered.
    answer: Option<(u16, Value)>,
    /// What a read is answered, by path; a path that is not here is answered by 404.
    shown: BTreeMap<String, Value>,
    sent: Vec<Sent>,
    /// How many requests there were, reads too.
    asked: usize,
}

/// A server that runs until this is dropped.
pub struct Stage {
    pub base_url: String,
    scene: Arc<Mutex<Scene>>,
    server: JoinHandle<()>,
}

impl Stage {
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it listens");
        let scene = Arc::new(Mutex::new(Scene::default()));
        let asked = scene.clone();
        let router = Router::new().fallback(move |method: Method, uri: Uri, body: Bytes| {
            let answer = lock(&asked).answer_to(&method, uri.path(), &body);
            async { answer }
        });
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.expect("the stage stands while the test runs");
        });
        Stage { base_url: format!("http://{address}"), scene, server }
    }

    /// Has every write answered so until this is called again.
    pub fn answer_writes(&self, status: u16, body: Value) {
        lock(&self.scene).answer = Some((status, body));
    }

    /// Has reads of the path answered so.
    pub fn show(&self, path: &str, object: Value) {
        lock(&self.scene).shown.insert(path.to_owned(), object);
    }

    /// The writes since they were last taken, in their order.
    pub fn writes(&self) -> Vec<Sent> {
        lock(&self.scene).sent.clone()
    }

    /// How many requests there were so far, reads too.
    pub fn asked(&self) -> usize {
        lock(&self.scene).asked
    }

    /// Takes the writes, so that the next step begins without any.
    pub fn take_writes(&self) -> Vec<Sent> {
        std::mem::take(&mut lock(&self.scene).sent)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Scene {
    fn answer_to(&mut self, method: &Method, path: &str, body: &[u8]) -> Response {
        self.asked += 1;
        if *method == Method::GET {
            // Recordings have the bar in the id of a user and the colon of an address as they are; some clients encode
            // them.
            let as_recorded = || path.replace("%7C", "|").replace("%3A", ":");
            let shown = self.shown.get(path).or_else(|| self.shown.get(&as_recorded()));
            return match shown {
                Some(object) => Json(object).into_response(),
                None => answer(404, &json!({"statusCode": 404, "error": "Not Found"})),
            };
        }
        self.sent.push(Sent {
            method: method.to_string(),
            path: path.to_owned(),
            body: serde_json::from_slice(body).unwrap_or_default(),
        });
        match &self.answer {
            Some((status, body)) => answer(*status, body),
            None => answer(500, &json!({"statusCode": 500, "error": "not on the stage"})),
        }
    }
}

fn answer(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).expect("a recorded status is one");
    match status {
        StatusCode::NO_CONTENT => status.into_response(),
        _ => (status, Json(body)).into_response(),
    }
}

fn lock(scene: &Mutex<Scene>) -> MutexGuard<'_, Scene> {
    scene.lock().unwrap_or_else(PoisonError::into_inner)
}
