//! Carries requests to a local tenant in this process, without the network, so that a test's clock need not run.

use std::sync::Arc;
use std::time::Duration;

use auth0_local_tenant::Running;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use secrecy::zeroize::Zeroizing;

use super::call::Api;
use super::client::{Reply, Sending, Wire};
use super::error::Failure;
use super::request::{Body, Outgoing};
use crate::config::Config;

/// The API of the tenant, as a process that has just started sees it: with a token that is given, or the credentials to
/// ask for one.
pub(crate) fn api(tenant: &Arc<Running>, has_token: bool) -> Api {
    let credentials: &[_] = match has_token {
        true => &[("apiToken", tenant.token())],
        false => &[("clientId", tenant.client_id()), ("clientSecret", tenant.client_secret())],
    };
    let given = [("domain", tenant.base_url())].into_iter().chain(credentials.iter().copied());
    let config = given.map(|(name, value)| (name.to_owned(), value.into())).collect();
    Api::over(Arc::new(InProcess(tenant.clone())), Config::resolve(&config, &|_| None).unwrap())
}

struct InProcess(Arc<Running>);

impl InProcess {
    async fn exchange(&self, outgoing: &Outgoing) -> Result<Reply, Failure> {
        let query = outgoing.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let mut request = Request::builder()
            .method(outgoing.asked.method.as_str())
            .uri(format!("{}{query}", outgoing.url.path()))
            .header(CONTENT_TYPE, "application/json");
        if let Some(bearer) = &outgoing.bearer {
            request = request.header(AUTHORIZATION, bearer.header()?);
        }
        let body = outgoing.body.as_ref().map(Body::now).transpose()?.unwrap_or_default();
        let request = request.body(body.to_vec()).unwrap();
        let answer = self.0.answer(request).await.map_err(|_| Failure::BrokenOff)?;
        let (head, body) = answer.into_parts();
        Ok(Reply {
            body: Zeroizing::new(body),
            ..Reply::begun(head.status, &head.headers, &outgoing.url)
        })
    }
}

impl Wire for InProcess {
    fn send<'a>(&'a self, outgoing: &'a Outgoing, limit: Duration) -> Sending<'a> {
        Box::pin(async move {
            let answered = tokio::time::timeout(limit, self.exchange(outgoing)).await;
            answered.unwrap_or(Err(Failure::TimedOut(limit)))
        })
    }
}
