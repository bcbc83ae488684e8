//! Gets the access token when it is first needed, keeps it, and renews it.
//!
//! A token of the Auth0 CLI is renewed by reading its file again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::answer;
use super::cli_login;
use super::client::Reply;
use super::error::{ApiError, Progress, Said, TokenSource};
use super::patience::{Patience, Stopped};
use super::proof::Proof;
use super::request::{Asked, Bearer, Means, Method, Outgoing};
use super::retry::Sender;
use crate::config::{Config, Credentials};

/// How long before its end a token is renewed; at most a tenth of its life.
const MARGIN: Duration = Duration::from_secs(60);
/// How long after a renewal that failed the next is tried, while the token lasts.
const AGAIN: Duration = Duration::from_secs(10);

/// An access token.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) bearer: Bearer,
    pub(super) source: TokenSource,
    renew: Option<Instant>,
    ends: Option<Instant>,
    /// Which of the tokens of this process it is.
    number: u64,
}

/// The access token of this process.
pub(super) struct Tokens {
    config: Arc<Config>,
    sender: Sender,
    /// The token that the user gives, which is used as long as the process lives.
    given: Option<Token>,
    kept: Mutex<Kept>,
    /// How many requests for a token have ended; counts up under the lock of `kept`.
    ended: AtomicU64,
}

#[derive(Default)]
struct Kept {
    token: Option<Token>,
    /// Why the last request for one failed.
    failure: Option<ApiError>,
}

/// A token as it was had.
struct New {
    secret: SecretString,
    source: TokenSource,
    lasts: Option<Duration>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: Option<u64>,
}

impl Tokens {
    pub(super) fn new(config: Arc<Config>, sender: Sender) -> Tokens {
        let given = match &config.credentials {
            Credentials::ApiToken(token) => Some(Token::given(token.clone())),
            _ => None,
        };
        Tokens { config, sender, given, kept: Mutex::default(), ended: AtomicU64::new(0) }
    }

    /// The token, for the request `asked`.
    ///
    /// # Guarantees
    /// Whoever asks while a request for a token is under way waits for that one, and shares its
    /// failure too.
    pub(super) async fn get(
        &self,
        asked: &Asked,
        patience: &Patience<'_>,
    ) -> Result<Token, ApiError> {
        if let Some(token) = &self.given {
            return Ok(token.clone());
        }
        if matches!(self.config.credentials, Credentials::Later) {
            return Err(ApiError::NoCredentials { asked: asked.clone() });
        }
        let ended = self.ended.load(Ordering::Acquire);
        let stopped =
            |stopped: Stopped| stopped.into_error(asked.clone(), Progress::Unsent, patience);
        let mut kept = patience.wait_for(self.kept.lock()).await.map_err(stopped)?;
        if let Some(token) = kept.token.as_ref().filter(|token| token.is_fresh()) {
            return Ok(token.clone());
        }
        let others_failure = kept.failure.clone().filter(|_| {
            // It ended while we waited, so it was our request as well.
            self.ended.load(Ordering::Acquire) != ended
        });
        if let Some(failure) = others_failure {
            return Err(failure);
        }
        let result = self.renew(asked, patience).await;
        let number = self.ended.fetch_add(1, Ordering::AcqRel);
        match result {
            Ok(new) => {
                let token = Token::new(new, number);
                *kept = Kept { token: Some(token.clone()), failure: None };
                Ok(token)
            }
            Err(error) => {
                // That one caller was stopped says nothing about the others.
                let own = matches!(
                    error,
                    ApiError::Cancelled { .. }
                        | ApiError::Deadline { .. }
                        | ApiError::RateLimited { .. }
                );
                if own {
                    return Err(error);
                }
                if let Some(token) = kept.token.as_mut().filter(|token| token.lasts()) {
                    token.renew = Some(Instant::now() + AGAIN);
                    return Ok(token.clone());
                }
                *kept = Kept { token: None, failure: Some(error.clone()) };
                Err(error)
            }
        }
    }

    /// Gives up a token that the API refused, so that the next [`Tokens::get`] asks for another.
    ///
    /// Returns whether there can be another one.
    pub(super) async fn refused(&self, token: &Token) -> bool {
        let mut kept = self.kept.lock().await;
        // Somebody else may have renewed it meanwhile.
        if kept.token.as_ref().is_some_and(|kept| kept.number == token.number) {
            kept.token = None;
        }
        match token.source {
            TokenSource::Client => true,
            TokenSource::ApiToken => false,
            // Somebody may have logged in again meanwhile.
            TokenSource::CliLogin => self.log_in().await.is_ok_and(|login| {
                login.secret.expose_secret() != token.bearer.token().expose_secret()
            }),
        }
    }

