//! Accepts connections, and breaks one where a fault asks for it.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::fault::Broken;

/// Serves every connection in a task of its own, for ever.
pub async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router) {
    loop {
        // What fails here is one connection that went away again, or a process out of files.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        // Without this an answer in two segments waits for the other side's delayed acknowledgement.
        let _ = stream.set_nodelay(true);
        let (tls, router) = (tls.clone(), router.clone());
        tokio::spawn(async move {
            match tls {
                None => serve(stream, |stream| stream, router).await,
                // What fails is a client that does not trust the certificate, and says so itself.
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        serve(stream, |stream| stream.get_ref().0, router).await;
                    }
                }
            }
        });
    }
}

/// Serves one connection; `tcp` finds the socket under it.
async fn serve<S>(stream: S, tcp: impl FnOnce(&S) -> &TcpStream, router: Router)
where
    S: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let reset = Arc::new(AtomicBool::new(false));
    let service = service_fn(|request: Request<Incoming>| {
        let (router, reset) = (router.clone(), reset.clone());
        async move { answer(router, request, &reset).await }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the client's affair, or a fault that was asked for.
    let _ = (&mut connection).await;
    if reset.load(Ordering::Relaxed) {
        // With nothing to linger for, closing sends a reset; if it cannot be set, the connection is
        // closed, which is a break too.
        let stream = connection.into_parts().io.into_inner();
        let _ = tcp(&stream).set_zero_linger();
    }
}

/// The router's answer; an error in place of it makes the server close without answering.
async fn answer(
    router: Router,
    request: Request<Incoming>,
    reset: &AtomicBool,
) -> io::Result<Response> {
    let response = ask(router, request.map(Body::new)).await;
    let Some(broken) = response.extensions().get::<Broken>().copied() else { return Ok(response) };
    reset.store(broken != Broken::Closed, Ordering::Relaxed);
    if breaks(&response) { Err(io::Error::other("broken by a fault")) } else { Ok(response) }
}

/// The router's answer.
pub async fn ask(router: Router, request: Request) -> Response {
    let answered: Result<Response, Infallible> = router.oneshot(request).await;
    match answered {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Whether a fault breaks the connection before anything is answered.
pub fn breaks(response: &Response) -> bool {
    response.extensions().get::<Broken>().is_some_and(|broken| !broken.answers())
}
