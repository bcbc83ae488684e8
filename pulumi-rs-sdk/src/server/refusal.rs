//! Messages that cannot be read: refused as a mistake of the one who asks.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::Code;
use tonic::body::Body;
use tonic::codegen::{Service, http};
use tonic::server::NamedService;

/// A service whose refusals have codes that the engine takes for ordinary failures.
///
/// A message that cannot be read, being nested too deep for instance, is refused by tonic before any
/// handler sees it, with the code `Internal`, by which the engine takes its state for corrupt. No handler
/// answers `Internal` itself.
#[derive(Clone)]
pub struct Refusal<S>(pub S);

impl<S: NamedService> NamedService for Refusal<S> {
    const NAME: &'static str = S::NAME;
}

type Answer = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;

impl<S> Service<http::Request<Body>> for Refusal<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<Body>) -> Answer {
        let answer = self.0.call(request);
        Box::pin(async move {
            let mut answer = answer.await?;
            if let Some(code) = answer.headers_mut().get_mut("grpc-status")
                && Code::from_bytes(code.as_bytes()) == Code::Internal
            {
                *code = http::HeaderValue::from(i32::from(Code::InvalidArgument));
            }
            Ok(answer)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::server::demo::{check, configured};
    use crate::value::{Object, Value};

    #[tokio::test]
    async fn values_nested_too_deep_are_the_callers_mistake() {
        let (_, client) = configured().await;
        let nest = |value, _| Value::from(Object::from([("a".to_owned(), value)]));
        let deep = (0..50).fold(Value::Null, nest);
        let failure = client.check(check([("labels", deep)])).await.unwrap_err();
        assert_eq!(failure.code, "InvalidArgument");
        assert!(failure.message.contains("recursion limit"), "{failure}");
    }
}