    async fn renew(&self, asked: &Asked, patience: &Patience<'_>) -> Result<New, ApiError> {
        if let Some((id, proof)) = Proof::of(&self.config) {
            return self.request(id, proof, patience).await;
        }
        let stopped =
            |stopped: Stopped| stopped.into_error(asked.clone(), Progress::Unsent, patience);
        let login = patience.wait_for(self.log_in()).await.map_err(stopped)?;
        login.map_err(|reason| ApiError::NotLoggedIn { asked: asked.clone(), reason })
    }

    async fn log_in(&self) -> Result<New, String> {
        let Credentials::CliLogin { file } = &self.config.credentials else {
            return Err("the login of the Auth0 CLI is not to be used".into());
        };
        let (file, domain) = (file.clone(), self.config.domain.to_string());
        let read = move || cli_login::read(&file, &domain, SystemTime::now());
        let login = tokio::task::spawn_blocking(read).await;
        let login = login.map_err(|_| "the file of the Auth0 CLI was not read".to_owned())??;
        Ok(New { secret: login.token, source: TokenSource::CliLogin, lasts: login.lasts })
    }

    async fn request(
        &self,
        id: &str,
        proof: Proof<'_>,
        patience: &Patience<'_>,
    ) -> Result<New, ApiError> {
        let mut url = self.config.domain.base().clone();
        url.set_path("/oauth/token");
        let outgoing = Arc::new(Outgoing {
            asked: Asked {
                method: Method::Post,
                means: Means::Asks,
                path: "/oauth/token".into(),
                kind: "/oauth/token".into(),
            },
            url,
            body: Some(proof.body(id, &self.config)),
            bearer: None,
            hidden: proof.hidden(),
            custom_domain: None,
        });
        let reply = self.sender.send(outgoing.clone(), patience).await?;
        let granted = serde_json::from_slice::<Granted>(&reply.body).ok();
        match granted.filter(|granted| reply.status == 200 && !granted.access_token.is_empty()) {
            Some(Granted { access_token, expires_in }) => Ok(New {
                secret: access_token.into(),
                source: TokenSource::Client,
                lasts: expires_in.map(Duration::from_secs),
            }),
            None => Err(self.refusal(proof, &outgoing, &reply)),
        }
    }

    fn refusal(&self, proof: Proof<'_>, outgoing: &Outgoing, reply: &Reply) -> ApiError {
        let said = Said::read(reply.status, &reply.body, &outgoing.secrets());
        match said.filter(|said| (400..500).contains(&said.status)) {
            Some(said) => {
                let advice = self.advice(proof, &said);
                ApiError::TokenRefused { said, advice }
            }
            None => match answer::read(outgoing, reply, TokenSource::Client) {
                Err(error) => error,
                Ok(_) => ApiError::Unreadable {
                    asked: outgoing.asked.clone(),
                    status: reply.status,
                    what: answer::what_is(reply),
                    domain: outgoing.domain(),
                },
            },
        }
    }

    /// What to do about a refusal of the token endpoint; the texts are those quoted by its users.
    fn advice(&self, proof: Proof<'_>, said: &Said) -> String {
        let audience = &self.config.audience;
        let about = |part: &str| said.message.contains(part);
        if about("Service not enabled") || about("Service not found") {
            format!(
                "there is no API `{audience}` in the tenant {}: leave `auth0:audience` (or \
                 AUTH0_AUDIENCE) unset, or set it to the identifier of the tenant's Management API",
                self.config.domain
            )
        } else if about("not authorized to access") || about("client-grant") {
            format!(
                "authorize the application `auth0:clientId` for the API `{audience}`, with the \
                 scopes that the program needs"
            )
        } else if said.error == "unauthorized_client" || about("rant type") {
            "allow the application `auth0:clientId` the grant type `client_credentials`: it must \
             be a machine-to-machine application"
                .into()
        } else if said.status == 401 || said.error == "invalid_client" {
            proof.advice()
        } else {
            format!("{}; and `auth0:audience`", proof.advice())
        }
    }
}

impl Token {
    fn given(secret: SecretString) -> Token {
        Token::new(New { secret, source: TokenSource::ApiToken, lasts: None }, 0)
    }

    fn new(new: New, number: u64) -> Token {
        let New { secret, source, lasts } = new;
        let after = |time| Instant::now().checked_add(time);
        let renew = lasts.and_then(|life| after(life.saturating_sub(MARGIN.min(life / 10))));
        Token { bearer: Bearer::new(secret), source, renew, ends: lasts.and_then(after), number }
    }

    fn is_fresh(&self) -> bool {
        self.renew.is_none_or(|renew| Instant::now() < renew)
    }

    fn lasts(&self) -> bool {
        self.ends.is_none_or(|ends| Instant::now() < ends)
    }
}

#[cfg(test)]
mod tests;
