//! Accepts connections, and drops one where a fault asks for it.

use std::convert::Infallible;
use std::io;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use crate::fault::Dropped;

/// Serves every connection in a task of its own, for ever.
pub async fn accept(listener: TcpListener, router: Router) {
    loop {
        // What fails here is one connection that went away again, or a process out of files.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        tokio::spawn(serve(stream, router.clone()));
    }
}

async fn serve(stream: TcpStream, router: Router) {
    // Without this an answer in two segments waits for the other side's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| answer(router.clone(), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the client's affair, or a fault that was asked for.
    let _ = connection.await;
}

/// The router's answer; an error in place of it makes the server close without answering.
async fn answer(router: Router, request: Request<Incoming>) -> io::Result<Response> {
    let answered: Result<Response, Infallible> = router.oneshot(request.map(Body::new)).await;
    match answered {
        Ok(response) if response.extensions().get::<Dropped>().is_some() => {
            Err(io::Error::other("dropped by a fault"))
        }
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
