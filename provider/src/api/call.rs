//! What the rest of the provider asks the API with.

use std::sync::Arc;
use std::time::Duration;

use pulumi_rs_sdk::log::Log;
use pulumi_rs_sdk::provider::Context;
use serde_json::Value;

use super::answer::{self, Answer};
use super::client::{Http, Wire};
use super::error::{ApiError, Progress};
use super::path::Path;
use super::patience::{Patience, Stopped};
use super::request::{Asked, Body, Outgoing, Request};
use super::retry::Sender;
use super::token::Tokens;
use crate::config::Config;

/// How long a call goes on where the user does not say.
const WHOLE: Duration = Duration::from_secs(600);

/// How long to wait before asking again for what was just made and is not there yet.
const UNSEEN: [Duration; 3] =
    [Duration::from_millis(300), Duration::from_millis(700), Duration::from_millis(1500)];

/// Auth0's Management API of one tenant.
///
/// # Guarantees
/// One access token serves the whole process. Nothing is built or sent before the first request.
pub struct Api {
    config: Arc<Config>,
    management: Sender,
    tokens: Tokens,
}

/// One call of the engine, with which requests are sent: it ends when its time is up or when the
/// user stops the update.
pub struct Call<'a> {
    api: &'a Api,
    patience: Patience<'a>,
    just_made: bool,
    custom_domain: Option<String>,
}

impl Api {
    /// The API that `config` names. Does no I/O.
    pub fn new(config: Config) -> Api {
        let wire = Arc::new(Http::new(&config.domain));
        Api::over(wire, config)
    }

    pub(super) fn over(wire: Arc<dyn Wire>, config: Config) -> Api {
        let config = Arc::new(config);
        // Auth0 counts the requests to its Authentication API apart.
        let tokens = Sender::new(wire.clone()).telling(config.debug);
        let tokens = Tokens::new(config.clone(), tokens);
        let management = Sender::capped(wire, config.max_requests_per_second).telling(config.debug);
        Api { config, management, tokens }
    }

    /// The tenant's host, for texts.
    pub fn domain(&self) -> String {
        self.config.domain.to_string()
    }

    /// Begins a call, which may take `timeout`, or ten minutes where the user does not say.
    pub fn call<'a>(&'a self, context: &'a Context, timeout: Option<Duration>) -> Call<'a> {
        let whole = timeout.filter(|timeout| !timeout.is_zero()).unwrap_or(WHOLE);
        let patience = Patience::new(context, whole);
        Call { api: self, patience, just_made: false, custom_domain: None }
    }
}

impl Call<'_> {
    /// Has every request of the call repeated once at most, for what there is another way to ask.
    ///
    /// The rate limit is waited for once, as everybody else does meanwhile.
    pub fn repeated_once(mut self) -> Self {
        self.patience.repeats = Some(1);
        self
    }

    /// Says that what the call is about was just made: where the API does not know it yet, it is asked again
    /// for a few seconds.
    pub fn just_made(mut self, just_made: bool) -> Self {
        self.just_made = just_made;
        self
    }

    /// Has requests name this custom domain, where the API takes one, and not that of the configuration.
    pub fn through(mut self, custom_domain: Option<String>) -> Self {
        self.custom_domain = custom_domain;
        self
    }

    /// Where messages to the user go.
    pub fn log(&self) -> &Log {
        &self.patience.context.log
    }

    /// Waits before `request` is sent.
    ///
    /// # Errors
    /// The call ends before, or the user stops it.
    pub async fn pause(&self, wait: Duration, request: &Request) -> Result<(), ApiError> {
        match self.patience.sleep(wait).await {
            Ok(()) => Ok(()),
            Err(stopped) => {
                Err(stopped.into_error(Asked::of(request)?, Progress::Unsent, &self.patience))
            }
        }
    }

    /// Reads.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub async fn get(&self, path: Path) -> Result<Value, ApiError> {
        let answer = self.send(&Request::get(path)).await?;
        // A read without an answer is an error already.
        Ok(answer.into_json().unwrap_or_default())
    }

    /// Sends one request.
    ///
    /// # Guarantees
    /// - Rate limits are waited for, visibly.
    /// - What does not make something is repeated after failures that may well pass.
    /// - Waits and reads end at once when the user stops the update; a write under way is answered
    ///   for up to 20 s longer.
    ///
    /// # Errors
    /// [`ApiError::UnknownOutcome`] for what may have made something, and for it alone.
    /// [`ApiError::NotFound`] only where the API itself says so.
    pub async fn send(&self, request: &Request) -> Result<Answer, ApiError> {
        let config = &self.api.config;
        let asked = Asked::of(request)?;
        let mut url = config.domain.base().clone();
        url.set_path(&asked.path);
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        let header = self.custom_domain.clone().or(config.custom_domain_header.clone());
        let header = header.filter(|_| request.path.takes_custom_domain());
        let mut renewed = false;
        let mut progress = Progress::Unsent;
        let mut unseen = UNSEEN.iter().filter(|_| self.just_made);
        loop {
            let token = self.api.tokens.get(&asked, &self.patience).await;
            let token = token.map_err(|error| match error {
                // Whether a token was given matters to nobody.
                ApiError::Cancelled { .. } => {
                    ApiError::Cancelled { asked: asked.clone(), progress }
                }
                error => error,
            })?;
            let outgoing = Arc::new(Outgoing {
                asked: asked.clone(),
                url: url.clone(),
                body: request.body.as_ref().map(Body::fixed),
                bearer: Some(token.bearer.clone()),
                hidden: None,
                custom_domain: header.clone(),
            });
            let sent = self.api.management.send(outgoing.clone(), &self.patience).await;
            let reply = sent.map_err(|error| error.after(progress))?;
            // A refusal: nothing was done, so the same may be sent once more.
            if reply.status == 401 && !renewed && self.api.tokens.refused(&token).await {
                renewed = true;
                progress = Progress::Refused;
                continue;
            }
            let result = answer::read(&outgoing, &reply, token.source);
            // A refusal too.
            if let Err(ApiError::NotFound { .. }) = result
                && let Some(wait) = unseen.next()
            {
                progress = Progress::Refused;
                match self.patience.sleep(*wait).await {
                    Ok(()) => continue,
                    // There is no time left to find out more.
                    Err(Stopped::Deadline | Stopped::Capped) => {}
                    // Said to be gone, it would be lost.
                    Err(stopped @ Stopped::Cancelled) => {
                        return Err(stopped.into_error(asked, progress, &self.patience));
                    }
                }
            }
            return result;
        }
    }
}

#[cfg(test)]
mod tests;
